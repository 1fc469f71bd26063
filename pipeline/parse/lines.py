"""The lines of a letter, a title run on into its address taken apart, and the labels that they begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text import squeezed

_TITLE_RUN = re.compile(
    r"([一-鿿]{0,26}?(?:关于|对)[^。！？]{4,90}?(?:答复|复函|回复|会办意见|协办意见)(?:的函)?(?:[（(][^）)]{1,8}[）)])?)"
    r"(?:[ \t\u3000]+|(?=[^，。：:]{2,40}(?:代表|委员)们?[：:]))"
)
_LONG = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text with its span, blanks at its ends left out."""

    text: str
    start: int
    end: int


def lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    found, place = [], 0
    for raw in text.split("\n"):
        bare = raw.strip(" \t\u3000\r")
        start = place + raw.index(bare)
        title = _TITLE_RUN.match(bare) if len(bare) > _LONG or bare.endswith(("：", ":")) else None
        if title:
            found.append(Line(title[1], start, start + title.end(1)))
            start, bare = start + title.end(), bare[title.end() :]
        if bare:
            found.append(Line(bare, start, start + len(bare)))
        place += len(raw) + 1
    return found


def starts_with(line: str, words: tuple[str, ...]) -> bool:
    """Whether a line begins with one of the labels, blanks inside it ignored, and a colon or blank after it."""
    return bool(_labels(words).match(squeezed(line[:40])))


@lru_cache(maxsize=32)
def _labels(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"[（(]?(?:{'|'.join(longest)})\d?[：:]")
