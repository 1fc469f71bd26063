"""Letters audited without their submission: what is put off must say when and how, what is dated stays silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.audit import Case, audit
from pipeline.parse.commitments import commitments
from pipeline.profile import Profile
from pipeline.records import Reply
from tests.audit.letters import reply

PROMISES = frozenset({"P01", "P02", "P03", "P04", "P05"})


def _letter(answer: str, profile: Profile) -> Reply:
    letter = reply(answer, label="", day=date(2025, 5, 12))
    return replace(letter, commitments=commitments(letter.text, letter.day, profile))


@pytest.mark.parametrize(
    ("answer", "fires"),
    [
        ("我局已将该渡口上报为2026年渡改桥项目，将予以实施。", {"P02"}),
        ("该渡口已列入县“十五五”交通规划，我局将争取早日开工。", {"P02", "P03"}),
        ("目前我局正在筹措修建资金。", {"P02", "P03"}),
        ("渡改桥实施方案已编制完成，资金还未落实，待资金就位即可开工。", {"P05"}),
        ("两岸引道均有改造打算，待引道完工时一并修建便民桥。", {"P03", "P05"}),
        ("我局已修好渡口石阶18级。下步将为青禾村修建便民桥。", {"P02", "P03"}),
        ("我局计划修建便民桥，图纸已送审，预计11月底前建成通行。", set()),
        ("2025年我局将修建桥墩4座，2026年架设桥面。", set()),
        ("因渡口在行洪河道内，依法不能建桥。今后我局将继续做好渡船检修。", set()),
        ("便民桥5月6日已建成通行，全长32米。", set()),
    ],
)
def test_what_is_put_off_says_when_and_how(answer: str, fires: set[str], profile: Profile) -> None:
    letter = _letter(answer, profile)
    [result] = audit([Case(letter, None)], profile)
    assert {finding.rule for finding in result.findings} & PROMISES == fires, result.findings


def test_one_finding_names_all_that_is_lacking(profile: Profile) -> None:
    letter = _letter("该渡口已列入2026年农村渡口改造项目，我局将适时修建。", profile)
    [result] = audit([Case(letter, None)], profile)
    assert any("时" in finding.message and "步骤" in finding.message for finding in result.findings)
