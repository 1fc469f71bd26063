"""Word's automatic numbers, resolved: what the reader sees before each paragraph (R-ING-09)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pipeline.extract.counting import FORMATS
from pipeline.extract.package import parsed
from pipeline.extract.styles import Styles, W, number, value

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str = ""
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """What a numbering part says: levels and style of the abstract lists, and the lists made of these.

    `overrides` holds, by list and level, what replaces a level: another start or another level.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, Any]] = field(default_factory=dict)


def lists(data: bytes | None) -> Lists:
    """The lists of a numbering part, none where the package has no such part."""
    made, root = Lists(), () if data is None else parsed(data)
    for element in root:
        if element.tag == W + "abstractNum":
            own = element.get(W + "abstractNumId", "")
            made.levels[own] = {number(lvl.get(W + "ilvl")) or 0: _level(lvl) for lvl in element.findall(W + "lvl")}
            made.links[own] = value(element, "numStyleLink") or ""
        elif element.tag == W + "num":
            own, changes = element.get(W + "numId", ""), element.findall(W + "lvlOverride")
            made.of[own] = value(element, "abstractNumId") or ""
            made.overrides[own] = {number(change.get(W + "ilvl")) or 0: change for change in changes}
    return made


class Numbering:
    """Counts the paragraphs of one story and prints their numbers; make one for each document."""

    def __init__(self, load: Callable[[], Lists], styles: Styles) -> None:
        self._load, self._styles = load, styles
        self._known: Lists | None = None
        self._counters: dict[str, _Counter | None] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list at a level from 0; empty for a bullet and an unknown list."""
        counter = self._counter(list_id)
        return "" if counter is None else counter.next(level)

    def level_of(self, list_id: str, style_ids: Iterable[str]) -> int:
        """The level that a list gives to a paragraph style (from 0): its own, else that of a style it is based on."""
        counter = self._counter(list_id)
        given = {} if counter is None else counter.styles
        return next((given[style_id] for style_id in style_ids if style_id in given), 0)

    def _counter(self, list_id: str) -> _Counter | None:
        if list_id not in self._counters:
            self._counters[list_id] = self._made(list_id)
        return self._counters[list_id]

    def _made(self, list_id: str) -> _Counter | None:
        """The counter of a list, whose abstract list may be that of a list style; it counts for all lists of that."""
        known = self._known = self._known or self._load()
        target = known.of.get(list_id, "")
        if link := known.links.get(target):
            linked = known.of.get(self._styles.get(link).list, "")
            target = linked if linked in known.levels else target
        if target not in known.levels:
            return None
        levels = dict(known.levels[target])
        for depth, change in known.overrides.get(list_id, {}).items():
            levels[depth] = _changed(levels.get(depth) or _plain(depth), change)
        return _Counter(levels, self._counts.setdefault(target, {}))


class _Counter:
    """One list: its levels as they are for it, and how far its abstract list has counted."""

    def __init__(self, levels: Mapping[int, _Level], counts: dict[int, int]) -> None:
        self._levels, self._counts = levels, counts
        self._begun: set[int] = set()
        self.styles = {level.style: depth for depth, level in levels.items() if level.style}

    def next(self, level: int) -> str:
        """The next number at a level."""
        shape = self._level(level)
        self._count(level, shape)
        if shape.format == "bullet" and "%" not in shape.text:
            return ""
        return _PLACE.sub(lambda place: self._at(int(place[1]) - 1, shape), shape.text)

    def _level(self, level: int) -> _Level:
        return self._levels.get(level) or _plain(level)

    def _count(self, level: int, shape: _Level) -> None:
        counts, first = self._counts, shape.restarts and level not in self._begun
        self._begun.add(level)
        counts[level] = shape.start if first or level not in counts else counts[level] + 1
        for deeper in [n for n in counts if n > level]:
            restart = self._level(deeper).restart
            if restart is None or (restart != 0 and level < restart):
                del counts[deeper]

    def _at(self, level: int, shape: _Level) -> str:
        """The count of a level as the number of one at or below it prints it."""
        own = self._level(level)
        form, count = "decimal" if shape.legal else own.format, self._counts.get(level, own.start)
        return str(count).zfill(len(form)) if form.isdecimal() else FORMATS.get(form, str)(count)


@cache
def _plain(level: int) -> _Level:
    return _Level(text=f"%{level + 1}.")


def _level(element: Any) -> _Level:
    return _Level(
        format=_format(element),
        text=value(element, "lvlText") or "",
        start=1 if (start := number(value(element, "start"))) is None else start,
        restart=number(value(element, "lvlRestart")),
        legal=element.find(W + "isLgl") is not None,
        style=value(element, "pStyle") or "",
    )


def _format(element: Any) -> str:
    """How a level prints its numbers; one of its own ("001, 002, 003, ...") by its first number."""
    found = next(element.iter(W + "numFmt"), None)
    if found is None:
        return "decimal"
    own = found.get(W + "format", "").partition(",")[0].strip()
    return own if own.isdecimal() else str(found.get(W + "val", "decimal"))


def _changed(level: _Level, change: Any) -> _Level:
    """A level with what a list changes of it."""
    start, own = number(value(change, "startOverride")), change.find(W + "lvl")
    made = level if own is None else _level(own)
    if own is not None and start is None:
        return made
    return replace(made, start=1 if start is None else start, restarts=True)
