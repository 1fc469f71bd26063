"""Paragraph styles of a Word file, with what they inherit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.records import Role

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _PPR, _DEL = W + "val", W + "pPr", W + "del"
_DEEPEST = 20
_WANTED = (W + "pStyle", W + "numPr", W + "outlineLvl", W + "rPr")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style as far as the text needs it: name, list, list level and outline level (0 the topmost)."""

    name: str = ""
    list: str | None = None
    level: int | None = None
    outline: int | None = None

    @property
    def contents(self) -> bool:
        """Whether the style is that of a table of contents."""
        return self.name.lower().startswith(("toc ", "目录"))

    def role(self, outline: int | None) -> tuple[Role, int]:
        """What a paragraph of this style is, with its heading level; `outline` is the paragraph's outline level."""
        name = self.name.lower()
        if name in {"title", "标题"}:
            return "title", 0
        if name.startswith(("heading ", "标题 ")) and name[-1].isdigit():
            return "heading", int(name[-1])
        return ("heading", outline + 1) if outline is not None and outline < 9 else ("paragraph", 0)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a paragraph says of itself: style id, list, list level, outline level, and whether its mark is deleted."""

    style: str = ""
    list: str = ""
    level: int | None = None
    outline: int | None = None
    mark_deleted: bool = False


_PLAIN = Properties()


def properties_of(paragraph: Any) -> Properties:
    """The properties of a paragraph as far as the text needs them."""
    first = paragraph[0] if len(paragraph) else None
    if first is None or first.tag != _PPR:
        return _PLAIN
    found: dict[str, Any] = {child.tag: child for child in first}
    style, numbers, outline, run = (found.get(tag) for tag in _WANTED)
    if style is None and numbers is None and outline is None and run is None:
        return _PLAIN
    return Properties(
        "" if style is None else style.get(_VAL, ""),
        value(numbers, "numId") or "",
        number(value(numbers, "ilvl")),
        None if outline is None else number(outline.get(_VAL)),
        run is not None and run.find(_DEL) is not None,
    )


def value(element: Any, path: str) -> str | None:
    """The `w:val` of the first element at a path of local names, None where there is none."""
    found = element.find("/".join(W + name for name in path.split("/"))) if element is not None else None
    return None if found is None else str(found.get(_VAL, ""))


def number(text: str | None) -> int | None:
    """A whole number out of an attribute, None where there is none."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


class Styles:
    """The paragraph styles of a package, with what they inherit; the part is parsed when the first one is asked for."""

    def __init__(self, load: Callable[[], Any | None]) -> None:
        self._load = load
        self._elements: dict[str, Any] | None = None
        self._full: dict[str, Style] = {"": Style()}

    def get(self, style_id: str) -> Style:
        """The style with every property that it inherits filled in; an unknown id gives an empty style."""
        if style_id not in self._full:
            self._full[style_id] = self._inherited(style_id)
        return self._full[style_id]

    def _inherited(self, style_id: str, depth: int = 0) -> Style:
        if self._elements is None:
            root = self._load()
            found = () if root is None else root.iterfind(W + "style")
            self._elements = {element.get(W + "styleId", ""): element for element in found}
        element = self._elements.get(style_id)
        if element is None:
            return Style()
        base = value(element, "basedOn") or ""
        parent = self._inherited(base, depth + 1) if base and depth < _DEEPEST else Style()
        properties = element.find(_PPR)
        numbers, level, outline = (value(properties, path) for path in ("numPr/numId", "numPr/ilvl", "outlineLvl"))
        return Style(
            name=value(element, "name") or "",
            list=parent.list if numbers is None else numbers,
            level=parent.level if level is None else number(level),
            outline=parent.outline if outline is None else number(outline),
        )
