"""Who joins the lead: by a boundary rule that the asks bear out, by being called upon, for money, for the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.profile import Profile
from pipeline.route import cues
from pipeline.route.boundary import IN_ZONE
from pipeline.route.passages import Passage
from pipeline.route.places import Localities, kind
from pipeline.route.scales import Scales, Weighed

SPOKEN_FOR, SPOKEN_IN_TITLE = 1.0, 5.0
SEVERAL = 2
_CLAUSE_MARKS = "，。；：！？,;:!?、"
_ENUMERATION = "、和与及同"


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
        call = "|".join(sorted(map(re.escape, profile.wording.get("点办词", ())), key=len, reverse=True))
        self._called = re.compile(rf"(?:{call})县?$") if call else re.compile(r"(?!)")

    def units(self, row: int, lead: int, weighed: Weighed, found: cues.Found, numbers: Sequence[int]) -> list[Joined]:
        """Co-units of a submission, surest first; each once."""
        passages = weighed.passages.all_of(row)
        joined = [
            *self._by_rule(row, lead, weighed, numbers),
            *self._called_upon(passages),
            *self._for_money(passages, row, found, numbers),
        ]
        local = self._localities.places(passages)
        here = {unit for unit, _, _ in local}
        if len({j.unit for j in joined} - {self._names[lead], *here}) >= SEVERAL:
            joined += [Joined(unit, f"事在当地，{unit}属地会办", passage, place) for unit, passage, place in local]
        first: dict[str, Joined] = {}
        for join in joined:
            first.setdefault(join.unit, join)
        return [join for unit, join in first.items() if unit != self._names[lead]]

    def _by_rule(self, row: int, lead: int, weighed: Weighed, numbers: Sequence[int]) -> Iterator[Joined]:
        """A rule's co-units where title or asks speak of their part; a town only where it is named."""
        spoken = self.spoken(row, weighed, numbers)
        here = self._localities.places(weighed.passages.all_of(row))
        for r in np.flatnonzero(weighed.fired.whole[row] >= IN_ZONE["body"]).tolist():
            rule = self._scales.boundaries.rules[r]
            if rule.lead != self._names[lead]:
                continue
            passage = weighed.passages.all[weighed.fired.passages[row, r]]
            towns = [unit for unit, _, _ in here if kind(unit) in rule.co]
            for unit in (*(unit for unit in rule.co if unit not in self._localities.all), *towns):
                if unit in spoken or unit in towns:
                    says = f"边界规则 {rule.id}：{rule.matter}，由{rule.lead}主办、{unit}会办"
                    yield Joined(unit, says, passage, self._scales.boundaries.place(r, passage.text))

    def spoken(self, row: int, weighed: Weighed, numbers: Sequence[int]) -> frozenset[str]:
        """The units that the title, an ask, or a paper without asks speaks of in their own words."""
        own = weighed.title_words[row] >= SPOKEN_IN_TITLE
        if numbers:
            own |= weighed.ask_words[list(numbers)].max(axis=0) >= SPOKEN_FOR
        else:
            own |= weighed.words[row] >= SPOKEN_IN_TITLE
        return frozenset(self._names[u] for u in np.flatnonzero(own))

    def _called_upon(self, passages: Sequence[Passage]) -> Iterator[Joined]:
        """Units that an ask calls upon: named where a clause begins, or after 由, 请, 会同."""
        catalogue = self._scales.catalogue
        for passage in passages:
            ends = dict[int, bool]()
            for name, start, end in catalogue.names.places(passage.text) if passage.zone == "ask" else ():
                before = passage.text[:start]
                listed = before[-1:] in _ENUMERATION and ends.get(len(before) - 1, False)
                opening = not before.strip() or before[-1] in _CLAUSE_MARKS.replace("、", "")
                ends[end] = listed or opening or bool(self._called.search(before))
                if ends[end]:
                    unit = catalogue.unit_of_name[name]
                    yield Joined(unit, f"建议中点到由{unit}办理", passage, (start, end))

    def _for_money(
        self, passages: Sequence[Passage], row: int, found: cues.Found, numbers: Sequence[int]
    ) -> Iterator[Joined]:
        asked = [k for k, n in enumerate(numbers) if found.in_ask(n, cues.MONEY)]
        if asked or found.in_title(row, cues.MONEY):
            passage = next(p for p in passages if (p.ask in asked if asked else p.zone == "title"))
            yield Joined(cues.TREASURY, f"要求安排资金，{cues.TREASURY}会办", passage, (0, len(passage.text)))
