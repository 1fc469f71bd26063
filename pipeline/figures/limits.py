"""Time limits counted from an event or from the document's day: 三个月内, 自交办之日起30个工作日内."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.figures import points
from pipeline.figures.numerals import ARABIC, CHINESE, number
from pipeline.figures.points import Clock
from pipeline.records import Strength

_N = rf"(?:{ARABIC}|{CHINESE}|半)"
_UNIT = r"(?:个?(?P<unit>工作日|自然日|日历天|小时|星期|季度|日|天|周|年)|个(?P<month>半?月))"
_LOWER = rf"(?:{_N}(?:个?(?:工作日|小时|星期|月|日|天|周|年))?(?:至|到|—{{1,2}}|-|–|~|～|、))?"
_REST = r"(?P<half>半)?(?:左右)?(?:的?时间)?"
WITHIN = re.compile(
    rf"(?<![近去前这明\d.第零〇一二三四五六七八九十]){_LOWER}(?P<n>{_N}){_UNIT}{_REST}(?:之内|以内|内(?![部容]))"
)
SPENT = re.compile(
    rf"(?P<lead>再?(?<![使启利采费适停租占任通])用|利用|工期(?:预计|暂定)?[为是约共]{{0,2}}"
    rf"|建设周期[为是约]{{0,2}}){_LOWER}(?P<n>"
    rf"{_N}){_UNIT}{_REST}"
)
ENDING = re.compile(
    rf"(?<=[在于将])(?<![现正自])(?P<n>{_N}){_UNIT}(?P<half>半)?(?=(?:整改|完成|办结|办理完|答复|回复|交付|到位|建成|修复|解决))"
)
"""“将在60个工作日整改完成” leaves the word 内 out."""
_TWO_OR_THREE = re.compile(r"[一二两三四五六七八][二三四五六七八九]")
_EVENT = re.compile(r"(?:自|从|在|于)?(?P<event>[^，。；：、！？,;!?\n]{1,24}?)(?:之日起?|起|之后|以后|后)的?[，,]?$")
_NOW = re.compile(r"(?:^今|即日|今日|今天|本函|本复函|发函|答复|复函|本答复)(?:印发|发出|送达)?$")
_DAYS = {"日": 1, "天": 1, "自然日": 1, "日历天": 1, "周": 7, "星期": 7}
_MONTHS = {"季度": 3, "年": 12, "月": 1}


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time from a beginning; `first`/`last` None where the beginning is an event without a day."""

    start: int
    end: int
    first: date | None
    last: date | None
    strength: Strength


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_workdays(day: date, days: int) -> date:
    """The day `days` weekdays later; public holidays are not known and count as workdays."""
    weeks, rest = divmod(days, 5)
    day += timedelta(weeks=weeks)
    while rest:
        day += timedelta(days=1)
        rest -= day.weekday() < 5
    return day


def limits(text: str, today: date | None) -> list[Limit]:
    """The limits of a text; one that an event opens is T2 and has no days."""
    found = []
    for pattern in (WITHIN, SPENT, ENDING):
        if pattern is WITHIN and "内" not in text:
            continue
        for match in pattern.finditer(text):
            limit = _limit(match, text, today)
            if limit is not None:
                found.append(limit)
    return found


def _limit(match: re.Match[str], text: str, today: date | None) -> Limit | None:
    value = number(match["n"][-1:] if _TWO_OR_THREE.fullmatch(match["n"]) else match["n"])
    unit = match["unit"] or "月"
    if value is None or value <= 0 or value > (30 if unit == "年" else 400):
        return None
    value += 0.5 if match["half"] or match["month"] == "半月" else 0
    lead = match.groupdict().get("lead") or ""
    if lead.startswith(("工期", "建设")):
        return Limit(match.start(), match.end(), None, None, "T2")
    head = text[max(0, match.start() - 30) : match.start()]
    event = None if lead else _EVENT.search(head)
    start = match.start() - len(head) + event.start() if event else match.start()
    begin = today if event is None or _NOW.search(event["event"]) else _day(event["event"])
    if event and begin is None:
        return Limit(start, match.end(), None, None, "T2")
    return Limit(start, match.end(), begin, after(begin, value, unit) if begin else None, strength_of(value, unit))


def _day(event: str) -> date | None:
    match = points.DATED.search(event)
    found = points.read_date(match, Clock(None)) if match and match["day"] else None
    return found[0] if found else None


def strength_of(value: float, unit: str) -> Strength:
    """Days, weeks and hours bind exactly, months and quarters less, years least.

    >>> strength_of(0.5, "年"), strength_of(2, "年"), strength_of(30, "工作日")
    ('T4', 'T3', 'T5')
    """
    if unit == "年":
        return "T4" if value < 1 else "T3"
    return "T4" if unit in _MONTHS else "T5"


def after(day: date, value: float, unit: str) -> date:
    """The day that lies `value` units later; halves of months and years are counted in days and months."""
    if unit == "工作日":
        return add_workdays(day, int(value))
    if unit == "小时":
        return day + timedelta(hours=value)
    if unit in _DAYS:
        return day + timedelta(days=value * _DAYS[unit])
    months = value * _MONTHS[unit]
    return add_months(day, int(months)) + timedelta(days=15 if months % 1 else 0)
