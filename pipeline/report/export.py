"""Rows of the export contract as JSON lines, CSV or a workbook."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from typing import IO, Any

from pipeline.report.rows import Row

RISKY = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_000


def jsonl(rows: Iterable[Row], out: IO[bytes]) -> None:
    """One JSON object a line, UTF-8."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def csv_table(rows: Iterable[Row], out: IO[bytes]) -> None:
    """UTF-8 with BOM, so that Excel opens it rightly; lists as JSON; text never becomes a formula."""
    table = list(rows)
    names = list(dict.fromkeys(name for row in table for name in row))
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in table)
    out.write(buffer.getvalue().encode("utf-8-sig", "replace"))


def xlsx_table(rows: Iterable[Row], out: IO[bytes]) -> None:
    """One plain sheet; text is written as text."""
    import xlsxwriter

    table = list(rows)
    names = list(dict.fromkeys(name for row in table for name in row))
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("导出")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name)
            for line, row in enumerate(table, start=1):
                sheet.write_string(line, column, str(_text(row.get(name)))[:CELL_LIMIT])


FORMATS: dict[str, Callable[[Iterable[Row], IO[bytes]], None]] = {
    "jsonl": jsonl,
    "csv": csv_table,
    "xlsx": xlsx_table,
}


def write(rows: Iterable[Row], form: str, path: Path) -> None:
    """Write the rows to a file in one of `FORMATS`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        FORMATS[form](rows, out)


def _text(value: Any) -> Any:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _cell(value: Any) -> Any:
    text = _text(value)
    return "'" + text if isinstance(text, str) and text.startswith(RISKY) else text
