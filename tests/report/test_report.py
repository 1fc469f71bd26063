"""The workbook, the page and the export rows say what the records say, safely."""

import csv
import json
import re
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from pipeline.records import Pair
from pipeline.report import FORMATS, KINDS, Results, page, rows, workbook
from pipeline.report.results import natural
from pipeline.report.sheets_audit import tally

CONTRACT = {
    "documents": "id source kind title day text blocks removed warnings",
    "submissions": "id source kind number session year title proposers asks",
    "routes": "submission_id source mode lead co candidates topics needs_person why reasons asks",
    "matches": "left right relation score evidence",
    "themes": "id label keywords members years units",
    "replies": "id source answers number session title unit co label day addressee contact items",
    "commitments": "reply_id text act deadline_text deadline_from deadline_to strength quantity money actor start end",
    "findings": "reply_id rule severity message quote start end remedy",
    "verdicts": "reply_id gate relevance abstained",
    "failures": "source stage reason hint",
}


@pytest.fixture
def book(results: Results, tmp_path: Path) -> openpyxl.Workbook:
    workbook(results, tmp_path / "out" / "交办建议表.xlsx")
    return openpyxl.load_workbook(tmp_path / "out" / "交办建议表.xlsx")


def column(sheet: openpyxl.worksheet.worksheet.Worksheet, name: str) -> list[object]:
    titles = [cell.value for cell in sheet[1]]
    return [row[titles.index(name)].value for row in sheet.iter_rows(min_row=2)]


def test_sheets_stand_in_the_order_of_the_work(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "交办建议",
        "需人工研判",
        "重复与相似",
        "一类问题",
        "答复审核",
        "承诺台账",
        "承办单位统计",
        "未能处理",
    ]


def test_every_sheet_prints_and_filters(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$1"


def test_history_stays_out_of_the_hand_over(book: openpyxl.Workbook) -> None:
    assert column(book["交办建议"], "编号") == ["1", "2"]
    assert column(book["交办建议"], "主办") == ["城市管理局", "待研判"]
    assert column(book["需人工研判"], "案由") == ["关于停车难的建议"]


def test_past_items_are_named_with_their_year(book: openpyxl.Workbook) -> None:
    assert column(book["交办建议"], "相似往年件")[0] == "2024年建议3号《关于河西村路灯的建议》"


def test_text_never_becomes_a_formula(book: openpyxl.Workbook) -> None:
    cell = book["交办建议"]["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)关于河东村路灯的建议", "s", True)


def test_doubts_about_fields_stand_beside_the_item(results: Results, tmp_path: Path) -> None:
    results.submissions[1] = replace(results.submissions[1], warnings=("没有认出诉求，请补录。",))
    results.replies[0] = replace(results.replies[0], warnings=("两处不同，请核对。",))
    workbook(results, tmp_path / "doubts.xlsx")
    made = openpyxl.load_workbook(tmp_path / "doubts.xlsx")
    assert "没有认出诉求，请补录。" in str(column(made["交办建议"], "提示")[1])
    assert "两处不同，请核对。" in str(column(made["答复审核"], "无法判断")[0])


def test_links_lead_to_rows_and_files(book: openpyxl.Workbook, results: Results) -> None:
    sheet = book["答复审核"]
    assert sheet["B2"].hyperlink.location == "'交办建议'!A2"
    source = next(cell for cell in book["交办建议"][2] if cell.value == results.submissions[0].source)
    assert source.hyperlink.target.replace("\\", "/") == "../收件/第1号%20%23加急.docx"


def test_failures_have_reason_and_hint(book: openpyxl.Workbook) -> None:
    assert [cell.value for cell in book["未能处理"][2]] == ["收件/坏.pdf", "读取文件", "文件损坏", "请重新导出"]


def test_the_page_is_whole_and_speaks_to_nobody(results: Results, tmp_path: Path) -> None:
    path = tmp_path / "总览.html"
    page(results, path, "云禾县")
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)\s*=|@import|url\(|<script", text)
    tree = html.fromstring(text)
    assert [int(tile.text) for tile in tree.xpath("//div[@class='tile']/b")] == [2, 1, 1, 1, 1, 1, 1]
    content = tree.text_content()
    for told in ("=HYPERLINK(1)关于河东村路灯的建议", "职责交叉", "承诺没有时限", "积极争取", "农村路灯", "文件损坏"):
        assert told in content
    assert "{{" not in text


def test_an_empty_office_has_a_page_and_a_workbook(tmp_path: Path) -> None:
    page(Results(), tmp_path / "a.html", "空")
    workbook(Results(), tmp_path / "a.xlsx")
    assert "本次没有答复" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["交办建议"]["A2"].value == "（无）"


@pytest.mark.parametrize("kind", CONTRACT)
def test_rows_carry_the_keys_of_the_contract(results: Results, kind: str) -> None:
    found = list(rows(kind, results))
    assert found
    for row in found:
        assert set(CONTRACT[kind].split()) <= set(row)
        json.dumps(row, ensure_ascii=False)


def test_every_kind_exports_even_when_empty() -> None:
    assert {kind: list(rows(kind, Results())) for kind in KINDS} == {kind: [] for kind in KINDS}


def test_a_reply_names_what_it_answers(results: Results) -> None:
    (row,) = rows("replies", results)
    assert (row["answers"], row["paired_by"], row["also_answers"]) == ("s1", "编号相同", [])
    (row,) = rows("replies", replace(results, pairs=[Pair("r1", "s1", "编号相同", ("s2",))]))
    assert row["also_answers"] == ["s2"]


def test_csv_opens_in_excel_and_holds_no_formula(results: Results) -> None:
    out = BytesIO()
    FORMATS["csv"](rows("submissions", results), out)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    first = next(csv.DictReader(StringIO(out.getvalue().decode("utf-8-sig"))))
    assert first["title"].startswith("'=")
    assert json.loads(first["proposers"]) == ["陈平"]


def test_the_present_run_leaves_the_archive_out(results: Results) -> None:
    alone = Results(**{**results.__dict__, "parts": {"s1": "inbox"}, "roster": {results.submissions[0].source}})
    present = alone.present()
    assert [s.id for s in present.submissions] == ["s1"]
    assert present.failures == present.replies == present.matches == []


def test_units_are_counted_once_each(results: Results) -> None:
    counts = tally(results)
    assert (counts["城市管理局"]["主办"], counts["城市管理局"]["待研判候选"], counts["公安局"]["会办"]) == (1, 1, 1)
    assert (counts["城市管理局"]["补充"], counts["城市管理局"]["错误数"]) == (1, 1)


def test_numbers_sort_as_people_count() -> None:
    assert sorted(["第10号", "第2号", "第1号"], key=natural) == ["第1号", "第2号", "第10号"]
