"""Wrong characters in the office's own words: one that looks or sounds alike, or one that is left out.

Only strings that are no word themselves are told: the segmenter must have left the wrong character standing alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import ne
from typing import Any

from ahocorasick_rs import AhoCorasick

from pipeline.profile import Profile
from pipeline.text import word_starts

_LONG, _FULL = 4, 7
_NEAR, _BESIDE = 30, 3
_LEVEL_TWO = bytes(byte for high in range(0xD8, 0xF8) for low in range(0xA1, 0xFF) for byte in (high, low))
_RARE = re.compile(f"[{_LEVEL_TWO.decode('gb2312', 'ignore')}]")
_PARTICLES = frozenset("把被将对向从在为和与是要已也都就还以由到给让")
_OMITTED = frozenset("和与及县市区的乡镇省大总综")


@dataclass(frozen=True, slots=True)
class _Words:
    """The office's words, and a search for what points at a slip in one of them.

    `uses` says of every pattern of the search what it may mean: a word, and where in it the pattern stands; a place
    of None means that the pattern is the word with a character left out.
    """

    known: frozenset[str]
    search: Any
    uses: tuple[tuple[tuple[str, int | None], ...], ...]
    short: Mapping[str, tuple[tuple[str, int], ...]]
    alike: Mapping[str, frozenset[str]]


def hints(text: str, profile: Profile) -> Iterator[int]:
    """Where a word of the office may stand with a wrong or missing character."""
    words = _words(profile)
    yield from (start for start, _, _ in _near(text, words))
    yield from (start for start, _, _ in _rare(text, words))


def typos(text: str, profile: Profile) -> Iterator[tuple[int, int, str]]:
    """The wrong or missing characters of a paragraph, with the word that was probably meant."""
    words = _words(profile)
    found = dict.fromkeys((*_near(text, words), *_rare(text, words)))
    if not found:
        return
    starts = frozenset(word_starts(text))
    for start, end, word in found:
        lacks, place = end - start < len(word), (start, end)
        if lacks and start in starts and end in starts and _lone(text, start, end, starts):
            yield start, end, f"疑似漏字，可能是“{word}”"
        elif not lacks and _is_slip(text, place, starts, word) and not _goes_on(text, place, starts, word):
            yield start, end, f"疑似错别字，可能是“{word}”"


def _near(text: str, words: _Words) -> Iterator[tuple[int, int, str]]:
    """Stretches that differ from a long word, or by a look-alike from a short one, in one character."""
    for pattern, start, end in words.search.find_matches_as_indexes(text, overlapping=True):
        for word, place in words.uses[pattern]:
            if place is None:
                yield start, end, word
            elif start >= place and _differs(text[start - place : start - place + len(word)], word, words):
                yield start - place, start - place + len(word), word


def _differs(found: str, word: str, words: _Words) -> bool:
    """Whether a stretch is the word but for one character that may stand for its own by mistake, and no other word."""
    if len(found) < len(word) or found in words.known:
        return False
    if sum(map(ne, found, word)) != 1:
        return False
    wrong, right = next((a, b) for a, b in zip(found, word, strict=True) if a != b)
    return _alike(right, wrong, words)


def _rare(text: str, words: _Words) -> Iterator[tuple[int, int, str]]:
    """Stretches that are a short word but for a character that hardly anybody writes."""
    for match in _RARE.finditer(text):
        for beside in (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]):
            for word, offset in words.short.get(beside, ()):
                start = match.start() - offset
                found = text[max(start, 0) : start + len(word)]
                if start >= 0 and found[:offset] + found[offset + 1 :] == word[:offset] + word[offset + 1 :]:
                    yield start, start + len(word), word


def _is_slip(text: str, place: tuple[int, int], starts: frozenset[int], word: str) -> bool:
    """Whether the segmenter, too, finds no words in a stretch: a short one falls apart and stands there but once."""
    start, end = place
    found = text[start:end]
    if len(word) < _LONG:
        return all(n in starts for n in range(start, end + 1)) and text.count(found) == 1
    return len(word) > _LONG or _lone(text, start, end, starts)


def _goes_on(text: str, place: tuple[int, int], starts: frozenset[int], word: str) -> bool:
    """Whether the wrong character is the last of a long word and belongs to the next one (委员积极), or is a particle
    that a sentence goes on with (政府把).
    """
    start, end = place
    ends = len(word) >= _LONG and text[start : end - 1] == word[:-1]
    return ends and (end not in starts or (text[end - 1] in _PARTICLES and end - 1 in starts))


def _lone(text: str, start: int, end: int, starts: frozenset[int]) -> bool:
    """Whether a character of the stretch stands alone."""
    return any(n in starts and n + 1 in starts for n in range(start, min(end, len(text))))


@lru_cache(maxsize=2)
def _words(profile: Profile) -> _Words:
    names = (name for unit in profile.units for name in (unit.name, *unit.aliases))
    units = {name for name in names if len(name) >= _LONG and name[0] != "各"}
    known, alike = frozenset({*profile.words("流程词"), *units}), _groups(profile.words("形近字"))
    uses: dict[str, list[tuple[str, int | None]]] = {}
    short: dict[str, list[tuple[str, int]]] = {}
    for word in sorted(known):
        for pattern, place in _patterns(word, alike, _FULL if word in units else _LONG):
            if pattern not in known or place is not None:
                uses.setdefault(pattern, []).append((word, place))
        for n in range(len(word) if len(word) < _LONG else 0):
            for beside in {word[max(n - 1, 0)], word[min(n + 1, len(word) - 1)]} - {word[n]}:
                short.setdefault(beside, []).append((word, n))
    search, found = AhoCorasick(list(uses)), tuple(map(tuple, uses.values()))
    return _Words(known, search, found, {c: tuple(uses) for c, uses in short.items()}, alike)


def _patterns(word: str, alike: Mapping[str, frozenset[str]], full: int) -> Iterator[tuple[str, int | None]]:
    """What to look for: the halves of a long word, one of which a single slip leaves whole, and its shortened forms;
    of a short word the forms with a look-alike.
    """
    if len(word) >= _LONG:
        half = len(word) // 2
        yield from ((word[:half], 0), (word[half:], half))
        for n in range(2, len(word) - 1 if len(word) >= full else 0):
            if word[n] not in _OMITTED:
                yield word[:n] + word[n + 1 :], None
    else:
        for n, character in enumerate(word):
            others = alike.get(character, frozenset()) | (_homophones(character) if "办" not in word else frozenset())
            yield from ((word[:n] + other + word[n + 1 :], 0) for other in others - {character})


def _homophones(character: str) -> frozenset[str]:
    """The characters that stand right beside one in the order of sounds, and so mostly sound the same."""
    place = _usual(character)
    near = range(place - _BESIDE, place + _BESIDE + 1) if place is not None else range(0)
    return frozenset(_at(n) for n in near)


def _at(place: int) -> str:
    """The usual character at a place of GB 2312; a blank where there is none."""
    high, low = divmod(place - 0xA1, 94)
    return bytes((0xB0 + high, 0xA1 + low)).decode("gb2312", "replace") if place >= 0xA1 else " "


def _groups(alike: Iterable[str]) -> dict[str, frozenset[str]]:
    """For every character those that it is mistaken for."""
    groups: dict[str, frozenset[str]] = {}
    for group in alike:
        for character in group:
            groups[character] = groups.get(character, frozenset()) | frozenset(group)
    return groups


def sounds_alike(meant: str, found: str, within: int = _NEAR) -> bool:
    """Whether two characters stand near each other in the order of sounds."""
    here, there = _usual(found), _usual(meant)
    return here is not None and there is not None and 0 < abs(here - there) <= within


def _alike(meant: str, found: str, words: _Words) -> bool:
    """Whether a character may stand for another by mistake.

    Either it looks alike, or it is so rare that hardly anybody writes it (the second half of GB 2312), or it sounds
    alike: that standard lists its 3,755 usual characters by their sound.
    """
    return sounds_alike(meant, found) or found in words.alike.get(meant, ()) or _RARE.match(found) is not None


def _usual(character: str) -> int | None:
    """The place of a usual character in GB 2312, in the order of sounds; None for others."""
    try:
        high, low = character.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (high - 0xB0) * 94 + low if 0xB0 <= high <= 0xD7 else None
