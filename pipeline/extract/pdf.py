"""PDF files: lines with positions from PDFium page by page; pages without a text layer to trust are recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium

from pipeline.errors import UnreadableFile
from pipeline.extract import faces, ocr, pulse, scan
from pipeline.extract.draft import Draft
from pipeline.extract.layout import laid_out
from pipeline.extract.pages import Page
from pipeline.extract.pdf_fields import flattened, with_values
from pipeline.extract.plumbed import with_odd_tables
from pipeline.extract.printed import printed
from pipeline.extract.tables import with_tables
from pipeline.records import Removal

PAGE_LIMIT, _SHOWN = 3000, 5
_SCAN = "这是扫描件或图片，没有可复制的文字"
_GARBAGE = "文字层是乱码（字体缺少对照表），不能采用"


def read(data: bytes) -> Draft:
    """One PDF as blocks; raises UnreadableFile where it is encrypted, broken, or has no page that can be read.

    A page without text or with a garbage text layer is recognised where the extra `ocr` is installed (R-ING-02).
    """
    pages, attached = _pages(data)
    good = [page for page in pages if not page.garbled]
    _check(pages)
    plumbed, late = with_odd_tables(data, [with_tables(page) for page in good])
    blocks, removed = laid_out(plumbed)
    apart = {
        "重影字（同一处印了两遍）": [page.doubled for page in good],
        "斜排的水印": [page.slanting for page in good],
    }
    removed += [Removal("".join(texts), why) for why, texts in apart.items() if any(texts)]
    characters = sum(page.characters for page in good)
    return Draft(blocks, characters, tuple(removed), (*_warnings(pages), *late, *attached), sure=scan.least_sure(pages))


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
    found += [_unread(page) for page in pages if page.holed and not page.garbled]
    return found + scan.doubts([page for page in pages if page.recognised])


def _unread(page: Page) -> str:
    """The warning of a page with characters for which its font has no code."""
    advice = "" if ocr.available() else "；装有文字识别（OCR）组件时会再从图像上认"
    count = f"{page.unread} 个字读不出来（字体缺少对照表，共 {page.characters + page.unread} 字）"
    return f"第 {page.number} 页有 {count}，请对照原件核对{advice}"


def _pages(data: bytes) -> tuple[list[Page], list[str]]:
    """All pages, and what to tell of attachments.

    Pages that are pictures, garbage or full of holes are recognised as far as the limit goes. Of a page full of
    holes the picture counts only if it holds half of what is missing.
    """
    with faces.boxed(), _opened(data) as document:
        pages, attached = list(_texts(document)), _attached(document)
    wanted = [page for page in pages if page.garbled or page.pictures or page.holed][: scan.PAGE_LIMIT]
    if wanted and ocr.available():
        with _opened(data) as document:
            for page in wanted:
                seen = _seen(document, page.number)
                if not page.holed or page.garbled or seen.characters * 2 > page.characters * 2 + page.unread:
                    pages[page.number - 1] = seen
                pulse.beat()
    return pages, attached


def _attached(document: Any) -> list[str]:
    """A warning that names the files inside a PDF: a portfolio's own page says nothing of them."""
    count = document.count_attachments()
    names = "、".join(document.get_attachment(n).get_name() for n in range(min(count, _SHOWN)))
    more = " 等" if count > _SHOWN else ""
    return [f"PDF 里另附有 {count} 个文件（{names}{more}），没有读；请另存出来一并提供"] if count > 0 else []


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("文件已加密，需要密码", "请解除密码保护后重新提供") from error
        raise UnreadableFile("PDF 文件已损坏，打不开", "请重新导出 PDF，或提供 Word 原件") from error
    try:
        if count > PAGE_LIMIT:
            raise UnreadableFile(f"页数过多（{count} 页）", "请拆成小文件后再试")
        document.init_forms()
        yield document
    finally:
        document.close()


def _texts(document: Any) -> Iterator[Page]:
    """The pages with what their text layers hold.

    A page is closed after the next is opened: PDFium drops the fonts that no open page uses, and loads them again.
    """
    held = None
    for number in range(1, len(document) + 1):
        page = _page(document, number)
        if held is not None:
            held.close()
        held = page
        found = Page(number, 0.0, 0.0, (), pictures=True) if page is None else printed(page, number)
        if page is not None and flattened(page) and (anew := _page(document, number)) is not None:
            page.close()
            held, found = anew, with_values(found, printed(anew, number))
        yield found
        pulse.beat()
    if held is not None:
        held.close()


def _page(document: Any, number: int) -> Any | None:
    try:
        return document[number - 1]
    except pdfium.PdfiumError:
        return None


def _seen(document: Any, number: int) -> Page:
    """A page recognised from its picture; one that does not open stays empty."""
    page = _page(document, number)
    if page is None:
        return Page(number, 0.0, 0.0, (), pictures=True)
    try:
        return scan.rendered(page, number)
    finally:
        page.close()
