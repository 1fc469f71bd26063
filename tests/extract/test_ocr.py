"""Scans: recognised where the extra is there, refused with a hint where it is not."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import UnreadableFile
from pipeline.extract import ocr, pdf, scan
from pipeline.extract.grid import grids
from pipeline.extract.pages import Line, Page
from pipeline.extract.seals import letterhead, without_red
from pipeline.extract.strokes import rules_in
from pipeline.extract.words import Word, levelled_words, lines_of, slant_of, spaced
from tests.extract import pictures
from tests.extract.make import pdf as printed

needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra banli[ocr] is not installed")
needs_font = pytest.mark.skipif(pictures.font() is None, reason="no Chinese font")


def test_without_the_extra_the_hint_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    for read, data in ((pdf.read, printed([[], []])), (scan.read, b"\xff\xd8\xff")):
        with pytest.raises(UnreadableFile) as caught:
            read(data)
        assert "pip install 'banli[ocr]'" in caught.value.hint


def test_red_goes_and_black_under_it_stays():
    image = np.full((100, 100, 3), 255, np.uint8)
    image[20:80, 20:80] = (214, 30, 34)
    image[48:52, 10:90] = (20, 10, 10)
    clean, red = without_red(image)
    assert red and clean[30, 30].min() > 180 and clean[50, 50].max() < 60


def test_a_page_without_red_is_left_alone():
    image = np.full((60, 60, 3), 200, np.uint8)
    assert without_red(image)[0] is image and letterhead(image) is None


def test_a_red_letterhead_becomes_black():
    image = np.full((300, 200, 3), 255, np.uint8)
    image[10:40, 20:180] = (220, 20, 20)
    head = letterhead(image)
    assert head is not None and head[20, 100].max() == 0 and head[60, 100].min() == 255


def test_low_confidence_is_a_warning_with_the_number():
    page = Page(2, 595, 842, (Line("字", 1, 1, 9, 9),), sure=0.7215, recognised=True)
    sure = replace(page, number=1, sure=0.98)
    assert any("文字识别把握低（0.72），见第 2 页" in text for text in scan.doubts([sure, page]))
    assert not any("把握低" in text for text in scan.doubts([sure]))


def test_a_broken_picture_says_so(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: True)
    with pytest.raises(UnreadableFile, match="损坏"):
        scan.read(b"\x89PNG\r\n\x1a\n" + bytes(40))


def word(text, left, top, wide, high=20.0, angle=0.0):
    """A word as the engine gives it, its base line slanting by an angle."""
    x, y = left + wide * math.cos(angle), top + wide * math.sin(angle)
    return Word(((left, top), (x, y), (x, y + high), (left, top + high)), text, 0.99)


def test_the_size_of_a_line_is_that_of_its_characters_not_of_its_box():
    title = word("关于修建村级文化广场的建议", 40, 40, 13 * 21, 28)
    body = [word("全县还有九个行政村没有一处像样的活动场地", 40, 100 + 30 * n, 20 * 16, 27) for n in range(3)]
    last = word("地。", 40, 190, 34, 30)
    sizes = [line.size for line in lines_of([title, *body, last], 1.0)]
    assert sizes[0] == pytest.approx(21) and sizes[1] == sizes[-1] == pytest.approx(16)


def test_the_slant_is_told_by_long_lines_though_short_boxes_stand_straight():
    words = [word("字", 40 * n, 10, 18) for n in range(30)] + [
        word("云禾县第三次会议代表建议交办清单", 0, 60, 400, angle=0.03)
    ]
    slant = slant_of(words)
    assert slant == pytest.approx(0.03, abs=1e-6)
    (_, y), (_, y2) = levelled_words(words[-1:], slant)[0].corners[:2]
    assert y == pytest.approx(y2)
    assert slant_of([word("横放的一页", 0, 0, 200, angle=1.2)]) == 0


@pytest.mark.parametrize(
    ("text", "places", "wanted"),
    [
        ("陈秀兰黄国栋", [4, 9, 14, 25, 30, 35], "陈秀兰 黄国栋"),
        ("陈秀兰黄国栋", [4, 9, 15, 20, 25, 30], "陈秀兰黄国栋"),
        ("关于修路的建议", [5, 15, 25, 35, 45, 55, 65], "关于修路的建议"),
        ("满意□不满意□", [3, 8, 13, 25, 30, 35, 40], "满意□ 不满意□"),
        ("意见：可行", [3, 8, 12, 21, 26], "意见：可行"),
        ("编号 第7号", [3, 8, 20, 25, 29], "编号 第7号"),
        ("数目不符", [1, 2], "数目不符"),
    ],
)
def test_wide_gaps_between_names_become_blanks(text, places, wanted):
    assert spaced(text, places) == wanted


def test_a_bracket_gets_its_partner():
    lines = lines_of([word("（联系人：陈秀兰，电话：3827102)", 0, 0, 400), word("f(x)", 0, 50, 60)], 1.0)
    assert [line.text for line in lines] == ["（联系人：陈秀兰，电话：3827102）", "f(x)"]


def test_names_that_the_engine_holds_apart_stay_apart():
    names = [
        word("陈秀兰", 40, 40, 60),
        word("黄国栋", 98, 41, 60),
        word("电话：", 300, 40, 60),
        word("3827102", 362, 40, 70),
    ]
    first, second, label, number = lines_of(names, 1.0)
    assert second.left - first.right > first.size * 0.7 > number.left - label.right


@pytest.mark.parametrize("ink", ["black", (200, 30, 40), (120, 120, 120)])
def test_rules_of_a_slanting_picture_close_its_cells(ink):
    image = pictures.table([["", "", ""], ["", ""]], [90, 150, 200], slant=-1.5, ink=ink) if pictures.font() else None
    if image is None:
        pytest.skip("no Chinese font")
    found = grids(rules_in(image, math.radians(1.5), 16, pictures.DPI))
    assert [(grid.rows, grid.columns, len(grid.cells)) for grid in found] == [(2, 3, 5)]


@needs_font
def test_lines_of_text_are_no_rules():
    image = pictures.page(["一二三王三土工干一一一二二——县交通运输局一二三" for _ in range(12)], slant=0)
    assert not grids(rules_in(image, 0.0, 16, pictures.DPI))


def test_a_fax_gets_square_pixels():
    stream = io.BytesIO()
    Image.new("1", (408, 196), 1).save(stream, "TIFF", dpi=(204, 98))
    assert [image.shape for image in scan._frames(stream.getvalue())] == [(408, 408, 3)]
    stream = io.BytesIO()
    Image.new("1", (408, 196), 1).save(stream, "TIFF", dpi=(200, 200))
    assert [image.shape for image in scan._frames(stream.getvalue())] == [(196, 408, 3)]


LINES = [
    "关于增设农村客运站点的建议",
    "全县还有六个村不通客车，群众出行不便。",
    "建议在明年六月底前新增三条线路。",
    "云禾县交通运输局",
    "2025年5月20日",
]


@needs_ocr
@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_scan_is_read_whichever_way_it_lies(turns):
    image = np.ascontiguousarray(np.rot90(pictures.page(LINES, seal=turns == 0), turns))
    page = ocr.recognised(image, 1, pictures.DPI)
    assert pictures.errors("".join(LINES), "".join(line.text for line in page.lines)) < 0.03
    assert page.sure > ocr.DOUBTFUL and page.recognised


@needs_ocr
@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read(form):
    stream = io.BytesIO()
    Image.fromarray(pictures.page(LINES)).save(stream, form, dpi=(pictures.DPI, pictures.DPI))
    draft = scan.read(stream.getvalue())
    assert pictures.errors("".join(LINES), "".join(block.text for block in draft.blocks)) < 0.03
    assert any("OCR" in warning for warning in draft.warnings)


@needs_ocr
@needs_font
@pytest.mark.slow
def test_a_scanned_pdf_is_read():
    stream = io.BytesIO()
    Image.fromarray(pictures.page(LINES)).save(stream, "PDF", resolution=pictures.DPI)
    draft = pdf.read(stream.getvalue())
    assert "建议在明年六月底前新增三条线路。" in "".join(block.text for block in draft.blocks)


ROWS = [
    ["案由", "关于增设农村客运站点的建议"],
    ["领衔代表", "陈秀兰", "联系电话", "13800000000"],
    ["附议代表", "黄国栋　韦立新　覃小燕"],
    ["建议内容", "请交通运输局增开两条线路。"],
]


@needs_ocr
@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("turns", [0, 1])
def test_a_scanned_form_keeps_its_cells(turns):
    stream = io.BytesIO()
    image = np.ascontiguousarray(np.rot90(pictures.table(ROWS, [90, 130, 90, 150]), turns))
    Image.fromarray(image).save(stream, "PNG")
    blocks = scan.read(stream.getvalue()).blocks
    found = [tuple(cell.replace(" ", "　") for cell in block.cells if cell) for block in blocks if block.cells]
    assert found == [tuple(row) for row in ROWS]


@needs_ocr
@needs_font
@pytest.mark.slow
def test_a_page_too_coarse_to_read_is_marked():
    fine = pictures.page(LINES)
    coarse = Image.fromarray(fine).resize((340, 481)).resize((fine.shape[1], fine.shape[0]))
    noise = np.random.default_rng(5).normal(0, 60, fine.shape)
    page = ocr.recognised(np.clip(np.asarray(coarse) + noise, 0, 255).astype(np.uint8), 1, pictures.DPI)
    assert page.sure < ocr.DOUBTFUL and any("把握低" in text or "没有认出" in text for text in scan.doubts([page]))


@pytest.mark.parametrize(
    ("said", "installed", "taken"),
    [("水渠长三百米", True, True), ("水渠长米", True, False), ("水渠长三百米", False, False)],
    ids=["the picture says more", "the picture says as little", "no extra"],
)
def test_a_page_full_of_holes_is_read_from_its_picture(monkeypatch, said, installed, taken):
    holed = Page(1, 595, 842, (Line("水渠长米", 72, 100, 136, 116),), characters=40, unread=4)
    line, count = Line(said, 72, 100, 168, 116), 34 + len(said) * 2
    seen = replace(holed, lines=(line,), characters=count, unread=0, recognised=True)
    monkeypatch.setattr(pdf, "_texts", lambda _document: [holed])
    monkeypatch.setattr(pdf, "_seen", lambda _document, _number: seen)
    monkeypatch.setattr(ocr, "available", lambda: installed)
    found = pdf.read(printed([[(72, 100, "水渠")]]))
    assert [block.text for block in found.blocks] == [said if taken else "水渠长米"]
    assert any("4 个字读不出来" in warning for warning in found.warnings) != taken
    assert any("组件" in warning for warning in found.warnings) != installed
