"""Tables whose rules do not close: by pdfplumber, within a time limit."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.extract.draft import inked
from pipeline.extract.glyphs import closed_up, mapped
from pipeline.extract.grid import Box
from pipeline.extract.pages import Line, Page

_SECONDS = 20.0
_CELL = 200
Rows = list[tuple[Box, tuple[str, ...]]]


def with_odd_tables(data: bytes, pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages marked `ruled` with the rows of their tables, and a warning where time ran out.

    A row that pdfplumber reads with other characters than the page has keeps its lines.
    """
    ruled = [page for page in pages if page.ruled]
    if not ruled:
        return list(pages), []
    made = {page.number: page for page in pages}
    late, start = [], time.monotonic()
    for page, found in _found(data, ruled):
        made[page.number] = _placed(page, found)
        if time.monotonic() - start > _SECONDS and page is not ruled[-1]:
            late.append(f"第 {page.number} 页以后的表格太多，只读了文字，没有分出单元格")
            break
    return list(made.values()), late


def _found(data: bytes, pages: Sequence[Page]) -> Iterator[tuple[Page, list[Rows]]]:
    """Each page with its tables: the rows, each with its box and its cells."""
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as book:
            for page in pages:
                opened = book.pages[page.number - 1].dedupe_chars()
                tables = [table for table in opened.find_tables() if len(table.rows) > 1]
                yield page, [_rows(table) for table in tables]
                opened.close()
    except (
        PDFException,
        PdfminerException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ):
        return


def _rows(table: Any) -> Rows:
    return [
        (row.bbox, tuple(_cell(text) for text in cells))
        for row, cells in zip(table.rows, table.extract(), strict=False)
    ]


def _placed(page: Page, tables: Sequence[Rows]) -> Page:
    """The page with the lines of its tables as rows; a row with a cell of running text keeps its lines."""
    lines = list(page.lines)
    for rows in tables:
        if max(sum(map(bool, cells)) for _, cells in rows) < 2:
            continue
        for box, cells in rows:
            if any(cells) and max(map(len, cells)) <= _CELL:
                lines = _with_row(lines, box, cells)
    return replace(page, lines=tuple(lines))


def _with_row(lines: list[Line], box: Box, cells: tuple[str, ...]) -> list[Line]:
    inside = [n for n, line in enumerate(lines) if not line.cells and _within(line, box)]
    had = inked(lines[n].text for n in inside)
    if not inside or abs(inked(cells) - had) > had * 0.02 + 2:
        return lines
    row = Line("\t".join(filter(None, cells)), *box, cells)
    gone = set(inside)
    return [*lines[: inside[0]], row, *(line for n, line in enumerate(lines) if n > inside[0] and n not in gone)]


def _within(line: Line, box: Box) -> bool:
    left, top, right, bottom = box
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2


def _cell(text: str | None) -> str:
    """A cell's text, its wrapped lines joined."""
    lines = mapped(text or "").split("\n")
    return closed_up("".join(lines) if not any(line.isascii() for line in lines) else " ".join(lines)).strip()
