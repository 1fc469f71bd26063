"""The lines of a register under its header: items, lines that go on with the item above, lines that are no items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.extract import captions, values
from pipeline.extract.captions import Context
from pipeline.extract.register import Columns
from pipeline.extract.sheets import Sheet
from pipeline.profile import Profile
from pipeline.records import Entry
from pipeline.text import squeezed

_HEADS = ("number", "title")
_GOES_ON = frozenset({"lead", "co", "proposers", "cosigners", "delegation"})
_SHORT = 60
_NO_ITEM = "不是来件（合计、备注、分类名等）"


@dataclass(frozen=True, slots=True)
class Row:
    """One item: the number of its (first) line as a person sees it in Excel, and what it says.

    `apart` says of a line why it is no item: the header and what stands above it, a sum, a note, the name of a class
    over the lines that follow. `replies` are the lines that answer, by their numbers: each unit has its own.
    """

    number: int
    entry: Entry
    cells: tuple[str, ...]
    lines: int = 1
    apart: str = ""
    replies: tuple[tuple[int, Entry], ...] = ()

    @property
    def closing(self) -> bool:
        """Whether the line stands among the items and is none."""
        return self.apart == _NO_ITEM


def rows_of(sheet: Sheet, columns: Columns, profile: Profile, context: Context) -> Iterator[Row]:
    """The lines of a table in order: items, each with the lines that go on with it, and all others set apart.

    Only blank lines are left out. `context` is what the captions say; a line between the rows (一、教育局) adds to it.
    """
    for index in range(columns.top, columns.first):
        if any(sheet.rows[index]):
            yield Row(index + 1, Entry(), sheet.rows[index], apart="表名、表头")
    read = values.Reader.of(sheet, columns, profile)
    for group, apart in _groups(sheet, columns, profile.words("表尾行词")):
        if apart:
            row = sheet.rows[group[0]]
            yield Row(group[0] + 1, Entry(), row, apart=apart)
            context = captions.below(context, _first(row), profile) if apart == _NO_ITEM else context
        else:
            yield _row(sheet, read, group, context)


def _groups(sheet: Sheet, columns: Columns, words: Sequence[str]) -> Iterator[tuple[list[int], str]]:
    """The lines of each item together, and each line that is no item with the reason; blank ones left out."""
    group: list[int] = []
    for index in range(columns.first, columns.last):
        apart = _apart(sheet, columns, index)
        if apart is None:
            continue
        if not apart and group and group[-1] == index - 1 and _goes_on(sheet, columns, group[0], index):
            group.append(index)
            continue
        if group:
            yield group, ""
        apart = apart or (_NO_ITEM if _closes(sheet, columns, index, words) else "")
        group = [] if apart else [index]
        if apart:
            yield [index], apart
    if group:
        yield group, ""


def _row(sheet: Sheet, read: values.Reader, group: Sequence[int], context: Context) -> Row:
    rows = [read.whole(sheet.rows[index]) for index in group]
    entry = context.completed(read.entry(rows))
    replies: tuple[tuple[int, Entry], ...] = ((group[0] + 1, entry),) if entry.reply else ()
    if len(group) > 1 and entry.reply:
        own = [(index + 1, context.completed(read.entry([row]))) for index, row in zip(group, rows, strict=True)]
        said = {one.reply: (line, one) for line, one in reversed(own) if one.reply}
        replies = tuple(sorted(said.values(), key=lambda pair: pair[0])) if len(said) > 1 else replies
        replies = tuple((line, replace(one, number=entry.number, title=entry.title)) for line, one in replies)
    return Row(group[0] + 1, entry, sheet.rows[group[0]], len(group), replies=replies)


def _first(row: Sequence[str]) -> str:
    return next((cell for cell in row if cell.strip()), "")


def _apart(sheet: Sheet, columns: Columns, index: int) -> str | None:
    """Why a line is no item whatever stands above it, empty where it may be one, None where it is blank."""
    filled = {squeezed(cell) for cell in sheet.rows[index] if cell and not cell.isspace()}
    if not filled:
        return None
    return "重复的表头" if len(filled) > 1 and filled <= columns.head_words else ""


def _goes_on(sheet: Sheet, columns: Columns, head: int, index: int) -> bool:
    """Whether a line belongs to the item from `head` on: its number and title are merged with it, left out or the same.

    The same only where number and title are both there and no text of its own is.
    """
    row = sheet.rows[index]
    places = [columns.places[name] for name in _HEADS if name in columns.places]
    merged = [place for place in places if (index, place) in sheet.below]
    blank = [place for place in places if place >= len(row) or not row[place].strip()]
    if merged and len(merged) + len(blank) == len(places):
        return True
    if len(places) == len(_HEADS) and not blank:
        return _again(sheet.rows[head], row, columns)
    filled = {name for name, place in columns.places.items() if place < len(row) and row[place].strip()}
    short = all(len(cell) <= _SHORT for cell in row)
    named = any(_cell(sheet.rows[head], place) for place in places)
    return named and len(blank) == len(places) and bool(filled) and filled <= _GOES_ON and short


def _again(above: Sequence[str], row: Sequence[str], columns: Columns) -> bool:
    """Whether a line says number, title and text of the one above again, as lists do that give each unit a line."""
    names = [*_HEADS, *(["body"] if "body" in columns.places else [])]
    places = [columns.places[name] for name in names]
    return all(_cell(above, place) == _cell(row, place) for place in places)


def _closes(sheet: Sheet, columns: Columns, index: int, words: Sequence[str]) -> bool:
    """Whether a line is no item: one text over the whole width, or one that begins with a closing word."""
    row = sheet.rows[index]
    cells = [squeezed(cell) for cell in row if cell and not cell.isspace()]
    across = len(set(cells)) == 1 and any((index, column) in sheet.wide for column in range(1, len(row)))
    alone = len(cells) == 1 and not any(_cell(row, columns.places.get(name)) for name in ("title", "body", "reply"))
    return across or alone or _closing(tuple(words)).match(cells[0]) is not None


@cache
def _closing(words: tuple[str, ...]) -> re.Pattern[str]:
    """A cell that is a closing word alone, or with what it introduces."""
    return re.compile(rf"[（(【\[]?(?:{'|'.join(map(re.escape, words))})(?:[）)】\]]?$|[：:（(]|\s*\d+[、.．]?|共)")


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""
