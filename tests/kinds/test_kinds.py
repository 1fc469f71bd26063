"""Kinds of papers (R-ING-10): every case of tests/cases/kinds.json, damaged copies of them, and faulty evidence."""

import dataclasses
import json
from pathlib import Path

import pytest

from pipeline.errors import ProfileError
from pipeline.kinds import kind_of
from pipeline.profile import Profile

CASES = json.loads((Path(__file__).parents[1] / "cases" / "kinds.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['kind']}" for i, case in enumerate(CASES)])
def test_kind(case: dict[str, str], profile: Profile) -> None:
    assert kind_of(case["title"], case["text"], profile) == case["kind"]


def test_most_kinds_are_told_without_the_title(profile: Profile) -> None:
    """A scan is often called “扫描件001”: the text alone must do for four papers out of five."""
    titled = [case for case in CASES if case["kind"] != "其他" and len(case["text"]) > 60]
    right = sum(kind_of("", case["text"], profile) == case["kind"] for case in titled)
    assert right >= 0.8 * len(titled)


@pytest.mark.parametrize("case", CASES[::5], ids=lambda case: case["kind"])
def test_blanks_and_western_marks_change_nothing(case: dict[str, str], profile: Profile) -> None:
    marks = str.maketrans("：，；（）", ":,;()")
    spaced = "\n".join(f"  {line} " for line in case["text"].translate(marks).split("\n"))
    assert kind_of(case["title"], spaced, profile) == case["kind"]


def test_side_follows_congress_or_conference(profile: Profile) -> None:
    text = "{}\n关于修桥的建议\n村民过河靠渡船。建议县交通局修一座桥。"
    assert kind_of("", text.format("县人大代表建议"), profile) == "建议"
    assert kind_of("", text.format("县政协委员提案"), profile) == "提案"


def test_empty_paper_is_other(profile: Profile) -> None:
    assert kind_of("", "", profile) == "其他"


def test_broken_evidence_names_list_and_entry(profile: Profile) -> None:
    broken = dataclasses.replace(profile, wording={**profile.wording, "文种·通知·开头": ("(通知=3",)})
    with pytest.raises(ProfileError) as caught:
        kind_of("", "各单位", broken)
    assert "(通知" in caught.value.reason
    assert "文种·通知·开头" in caught.value.hint
