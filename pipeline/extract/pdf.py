"""PDF files with a text layer: lines with positions from PDFium, page by page."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.errors import UnreadableFile
from pipeline.extract.draft import Draft, inked
from pipeline.extract.glyphs import garbled, mapped
from pipeline.extract.pages import Line, Page, running_apart
from pipeline.extract.paragraphs import joined
from pipeline.extract.tables import has_rules, with_tables

PAGE_LIMIT = 3000
_SCAN = "这是扫描件或图片，没有可复制的文字"
_SCAN_HINT = "请提供原始的 Word 或文字版 PDF；扫描件需先做文字识别（OCR）"


def read(data: bytes) -> Draft:
    """One PDF as blocks; raises UnreadableFile where it is encrypted, broken, or no page has a text layer."""
    pages = _pages(data)
    good = [page for page in pages if not page.garbled]
    inky = [page for page in pages if page.lines]
    if sum(page.garbled for page in inky) * 2 >= len(inky):
        if inky:
            raise UnreadableFile("文字层是乱码（字体缺少对照表），不能采用", _SCAN_HINT)
        raise UnreadableFile(_SCAN, _SCAN_HINT)
    warnings = [f"第 {p.number} 页的文字层是乱码，未采用" for p in pages if p.garbled]
    warnings += [f"第 {p.number} 页是图片，没有文字" for p in good if not p.lines and p.pictures]
    characters = inked(line.text for page in good for line in page.lines)
    good, late = with_tables(data, good)
    warnings += late
    body, edges, removed = running_apart(good)
    return Draft(
        blocks=(*(b for b in edges if b.role == "header"), *joined(body), *(b for b in edges if b.role == "footer")),
        characters=characters,
        removed=tuple(removed),
        warnings=tuple(warnings),
    )


def _pages(data: bytes) -> list[Page]:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("文件已加密，需要密码", "请解除密码保护后重新提供") from error
        raise UnreadableFile("PDF 文件已损坏，打不开", "请重新导出 PDF，或提供 Word 原件") from error
    if count > PAGE_LIMIT:
        raise UnreadableFile(f"页数过多（{count} 页）", "请拆成小文件后再试")
    try:
        return [_page(document, index) for index in range(count)]
    finally:
        document.close()


def _page(document: Any, index: int) -> Page:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return Page(index + 1, 0.0, 0.0, (), pictures=True)
    textpage = page.get_textpage()
    width, height = page.get_size()
    text = textpage.get_text_range() if textpage.count_chars() else ""
    lines, start = [], 0
    for piece in text.split("\r\n"):
        line = _line(textpage, piece, start, height)
        if line:
            lines.append(line)
        start += len(piece) + 2
    pictures = not lines and any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    ruled = bool(lines) and has_rules(page)
    textpage.close()
    page.close()
    return Page(index + 1, width, height, tuple(lines), pictures, garbled(text), ruled)


def _line(textpage: Any, piece: str, start: int, height: float) -> Line | None:
    """A line with its place, y counted from the top of the page."""
    bare = piece.strip()
    if not bare:
        return None
    first = start + len(piece) - len(piece.lstrip())
    left, top, _, low = _box(textpage, first, height)
    _, top2, right, low2 = _box(textpage, first + len(bare) - 1, height)
    return Line(mapped(bare), left, min(top, top2), max(right, left), max(low, low2))


def _box(textpage: Any, index: int, height: float) -> tuple[float, float, float, float]:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage.raw, index, box)
    return box.left, height - box.top, box.right, height - box.bottom
