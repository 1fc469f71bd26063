"""PDF files: lines to paragraphs, running lines apart, no trust in garbage."""

from __future__ import annotations

import pytest

from pipeline.extract import ocr
from pipeline.extract.glyphs import closed_up, garbled, mapped
from tests.extract.make import pdf

BODY = "县城南片区居住着两万多名群众，至今没有一所公办幼儿园，家长每天要穿过三条街接送孩子。"


def page(number, *lines):
    head = [(210, 40, "云禾县人大常委会办公室文件汇编")]
    return [
        *head,
        *((72 + indent, 90 + 28 * i, text) for i, (indent, text) in enumerate(lines)),
        (285, 810, f"— {number} —"),
    ]


def letter():
    first = page(
        1,
        (120, "关于增设幼儿园的建议"),
        (32, BODY[:26]),
        (0, BODY[26:]),
        (32, "建议在南片区新建一所公办幼儿园，并在明年秋季开学前投"),
    )
    return pdf([first, page(2, (0, "入使用。"), (32, "请教育部门研究。")), page(3, (32, "二〇二四年三月五日"))])


def test_soft_line_ends_are_joined_also_over_a_page_end(one):
    document = one("a.pdf", letter())
    assert document.title == "关于增设幼儿园的建议"
    assert [block.text for block in document.blocks if block.role == "paragraph"] == [
        BODY, "建议在南片区新建一所公办幼儿园，并在明年秋季开学前投入使用。", "请教育部门研究。", "二〇二四年三月五日",
    ]  # fmt: skip


def test_running_headers_and_page_numbers_are_set_apart(one):
    document = one("a.pdf", letter())
    assert [block.text for block in document.blocks if block.role == "header"] == ["云禾县人大常委会办公室文件汇编"]
    assert "汇编" not in document.text and "— 1 —" not in document.text
    assert {removal.why for removal in document.removed} == {"页码", "各页重复的页眉页脚"}
    assert document.day is not None and document.day.isoformat() == "2024-03-05"
    assert document.warnings == ()


@pytest.mark.parametrize("mark", ["- 3 -", "第 3 页 共 17 页", "3/131", "第3页", "3"])
def test_page_numbers_of_many_shapes(one, mark):
    assert one("a.pdf", pdf([[(72, 100, "关于修路的建议"), (280, 815, mark)]])).text == "关于修路的建议"


def test_a_figure_in_the_middle_of_a_page_is_no_page_number(one):
    assert one("a.pdf", pdf([[(72, 100, "关于修路的建议"), (72, 300, "12")]])).text == "关于修路的建议\n12"


def test_a_ruled_table_becomes_rows(one):
    rules = [(72, y, 400, y) for y in (90, 120, 150)] + [(x, 90, x, 150) for x in (72, 200, 400)]
    lines = [(80, 110, "项目"), (210, 110, "金额"), (80, 140, "路灯"), (210, 140, "12万元"), (72, 70, "资金安排表")]
    document = one("a.pdf", pdf([lines], size=12, rules=rules))
    assert [block.cells for block in document.blocks if block.role == "row"] == [("项目", "金额"), ("路灯", "12万元")]


@pytest.mark.skipif(ocr.available(), reason="the extra banli[ocr] reads it")
def test_a_file_without_text_is_a_scan(failed):
    found = failed("a.pdf", pdf([[], []]))
    assert "扫描件" in found.reason and "OCR" in found.hint


def test_radicals_become_characters():
    assert mapped("⼈⼤代表建议⻚码⻓") == "人大代表建议页码长"


def test_layout_blanks_go_from_sentences_and_stay_in_tables():
    assert closed_up("经 研究，同意 你局的意见。") == "经研究，同意你局的意见。"
    assert closed_up("序号 名称 金额") == "序号 名称 金额"


@pytest.mark.parametrize(
    ("text", "is_garbage"),
    [
        ("犐犆犛犔犌犕犜犓犪犫犮犱犲犳犵犺犻犼犽犾犿狀狅狆狇狉狊狋", True),
        ("!\"#$%&'()*+,-./012!\"#$ &'*;<>?@[]^", True),
        (
            "\ue012\ue013\ue014\ue015\ue016\ue017\ue018\ue019\ue01a\ue01b\ue01c\ue01d\ue01e\ue01f\ue020\ue021\ue022\ue023\ue024\ue025",
            True,
        ),
        ("县政府决定在城南新建一所公办幼儿园，明年秋季开学前投入使用。", False),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", False),
        ("The quick brown fox jumps over the lazy dog & the cat.", False),
    ],
)
def test_garbage_is_told_from_text(text, is_garbage):
    assert garbled(text) is is_garbage
