"""交办建议表.xlsx: the sheets as a workbook to filter, print and click through."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.errors import OWN_WORKBOOK
from pipeline.report.export import CELL_LIMIT, RISKY
from pipeline.report.results import Results
from pipeline.report.sheets import Cell, Sheet, sheets

COLOURS = {"error": "#F8D7DA", "warn": "#FFF3CD", "hint": "#DDEBF7", "good": "#D9EAD3"}
HEAD = "#1F4E78"
LINK_LIMIT, LINKS_A_SHEET = 2000, 60_000


def workbook(results: Results, path: Path) -> None:
    """Write the workbook of results, marked as ours so that it is never read as input."""
    book_of(list(sheets(results)), results, path, OWN_WORKBOOK)


def book_of(tables: Sequence[Sheet], results: Results, path: Path, mark: str = "") -> None:
    """Write sheets as a workbook; text that looks like a formula stays text. `mark` is the file's category."""
    targets = {
        (table.name, key): line for table in tables for line, key in reversed(list(enumerate(table.keys, start=2)))
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"category": mark})
        formats = _Formats(book)
        for table in tables:
            _Writer(book.add_worksheet(table.name), formats, results, path, targets).write(table)


class _Formats:
    """The formats of a book, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Any] = {}
        base = {"bold": True, "font_color": "white", "bg_color": HEAD, "border": 1, "valign": "vcenter"}
        self.head = book.add_format(base | {"text_wrap": True, "align": "center", "font_size": 10})

    def get(self, tone: str, *, link: bool, quoted: bool) -> Any:
        key = (tone, link, quoted)
        if key not in self._made:
            look: dict[str, Any] = {
                "text_wrap": True,
                "valign": "top",
                "border": 1,
                "border_color": "#BFBFBF",
                "font_size": 10,
            }
            look |= {"bg_color": COLOURS[tone]} if tone else {}
            look |= {"font_color": "#0563C1", "underline": 1} if link else {}
            look |= {"quote_prefix": True} if quoted else {}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


class _Writer:
    """Writes one sheet."""

    def __init__(
        self, sheet: Any, formats: _Formats, results: Results, path: Path, targets: dict[tuple[str, str], int]
    ) -> None:
        self.sheet, self.formats, self.results = sheet, formats, results
        self.folder, self.targets, self.links = path.resolve().parent, targets, 0

    def write(self, table: Sheet) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, max(len(table.rows), 1), table.printed - 1)
        sheet.repeat_rows(0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header(f"&C&14{table.name}")
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.freeze_panes(1, 2)
        sheet.set_row(0, 24)
        for column, (name, width) in enumerate(table.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self.formats.head)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        for line, row in enumerate(table.rows, start=1):
            sheet.set_row(line, _height(row, table.columns))
            for column, cell in enumerate(row):
                self._cell(line, column, cell)
        if not table.rows:
            sheet.write_string(1, 0, "（无）", self.formats.get("", link=False, quoted=False))

    def _cell(self, line: int, column: int, cell: Cell) -> None:
        target = self._target(cell)
        if not isinstance(cell.value, str):
            look = self.formats.get(cell.tone, link=bool(target), quoted=False)
            if target:  # the number written over it keeps the link
                self.links += 1
                self.sheet.write_url(line, column, target, look, string="")
            self.sheet.write_number(line, column, cell.value, look)
            return
        text = _shown(cell.value)
        quoted = text.startswith(RISKY)
        look = self.formats.get(cell.tone, link=bool(target), quoted=quoted)
        if target and text:
            self.links += 1
            self.sheet.write_url(line, column, target, look, string=text)
        else:
            self.sheet.write_string(line, column, text, look)

    def _target(self, cell: Cell) -> str:
        """Where a click leads: another row, or the source file, relative to the workbook where possible."""
        if self.links >= LINKS_A_SHEET or len(str(cell.value)) > 255:
            return ""
        if cell.row in self.targets:
            return f"internal:'{cell.row[0]}'!A{self.targets[cell.row]}"
        path = self.results.path_of(cell.source) if cell.source else ""
        if not path:
            return ""
        with suppress(ValueError):  # another drive
            path = os.path.relpath(path, self.folder)
        for sign, code in (("%", "%25"), ("#", "%23"), (" ", "%20")):
            path = path.replace(sign, code)
        return f"external:{path}" if len(path) < LINK_LIMIT else ""


def _shown(text: str) -> str:
    """The text without control characters, cut to what a cell holds."""
    clean = "".join(char for char in text if char >= " " or char in "\n\t")
    return clean if len(clean) <= CELL_LIMIT else clean[:CELL_LIMIT] + "……（过长，见来源文件）"


def _height(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> float:
    """Points for the tallest wrapped cell at 10 points: a Chinese character takes 1.9 columns; at most 24 lines."""
    lines = 1
    for cell, (_, width) in zip(row, columns, strict=False):
        parts = str(cell.value).split("\n")
        lines = max(lines, sum(1 + int(1.9 * max(len(part) - 1, 0)) // width for part in parts))
    return 3 + 13.5 * min(lines, 24)
