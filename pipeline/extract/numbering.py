"""Word's automatic numbers, resolved: what the reader sees before each paragraph (R-ING-09)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.extract.counting import FORMATS
from pipeline.extract.styles import Styles, W, number, value

_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str = ""
    restarts: bool = False


@dataclass(slots=True)
class _List:
    """One abstract list: its levels, and how far it has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    style_link: str = ""


class Numbering:
    """Counts the paragraphs of one story and prints their numbers; make one for each document."""

    def __init__(self, load: Callable[[], Any | None], styles: Styles) -> None:
        self._load, self._styles = load, styles
        self._read = False
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, _Level | int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def _open(self) -> None:
        """Read the part, once, when the first list paragraph comes."""
        root, self._read = self._load(), True
        for element in () if root is None else root.findall(W + "abstractNum"):
            levels = {number(lvl.get(W + "ilvl")) or 0: _level(lvl) for lvl in element.findall(W + "lvl")}
            made = _List(levels, style_link=value(element, "numStyleLink") or "")
            self._lists[element.get(W + "abstractNumId", "")] = made
        for element in () if root is None else root.findall(W + "num"):
            list_id = element.get(W + "numId", "")
            self._of[list_id] = value(element, "abstractNumId") or ""
            changes = element.findall(W + "lvlOverride")
            self._overrides[list_id] = {number(change.get(W + "ilvl")) or 0: _override(change) for change in changes}

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list at a level from 0; empty for a bullet and an unknown list."""
        target = self._target(list_id)
        if target is None:
            return ""
        shape = self._shape(target, list_id, level)
        self._count(target, list_id, level)
        if shape.format in {"bullet", "none"} and "%" not in shape.text:
            return ""
        return self._printed(target, list_id, shape)

    def level_of(self, list_id: str, style_id: str) -> int:
        """The level that a list gives to a paragraph style (from 0)."""
        target = self._target(list_id)
        levels = target.levels if target else {}
        return next((depth for depth, level in levels.items() if level.style == style_id), 0)

    def _target(self, list_id: str) -> _List | None:
        if not self._read:
            self._open()
        target = self._lists.get(self._of.get(list_id, ""))
        if target is not None and target.style_link:
            linked = self._styles.get(target.style_link).list
            return self._lists.get(self._of.get(linked or "", ""), target)
        return target

    def _shape(self, target: _List, list_id: str, level: int) -> _Level:
        override = self._overrides.get(list_id, {}).get(level)
        return override if isinstance(override, _Level) else target.levels.get(level, _Level(text=f"%{level + 1}."))

    def _start(self, target: _List, list_id: str, level: int) -> int:
        override = self._overrides.get(list_id, {}).get(level)
        return override if isinstance(override, int) else self._shape(target, list_id, level).start

    def _count(self, target: _List, list_id: str, level: int) -> None:
        override = self._overrides.get(list_id, {}).get(level)
        restarts = isinstance(override, int) or (override is not None and override.restarts)
        first = restarts and (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        if first or level not in target.counts:
            target.counts[level] = self._start(target, list_id, level)
        else:
            target.counts[level] += 1
        for deeper in [n for n in target.counts if n > level]:
            restart = self._shape(target, list_id, deeper).restart
            if restart is None or (restart != 0 and level < restart):
                del target.counts[deeper]

    def _printed(self, target: _List, list_id: str, shape: _Level) -> str:
        def place(match: re.Match[str]) -> str:
            level = int(match.group(1)) - 1
            form = "decimal" if shape.legal else self._shape(target, list_id, level).format
            count = target.counts.get(level, self._start(target, list_id, level))
            return FORMATS.get(form, str)(count)

        return _PLACE.sub(place, shape.text)


def _level(element: Any) -> _Level:
    return _Level(
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=1 if (start := number(value(element, "start"))) is None else start,
        restart=number(value(element, "lvlRestart")),
        legal=element.find(W + "isLgl") is not None,
        style=value(element, "pStyle") or "",
    )


def _override(element: Any) -> _Level | int:
    start, level = number(value(element, "startOverride")), element.find(W + "lvl")
    if level is None:
        return 1 if start is None else start
    made = _level(level)
    made.start, made.restarts = (made.start, False) if start is None else (start, True)
    return made
