"""Fields and parts of submissions (domain §3-E, R-ING-07), and what `parse` makes of each kind of document."""

from datetime import date

import pytest

from pipeline.parse import parse
from pipeline.profile import Profile
from pipeline.records import Block, Document, Entry, Failure, Kind, Speech, Submission

LETTER = """云川县第十八届人民代表大会第三次会议
代表建议
（第017号）
案　由：关于治理东门河的建议
领衔代表：周 平      联名代表：何海涛、丁 玲、司马光
代表团：城关镇代表团
情况分析：
东门河穿城3.6公里，沿河有12个排口。
存在的问题：管网不全。
建议：
1.年底前把排口接入管网。
2.今冬清淤一次。
2024年1月16日"""


def _submission(
    text: str,
    profile: Profile,
    kind: Kind = "建议",
    entry: Entry | None = None,
    blocks: tuple[Block, ...] = (),
) -> Submission:
    document = Document(
        "d", "收件/2023年/d.docx", kind, text.split("\n", maxsplit=1)[0], text, blocks=blocks, entry=entry
    )
    [found] = parse([document], profile)
    assert isinstance(found, Submission)
    return found


def test_fields_of_a_printed_form(profile: Profile) -> None:
    found = _submission(LETTER, profile)
    assert found.title == "关于治理东门河的建议"
    assert (found.number, found.session) == ("017", "云川县第十八届人民代表大会第三次会议")
    assert (found.proposers, found.cosigners) == (("周平",), ("何海涛", "丁玲", "司马光"))
    assert (found.delegation, found.day, found.year) == ("城关镇代表团", date(2024, 1, 16), 2024)
    assert found.between_sessions is False


def test_parts(profile: Profile) -> None:
    found = _submission(LETTER, profile)
    assert found.background == "东门河穿城3.6公里，沿河有12个排口。"
    assert found.problems == "管网不全。"
    assert [ask.text for ask in found.asks] == ["年底前把排口接入管网。", "今冬清淤一次。"]


def test_background_ends_where_the_paper_begins_to_ask(profile: Profile) -> None:
    found = _submission("关于修路的建议\n路基塌了两处。客车停开。请交通局今年修好塌方路段。", profile)
    assert found.background == "路基塌了两处。客车停开。"


def test_fields_of_a_table_form(profile: Profile) -> None:
    rows = [
        ("案由", "关于保护X021线行道树的提案", "", ""),
        ("提案编号", "8", "届次", "政协云川县第十届委员会第三次会议"),
        ("提案人", "联名人", "界别", "交办日期"),
        ("余波", "许愿、石青", "文化界别", "2024年3月6日"),
        ("内容", "行道树被砍了四十棵。\n请林业部门立牌保护。", "", ""),
    ]
    blocks = tuple(Block("\t".join(cell for cell in row if cell), "row", cells=row) for row in rows)
    text = "\n".join(["提案表", *(block.text for block in blocks)])
    found = _submission(text, profile, "提案", blocks=blocks)
    assert found.title == "关于保护X021线行道树的提案"
    assert (found.number, found.proposers, found.cosigners) == ("8", ("余波",), ("许愿", "石青"))
    assert (found.delegation, found.handed_over) == ("文化界别", date(2024, 3, 6))
    assert [ask.text for ask in found.asks] == ["请林业部门立牌保护。"]


def test_signatories_one_below_another(profile: Profile) -> None:
    rows = [
        ("题目", "关于增设公交站的提案", "", ""),
        ("提案人", "姓名", "工作单位", "电话"),
        ("", "江月", "县医院", ""),
        ("", "石林", "县一中", ""),
        ("正文", "北门没有公交站。请交通局在北门设站。", "", ""),
    ]
    blocks = tuple(Block("\t".join(cell for cell in row if cell), "row", cells=row) for row in rows)
    found = _submission("\n".join(block.text for block in blocks), profile, "提案", blocks=blocks)
    assert found.proposers == ("江月", "石林")
    assert [ask.text for ask in found.asks] == ["请交通局在北门设站。"]


def test_a_register_row_wins_and_names_units_as_the_profile_does(profile: Profile) -> None:
    row = Entry(
        number="第 2024031 号",
        year="2024年",
        title="关于设出租车候客区的建议",
        proposers="卫东（领衔）、蒋琴等3人",
        between="闭会",
        lead="交通局、公安局",
        co="城管局",
        handed_over="2024-04-02",
        topic="交通",
    )
    found = _submission("关于设出租车候客区的建议\n请划专门通道。", profile, entry=row)
    assert (found.number, found.year, found.between_sessions) == ("2024031", 2024, True)
    assert (found.proposers, found.cosigners) == (("卫东",), ("蒋琴",))
    assert (found.lead, found.co) == ("交通运输局", ("公安局", "城市管理局"))
    assert (found.handed_over, found.topic) == (date(2024, 4, 2), "交通")


def test_placeholders_are_neither_names_nor_years(profile: Profile) -> None:
    text = (
        "关于改善XX镇道路的建议\n提案人：XXX\n届次：X届人大X次会议\n20xx年，XX镇道路破损。请交通部门在汛期前修好镇道。"
    )
    found = _submission(text, profile)
    assert (found.proposers, found.session, found.number) == ((), "", "")
    assert found.year == 2023  # of the folder's name, not of 20xx


@pytest.mark.parametrize(
    ("line", "number"),
    [("第17号", "17"), ("编号：0132", "0132"), ("第B-045号", "045"), ("云人建〔2024〕第9号", "9"), ("第XX号", "")],
)
def test_number_keeps_the_digits_as_printed(line: str, number: str, profile: Profile) -> None:
    text = f"关于修路的建议\n{line}\n村里的路坏了，去年第3号楼前也塌了。请修好。"
    assert _submission(text, profile).number == number


@pytest.mark.parametrize(
    "session", ["县十八届人大三次会议", "政协第十届云川县委员会第二次会议", "云川县18届人大3次会议"]
)
def test_session_as_printed(session: str, profile: Profile) -> None:
    assert _submission(f"{session}\n关于修路的建议\n村里的路坏了，请修好两公里。", profile).session == session


def test_bodies_that_propose_are_kept_whole(profile: Profile) -> None:
    found = _submission("关于节水的提案\n提案人：民盟云川县总支\n请推广滴灌两千亩。", profile, "提案")
    assert found.proposers == ("民盟云川县总支",)


def test_every_kind_gives_its_record(profile: Profile) -> None:
    kinds: tuple[Kind, ...] = ("建议", "其他", "讲话", "通知")
    documents = [Document(kind, kind, kind, "关于修路的建议", "关于修路的建议\n请修路。") for kind in kinds]
    found = parse(documents, profile)
    assert [type(one) for one in found] == [Submission, Speech, Speech]
    assert [one.source for one in found] == ["建议", "讲话", "通知"]


def test_a_document_without_text_is_reported(profile: Profile) -> None:
    [found] = parse([Document("d", "空.docx", "建议", "空", " \n")], profile)
    assert isinstance(found, Failure)
    assert (found.source, found.stage) == ("空.docx", "parse")
    assert found.hint
