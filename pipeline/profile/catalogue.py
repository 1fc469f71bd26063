"""Reads units, boundary rules and topics: what the office's world consists of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from pipeline.profile.model import Boundary, Predecessor, System, Topic, Trigger, Unit
from pipeline.profile.tables import Mistakes, Row, table

UNIT_COLUMNS = ("名称", "系统", "别名", "前身", "职责", "触发词", "排除词", "说明")
BOUNDARY_COLUMNS = ("编号", "事项", "条件", "不含", "主办", "会办", "说明")
ABOVE = "上级"
TOPIC_COLUMNS = ("体系", "类别", "触发词")
TOWN, STREET = "乡镇人民政府", "街道办事处"

_PREDECESSOR = re.compile(r"(?P<name>[^（(]+)(?:[（(](?P<first>\d{4})?\s*[-—–~至]?\s*(?P<last>\d{4})?[)）])?")
_STREET = re.compile(r"(?P<base>.+?)(?:街道)?(?:办事处|街道)")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A name that a unit goes by, and the line that says so."""

    name: str
    unit: str
    row: Row


def read_units(folder: Path, towns: tuple[str, ...], mistakes: Mistakes) -> tuple[Unit, ...]:
    """The units of units.csv and one for every town; each name and alias may belong to one unit only."""
    rows = list(table(folder / "units.csv", UNIT_COLUMNS, mistakes))
    units = [_unit(row) for row in rows]
    _check_names(units, rows)
    return tuple([*units, *_town_units(towns, units)])


def _unit(row: Row) -> Unit:
    return Unit(
        name=row.required("名称"),
        system=cast(System, row.one_of("系统", get_args(System))),
        aliases=row.items("别名"),
        predecessors=tuple(_predecessor(text, row) for text in row.items("前身")),
        duties=row.items("职责"),
        triggers=triggers(row),
        anti_triggers=row.items("排除词"),
        note=row["说明"],
    )


def _predecessor(text: str, row: Row) -> Predecessor:
    match = _PREDECESSOR.fullmatch(text)
    if match is None:
        row.wrong(f"前身“{text}”写法不对", "请写作“工商局（2001-2018）”，年份不详可只写名称")
        return Predecessor(text)
    first, last = (int(year) if year else None for year in match.group("first", "last"))
    if first and last and first > last:
        row.wrong(f"前身“{text}”的起止年份颠倒", "请把较早的年份写在前面")
    return Predecessor(match["name"].strip(), first, last)


def triggers(row: Row) -> tuple[Trigger, ...]:
    """The trigger cell's words; `路灯=3` carries a weight, a bare word weighs 1."""
    found: dict[str, Trigger] = {}
    for item in row.items("触发词"):
        text, mark, weight = item.partition("=")
        word, value = text.strip(), _weight(weight) if mark else 1.0
        if value is None or not word:
            row.wrong(f"触发词“{item}”写法不对", "请写作“路灯=3”，等号后是 0 到 10 之间的数字")
            continue
        if word in found:
            row.wrong(f"触发词“{word}”写了两次", "请删除其中一个")
        found[word] = Trigger(word, value)
    return tuple(found.values())


@lru_cache(maxsize=64)
def _weight(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < value <= 10 else None


def _check_names(units: Iterable[Unit], rows: Iterable[Row]) -> None:
    owner: dict[str, _Claim] = {}
    for unit, row in zip(units, rows, strict=True):
        for name in (unit.name, *unit.aliases, *(old.name for old in unit.predecessors)):
            first = owner.setdefault(name, _Claim(name, unit.name, row))
            if first.row is not row:
                row.wrong(
                    f"名称“{name}”同时属于“{first.unit}”（第 {first.row.line} 行）和“{unit.name}”",
                    "一个名称只能指一个单位，请删除其中一处",
                )


def _town_units(towns: tuple[str, ...], units: list[Unit]) -> list[Unit]:
    generic = {unit.name: unit for unit in units}
    return [_town_unit(town, generic) for town in towns]


def _town_unit(town: str, generic: dict[str, Unit]) -> Unit:
    match = _STREET.fullmatch(town)
    if match:
        base = match["base"]
        name, aliases = f"{base}街道办事处", (f"{base}街道", f"{base}街道办", f"{base}办事处", f"{base}街道党工委")
        model = generic.get(STREET)
    else:
        name, aliases = f"{town}人民政府", (town, f"{town}政府", f"{town}党委", f"{town}党委政府")
        model = generic.get(TOWN)
    if model is None:
        return Unit(name, "乡镇", aliases)
    return replace(model, name=name, aliases=aliases, predecessors=(), triggers=(), note="")


def read_boundaries(folder: Path, units: Iterable[str], mistakes: Mistakes) -> tuple[Boundary, ...]:
    """The boundary rules; lead and co-units must be names of the catalogue. The column 层级 may be absent."""
    known, seen, found = set(units), dict[str, int](), []
    for row in table(folder / "boundaries.csv", BOUNDARY_COLUMNS, mistakes):
        rule = Boundary(
            id=row.required("编号"),
            matter=row.required("事项"),
            needs=tuple(alternatives(group, row) for group in row.items("条件")),
            excludes=tuple(word for item in row.items("不含") for word in item.split("|") if word),
            lead=row.required("主办"),
            co=row.items("会办"),
            note=row["说明"],
            above=_above(row),
        )
        _check_boundary(rule, row, known, seen)
        found.append(rule)
    return tuple(found)


def _above(row: Row) -> bool:
    if row["层级"] not in ("", ABOVE):
        row.wrong(f"“层级”写作“{row['层级']}”", f"县里定不了的事填“{ABOVE}”，其余留空")
    return row["层级"] == ABOVE


def alternatives(group: str, row: Row) -> tuple[str, ...]:
    """The words of one group of a condition, written `甲|乙`; an empty one is a mistake."""
    words = tuple(word.strip() for word in re.split(r"[|｜]", group))
    if not all(words):
        row.wrong(f"条件“{group}”中有空的词", "同组的词之间只写一个“|”，首尾不写")
    return tuple(word for word in words if word)


def _check_boundary(rule: Boundary, row: Row, known: set[str], seen: dict[str, int]) -> None:
    if rule.id and seen.setdefault(rule.id, row.line) != row.line:
        row.wrong(f"编号“{rule.id}”与第 {seen[rule.id]} 行重复", "请换一个编号")
    if not rule.needs:
        row.wrong("“条件”为空", "请至少写一组词，否则每件都会命中")
    for unit in (rule.lead, *rule.co):
        if unit and unit not in known:
            row.wrong(f"单位“{unit}”不在 units.csv 的“名称”列", "请改用该表中的名称，或先在该表增加这个单位")


def read_topics(folder: Path, mistakes: Mistakes) -> tuple[Topic, ...]:
    """The classes of all topic schemes. The column 承办单位 may be absent."""
    found: dict[tuple[str, str], Topic] = {}
    for row in table(folder / "topics.csv", TOPIC_COLUMNS, mistakes):
        topic = Topic(row.required("体系"), row.required("类别"), triggers(row), row.items("承办单位"))
        if (topic.scheme, topic.name) in found:
            row.wrong(f"“{topic.scheme}”的类别“{topic.name}”写了两行", "请合并为一行")
        found[topic.scheme, topic.name] = topic
    return tuple(found.values())
