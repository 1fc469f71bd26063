"""The times of a letter, and which of them bind what it says is to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.figures import Moment, moments
from pipeline.text import Span

UNTIL = re.compile(r"截[至止]|[列纳]入了")
_FORECAST = re.compile(r"(?:预计|计划|拟|力争|争取|确保|将|定)[在于]?$")
_ONCE_MEANT = re.compile(r"原(?:先|本|来)?(?:计划|定|拟|预计|打算)[在于]?$")
_BASIS = re.compile(r"(?:根据|按照?|依据|遵照)[^，。；]{0,12}$")
_PAPER = re.compile(r"[^，。；]{0,16}(?:会议|纪要|通知|批复|文件|来函|复函|办公会|常务会)")
_FALLS = re.compile(r"(?:在|于|为|是)$")
COUNTED = re.compile(r"[日天周月年时](?:之内|以内|内)$")
"""“30日内” in a text that is not our own plan is a rule's limit more often than a promise."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The text with its times and the day that they are read against."""

    text: str
    day: date | None
    times: tuple[Moment, ...]

    def times_in(self, start: int, end: int) -> list[Moment]:
        """The times that begin inside a stretch."""
        return [moment for moment in self.times if start <= moment.start < end]


def read(text: str, day: date | None) -> Letter:
    """The letter with its times."""
    return Letter(text, day, tuple(moments(text, day)))


def deadline_times(letter: Letter, start: int, end: int) -> list[Moment]:
    """The times of a stretch that bound something to come, seen from the letter's day."""
    return [moment for moment in letter.times_in(start, end) if _ahead(moment, letter)]


def _ahead(moment: Moment, letter: Letter) -> bool:
    if moment.relation == "after":
        return False
    head = letter.text[max(0, moment.start - 4) : moment.start]
    if UNTIL.search(head):
        return False
    if _ONCE_MEANT.search(letter.text[max(0, moment.start - 6) : moment.start]):
        return False
    if _BASIS.search(letter.text[max(0, moment.start - 16) : moment.start]) and _PAPER.match(letter.text, moment.end):
        return False
    if moment.strength == "T2" or _FORECAST.search(head):
        return True
    if letter.day is None:
        return moment.relation == "before"
    return (moment.relation == "from" and _not_before(moment.first, letter.day)) or _not_before(moment.last, letter.day)


def _not_before(day: date | None, other: date) -> bool:
    return day is not None and day >= other


def bounds(moment: Moment, span: Span, letter: Letter) -> bool:
    """Whether a time stands before its act, or ends a clause that says when the act falls (公布时间在7月15日前)."""
    begins = moment.relation in {"before", "from"} and moment.end < span.end
    return begins or moment.end < span.end - 1 or bool(_FALLS.search(letter.text[span.start : moment.start]))


def binds(moment: Moment, day: date | None, *, own_plan: bool) -> bool:
    """Whether a time alone makes a clause a promise: it lies ahead as a whole or is a limit."""
    if COUNTED.search(moment.text):
        return own_plan
    if moment.relation == "before" or day is None:
        return True
    if moment.text.endswith("内") and _not_before(moment.last, day):
        return True
    return moment.first is not None and moment.first > day


def comes(moment: Moment, day: date | None) -> bool:
    """Whether a day or month lies wholly ahead: what a letter says of it is to come (6月18日开门)."""
    return moment.strength in {"T4", "T5"} and bool(day and moment.first and moment.first > day)
