"""Columns that are ticked instead of filled: one a unit (√), one a degree (满意), one a result (A类)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.mentions import unit_named
from pipeline.profile import Profile
from pipeline.text import squeezed

_NO = frozenset({"×", "✗", "□", "否", "0", "-", "—", "/", "无"})
_HOLLOW = frozenset("○△☆◇")
_LETTER = re.compile(r"[A-EＡ-Ｅ甲乙丙丁]\d?类?件?")
_LEGEND = re.compile(r"([√✓✔■●▲★◆○△☆◇])[”\"》」]?(?:为|是|表示|代表|[:：=])*(主|牵头|独|会|协|配合)")
Ticked = Mapping[str, tuple[tuple[int, str], ...]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks of a table mean for units: `leads` and `co`; `legend` whether the table itself says so."""

    leads: frozenset[str]
    co: frozenset[str]
    legend: bool


def ticked(labels: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], profile: Profile) -> Ticked:
    """The fields that columns of marks stand for, each with its columns and what a mark there says."""
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    known = {one for names in profile.columns.values() for one in names}
    words = {*profile.words("主办标注词"), *profile.words("会办标注词")}
    for column, names in enumerate(labels):
        field = _field(names[-1], known, profile) if names else ""
        if field and _only_marks(rows, column, words):
            found[field] = (*found.get(field, ()), (column, names[-1]))
    return {field: columns for field, columns in found.items() if len(columns) > 1}


def _field(name: str, known: set[str], profile: Profile) -> str:
    """The field of which a column's name is a value."""
    name = re.sub(r"[（(].*?[）)]", "", name)
    if name in profile.words("满意度词"):
        return "satisfaction"
    if _LETTER.fullmatch(name):
        return "label"
    return "lead" if name not in known and len(name) > 1 and unit_named(name, profile) else ""


def _only_marks(rows: Sequence[Sequence[str]], column: int, words: set[str]) -> bool:
    cells = (squeezed(row[column]) for row in rows if column < len(row))
    return all(len(cell) < 2 or cell in words for cell in cells)


def marks_of(texts: Sequence[str], profile: Profile) -> Marks:
    """What marks mean where a legend (▲为主办) says so, else full ones lead and hollow ones join."""
    legend = {mark: role for text in texts for mark, role in _LEGEND.findall(text)}
    leads = {mark for mark, role in legend.items() if role in {"主", "牵头", "独"}}
    joins = (set(legend) or set(_HOLLOW)) - leads
    return Marks(
        frozenset({*leads, *profile.words("主办标注词")}),
        frozenset({*joins, *profile.words("会办标注词")}),
        bool(legend),
    )


def ticks_of(row: Sequence[str], columns: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """The marks of a row and the names of the columns in which they stand."""
    cells = [(squeezed(row[column]) if column < len(row) else "", name) for column, name in columns]
    return [(mark, name) for mark, name in cells if mark and mark not in _NO]


def units_of(found: Sequence[tuple[str, str]], marks: Marks) -> tuple[str, str]:
    """The units that lead and those that join; where the marks tell nothing apart, all stand as leading."""
    leads = [name for mark, name in found if mark not in marks.co]
    joins = [name for mark, name in found if mark in marks.co]
    if not leads and not marks.legend and {mark for mark, _ in found} <= _HOLLOW:
        return "、".join(joins), ""
    return "、".join(leads), "、".join(joins)
