"""The paragraphs of a Word part as lines of text: one pass over the tree, in which every text node is met."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.extract.counting import FORMATS
from pipeline.extract.glyphs import symbol
from pipeline.extract.styles import W, hides, number

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P, _T = W + "p", W + "t"
TEXTS = (_T, _M + "t", _A + "t")
_VAL, _ID, _MARK, _CODE = W + "val", W + "id", W + "rPr", W + "instrText"
_OVERLAID = re.compile(r"\s*eq\b.*?\\o[^(]*\((.*)[,，](.*)\)\s*", re.IGNORECASE | re.DOTALL)
_FRACTION = re.compile(r"\s*eq\b.*?\\f[^(]*\((.*)[,，](.*)\)\s*", re.IGNORECASE | re.DOTALL)
_CIRCLES = "○〇◯"


@dataclass(slots=True)
class Said:
    """What a paragraph says of itself: style, list, list level, outline level (both from 0).

    `joined`: its mark is deleted, so that it runs on into the next; `hidden`: its mark is hidden; `notes`: the notes
    it refers to, as part ("footnotes") and id.
    """

    style: str = ""
    list: str = ""
    level: int | None = None
    outline: int | None = None
    joined: bool = False
    hidden: bool = False
    notes: tuple[tuple[str, str], ...] = ()


PLAIN = Said()


class Lines:
    """The text of every paragraph of some trees, and what it says of itself where it says anything.

    Under the key None stands the text outside any paragraph. `shapes` holds, by the row or cell of a table, how it is
    merged: `gridSpan`, `vMerge` and `gridBefore` as written.
    """

    def __init__(self, *roots: Any) -> None:
        self.texts: dict[Any, str] = {}
        self.said: dict[Any, Said] = {}
        self.shapes: dict[Any, dict[str, str]] = {}
        self._fields: list[str | None] = []
        for root in roots:
            self._read(root)

    def _read(self, root: Any) -> None:
        paragraph, parts = None, []
        for element in root.iterdescendants(*_MET):
            tag = element.tag
            if tag == _T:
                if text := element.text:
                    parts.append(text)
            elif tag == P:
                self.texts[paragraph] = "".join(parts)
                paragraph, parts = element, []
            elif tag in _SIGNS:
                parts.append(_SIGNS[tag](element))
            elif tag in _SAID:
                _SAID[tag](element, self.said.setdefault(paragraph, Said()))
            elif tag in _SHAPES:
                shape = self.shapes.setdefault(element.getparent().getparent(), {})
                shape[_SHAPES[tag]] = element.get(_VAL, "")
            else:
                parts.append(self._field(element))
        self.texts[paragraph] = "".join(parts)

    def _field(self, element: Any) -> str:
        """Gather the code of a field; one that draws its text instead of holding it gives that text."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append("")
        elif self._fields and kind == "separate":
            self._fields[-1] = None
        elif self._fields and kind == "end":
            return drawn(self._fields.pop() or "")
        elif self._fields and self._fields[-1] is not None:
            self._fields[-1] += element.text or ""
        return ""


def drawn(code: str) -> str:
    r"""The text that an EQ field draws: a character in a circle, one under its reading, a fraction.

    >>> drawn(r" eq \o\ac(○,3)"), drawn(r"EQ \* jc2 \o\ad(\s\up 9(bàn),办)"), drawn(r"eq \f(1,2)"), drawn("PAGE")
    ('③', '办', '1/2', '')
    """
    if found := _FRACTION.fullmatch(code):
        return "/".join(part.strip() for part in found.groups())
    if not (found := _OVERLAID.fullmatch(code)):
        return ""
    under, text = found[1].strip(), found[2].strip()
    circled = number(text) if under in _CIRCLES else None
    return text if circled is None else FORMATS["decimalEnclosedCircle"](circled)


def _tab(element: Any) -> str:
    return "" if element.getparent().tag == W + "tabs" else "\t"


def _symbol(element: Any) -> str:
    """The sign of a symbol font; its code may be written without the offset of the private area ("00FE")."""
    code = element.get(W + "char", "").zfill(4)
    return symbol(f"F0{code[2:]}" if code.startswith("00") else code)


def _raised(element: Any) -> str:
    return "^" if element.getparent().tag == _M + "sSup" else ""


def _note(part: str) -> Callable[[Any, Said], None]:
    def noted(element: Any, said: Said) -> None:
        said.notes += ((part, element.get(_ID, "")),)

    return noted


def _style(element: Any, said: Said) -> None:
    said.style = element.get(_VAL, "")


def _numbered(element: Any, said: Said) -> None:
    for child in element:
        if child.tag == W + "numId":
            said.list = child.get(_VAL, "")
        elif child.tag == W + "ilvl":
            said.level = number(child.get(_VAL))


def _outlined(element: Any, said: Said) -> None:
    said.outline = number(element.get(_VAL))


def _mark_gone(element: Any, said: Said) -> None:
    said.joined = said.joined or element.getparent().tag == _MARK


def _mark_hidden(element: Any, said: Said) -> None:
    said.hidden = said.hidden or hides(element)


_SIGNS: dict[str, Callable[[Any], str]] = {
    W + "tab": _tab,
    W + "ptab": lambda _: "\t",
    W + "br": lambda _: "\n",
    W + "cr": lambda _: "\n",
    W + "noBreakHyphen": lambda _: "-",
    W + "sym": _symbol,
    _M + "t": lambda element: element.text or "",
    _A + "t": lambda element: element.text or "",
    _V + "textpath": lambda element: element.get("string", ""),
    _M + "den": lambda _: "/",
    _M + "sup": _raised,
}
_SAID: dict[str, Callable[[Any, Said], None]] = {
    W + "pStyle": _style,
    W + "numPr": _numbered,
    W + "outlineLvl": _outlined,
    W + "del": _mark_gone,
    W + "moveFrom": _mark_gone,
    W + "vanish": _mark_hidden,
    W + "footnoteReference": _note("footnotes"),
    W + "endnoteReference": _note("endnotes"),
    W + "commentReference": _note("comments"),
}
_SHAPES = {W + name: name for name in ("gridSpan", "vMerge", "gridBefore")}
_MET = (P, _T, *_SIGNS, *_SAID, *_SHAPES, W + "fldChar", _CODE)
