"""Sheets that hold one item each as a form: a column of names with their values beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.header import known_names
from pipeline.extract.lines import Row
from pipeline.extract.sheets import Sheet
from pipeline.profile import Profile
from pipeline.records import Entry
from pipeline.text import normal, squeezed

_FEWEST = 3
_LABEL = 14


def items(sheet: Sheet, profile: Profile) -> list[Row]:
    """The items of a sheet filled in as forms, none where it is no form.

    A form names three fields, the title or text among them; a name that comes again begins the next form.
    """
    known = known_names(profile)
    found: list[tuple[int, dict[str, str], tuple[str, ...]]] = []
    for number, row in enumerate(sheet.rows, 1):
        for name, value in _pairs(row, known):
            if not found or name in found[-1][1]:
                found.append((number, {}, row))
            found[-1][1][name] = value
    forms = [_row(number, Entry(**values), row) for number, values, row in found if _is_form(values)]
    return forms if len(forms) == len(found) else []


def _row(number: int, entry: Entry, cells: tuple[str, ...]) -> Row:
    return Row(number, entry, cells, replies=((number, entry),) if entry.reply else ())


def _pairs(row: Sequence[str], known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The named values of a line: a name and the next cell that says something else and is no name."""
    cells = [cell for place, cell in enumerate(row) if cell and (place == 0 or cell != row[place - 1])]
    names = [known.get(normal(squeezed(cell)), "") if len(cell) <= _LABEL else "" for cell in cells]
    for place, name in enumerate(names):
        if name and place + 1 < len(cells) and not names[place + 1]:
            yield name, cells[place + 1]


def _is_form(values: dict[str, str]) -> bool:
    return len(values) >= _FEWEST and bool({"title", "body"} & values.keys())
