"""Slips are told with their place; good Chinese is left alone."""

from __future__ import annotations

import pytest

from pipeline.extract.lint import linted
from pipeline.records import Block
from tests.extract.conftest import cases


def lines(text: str) -> list[Block]:
    return [Block(line) for line in text.split("\n")]


@pytest.mark.parametrize("case", cases("lint"), ids=lambda case: case["text"][:12])
def test_slips(profile, case):
    told = linted(lines(case["text"]), profile)
    assert [said.split("：第 ")[0] for said in told] == case["told"]


def test_a_slip_is_told_with_its_place_and_words(profile):
    (told,) = linted(lines("关于修路的建议\n请县水利局局尽快回复。"), profile)
    assert told == "疑似叠字：第 2 段“请县水利局局尽快回复。”"


def test_many_slips_are_told_shortly(profile):
    assert len(linted(lines("修路的的事，" * 50), profile)) == 21


def test_a_document_carries_its_slips_and_keeps_its_text(one):
    document = one("a.txt", "关于修路的建议\n请县水利局局尽快回复。")
    assert "水利局局" in document.text and any("疑似叠字" in warning for warning in document.warnings)


def test_a_register_row_carries_its_slips(one):
    assert any("疑似叠字" in w for w in one("a.csv", "编号,案由,内容\n1,关于修路的建议,修路的的事。\n").warnings)
