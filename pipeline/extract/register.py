"""Registers: where the columns of a table stand, known by the office's usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.contest import Contest, Doubt
from pipeline.extract.sheets import Sheet
from pipeline.profile import Profile
from pipeline.text import normal, squeezed

FIELDS = {
    "类型": "kind", "编号": "number", "届次": "session", "年度": "year", "案由": "title", "内容": "body",
    "提出人": "proposers", "附议人": "cosigners", "代表团": "delegation", "会议期间": "between", "类别": "topic",
    "主办": "lead", "会办": "co", "交办日期": "handed_over", "答复内容": "reply", "答复日期": "replied",
    "办理结果": "label", "满意度": "satisfaction",
}  # fmt: skip
_NAMES = {field: name for name, field in FIELDS.items()}
_SEARCHED = 15
_NAME_LIMIT = 60
_GUESSED = 3
"""So many columns, the title among them, may be known by names that only contain a usual one."""
_NOTE = re.compile(r"[（(【\[].*?[）)】\]]|[*＊:：]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a sheet's fields stand: `first` is the index of the first data row, `unknown` the names not recognised.

    `more` holds further columns of a field, whose values are joined to the first; `doubts` the fields for which
    several columns offer themselves and none is clearly the first.
    """

    first: int
    places: Mapping[str, int]
    names: tuple[str, ...]
    unknown: tuple[str, ...]
    more: Mapping[str, tuple[int, ...]]
    doubts: tuple[Doubt, ...] = ()


def columns_of(sheet: Sheet, profile: Profile) -> Columns | None:
    """The columns of a sheet, None where no row of its head names two known ones, or three by part of the name."""
    known = _known(profile)
    best: _Header | None = None
    for index in range(min(_SEARCHED, len(sheet.rows))):
        for depth in (1, 2, 3):
            found = _header(sheet, index, depth, known)
            if found and (best is None or len(found.fields) > len(best.fields)):
                best = found
    return None if best is None else _settled(best, sheet, profile)


@dataclass(frozen=True, slots=True)
class _Header:
    """A header row: its names, and for every field the columns that offer themselves."""

    first: int
    names: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]


def _settled(header: _Header, sheet: Sheet, profile: Profile) -> Columns:
    """One column for every field, or a doubt."""
    rows = sheet.rows[header.first :]
    places, more, doubts = {}, {}, []
    for field, columns in header.fields.items():
        contest = Contest(_NAMES[field], profile, tuple((c, header.names[c]) for c in columns), rows)
        places[field], *others = contest.winners
        more[field] = tuple(others)
        doubts += [contest.doubt] if contest.doubt else []
    used = {*places.values(), *(column for columns in more.values() for column in columns)}
    unknown = tuple(name for column, name in enumerate(header.names) if name and column not in used)
    return Columns(header.first, places, header.names, unknown, more, tuple(doubts))


def _known(profile: Profile) -> dict[str, str]:
    return {normal(name): FIELDS[field] for field, names in profile.columns.items() for name in (field, *names)}


def _header(sheet: Sheet, index: int, depth: int, known: Mapping[str, str]) -> _Header | None:
    """The header of `depth` lines that begins at a row, None where it names too few fields."""
    lines = sheet.rows[index : index + depth]
    if len(lines) < depth or max(len(cell) for line in lines for cell in (*line, "")) > _NAME_LIMIT:
        return None
    if any(_is_caption(line) for line in lines) or (depth > 1 and not _joined(sheet, index, depth)):
        return None
    labels = [_labels(lines, column) for column in range(max(map(len, lines)))]
    fields: dict[str, tuple[int, ...]] = {}
    for column, field in _fields(labels, known, exact=True):
        fields[field] = (*fields.get(field, ()), column)
    sure = len(fields)
    used = {column for columns in fields.values() for column in columns}
    for column, field in _fields(labels, known, exact=False):
        if column not in used:
            fields.setdefault(field, (column,))
    if sure < 2 and (len(fields) < _GUESSED or "title" not in fields):
        return None
    return _Header(index + depth, tuple("".join(label) for label in labels), fields)


def _is_caption(line: Sequence[str]) -> bool:
    """Whether a line is one text over the whole table (its title, 填报单位：…), not the names of columns."""
    filled = [cell for cell in line if cell]
    return len(set(filled)) == 1 and len(line) > 2


def _fields(labels: Sequence[Sequence[str]], known: Mapping[str, str], *, exact: bool) -> Iterator[tuple[int, str]]:
    for column, names in enumerate(labels):
        if field := _field(names, known, exact):
            yield column, field


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
    inside = [name for name in known if len(name) >= 2 and not name.isascii() and name in normal(names[-1])]
    fields = {known[name] for name in inside if len(name) == max(map(len, inside))}
    return fields.pop() if len(fields) == 1 else None


def looks_like_register(sheet: Sheet) -> bool:
    """Whether a sheet without known columns is still a list of texts: many rows under a line of short names."""
    rows = [row for row in sheet.rows if any(row) and not _is_caption(row)]
    names = [cell for cell in rows[0] if cell] if rows else []
    if len(rows) < 5 or len(names) < 3 or max(map(len, names)) > 20 or len(set(names)) < len(names):
        return False
    long = [sum(len(row[column]) > 15 for row in rows[1:] if column < len(row)) for column in range(len(rows[0]))]
    return max(long, default=0) * 2 > len(rows)
