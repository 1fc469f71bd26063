"""Who joins the lead: by a boundary rule that the asks bear out, by being called upon, for money, for the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.profile import Profile
from pipeline.route import cues
from pipeline.route.boundary import IN_ZONE
from pipeline.route.called import Calls
from pipeline.route.passages import Passage, Passages
from pipeline.route.places import STREET, Localities, kind
from pipeline.route.scales import Scales, Weighed

HOMES = "城区住处词"
SPOKEN_FOR, SPOKEN_IN_TITLE = 1.0, 5.0


@dataclass(frozen=True, slots=True)
class Joined:
    """A unit that joins and why (Chinese); `place` is where in the passage that is said."""

    unit: str
    says: str
    passage: Passage
    place: tuple[int, int]


class Joining:
    """Finds the co-units of a batch for one profile."""

    def __init__(self, profile: Profile, scales: Scales) -> None:
        self._names = tuple(unit.name for unit in profile.units)
        self._scales = scales
        self._localities = Localities(profile)
        self._homes = () if profile.towns else profile.wording.get(HOMES, ())
        self._calls = Calls(profile, scales.catalogue.unit_of_name)

    def units(self, row: int, lead: int, weighed: Weighed, found: cues.Found, numbers: Sequence[int]) -> list[Joined]:
        """Co-units of a submission, surest first; each once."""
        passages = weighed.passages.all_of(row)
        local = self._localities.places(passages)
        here = [unit for unit, _, _ in local]
        joined = [
            *self._by_rule(row, lead, weighed, numbers, here),
            *self._called_upon(row, weighed.passages),
            *self._for_money(passages, row, found, numbers),
        ]
        titled = (place for place in local if place[1].zone == "title")
        joined += [Joined(unit, f"事在当地，{unit}属地会办", passage, place) for unit, passage, place in titled]
        first: dict[str, Joined] = {}
        for join in joined:
            first.setdefault(join.unit, join)
        return [join for unit, join in first.items() if unit != self._names[lead]]

    def _by_rule(
        self, row: int, lead: int, weighed: Weighed, numbers: Sequence[int], here: Sequence[str]
    ) -> Iterator[Joined]:
        """A rule's co-units where title or asks speak of their part; a town only where it is named (`here`)."""
        fired = [
            (r, self._scales.boundaries.rules[r])
            for r in np.flatnonzero(weighed.fired.whole[row] >= IN_ZONE["body"]).tolist()
        ]
        fired = [(r, rule) for r, rule in fired if rule.lead == self._names[lead]]
        titled = weighed.passages.all_of(row)[0].text
        spoken = self.spoken(row, weighed, numbers) if fired else frozenset()
        for r, rule in fired:
            passage = weighed.passages.all[weighed.fired.passages[row, r]]
            towns = [unit for unit in here if kind(unit) in rule.co] or self._street(rule.co, titled)
            for unit in (*(unit for unit in rule.co if unit not in self._localities.all), *towns):
                if unit in spoken or unit in towns:
                    says = f"边界规则 {rule.id}：{rule.matter}，由{rule.lead}主办、{unit}会办"
                    yield Joined(unit, says, passage, self._scales.boundaries.place(r, passage.text))

    def _street(self, co: Sequence[str], title: str) -> list[str]:
        """The street office that a rule names, where the title tells of homes in town."""
        return [STREET] if STREET in co and any(word in title for word in self._homes) else []

    def spoken(self, row: int, weighed: Weighed, numbers: Sequence[int]) -> frozenset[str]:
        """The units that the title, an ask, or a paper without asks speaks of in their own words."""
        own = weighed.title_words[row] >= SPOKEN_IN_TITLE
        if numbers and weighed.passages.asking[row]:
            own |= weighed.ask_words[list(numbers)].max(axis=0) >= SPOKEN_FOR
        else:
            own |= weighed.words[row] >= SPOKEN_IN_TITLE
        return frozenset(self._names[u] for u in np.flatnonzero(own))

    def _called_upon(self, row: int, passages: Passages) -> Iterator[Joined]:
        """Units that an ask calls upon, or any sentence of a paper without asks."""
        zone = "ask" if passages.asking[row] else "body"
        named = passages.places(self._scales.catalogue.names)
        for number, passage in enumerate(passages.all_of(row), passages.first_of(row)):
            for unit, place in self._calls.places(passage.text, named.get(number, ())) if passage.zone == zone else ():
                yield Joined(unit, f"{'建议' if zone == 'ask' else '文'}中点到由{unit}办理", passage, place)

    def _for_money(
        self, passages: Sequence[Passage], row: int, found: cues.Found, numbers: Sequence[int]
    ) -> Iterator[Joined]:
        asked = [k for k, n in enumerate(numbers) if found.in_ask(n, cues.MONEY)]
        if asked or found.in_title(row, cues.MONEY):
            passage = next(p for p in passages if (p.ask in asked if asked else p.zone == "title"))
            yield Joined(cues.TREASURY, f"要求安排资金，{cues.TREASURY}会办", passage, (0, len(passage.text)))
