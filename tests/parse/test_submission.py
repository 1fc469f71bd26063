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


@pytest.mark.parametrize(
    ("note", "year"), [("（提出时间：2025年1月）", 2025), ("（2022年提交）", 2022), ("始于2021年的项目", 2023)]
)
def test_a_year_without_a_day(note: str, year: int, profile: Profile) -> None:
    head, tail = (note, "") if "提出时间" in note else ("", note)
    found = _submission(f"关于修桥的建议\n{head}\n桥面裂了三处。建议交通局今年修好。\n{tail}", profile)
    assert found.year == year


def test_prose_under_the_label_of_a_title_is_none(profile: Profile) -> None:
    text = "关于加固塘坝的建议\n案由：塘坝建于1972年，坝体渗水。每逢汛期，下游两个村都要转移。\n建议：今冬灌浆加固。"
    assert _submission(text, profile).title == "关于加固塘坝的建议"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("关于修桥的建议\n提出人：XXX\n桥面裂了。建议交通局今年修好。", "占位符"),
        ("关于修桥的建议\n骆冰代表\n桥面裂了三处，车过不去。", "以标题作诉求"),
        ("关于修桥的建议\n骆冰代表\n桥面裂了。建议交通局今年修好。", ""),
    ],
)
def test_doubts(text: str, doubt: str, profile: Profile) -> None:
    found = _submission(text, profile)
    assert len(found.warnings) == bool(doubt)
    assert doubt in "".join(found.warnings)


def test_row_and_paper_with_different_numbers(profile: Profile) -> None:
    text = "关于修桥的建议\n第15号建议\n桥面裂了。建议交通局今年修好。"
    found = _submission(text, profile, entry=Entry(number="12"))
    assert found.number == "12"
    assert ["15" in one for one in found.warnings] == [True]
    assert not _submission(text, profile, entry=Entry(number="015")).warnings


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("类别：水利　　编号：第23号　　日期：2025年1月", "23"),
        ("提案编号：2025-031", "031"),
        ("建议（15）", "15"),
        ("建议（二）", ""),
        ("日期：2025年1月", ""),
    ],
)
def test_numbers_in_a_head(line: str, number: str, profile: Profile) -> None:
    assert _submission(f"{line}\n关于修桥的建议\n桥面裂了三处。建议交通局今年修好。", profile).number == number


def test_the_writer_named_above_his_post(profile: Profile) -> None:
    text = "关于修桥的建议\n骆冰\n（县人大代表，县二小副校长）\n桥面裂了三处。建议交通局今年修好。"
    assert _submission(text, profile).proposers == ("骆冰",)


@pytest.mark.parametrize(
    ("title", "head", "wanted"),
    [
        ("建议016", "北门的灯，还装不装？\n建议编号：16\n领衔代表：骆冰", "北门的灯，还装不装？"),
        ("建议编号：9", "管一管北门的车\n建议编号：9\n领衔代表：骆冰", "管一管北门的车"),
        ("提案编号 7", "提案编号 7\n提案人：骆冰\n给村医一个盼头", "给村医一个盼头"),
        ("北门装灯", "这几年北门的事\n编号：16", "北门装灯"),
        ("關於北門裝燈的建議", "關於北門裝燈的建議\n編號：16", "關於北門裝燈的建議"),
        ("扫描件", "第三次会议\n關於北門裝燈的建議\n編號：16", "關於北門裝燈的建議"),
    ],
)
def test_titles_as_printed(title: str, head: str, wanted: str, profile: Profile) -> None:
    body = "北门没有路灯，天黑以后村民不敢出门，去年摔伤三人，老人孩子都盼着早点亮起来。建议装十盏路灯。"
    [found] = parse([Document("d", "收件/d.txt", "建议", title, f"{head}\n{body}")], profile)
    assert isinstance(found, Submission)
    assert found.title == wanted
    assert "路灯" in found.asks[0].text


def test_joining_units_do_not_repeat_the_leading_one(profile: Profile) -> None:
    entry = Entry(title="关于修渠的建议", lead="县水利局", co="县财政局、水利局、财政局")
    found = _submission("关于修渠的建议\n建议修好东渠。", profile, entry=entry)
    assert (found.lead, found.co) == ("水利局", ("财政局",))


@pytest.mark.parametrize(
    "row",
    [
        "建议承办单位\t县教育局、县民政局",
        "审查意见\t建议由县教育局主办",
        "办理建议\t请县教育局研究办理",
        "联系电话\t0700",
    ],
)
def test_a_row_of_the_form_is_no_ask(profile: Profile, row: str) -> None:
    text = f"关于关爱留守儿童的提案\n情况分析\t孩子无人照看。\n具体建议\t1.配备教师；\n2.开通热线。\n{row}\n备注\t无"
    assert [ask.text for ask in _submission(text, profile, kind="提案").asks] == ["配备教师；", "开通热线。"]


@pytest.mark.parametrize(
    ("printed", "number"), [("B1", "B1"), ("A-012号", "A-012"), ("No12", "12"), ("2026年B7号", "B7")]
)
def test_a_letter_that_tells_a_class_is_of_the_number(profile: Profile, printed: str, number: str) -> None:
    found = _submission("关于修渠的建议\n建议把东渠修好，年底前通水。", profile, entry=Entry(number=printed))
    assert (found.number, found.warnings) == (number, ())
