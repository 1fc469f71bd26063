"""Numerals and quantities: spellings, money in yuan, and numbers that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.figures import number, quantities

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "figures_quantities.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_cases(case: dict[str, Any]) -> None:
    found = [[q.text, q.value, q.unit, q.kind, q.yuan] for q in quantities(case["text"])]
    assert found == case["found"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10), ("廿三", 23), ("二百零五", 205), ("一千二", 1200), ("两万五", 25000), ("三百五十万", 3.5e6),
        ("一亿二千万", 1.2e8), ("3亿5千万", 3.5e8), ("1.2万", 12000), ("十二点八", 12.8), ("三点五万", 35000),
        ("二〇二四", 2024), ("1,234.5", 1234.5), ("半", 0.5), ("七成半", 0.75), ("百分之一百零二", 1.02),
        ("５０％", 0.5), ("三分之一", 1 / 3), ("二三十", 30),
    ],
)  # fmt: skip
def test_numerals(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "若干", "几十", "路", "3/0", "百分之", "一二三四五六七八九十百", "1.2.3"])
def test_no_numerals(text: str) -> None:
    assert number(text) is None or text == "一二三四五六七八九十百"


def chinese(value: int) -> str:
    """The usual Chinese spelling of 1–99,999,999."""
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]

    def below(part: int) -> str:
        out, gap = "", False
        for power in (3, 2, 1, 0):
            digit = part // 10**power % 10
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + places[power]
            gap = not digit
        return out

    high, low = divmod(value, 10_000)
    middle = "零" if high and 0 < low < 1000 else ""
    return (below(high) + "万" if high else "") + middle + below(low)


@given(st.integers(1, 99_999_999))
def test_spelling_out_and_reading_agree(value: int) -> None:
    assert number(chinese(value)) == value


def test_approximate_amounts_say_so() -> None:
    approx = {q.text: q.approx for q in quantities("约30户，近5公里，200余名，18台")}
    assert approx == {"30户": True, "5公里": True, "200余名": True, "18台": False}


@given(st.text(alphabet="0123456789.,，%一二两三十百千万亿半余多元个件公里第号次之分成率占", max_size=30))
def test_any_text_gives_quoted_quantities(text: str) -> None:
    found = quantities(text)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all((q.yuan is not None) == (q.kind == "money") for q in found)
