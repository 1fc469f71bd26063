"""Registers: one table row a submission, a reply, or both; columns known by the office's usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.extract.sheets import Sheet
from pipeline.profile import Profile
from pipeline.records import Entry
from pipeline.text import normal, squeezed

FIELDS = {
    "类型": "kind", "编号": "number", "届次": "session", "年度": "year", "案由": "title", "内容": "body",
    "提出人": "proposers", "附议人": "cosigners", "代表团": "delegation", "会议期间": "between", "类别": "topic",
    "主办": "lead", "会办": "co", "交办日期": "handed_over", "答复内容": "reply", "答复日期": "replied",
    "办理结果": "label", "满意度": "satisfaction",
}  # fmt: skip
_DATES = ("handed_over", "replied")
_SEARCHED = 15
_NAME_LIMIT = 60
_NOTE = re.compile(r"[（(【\[].*?[）)】\]]|[*＊:：]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a sheet's fields stand: `first` is the index of the first data row, `unknown` the names not recognised."""

    first: int
    places: Mapping[str, int]
    names: tuple[str, ...]
    unknown: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: the number that a person sees in Excel, and what it says."""

    number: int
    entry: Entry
    cells: tuple[str, ...]


def columns_of(sheet: Sheet, profile: Profile) -> Columns | None:
    """The columns of a sheet, None where no row of its head names at least two known ones."""
    known = _known(profile)
    best: Columns | None = None
    for index in range(min(_SEARCHED, len(sheet.rows))):
        for depth in (1, 2, 3):
            found = _header(sheet, index, depth, known)
            if found and (best is None or len(found.places) > len(best.places)):
                best = found
    return best


def _known(profile: Profile) -> dict[str, str]:
    return {normal(name): FIELDS[field] for field, names in profile.columns.items() for name in (field, *names)}


def _header(sheet: Sheet, index: int, depth: int, known: Mapping[str, str]) -> Columns | None:
    """The columns under a header of `depth` lines that begins at a row."""
    lines = sheet.rows[index : index + depth]
    if len(lines) < depth or max(len(cell) for line in lines for cell in (*line, "")) > _NAME_LIMIT:
        return None
    if depth > 1 and not _joined(sheet, index, depth):
        return None
    width = max(map(len, lines))
    labels = [_labels(lines, column) for column in range(width)]
    places: dict[str, int] = {}
    for exact in (True, False):
        if not exact and len(places) < 2:
            return None
        for column, names in enumerate(labels):
            field = None if column in places.values() else _field(names, known, exact)
            if field and field not in places:
                places[field] = column
    shown = tuple("".join(label) for label in labels)
    unknown = tuple(name for column, name in enumerate(shown) if name and column not in places.values())
    return Columns(index + depth, places, shown, unknown)


def _joined(sheet: Sheet, index: int, depth: int) -> bool:
    """Whether the lines of a header hang together by a merged cell."""
    return any(row in range(index, index + depth) for row, _ in sheet.wide) and all(
        any(
            (row, column) in sheet.wide or (row - 1, column + 1) in sheet.wide for column in range(len(sheet.rows[row]))
        )
        for row in range(index + 1, index + depth)
    )


def _labels(lines: Sequence[Sequence[str]], column: int) -> list[str]:
    """The names over a column, from the top down, each once."""
    found = [squeezed(line[column]) for line in lines if column < len(line)]
    return list(dict.fromkeys(label for label in found if label))


def _field(names: Sequence[str], known: Mapping[str, str], exact: bool) -> str | None:
    """The field that a column's names mean: the whole, the lowest alone, then the name inside a longer one."""
    if not names:
        return None
    spelled = ["".join(names), names[-1], names[0]]
    for name in spelled:
        for form in (name, _NOTE.sub("", name)):
            if normal(form) in known:
                return known[normal(form)]
    if exact or len(names[-1]) > 20:
        return None
    inside = [name for name in known if len(name) >= 2 and name in normal(names[-1])]
    fields = {known[name] for name in inside if len(name) == max(map(len, inside))}
    return fields.pop() if len(fields) == 1 else None


def looks_like_register(sheet: Sheet) -> bool:
    """Whether a sheet without known columns is still a list of texts: many rows under a line of short names."""
    rows = [row for row in sheet.rows if any(row)]
    names = [cell for cell in rows[0] if cell] if rows else []
    if len(rows) < 5 or len(names) < 3 or max(map(len, names)) > 20 or len(set(names)) < len(names):
        return False
    long = [sum(len(row[column]) > 15 for row in rows[1:] if column < len(row)) for column in range(len(rows[0]))]
    return max(long, default=0) * 2 > len(rows)


def rows_of(sheet: Sheet, columns: Columns) -> Iterator[Row]:
    """The data rows under the header, blank ones and repeated headers left out."""
    head = set(columns.names) - {""}
    for index in range(columns.first, len(sheet.rows)):
        cells = sheet.rows[index]
        filled = {squeezed(cell) for cell in cells if cell.strip()}
        if filled and not (len(filled) > 1 and filled <= head):
            values = {f: cells[place].strip() for f, place in columns.places.items() if place < len(cells)}
            yield Row(index + 1, Entry(**{f: _value(f, text) for f, text in values.items()}), cells)


def _value(field: str, text: str) -> str:
    """A cell as printed; a date kept as a serial number becomes the day that it stands for."""
    if field in _DATES and re.fullmatch(r"[2-6]\d{4}(\.\d+)?", text):
        return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()
    return text
