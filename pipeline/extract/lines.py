"""The lines of a register under its header: items, lines that go on with the item above, closing lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.extract.register import Columns
from pipeline.extract.sheets import Sheet
from pipeline.profile import Profile
from pipeline.records import Entry
from pipeline.text import normal, squeezed

_DATES = ("handed_over", "replied")
_HEADS = ("number", "title")
_GOES_ON = frozenset({"lead", "co", "proposers", "cosigners", "delegation"})
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One item: the number of its (first) line as a person sees it in Excel, and what it says.

    `closing` marks a line that is no item: a sum, a note, the name of a class over the lines that follow.
    """

    number: int
    entry: Entry
    cells: tuple[str, ...]
    lines: int = 1
    closing: bool = False


def rows_of(sheet: Sheet, columns: Columns, profile: Profile) -> Iterator[Row]:
    """The items under the header, each with the lines that go on with it; blank lines and repeated headers left out."""
    head = set(columns.names) - {""}
    group: list[int] = []
    for index in range(columns.first, len(sheet.rows)):
        filled = {squeezed(cell) for cell in sheet.rows[index] if cell.strip()}
        if not filled or (len(filled) > 1 and filled <= head):
            continue
        if group and group[-1] == index - 1 and _goes_on(sheet, columns, index):
            group.append(index)
            continue
        if group:
            yield _row(sheet, columns, group)
        group = []
        if _closes(sheet, columns, index, profile.words("表尾行词")):
            yield Row(index + 1, Entry(), sheet.rows[index], closing=True)
        else:
            group = [index]
    if group:
        yield _row(sheet, columns, group)


def _goes_on(sheet: Sheet, columns: Columns, index: int) -> bool:
    """Whether a line belongs to the item above: its number and title are merged with those above or left out."""
    row = sheet.rows[index]
    places = [columns.places[name] for name in _HEADS if name in columns.places]
    merged = [place for place in places if (index, place) in sheet.below]
    blank = [place for place in places if place >= len(row) or not row[place].strip()]
    if merged and len(merged) + len(blank) == len(places):
        return True
    filled = {name for name, place in columns.places.items() if place < len(row) and row[place].strip()}
    short = all(len(cell) <= _SHORT for cell in row)
    return bool(places) and len(blank) == len(places) and bool(filled) and filled <= _GOES_ON and short


def _closes(sheet: Sheet, columns: Columns, index: int, words: Sequence[str]) -> bool:
    """Whether a line is no item: one text over the whole width, or one that begins with a closing word."""
    row = sheet.rows[index]
    cells = [squeezed(cell) for cell in row if cell.strip()]
    across = len(set(cells)) == 1 and any((index, column) in sheet.wide for column in range(1, len(row)))
    alone = len(cells) == 1 and not any(_cell(row, columns.places.get(name)) for name in ("title", "body", "reply"))
    return across or alone or _closing(tuple(words)).match(cells[0]) is not None


@cache
def _closing(words: tuple[str, ...]) -> re.Pattern[str]:
    """A cell that is a closing word alone, or with what it introduces."""
    return re.compile(rf"[（(【\[]?(?:{'|'.join(map(re.escape, words))})(?:[）)】\]]?$|[：:（(]|\s*\d+[、.．]?|共)")


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _row(sheet: Sheet, columns: Columns, group: Sequence[int]) -> Row:
    rows = [sheet.rows[index] for index in group]
    values = {}
    for name, place in columns.places.items():
        cells = [_cell(row, at) for row in rows for at in (place, *columns.more.get(name, ()))]
        values[name] = _value(name, _together(cells, "\n" if name in {"body", "reply"} else "；"))
    return Row(group[0] + 1, Entry(**values), rows[0], len(group))


def _together(cells: Sequence[str], mark: str) -> str:
    """Cells in order, each once; one that is part of another is not said twice."""
    found: list[str] = []
    for cell in cells:
        if cell and not any(normal(cell) in normal(before) for before in found):
            found = [before for before in found if normal(before) not in normal(cell)] + [cell]
    return mark.join(found)


def _value(field: str, text: str) -> str:
    """A cell as printed; a date kept as a serial number becomes the day that it stands for."""
    if field in _DATES and re.fullmatch(r"[2-6]\d{4}(\.\d+)?", text):
        return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()
    return text
