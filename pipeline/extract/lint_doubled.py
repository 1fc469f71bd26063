"""Words that stand twice: 今年今年, 座谈会会, 的的, and scraps of markup between Chinese words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.profile import Profile
from pipeline.text import word_starts

_HAN = "[一-鿿]"
_TWICE = re.compile(rf"({_HAN}{{2,12}})\1")
_SINGLE = re.compile(rf"({_HAN})\1")
_COUNTED = re.compile("[一二两三几半][一-鿿]|[一-鿿][一二两三]")
_MARKS = re.compile(r"([，；：、])\1+|(?<!。)。。(?!。)|[，；：、]+。(?!。)|。[，；、]")
_SCRAPS = re.compile(
    rf"(?<={_HAN})\s*([a-z])(?:\s+\1)+\s*(?={_HAN})|&(?:nbsp|amp|lt|gt|quot|[lr][ds]quo|mdash|hellip|middot);?"
    rf"|(?<={_HAN})\s*(?:nbsp|quot|[lr][ds]quo|mdash|hellip)\s*(?={_HAN})|</?(?:p|br|div|span|strong|font)\b[^<>]*>"
)
_HINT = re.compile(rf"({_HAN}{{1,12}})\1|[，；：、。][，；：、。]")
_LATIN = re.compile("[a-z&<]")
_LONG, _NEAR = 3, 12
_FREE = frozenset("作做在说看管问想走听天年家人个件条位次的着过")
"""What stands by itself after a word that ends alike (现在在校, 来说说, 目的的)."""
_NUMERALS = frozenset("〇零一二三四五六七八九")
_GRAMMAR = frozenset("的了着和与及或在是对将把被向从为以由于")
_ENDS = frozenset("会局委办部厅科室处院所站校员案议表化性者们")
"""What ends the name of an office, a meeting, a paper; after such an end it does not begin a word by itself."""


def hints(text: str, _profile: Profile) -> Iterator[int]:
    """Where something stands twice, or where letters and signs of markup do."""
    yield from (match.start() for match in _HINT.finditer(text))
    yield from (match.start() for match in _LATIN.finditer(text))


def doubled(text: str, profile: Profile) -> Iterator[tuple[int, int, str]]:
    """The doubled words and marks of a paragraph."""
    starts = frozenset(word_starts(text)) if _SINGLE.search(text) or _TWICE.search(text) else frozenset()
    for match in _TWICE.finditer(text):
        whole = match.end() in starts or match.end() + 1 not in starts
        parted = {match.start(), match.end(1)} <= starts and whole
        if (parted or len(match.group(1)) >= _LONG) and not _usual(match, profile):
            yield (*match.span(), "疑似重复")
    yield from _syllables(text, starts)
    for match in _MARKS.finditer(text):
        yield (*match.span(), "疑似标点重复")
    for match in _SCRAPS.finditer(text):
        yield (*match.span(), "疑似夹杂的网页符号")


def _usual(match: re.Match[str], profile: Profile) -> bool:
    """Whether a doubled word is good Chinese: 研究研究, 一个一个, 代表代表人民."""
    word = match.group(1)
    if word in profile.words("叠用词") or _COUNTED.fullmatch(word) or len(set(word)) == 1:
        return True
    return word[0] in "一逐每" or word.endswith("着")


def _syllables(text: str, starts: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Single characters that stand twice where the second is no part of a word (座谈会会, 住建局局, 的的)."""
    for match in _SINGLE.finditer(text):
        first, second, after = match.start(), match.start() + 1, match.end()
        if second not in starts or after not in starts or match.group(1) in _NUMERALS:
            continue
        before = text[max(0, first - 2) : first]
        grammar = match.group(1) in _GRAMMAR and first in starts and (first == 1 or first - 1 not in starts)
        stray = match.group(1) not in _FREE and {first - 1} <= starts and first not in starts and before[-1:] != "一"
        end = match.group(1) in _ENDS and before.strip() and not before.endswith("一") and _is_whole(text, after)
        if grammar or end or (stray and _is_whole(text, after)):
            yield first, after, "疑似叠字"


def _is_whole(text: str, place: int) -> bool:
    """Whether nothing or a full word follows, not the rest of one that the segmenter does not know."""
    return not ("一" <= text[place : place + 1] <= "鿿") or 1 not in word_starts(text[place : place + _NEAR])
