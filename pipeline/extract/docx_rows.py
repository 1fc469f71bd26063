"""Word's tables as rows of cells on their grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.extract.docx_lines import P
from pipeline.extract.styles import W
from pipeline.records import Block, Removal

TABLE = W + "tbl"
_ROW, _CELL = W + "tr", W + "tc"
_APART = frozenset(("note", "comment"))
_UNMERGED: dict[str, str] = {}
_WIDEST = 100
_LETTER = re.compile("[一-鿿（）()]")


class Rows:
    """The rows of one table by grid column; a merged cell holds its text once, its other places are empty.

    `shapes` says how rows and cells are merged; `removed` is the text that a merged cell covers.
    """

    def __init__(self, shapes: Mapping[Any, Mapping[str, str]], read: Callable[[Any], list[Block]]) -> None:
        self._shapes, self._read = shapes, read
        self._tall: set[int] = set()
        self.removed: list[Removal] = []

    def of(self, table: Any) -> list[Block]:
        """The rows that hold text, each followed by its notes."""
        rows: list[Block] = []
        for row in _inside(table, _ROW):
            cells = [""] * _small(self._shapes.get(row, _UNMERGED).get("gridBefore"), 0)
            apart: list[Block] = []
            for cell in _inside(row, _CELL):
                shape = self._shapes.get(cell, _UNMERGED)
                text = self._text(cell, apart)
                if self._goes_on(shape.get("vMerge"), len(cells)) and text:
                    self.removed.append(Removal(text, "合并单元格里盖住的文字"))
                    text = ""
                cells += [text, *[""] * (_small(shape.get("gridSpan"), 1) - 1)]
            if any(cells):
                rows.append(Block("\t".join(filter(None, cells)), "row", cells=tuple(cells)))
            rows += apart
        return rows

    def _text(self, cell: Any, apart: list[Block]) -> str:
        """The text of a cell; its notes are put aside."""
        blocks = self._read(cell)
        apart += [block for block in blocks if block.role in _APART]
        lines = [block.text for block in blocks if block.role not in _APART]
        downwards = len(lines) > 1 and all(_LETTER.fullmatch(line) for line in lines if line)
        return ("" if downwards else "\n").join(lines).strip()

    def _goes_on(self, merged: str | None, column: int) -> bool:
        """Whether a cell is the lower part of one that began in a row above."""
        if merged is None:
            self._tall.discard(column)
            return False
        below = merged != "restart" and column in self._tall
        self._tall.add(column)
        return below


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """The rows or cells of a table, those inside content controls and insertions included, nested tables not."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in {TABLE, _ROW, _CELL, P}:
            yield from _inside(child, tag)


def _small(text: str | None, usual: int) -> int:
    return min(int(text), _WIDEST) if text and text.isdecimal() else usual
