"""Chinese ordinals at the head of a line, with their level."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGIT = "[一二三四五六七八九]"
_N = f"(?:{_DIGIT}?十{_DIGIT}?|{_DIGIT}|{_DIGIT}?百[零〇]?(?:{_DIGIT}?十)?{_DIGIT}?)"
_SYSTEMS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (1, rf"第{_N}(?:编|章|部分)(?=[\s\u3000：:、，]|[一-鿿])"),
        (2, rf"第{_N}节(?=[\s\u3000：:]|[一-鿿])"),
        (3, rf"第(?:{_N}|\d{{1,3}})条(?=[\s\u3000：:]|[一-鿿])"),
        (1, rf"{_N}(?:[、．]|\.(?!\d))"),
        (2, rf"[（(]\s*{_N}\s*[）)][、．.]?"),
        (3, r"\d{1,2}[、．](?!\d)|\d{1,2}\.(?![\d])"),
        (4, r"[（(]\s*\d{1,2}\s*[）)][、．.]?|\d{1,2}[）)]"),
        (5, r"[①-⑳㉑-㉟㊱-㊿⑴-⒇⒈-⒛]"),
        (3, rf"第{_N}[，,、：:；]"),
        (3, r"(?:首先|其次|再次|最后|此外)[，,]"),
        (4, rf"{_N}(?:是|要|则)(?=[一-鿿])"),
    )
)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal as printed ("（二）") and its level, 1 the topmost."""

    text: str
    level: int


def ordinal(text: str) -> Ordinal | None:
    """The ordinal that a line begins with, None where it begins with none.

    >>> ordinal("（二）完善制度"), ordinal("2024年以来"), ordinal("3.5公里")
    (Ordinal(text='（二）', level=2), None, None)
    """
    text = text.lstrip()
    for level, pattern in _SYSTEMS:
        if found := pattern.match(text):
            return Ordinal(found.group().strip(), level)
    return None


def leads(text: str) -> bool:
    """Whether a line begins with an ordinal."""
    return ordinal(text) is not None
