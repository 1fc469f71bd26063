"""Rules over several letters (P12, X04–X07), slips told by the reader (F08, T02), F14 and D02 (§5-A, §5-D)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.audit import Case, audit
from pipeline.audit.matters import same_matters
from pipeline.profile import Profile
from pipeline.records import Commitment
from tests.audit.letters import reply, submission

GOOD = "三组渡口便民桥11月底前建成，由局农村公路股负责，先招标后施工。"
MATTER = "关于在青禾村修建便民桥的建议"


def letter(key: str, answer: str, year: int, title: str = MATTER, **fields: Any) -> Case:
    asked = submission(title, ["在三组渡口修建便民桥"], id=f"s-{key}", year=year)
    return Case(replace(reply(answer, day=date(year, 5, 12), matter=title[2:-3]), id=f"r-{key}", **fields), asked)


def promise(text: str, case: Case, deadline: str, to: date) -> Commitment:
    start = case.reply.text.index(text)
    return Commitment(text, text, start, start + len(text), deadline_text=deadline, deadline_to=to, strength="T4")


def with_promise(case: Case, text: str, deadline: str, to: date) -> Case:
    return replace(case, reply=replace(case.reply, commitments=(promise(text, case, deadline, to),)))


def rules_of(cases: list[Case], profile: Profile) -> list[set[str]]:
    return [{finding.rule for finding in result.findings} for result in audit(cases, profile)]


def test_a_promise_made_again_after_its_day_is_told_on_the_later_letter(profile: Profile) -> None:
    old = with_promise(letter("a", GOOD, 2024), GOOD, "11月底前", date(2024, 11, 30))
    again = letter("b", GOOD, 2025)
    assert ["P12" in rules for rules in rules_of([old, again], profile)] == [False, True]
    other = letter("b", GOOD, 2025, title="关于在柳坝村修建便民桥的建议")
    assert not any("P12" in rules for rules in rules_of([old, other], profile))


def test_a_promise_kept_is_no_repetition(profile: Profile) -> None:
    old = with_promise(letter("a", GOOD, 2024), GOOD, "11月底前", date(2024, 11, 30))
    kept = letter("b", "三组渡口便民桥2024年11月已建成通行，由局农村公路股验收。引道6月底前硬化，先招标后施工。", 2025)
    assert not any("P12" in rules for rules in rules_of([old, kept], profile))


def test_yes_and_no_in_one_year_contradict(profile: Profile) -> None:
    yes = letter("a", "三组渡口便民桥11月30日前建成，资金86万元由县财政安排，先招标后施工。", 2025)
    no = letter("b", "因三组渡口在行洪区，依法不能修建便民桥。作为替代，5月6日已开通渡船2艘。", 2025)
    assert all("X05" in rules for rules in rules_of([yes, no], profile))
    assert not any("X05" in rules for rules in rules_of([yes, letter("c", GOOD, 2025)], profile))
    later = letter("d", no.reply.text, 2027)
    assert not any("X05" in rules for rules in rules_of([yes, later], profile))


def test_a_promised_report_that_never_came(profile: Profile) -> None:
    owed = "我局9月30日前把申报结果书面告知您。"
    first = with_promise(letter("a", GOOD + owed, 2024), owed, "9月30日前", date(2024, 9, 30))
    unlike = letter("z", GOOD, 2025, title="关于提高村医待遇的建议")
    assert [result & {"X06"} for result in rules_of([first, unlike], profile)] == [{"X06"}, set()]
    followed = letter("b", GOOD, 2025)
    assert "X06" not in rules_of([first, followed], profile)[0]
    assert "X06" not in rules_of([first], profile)[0], "not due yet as far as the batch tells"


def test_satisfied_though_nothing_was_done(profile: Profile) -> None:
    first, again = letter("a", GOOD, 2024, satisfaction="满意"), letter("b", GOOD, 2025)
    assert "X07" in rules_of([first, again], profile)[0]
    assert "X07" not in rules_of([replace(first, reply=replace(first.reply, satisfaction="不满意")), again], profile)[0]
    assert "X07" not in rules_of([first], profile)[0]


@pytest.mark.parametrize(
    ("called", "fires"),
    [("白水生代表", {"X04"}), ("白水生、温泉代表", {"X04"}), ("白水生等3名代表", set()), ("白水生等2名代表", {"F06"})],
)
def test_every_signatory_is_addressed(called: str, fires: set[str], profile: Profile) -> None:
    asked = submission(cosigners=("温泉", "冷杉"))
    answer = replace(reply(GOOD), addressee=called)
    assert rules_of([Case(answer, asked)], profile)[0] & {"X04", "F06"} == fires
    told = replace(answer, text=answer.text.replace("请填写", "本答复分送各联名代表，请填写"))
    assert "X04" not in rules_of([Case(told, asked)], profile)[0]


def test_signatories_answered_one_by_one(profile: Profile) -> None:
    asked = submission(cosigners=("温泉",))
    both = [Case(replace(reply(GOOD), id=f"r{n}", addressee=f"{n}代表"), asked) for n in ("白水生", "温泉")]
    assert not any("X04" in rules for rules in rules_of(both, profile))


@pytest.mark.parametrize(
    ("warning", "rule"),
    [
        ("疑似编号缺失，“一、”之后是“三、”，没有“二、”：第 9 段“三、引道”", "F08"),
        ("疑似叠字：第 8 段“建成，由由局农村”", "T02"),
        ("疑似叠字：第 8 段“列入“十五五”规划”", ""),
        ("文字由扫描页识别（OCR）得到（第 1 页），请对照原件核对", ""),
    ],
)
def test_slips_that_the_reader_saw(warning: str, rule: str, profile: Profile) -> None:
    told = rules_of([Case(replace(reply(GOOD), warnings=(warning,)), submission())], profile)[0]
    assert told == ({rule} if rule else set())


def test_a_seal_still_owed(profile: Profile) -> None:
    good = reply(GOOD)
    owed = replace(good, text=good.text.replace("\n2025年5月12日", "（此处盖章）\n2025年5月12日"))
    sealed = replace(good, text=good.text.replace("\n2025年5月12日", "（盖章）\n2025年5月12日"))
    assert rules_of([Case(owed, submission())], profile) == [{"F14"}]
    assert rules_of([Case(sealed, submission())], profile) == [set()]


def test_publicity_is_asked_for_only_where_the_profile_says_so(profile: Profile) -> None:
    strict = replace(profile, rules={**profile.rules, "D02": replace(profile.rules["D02"], threshold=1)})
    good = reply(GOOD)
    closed = replace(good, text=good.text.replace("同意公开", "不予公开"), publicity="不予公开")
    why = replace(closed, text=closed.text.replace("不予公开", "不予公开（涉及工作秘密）"))
    assert ["D02" in rules_of([Case(r, submission())], strict)[0] for r in (good, closed, why)] == [False, True, False]
    assert "D02" not in rules_of([Case(closed, submission())], profile)[0]
    open_yet = replace(good, text=good.text.replace("同意公开", "公开属性：待定"), publicity="")
    assert "D02" in rules_of([Case(open_yet, submission())], profile)[0]


def test_same_matters_keep_places_apart(profile: Profile) -> None:
    titles = (MATTER, "关于尽快在青禾村修建便民桥的建议", "关于在柳坝村修建便民桥的建议", "关于提高村医待遇的建议")
    found = same_matters(
        [submission(title, ["修建便民桥"] if "桥" in title else ["发补贴"]) for title in titles], profile
    )
    assert found == {0: (1,), 1: (0,)}
