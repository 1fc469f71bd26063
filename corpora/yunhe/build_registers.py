"""Registers (.xlsx) as offices keep them: title across, two-line headers, merged cells, mixed dates."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate

import xlsxwriter
from build_columns import DOWN, SATISFACTION, SHORT, WIDTHS, Column
from build_texts import Item, chinese_day


@dataclass
class Table:
    """One sheet: its name, title, columns, and rows as (item ids, key → value)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    note: str = ""
    spread: bool = False  # one sheet row for each co-unit, all other cells merged down

    @property
    def two_line(self) -> bool:
        return any(lower for _, lower, _ in self.columns)

    @property
    def first(self) -> int:
        """The number, as a person sees it, of the first row of data."""
        return 5 if self.two_line else 4

    def height(self, row: Mapping[str, object]) -> int:
        """How many sheet rows an item takes."""
        return max(1, len(co_units(row))) if self.spread else 1

    def tops(self) -> list[int]:
        """The sheet row (from 1) where each item starts, and after the last the row below it."""
        return list(accumulate((self.height(row) for _, row in self.rows), initial=self.first))


def co_units(row: Mapping[str, object]) -> list[str]:
    """The co-units of a row, one a piece."""
    return [unit for unit in re.split(r"[、，\n]", str(row.get("co", ""))) if unit]


def unit_cell(units: Sequence[str], item: Item) -> str:
    """Unit names as the register of that year writes them; the town's own name for 乡镇人民政府."""
    names = [_unit(unit, item) for unit in units if unit]
    return ("、", "\n", "，")[item.pick(3, "units")].join(names)


def _unit(unit: str, item: Item) -> str:
    place = item.get("delegation").removesuffix("代表团")
    if unit == "乡镇人民政府" and place.endswith(("镇", "乡")):
        return f"{place}人民政府"
    if unit == "街道办事处" and item.get("kind") == "建议" and not place.endswith(("镇", "乡")):
        return f"{place}{unit}"
    if not unit.endswith(("局", "法院", "检察院", "公司", "办")) or unit.startswith("县"):
        return unit
    return f"县{SHORT.get(unit, unit)}" if item.year % 2 == 0 or item.pick(2, "short") else f"县{unit}"


def day_cell(value: object, item: Item) -> object:
    """A day as a real date, or as the text that a clerk typed."""
    if not isinstance(value, date):
        return value or ""
    typed = (None, None, chinese_day(value), f"{value.year}.{value.month}.{value.day}")[item.pick(4, "day")]
    return typed or datetime(value.year, value.month, value.day)


def submission_row(item: Item, reply: Item | None) -> dict[str, object]:
    """The cells of one submission, with lead, co-units and reply for the history."""
    row: dict[str, object] = {
        key: item.get(key) for key in ("kind", "session", "title", "proposers", "cosigners", "delegation")
    }
    number = item.get("number")
    row["number"] = int(number) if number.isdigit() and item.pick(2, "int") else number
    row["body"] = "\n".join(item.paragraphs)
    row["handed_over"] = day_cell(item.fields.get("handed_over"), item)
    row["lead"] = unit_cell([str(item.gold.get("lead", ""))], item)
    row["co"] = unit_cell(list(item.gold.get("co", [])), item)
    return row | (reply_row(reply) if reply else {})


def reply_row(reply: Item, submission: Item | None = None) -> dict[str, object]:
    """The reply's cells; with its submission also number, session, title."""
    row: dict[str, object] = {
        "reply": "\n".join(reply.paragraphs),
        "reply_id": reply.id,
        "label": str(reply.gold.get("label", "")),
        "day": day_cell(reply.fields.get("day"), reply),
        "satisfaction": SATISFACTION.get(str(reply.gold.get("gate", "")), ""),
        "unit": unit_cell([reply.get("unit")], submission or reply),
    }
    if submission:
        row |= {key: submission.get(key) for key in ("number", "session", "title")}
    return row


def workbook(tables: Sequence[Table]) -> bytes:
    """The tables as one .xlsx, the same bytes on every run."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "云禾县人民政府办公室", "created": datetime(2025, 1, 1)})
    forms = {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "cell": book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True}),
        "day": book.add_format({"border": 1, "valign": "vcenter", "num_format": "yyyy/m/d"}),
        "note": book.add_format({"align": "left"}),
    }
    for table in tables:
        _Sheet(book.add_worksheet(table.name), table, forms).write()
    book.close()
    return buffer.getvalue()


class _Sheet:
    def __init__(self, sheet: xlsxwriter.worksheet.Worksheet, table: Table, forms: Mapping[str, object]) -> None:
        self.sheet, self.table, self.forms = sheet, table, forms
        self.last = len(table.columns) - 1
        self.tops = table.tops()

    def write(self) -> None:
        self.sheet.merge_range(0, 0, 0, self.last, self.table.title, self.forms["title"])
        self.sheet.merge_range(1, 0, 1, self.last, "填报单位：县政府督查室", self.forms["note"])
        self._set_up_print()
        self._head()
        for column, (_, _, key) in enumerate(self.table.columns):
            self.sheet.set_column(column, column, WIDTHS.get(key, 16))
            self._column(column, key)
        if self.table.note:
            row = self.tops[-1] - 1
            self.sheet.merge_range(row, 0, row, self.last, self.table.note, self.forms["note"])

    def _set_up_print(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(2, self.table.first - 2)
        for top, below, (_, row) in zip(self.tops, self.tops[1:], self.table.rows, strict=False):
            longest = max(len(str(row.get("body", ""))), len(str(row.get("reply", ""))))
            for line in range(top - 1, below - 1):
                self.sheet.set_row(line, min(400, 18 + longest / 26 * 14) / (below - top))

    def _head(self) -> None:
        columns = self.table.columns
        for index, (upper, lower, _) in enumerate(columns):
            if lower:
                self.sheet.write(3, index, lower, self.forms["head"])
            elif self.table.two_line:
                self.sheet.merge_range(2, index, 3, index, upper, self.forms["head"])
            else:
                self.sheet.write(2, index, upper, self.forms["head"])
        for upper in dict.fromkeys(upper for upper, lower, _ in columns if lower):
            span = [i for i, (name, _, _) in enumerate(columns) if name == upper]
            self.sheet.merge_range(2, span[0], 2, span[-1], upper, self.forms["head"])

    def _column(self, column: int, key: str) -> None:
        if key == "co" and self.table.spread:
            return self._spread(column)
        values = [row.get(key, "") for _, row in self.table.rows]
        joint = [row.get("joint", number) for number, (_, row) in enumerate(self.table.rows)]
        start = 0
        for end in range(1, len(values) + 1):
            if end < len(values) and self._joined(key, values[start], values[end], joint[start] == joint[end]):
                continue
            self._write(self.tops[start] - 1, self.tops[end] - 2, column, values[start])
            start = end
        return None

    def _spread(self, column: int) -> None:
        for top, (_, row) in zip(self.tops, self.table.rows, strict=False):
            for offset, unit in enumerate(co_units(row) or [""]):
                self._write(top - 1 + offset, top - 1 + offset, column, unit)

    def _joined(self, key: str, above: object, below: object, joint: bool) -> bool:
        return key in DOWN and above == below and above != "" and (joint or key == "session")

    def _write(self, first: int, last: int, column: int, value: object) -> None:
        form = self.forms["day" if isinstance(value, datetime) else "cell"]
        if last > first:
            self.sheet.merge_range(first, column, last, column, value, form)
        elif isinstance(value, datetime):
            self.sheet.write_datetime(first, column, value, form)
        else:
            self.sheet.write(first, column, value, form)
