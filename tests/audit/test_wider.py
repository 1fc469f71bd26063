"""Rules C04, C09, P08, P10, P12, T01, T02 on one letter: positives, hard negatives, near misses (§5-B…D)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit import audit
from pipeline.profile import Profile
from tests.audit.letters import ASK, case

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "audit_wider.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("letter", CASES, ids=lambda letter: f"{letter['rule']} {letter['why']}")
def test_rule(letter: dict[str, Any], profile: Profile) -> None:
    found = case(letter["answer"], letter.get("asks", [ASK]))
    [result] = audit([found], profile)
    told = [finding for finding in result.findings if finding.rule == letter["rule"]]
    assert bool(told) == letter["fires"], [(f.rule, f.message) for f in result.findings]
    for finding in told:
        assert finding.start == -1 or found.reply.text[finding.start : finding.end] == finding.quote
