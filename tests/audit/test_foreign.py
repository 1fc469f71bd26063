"""Rules C01 and C02 are sure only where the answer is of another field; else they ask a person to look (§5-B)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.audit import Case, audit
from pipeline.audit.fields import fields
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Cite
from tests.audit.letters import case, reply, submission

FOREIGN = {"C01", "C02"}
SCHOOL = ("关于城东增设小学的建议", "在城东片区新办一所小学")
ELSEWHERE = (
    "全县农村饮水工程由水利局实施，去年更换供水主管网18公里，建成水厂两座，水质检测合格率提高到九成八，"
    "今年6月底前再更换老旧管网12公里，灌区渠道的清淤由各灌溉管理所负责，水库除险加固另行安排资金。"
)
OTHER_WORDS = (
    "我局会同自然资源部门踏勘了三处地块，现有校园班额偏大，教师编制已向编办申报，"
    "拟于2026年9月前建成36个班的九年一贯制学校，新增学位1620个。"
)
MORE_WANTED = "您所反映的情况要素不全，我们无法核实，请您补充单位名称和时间后再次来信，或拨打热线反映。"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load(default_folder())


def told(answer: str, profile: Profile) -> set[tuple[str, str]]:
    title, ask = SCHOOL
    found = audit([case(answer, [ask], title)], profile)[0].findings
    return {(f.rule, f.severity) for f in found if f.rule in FOREIGN}


def test_an_answer_of_another_field_is_an_error(profile: Profile) -> None:
    assert told(ELSEWHERE, profile) == {("C01", "error")}


@pytest.mark.parametrize("answer", [OTHER_WORDS, MORE_WANTED], ids=["其他字眼", "要求补充"])
def test_the_same_field_in_other_words_and_a_call_for_more_are_none(answer: str, profile: Profile) -> None:
    assert ("C01", "error") not in told(answer, profile)


def test_a_call_for_more_is_no_other_items_letter(profile: Profile) -> None:
    title, ask = SCHOOL
    letters = [case(MORE_WANTED, [ask], title)]
    about_it = submission("关于来信要素不全时请补充单位名称和时间的建议", ["情况无法核实的请补充"], id="s2", number="2")
    letters.append(Case(reply(ELSEWHERE, id="r2", number="2"), about_it))
    assert not {f.rule for f in audit(letters, profile)[0].findings} & FOREIGN


def test_fields_are_told_by_the_units_triggers(profile: Profile) -> None:
    assert "教育局" in fields("".join(SCHOOL), profile) & fields(OTHER_WORDS, profile)
    assert not fields("".join(SCHOOL), profile) & fields(ELSEWHERE, profile)
    assert fields("您好，谢谢。", profile) == frozenset()


@pytest.mark.parametrize(
    ("called", "title", "number", "fires"),
    [
        ("祝春生代表", "关于修缮渡口石阶的建议", "77", True),
        ("祝春生代表", SCHOOL[0], "77", False),
        ("", "关于修缮渡口石阶的建议", "77", False),
        ("都不是人名", "关于修缮渡口石阶的建议", "77", False),
    ],
    ids=["别人、别题", "只是称谓不同", "没有称谓", "称谓不是人"],
)
def test_a_letter_that_says_it_answers_another_item(
    called: str, title: str, number: str, fires: bool, profile: Profile
) -> None:
    item = submission(SCHOOL[0], [SCHOOL[1]], proposers=("路明远",))
    letter = replace(reply(OTHER_WORDS), addressee=called, number=number, cites=(Cite("建议", "", number, title),))
    [found] = audit([Case(letter, item)], profile)
    assert ("C02" in {f.rule for f in found.findings}) == fires


def test_half_width_marks_are_read_like_full_width_ones(profile: Profile) -> None:
    wide = "渡口石阶因资金不足，今年无法修缮；渡船班次表5月8日已张贴。"
    narrow = wide.translate(str.maketrans("，；", ",;"))
    asks = ["修缮渡口石阶", "公布渡船班次"]
    one, two = (audit([case(text, asks, "关于渡口的建议")], profile)[0] for text in (wide, narrow))
    assert [c.state for c in one.coverage] == [c.state for c in two.coverage] == ["解释不采纳", "已采纳落实"]
    assert two.coverage[0].quote == narrow[: narrow.index(";") + 1]
