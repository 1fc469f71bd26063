"""The numbered parts of a text with levels and spans (R-ING-09).

An ordinal counts only as a member of a series: the series begins with 1, or the ordinal continues one that is open.
Levels follow nesting: what stands between 一、 and 二、 is below 一、, whatever system numbers it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.figures.ordinals import LAST, Ordinal, ordinals

_HEAD_END = re.compile(r"[。；！？;!?\n]")
_SMALL = 5
"""Arabic ordinals: they number what is said under a first, second, third point (第一，… 1. 2.)."""
_ALONE = frozenset({"条", "一", "（一）", "1", "章"})


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part: `text` is its heading line or first sentence, the ordinal left out.

    `start`/`end` span the whole part with its ordinal and its sub-parts; `level` 1 is the topmost; parts of one
    list share their `series`.
    """

    number: str
    text: str
    level: int
    start: int
    end: int
    series: int = 0


@dataclass(slots=True)
class _Series:
    level: int
    members: list[Ordinal] = field(default_factory=list)
    below: set[str] = field(default_factory=set)

    @property
    def last(self) -> Ordinal:
        return self.members[-1]


def outline(text: str) -> list[Section]:
    """The numbered parts of a text, in-line ones included, in order.

    >>> [(s.number, s.level, s.text) for s in outline("一、修路。一是铺1.5公里；二是装灯。二、引水。")]
    [('一、', 1, '修路'), ('一是', 2, '铺1.5公里'), ('二是', 2, '装灯'), ('二、', 1, '引水')]
    """
    series = _Reader(ordinals(text)).read()
    kept = [(member, one.level, i) for i, one in enumerate(series) if _holds(one) for member in one.members]
    kept.sort(key=lambda pair: pair[0].start)
    return [_section(text, kept, place) for place in range(len(kept))]


class _Reader:
    """Walks over the candidates once, keeping the series that are open, outermost first."""

    def __init__(self, candidates: list[Ordinal]) -> None:
        self.candidates = candidates
        self.by_family: dict[str, list[Ordinal]] = defaultdict(list)
        for candidate in candidates:
            self.by_family[candidate.style.family].append(candidate)
        self.open: list[_Series] = []
        self.all: list[_Series] = []

    def read(self) -> list[_Series]:
        end = 0
        for candidate in self.candidates:
            if candidate.start >= end and (self._continues(candidate) or self._begins(candidate)):
                end = candidate.end
        return self.all

    def _continues(self, found: Ordinal) -> bool:
        for place in range(len(self.open) - 1, -1, -1):
            last = self.open[place].last
            if _same(last, found) and _follows(last, found):
                self.open[place].members.append(found)
                del self.open[place + 1 :]
                return True
        return False

    def _begins(self, found: Ordinal) -> bool:
        if not self._may_begin(found):
            return False
        while self.open and self._over(self.open[-1], found):
            self.open.pop()
        if any(_same(one.last, found) for one in self.open):
            return False
        one = _Series(len(self.open) + 1, [found])
        if self.open:
            self.open[-1].below.add(found.style.family)
        self.open.append(one)
        self.all.append(one)
        return True

    def _may_begin(self, found: Ordinal) -> bool:
        """Whether a series may begin here: with a 1 that goes on, a lone 1 as a heading, or a 2 whose 1 was lost."""
        goes_on = self._goes_on(found, found.start)
        heading = found.firm == 2 and found.style.family in _ALONE
        return (found.value == 1 and (goes_on or heading)) or (found.value == 2 and goes_on and heading)

    def _over(self, one: _Series, new: Ordinal) -> bool:
        """Whether an open series ends where a new one begins."""
        if _same(one.last, new):
            return not self._goes_on(one.last, new.start, until=self._second(new))
        if new.style.family in one.below or self._goes_on(one.last, new.start):
            return False
        if one.last.style.spoken and not new.style.spoken:
            return not (one.level == 1 and one.last.firm == 2 and new.style.rank >= _SMALL)
        return not new.style.spoken and new.style.rank <= one.last.style.rank

    def _goes_on(self, last: Ordinal, start: int, until: int | None = None) -> bool:
        """Whether the next member of a series comes after `start`, before its kind begins anew."""
        family = self.by_family[last.style.family]
        for place in range(bisect_right(family, start, key=lambda one: one.start), len(family)):
            candidate = family[place]
            if until is not None and candidate.start >= until:
                return False
            if _follows(last, candidate):
                return True
            if candidate.value == 1 and candidate.firm and until is None:
                return False
        return False

    def _second(self, first: Ordinal) -> int | None:
        family = self.by_family[first.style.family]
        later = range(bisect_right(family, first.start, key=lambda one: one.start), len(family))
        return next((family[place].start for place in later if _follows(first, family[place])), None)


def _same(left: Ordinal, right: Ordinal) -> bool:
    """Whether two ordinals are of one system; a slip such as 1、2. counts as one from the second member on."""
    return left.style == right.style or (left.style.family == right.style.family and right.value > 1)


def _follows(last: Ordinal, found: Ordinal) -> bool:
    """Whether an ordinal is the next; at a line start one lost or repeated number is forgiven (R-ING-06)."""
    if found.style.family == "首":
        return found.value > 1 and (found.value > last.value or found.value == last.value < LAST)
    if found.value == last.value + 1:
        return True
    return found.firm == 2 and found.value > 1 and last.value <= found.value <= last.value + 3


def _holds(one: _Series) -> bool:
    return len(one.members) > 1 or (one.last.firm == 2 and one.last.style.family in _ALONE)


def _section(text: str, kept: list[tuple[Ordinal, int, int]], place: int) -> Section:
    ordinal, level, series = kept[place]
    after = (other for other, depth, _ in kept[place + 1 :] if depth <= level)
    end = next((other.start for other in after), len(text))
    nearest = kept[place + 1][0].start if place + 1 < len(kept) else len(text)
    while end > ordinal.end and text[end - 1].isspace():
        end -= 1
    return Section(ordinal.number, _head(text, ordinal.end, min(end, nearest)), level, ordinal.start, end, series)


def _head(text: str, start: int, end: int) -> str:
    match = _HEAD_END.search(text, start, end)
    return text[start : match.end() if match else end].strip().rstrip("。；：;:")
