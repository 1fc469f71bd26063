"""Times and limits: spellings, relative years, festivals, event-bound limits, and what is no time."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.figures import day_of, moments
from pipeline.figures.festivals import NAMES, interval

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "figures_moments.json").read_text(encoding="utf-8")
)


def printed(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_cases(case: dict[str, Any]) -> None:
    today = date.fromisoformat(case["today"]) if case["today"] else None
    found = moments(case["text"], today)
    assert [[m.text, printed(m.first), printed(m.last), m.strength] for m in found] == case["found"]


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)), st.integers(0, 3))
def test_every_date_is_read_back(day: date, form: int) -> None:
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        day.isoformat(),
        f"（{day.year} 年 {day.month} 月 {day.day} 日）",
    )
    assert day_of(forms[form]) == day


@given(st.text(alphabet="2024年月日3第三个内前底至十五春节汛期（）《》。，一半季度工作周近上下", max_size=40))
def test_any_text_gives_ordered_quoted_times(text: str) -> None:
    found = moments(text, date(2024, 3, 1))
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(m.first is None or m.last is None or m.first <= m.last for m in found)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2023年11月至3月封路施工", date(2024, 3, 31)),
        ("今年10月10日至2月29日轮训", date(2025, 2, 28)),
        ("年底至汛前完成清淤", date(2025, 9, 30)),
        ("今年6月至8月", date(2024, 8, 31)),
    ],
)
def test_a_span_that_turns_back_ends_in_the_year_after(text: str, last: date) -> None:
    assert [moment.last for moment in moments(text, date(2024, 3, 1))] == [last]


def test_day_of_needs_year_month_and_day() -> None:
    assert day_of("印发日期：二〇二三年十二月三十一日") == date(2023, 12, 31)
    assert day_of("2024年2月30日，实为2024年3月1日") == date(2024, 3, 1)
    assert day_of("20231105") == date(2023, 11, 5)
    assert [day_of(text) for text in ("6月30日", "2024年6月", "电话20241399", "")] == [None] * 4


def test_relation_tells_limits_from_beginnings() -> None:
    today = date(2024, 3, 1)
    relations = {text: moments(text, today)[0].relation for text in ("5月底前", "到5月底", "5月", "5月起", "5月以后")}
    assert relations == {"5月底前": "before", "到5月底": "before", "5月": "in", "5月起": "from", "5月以后": "after"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_festival_is_an_interval(name: str) -> None:
    found = interval(name, 2027)
    assert found is not None and found[0] <= found[1]


def test_lunar_table_ends() -> None:
    assert interval("春节", 2000) is not None and interval("中秋", 2040) is not None
    assert interval("春节", 1999) is None and interval("端午", 2041) is None
