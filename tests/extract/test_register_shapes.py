"""Registers of every shape: several tables, units as ticks, lines and sheets, columns without a telling name."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.captions import year_in
from pipeline.extract.delimited import separator, table
from pipeline.extract.register_rows import documents
from pipeline.extract.roles import parted
from pipeline.extract.sheets import Sheet
from pipeline.profile import default_folder, load, with_columns
from pipeline.records import Document, Failure, File
from tests.extract import make
from tests.extract.books import TITLES, UNITS, book, books
from tests.extract.conftest import cases


@pytest.mark.parametrize("case", cases("roles"), ids=lambda case: f"{case['lead']}|{case['co']}")
def test_roles_inside_a_cell(profile, case):
    assert list(parted(case["lead"], case["co"], profile)) == case["expected"]


def entries(found):
    return [(item.entry.lead, item.entry.co) for item in found if isinstance(item, Document)]


def test_a_column_that_says_the_role_of_each_lines_unit(read):
    rows = [
        ["编号", "案由", "承办单位", "办理方式", "办理情况"],
        [1, TITLES[0], "财政局", "会办", "财政局答：已安排资金。"],
        [1, TITLES[0], "水利局", "主办", "水利局答：十月底前修好。"],
        [2, TITLES[1], "公安局", "独办", "公安局答：已安装。"],
    ]
    found = read("a.xlsx", book(rows))
    items = [item for item in found if not item.source.endswith("/答复")]
    assert entries(items) == [("水利局", "财政局"), ("公安局", "")]
    assert items[0].source == "inbox/a.xlsx#2" and any("第 2 至 3 行" in text for text in items[0].warnings)
    replies = {item.source: (item.text, item.entry.number) for item in found if item.source.endswith("/答复")}
    assert replies["inbox/a.xlsx#3/答复"] == ("水利局答：十月底前修好。", "1") and len(replies) == 3


def test_the_same_title_under_another_number_is_another_item(read):
    rows = [["编号", "案由", "承办单位"], [1, TITLES[0], "水利局"], [2, TITLES[0], "财政局"]]
    assert [item.entry.number for item in read("a.xlsx", book(rows))] == ["1", "2"]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("√", "", "√"), ("水利局、教育局", "")),
        (("主", "协", ""), ("水利局", "公安局")),
        (("会办", "", "主办"), ("教育局", "水利局")),
        (("○", "●", "○"), ("公安局", "水利局、教育局")),
        (("○", "", "○"), ("水利局、教育局", "")),
        (("", "×", ""), ("", "")),
    ],
)
def test_units_that_are_ticked(read, marks, expected):
    rows = [["编号", "案由", "水利局", "公安局", "教育局"], [1, TITLES[0], *marks], [2, TITLES[1], "", "√", ""]]
    assert entries(read("a.xlsx", book(rows)))[0] == expected


def test_columns_named_by_units_that_hold_text_are_no_ticks(read):
    rows = [["编号", "案由", "水利局", "公安局"], [1, TITLES[0], "同意办理，已列入计划", "无意见，请水利局办理"]]
    assert entries(read("a.xlsx", book(rows))) == [("", "")]


def test_a_sheet_or_a_line_that_is_called_by_a_unit_names_the_unit(read):
    sheets = {
        "水利局": [["编号", "标题"], [1, TITLES[0]]],
        "汇总": [["编号", "标题"], ["一、公安局（2件）"], [2, TITLES[1]], ["（二）教育类"], [3, TITLES[3]]],
        "填表说明": [["请逐项填写"]],
    }
    found = read("a.xlsx", books(sheets))
    assert entries(found[:3]) == [("水利局", ""), ("公安局", ""), ("公安局", "")]
    assert found[2].entry.topic == "教育类" and found[3].entry is None


def test_a_unit_in_the_first_line_of_its_items_only(read):
    found = read("a.csv", f"承办单位,编号,标题\n水利局,1,{TITLES[0]}\n,2,{TITLES[1]}\n教育局,3,{TITLES[3]}\n")
    assert entries(found) == [("水利局", ""), ("水利局", ""), ("教育局", "")]
    assert "空着的行" in found[0].warnings[0]
    behind = read("b.csv", f"编号,标题,承办单位\n1,{TITLES[0]},水利局\n2,{TITLES[1]},\n")
    assert entries(behind) == [("水利局", ""), ("", "")]


UNNAMED = [["件", "何事", "归谁办"], *([n, *pair] for n, pair in enumerate(zip(TITLES, UNITS, strict=True), 1))]


def test_columns_without_a_telling_name_are_known_by_their_contents(read):
    found = read("a.xlsx", book(UNNAMED))
    assert [item.entry.title for item in found] == list(TITLES)
    assert (found[0].entry.lead, found[0].entry.number) == ("水利局", "1")
    assert "按内容推断的列" in found[0].warnings[0] and "--columns 案由=何事" in found[0].warnings[0]


def test_a_column_can_be_given_by_its_place(profile):
    rows = tuple(tuple(map(str, row)) for row in UNNAMED[1:])
    chosen = with_columns(profile, ["会办=第3列", "案由=第2列"])
    found = documents(File("a.xlsx", "", ""), [Sheet("", rows)], chosen)
    assert [item.entry.co for item in found] == list(UNITS) and found[0].entry.title == TITLES[0]


def test_two_columns_that_look_like_titles_are_asked_for(failed):
    rows = [["甲栏", "乙栏"], *([title, title.replace("关于", "关于尽快")] for title in TITLES)]
    found = failed("a.xlsx", book(rows))
    assert "甲栏" in found.reason and "--columns 案由=甲栏" in found.hint


@pytest.mark.parametrize(
    "head",
    [["序号", "工作任务", "责任单位", "完成时限"], ["编号", "存在问题", "牵头单位", "整改时限"]],
)
def test_lists_of_tasks_and_faults_are_no_submissions(failed, head):
    rows = [head, *([n, f"推进第{n}项改造工程，完成验收。", "水利局", "年底前"] for n in range(1, 7))]
    assert "认不出" in failed("a.xlsx", book(rows)).reason


def test_a_form_in_a_sheet_is_one_item(one):
    rows = [
        ["提案登记表"],
        ["案由", "关于保护老茶园的提案", "提案人", "丁一"],
        ["内容", "老茶园荒废。"],
        ["主办单位", "林业局"],
    ]
    entry = one("a.xlsx", book(rows)).entry
    assert (entry.title, entry.proposers, entry.body, entry.lead) == (
        "关于保护老茶园的提案", "丁一", "老茶园荒废。", "林业局",
    )  # fmt: skip


def test_a_hidden_sheet_is_told(tmp_path, read):
    from openpyxl import load_workbook

    path = tmp_path / "h.xlsx"
    path.write_bytes(books({"今年": [["编号", "标题"], [1, TITLES[0]]], "去年": UNNAMED}))
    made = load_workbook(path)
    made["去年"].sheet_state = "hidden"
    made["今年"].row_dimensions[2].hidden = True
    made.save(path)
    item, hidden = read("a.xlsx", path.read_bytes())
    assert isinstance(hidden, Failure) and "隐藏" in hidden.reason and "7 行" in hidden.reason
    assert "第 2 行" in item.warnings[0]


def test_formulas_without_a_value_are_told(read):
    rows = [["编号", "标题"], ["=ROW()", TITLES[0]]]
    (found,) = read("a.xlsx", book(rows))
    assert "1 个公式" in found.warnings[0] and found.entry.number == ""


def test_a_list_in_a_reply_stays_in_the_reply(one):
    rows = [["序号", "建议事项", "办理情况"], *([str(n), title, "已办。"] for n, title in enumerate(TITLES))]
    body = "".join(map(make.p, ("对第12号建议的答复", "田玉代表：", "您提出的建议收悉，现答复如下：")))
    body += make.table(*([make.cell(make.p(text)) for text in row] for row in rows))
    found = one("a.docx", make.docx(body + make.p("感谢您的关心和支持。") + make.p("云禾县水利局")))
    assert found.kind == "答复"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("建议登记表，2023年\n编号;标题\n1;甲，乙\n2;丙，丁\n", ";"),
        ("编号，标题\n1，甲\n2，乙\n", "，"),
        ("a\tb\n1\t2,3\n", "\t"),
        ("只有一列\n甲\n", ","),
    ],
)
def test_the_mark_between_cells(text, mark):
    assert separator(text) == mark


def test_quotes_that_are_closed_keep_their_lines():
    assert table('a,b\n1,"x\ny\nz\nw"\n2,"he said ""go"""\n') == [
        ["a", "b"],
        ["1", "x\ny\nz\nw"],
        ["2", 'he said "go"'],
    ]


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["2024年度建议清单", "制表：2025年3月"], "2024"),
        (["制表日期：2025年3月2日"], "2025"),
        (["二〇二三年提案目录"], "2023"),
        (["提案目录", "第2024号"], "2024"),
        (["提案目录"], ""),
    ],
)
def test_the_year_of_captions(texts, year):
    assert year_in(texts) == year


COUNTY = load(default_folder())
LINES = st.sampled_from(
    [
        ("item", ()), ("item", ()), ("same", ()), ("head", ("编号", "标题", "主办单位", "会办单位")),
        ("note", ("合计", "3件", "", "")), ("note", ("", "", "填表人：某", "")), ("note", ("一、城建类", "", "", "")),
        ("blank", ("", "", "", "")), ("bad", ("", "", "水利局", "已转")), ("more", ("", "", "", "林业局")),
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=14))
def test_every_line_is_read_or_set_apart(kinds):
    rows = [("编号", "标题", "主办单位", "会办单位")]
    for number, (kind, cells) in enumerate([("item", ()), *kinds], 1):
        item = (str(number), f"关于第{number}件事的建议", "水利局", "财政局")
        again = rows[-1] if len(rows) > 1 else item
        rows.append(item if kind == "item" else again if kind == "same" else cells)
    found = documents(File("a.csv", "", ""), [Sheet("", tuple(rows))], COUNTY)
    assert all(any(cell in repr(found) for cell in row if cell) for row in rows if any(row))
    joined = [text for item in found if isinstance(item, Document) for text in item.warnings if "同一件" in text]
    more = sum(int(text.split()[3]) - int(text.split()[1]) for text in joined)
    apart = sum(len(item.removed) for item in found if isinstance(item, Document))
    assert len(found) + more + apart == sum(any(row) for row in rows)


def test_a_letter_of_many_lines_with_commas_is_one_cell() -> None:
    letter = "\n".join(["一是修路,二是修桥,三是修渠,请尽快", "村里有老人,有孩子,有病人,有学生"] * 3)
    stream = io.StringIO()
    csv.writer(stream).writerows(
        [("编号", "案由", "内容", "类别"), ("1", "关于修路的建议", letter, "交通"), ("2", "题", "文", "水利")]
    )
    assert table(stream.getvalue())[1:] == [["1", "关于修路的建议", letter, "交通"], ["2", "题", "文", "水利"]]


def test_a_quote_nobody_closed_does_not_swallow_rows() -> None:
    lines = ["编号,案由,主办", '1,"关于修路的建议,交通运输局', *(f"{n},关于事项{n}的建议,水利局" for n in range(2, 9))]
    assert [row[0] for row in table("\n".join(lines))] == ["编号", *map(str, range(1, 9))]
