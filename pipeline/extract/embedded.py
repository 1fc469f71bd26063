"""Registers inside other papers: a hand-over list as a table of a Word file, a PDF or a page, or as tabbed text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.extract import delimited, register_rows
from pipeline.extract.draft import Draft
from pipeline.extract.finish import finished
from pipeline.extract.header import known_names
from pipeline.extract.register import Columns, tables_of
from pipeline.extract.sheets import Sheet
from pipeline.profile import Profile
from pipeline.records import BODY_ROLES, Block, Document, Failure, File, Kind
from pipeline.text import normal

_LETTERS: frozenset[Kind] = frozenset({"答复", "会办意见", "讲话"})
_FEWEST = 2
_TITLE = re.compile(r"(?:第?\d{1,5}号\s*)?(?:关于.{4,}|.{4,}(?:建议|提案|议案)(?:（.{0,30}）)?)", re.S)
_ENDS = re.compile(r"(?:建议|提案|议案)(?:（[^）]{0,30}）)?$")
_CAPTIONS = 4


def documents(file: File, draft: Draft, profile: Profile) -> list[Document | Failure]:
    """The documents of a draft, and an item for every row of a register among its tables.

    A letter or speech keeps its tables to itself. A paper that holds a register is no submission of its own.
    """
    table = _tabbed(draft)
    if table is not None and _is_register(table, profile):
        return register_rows.documents(file, [table], profile)
    found = finished(file, draft, profile)
    if not found or found[0].kind in _LETTERS:
        return list(found)
    items: list[Document | Failure] = []
    for number, sheet in enumerate(_sheets(draft), 1):
        if _is_register(sheet, profile):
            items += register_rows.documents(replace(file, source=f"{file.source}!表{number}"), [sheet], profile)
    if not items:
        return list(found)
    told = f"文中的表是登记表，其中 {sum(isinstance(item, Document) for item in items)} 件已逐件读取"
    host = replace(found[0], warnings=(*found[0].warnings, told))
    return [replace(host, kind="其他") if host.kind in {"建议", "提案"} else host, *found[1:], *items]


def _tabbed(draft: Draft) -> Sheet | None:
    """A plain text most lines of which are cells parted by tabs, as a sheet."""
    lines = [block.text for block in draft.blocks if block.text.strip()]
    if not draft.flowing or sum("\t" in line for line in lines) * 5 < len(lines) * 3:
        return None
    return Sheet("", tuple(tuple(map(str.strip, row)) for row in delimited.table("\n".join(lines))))


def _sheets(draft: Draft) -> Iterator[Sheet]:
    """The tables of a draft, each with the short lines above it as its captions, a row of one cell each."""
    above: list[str] = []
    blocks = [block for block in draft.blocks if block.role in BODY_ROLES]
    for (is_row, _), group in groupby(blocks, key=_shape):
        rows = [_cells(block) for block in group]
        if is_row and len(rows) > _FEWEST:
            width = max(map(len, rows))
            rows = [(*row, *[""] * (width - len(row))) for row in rows]
            yield Sheet("", tuple(_mended(rows)), captions=tuple(above[-_CAPTIONS:]))
        if not is_row:
            above = [row[0] for row in rows if len(row[0]) <= 60]


def _mended(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows with one that a page end cut put together: its rest has a blank first cell and ends a title."""
    made: list[tuple[str, ...]] = []
    for row in rows:
        rest = [place for place, cell in enumerate(row) if cell]
        cut = bool(made) and len(made[-1]) == len(row) and row[0] == "" and len(rest) * 2 < len(row)
        if cut and any(_ENDS.search(row[place]) and _begins(made[-1][place]) for place in rest):
            made[-1] = tuple(map("".join, zip(made[-1], row, strict=True)))
        else:
            made.append(row)
    return made


def _begins(cell: str) -> bool:
    """Whether a cell holds the beginning of a title only."""
    return bool(cell) and not _ENDS.search(cell)


def _shape(block: Block) -> tuple[bool, int]:
    """Whether a block is a line of a table, and of how many cells: tables of one kind follow each other."""
    cells = _cells(block)
    return len(cells) > 1, len(cells) if block.cells else 0


def _cells(block: Block) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in block.cells or block.text.split("\t"))


def _is_register(sheet: Sheet, profile: Profile) -> bool:
    """Whether a table names its columns and lists items: titles that differ, most worded as titles are."""
    tables = tables_of(sheet, profile)
    return any(_lists(sheet.rows[table.first : table.last], table, profile) for table in tables)


def _lists(rows: Sequence[Sequence[str]], columns: Columns, profile: Profile) -> bool:
    place = columns.places.get("title")
    if place is None or columns.doubts or not {"number", "lead", "proposers"} & columns.places.keys():
        return False
    known = known_names(profile)
    titles = [row[place] for row in rows if place < len(row) and row[place]]
    worded = [title for title in titles if _TITLE.fullmatch(title) and normal(title) not in known]
    return len(set(titles)) >= _FEWEST and len(worded) * 5 >= len(titles) * 3
