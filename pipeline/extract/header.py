"""The lines that name a register's columns: wherever they stand, one or several, once or again further down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extract.sheets import Sheet
from pipeline.profile import Profile
from pipeline.text import normal, squeezed

FIELDS = {
    "类型": "kind", "编号": "number", "届次": "session", "年度": "year", "案由": "title", "内容": "body",
    "提出人": "proposers", "附议人": "cosigners", "代表团": "delegation", "会议期间": "between", "类别": "topic",
    "主办": "lead", "会办": "co", "交办日期": "handed_over", "答复内容": "reply", "答复日期": "replied",
    "办理结果": "label", "满意度": "satisfaction", "可接受主办": "accepted", "划分": "split",
    "事项组": "matter", "问题组": "problem", "来件编码": "item", "回执": "receipt", "退回理由": "receipt_reason",
    "回执日期": "receipt_day", "建议改办": "suggests", "应有问题": "faults", "应有结论": "verdict",
    "应有状态": "states", "应有承诺": "promised",
}  # fmt: skip
_SEARCHED = 15
_NAME_LIMIT = 60
_NAME = 16
_DEEPEST = 4
_GUESSED = 3
"""So many columns, the title among them, may be known by names that only contain a usual one."""
_VALUE = re.compile(r"关于.{4}|\d+$")
_COUNTED = re.compile(r"[\d一二三四五①②③④⑤]+$")
_SEVERAL = re.compile(r"[及和与、/／]")
_NOTE = re.compile(r"[（(【\[].*?[）)】\]]|[*＊:：]")


@dataclass(frozen=True, slots=True)
class Header:
    """The lines `head` to `first` that name the columns: `labels` from the top down, and the fields they mean."""

    head: int
    first: int
    labels: tuple[tuple[str, ...], ...]
    fields: Mapping[str, tuple[int, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, the lines over a column put together."""
        return tuple("".join(label) for label in self.labels)


def headers(sheet: Sheet, known: Mapping[str, str]) -> Iterator[Header]:
    """The headers of a sheet from the top down: the fullest of its head, and those that name other columns."""
    best: Header | None = None
    for index in range(min(_SEARCHED, len(sheet.rows))):
        for depth in (1, 2, 3):
            found = _header(sheet, index, depth, known)
            if found and (best is None or len(found.fields) > len(best.fields)):
                best = found
    if best is None:
        return
    best = _deepened(best, sheet, known)
    last: Header | None = _header_in(sheet, range(best.head - 1), best, known) or best
    while last is not None:
        yield _placed(last, known)
        last = _header_in(sheet, range(last.first, len(sheet.rows)), last, known)


def by_place(column: int) -> str:
    """How a person names a column without a telling name (第2列)."""
    return f"第{column + 1}列"


def _placed(header: Header, known: Mapping[str, str]) -> Header:
    """The header with the columns that a person gave by their place, whatever their names mean."""
    given = {column: known[by_place(column)] for column in range(len(header.labels)) if by_place(column) in known}
    if not given:
        return header
    left = {name: tuple(c for c in columns if c not in given) for name, columns in header.fields.items()}
    fields = {name: columns for name, columns in left.items() if columns and name not in given.values()}
    for column, name in given.items():
        fields[name] = (*fields.get(name, ()), column)
    labels = tuple((by_place(c),) if c in given else label for c, label in enumerate(header.labels))
    return replace(header, labels=labels, fields=fields)


def _header_in(sheet: Sheet, rows: range, last: Header, known: Mapping[str, str]) -> Header | None:
    """The first header among rows that names other columns than the `last` one."""
    words = {*last.names, *map(_last, last.labels)}
    for index in rows:
        cells = ["".join(cell.split()) for cell in sheet.rows[index] if 0 < len(cell) < _NAME]
        if sum(cell in known for cell in cells) < 2 or set(cells) <= words:
            continue
        found = _header(sheet, index, 1, known)
        if found and {"title", "body"} & found.fields.keys() and len(found.fields) >= _GUESSED:
            return _deepened(found, sheet, known)
    return None


def _last(label: Sequence[str]) -> str:
    return label[-1] if label else ""


def _deepened(header: Header, sheet: Sheet, known: Mapping[str, str]) -> Header:
    """The header with the lines below that belong to it: merged with a name, or names under blanks only."""
    while header.first < len(sheet.rows) and header.first - header.head < _DEEPEST:
        line = sheet.rows[header.first]
        merged = any(
            (header.first, column) in sheet.below and cell and cell == sheet.rows[header.first - 1][column]
            for column, cell in enumerate(line)
            if column < len(sheet.rows[header.first - 1])
        )
        if not merged and not _names_blanks(header, line):
            return header
        header = _made(sheet, header.head, header.first + 1 - header.head, known)
    return header


def _names_blanks(header: Header, line: Sequence[str]) -> bool:
    """Whether a line only names columns that the header left blank, or parts of them (承办单位, blank / 主办, 会办)."""
    filled = [column for column, cell in enumerate(line) if cell]
    blank = [column for column in filled if column >= len(header.labels) or not header.labels[column]]
    key = [column for name in ("title", "number", "body") for column in header.fields.get(name, ())]
    return len(filled) > 1 and len(blank) * 2 >= len(filled) and not set(key) & set(filled)


@lru_cache(maxsize=4)
def known_names(profile: Profile) -> dict[str, str]:
    """The fields of `Entry` by the usual names of their columns, in comparable form."""
    return {normal(name): FIELDS[field] for field, names in profile.columns.items() for name in (field, *names)}


def _header(sheet: Sheet, index: int, depth: int, known: Mapping[str, str]) -> Header | None:
    """The header of `depth` lines that begins at a row, None where it names too few fields."""
    lines = sheet.rows[index : index + depth]
    if len(lines) < depth or max(len(cell) for line in lines for cell in (*line, "")) > _NAME_LIMIT:
        return None
    if any(is_caption(line) or any(map(_VALUE.match, line)) for line in lines) or (
        depth > 1 and not _joined(sheet, index, depth)
    ):
        return None
    found = _made(sheet, index, depth, known)
    sure = sum(1 for _ in dict.fromkeys(name for _, name in _fields(found.labels, known, exact=True)))
    return found if sure >= 2 or (len(found.fields) >= _GUESSED and "title" in found.fields) else None


def _made(sheet: Sheet, index: int, depth: int, known: Mapping[str, str]) -> Header:
    """The header of so many lines, with the fields that its names mean: wholly, else by a part of the name."""
    lines = sheet.rows[index : index + depth]
    labels = [_labels(lines, column) for column in range(max(map(len, lines)))]
    fields: dict[str, tuple[int, ...]] = {}
    for column, name in _fields(labels, known, exact=True):
        fields[name] = (*fields.get(name, ()), column)
    used = {column for columns in fields.values() for column in columns}
    for column, name in _fields(labels, known, exact=False):
        if column not in used:
            fields.setdefault(name, (column,))
    return Header(index, index + depth, tuple(map(tuple, labels)), fields)


def is_caption(line: Sequence[str]) -> bool:
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
        for form in (name, _NOTE.sub("", name), _COUNTED.sub("", name)):
            if normal(form) in known:
                return known[normal(form)]
    if exact or len(names[-1]) > 20:
        return None
    last = normal(names[-1])
    inside = [name for name in known if len(name) >= 2 and not name.isascii() and name in last]
    if _SEVERAL.search(names[-1]) and "title" in {known[name] for name in inside}:
        return "title"
    fields = {known[name] for name in inside if len(name) == max(map(len, inside))}
    return fields.pop() if len(fields) == 1 else None
