"""What a web page or a copy without its head leaves out is not held against the letter (domain §5-A)."""

from dataclasses import replace

import pytest

from pipeline.audit import Case, audit
from pipeline.profile import Profile
from pipeline.records import Cite, Reply
from tests.audit.letters import reply, submission

ANSWER = "便民桥6月底前完成招标，11月20日前建成通行，资金86万元由县财政安排，由局农村公路股负责。"
UNMARKED = {"reference": "", "signer": "", "label": "", "publicity": "", "copied_to": "", "contact": "", "phone": ""}


def without_marks(found: Reply, keep: int) -> Reply:
    """The letter without its head but for its last `keep` lines, and without contact and copies."""
    lines = found.text.split("\n")
    text = "\n".join([*lines[4 - keep : -2]])
    return replace(found, text=text, **UNMARKED)


@pytest.mark.parametrize(("keep", "online"), [(1, True), (1, False), (0, False)])
def test_a_copy_without_its_head(keep: int, online: bool, profile: Profile) -> None:
    copy = replace(without_marks(reply(ANSWER), keep), online=online)
    [found] = audit([Case(copy, submission())], profile)
    assert {f.rule: f.severity for f in found.findings if f.rule.startswith("F")} == {"F12": "hint"}
    [told] = [reason for reason in found.verdict.abstained if "无法判断" in reason]
    assert all(name in told for name in ("文号", "签发人", "办理结果类别", "抄送"))


def test_a_paper_that_lacks_them(profile: Profile) -> None:
    paper = replace(reply(ANSWER), contact="", phone="", label="", text=reply(ANSWER).text.replace("办理结果：B", ""))
    [found] = audit([Case(paper, submission())], profile)
    assert {f.rule for f in found.findings if f.severity == "error"} == {"F04", "F12"}


def test_a_page_may_still_be_wrong(profile: Profile) -> None:
    page = replace(reply(ANSWER), online=True, reference="松交函〔2024〕14号")
    [found] = audit([Case(page, submission())], profile)
    assert "F02" in {f.rule for f in found.findings}


@pytest.mark.parametrize(
    ("called", "session", "fires"),
    [
        ("白水生委员", "", False),
        ("白水生委员", "政协松溪县第十届委员会第四次会议", False),
        ("白水生代表", "政协松溪县第十届委员会第四次会议", True),
        ("白水生委员", "松溪县第十八届人民代表大会第四次会议", True),
    ],
)
def test_the_session_tells_deputies_from_members(called: str, session: str, fires: bool, profile: Profile) -> None:
    opening = f"{called}：\n您提出的《关于在青禾村修建便民桥的建议》收悉。现答复如下：\n"
    text = f"{opening}{ANSWER}\n松溪县交通运输局\n2025年5月12日"
    cites = (Cite("建议", session, "", "关于在青禾村修建便民桥的建议"),)
    letter = replace(reply(ANSWER), text=text, title="", session=session, addressee=called, cites=cites)
    [found] = audit([Case(letter, None)], profile)
    assert ("F06b" in {f.rule for f in found.findings}) is fires


def test_what_stands_below_the_date_answers_nothing(profile: Profile) -> None:
    text = reply(ANSWER).text + "\n领导署名：方同\n附件下载：\n2025年便民桥已建成通行一览表"
    [found] = audit([Case(replace(reply(ANSWER), text=text), submission())], profile)
    assert found.verdict.outcome == "列入计划"
