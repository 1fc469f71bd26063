"""Paragraph styles of a Word file, with what they inherit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from pipeline.extract.package import parsed
from pipeline.records import Role

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _PPR, _DEL = W + "val", W + "pPr", W + "del"
_ROOT = re.compile(rb"<w:styles[\s>][^>]*>")
_ID = re.compile(rb'(?:[^<>]*? )?w:styleId="([^"<>]*)"')
_USUAL = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DEEPEST = 20
_PSTYLE, _NUM, _OUTLINE, _RPR = W + "pStyle", W + "numPr", W + "outlineLvl", W + "rPr"


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
    style = numbers = outline = run = None
    for child in first:
        tag = child.tag
        if tag == _PSTYLE:
            style = child
        elif tag == _NUM:
            numbers = child
        elif tag == _OUTLINE:
            outline = child
        elif tag == _RPR:
            run = child
    if style is None and numbers is None and outline is None and run is None:
        return _PLAIN
    return Properties(
        "" if style is None else style.get(_VAL, ""),
        value(numbers, "numId") or "",
        number(value(numbers, "ilvl")),
        None if outline is None else number(outline.get(_VAL)),
        run is not None and run.find(_DEL) is not None,
    )


@cache
def _path(names: str) -> str:
    return "/".join(W + name for name in names.split("/"))


def value(element: Any, path: str) -> str | None:
    """The `w:val` of the first element at a path of local names, None where there is none."""
    if element is None:
        return None
    found = element.find(_path(path))
    return None if found is None else str(found.get(_VAL, ""))


def hides(element: Any) -> bool:
    """Whether a `w:vanish` is switched on."""
    return element.get(_VAL, "1") not in {"0", "false", "off"}


def number(text: str | None) -> int | None:
    """A whole number out of an attribute, None where there is none."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


class Styles:
    """The paragraph styles of a package, with what they inherit; each is parsed when it is first asked for.

    Word writes hundreds of styles and a letter uses five: the part is cut at its styles and not parsed as a whole.
    """

    def __init__(self, data: bytes | None) -> None:
        self._data = data
        self._pieces: dict[str, bytes] | None = None
        self._full: dict[str, Style] = {"": Style()}

    def get(self, style_id: str) -> Style:
        """The style with every property that it inherits filled in; an unknown id gives an empty style."""
        if style_id not in self._full:
            self._full[style_id] = self._inherited(style_id)
        return self._full[style_id]

    def hidden(self) -> frozenset[str]:
        """The ids of the styles whose text is not shown."""
        if b"vanish" not in (self._data or b""):
            return frozenset()
        marked = [style_id for style_id, piece in self._cut().items() if b"vanish" in piece]
        marks = {style_id: self._element(style_id).find(_path("rPr/vanish")) for style_id in marked}
        return frozenset(style_id for style_id, mark in marks.items() if mark is not None and hides(mark))

    def _inherited(self, style_id: str, depth: int = 0) -> Style:
        if style_id not in self._cut():
            return Style()
        element = self._element(style_id)
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

    def _cut(self) -> dict[str, bytes]:
        """The XML of each style by its id, each under the part's root so that it can be parsed alone."""
        if self._pieces is None:
            self._pieces = _pieces(self._data) if self._data else {}
        return self._pieces

    def _element(self, style_id: str) -> Any:
        return parsed(self._cut()[style_id])[0]


def _pieces(data: bytes) -> dict[str, bytes]:
    """The styles of a part, cut out of its bytes; out of the parsed part where it is written in an unusual way."""
    head, *rest = data.split(b"<w:style ")
    root = _ROOT.search(head)
    ids = [_ID.match(piece) for piece in rest]
    ends = [piece.find(b"</w:style>") for piece in rest]
    if root is not None and _USUAL in root[0] and all(ids) and min(ends, default=-1) > 0 and b"<!" not in data:
        return {
            found[1].decode(errors="replace"): root[0] + b"<w:style " + piece[:end] + b"</w:style></w:styles>"
            for found, piece, end in zip(ids, rest, ends, strict=True)
            if found is not None
        }
    return {e.get(W + "styleId", ""): _alone(e) for e in parsed(data).iterfind(W + "style")}


def _alone(element: Any) -> bytes:
    return b"<x>" + etree.tostring(element, with_tail=False) + b"</x>"
