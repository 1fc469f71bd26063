"""Cells out of ruling lines: what closes around a piece of a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.rules import Rule, Rules

_NEAR = 2.5
_GAP = 4.5
_MOST = 300
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """A closed cell: its first row and column in the grid, and its place (left, top, right, bottom)."""

    row: int
    column: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the places of its rules, its closed cells, and which of these holds each place of the grid.

    `drawn` is false where the edges of filled boxes had to help.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    owners: tuple[tuple[int | None, ...], ...]
    drawn: bool = True

    @property
    def box(self) -> Box:
        """The place of the table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def rows(self) -> int:
        """The number of rows that the rules make."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """The number of columns that the rules make."""
        return len(self.xs) - 1

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell that holds a point, None where none does; the outer edge counts as inside."""
        if not (self.xs[0] - 2 <= x <= self.xs[-1] + 2 and self.ys[0] - 2 <= y <= self.ys[-1] + 2):
            return None
        row = self.owners[bisect_right(self.ys, y, 1, len(self.ys) - 1) - 1]
        return row[bisect_right(self.xs, x, 1, len(self.xs) - 1) - 1]


def grids(rules: Rules) -> list[Grid]:
    """The tables that rules close around, from the top down; the edges of filled boxes help where rules do not do.

    A grid has two cells side by side at least: a frame around a text is none.
    """
    found = _grids(rules.across, rules.down)
    if found or len(rules.boxes) < 4:
        return found
    sides = [(*rules.across, *(edge for box in rules.boxes for edge in box[:2]))]
    ends = [(*rules.down, *(edge for box in rules.boxes for edge in box[2:]))]
    found = _grids(sides[0], ends[0])
    return [replace(grid, drawn=False) for grid in found if len(grid.cells) > grid.rows * grid.columns * 0.6]


def _grids(across: Iterable[Rule], down: Iterable[Rule]) -> list[Grid]:
    rows, columns = _united(across), _united(down)
    if len(rows) < 2 or len(columns) < 2 or crowded(rows, columns):
        return []
    made = [_grid(*part) for part in _parts(rows, columns)]
    return sorted((grid for grid in made if grid is not None), key=lambda grid: grid.box[1])


def crowded(across: Sequence[Rule], down: Sequence[Rule]) -> bool:
    """Whether a page has more rules than tables have."""
    return max(len(across), len(down)) > _MOST


def _united(rules: Iterable[Rule]) -> list[Rule]:
    """Rules with those on one line put together: double rules, dashes, and the borders of single cells."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    made = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        spans: list[list[float]] = []
        for rule in sorted(line, key=lambda rule: rule.start):
            if spans and rule.start - spans[-1][1] <= _GAP:
                spans[-1][1] = max(spans[-1][1], rule.end)
            else:
                spans.append([rule.start, rule.end])
        made += [Rule(at, start, end) for start, end in spans if end - start > 6]
    return made


def _parts(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules that hang together by crossing."""
    group = list(range(len(across) + len(down)))

    def top(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    sides = [(column.at, column.start - _NEAR, column.end + _NEAR) for column in down]
    for n, row in enumerate(across):
        left, right, at = row.start - _NEAR, row.end + _NEAR, row.at
        for m, (x, start, end) in enumerate(sides):
            if left <= x <= right and start <= at <= end:
                group[top(n)] = top(len(across) + m)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate((*across, *down)):
        parts.setdefault(top(n), ([], []))[n >= len(across)].append(rule)
    return [part for part in parts.values() if len(part[0]) > 1 and part[1]]


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """The closed cells of rules that hang together, None where there are no two side by side."""
    down = _sided(across, down)
    xs, ys = _places(down), _places(across)
    if len(xs) < 3 or len(ys) < 2:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    middles = [(x + x2) / 2 for x, x2 in pairwise(xs)], [(y + y2) / 2 for y, y2 in pairwise(ys)]
    left = list(zip(*_walls(down, xs, middles[1]), strict=True))
    upper = _walls(across, ys, middles[0])
    cells: list[Cell] = []
    owners: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    for area in sorted(_areas(left, upper), key=min):
        top, first = min(area)[0], min(i for _, i in area)
        low, last = max(area)[0] + 1, max(i for _, i in area) + 1
        for j, i in area:
            owners[j][i] = len(cells)
        cells.append(Cell(top, first, (xs[first], ys[top], xs[last], ys[low])))
    if len({cell.column for cell in cells}) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(cells), tuple(map(tuple, owners)))


def _sided(across: list[Rule], down: list[Rule]) -> list[Rule]:
    """The upright rules, with the sides of a table that is open left and right."""
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    top, low = min(rule.at for rule in across), max(rule.at for rule in across)
    added = []
    for edge, end in ((left, "start"), (right, "end")):
        reached = sum(abs(getattr(rule, end) - edge) <= _NEAR for rule in across)
        if reached >= 3 and not any(abs(rule.at - edge) <= _NEAR * 2 for rule in down):
            added.append(Rule(edge, top, low))
    return [*down, *added]


def _places(rules: Sequence[Rule]) -> list[float]:
    return sorted({rule.at for rule in rules})


def _walls(rules: Sequence[Rule], places: Sequence[float], middles: Sequence[float]) -> list[list[bool]]:
    """For each place of rules, whether one runs past each of the middles between the rules that cross it."""
    spans: dict[float, list[tuple[float, float]]] = {place: [] for place in places}
    for rule in rules:
        spans[rule.at].append((rule.start - _NEAR, rule.end + _NEAR))
    return [[any(start <= middle <= end for start, end in spans[place]) for middle in middles] for place in places]


def _areas(left: Sequence[Sequence[bool]], upper: Sequence[Sequence[bool]]) -> list[list[tuple[int, int]]]:
    """The areas that no wall parts, as grid places (row, column); one that is open to the outside is none."""
    rows, columns = len(left), len(upper[0])
    seen: set[tuple[int, int]] = set()
    areas = []
    for start in ((j, i) for j in range(rows) for i in range(columns)):
        if start in seen:
            continue
        area, stack, closed = [], [start], True
        seen.add(start)
        while stack:
            j, i = place = stack.pop()
            area.append(place)
            walls = (upper[j][i], upper[j + 1][i], left[j][i], left[j][i + 1])
            for wall, near in zip(walls, ((j - 1, i), (j + 1, i), (j, i - 1), (j, i + 1)), strict=True):
                if wall or near in seen:
                    continue
                if not (0 <= near[0] < rows and 0 <= near[1] < columns):
                    closed = False
                    continue
                seen.add(near)
                stack.append(near)
        if closed:
            areas.append(area)
    return areas
