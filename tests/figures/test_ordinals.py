"""Ordinals at the head of a line: every system, and words that only look like one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.figures.ordinals import leads, ordinal, ordinals

CASES = json.loads((Path(__file__).parents[1] / "cases" / "figures_ordinals.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("line", "text", "level"), CASES, ids=[case[0] for case in CASES])
def test_the_head_of_a_line(line, text, level):
    found = ordinal(line)
    assert (found.number, found.level) == (text, level) if text else found is None


@pytest.mark.parametrize("line", [case[0] for case in CASES if case[1]])
def test_what_leads_a_line_is_a_candidate_of_the_text(line):
    assert leads(line)
    first = ordinals(line)[0]
    assert (first.start, first.firm) == (0, 2) and ordinal(line).value == first.value


def test_days_of_the_week_are_no_ordinals():
    assert not ordinals("每周一、三、五巡查，星期二、四休市。")
