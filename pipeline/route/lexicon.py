"""Many words in one long text at once: one compiled automaton, answers as arrays of places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from pipeline import text as texts

Numbers = NDArray[np.int64]

_PLANE = 0x10000


@dataclass(frozen=True, slots=True)
class Hits:
    """Where words stand: the word's number, start and end of each hit, in the order of the text."""

    word: Numbers
    start: Numbers
    end: Numbers


class Lexicon:
    """A fixed list of words, numbered in the order given. Pickles as that list.

    A hit inside a longer hit does not count (公路 says nothing in 高速公路), unless `inner` asks for all.
    """

    def __init__(self, words: Sequence[str], *, inner: bool = False) -> None:
        self.words = tuple(words)
        self.inner = inner
        self.needles = tuple(plain(word) for word in self.words)
        self._machine = ahocorasick_rs.AhoCorasick(self.needles)

    def __reduce__(self) -> tuple[Callable[[Sequence[str], bool], Lexicon], tuple[tuple[str, ...], bool]]:
        return _lexicon, (self.words, self.inner)

    def hits(self, text: str) -> Hits:
        """Every hit in a text that `plain` made."""
        found = np.array(self._machine.find_matches_as_indexes(text, overlapping=True), dtype=np.int64).reshape(-1, 3)
        word, start, end = found[np.lexsort((-found[:, 2], found[:, 1]))].T
        if self.inner or not len(word):
            return Hits(word, start, end)
        reach = np.concatenate([[-1], np.maximum.accumulate(end)[:-1]])
        longest = end > reach
        return Hits(word[longest], start[longest], end[longest])

    def places(self, text: str) -> list[tuple[str, int, int]]:
        """(word, start, end) of every hit."""
        hits = self.hits(text)
        return [
            (self.words[w], s, e)
            for w, s, e in zip(hits.word.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
        ]


def plain(text: str) -> str:
    """The text in simplified script, half width and lower case, character for character (offsets hold).

    >>> plain("５Ｇ信號差")
    '5g信号差'
    """
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    return _table()[np.minimum(codes, _PLANE)].tobytes().decode("utf-32-le") if len(codes) else ""


@cache
def _table() -> NDArray[np.uint32]:
    """The plain form of every character of the basic plane; what lies beyond becomes a blank square."""
    table = np.arange(_PLANE + 1, dtype=np.uint32)
    table[0xD800:0xE000] = table[_PLANE] = ord("□")
    table[0xFF01:0xFF5F] -= 0xFEE0
    for code in range(0x3400, 0xA000):
        simple = texts.simplified(chr(code))
        table[code] = ord(simple) if len(simple) == 1 else code
    for code in [*range(0x250), *range(0xFF21, 0xFF3B)]:
        lower = chr(int(table[code])).lower()
        table[code] = ord(lower) if len(lower) == 1 else code
    return table


def _lexicon(words: Sequence[str], inner: bool) -> Lexicon:
    return Lexicon(words, inner=inner)
