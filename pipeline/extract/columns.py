"""Reading order of a page: columns and side bars told by the gutter between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.extract.pages import Line, Page

_LEAST = 4
_NARROW = 0.78
_STEP = 2.0
_ZONE = 0.1
_STRAY = 0.06
_FULL = 0.7
_WIDE = 8
_MISPLACED = 0.25


@dataclass(frozen=True, slots=True)
class _Column:
    """One side of a gutter: its lines, and whether running text fills it."""

    lines: tuple[Line, ...]
    running: bool


def in_columns(page: Page) -> list[Page]:
    """The page in reading order, as one page for each stretch of a column: left before right, above before below.

    A page without columns stays one, in the order of the file, or by place where that order jumps up and down.
    """
    lines = page.lines
    gutter = _gutter(lines)
    if gutter is None:
        return [replace(page, lines=tuple(by_place(lines))) if _jumps(lines) else page]
    return [
        replace(page, lines=tuple(part), width=max(line.right for line in part) - min(line.left for line in part))
        for part in _stretches(lines, gutter)
    ]


def by_place(lines: Sequence[Line]) -> list[Line]:
    """Lines row by row from the top, each row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and abs(middle - (rows[-1][0].top + rows[-1][0].bottom) / 2) < min(rows[-1][0].size, line.size) * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _jumps(lines: Sequence[Line]) -> bool:
    """Whether the order of the file goes up the page time and again."""
    ups = sum(second.top < first.top - first.size for first, second in itertools.pairwise(lines))
    return len(lines) >= _LEAST and ups > len(lines) * _MISPLACED


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x of the blank strip between two columns, None where the page has none."""
    words = [line for line in lines if not line.cells]
    if len(words) < 2 * _LEAST:
        return None
    left, right = min(line.left for line in words), max(line.right for line in words)
    narrow = [line for line in words if line.right - line.left < (right - left) * _NARROW]
    if len(narrow) < 2 * _LEAST:
        return None
    em = median(line.size for line in narrow)
    for at, wide in _strips(narrow, left, right):
        if wide >= em * 0.8 and _parts(words, at, em):
            return at
    return None


def _strips(lines: Sequence[Line], left: float, right: float) -> list[tuple[float, float]]:
    """The upright strips that hardly any line crosses, as middle and width, the widest first."""
    count = int((right - left) / _STEP) + 1
    cover = [0] * (count + 1)
    for line in lines:
        cover[int((line.left - left) / _STEP)] += 1
        cover[min(int((line.right - left) / _STEP) + 1, count)] -= 1
    covered = list(itertools.accumulate(cover))[:count]
    low, high = int(count * _ZONE), int(count * (1 - _ZONE))
    strips = []
    for free, group in itertools.groupby(range(low, high), key=lambda n: covered[n] <= max(len(lines) * _STRAY, 1)):
        places = list(group)
        if free and places[0] > low and places[-1] < high - 1:
            middle = left + (places[0] + places[-1] + 1) / 2 * _STEP
            strips.append((middle, len(places) * _STEP))
    return sorted(strips, key=lambda strip: -strip[1])


def _parts(lines: Sequence[Line], at: float, em: float) -> bool:
    """Whether a strip parts columns of text, not the cells of a table or the halves of a form."""
    first, second = (_column(side, em) for side in _sides(lines, at))
    if min(len(first.lines), len(second.lines)) < _LEAST:
        return False
    if first.running and second.running:
        return True
    if not (first.running or second.running):
        return False
    text, bar = (first, second) if first.running else (second, first)
    level = sum(any(abs(line.bottom - other.bottom) < 2 for other in text.lines) for line in bar.lines)
    return level < len(bar.lines) * 0.6


def _sides(lines: Sequence[Line], at: float) -> tuple[list[Line], list[Line]]:
    return [line for line in lines if line.right <= at + 1], [line for line in lines if line.left >= at - 1]


def _column(lines: Sequence[Line], em: float) -> _Column:
    if not lines:
        return _Column((), False)
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left >= width * _FULL for line in lines)
    return _Column(tuple(lines), full * 2 >= len(lines) and width >= em * _WIDE)


def _stretches(lines: Sequence[Line], at: float) -> list[list[Line]]:
    """The lines in reading order, parted wherever a line crosses the gutter."""
    found: list[list[Line]] = []
    sides: tuple[list[Line], list[Line]] = [], []
    across: list[Line] = []
    for line in by_place(lines):
        if line.left < at - 1 and line.right > at + 1:
            found += [side for side in sides if side]
            sides = [], []
            across.append(line)
            continue
        if across:
            found.append(across)
            across = []
        sides[line.left >= at - 1].append(line)
    return [*found, *(part for part in (across, *sides) if part)]
