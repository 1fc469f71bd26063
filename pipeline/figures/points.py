"""Named times (dates, months, quarters, years, plan periods, festivals), each as an interval."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.figures import festivals
from pipeline.figures.numerals import number
from pipeline.records import Strength


@dataclass(frozen=True, slots=True)
class Point:
    """A named time. `year` is what a later yearless time of the sentence inherits; `strict`: “前” excludes it."""

    start: int
    end: int
    first: date | None
    last: date | None
    strength: Strength
    year: int | None = None
    strict: bool = False
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """What a time without a year is read against: the document's day and the year named before."""

    today: date | None
    year: int | None = None

    @property
    def default(self) -> int | None:
        """The year of a time that names none."""
        return self.year or (self.today.year if self.today else None)


Found = tuple[date | None, date | None, Strength]
Reader = Callable[[re.Match[str], Clock], Found | None]
_CN = "〇○零0OＯoｏ一二三四五六七八九"
_Y = rf"(?:19|20)\d\d|[一二][{_CN}]{{3}}"
_FIRST_MONTH = r"(?<=年)元|(?<![\d.万亿千百十几多美欧日港角整])元(?=月(?:份|[底初中末上下]|\d|[一二三十]))"
_MM = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|{_FIRST_MONTH})"
DD = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_LETTER_O = re.compile("[OＯoｏ]")
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "当年": 0} | {
    "明年": 1, "次年": 1, "翌年": 1, "来年": 1, "后年": 2
}  # fmt: skip
_GAP = r"[ \t\u3000]{0,3}"
_YEAR = rf"(?:(?P<year>{_Y}){_GAP}年(?!代)|(?P<rel>{'|'.join(_RELATIVE)})度?)"
_TO = r"\s?(?:至|到|—{1,2}|-|–|－|~|～)\s?"

DATED = re.compile(
    rf"(?:{_YEAR}度?的?{_GAP})?(?<!第)(?P<month>{_MM}){_GAP}月(?:份|(?!龄|大))"
    rf"{_GAP}(?:(?P<day>{DD}){_GAP}[日号](?:{_TO}(?P<day2>{DD})\s?[日号])?|(?P<part>[上中下]旬|[底末初中](?!旬)))?"
)
NUMERIC = re.compile(
    rf"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<sep>[.\-/])(?P<month>1[0-2]|0?[1-9])(?:(?P=sep)(?P<day>{DD}))?"
    r"(?![\d.\-/]*\d)(?!\s?(?:%|万|亿|元|公里|千米|米|个|亩|倍|吨|件))"
)
MONTHS = re.compile(
    rf"(?:{_YEAR}度?的?\s?)?(?<!\d)(?P<month>{_MM})(?:{_TO}|、)(?P<month2>{_MM})\s?月份?(?!\d|[一二三])"
)
QUARTER = re.compile(
    rf"(?:{_YEAR}度?的?)?第?(?P<quarter>[一二三四1-4])(?:(?:{_TO}|、)(?P<quarter2>[二三四2-4]))?季度(?P<part>[末底](?!线))?"
)
HALF = re.compile(rf"(?:{_YEAR}度?的?)?(?P<half>[上下])半年")
EDGE = re.compile(
    rf"(?:{_YEAR}度?的?(?:年)?(?P<edge>终|底(?!数|线|座)|末(?!级)|初(?!中|级|步)"
    rf"|内(?![河部地陆涝蒙外])|中(?=[，。；、前完开建竣投实左]|$))|(?<!"
    rf"[\d〇○零一二三四五六七八九十两几多数全历往半学每近近常])"
    r"(?:年度?(?P<alone>[底末初内终])(?!期)|(?P<old>岁末)))"
)
SEASON = re.compile(rf"{_YEAR}度?的?(?P<season>[春夏秋冬])(?:季|天)?(?!季?开学|季?学期|节)")
WINTER = re.compile(r"今冬明春")
YEARS = re.compile(rf"(?<!\d)(?P<year>(?:19|20)\d\d){_TO}(?P<year2>(?:20)\d\d)\s?(?:学?年度?)")
YEAR = re.compile(rf"{_YEAR}度?")
PLAN = re.compile(r"[“\"'‘]?十(?P<plan>[二三四五六])五[”\"'’]?(?:规划)?(?P<part>末|期末|初期|初)?(?:期间|时期|内)?")
FESTIVAL = re.compile(
    rf"(?:{_YEAR}度?的?)?(?<!防)[“\"]?(?P<name>{'|'.join(festivals.NAMES)})[”\"]?(?:节日|佳节|节|假期|来临|到来|长假)?"
    r"(?=之前|以前|前|期间|结束|后|以后|之后|起)"
)
TERM = re.compile(rf"(?:{_YEAR}度?的?)?(?P<name>[春秋]季(?:开学|学期))(?:时|期间|之际)?")
"""Grammar of times. A bare day of the month counts only after its month (“6月20日至25日”)."""


def year_of(match: re.Match[str], clock: Clock) -> int | None:
    """The year a match states, else the one of the clock."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(number(_LETTER_O.sub("〇", groups["year"])) or 0)
    if groups.get("rel") in _RELATIVE:
        return None if clock.today is None else clock.today.year + _RELATIVE[groups["rel"]]
    return clock.default


def span_of_months(year: int | None, first: int, last: int) -> tuple[date | None, date | None]:
    """First day of one month to last day of another, in the next year where it comes before the first."""
    if year is None:
        return None, None
    end = year + (last < first)
    return date(year, first, 1), date(end, last, monthrange(end, last)[1])


def integer(text: str | None) -> int:
    """The whole number of a numeral, 0 for none."""
    return 1 if text == "元" else int(number(text or "") or 0)


def within_month(year: int, month: int, part: str) -> tuple[date, date]:
    """A part of a month: 上旬, 中旬, 下旬, 初, 中, 底 or 末; the whole month for any other word."""
    last = monthrange(year, month)[1]
    days = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, last)}
    begin, end = days.get(part, (last - 5, last) if part in {"底", "末"} else (1, last))
    return date(year, month, begin), date(year, month, end)


def read_date(match: re.Match[str], clock: Clock) -> Found | None:
    """The interval of a match of DATED or NUMERIC; None for a day that the month lacks."""
    groups = match.groupdict()
    year, month, day = year_of(match, clock), integer(groups["month"]), groups.get("day")
    strength: Strength = "T5" if day else "T4"
    if year is None:
        return None, None, strength
    if day is None:
        return *within_month(year, month, groups.get("part") or ""), strength
    until = max(integer(day), integer(groups.get("day2")))
    if until > monthrange(year, month)[1]:
        return None
    return date(year, month, integer(day)), date(year, month, until), strength


def _months(match: re.Match[str], clock: Clock) -> Found | None:
    return *span_of_months(year_of(match, clock), integer(match["month"]), integer(match["month2"])), "T4"


def _quarter(match: re.Match[str], clock: Clock) -> Found | None:
    first, last = integer(match["quarter"]), integer(match["quarter2"] or match["quarter"])
    return *span_of_months(year_of(match, clock), last * 3 if match["part"] else first * 3 - 2, last * 3), "T4"


def _half(match: re.Match[str], clock: Clock) -> Found | None:
    first = 1 if match["half"] == "上" else 7
    return *span_of_months(year_of(match, clock), first, first + 5), "T4"


def _edge(match: re.Match[str], clock: Clock) -> Found | None:
    months = {"底": (12, 12), "末": (12, 12), "终": (12, 12), "初": (1, 2), "中": (6, 7), "内": (1, 12)}
    return *span_of_months(year_of(match, clock), *months[match["edge"] or match["alone"] or "末"]), "T4"


def _season(match: re.Match[str], clock: Clock) -> Found | None:
    year = year_of(match, clock)
    found = None if year is None else festivals.interval(match["season"], year)
    return (*found, "T4") if found else (None, None, "T4")


def _winter(_match: re.Match[str], clock: Clock) -> Found | None:
    year = clock.today.year if clock.today else None
    return (date(year, 11, 1), date(year + 1, 4, 30), "T4") if year else (None, None, "T4")


def _years(match: re.Match[str], _clock: Clock) -> Found | None:
    if int(match["year2"]) < int(match["year"]):
        return None
    return date(int(match["year"]), 1, 1), date(int(match["year2"]), 12, 31), "T3"


def _year(match: re.Match[str], clock: Clock) -> Found | None:
    return *span_of_months(year_of(match, clock), 1, 12), "T3"


def _plan(match: re.Match[str], _clock: Clock) -> Found | None:
    first = 2001 + 5 * integer(match["plan"])
    begin, end = {"末": (4, 4), "期末": (4, 4), "初": (0, 0), "初期": (0, 0)}.get(match["part"] or "", (0, 4))
    return date(first + begin, 1, 1), date(first + end, 12, 31), "T3"


def _festival(match: re.Match[str], clock: Clock) -> Found | None:
    year = year_of(match, clock)
    if year is None:
        return None, None, "T4"
    names = ("春季开学", "秋季开学") if match["name"] in {"开学", "新学期"} else (match["name"],)
    years = (year,) if match["year"] or match["rel"] else (year, year + 1)
    found = [pair for y in years for name in names if (pair := festivals.interval(name, y))]
    place = 0 if match.string[match.end() :].lstrip("之以").startswith("前") else 1
    coming = [pair for pair in found if clock.today is None or pair[place] > clock.today]
    chosen = [*coming, *found][:1]
    return (*chosen[0], "T4") if chosen else (None, None, "T4")


READERS: tuple[tuple[re.Pattern[str], Reader, bool, frozenset[str]], ...] = (
    (YEARS, _years, False, frozenset("2")),
    (MONTHS, _months, False, frozenset("月")),
    (NUMERIC, read_date, True, frozenset("12")),
    (DATED, read_date, True, frozenset("月")),
    (QUARTER, _quarter, False, frozenset("季")),
    (HALF, _half, False, frozenset("年")),
    (FESTIVAL, _festival, True, frozenset("前期结后起")),
    (TERM, _festival, False, frozenset("学")),
    (SEASON, _season, False, frozenset("年")),
    (WINTER, _winter, False, frozenset("冬")),
    (PLAN, _plan, False, frozenset("五")),
    (EDGE, _edge, False, frozenset("年岁")),
    (YEAR, _year, True, frozenset("年")),
)
"""Pattern, reader, whether “前” excludes the named time itself, characters of which a match has one at least.

The first that matches a place wins.
"""
