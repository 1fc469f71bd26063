"""Lists printed in two or three columns side by side, taken apart into one table below the other's captions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extract.sheets import Sheet
from pipeline.text import normal, squeezed

_SEARCHED = 15
_MARKS = ("", "第二栏", "第三栏")


def sides(sheet: Sheet, known: Mapping[str, str]) -> list[tuple[str, Sheet]]:
    """The tables that stand side by side under repeated names, with a mark for each; else the sheet alone."""
    for index, row in enumerate(sheet.rows[:_SEARCHED]):
        places = [column for column, cell in enumerate(row) if cell]
        names = [squeezed(row[column]) for column in places]
        for times in (2, 3):
            if _repeats(names, times) and sum(normal(name) in known for name in names[: len(names) // times]) > 1:
                starts = [0, *(places[len(places) // times * part] for part in range(1, times))]
                ends = [*starts[1:], len(row)]
                return [
                    (mark, _part(sheet, index, start, end))
                    for mark, start, end in zip(_MARKS, starts, ends, strict=False)
                ]
    return [("", sheet)]


def _repeats(names: Sequence[str], times: int) -> bool:
    size = len(names) // times
    return size > 1 and len(set(names)) == size and list(names) == list(names[:size]) * times


def _part(sheet: Sheet, head: int, start: int, end: int) -> Sheet:
    """The columns from `start` to before `end`; the captions above the `head` belong to every part."""
    rows = [row[start:end] for row in sheet.rows]
    for index in range(head):
        if start and not any(rows[index]) and any(sheet.rows[index]):
            caption = next(cell for cell in sheet.rows[index] if cell)
            rows[index] = (caption, *[""] * (end - start - 1))
    return replace(sheet, rows=tuple(rows), wide=_moved(sheet.wide, start, end), below=_moved(sheet.below, start, end))


def _moved(places: frozenset[tuple[int, int]], start: int, end: int) -> frozenset[tuple[int, int]]:
    return frozenset((row, column - start) for row, column in places if start <= column < end)
