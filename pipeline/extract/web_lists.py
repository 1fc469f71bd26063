"""The numbers that a browser puts before the items of a list, which are no text of the page."""

from __future__ import annotations

import re
from typing import Any

from pipeline.figures.ordinals import leads

_HAN = "零一二三四五六七八九十"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STYLE = re.compile(r"list-style(?:-type)?\s{0,3}:\s{0,3}([\w-]{1,40})", re.IGNORECASE)
_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BARE = frozenset(("none", "disc", "circle", "square"))
_MOST = 99


def numbered(root: Any) -> None:
    """Write the number of every item of an ordered list into its text, unless a person has typed one there."""
    for items in root.iter("ol"):
        style = _style(items)
        number = _whole(items.get("start"), 1)
        for item in items.iterchildren("li") if style not in _BARE else ():
            number = _whole(item.get("value"), number)
            text = item.text_content().strip()
            if text and not leads(text):
                _put(item, _mark(number, style) + (" " if text[:1].isdigit() else ""))
            number += 1


def _style(items: Any) -> str:
    own = _STYLE.search(items.get("style", ""))
    return own.group(1).lower() if own else _TYPES.get(items.get("type", ""), "decimal")


def _whole(text: str | None, usual: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,6}", text) else usual


def _put(item: Any, mark: str) -> None:
    """Set a mark before the first words of an item, however deep they stand."""
    for element in item.iter():
        if isinstance(element.tag, str) and (element.text or "").strip():
            element.text = mark + element.text.lstrip()
            return
        if element is not item and (element.tail or "").strip():
            element.tail = mark + element.tail.lstrip()
            return


def _mark(number: int, style: str) -> str:
    """A number as a browser prints it.

    >>> _mark(3, "decimal"), _mark(12, "cjk-ideographic"), _mark(4, "lower-roman"), _mark(2, "upper-alpha")
    ('3.', '十二、', 'iv.', 'B.')
    """
    if not 0 < number <= _MOST:
        return f"{number}."
    if style.startswith(("cjk", "simp-chinese", "trad-chinese")):
        ten, one = divmod(number, 10)
        return (_HAN[ten] if ten > 1 else "") + ("十" if ten else "") + (_HAN[one] if one else "") + "、"
    if style.endswith(("alpha", "latin")) and number <= len(_LATIN):
        letter = _LATIN[number - 1]
        return f"{letter.upper() if style.startswith('upper') else letter}."
    if style.endswith("roman"):
        text = _roman(number)
        return f"{text.upper() if style.startswith('upper') else text}."
    return f"{number}."


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
