"""The promise ledger: how later letters and items bear on a promise, and how it stands on a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit import Case, ledger, ties
from pipeline.due import standing
from pipeline.profile import Profile
from pipeline.records import Commitment, Match, Owed, Submission, Theme
from tests.audit.letters import reply, submission

CASES = json.loads((Path(__file__).parents[1] / "cases" / "audit_ledger.json").read_text(encoding="utf-8"))
TODAY = date(2025, 12, 1)
BRIDGE = "三组渡口便民桥2024年11月底前建成"


def letter(key: str, answer: str, day: date, due: date | None = None, **asked: Any) -> Case:
    item = submission(**({"id": f"s-{key}", "year": day.year} | asked))
    found = replace(reply(answer, day=day), id=f"r-{key}", unit="交通运输局")
    start = found.text.index(answer)
    text, end = answer.rstrip("。"), start + len(answer) - 1
    strength = "T5" if due else "T1"
    promise = Commitment(text, text, start, end, deadline_text="期限", deadline_to=due, strength=strength)
    return Case(replace(found, commitments=(promise,) if due or "待" in answer else ()), item)


def later(answer: str, profile: Profile, day: date = date(2025, 5, 12), **asked: Any) -> Case:
    """A later letter with the promises that the parser reads in it."""
    from pipeline.parse.commitments import commitments

    case = letter("b", answer, day, **asked)
    at = case.reply.text.index(answer)
    found = commitments(answer, day, profile)
    moved = tuple(replace(c, start=c.start + at, end=c.end + at) for c in found)
    return replace(case, reply=replace(case.reply, commitments=moved))


def first(cases: list[Case], profile: Profile, **known: Any) -> Owed:
    items = [case.submission for case in cases if case.submission is not None]
    return ledger(cases, items, ties(items, known.get("matches", ()), known.get("themes", ()), profile), profile)[0]


@pytest.mark.parametrize("told", CASES, ids=lambda told: told["name"])
def test_what_later_letters_make_of_a_promise(told: dict[str, str], profile: Profile) -> None:
    due = date.fromisoformat(told["due"]) if told["due"] else None
    cases = [letter("a", told["promise"] + "。", date(2024, 5, 12), due)]
    if told["later"]:
        cases.append(later(told["later"], profile))
    owed = first(cases, profile)
    assert standing(owed, TODAY)[0] == told["standing"], owed.sequels
    texts = {record.id: record.text for case in cases for record in (case.reply, case.submission) if record}
    for sequel in owed.sequels:
        text = texts[sequel.source_id]
        assert sequel.start < 0 or text[sequel.start : sequel.end] == sequel.quote


def test_what_is_written_after_the_day_does_not_count_yet(profile: Profile) -> None:
    kept = later("三组渡口便民桥2025年3月20日建成通行，桥长32米。", profile)
    owed = first([letter("a", BRIDGE + "。", date(2024, 5, 12), date(2024, 11, 30)), kept], profile)
    told = [standing(owed, day)[0] for day in (date(2024, 11, 30), date(2024, 12, 1), date(2025, 5, 12))]
    assert told == ["未到期", "到期未见后续", "已兑现有据"]


def test_the_same_round_repeats_nothing(profile: Profile) -> None:
    twin = later(BRIDGE + "。", profile, date(2024, 5, 20))
    owed = first([letter("a", BRIDGE + "。", date(2024, 5, 12), date(2024, 11, 30)), twin], profile)
    assert [sequel.said for sequel in owed.sequels] == ["重申"]
    assert standing(owed, date(2024, 6, 1))[0] == "未到期"


def test_another_place_keeps_no_promise(profile: Profile) -> None:
    other = {"title": "关于在柳坝村修建便民桥的建议", "asks": ["在柳坝村修建便民桥"], "id": "s-b"}
    done = later("柳坝村便民桥2024年11月20日建成通行，桥长32米。", profile, **other)
    cases = [letter("a", BRIDGE + "。", date(2024, 5, 12), date(2024, 11, 30)), done]
    match = Match("s-a", "s-b", "same_matter", 0.9, (), ("地点：青禾村／柳坝村",))
    themes = [Theme("t", "便民桥", (), ("s-a", "s-b"))]
    owed = first(cases, profile, matches=[match], themes=themes)
    assert (owed.sequels, standing(owed, TODAY)) == ((), ("到期未见后续", None))


def test_an_item_that_asks_again_is_told_with_its_complaint(profile: Profile) -> None:
    case = letter("a", BRIDGE + "。", date(2024, 5, 12), date(2024, 11, 30))
    again = submission(id="s-b", year=2025)
    again = replace(again, text=again.text + "三组渡口便民桥至今没有动工。", day=date(2025, 1, 20))
    items: list[Submission] = [case.submission, again] if case.submission else []
    [owed] = ledger([case], items, ties(items, (), (), profile), profile)
    state, because = standing(owed, TODAY)
    assert state == "到期未见后续"
    assert because is not None
    assert (because.said, because.quote) == ("再提", "三组渡口便民桥至今没有动工。")


def test_an_undated_letter_is_read_against_the_hand_over(profile: Profile) -> None:
    case = letter("a", "待资金到位后10月底前建成。", date(2024, 5, 12), handed_over=date(2024, 2, 20))
    promise = replace(case.reply.commitments[0], deadline_text="10月底前", deadline_to=None)
    case = replace(case, reply=replace(case.reply, day=None, commitments=(promise,)))
    assert first([case], profile).due == date(2024, 10, 31)


def test_what_had_begun_or_is_done_is_no_promise(profile: Profile) -> None:
    case = letter("a", BRIDGE + "。", date(2024, 5, 12), date(2024, 5, 1))
    begun = replace(case.reply.commitments[0], deadline_text="5月1日起")
    done = replace(case.reply.commitments[0], done=True)
    case = replace(case, reply=replace(case.reply, commitments=(begun, done)))
    items = [case.submission] if case.submission else []
    assert ledger([case], items, ties(items, (), (), profile), profile) == []
