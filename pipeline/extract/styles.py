"""Paragraph styles of a Word file, with what they inherit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from lxml import etree

from pipeline.extract.package import BrokenPart, parsed
from pipeline.records import Role

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _PPR = W + "val", W + "pPr"
_ROOT = re.compile(rb"<w:styles[\s>][^>]*>")
_ID = re.compile(rb'(?:[^<>]*? )?w:styleId="([^"<>]*)"')
_BASE = re.compile(rb'basedOn\s[^<>]*?val="([^"<>]*)"')
_USUAL = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DEFAULT = re.compile(rb'(?=[^>]*type="paragraph")[^>]*default="(?:1|true|on)"')
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style as far as the text needs it: name, list, list level and outline level (0 the topmost).

    `list` is "0" outside any list; `ids` are its own id and those that it is based on.
    """

    name: str = ""
    list: str = "0"
    level: int | None = None
    outline: int | None = None
    ids: tuple[str, ...] = ()
    contents: bool = False
    role: tuple[Role, int] = ("paragraph", 0)

    def role_at(self, outline: int) -> tuple[Role, int]:
        """What a paragraph is that has an outline level of its own (0 the topmost)."""
        return _role(self.name, outline)


def _role(name: str, outline: int | None) -> tuple[Role, int]:
    """What a paragraph is by the name of its style and its outline level, with its heading level."""
    name = name.lower()
    if name in {"title", "标题"}:
        return "title", 0
    if name.startswith(("heading ", "标题 ")) and name[-1].isdigit():
        return "heading", int(name[-1])
    return ("heading", outline + 1) if outline is not None and outline < 9 else ("paragraph", 0)


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
        self._pieces, self._default = _pieces(data) if data else ({}, "")
        self._full: dict[str, Style] = {}

    def get(self, style_id: str) -> Style:
        """The style with every property that it inherits filled in; "" or an unknown id gives the default style."""
        if style_id not in self._full:
            self._full[style_id] = self._inherited(style_id if style_id in self._pieces else self._default)
        return self._full[style_id]

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The ids of the styles whose text is not shown."""
        if not any(b"vanish" in piece for piece in self._pieces.values()):
            return frozenset()
        return frozenset(style_id for style_id in self._pieces if self._hides(style_id))

    def _hides(self, style_id: str, depth: int = 0) -> bool:
        piece = self._pieces.get(style_id, b"")
        element = self._element(style_id) if b"vanish" in piece else None
        mark = None if element is None else element.find(_path("rPr/vanish"))
        if mark is not None:
            return hides(mark)
        base = _BASE.search(piece)
        return base is not None and depth < _DEEPEST and self._hides(base[1].decode(errors="replace"), depth + 1)

    def _inherited(self, style_id: str, depth: int = 0) -> Style:
        element = self._element(style_id)
        if element is None:
            return Style()
        base = value(element, "basedOn")
        parent = self._inherited(base, depth + 1) if base and depth < _DEEPEST else Style()
        properties, name = element.find(_PPR), value(element, "name") or ""
        numbers, depth_, outline = (value(properties, path) for path in ("numPr/numId", "numPr/ilvl", "outlineLvl"))
        level = parent.outline if outline is None else number(outline)
        return Style(
            name=name,
            list=parent.list if numbers is None else numbers,
            level=parent.level if depth_ is None else number(depth_),
            outline=level,
            ids=(style_id, *parent.ids),
            contents=name.lower().startswith(("toc ", "目录")),
            role=_role(name, level),
        )

    def _element(self, style_id: str) -> Any | None:
        """The parsed style, None where there is none or it is broken."""
        try:
            return parsed(self._pieces[style_id])[0] if style_id in self._pieces else None
        except BrokenPart:
            return None


def _pieces(data: bytes) -> tuple[dict[str, bytes], str]:
    """The styles of a part by id, cut out of its bytes (parsed where written unusually), and the id of the default."""
    head, *rest = data.split(b"<w:style ")
    root = _ROOT.search(head)
    ids = [_ID.match(piece) for piece in rest]
    ends = [piece.find(b"</w:style>") for piece in rest]
    if root is None or _USUAL not in root[0] or not all(ids) or min(ends, default=-1) <= 0 or b"<!" in data:
        return _parsed_pieces(parsed(data))
    found, default = {}, ""
    for match, piece, end in zip(ids, rest, ends, strict=True):
        style_id = "" if match is None else match[1].decode(errors="replace")
        found[style_id] = root[0] + b"<w:style " + piece[:end] + b"</w:style></w:styles>"
        default = style_id if _DEFAULT.match(piece) else default
    return found, default


def _parsed_pieces(root: Any) -> tuple[dict[str, bytes], str]:
    found = {e.get(W + "styleId", ""): e for e in root.iterfind(W + "style")}
    usual = (i for i, e in found.items() if e.get(W + "type") == "paragraph" and e.get(W + "default") in {"1", "true"})
    pieces = {i: b"<x>" + etree.tostring(e, with_tail=False) + b"</x>" for i, e in found.items()}
    return pieces, next(usual, "")
