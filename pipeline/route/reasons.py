"""Why a unit was recommended: the words and rules that spoke for it, with the wording of the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.records import AskRoute, Reason, Submission
from pipeline.route.catalogue import Spoken
from pipeline.route.joining import Joined
from pipeline.route.lexicon import plain
from pipeline.route.passages import Passage
from pipeline.route.scales import Scales, Weighed

MOST, MOST_WORDS = 5, 3
OPEN_TOP = 2
_CLAUSE_MARKS = "，。；！？,;!?\n\t"
_ZONES = {"title": "案由", "ask": "建议事项", "body": "正文"}


class Told:
    """The reasons of one submission of a batch."""

    def __init__(self, scales: Scales, weighed: Weighed, row: int) -> None:
        self._scales, self._weighed, self._row = scales, weighed, row
        self._passages = weighed.passages.all_of(row)
        self._s = weighed.passages.submissions[row]

    def lead(self, name: str) -> list[Reason]:
        """The boundary rules by which a unit leads and the strongest words that speak for it, at most five."""
        unit = self._scales.place_of[name]
        found = self._by_rule(name)
        for spoken in self._weighed.spoken:
            words = _strongest(spoken, self._row, unit)
            found += [reason for word in words if (reason := self._by_word(spoken, word)) is not None]
        return found[:MOST]

    def open(self) -> list[Reason]:
        """What speaks for each of the two units in front, where a person decides."""
        scores = self._weighed.whole[self._row]
        front = [self._scales.units[u].name for u in np.argsort(-scores, kind="stable")[:OPEN_TOP] if scores[u] > 0]
        return [
            Reason(f"可能是{name}：{r.says}", r.quote, r.start, r.end) for name in front for r in self.lead(name)[:2]
        ]

    def co(self, name: str, joined: Sequence[Joined], routes: Sequence[AskRoute]) -> Reason:
        """Why a unit joins: how it was found, else the ask that is its own, else its strongest word."""
        found = next((join for join in joined if join.unit == name), None)
        if found is not None:
            return self._quoted(f"会办依据：{found.says}", found.passage, found.place)
        asked = next((k for k, route in enumerate(routes) if route.lead == name), None)
        if asked is not None:
            passage = next(p for p in self._passages if p.ask == asked)
            says = f"会办依据：第{routes[asked].ordinal}项建议属{name}职责"
            return self._quoted(says, passage, (0, len(passage.text)))
        own = self.lead(name)
        return Reason(f"会办依据：{own[0].says}", *_span(own[0])) if own else Reason(f"会办依据：事项涉及{name}职责")

    def _by_rule(self, name: str) -> list[Reason]:
        found = []
        for r in np.flatnonzero(self._weighed.fired.whole[self._row]).tolist():
            rule = self._scales.boundaries.rules[r]
            if name == rule.lead:
                passage = self._weighed.passages.all[self._weighed.fired.passages[self._row, r]]
                says = f"边界规则 {rule.id}：{rule.matter}，由{rule.lead}主办"
                found.append(self._quoted(says, passage, self._scales.boundaries.place(r, passage.text)))
        return found

    def _by_word(self, spoken: Spoken, word: int) -> Reason | None:
        needle = spoken.field.lexicon.needles[word]
        for passage in self._passages:
            at = passage.text.find(needle)
            if at >= 0:
                says = f"{_ZONES[passage.zone]}提到“{spoken.field.lexicon.words[word]}”（{spoken.field.says}）"
                return self._quoted(says, passage, (at, at + len(needle)))
        return None

    def _quoted(self, says: str, passage: Passage, place: tuple[int, int]) -> Reason:
        """A reason with the clause around a place of a passage, verbatim from the text.

        Where the text lacks the passage as it stands (a title glued from table cells), the words are looked up in the
        text; where it lacks them too, there is no quote.
        """
        start, end = passage.start + place[0], passage.start + place[1]
        low, high = passage.start, passage.start + len(passage.text)
        if passage.start < 0:
            flat = plain(self._s.text)
            start = flat.find(passage.text[place[0] : place[1]])
            if start < 0 or place[0] == place[1]:
                return Reason(says)
            end, low, high = start + place[1] - place[0], 0, len(flat)
        return _clause(says, self._s, (start, end), (low, high))


def _clause(says: str, s: Submission, place: tuple[int, int], bounds: tuple[int, int]) -> Reason:
    start, end = place
    while start > bounds[0] and s.text[start - 1] not in _CLAUSE_MARKS:
        start -= 1
    while end < bounds[1] and s.text[end] not in _CLAUSE_MARKS:
        end += 1
    return Reason(says, s.text[start:end], start, end)


def _span(reason: Reason) -> tuple[str, int, int]:
    return reason.quote, reason.start, reason.end


def _strongest(spoken: Spoken, row: int, unit: int) -> list[int]:
    """The words of a field that speak most for a unit, strongest first."""
    start, end = spoken.whole.indptr[row : row + 2]
    words = spoken.whole.indices[start:end]
    said = spoken.whole.data[start:end] * spoken.field.of_units[words, unit]
    order = np.argsort(-said, kind="stable")[:MOST_WORDS]
    return [int(words[k]) for k in order if said[k] > 0]
