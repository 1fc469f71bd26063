"""Registers that an office system exports as a web page under the name .xls: its tables as sheets."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.extract import limits
from pipeline.extract.sheets import COLUMN_LIMIT, Sheet
from pipeline.extract.web import parsed, span

_BLANK = re.compile(r"[^\S\n]+")


def sheets(data: bytes) -> list[Sheet]:
    """Every table that holds no other table as a sheet, merged areas filled with their value."""
    _, root = parsed(data)
    for end in root.iter("br"):
        end.tail = "\n" + (end.tail or "")
    found = [_sheet(table, f"表{number}") for number, table in enumerate(_tables(root), 1)]
    if not any(sheet.rows for sheet in found):
        raise UnreadableFile("文件是网页，里面没有表格", "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后再试")
    return found


def _tables(root: Any) -> list[Any]:
    return [table for table in root.iter("table") if table.find(".//table") is None]


def _sheet(table: Any, name: str) -> Sheet:
    places: dict[tuple[int, int], str] = {}
    wide, below = set(), set()
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in places:
                column += 1
            text = _BLANK.sub(" ", cell.text_content().replace("\u00a0", " ")).strip()
            down, across = span(cell, "rowspan"), span(cell, "colspan")
            if len(places) + down * across > limits.MERGED:
                raise UnreadableFile(
                    "表格里合并的区域过大", "文件可能已损坏或有害；请用 Excel 打开，另存为 .xlsx 后再试"
                )
            for place in (
                product(range(row, row + down), range(column, column + across)) if column < COLUMN_LIMIT else ()
            ):
                places[place] = text
                wide |= {place} if place != (row, column) else set()
                below |= {place} if place[0] > row else set()
            column += across
    height = len(table.findall(".//tr"))
    width = max((column + 1 for _, column in places), default=0)
    rows = tuple(tuple(places.get((row, column), "") for column in range(width)) for row in range(height))
    return Sheet(name, rows, frozenset(wide), frozenset(below))
