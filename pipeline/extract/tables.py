"""Ruled tables of a page: the lines inside a grid put together as rows of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.glyphs import closed_up
from pipeline.extract.grid import Grid
from pipeline.extract.ordinals import leads
from pipeline.extract.pages import Line, Page
from pipeline.extract.paragraphs import glued, joined
from pipeline.records import Removal

_NARROW = 14
_FULL = 0.3
_LONG = 60


def with_tables(page: Page) -> Page:
    """The page with the lines of every grid as rows; a grid with hardly any text in it (a chart) keeps its lines."""
    lines = list(page.lines)
    for table in page.grids:
        lines = _with_rows(lines, table, page)
    return replace(page, lines=tuple(lines))


def _with_rows(lines: list[Line], table: Grid, page: Page) -> list[Line]:
    held: dict[int, list[Line]] = {}
    for line in lines:
        number = None if line.cells else table.cell_at((line.left + line.right) / 2, (line.top + line.bottom) / 2)
        if number is not None:
            held.setdefault(number, []).append(line)
    by_row = Counter(table.cells[number].row for number in held)
    enough = sum(count > 1 for count in by_row.values()) >= (1 if table.drawn else 2)
    if len(held) < len(table.cells) * _FULL or not enough:
        return lines
    gone = {id(line) for part in held.values() for line in part}
    first = next(n for n, line in enumerate(lines) if id(line) in gone)
    kept = [line for line in lines[first:] if id(line) not in gone]
    return [*lines[:first], *_rows(table, held, page), *kept]


def _rows(table: Grid, held: dict[int, list[Line]], page: Page) -> list[Line]:
    """The rows of a grid that hold text; a merged cell has its text once, its other places are empty."""
    rows = []
    for row in range(table.rows):
        cells = [""] * table.columns
        inside = [(n, cell) for n, cell in enumerate(table.cells) if cell.row == row]
        for number, cell in inside:
            cells[cell.column] = _text(held.get(number, []), cell.box[2] - cell.box[0], page)
        if any(cells):
            low = min(cell.box[3] for _, cell in inside)
            box = (table.box[0], inside[0][1].box[1], table.box[2], low)
            rows.append(Line("\t".join(filter(None, cells)), *box, tuple(cells)))
    return rows


def _text(lines: Sequence[Line], width: float, page: Page) -> str:
    """The text of a cell: a narrow one is one line however it wraps, a wide one has paragraphs."""
    if not lines:
        return ""
    if width > max(line.size for line in lines) * _NARROW:
        blocks = joined([replace(page, width=width, lines=tuple(lines))])
        return "\n".join(block.text for block in blocks)
    text = lines[0].text
    for line in lines[1:]:
        text = f"{text}\n{line.text}" if leads(line.text) else glued(text, line.text)
    return closed_up(text)


def continued(pages: Sequence[Page]) -> tuple[list[Page], list[Removal]]:
    """Tables that run over a page end: the repeated head taken off, a cell that goes on put together."""
    made: list[Page] = []
    heads: list[str] = []
    for page in pages:
        lines = list(page.lines)
        before = made[-1].lines if made else ()
        if lines and before and lines[0].cells and before[-1].cells:
            if len(lines) > 1 and lines[1].cells and lines[0].cells == _head(before):
                heads.append(lines.pop(0).text)
            whole = _whole(before[-1], lines[0])
            if whole is not None:
                made[-1] = replace(made[-1], lines=(*before[:-1], whole))
                del lines[0]
        made.append(replace(page, lines=tuple(lines)))
    return made, [Removal("\n".join(heads), "各页重复的表头")] if heads else []


def _head(lines: Sequence[Line]) -> tuple[str, ...]:
    """The first row of the table at the end of a page."""
    first = len(lines) - 1
    while first and lines[first - 1].cells and len(lines[first - 1].cells) == len(lines[-1].cells):
        first -= 1
    return lines[first].cells


def _whole(row: Line, more: Line) -> Line | None:
    """A row with the rest of its long cell from the next page, None where the next row is one of its own."""
    filled = [n for n, text in enumerate(more.cells) if text]
    if len(more.cells) != len(row.cells) or len(filled) != 1 or len(row.cells[filled[0]]) < _LONG:
        return None
    place = filled[0]
    text, rest = row.cells[place], more.cells[place]
    whole = f"{text}\n{rest}" if text.endswith(("。", "：", "；")) or leads(rest) else glued(text, rest)
    cells = (*row.cells[:place], whole, *row.cells[place + 1 :])
    return replace(row, text="\t".join(filter(None, cells)), cells=cells)
