"""Ruled tables of a page: the lines inside a grid put together as rows of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.glyphs import closed_up
from pipeline.extract.grid import Cell, Grid
from pipeline.extract.pages import Line, Page
from pipeline.extract.paragraphs import glued, joined
from pipeline.figures.ordinals import leads
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
    for inside in _by_row(table):
        cells = [""] * table.columns
        for number, cell in inside:
            cells[cell.column] = _text(held.get(number, []), cell.box[2] - cell.box[0], page)
        if any(cells):
            low = min(cell.box[3] for _, cell in inside)
            box = (table.box[0], inside[0][1].box[1], table.box[2], low)
            rows.append(Line("\t".join(filter(None, cells)), *box, tuple(cells)))
    return rows


def _by_row(table: Grid) -> list[list[tuple[int, Cell]]]:
    """The cells of a grid with their numbers, by the row in which they begin."""
    rows: list[list[tuple[int, Cell]]] = [[] for _ in range(table.rows)]
    for number, cell in enumerate(table.cells):
        rows[cell.row].append((number, cell))
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
    """Tables that run over page ends: the repeated head taken off, a row that goes on put together."""
    made: list[Page] = []
    heads: list[str] = []
    head: tuple[str, ...] = ()
    last = 0
    for page in pages:
        lines = list(page.lines)
        before = made[last].lines if made else ()
        goes_on = bool(lines and before and lines[0].cells and before[-1].cells)
        if goes_on:
            if len(lines) > 1 and lines[1].cells and lines[0].cells == head:
                heads.append(lines.pop(0).text)
            whole = _whole(before, lines)
            if whole is not None:
                made[last] = replace(made[last], lines=(*before[:-1], whole))
                del lines[0]
        made.append(replace(page, lines=tuple(lines)))
        if lines:
            first = _first_row(lines)
            head = head if goes_on and first == 0 else lines[first].cells
            last = len(made) - 1
    return made, [Removal("\n".join(heads), "各页重复的表头")] if heads else []


def _first_row(lines: Sequence[Line]) -> int:
    """Where the table at the end of a page begins."""
    first = len(lines) - 1
    while first and lines[first - 1].cells and len(lines[first - 1].cells) == len(lines[-1].cells):
        first -= 1
    return first


def _whole(before: Sequence[Line], lines: Sequence[Line]) -> Line | None:
    """The last row of a page with what the next page adds to it, None where the next row is one of its own."""
    row, more = before[-1].cells, lines[0].cells
    filled = [n for n, text in enumerate(more) if text]
    if len(filled) == 1 and (len(more) == len(row) or not more[0]):
        place = filled[0] if len(more) == len(row) else max(n for n, text in enumerate(row) if text)
        if len(row[place]) >= _LONG:
            cells = [_more(text, more[filled[0]]) if n == place else text for n, text in enumerate(row)]
            return _row(before[-1], cells)
    return _row(before[-1], map(_more, row, more)) if _is_rest(row, more, (*before[:-1], *lines[1:])) else None


def _is_rest(row: Sequence[str], more: Sequence[str], others: Sequence[Line]) -> bool:
    """Whether the first row of a page holds the last lines of cells above: no number, and not all cells go on.

    Where other rows have no first cell either, it is one that holds for several rows.
    """
    if len(more) != len(row) or more[0] or not row[0]:
        return False
    pairs = list(zip(row[1:], more[1:], strict=True))
    longer = all(len(text) >= len(rest) for text, rest in pairs)
    return longer and any(text and not rest for text, rest in pairs) and all(o.cells[0] for o in others if o.cells)


def _more(text: str, rest: str) -> str:
    """A cell with its last lines; one that begins a paragraph stays one."""
    if not text or not rest:
        return text or rest
    return f"{text}\n{rest}" if text.endswith(("。", "：", "；")) or leads(rest) else glued(text, rest)


def _row(line: Line, cells: Iterable[str]) -> Line:
    made = tuple(cells)
    return replace(line, text="\t".join(filter(None, made)), cells=made)
