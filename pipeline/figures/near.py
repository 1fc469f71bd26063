"""Times named by their distance from the document's day: 本月底, 下周五, 本季度, 即日."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from pipeline.figures import festivals
from pipeline.figures.points import DD, Clock, Found, Reader, integer, span_of_months, within_month

MONTH_NEAR = re.compile(
    rf"(?:(?P<rel>本|当|这个|下个?|上个?|次)月份?(?:(?P<day>{DD})[日号]|(?P<part>[上中下]旬"
    rf"|[底末初内])?)|(?<![\d〇○零一二三四五六七八九十个每])月(?P<alone>[底末]))"
)
WEEK = re.compile(r"(?P<rel>本|这|下下|下|上)(?:个?星期|周)(?P<day>[一二三四五六日天末])?")
QUARTER_NEAR = re.compile(r"(?P<rel>本|下|上)个?季度")
SEASON_NEAR = re.compile(r"(?P<rel>[今明])(?P<season>[春夏秋冬])(?:季|天)?(?![粮播训装奥])")
TWO_YEARS = re.compile(r"(?P<rel>今明|明后)(?:两|二|2)?年(?:之内|以内|内)?")
YEARS_AHEAD = re.compile(r"(?:今后|未来|接下来)(?P<n>[一二两三四五六七八九十\d]{1,2})年(?:之内|以内|内|时间)?")
DAY = re.compile(r"今日|今天|即日|明天|明日|昨日|昨天")


def _month_near(match: re.Match[str], clock: Clock) -> Found | None:
    if clock.today is None:
        return None, None, "T5" if match["day"] else "T4"
    months = (
        clock.today.year * 12 + clock.today.month - 1 + {"下": 1, "次": 1, "上": -1}.get((match["rel"] or "本")[0], 0)
    )
    year, month = divmod(months, 12)
    if match["day"]:
        day = date(year, month + 1, min(integer(match["day"]), monthrange(year, month + 1)[1]))
        return day, day, "T5"
    return *within_month(year, month + 1, match["part"] or match["alone"] or ""), "T4"


def _week(match: re.Match[str], clock: Clock) -> Found | None:
    if clock.today is None:
        return None, None, "T5"
    monday = clock.today - timedelta(days=clock.today.weekday())
    monday += timedelta(weeks={"下": 1, "下下": 2, "上": -1}.get(match["rel"], 0))
    place = "一二三四五六日天末".find(match["day"] or "x")
    days = (0, 6) if place < 0 else (5, 6) if match["day"] == "末" else (min(place, 6), min(place, 6))
    return monday + timedelta(days=days[0]), monday + timedelta(days=days[1]), "T5"


def _quarter_near(match: re.Match[str], clock: Clock) -> Found | None:
    if clock.today is None:
        return None, None, "T4"
    quarters = clock.today.year * 4 + (clock.today.month - 1) // 3 + {"下": 1, "上": -1}.get(match["rel"], 0)
    year, quarter = divmod(quarters, 4)
    return *span_of_months(year, quarter * 3 + 1, quarter * 3 + 3), "T4"


def _season_near(match: re.Match[str], clock: Clock) -> Found | None:
    if clock.today is None:
        return None, None, "T4"
    found = festivals.interval(match["season"], clock.today.year + (match["rel"] == "明"))
    return (*found, "T4") if found else (None, None, "T4")


def _two_years(match: re.Match[str], clock: Clock) -> Found | None:
    if clock.today is None:
        return None, None, "T3"
    first = clock.today.year + (match["rel"] == "明后")
    return date(first, 1, 1), date(first + 1, 12, 31), "T3"


def _years_ahead(match: re.Match[str], clock: Clock) -> Found | None:
    years = integer(match["n"])
    if clock.today is None or not 0 < years <= _FURTHEST:
        return None, None, "T3"
    return clock.today, date(clock.today.year + years, 12, 31), "T3"


def _day(match: re.Match[str], clock: Clock) -> Found | None:
    if clock.today is None:
        return None, None, "T5"
    day = clock.today + timedelta(days={"明": 1, "昨": -1}.get(match.group()[0], 0))
    return day, day, "T5"


_FURTHEST = 30
READERS: tuple[tuple[re.Pattern[str], Reader, bool, frozenset[str]], ...] = (
    (MONTH_NEAR, _month_near, True, frozenset("月")),
    (QUARTER_NEAR, _quarter_near, False, frozenset("季")),
    (WEEK, _week, False, frozenset("周期")),
    (SEASON_NEAR, _season_near, False, frozenset("今明")),
    (TWO_YEARS, _two_years, False, frozenset("今明")),
    (YEARS_AHEAD, _years_ahead, False, frozenset("今未接")),
    (DAY, _day, False, frozenset("日天")),
)
