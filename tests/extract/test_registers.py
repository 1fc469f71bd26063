"""Registers: the header found wherever it stands, rows to documents, nothing lost without a word."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from pipeline.errors import CallError
from pipeline.extract import extract
from pipeline.profile import unfitted, with_columns
from pipeline.records import Document, Failure, File


def workbook(fill):
    book = Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def two_line_header(book):
    sheet = book.active
    sheet.title = "2024年建议"
    sheet.append(["云禾县人大代表建议交办表"])
    sheet.merge_cells("A1:H1")
    sheet.append(["填表单位：县政府办"])
    sheet.append(["序号", "建议标题", "代表信息", None, "办理单位", None, "交办\n日期", "答复内容"])
    sheet.append([None, None, "姓名", "代表团", "主办", "会办", None, None])
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:H4"):
        sheet.merge_cells(area)
    sheet.append(
        [
            1,
            "关于增设路灯的建议",
            "甲",
            "青石镇",
            "城管局",
            "供电公司",
            datetime(2024, 3, 5),
            "一、已装十二盏。\n二、年内再装八盏。",
        ]
    )
    sheet.append([2, "关于修桥的建议", "乙", "白水乡", "交通局", None, 45356, None])
    sheet.append([None] * 8)
    sheet.append(["合计", None, None, None, None, None, None, None])


def test_a_merged_header_of_two_lines_under_a_title(read):
    found = read("a.xlsx", workbook(two_line_header))
    assert [item.source for item in found] == [
        "inbox/a.xlsx#5", "inbox/a.xlsx#5/答复", "inbox/a.xlsx#6",
    ]  # fmt: skip
    first, reply, second = found
    assert isinstance(first, Document) and first.entry is not None
    assert (first.entry.number, first.entry.proposers, first.entry.delegation) == ("1", "甲", "青石镇")
    assert (first.entry.lead, first.entry.co, first.entry.handed_over) == ("城管局", "供电公司", "2024-03-05")
    assert (first.title, first.kind) == ("关于增设路灯的建议", "建议")
    assert reply.kind == "答复" and reply.text == "一、已装十二盏。\n二、年内再装八盏。" and reply.entry == first.entry
    assert second.entry.handed_over == "2024-03-05"
    assert any("1 行不是来件" in warning and "合计" in warning for warning in second.warnings)


def test_several_sheets_and_one_that_is_no_register(read):
    def fill(book):
        book.active.title = "提案"
        for row in (["提案号", "案由", "提案人", "主办单位"], ["7", "关于保护古树的提案", "丙", "林业局"]):
            book.active.append(row)
        other = book.create_sheet("填表说明")
        other.append(["请按时填报"])

    proposal, note = read("a.xlsx", workbook(fill))
    assert (proposal.source, proposal.kind, proposal.entry.number) == ("inbox/a.xlsx!提案#2", "提案", "7")
    assert (note.source, note.kind, note.text) == ("inbox/a.xlsx!填表说明", "其他", "请按时填报")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_of_an_office(one, encoding):
    text = '建议编号,案由,建议内容,承办单位\n12,关于整治占道经营的建议,"占道严重。\n建议整治。",城管局\n'
    document = one("a.csv", text.encode(encoding))
    assert document.text == "关于整治占道经营的建议\n占道严重。\n建议整治。"
    assert document.entry.lead == "城管局" and document.source == "inbox/a.csv#2"


def test_unknown_columns_are_named(failed):
    lines = ["来文号,事情,经过", *(f"{n},路灯不亮,{'东街三号路口的路灯坏了很久没有人修' * 2}" for n in range(8))]
    found = failed("a.csv", "\n".join(lines))
    assert all(name in found.hint for name in ("来文号", "事情", "经过"))


def test_a_row_without_title_takes_the_head_of_its_text(one):
    document = one("a.csv", "编号,内容,主办单位\n3,城北没有公厕。群众不便。,城管局\n")
    assert document.title == "城北没有公厕。群众不便。" and document.text.startswith(document.title)


def test_a_list_of_short_names_is_no_register(one):
    document = one("a.csv", "科室,姓名,电话\n" + "办公室,丁,0000\n" * 8)
    assert document.kind == "其他" and document.entry is None
    assert {block.role for block in document.blocks} == {"row"}


def test_an_empty_sheet_is_a_failure(failed):
    assert "没有数据" in failed("a.xlsx", workbook(lambda book: None)).reason


def test_a_stray_cell_far_below_costs_nothing(read):
    def fill(book):
        book.active.append(["编号", "案由", "主办单位"])
        book.active.append([1, "关于修渠的建议", "水利局"])
        book.active.cell(1_000_000, 300).number_format = "0.00"

    (found,) = read("a.xlsx", workbook(fill))
    assert found.title == "关于修渠的建议"


def test_two_units_in_one_cell_stay_as_printed(one):
    document = one("a.csv", "编号,案由,会办单位\n1,关于修渠的建议,财政局、农业农村局\n")
    assert document.entry.co == "财政局、农业农村局"


TWO_LEADS = "编号,案由,承办单位,责任单位\n1,关于修渠的建议,水利局,财政局\n2,关于修桥的建议,交通局,财政局\n"


def test_two_columns_for_one_field_are_asked_for_by_name(failed):
    found = failed("a.csv", TWO_LEADS)
    assert "承办单位" in found.reason and "责任单位" in found.reason and "--columns 主办=承办单位" in found.hint


def test_a_given_column_goes_before_all_others(tmp_path, profile, here):
    chosen = with_columns(profile, ["主办=责任单位"])
    (tmp_path / "a.csv").write_text(TWO_LEADS, encoding="utf-8")
    first, second = extract([File("a.csv", str(tmp_path / "a.csv"), "")], chosen)
    assert (first.entry.lead, second.entry.lead) == ("财政局", "财政局")
    assert chosen.digest != profile.digest and with_columns(profile, []) is profile


def test_a_given_column_may_have_any_name(tmp_path, profile, here):
    lines = ["来文号,事情,经过", *(f"{n},路灯不亮,{'东街三号路口的路灯坏了很久没有人修' * 2}" for n in range(8))]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    chosen = with_columns(profile, ["案由=事情", "内容＝经过", "编号=来文号"])
    found = extract([File("a.csv", str(tmp_path / "a.csv"), "")], chosen)
    assert len(found) == 8 and found[3].title == "路灯不亮" and found[3].entry.number == "3"


def test_a_given_column_that_no_file_has_is_told():
    heads = ["来文号、事 情、经过"]
    (told,) = unfitted(["案由=事情", "主办=承办科室；管事的"], heads)
    assert "承办科室”“管事的" in told and unfitted([], heads) == [] == unfitted(["案由=标题；事情"], heads)


@pytest.mark.parametrize("given", ["主办", "主办=", "主力=承办部门"])
def test_a_wrongly_given_column_is_a_wrong_call(profile, given):
    with pytest.raises(CallError) as error:
        with_columns(profile, [given])
    assert "--columns" in error.value.hint


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("序号,编号,案由", "3,第127号,关于修渠的建议", {"number": "第127号"}),
        ("编号,序号,案由", "第127号,3,关于修渠的建议", {"number": "第127号"}),
        ("序号,案由,承办单位", "3,关于修渠的建议,水利局", {"number": "3", "lead": "水利局"}),
        ("编号,案由,承办单位,主办单位", "3,关于修渠的建议,县政府,水利局", {"lead": "水利局"}),
        ("编号,案由,会办单位,协办单位", "3,关于修渠的建议,财政局,林业局", {"co": "财政局；林业局"}),
        ("编号,案由,情况分析,具体建议", "3,关于修渠的建议,渠道渗漏。,建议衬砌。", {"body": "渠道渗漏。\n建议衬砌。"}),
        ("编号,案由,内容,内容摘要", "3,关于修渠的建议,渠道渗漏严重。,渗漏", {"body": "渠道渗漏严重。"}),
        ("建议号,提案号,案由", "3,,关于修渠的建议", {"number": "3"}),
        ("建议号,提案号,案由", ",5,关于修渠的提案", {"number": "5"}),
        ("留言编号,留言用户,留言主题,留言时间,留言详情", "9,甲,路灯不亮,2024/1/2,东街灯坏了。",
         {"number": "9", "proposers": "甲", "title": "路灯不亮", "handed_over": "2024/1/2", "body": "东街灯坏了。"}),
        ("mail_id,title,query,reply,reply_date,reply_agency", "9,路灯,东街路灯坏了。,已修。,2024-01-02,城管局",
         {"number": "9", "title": "路灯", "body": "东街路灯坏了。", "reply": "已修。", "lead": "城管局"}),
        ("工单编号,诉求标题,诉求内容,处理单位,处理结果", "9,路灯,东街路灯坏了。,城管局,已修。",
         {"number": "9", "title": "路灯", "body": "东街路灯坏了。", "lead": "城管局", "reply": "已修。"}),
    ],
)  # fmt: skip
def test_columns_as_offices_and_mailboxes_name_them(read, head, row, expected):
    entry = read("a.csv", f"{head}\n{row}\n")[0].entry
    assert {name: getattr(entry, name) for name in expected} == expected


def test_lines_merged_with_the_item_above_are_one_item(read):
    def fill(book):
        sheet = book.active
        for row in (
            ["编号", "案由", "主办单位", "会办单位"],
            [1, "关于修渠的建议", "水利局", "财政局"],
            [None, None, None, "林业局"],
            [None, None, None, "青石镇"],
            [2, "关于修桥的建议", "交通局", None],
        ):
            sheet.append(row)
        for column in "ABC":
            sheet.merge_cells(f"{column}2:{column}4")

    first, second = read("a.xlsx", workbook(fill))
    assert (first.entry.co, first.entry.lead, first.source) == ("财政局；林业局；青石镇", "水利局", "inbox/a.xlsx#2")
    assert any("第 2 至 4 行" in warning for warning in first.warnings)
    assert (second.entry.number, second.source, second.warnings) == ("2", "inbox/a.xlsx#5", ())


def test_lines_left_blank_go_on_too_but_not_with_a_text_of_their_own(read):
    text = "编号,案由,主办单位,会办单位,内容\n1,关于修渠的建议,水利局,财政局,渠道渗漏。\n,,,林业局,\n,,,,堤坝也要修。\n"
    first, other = read("a.csv", text)
    assert first.entry.co == "财政局；林业局" and other.entry.body == "堤坝也要修。"


def test_same_titles_with_numbers_of_their_own_are_two_items(read):
    def fill(book):
        for row in (["编号", "案由", "主办单位"], [1, "关于修渠的建议", "水利局"], [2, None, "水利局"]):
            book.active.append(row)
        book.active.merge_cells("B2:B3")

    assert [item.entry.number for item in read("a.xlsx", workbook(fill))] == ["1", "2"]


def test_closing_lines_and_class_lines_are_no_items(read):
    def fill(book):
        sheet = book.active
        for row in (
            ["编号", "案由", "主办单位"],
            ["一、城建交通类", None, None],
            [1, "关于修桥的建议", "交通局"],
            [2, "关于说明书翻译的建议", "商务局"],
            ["注：本表由县政府办制。", None, None],
            ["合计", "2件", None],
            [None, None, "填表人：张三"],
        ):
            sheet.append(row)
        sheet.merge_cells("A2:C2")
        sheet.merge_cells("A5:C5")

    first, second = read("a.xlsx", workbook(fill))
    assert (first.title, second.title) == ("关于修桥的建议", "关于说明书翻译的建议")
    assert len(second.warnings) == 1 and "4 行不是来件" in second.warnings[0] and first.warnings == ()


def test_a_row_that_lacks_its_title_is_still_told(read):
    good, bad = read("a.csv", "编号,案由,主办单位,满意度\n1,关于修桥的建议,交通局,满意\n2,,水利局,满意\n")
    assert isinstance(good, Document) and isinstance(bad, Failure) and "水利局" in bad.reason


def test_a_caption_merged_over_the_table_is_no_name_of_a_column(read):
    def fill(book):
        sheet = book.active
        sheet.append(["云禾县提案登记表"])
        sheet.append(["填报单位：县政协办"])
        sheet.append(["序号", "提案号", "题目", "办理单位", None])
        sheet.append([None, None, None, "主办", "会办"])
        for area in ("A1:E1", "A2:E2", "A3:A4", "B3:B4", "C3:C4", "D3:E3"):
            sheet.merge_cells(area)
        sheet.append([1, 31, "关于增设路灯的提案", "城管局", None])
        sheet.append([2, 35, "关于修桥的提案", "交通局", None])

    found = read("a.xlsx", workbook(fill))
    assert [item.entry.number for item in found] == ["31", "35"]


def test_columns_known_by_part_of_their_names_are_enough_with_a_title(read):
    def fill(book):
        sheet = book.active
        sheet.append(["顺次", "提交的案由全称", "内容大略", "提出人及电话"])
        sheet.append(["甲", "关于增设路灯的建议", "巷内没有路灯。", "陈平"])

    (found,) = read("a.xlsx", workbook(fill))
    assert (found.entry.title, found.entry.body, found.entry.proposers) == (
        "关于增设路灯的建议",
        "巷内没有路灯。",
        "陈平",
    )
