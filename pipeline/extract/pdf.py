"""PDF files: lines with positions from PDFium page by page; pages without a text layer to trust are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from pipeline.errors import UnreadableFile
from pipeline.extract import ocr, pulse, scan
from pipeline.extract.draft import Draft
from pipeline.extract.layout import laid_out
from pipeline.extract.pages import Page
from pipeline.extract.plumbed import with_odd_tables
from pipeline.extract.printed import printed
from pipeline.extract.tables import with_tables
from pipeline.records import Removal

PAGE_LIMIT = 3000
_SCAN = "这是扫描件或图片，没有可复制的文字"
_GARBAGE = "文字层是乱码（字体缺少对照表），不能采用"


def read(data: bytes) -> Draft:
    """One PDF as blocks; raises UnreadableFile where it is encrypted, broken, or has no page that can be read.

    A page without text or with a garbage text layer is recognised where the extra `ocr` is installed (R-ING-02).
    """
    pages = _pages(data)
    good = [page for page in pages if not page.garbled]
    _check(pages)
    plumbed, late = with_odd_tables(data, [with_tables(page) for page in good])
    blocks, removed = laid_out(plumbed)
    twins = "".join(page.doubled for page in good)
    removed += [Removal(twins, "重影字（同一处印了两遍）")] if twins else []
    characters = sum(page.characters for page in good)
    return Draft(blocks, characters, tuple(removed), (*_warnings(pages), *late))


def _check(pages: Sequence[Page]) -> None:
    """Refuse a file most of whose pages cannot be read."""
    inky = [page for page in pages if page.lines or page.garbled]
    bad = [page for page in inky if page.garbled]
    if inky and len(bad) * 2 < len(inky):
        return
    if not ocr.available():
        raise ocr.missing(_GARBAGE if inky else _SCAN)
    raise UnreadableFile(_GARBAGE if inky else "扫描页里没有认出文字", "请提供原始的 Word 或文字版 PDF，或重新扫描")


def _warnings(pages: Sequence[Page]) -> list[str]:
    found = [f"第 {page.number} 页的文字层是乱码，未采用" for page in pages if page.garbled]
    found += [f"第 {page.number} 页是图片，没有文字" for page in pages if page.pictures and not page.recognised]
    return found + scan.doubts([page for page in pages if page.recognised])


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
        return _read(document, count)
    finally:
        document.close()


def _read(document: Any, count: int) -> list[Page]:
    """All pages; those to recognise only as far as the limit goes.

    A page is closed after the next is opened: PDFium drops the fonts that no open page uses, and loads them again.
    """
    pages: list[Page] = []
    left = scan.PAGE_LIMIT if ocr.available() else 0
    held = None
    for index in range(count):
        page = _opened(document, index)
        if held is not None:
            held.close()
        held = page
        pages.append(_page(page, index + 1, left > 0))
        left -= pages[-1].recognised
        pulse.beat()
    if held is not None:
        held.close()
    return pages


def _opened(document: Any, index: int) -> Any | None:
    try:
        return document[index]
    except pdfium.PdfiumError:
        return None


def _page(page: Any | None, number: int, recognise: bool) -> Page:
    if page is None:
        return Page(number, 0.0, 0.0, (), pictures=True)
    found = printed(page, number)
    return scan.rendered(page, number) if recognise and (found.garbled or found.pictures) else found
