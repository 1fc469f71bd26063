"""What a letter still says of another one: its number, session, people, county and title (F07, T02); N01's balance."""

from dataclasses import replace

import pytest

from pipeline.audit import Case, audit
from pipeline.profile import Profile
from tests.audit.letters import reply, submission

ANSWER = "三组渡口便民桥11月底前建成，由局农村公路股负责，先招标后施工。"


def rules(answer: str, profile: Profile, *changes: tuple[str, str]) -> set[str]:
    letter = reply(answer)
    text = letter.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    [result] = audit([Case(replace(letter, text=text), submission())], profile)
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    "change",
    [
        ("感谢您对我们工作的关心", "感谢周建民代表对我们工作的关心"),
        ("感谢您对我们工作的关心", "感谢您对桃源县交通工作的关心"),
        (ANSWER, ANSWER + "您提出的《关于搬迁南门农贸市场的建议》我局已研究。"),
        (ANSWER, ANSWER + "\n周建民代表：\n以上答复请审阅。"),
    ],
)
def test_what_is_left_of_another_letter_is_told(change: tuple[str, str], profile: Profile) -> None:
    assert "T02" in rules(ANSWER, profile, change)


@pytest.mark.parametrize(
    "change",
    [
        ("感谢您对我们工作的关心", "感谢白水生代表对松溪县交通工作的关心"),
        ("感谢您对我们工作的关心", "感谢各位代表对我县交通工作的关心"),
        ("感谢您对我们工作的关心", "感谢人大代表对全市交通工作的关心"),
        (ANSWER, ANSWER + "您提出的《关于青禾村修建便民桥的建议》我局已研究。"),
        (ANSWER, ANSWER + "我局按照《关于加强农村公路管理养护的意见》执行。"),
    ],
)
def test_the_own_people_county_and_title_are_no_fault(change: tuple[str, str], profile: Profile) -> None:
    assert "T02" not in rules(ANSWER, profile, change)


def test_another_session_or_number_is_told_in_any_copy(profile: Profile) -> None:
    own = reply(ANSWER)
    for fields in ({"number": "41"}, {"session": "第十八届人民代表大会第二次会议"}):
        [result] = audit([Case(replace(own, from_register=True), submission(**fields))], profile)
        assert "F07" in {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    ("money", "fault"),
    [
        ("三年共收入80.5万元、支出60.2万元、结余20.3万元。", False),
        ("三年共收入80.5万元、支出60.2万元、结余32.3万元。", True),
        ("每年支出60万元，结余部分转入下年，另有收入12万元。", False),
    ],
)
def test_what_is_left_is_the_rest(money: str, fault: bool, profile: Profile) -> None:
    assert ("N01" in rules(ANSWER + money, profile)) == fault
