"""Rules P, L and N on letters in perfect form: exactly the named rules fire, hard negatives stay silent (§5-C)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit import audit
from pipeline.profile import Profile
from tests.audit.letters import case

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "audit_promises.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("letter", CASES, ids=lambda letter: letter["why"])
def test_letter(letter: dict[str, Any], profile: Profile) -> None:
    day = date.fromisoformat(letter.get("day", "2025-05-12"))
    found = case(letter["answer"], label=letter.get("label", "B"), day=day)
    [result] = audit([found], profile)
    fired = {finding.rule for finding in result.findings}
    assert fired - set(letter.get("may", ())) == set(letter["fires"])
    for finding in result.findings:
        assert found.reply.text[finding.start : finding.end] == finding.quote or finding.start == -1
