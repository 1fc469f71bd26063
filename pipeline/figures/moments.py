"""Times and time limits of a text as intervals with their strength T0–T5 (domain §5-C, time typology)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from pipeline.figures import near, points
from pipeline.figures.limits import Limit, limits
from pipeline.figures.numerals import folded
from pipeline.figures.points import Clock, Found, Point
from pipeline.records import Strength

Relation = Literal["in", "before", "from", "after"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time named in a text.

    `first` and `last` are inclusive days, None where open or unknown. `strength` is T5 (exact day), T4 (month,
    quarter, half-year, year end), T3 (year, plan period), T2 (counted from an event) or T1 (no end: “2026年以后”);
    empty words (T0) are no moments. `relation` tells a limit (before) from a beginning (from, after).
    """

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    strength: Strength
    relation: Relation = "in"


_TAIL = re.compile(
    r"[ 　]?(?:(?P<before>之前|以前|前夕|前(?![后期往景者提身台面来去年])|止(?!水|损))"
    r"|(?P<after>(?:之后|以后)(?!年)|后(?![期续面来备勤年]))"
    r"|(?P<since>起|开始|以来|至今)|(?:之内|以内|内(?![容部外控涝蒙设置地])|期间|左右|前后(?!年)))"
)
_FROM = re.compile(r"(?:自|从)$")
_BY = re.compile(r"(?:不迟于|不晚于|最迟在?|最晚在?|(?<![及以])[到至])$")
_RANGE = re.compile(r"\s?(?:至|到|—{1,2}|-|–|－|~|～)\s?")
_RECURRING = re.compile(r"(?:每|历|往)(?:年|月|个月)?(?:的|度)?$")
_SHIELD = re.compile(r"《[^》\n]{1,80}》|[〔\[［【]\d{4}[〕\]］】]")
_STOP = re.compile(r"[。！？!?\n]")
_FULL = re.compile(r"(?<!\d)(20\d\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d)")
_TURN = re.compile(r"目前|现[已在正]|[，；]现(?!场|状|有)|预计|计划|力争|下一步|[，；]拟|[，；]将")
"""Words with which a sentence turns from what was to what will be: a year named before them no longer holds."""
_TURN_PAST = re.compile(f"{_TURN.pattern}|；|今年")
"""What ends 去年 besides: the next of several clauses speaks of its own year."""
_COMING = re.compile(r"预计|计划|拟|力争|争取|将|定于|至|到")
_READERS = (*points.READERS, *near.READERS)
_FAR = timedelta(days=270)
_FORGOTTEN = timedelta(days=150)
"""A yearless limit that passed longer ago than this means the coming year."""


def moments(text: str, today: date | None = None) -> list[Moment]:
    """The times of a text in order, those without a year read against `today` and the year named before.

    Times inside title marks are names and left out.

    >>> [(m.text, str(m.last), m.strength) for m in moments("今年6月底前完成招标，明年建成", date(2024, 4, 1))]
    [('今年6月底前', '2024-06-30', 'T4'), ('明年', '2025-12-31', 'T3')]
    """
    return list(_moments(text, today))


@lru_cache(maxsize=8192)
def _moments(text: str, today: date | None) -> tuple[Moment, ...]:
    """Kept, for one sentence is asked for its times by parser and rules some thirty times."""
    plain = folded(text)
    masked = _SHIELD.sub(lambda match: "※" * len(match.group()), plain)
    named = _merged(_points(masked, today), masked)
    found = [_settled(point, masked, today) for point in named]
    return tuple(_with_limits(found, limits(masked, today), text))


def day_of(text: str) -> date | None:
    """The first full date of a text, None without one.

    >>> day_of("二〇二四年六月三十日"), day_of("2024.6.30"), day_of("6月30日")
    (datetime.date(2024, 6, 30), datetime.date(2024, 6, 30), None)
    """
    text = folded(text)
    candidates = [
        m for pattern in (points.DATED, points.NUMERIC) for m in pattern.finditer(text) if m["year"] and m["day"]
    ]
    for match in sorted([*candidates, *_FULL.finditer(text)], key=lambda match: match.start()):
        day = _date(match)
        if day is not None:
            return day
    return None


def _date(match: re.Match[str]) -> date | None:
    if match.re is _FULL:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    found = points.read_date(match, Clock(None))
    return found[0] if found else None


def _points(text: str, today: date | None) -> list[Point]:
    found: list[Point] = []
    year, said, sentence_end, last_year = None, 0, 0, False
    for match, read, strict in _matches(text):
        if match.start() >= sentence_end:
            stop = _STOP.search(text, match.start())
            year, sentence_end = None, stop.end() if stop else len(text)
        if _RECURRING.search(text[max(0, match.start() - 4) : match.start()]):
            continue
        if (_TURN_PAST if last_year else _TURN).search(text, said, match.start()):
            year = None
        stated = bool(match.groupdict().get("year") or match.groupdict().get("rel"))
        clock = Clock(today, year)
        interval = read(match, clock)
        if interval is None:
            continue
        if not stated and year is None:
            shift = _shift(interval, match, text, today)
            interval = read(match, Clock(today, clock.default and clock.default + shift)) or interval
        first, last, strength = interval
        found.append(Point(*match.span(), first, last, strength, stated=stated, strict=strict and _whole(match)))
        if interval[0] and interval[2] in {"T5", "T4"} and stated:
            year, said, last_year = interval[0].year, match.end(), match.group()[0] in "去前上"
    return found


def _whole(match: re.Match[str]) -> bool:
    """Whether the match names a whole month, year or festival, which “前” excludes; a day it includes."""
    groups = match.groupdict()
    return not any(groups.get(name) for name in ("day", "part", "alone"))


def _shift(interval: Found, match: re.Match[str], text: str, today: date | None) -> int:
    """Years to add to a yearless time: a limit long past means the coming year, a far day the last one."""
    if _long_past(interval, match, text, today):
        return 1
    head, tail = text[max(0, match.start() - 6) : match.start()], _TAIL.match(text, match.end())
    far = bool(today and interval[0] and interval[0] > today + _FAR and interval[2] == "T5")
    return -1 if far and not tail and not _COMING.search(head) else 0


def _long_past(interval: Found, match: re.Match[str], text: str, today: date | None) -> bool:
    tail = _TAIL.match(text, match.end())
    return bool(today and interval[1] and tail and tail["before"] and interval[1] < today - _FORGOTTEN)


def _matches(text: str) -> list[tuple[re.Match[str], points.Reader, bool]]:
    """The grammar's matches from left to right, the longest at each place, none overlapping."""
    letters = set(text)
    found = [
        (match, read, strict)
        for pattern, read, strict, needed in _READERS
        if not needed.isdisjoint(letters)
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda entry: (entry[0].start(), -entry[0].end()))
    kept: list[tuple[re.Match[str], points.Reader, bool]] = []
    for entry in found:
        if not kept or entry[0].start() >= kept[-1][0].end():
            kept.append(entry)
    return kept


def _merged(named: list[Point], text: str) -> list[Point]:
    """Two times joined by 至 are one interval; one of no stated year that turns back ends in the year after."""
    merged: list[Point] = []
    for point in named:
        joined = merged and _RANGE.fullmatch(text, merged[-1].end, point.start)
        if joined and not (_turned(merged[-1], point) and point.stated):
            left = merged.pop()
            last = _next_year(point.last) if _turned(left, point) else point.last
            merged.append(replace(point, start=left.start, first=left.first, last=last, strict=False))
        else:
            merged.append(point)
    return merged


def _turned(left: Point, right: Point) -> bool:
    """Whether the second of two times ends before the first begins."""
    return bool(left.first and right.last and right.last < left.first)


def _next_year(day: date | None) -> date | None:
    """The same day of the next year, a leap day cut to the 28th."""
    return day and day.replace(year=day.year + 1, day=min(day.day, monthrange(day.year + 1, day.month)[1]))


def _settled(point: Point, text: str, today: date | None) -> Moment:
    """The point with the words around it that make it a limit or a beginning."""
    tail = _TAIL.match(text, point.end)
    head = text[max(0, point.start - 4) : point.start]
    end = tail.end() if tail else point.end
    moment = Moment(text[point.start : end], point.start, end, point.first, point.last, point.strength)
    if tail and tail["before"]:
        last = _day_before(point.first) if point.strict else point.last
        return replace(moment, relation="before", first=_not_after(today, last), last=last)
    if tail and tail["after"]:
        return replace(moment, relation="after", first=point.last, last=None, strength="T1")
    if (tail and tail["since"]) or (_FROM.search(head) and not tail):
        return replace(moment, relation="from", last=None)
    if _BY.search(head):
        return replace(moment, relation="before", first=_not_after(today, point.last))
    return moment


def _day_before(day: date | None) -> date | None:
    return None if day is None else day - timedelta(days=1)


def _not_after(today: date | None, last: date | None) -> date | None:
    return today if today and last and today <= last else None


def _with_limits(found: list[Moment], counted: list[Limit], text: str) -> list[Moment]:
    """Limits take the place of the times inside their span; one that follows a day is counted from that day."""
    kept = [m for m in found if not any(c.start < m.end and m.start < c.end for c in counted)]
    kept += [Moment(text[c.start : c.end], c.start, c.end, c.first, c.last, c.strength, "before") for c in counted]
    return sorted((replace(m, text=text[m.start : m.end]) for m in kept), key=lambda m: m.start)
