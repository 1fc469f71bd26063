"""Rules P, L and N on letters in perfect form: exactly the named rules fire, hard negatives stay silent (§5-C)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit import audit
from pipeline.profile import Profile
from tests.audit.letters import ASK, case

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "audit_promises.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("letter", CASES, ids=lambda letter: letter["why"])
def test_letter(letter: dict[str, Any], profile: Profile) -> None:
    day = date.fromisoformat(letter.get("day", "2025-05-12"))
    found = case(letter["answer"], letter.get("asks", (ASK,)), label=letter.get("label", "B"), day=day)
    [result] = audit([found], profile)
    fired = {finding.rule for finding in result.findings}
    assert fired - set(letter.get("may", ())) == set(letter["fires"])
    for finding in result.findings:
        assert found.reply.text[finding.start : finding.end] == finding.quote or finding.start == -1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("青禾村便民桥5月6日已建成通行。", "已解决"),
        ("青禾村便民桥正在施工，11月底前建成。", "正在解决"),
        ("青禾村便民桥已列入2025年农村桥梁建设计划，11月底前建成。", "列入计划"),
        ("因渡口属行洪河道管理范围，青禾村便民桥不能修建。", "不能解决"),
        ("您修建便民桥的意见，我们留作编制明年计划时参考。", "作参考"),
        ("青禾村便民桥一事已多次向市局汇报，正在等待答复。", ""),
    ],
)
def test_the_letter_comes_to(answer: str, outcome: str, profile: Profile) -> None:
    [result] = audit([case(answer)], profile)
    assert result.verdict.outcome == outcome
