"""Workbooks and CSV as plain grids: every merged area filled with its value, dates printed as dates."""

from __future__ import annotations

import functools
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from pipeline.errors import OWN_WORKBOOK, UnreadableFile
from pipeline.extract import limits
from pipeline.extract.delimited import table
from pipeline.extract.encoding import damaged, decoded
from pipeline.extract.invisible import visible
from pipeline.extract.package import Package

_AGAIN = "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后再试"
# What openpyxl and xlrd raise on damaged files; neither has an error type of its own for that.
_BROKEN = (
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, NotImplementedError),
    *(OSError, EOFError, SyntaxError, RecursionError, zipfile.BadZipFile, zlib.error, struct.error),
)
COLUMN_LIMIT, _ROW_LIMIT = 400, 1_048_576
_LISTED = 5
_UNSAVED = re.compile(rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_MERGED = re.compile(rb'mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,20}):\$?([A-Z]{1,3})\$?(\d{1,20})"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `rows` by the row number that a person sees (1 the first), cells as text.

    `wide` holds the places (row, column) that stand inside a merged area but are not its first cell, `below` those of
    them that stand under its first row. `notes` is what to tell of it, `captions` the lines
    over a table that are no rows of it.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    wide: frozenset[tuple[int, int]] = frozenset()
    below: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    notes: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


def xlsx(data: bytes) -> list[Sheet]:
    """The sheets of an Excel workbook; raises UnreadableFile where it is encrypted or broken."""
    from openpyxl import load_workbook

    package = Package(data)
    package.guard()
    _check_merged(package)
    unsaved = _empty_formulas(package)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            if book.properties.category == OWN_WORKBOOK:
                raise UnreadableFile("这是 banli 写出的结果，不是来件", "请把结果文件夹移出收件文件夹")
            sheets = [_worksheet(sheet) for sheet in book.worksheets]
            return [replace(one, notes=(*one.notes, *unsaved)) for one in sheets[:1]] + sheets[1:]
    except _BROKEN as error:
        raise UnreadableFile("表格文件已损坏，打不开", _AGAIN) from error


def _check_merged(package: Package) -> None:
    """Refuse merged areas that hold millions of cells: openpyxl makes an object of every one."""
    for name in package.names:
        cells = 0
        for left, top, right, bottom in _MERGED.findall(package.read(name)) if "/worksheets/" in name else ():
            cells += (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
        if cells > limits.MERGED:
            raise UnreadableFile("表格里合并的区域过大", "文件可能已损坏或有害；请取消整列整行的合并，另存后再试")


def _empty_formulas(package: Package) -> tuple[str, ...]:
    """What to tell of formulas whose values were not saved; they are computed only where the file is opened."""
    count = sum(len(_UNSAVED.findall(package.read(name))) for name in package.names if "/worksheets/" in name)
    told = f"有 {count} 个公式单元格没有保存结果，读作空白；请用 Excel 或 WPS 打开原件，保存后再试"
    return (told,) if count else ()


def _column(letters: bytes) -> int:
    return int(functools.reduce(lambda number, letter: number * 26 + letter - 64, letters, 0))


def _worksheet(sheet: Any) -> Sheet:
    """A sheet up to its last filled row; a stray format far below costs nothing."""
    cells: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None and cell.data_type != "e" and column <= COLUMN_LIMIT:
            cells.setdefault(row, {})[column] = printed(cell.value)
    if max(cells, default=0) > _ROW_LIMIT:
        raise UnreadableFile("表格的行号超出 Excel 的上限，文件可能已损坏或有害", _AGAIN)
    width = max((max(row) for row in cells.values()), default=0)
    rows: list[list[str]] = [[] for _ in range(max(cells, default=0))]
    for number, row in cells.items():
        rows[number - 1] = [row.get(column, "") for column in range(1, width + 1)]
    areas = [(a.min_row - 1, a.max_row - 1, a.min_col - 1, a.max_col - 1) for a in sheet.merged_cells.ranges]
    return Sheet(sheet.title, *filled(rows, areas), hidden=sheet.sheet_state != "visible", notes=_notes(sheet, rows))


def _notes(sheet: Any, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What to tell of a sheet: cells whose formula failed, and rows that a filter or a person hid (read like all)."""
    wrong = [cell.coordinate for cell in sheet._cells.values() if cell.data_type == "e"]
    shown = "、".join(wrong[:_LISTED]) + (" 等" if len(wrong) > _LISTED else "")
    failed = f"有 {len(wrong)} 个单元格是公式错误（{shown}），读作空白；请在 Excel 或 WPS 里改正，保存后再试"
    hidden = [number for number, line in sheet.row_dimensions.items() if line.hidden and number <= len(rows)]
    hidden = [number for number in sorted(hidden) if any(rows[number - 1])]
    shown = "、".join(map(str, hidden[:_LISTED])) + (" 等" if len(hidden) > _LISTED else "")
    unseen = f"本表有 {len(hidden)} 行是隐藏的（第 {shown} 行），也读取了；不需要的请删去后再试"
    return (*((failed,) if wrong else ()), *((unseen,) if hidden else ()))


def xls(data: bytes) -> list[Sheet]:
    """The sheets of an old Excel workbook (97–2003)."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *_BROKEN) as error:
        locked = "encrypt" in str(error).lower() or "password" in str(error).lower()
        reason = "文件已加密，需要密码" if locked else "表格文件已损坏，打不开"
        raise UnreadableFile(reason, "请解除密码保护后重新提供" if locked else _AGAIN) from error
    sheets = []
    for sheet in book.sheets():
        rows = [[_old(cell, book.datemode) for cell in sheet.row(number)] for number in range(sheet.nrows)]
        areas = [(top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells]
        sheets.append(Sheet(sheet.name, *filled(rows, areas), hidden=sheet.visibility != 0))
    return sheets


def _old(cell: Any, datemode: int) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return printed(xlrd.xldate_as_datetime(cell.value, datemode))
        except (ValueError, OverflowError):
            return printed(cell.value)
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else printed(cell.value)


def delimited(data: bytes) -> list[Sheet]:
    """A CSV or tab-separated file as one sheet without a name."""
    text = decoded(data)
    rows = tuple(tuple(visible(cell).strip() for cell in row) for row in table(text))
    return [Sheet("", rows, notes=damaged(text))]


def filled(
    rows: list[list[str]], areas: list[tuple[int, int, int, int]]
) -> tuple[tuple[tuple[str, ...], ...], frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """The rows with every merged area filled, the places filled, and those under an area's first row."""
    wide, below = set(), set()
    for top, bottom, left, right in areas:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, len(rows[row]) - 1) + 1):
                if (row, column) != (top, left):
                    rows[row][column] = value
                    wide.add((row, column))
                if row > top:
                    below.add((row, column))
    return tuple(map(tuple, rows)), frozenset(wide), frozenset(below)


def printed(value: object) -> str:
    """A cell as a person reads it: whole numbers without “.0”, dates as 2024-03-05, blanks trimmed."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.time() != time() else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return visible(re.sub(r"_x000[dD]_", "", str(value)).replace("\r\n", "\n").replace("\r", "\n")).strip()


SHEETS: dict[str, Callable[[bytes], list[Sheet]]] = {".xlsx": xlsx, ".xls": xls, ".csv": delimited}
