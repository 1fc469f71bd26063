"""Idioms of four characters with one that only sounds right: 答非所闻 for 答非所问."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from operator import ne
from typing import Any

from ahocorasick_rs import AhoCorasick

from pipeline.extract.lint_typos import sounds_alike
from pipeline.profile import Profile
from pipeline.text import idioms, word_starts

_RUN = re.compile("[一-鿿]{4,}")
_SIZE, _HALF, _SOUND = 4, 2, 12
_LOOSE = frozenset("的得地了着不")
"""Characters of grammar: where one of them is the odd one, the four are a phrase and no idiom."""


def hints(text: str, _profile: Profile) -> Iterator[int]:
    """Where four characters are an idiom but for one of the same sound."""
    search, halves = _search()
    for number, start, end in search.find_matches_as_indexes(text, overlapping=True):
        half, first, second, third, fourth = halves[number]
        after, before = text[end : end + _HALF], text[max(0, start - _HALF) : start]
        if len(after) == _HALF and (after[0] in third or after[1] in fourth) and _meant(half + after):
            yield start
        if len(before) == _HALF and (before[0] in first or before[1] in second) and _meant(before + half):
            yield start - _HALF


def slips(text: str, _profile: Profile) -> Iterator[tuple[int, int, str]]:
    """Four characters that are an idiom but for one of the same sound, where the segmenter finds no words in them."""
    for run in _RUN.finditer(text):
        starts = frozenset(word_starts(run.group()))
        for start in starts:
            found = run.group()[start : start + _SIZE]
            cuts = _cuts(starts, start)
            if len(found) == _SIZE and cuts > 2 and (meant := _meant(found)) and (idioms()[meant] or cuts == _SIZE):
                place = run.start() + start
                yield place, place + _SIZE, f"疑似错别字，可能是“{meant}”"


def _cuts(starts: frozenset[int], start: int) -> int:
    """Into how many words the segmenter parts four characters, 0 where they share a word with their neighbours."""
    return 1 + sum(n in starts for n in range(start + 1, start + _SIZE)) if start + _SIZE in starts else 0


@lru_cache(maxsize=1024)
def _meant(found: str) -> str:
    """The one idiom that is meant by four characters, empty where none is or where they are one."""
    near = set() if found in idioms() else {*_near(found)}
    if len(near) != 1:
        return ""
    (meant,) = near
    wrong, right = next((a, b) for a, b in zip(found, meant, strict=True) if a != b)
    return meant if sounds_alike(right, wrong, _SOUND) and not {wrong, right} & _LOOSE else ""


def _near(found: str) -> Iterator[str]:
    """The idioms that differ from four characters in one."""
    heads, tails = _halves()
    head, tail = found[:2], found[2:]
    yield from (head + other for other in _pairs(heads.get(head, "")) if sum(map(ne, other, tail)) == 1)
    yield from (other + tail for other in _pairs(tails.get(tail, "")) if sum(map(ne, other, head)) == 1)


def _pairs(halves: str) -> Iterator[str]:
    return (halves[n : n + _HALF] for n in range(0, len(halves), _HALF))


@cache
def _halves() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The second halves of all idioms by the first, and the first by the second: a slip leaves one of them whole."""
    heads: dict[str, str] = {}
    tails: dict[str, str] = {}
    for idiom in idioms():
        head, tail = idiom[:_HALF], idiom[_HALF:]
        heads[head] = heads.get(head, "") + tail
        tails[tail] = tails.get(tail, "") + head
    return heads, tails


@cache
def _search() -> tuple[Any, tuple[tuple[str, str, str, str, str], ...]]:
    """A search for the halves of idioms; of each the characters that stand in the two places before and after it."""
    heads, tails = _halves()
    halves = tuple({**heads, **tails})
    beside = ((half, tails.get(half, ""), heads.get(half, "")) for half in halves)
    return AhoCorasick(halves), tuple((half, a[::2], a[1::2], b[::2], b[1::2]) for half, a, b in beside)
