"""Promises of letters: slots, shared deadlines, and what is no promise (domain §5-C)."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parse.commitments import commitments
from pipeline.profile import Profile, default_folder, load

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "commitments.json").read_text(encoding="utf-8")
)


def printed(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_cases(case: dict[str, Any], profile: Profile) -> None:
    found = commitments(case["text"], date.fromisoformat(case["day"]), profile)
    seen = [
        {slot: printed(getattr(one, slot)) for slot in wanted}
        for one, wanted in zip(found, case["found"], strict=False)
    ]
    assert seen == case["found"]
    assert len(found) == len(case["found"]), [one.text for one in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_spans_quote_the_letter(case: dict[str, Any], profile: Profile) -> None:
    for one in commitments(case["text"], date.fromisoformat(case["day"]), profile):
        assert case["text"][one.start : one.end] == one.text
        assert one.act and one.deadline_text in case["text"]


ABLATED = "我局将于10月底前改造旱厕3座，资金12万元由县财政安排。"


@pytest.mark.parametrize(
    ("cut", "slot", "empty"),
    [("于10月底前", "deadline_to", None), ("3座", "quantity", ""), ("，资金12万元由县财政安排", "money", "")],
)
def test_a_slot_cut_from_the_letter_is_the_only_one_lost(cut: str, slot: str, empty: object, profile: Profile) -> None:
    day = date(2025, 3, 12)
    (whole,) = commitments(ABLATED, day, profile)
    (rest,) = commitments(ABLATED.replace(cut, ""), day, profile)
    assert getattr(whole, slot) != empty
    assert getattr(rest, slot) == empty
    others = {"deadline_to", "quantity", "money", "actor"} - {slot}
    assert {name: getattr(rest, name) for name in others} == {name: getattr(whole, name) for name in others}


def test_without_a_letter_day_limits_still_count(profile: Profile) -> None:
    (one,) = commitments("我镇将于6月底前修复水渠。", None, profile)
    assert (one.strength, one.deadline_text, one.deadline_to) == ("T4", "6月底前", None)


def test_the_unit_stands_for_we(profile: Profile) -> None:
    (one,) = commitments("我们将在4月底前完成清淤。", date(2025, 3, 12), profile, unit="水利局")
    assert one.actor == "水利局"


@cache
def _default() -> Profile:
    return load(default_folder())


WORDS = [
    "我局",
    "将",
    "拟",
    "2025年",
    "6月底前",
    "完成",
    "一是",
    "二是",
    "改造",
    "，",
    "。",
    "；",
    "：",
    "\n",
    "《",
    "》",
]
WORDS += [
    "下一步",
    "您反映的",
    "问题",
    "资金",
    "3万元",
    "待",
    "后",
    "根据",
    "规定",
    "以上工作均于",
    "感谢您",
    "（",
    "）",
    "不能",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_any_letter_gives_quoted_promises_in_order(text: str) -> None:
    found = commitments(text, date(2025, 3, 12), _default())
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.start < one.end for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
