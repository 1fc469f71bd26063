"""Workbooks that are plain XML: Excel's XML format of 2003, often saved as .xls, and OpenDocument's .ods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.extract import limits
from pipeline.extract.package import Package, parsed
from pipeline.extract.sheets import COLUMN_LIMIT, Sheet, filled, printed

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[:\d.]*Z?")
_CELLS = (_T + "table-cell", _T + "covered-table-cell")
_AGAIN = "文件可能已损坏或有害；请用 Excel 打开，另存为 .xlsx 后再试"
_REPEATED = 1000
"""So many copies of a filled row or cell are written out; the format repeats blank ones a million times."""


@dataclass(slots=True)
class _Grid:
    """The cells of a sheet by row and column (from 0), and the merged areas as top, bottom, left, right."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    areas: list[tuple[int, int, int, int]] = field(default_factory=list)
    merged: int = 0

    def put(self, row: int, column: int, text: str, size: tuple[int, int]) -> None:
        """A cell with its text, and how many further rows and columns it covers."""
        down, across = size
        if column >= COLUMN_LIMIT:
            return
        if text:
            self.cells[row, column] = text
        if down or across:
            self.merged += (down + 1) * (across + 1)
            self.areas.append((row, row + down, column, column + across))
        if self.merged > limits.MERGED or len(self.cells) > limits.MERGED:
            raise UnreadableFile("表格过大，或合并的区域过大", _AGAIN)

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        """The grid as a sheet, its merged areas filled."""
        height = max((row + 1 for row, _ in self.cells), default=0)
        width = max((column + 1 for _, column in self.cells), default=0)
        width = min(max([width, *(right + 1 for *_, right in self.areas)]), COLUMN_LIMIT) if self.cells else 0
        if height * width > limits.MERGED * 4:
            raise UnreadableFile("表格的行号过大，文件可能已损坏或有害", "请用 Excel 打开，另存为 .xlsx 后再试")
        rows = [[self.cells.get((row, column), "") for column in range(width)] for row in range(height)]
        return Sheet(name, *filled(rows, self.areas), hidden=hidden)


def excel_2003(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in Excel's XML format of 2003."""
    return [_excel_sheet(sheet) for sheet in parsed(data).iter(_S + "Worksheet")]


def _excel_sheet(sheet: Any) -> Sheet:
    grid, row = _Grid(), -1
    for line in sheet.iter(_S + "Row"):
        row, column = _at(line, row), -1
        for cell in line.iterchildren(_S + "Cell"):
            column = _at(cell, column)
            across, down = _count(cell, _S + "MergeAcross"), _count(cell, _S + "MergeDown")
            grid.put(row, column, _excel_text(cell.find(_S + "Data")), (down, across))
            column += across
    hidden = sheet.find(f"{_X}WorksheetOptions/{_X}Visible") is not None
    return grid.sheet(sheet.get(_S + "Name", ""), hidden=hidden)


def _at(element: Any, before: int) -> int:
    """The place (from 0) of a row or cell: what it says itself, else the next."""
    return _count(element, _S + "Index") - 1 if element.get(_S + "Index") else before + 1


def _excel_text(data: Any) -> str:
    if data is None or data.get(_S + "Type") == "Error":
        return ""
    text = "".join(data.itertext())
    if data.get(_S + "Type") == "DateTime" and (day := _DAY.fullmatch(text.strip())):
        return day[1] if day[2] == "00:00" else f"{day[1]} {day[2]}"
    return _number(text) if data.get(_S + "Type") == "Number" else printed(text)


def _number(text: str) -> str:
    try:
        return printed(float(text))
    except ValueError:
        return printed(text)


def _count(element: Any, name: str) -> int:
    text = element.get(name, "0")
    return min(int(text), limits.MERGED) if text.isdecimal() else 0


def opendocument(data: bytes) -> list[Sheet]:
    """The sheets of an OpenDocument workbook, packed (.ods) or in one XML file (.fods)."""
    root = Package(data).tree("content.xml") if data.startswith(b"PK") else parsed(data)
    hidden = {
        style.get(_STYLE + "name")
        for style in root.iter(_STYLE + "style")
        if any(one.get(_T + "display") == "false" for one in style.iterchildren(_STYLE + "table-properties"))
    }
    tables = root.iterfind(f".//{_O}spreadsheet/{_T}table")
    return [_open_sheet(table, hidden=table.get(_T + "style-name") in hidden) for table in tables]


def _open_sheet(table: Any, *, hidden: bool) -> Sheet:
    grid, row = _Grid(), 0
    for line in table.iter(_T + "table-row"):
        times = max(_count(line, _T + "number-rows-repeated"), 1)
        cells = list(_open_cells(line))
        for copy in range(min(times, _REPEATED) if any(text for _, text, _ in cells) else 0):
            for column, text, size in cells:
                grid.put(row + copy, column, text, size)
        row += times
    return grid.sheet(table.get(_T + "name", ""), hidden=hidden)


def _open_cells(line: Any) -> Iterator[tuple[int, str, tuple[int, int]]]:
    column = 0
    for cell in line.iterchildren(*_CELLS):
        times = max(_count(cell, _T + "number-columns-repeated"), 1)
        text = _open_text(cell) if cell.tag == _CELLS[0] else ""
        spans = (_count(cell, _T + f"number-{what}-spanned") for what in ("rows", "columns"))
        down, across = (max(span - 1, 0) for span in spans)
        for copy in range(min(times, COLUMN_LIMIT) if text or down or across else 0):
            yield column + copy, text, (down, across)
        column += times


def _open_text(cell: Any) -> str:
    if cell.get(_O + "value-type") == "date" and (value := cell.get(_O + "date-value", "")):
        day = _DAY.fullmatch(value)
        return value if day is None else day[1] if day[2] == "00:00" else f"{day[1]} {day[2]}"
    lines = ("".join(_words(line)) for line in cell.iterchildren(_TEXT + "p"))
    return printed("\n".join(lines))


def _words(line: Any) -> Iterable[str]:
    """The text of a paragraph with the blanks and line breaks that stand in it as elements."""
    signs: Mapping[str, str] = {_TEXT + "s": " ", _TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
    for element in line.iter():
        yield signs.get(element.tag, element.text or "") if element is not line else line.text or ""
        yield element.tail or "" if element is not line else ""


OPEN_SHEETS: dict[str, Callable[[bytes], list[Sheet]]] = {".xls.xml": excel_2003, ".ods": opendocument}
