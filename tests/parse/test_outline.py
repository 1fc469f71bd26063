"""Outlines (R-ING-09): series of every ordinal system, nesting, and what is no ordinal."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.outline import outline

CASES = json.loads((Path(__file__).parents[1] / "cases" / "parse_outline.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_outline(case: dict[str, Any]) -> None:
    assert [[one.number, one.level, one.text] for one in outline(case["text"])] == case["outline"]


def test_a_part_spans_its_sub_parts_and_ends_before_its_sibling() -> None:
    text = "前言。一、甲。（一）子。（二）丑。\n二、乙。"
    first, *subs, second = outline(text)
    assert text[first.start : first.end] == "一、甲。（一）子。（二）丑。"
    assert all(first.start < sub.start < sub.end <= first.end for sub in subs)
    assert text[second.start : second.end] == "二、乙。"


@given(st.integers(2, 25), st.sampled_from(["{}、", "（{}）", "{}.", "{})"]), st.sampled_from(["\n", ""]))
def test_any_length_of_series_is_found_in_lines_and_in_line(count: int, form: str, joint: str) -> None:
    text = joint.join(f"{form.format(i)}做好第{i}项工作。" for i in range(1, count + 1))
    assert len(outline(text)) == count


@given(st.text(alphabet="一二三1２2.、（）() \n第是首先甲。，", max_size=60))
def test_any_text_gives_parts_in_order_inside_the_text(text: str) -> None:
    found = outline(text)
    assert [one.start for one in found] == sorted({one.start for one in found})
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start :].startswith(one.number)
        assert one.level >= 1
