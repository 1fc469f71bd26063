"""Labelled values: a table form's cells and a head's “提案人：…” lines, under the register's canonical fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from pipeline.parse.fold import folded
from pipeline.profile import Profile
from pipeline.records import Document
from pipeline.text import simplified, squeezed

_BLANKS = r"[ \u3000]*"
_BEFORE = " \u3000\t，；;|（(【】［］"
_OTHER_LABEL = re.compile(r"[ \u3000\t]+[一-鿿]{2,6}[：:]")
_OWN_MARK = re.compile(r"[【［〖]")
_RUN_TOGETHER, _NAME = 3, 5
_PEOPLE = ("提出人", "附议人")
_NOTED = "姓名|名单|签名|签字"
_NOTE = re.compile(f"(?:{_NOTED})$")
_OTHER = "（其他栏）"
_HEAD_LINES = 30
_LONG, _NARROW = 80, 24
_TAILS = ("建议", "提案", "议案")
_WORDED, _WORD = ("编号", "案由", "届次"), re.compile("[一-鿿]{1,3}")
_CONTENT = ("", "案由", "内容", "答复内容")
_ROW = re.compile(r"^([^\t\n]{2,24})\t[^\n]*", re.MULTILINE)
_VALUE = re.compile(r"[^，。；：:\t\n]{1,60}")
_CLOSES, _GAP = re.compile(r"[：:】\]］〗]"), re.compile("[ \u3000]")


def labelled(document: Document, profile: Profile) -> dict[str, str]:
    """The values of a document's form under the field names of columns.csv (编号, 案由 …); the first one counts."""
    known = _fields(tuple(sorted(profile.columns.items())), profile.wording["表格栏名"])
    found: dict[str, str] = {}
    rows = [block.cells for block in document.blocks if block.role == "row" and block.cells]
    rows = rows or [tuple(line.split("\t")) for line in document.text.split("\n")[:_HEAD_LINES] if "\t" in line]
    lines = _of_lines(document.text, folded(document.text, profile), known)
    for label, value in [*_of_rows(rows, known), *lines]:
        if value and label != _OTHER:
            found.setdefault(label, value)
    return found


def is_labelled(line: str, profile: Profile) -> bool:
    """Whether a line begins with the name of a field, as a form or register prints it, and its value."""
    known = _fields(tuple(sorted(profile.columns.items())), profile.wording["表格栏名"])
    marks = _marks(simplified(line), known)
    return bool(marks) and not line[: marks[0].start()].strip(_BEFORE)


def unlabelled(plain: str, start: int, profile: Profile) -> str:
    """The reading form, blank where rows of a form from `start` on hold no content (建议承办单位, 审查意见 …)."""
    known = _fields(tuple(sorted(profile.columns.items())), profile.wording["表格栏名"])
    return plain[:start] + _ROW.sub(
        lambda row: " " * len(row[0]) if _field(row[1], known) not in _CONTENT else row[0], plain[start:]
    )


@lru_cache(maxsize=8)
def _fields(columns: tuple[tuple[str, tuple[str, ...]], ...], others: tuple[str, ...]) -> dict[str, str]:
    known = dict.fromkeys(map(squeezed, others), _OTHER)
    return known | {squeezed(name): field for field, names in columns for name in names}


def _field(cell: str, known: dict[str, str]) -> str:
    if len(cell) > _NARROW:
        return ""
    bare = simplified(squeezed(cell)).strip("：:【】[]［］（）()")
    return known.get(bare) or known.get(_NOTE.sub("", bare), "")


def _of_rows(rows: list[tuple[str, ...]], known: dict[str, str]) -> Iterator[tuple[str, str]]:
    grid = [_distinct(cells) for cells in rows]
    for place, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            field = _field(cell, known)
            if field:
                yield (
                    field,
                    _beside(cells, column, known, several=field in _PEOPLE) or _beneath(grid[place:], column, known),
                )
            else:
                yield from _of_lines(cell, cell, known)


def _distinct(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a row, empty where a merged cell repeats the one before."""
    return tuple("" if place and cell == cells[place - 1] else cell.strip() for place, cell in enumerate(cells))


def _beside(cells: tuple[str, ...], column: int, known: dict[str, str], *, several: bool = False) -> str:
    """The next filled cell to the right of a label, unless that is a label too; `several` takes a cell a name."""
    filled = [cell for cell in cells[column + 1 :] if cell]
    right = list(takewhile(lambda cell: not _field(cell, known), filled))
    one_each = several and all(len(squeezed(cell)) <= _NAME for cell in right)
    return "、".join(right if one_each else right[:1])


def _beneath(grid: list[tuple[str, ...]], column: int, known: dict[str, str]) -> str:
    """The cells below a label in a table whose labels stand side by side, down to the next label or gap."""
    found: list[str] = []
    for cells in grid[1:]:
        cell = cells[column] if len(cells) == len(grid[0]) else ""
        if not cell or _field(cell, known) or _field(cells[0], known) or len(cell) > _LONG:
            break
        found.append(cell)
    return "、".join(found)


def _of_lines(text: str, plain: str, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The labelled values of a text's first lines, found in its reading form `plain`."""
    place = 0
    lines = plain.split("\n")[:_HEAD_LINES]
    for number, line in enumerate(lines):
        own = text[place : place + len(line)]
        place += len(line) + 1
        marks = _marks(line, known)
        for place_in, mark in enumerate(marks):
            end = _value_end(line, marks, place_in, known)
            value = _OWN_MARK.split(_OTHER_LABEL.split(own[mark.end() : end])[0])[0].strip(" \u3000，；;|（(\t")
            value = value if "（" in value or "(" in value else value.rstrip("）)")
            if value.endswith("的") and end < len(line):
                value += own[end : end + 2]
            if len(value) <= _LONG:
                yield known[squeezed(mark["label"])], value
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if known.get(squeezed(line), _OTHER) != _OTHER and _VALUE.fullmatch(below) and not _marks(below, known):
            yield known[squeezed(line)], text[place : place + len(below)].strip()


def _value_end(line: str, marks: list[re.Match[str]], place: int, known: dict[str, str]) -> int:
    """Where the value of a label ends: at the next one; a note of a name (（界别：…）) ends no list of people."""
    people = known[squeezed(marks[place]["label"])] in _PEOPLE
    later = (one.start() for one in marks[place + 1 :] if not (people and line[: one.start()].endswith(("（", "("))))
    return next(later, len(line))


def _marks(line: str, known: dict[str, str]) -> list[re.Match[str]]:
    """The labels of a line: with a colon or in brackets, else, at its start or after a blank, with a blank.

    In mid-line a label counts after a mark, after a title's last word, or where three or more run together.
    """
    marks = list(_pattern(tuple(known)).finditer(line)) if _CLOSES.search(line) else []
    if len(marks) < _RUN_TOGETHER:
        marks = [mark for mark in marks if _stands(line[: mark.start()], known[squeezed(mark["label"])])]
    if marks or "。" in line or len(line) > _LONG or not _GAP.search(line):
        return marks
    return [
        mark for mark in _parted(tuple(known)).finditer(line) if not squeezed(line[mark.end() :]).startswith(_TAILS)
    ]


def _stands(before: str, field: str) -> bool:
    """Whether a label may stand after these characters of its line; a number's or title's may have a word before it."""
    worded = field in _WORDED and _WORD.fullmatch(before) is not None
    return not before or before[-1] in _BEFORE or before.endswith(_TAILS) or worded


@lru_cache(maxsize=8)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """The labels with a colon or in brackets, longest first, blanks and a note allowed inside (案　由（必填）：)."""
    words = "|".join(_BLANKS.join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))
    note = rf"(?:{_NOTED})?(?:[（(][^）)\n]{{1,10}}[)）])?"
    return re.compile(rf"[【\[［〖]?(?P<label>{words}){note}{_BLANKS}(?:[：:]|[】\]］〗][：:]?)")


@lru_cache(maxsize=8)
def _parted(labels: tuple[str, ...]) -> re.Pattern[str]:
    """The labels of two characters or more with only blanks between them and their value (编号 011)."""
    words = "|".join(map(re.escape, sorted((label for label in labels if len(label) > 1), key=len, reverse=True)))
    return re.compile(rf"(?:^{_BLANKS}|(?<=[ \u3000]))(?P<label>{words})[ \u3000]+(?=[^ \u3000])")
