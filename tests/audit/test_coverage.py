"""Which lines answer which ask, what they make of it, and what a letter says was asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit import Case, audit
from pipeline.audit.clauses import clauses
from pipeline.audit.places import bare, places
from pipeline.profile import Profile
from tests.audit.letters import case, reply, submission

CASES = json.loads((Path(__file__).parents[1] / "cases" / "audit_coverage.json").read_text(encoding="utf-8"))
TITLE = "关于加强渡口管理的建议"


@pytest.mark.parametrize("letter", CASES, ids=lambda letter: letter["why"])
def test_states(letter: dict[str, Any], profile: Profile) -> None:
    [result] = audit([case(letter["answer"], letter["asks"], TITLE)], profile)
    assert [one.state for one in result.coverage] == letter["states"]


def rules_told(answer: str, asks: list[str], title: str, profile: Profile) -> set[str]:
    [result] = audit([case(answer, asks, title)], profile)
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    ("answer", "fires"),
    [
        ("您提出在石柳村建候船亭4座。候船亭11月底前建成。", True),
        ("您提出在青禾村建候船亭9座。候船亭11月底前建成。", True),
        ("您提出在青禾村建候船亭4座。候船亭11月底前建成。", False),
        ("您提出建候船亭。青禾村候船亭11月底前建成。", False),
    ],
)
def test_what_was_asked_is_told_rightly(answer: str, fires: bool, profile: Profile) -> None:
    told = rules_told(answer, ["在青禾村建候船亭4座"], "关于在青禾村建候船亭的建议", profile)
    assert ("C07" in told) == fires


@pytest.mark.parametrize(("matter", "fires"), [("给青禾村通自来水", True), ("给青禾、石柳、白沙三个村通自来水", False)])
def test_some_of_a_row_of_places_is_a_narrowed_ask(matter: str, fires: bool, profile: Profile) -> None:
    asked = submission("关于给青禾、石柳、白沙三个村通自来水的建议", ["给青禾、石柳、白沙三个村通自来水"])
    [result] = audit([Case(reply("青禾村11月底前通水。", matter=matter), asked)], profile)
    assert any(finding.rule == "C07" for finding in result.findings) == fires


def test_places_are_names_not_words_that_end_alike() -> None:
    assert places("在湾里村修路", sure=True) == {"村": {"湾里村"}}
    assert places("所有乡镇和施工路段，我局逐村查看", sure=True) == {}
    assert bare("在双塘、柳溪各建一处") == {"": {"双塘", "柳溪"}}


def test_a_time_goes_with_its_clause() -> None:
    assert list(clauses("9月底前，完成码头整修；由镇里管护")) == ["9月底前，完成码头整修", "由镇里管护"]


@pytest.mark.parametrize(
    ("answer", "fires"),
    [
        ("候船亭4座，便民桥3座，合计9座。", True),
        ("候船亭4座，便民桥3座，合计7座。", False),
        ("每个渡口候船亭4座、便民桥3座，合计70座。", False),
    ],
)
def test_a_sum_is_that_of_its_parts(answer: str, fires: bool, profile: Profile) -> None:
    assert ("N01" in rules_told(answer, ["建候船亭"], TITLE, profile)) == fires
