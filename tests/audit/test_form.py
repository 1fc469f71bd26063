"""Rules F, X and D: one fault at a time in a perfect letter, and only its rule changes (§5-A, §5-D)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit import Case, audit
from pipeline.profile import Profile
from tests.audit.letters import TITLE, reply, submission

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "audit_form.json").read_text(encoding="utf-8")
)
ANSWER = "便民桥6月底前完成招标，11月20日前建成通行，资金86万元由县财政安排，由局农村公路股负责。"


def faulty(fault: dict[str, Any]) -> Case:
    letter = reply(ANSWER)
    text = letter.text
    for old, new in fault.get("cut", ()):
        assert old in text, old
        text = text.replace(old, new)
    letter = replace(letter, text=text, **fault.get("change", {}))
    changes = {k: tuple(v) if isinstance(v, list) else v for k, v in fault.get("submission", {}).items()}
    if "handed_over" in changes:
        changes["handed_over"] = date.fromisoformat(changes["handed_over"])
    return Case(letter, replace(submission(fault.get("title", TITLE)), **changes))


@pytest.mark.parametrize("fault", CASES, ids=lambda fault: fault["why"])
def test_fault(fault: dict[str, Any], profile: Profile) -> None:
    case = faulty(fault)
    [result] = audit([case], profile)
    assert {f.rule for f in result.findings} - set(fault.get("may", ())) == set(fault["fires"])
    assert bool(result.verdict.abstained) == fault.get("abstains", False)
    for finding in result.findings:
        assert finding.start == -1 or case.reply.text[finding.start : finding.end] == finding.quote


def test_burst_is_told_once_for_a_unit(profile: Profile) -> None:
    cases = []
    for index in range(6):
        asked = replace(submission(id=f"s{index}"), handed_over=date(2025, 2, 14))
        cases.append(
            Case(replace(reply(f"第{index}座桥：{ANSWER}"), id=f"r{index}", day=date(2025, 5, 10 + index % 3)), asked)
        )
    told = [f for result in audit(cases, profile) for f in result.findings if f.rule == "X02"]
    assert len(told) == 1 and "6 件" in told[0].message


def test_disabled_rule_is_silent(profile: Profile) -> None:
    rules = dict(profile.rules)
    rules["F02"] = replace(rules["F02"], enabled=False)
    case = faulty(next(f for f in CASES if f["why"] == "没有文号"))
    [result] = audit([case], replace(profile, rules=rules))
    assert not result.findings and result.verdict.gate == "通过"


def test_severity_is_the_profile_s(profile: Profile) -> None:
    rules = dict(profile.rules)
    rules["F02"] = replace(rules["F02"], severity="error")
    [result] = audit([faulty(next(f for f in CASES if f["why"] == "没有文号"))], replace(profile, rules=rules))
    assert [f.severity for f in result.findings] == ["error"] and result.verdict.gate == "补充"
