"""Registers: the tables of a sheet and where their columns stand, by name and else by what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from pipeline.extract.contest import Contest, Doubt
from pipeline.extract.header import FIELDS, Header, by_place, headers, is_caption, known_names
from pipeline.extract.inferred import Contents, first_of_data, notes
from pipeline.extract.roles import role_of
from pipeline.extract.sheets import Sheet
from pipeline.extract.ticks import Ticked, ticked
from pipeline.profile import Profile
from pipeline.text import normal, squeezed

_NAMES = {field: name for name, field in FIELDS.items()}
_TEXTS = frozenset({"title", "body", "reply", "receipt"})


@dataclass(frozen=True, slots=True)
class Columns:
    """One table of a sheet: its captions stand in rows `top` to `head`, its header to `first`, its rows to `last`.

    `places` says where the fields stand; `more` holds further columns of a field, whose values are joined to the
    first; `ticks` the columns of marks that make a field; `role` the column that says 主办 or 会办 of each row's unit;
    `doubts` the fields for which several columns offer themselves and none is clearly the first; `unknown` the names
    not recognised; `notes` what is to be told of guesses; `head_words` the words of the header, which a print repeats.
    `carried` marks a list by units whose unit stands only in the first of its lines.
    """

    top: int
    head: int
    first: int
    last: int
    places: Mapping[str, int]
    names: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    ticks: Ticked = field(default_factory=dict)
    role: int | None = None
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    carried: bool = False
    head_words: frozenset[str] = frozenset()

    def captions(self, sheet: Sheet) -> list[str]:
        """The texts that stand over the table."""
        return [*sheet.captions, *(cell for row in sheet.rows[self.top : self.head] for cell in row if cell)]

    @property
    def reads(self) -> bool:
        """Whether the rows have a title or a text."""
        return bool(_TEXTS & self.places.keys())


def tables_of(sheet: Sheet, profile: Profile, around: str = "") -> list[Columns]:
    """The tables of a sheet, none where no row of its head names two known columns, or three by part of the name.

    `around` are the words that tell what the file is, such as its name.
    """
    known = known_names(profile)
    heads = list(headers(sheet, known))
    if not heads:
        return _unnamed(sheet, known, profile, around)
    tops = [0, *(_captions_from(sheet, head.head) for head in heads[1:]), len(sheet.rows)]
    return [
        _settled(head, (top, last), sheet, profile, around)
        for head, top, last in zip(heads, tops, tops[1:], strict=False)
    ]


def _captions_from(sheet: Sheet, head: int) -> int:
    """The first of the lines above a later header that belong to it: blank ones, and those of one text."""
    above = takewhile(lambda index: len(set(filter(None, sheet.rows[index]))) < 2, range(head - 1, -1, -1))
    return min(above, default=head)


def _settled(header: Header, span: tuple[int, int], sheet: Sheet, profile: Profile, around: str) -> Columns:
    """One column for every field, or a doubt; columns without a known name by their contents."""
    top, last = span
    rows = sheet.rows[header.first : last]
    marks = ticked(header.labels, rows, profile)
    marked = {column for columns in marks.values() for column, _ in columns}
    fields = {name: tuple(c for c in columns if c not in marked) for name, columns in header.fields.items()}
    names = header.names
    places, more, doubts = {}, {}, []
    for name, columns in fields.items():
        if columns:
            contest = Contest(_NAMES[name], profile, tuple((c, names[c]) for c in columns), rows)
            places[name], *others = contest.winners
            more[name] = tuple(others)
            doubts += [contest.doubt] if contest.doubt else []
    used = {*places.values(), *marked, *(column for columns in more.values() for column in columns)}
    free = [column for column, name in enumerate(names) if name and column not in used]
    carried = _is_carried(rows, places)
    made = Columns(
        top, header.head, header.first, last, places, names, tuple(names[c] for c in free), more, marks,
        next((c for c in free if _is_role(rows, c, profile)), None), tuple(doubts),
        (f"“{names[places['lead']]}”一列空着的行，按上面最近一行的单位读取，请核对",) if carried else (), carried,
        frozenset({*names, *(word for label in header.labels for word in label)} - {""}),
    )  # fmt: skip
    return _completed(made, sheet, free, profile, around)


def _is_carried(rows: Sequence[Sequence[str]], places: Mapping[str, int]) -> bool:
    """Whether units stand left of number and title, in the first line of their items only."""
    lead, others = places.get("lead"), [places[name] for name in ("number", "title") if name in places]
    if lead is None or "title" not in places or lead > min(others):
        return False
    cells = [bool(row[lead]) for row in rows if len(row) > max(others) and row[places["title"]]]
    return bool(cells) and cells[0] and not all(cells)


def _is_role(rows: Sequence[Sequence[str]], column: int, profile: Profile) -> bool:
    """Whether a column says of each row's unit that it leads or joins."""
    cells = {row[column] for row in rows if column < len(row) and row[column]}
    return bool(cells) and len(cells) < 10 and all(role_of(cell, profile) for cell in cells)


def _completed(columns: Columns, sheet: Sheet, free: Sequence[int], profile: Profile, around: str) -> Columns:
    """The columns with what the contents of the free ones show, where the rows lack a title."""
    rows = sheet.rows[columns.first : columns.last]
    body = columns.places.get("body")
    if columns.reads and (body is None or "title" in columns.places or "reply" in columns.places):
        told = () if {"lead", "co"} & {*columns.places, *columns.ticks} else _unit_notes(columns, rows, free, profile)
        return replace(columns, notes=(*columns.notes, *told))
    known = {name: place for name, place in columns.places.items() if name != "body"}
    words = "".join((*columns.captions(sheet), sheet.name, around, *columns.names))
    contents = Contents(columns.names, rows, [*free, *([] if body is None else [body])], words)
    guess = contents.guessed(frozenset({*known, *columns.ticks}), profile)
    if body is not None and guess.places.get("title") != body:
        return columns
    left = set(columns.unknown) - {columns.names[column] for column in guess.places.values()}
    return replace(
        columns,
        places=known | guess.places,
        unknown=tuple(name for name in columns.unknown if name in left),
        doubts=(*columns.doubts, *([guess.doubt] if guess.doubt else [])),
        notes=(*columns.notes, *notes(guess, columns.names, _NAMES)),
    )


def _unit_notes(
    columns: Columns, rows: Sequence[Sequence[str]], free: Sequence[int], profile: Profile
) -> tuple[str, ...]:
    """What to tell of columns of units that no name makes 主办; where a deputy works is no such column."""
    others = {squeezed(name) for name in profile.words("表格栏名")}
    free = [column for column in free if columns.names[column] not in others]
    names = [columns.names[column] for column in Contents(columns.names, rows, free, "").units(free, profile)]
    return tuple(f"“{name}”一列像是单位，没有读取；如果是主办单位，请写明 --columns 主办={name}" for name in names)


def _unnamed(sheet: Sheet, known: Mapping[str, str], profile: Profile, around: str) -> list[Columns]:
    """The table of a sheet none of whose rows names known columns, by its contents alone."""
    start = first_of_data(sheet.rows)
    if start is None:
        return []
    head, bare = start
    width = max(map(len, sheet.rows))
    row = (*sheet.rows[head], *[""] * width)
    names = [by_place(column) if bare else squeezed(row[column]) for column in range(width)]
    given = {known[normal(name)]: column for column, name in enumerate(names) if normal(name) in known}
    given |= {known[by_place(column)]: column for column in range(width) if by_place(column) in known}
    first = head if bare else head + 1
    free = [column for column, name in enumerate(names) if name and column not in given.values()]
    made = Columns(0, head, first, len(sheet.rows), given, tuple(names), tuple(names[c] for c in free))
    made = _completed(made, sheet, free, profile, around)
    return [made] if made.reads or made.doubts else []


def looks_like_register(sheet: Sheet) -> bool:
    """Whether a sheet without known columns is still a list of texts: many rows under a line of short names."""
    rows = [row for row in sheet.rows if any(row) and not is_caption(row)]
    names = [cell for cell in rows[0] if cell] if rows else []
    if len(rows) < 5 or len(names) < 3 or max(map(len, names)) > 20 or len(set(names)) < len(names):
        return False
    long = [sum(len(row[column]) > 15 for row in rows[1:] if column < len(row)) for column in range(len(rows[0]))]
    return max(long, default=0) * 2 > len(rows)
