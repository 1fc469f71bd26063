"""Labelled values: a table form's cells and a head's “提案人：…” lines, under the register's canonical fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.profile import Profile
from pipeline.records import Block, Document
from pipeline.text import squeezed

_BLANKS = r"[ \u3000]*"
_BEFORE = " \u3000\t，；;|（(【】"
_OWN_MARK = re.compile(r"【")
_RUN_TOGETHER = 3
_OTHER = "（其他栏）"
_HEAD_LINES = 30
_LONG = 80


def labelled(document: Document, profile: Profile) -> dict[str, str]:
    """The values of a document's form under the field names of columns.csv (编号, 案由 …); the first one counts."""
    known = _fields(tuple(sorted(profile.columns.items())), profile.wording["表格栏名"])
    found: dict[str, str] = {}
    rows = [block for block in document.blocks if block.role == "row" and block.cells]
    for label, value in [*_of_rows(rows, known), *_of_lines(document.text, known)]:
        if value and label != _OTHER:
            found.setdefault(label, value)
    return found


@lru_cache(maxsize=8)
def _fields(columns: tuple[tuple[str, tuple[str, ...]], ...], others: tuple[str, ...]) -> dict[str, str]:
    known = dict.fromkeys(map(squeezed, others), _OTHER)
    return known | {squeezed(name): field for field, names in columns for name in names}


def _field(cell: str, known: dict[str, str]) -> str:
    return known.get(squeezed(cell).strip("：:"), "")


def _of_rows(rows: list[Block], known: dict[str, str]) -> Iterator[tuple[str, str]]:
    grid = [_distinct(row.cells) for row in rows]
    for place, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            field = _field(cell, known)
            if field:
                yield field, _beside(cells, column, known) or _beneath(grid[place:], column, known)
            else:
                yield from _of_lines(cell, known)


def _distinct(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a row, empty where a merged cell repeats the one before."""
    return tuple("" if place and cell == cells[place - 1] else cell.strip() for place, cell in enumerate(cells))


def _beside(cells: tuple[str, ...], column: int, known: dict[str, str]) -> str:
    """The next filled cell to the right of a label, unless that is a label too."""
    right = next((cell for cell in cells[column + 1 :] if cell), "")
    return "" if _field(right, known) else right


def _beneath(grid: list[tuple[str, ...]], column: int, known: dict[str, str]) -> str:
    """The cells below a label in a table whose labels stand side by side, down to the next label or gap."""
    found: list[str] = []
    for cells in grid[1:]:
        cell = cells[column] if len(cells) == len(grid[0]) else ""
        if not cell or _field(cell, known) or _field(cells[0], known) or len(cell) > _LONG:
            break
        found.append(cell)
    return "、".join(found)


def _of_lines(text: str, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The labelled values of a text's first lines; labels in mid-line count where three or more run together."""
    label = _pattern(tuple(known))
    for line in text.split("\n")[:_HEAD_LINES]:
        marks = list(label.finditer(line))
        if len(marks) < _RUN_TOGETHER:
            marks = [mark for mark in marks if mark.start() == 0 or line[mark.start() - 1] in _BEFORE]
        for place, mark in enumerate(marks):
            end = marks[place + 1].start() if place + 1 < len(marks) else len(line)
            value = _OWN_MARK.split(line[mark.end() : end])[0].strip(" \u3000，；;|（(\t")
            if value.endswith("的") and place + 1 < len(marks):
                value += line[end : end + 2]
            if len(value) <= _LONG:
                yield known[squeezed(mark[1])], value


@lru_cache(maxsize=8)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """The labels with a colon, longest first, blanks allowed inside (案　由：)."""
    longest = sorted(labels, key=len, reverse=True)
    return re.compile(f"({'|'.join(_BLANKS.join(map(re.escape, label)) for label in longest)}){_BLANKS}[：:]")
