"""Ruled tables on PDF pages: cells by the rules that close around them."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from pipeline.extract import grid, plumbed
from pipeline.extract import pdf as reader
from tests.extract.make import pdf


def lattice(xs, ys):
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def rows(document):
    return [block.cells for block in document.blocks if block.role == "row"]


TABLE = lattice((72, 200, 300, 420), (90, 120, 150))
WORDS = [
    (80, 110, "项目"),
    (210, 110, "金额"),
    (310, 110, "年度"),
    (80, 140, "路灯"),
    (210, 140, "12万元"),
    (310, 140, "2024年"),
]


def test_merged_cells_hold_their_text_once(one):
    rules = [
        (72, 90, 420, 90),
        (200, 120, 420, 120),
        (72, 150, 420, 150),
        (72, 90, 72, 150),
        (200, 90, 200, 150),
        (300, 120, 300, 150),
        (420, 90, 420, 150),
    ]
    words = [(80, 125, "路灯改造"), (210, 110, "资金与年度"), (210, 140, "12万元"), (310, 140, "2024年")]
    assert rows(one("a.pdf", pdf([words], size=12, rules=rules))) == [
        ("路灯改造", "资金与年度", ""),
        ("", "12万元", "2024年"),
    ]


def test_a_line_of_the_file_that_crosses_cells_is_cut_at_the_rule(one):
    words = [(80, 110, "项目"), (180, 140, "路灯十二万元"), (210, 110, "金额"), (310, 110, "年度")]
    first, second = rows(one("a.pdf", pdf([words], size=12, rules=TABLE)))
    assert first == ("项目", "金额", "年度")
    assert "".join(second) == "路灯十二万元" and second[0] and second[1]


def test_a_table_open_at_the_sides_is_one(one):
    rules = [(72, y, 420, y) for y in (90, 120, 150)] + [(x, 90, x, 150) for x in (200, 300)]
    assert rows(one("a.pdf", pdf([WORDS], size=12, rules=rules))) == [
        ("项目", "金额", "年度"),
        ("路灯", "12万元", "2024年"),
    ]


def test_dashed_rules_are_rules(one):
    dashed = [(x, y, x + 6, y) for y in (90, 120, 150) for x in range(72, 420, 9)]
    dashed += [(x, y, x, y + 6) for x in (72, 200, 300, 420) for y in range(90, 150, 9)]
    assert rows(one("a.pdf", pdf([WORDS], size=12, rules=dashed)))[1] == ("路灯", "12万元", "2024年")


def test_a_frame_round_a_page_is_no_table(one):
    document = one("a.pdf", pdf([WORDS[:2]], size=12, rules=lattice((60, 500), (60, 700))))
    assert rows(document) == [] and document.text == "项目 金额"


def test_a_chart_with_grid_lines_keeps_its_lines(one):
    rules = lattice(tuple(range(100, 421, 40)), tuple(range(100, 401, 30)))
    document = one("a.pdf", pdf([[(105, 120, "2023"), (345, 120, "2024"), (72, 60, "走势图")]], size=9, rules=rules))
    assert rows(document) == []


def test_a_cell_of_paragraphs_keeps_them_apart(one):
    body = ["一、路灯坏了很久没有人修，夜里", "行人看不清路。", "二、请在年底前修好并建立台账。"]
    words = [(80, 110, "内容"), *((210, 105 + 20 * n, line) for n, line in enumerate(body))]
    (cells,) = rows(one("a.pdf", pdf([words], size=12, rules=lattice((72, 200, 400), (85, 170)))))
    assert cells == ("内容", "一、路灯坏了很久没有人修，夜里行人看不清路。\n二、请在年底前修好并建立台账。")


def test_a_head_repeated_on_the_next_page_is_set_apart(one):
    table = pdf(
        [WORDS, [*WORDS[:3], (80, 140, "护栏"), (210, 140, "3万元"), (310, 140, "2025年")]],
        size=12,
        rules=TABLE,
        every=True,
    )
    document = one("a.pdf", table)
    assert rows(document) == [("项目", "金额", "年度"), ("路灯", "12万元", "2024年"), ("护栏", "3万元", "2025年")]
    assert "各页重复的表头" in {removal.why for removal in document.removed}


def test_a_landscape_page_that_is_drawn_on_its_side_and_turned(one):
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream, pagesize=A4, invariant=True)
    sheet.translate(A4[0], 0)
    sheet.rotate(90)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    sheet.setFont("STSong-Light", 12)
    for x, y, text in WORDS:
        sheet.drawString(x, A4[0] - y, text)
    for left, top, right, bottom in TABLE:
        sheet.line(left, A4[0] - top, right, A4[0] - bottom)
    sheet.save()
    document = pdfium.PdfDocument(stream.getvalue())
    document[0].set_rotation(90)
    turned = io.BytesIO()
    document.save(turned)
    assert rows(one("a.pdf", turned.getvalue())) == [("项目", "金额", "年度"), ("路灯", "12万元", "2024年")]


def test_more_rules_than_a_grid_takes_go_to_the_other_reader(one, monkeypatch):

    monkeypatch.setattr(grid, "_MOST", 2)
    document = pdf([WORDS], size=12, rules=TABLE)
    draft = reader.read(document)
    assert [block.cells for block in draft.blocks if block.cells][1] == ("路灯", "12万元", "2024年")
    monkeypatch.setattr(plumbed, "_found", lambda data, pages: iter(()))
    assert not any(block.cells for block in reader.read(document).blocks)
