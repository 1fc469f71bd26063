"""Scans: recognised where the extra is there, refused with a hint where it is not."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import UnreadableFile
from pipeline.extract import ocr, pdf, scan
from pipeline.extract.pages import Line, Page
from pipeline.extract.seals import letterhead, without_red
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
