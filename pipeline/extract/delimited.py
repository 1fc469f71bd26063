"""CSV and its kin as one table: which separator, and quotes that nobody closed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from pipeline.errors import UnreadableFile

_MARKS = ",\t;|"
_CHINESE = "，"
_QUOTING: tuple[Literal[0, 3], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
_LOOKED_AT = 60
_SWALLOWED = 3
"""So many lines inside one cell, each with as many separators as the table's rows, are rows that a quote swallowed."""


def table(text: str) -> list[list[str]]:
    """The rows of a delimited text, a quote that nobody closed read as a character like any other.

    >>> table("编号;标题\\n1;关于修桥，修路的建议\\n")
    [['编号', '标题'], ['1', '关于修桥，修路的建议']]
    """
    csv.field_size_limit(2**24)
    mark = separator(text)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
        if any(_swallowed(rows, mark)):
            plain = list(csv.reader(io.StringIO(text), delimiter=mark, quoting=csv.QUOTE_NONE))
            rows = plain if _even(plain) >= _even(rows) else rows
    except csv.Error as error:
        raise UnreadableFile("表格文件已损坏，读不出行列", "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后再试") from error
    return rows


def separator(text: str) -> str:
    """The mark that parts most lines into the same number of cells; the Chinese comma only where no other does."""
    lines = list(islice((line for line in io.StringIO(text) if line.strip()), _LOOKED_AT))
    scores = {mark: max(_regular(lines, mark, quoting) for quoting in _QUOTING) for mark in _MARKS}
    best = max(_MARKS, key=lambda mark: scores[mark])
    return best if scores[best][0] > 1 or _CHINESE not in "".join(lines[:1]) else _CHINESE


def _regular(lines: Iterable[str], mark: str, quoting: Literal[0, 3]) -> tuple[int, int]:
    """How many lines have the most usual number of cells (two at least), and that number."""
    try:
        widths = Counter(map(len, csv.reader(lines, delimiter=mark, quoting=quoting)))
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _even(rows: list[list[str]]) -> float:
    """The share of rows of the most usual width: a letter of many lines in quotes is one cell, not uneven rows."""
    widths = Counter(len(row) for row in rows if row)
    return max((n for width, n in widths.items() if width > 1), default=0) / max(widths.total(), 1)


def _swallowed(rows: list[list[str]], mark: str) -> Iterator[bool]:
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    for row in rows:
        for cell in row:
            if cell.count("\n") >= _SWALLOWED and width > 1:
                yield sum(line.count(mark) >= width - 1 for line in cell.split("\n")) >= _SWALLOWED
