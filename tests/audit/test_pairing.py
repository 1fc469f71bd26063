"""Which submission a reply answers, and that doubt is said (issue 2: never guessed silently)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.audit import pair
from pipeline.audit.gate import gate
from pipeline.audit.pairing import title_likeness
from pipeline.records import Cite, Finding, Reply, Severity
from tests.audit.letters import SESSION, submission

BRIDGE, LAMPS = "关于在青禾村修建便民桥的建议", "关于更换滨河路路灯的建议"
SETS = {"退回重写": ("C01", "P01"), "补充": ("error",), "建议抽检": ("warn",)}


def answering(
    number: str = "", title: str = "", session: str = SESSION, source: str = "r.docx", **fields: Any
) -> Reply:
    cites = (Cite("建议", session, number, title),) if number or title else ()
    return Reply("r", "r", source, "答复", "", "正文", cites=cites, number=number, **fields)


BOOK = [
    submission(BRIDGE, id="bridge", number="14"),
    submission(LAMPS, id="lamps", number="15"),
    replace(submission("关于修建停车场的提案", id="park", number="14"), kind="提案"),
    replace(
        submission("关于疏浚南渠的建议", id="old", number="14"), session="第十八届人民代表大会第三次会议", year=2024
    ),
    replace(submission("关于增设校车的建议", id="row", number=""), source="登记.xlsx#12"),
]


def test_register_row_wins() -> None:
    [found] = pair([answering(number="15", title=LAMPS, source="登记.xlsx#12/答复")], BOOK)
    assert found.submission_id == "row" and "同一行" in found.how


def test_number_kind_and_session() -> None:
    assert pair([answering(number="14", title=BRIDGE)], BOOK)[0].submission_id == "bridge"
    old = pair([answering(number="第14号", session="县十八届人大三次会议")], BOOK)[0]
    assert old.submission_id == "old"
    proposal = replace(answering(), cites=(Cite("提案", "", "14", ""),))
    assert pair([proposal], BOOK)[0].submission_id == "park"


def test_number_alone_that_fits_several_is_not_guessed() -> None:
    [found] = pair([answering(number="14", session="")], BOOK)
    assert found.submission_id is None and "多件" in found.how


def test_title_when_there_is_no_number() -> None:
    [found] = pair([answering(title="关于更换滨河路路灯的建议")], BOOK)
    assert found.submission_id == "lamps" and "标题" in found.how
    assert pair([answering(title="更换滨河路的路灯")], BOOK)[0].submission_id == "lamps"


def test_two_like_titles_are_not_guessed() -> None:
    twins = [submission(BRIDGE, id="a", number=""), submission(BRIDGE, id="b", number="")]
    [found] = pair([answering(title=BRIDGE)], twins)
    assert found.submission_id is None and "多件" in found.how


def test_contradiction_of_number_and_title_is_said() -> None:
    [found] = pair([answering(number="15", title=BRIDGE)], BOOK)
    assert found.submission_id == "bridge" and "矛盾" in found.how


def test_nothing_to_go_by() -> None:
    [found] = pair([answering()], BOOK)
    assert found.submission_id is None and "没有编号" in found.how
    [found] = pair([answering(number="99")], BOOK)
    assert found.submission_id is None and "99" in found.how


def test_title_likeness_allows_shortening_but_not_another_place() -> None:
    assert title_likeness("关于修建青禾村便民桥的建议", "关于在青禾村三组修建便民桥的建议") > 0.8
    assert title_likeness("关于在青禾村修建便民桥的建议", "关于更换滨河路路灯的建议") < 0.5


def finding(rule: str, severity: Severity) -> Finding:
    return Finding("r", rule, severity, "")


def test_gate() -> None:
    assert gate([], [], SETS) == "通过"
    assert gate([finding("P03", "warn")], [], SETS) == "通过"
    assert gate([finding("P03", "warn"), finding("F02", "warn")], [], SETS) == "建议抽检"
    assert gate([finding("P03", "warn")], ["没有诉求"], SETS) == "建议抽检"
    assert gate([finding("F01", "error")], [], SETS) == "补充"
    assert gate([finding("F01", "error"), finding("P01", "error")], [], SETS) == "退回重写"
    assert gate([finding("C01", "warn")], [], SETS) == "通过"


def test_a_letter_on_several_numbers_answers_them_all() -> None:
    joint = replace(
        answering(), cites=tuple(Cite("建议", SESSION, n, t) for n, t in (("14", BRIDGE), ("77", ""), ("15", LAMPS)))
    )
    [found] = pair([joint], BOOK)
    assert (found.submission_id, found.also) == ("bridge", ("lamps",))
    assert "第77号：没有编号" in found.how
    [found] = pair([replace(joint, cites=joint.cites[1:])], BOOK)
    assert (found.submission_id, found.also) == ("lamps", ())
    twice = replace(joint, cites=(joint.cites[0], joint.cites[0]))
    assert pair([twice], BOOK)[0].also == ()
