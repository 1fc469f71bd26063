"""Registers: the header found wherever it stands, rows to documents, nothing lost without a word."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from pipeline.records import Document, Failure


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
        "inbox/a.xlsx#5", "inbox/a.xlsx#5/答复", "inbox/a.xlsx#6", "inbox/a.xlsx#8",
    ]  # fmt: skip
    first, reply, second, total = found
    assert isinstance(first, Document) and first.entry is not None
    assert (first.entry.number, first.entry.proposers, first.entry.delegation) == ("1", "甲", "青石镇")
    assert (first.entry.lead, first.entry.co, first.entry.handed_over) == ("城管局", "供电公司", "2024-03-05")
    assert (first.title, first.kind) == ("关于增设路灯的建议", "建议")
    assert reply.kind == "答复" and reply.text == "一、已装十二盏。\n二、年内再装八盏。" and reply.entry == first.entry
    assert second.entry.handed_over == "2024-03-05"
    assert isinstance(total, Failure) and "合计" in total.reason


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
