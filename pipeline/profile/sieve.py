"""Which of many regular expressions may match a text: one pass with an automaton instead of one for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick

Clause = frozenset[str]
"""Words of which one at least stands in whatever a pattern matches."""

_FEW = 8
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


class Sieve:
    """A list of patterns, compiled when first asked for.

    >>> Sieve(["关于.*(?:建议|提案)", r"第\\s*\\d+\\s*页"]).candidates("关于修路的建议")
    [0]
    """

    def __init__(self, patterns: Iterable[str], flags: int = 0) -> None:
        self._patterns, self._flags = tuple(patterns), flags
        needs = [_needed(pattern, flags) for pattern in self._patterns]
        words = sorted({word for clauses in needs for clause in clauses for word in clause})
        bits = {word: 1 << number for number, word in enumerate(words)}
        masks = [[sum(bits[word] for word in clause) for clause in clauses] or [-1] for clauses in needs]
        self._needs = [(number, first, rest) for number, (first, *rest) in enumerate(masks)]
        self._always = 1 << len(words)
        self._machine = AhoCorasick(words)
        self._compiled = cache(self._compile)

    def candidates(self, text: str) -> list[int]:
        """The numbers of the patterns that may match, in order: all that do, and few that do not."""
        found = self._always
        for word in {hit[0] for hit in self._machine.find_matches_as_indexes(_folded(text), overlapping=True)}:
            found |= 1 << word
        return [n for n, first, rest in self._needs if found & first and all(found & need for need in rest)]

    def pattern(self, number: int) -> re.Pattern[str]:
        """The compiled pattern of a number."""
        return self._compiled(number)

    def _compile(self, number: int) -> re.Pattern[str]:
        return re.compile(self._patterns[number], self._flags)


def _needed(pattern: str, flags: int) -> list[Clause]:
    """The clauses that a match meets, those of longer words alone where there are such; none for a loose pattern."""
    clauses = [frozenset(map(_folded, clause)) for clause in _clauses(parser.parse(pattern, flags))]
    long = [clause for clause in clauses if _length(clause) > 1]
    return sorted(long, key=_length, reverse=True) or clauses


def _folded(text: str) -> str:
    """The text without the difference of capitals, as wide as regular expressions leave it out."""
    return text.casefold().replace("ı", "i")


def _clauses(parsed: Sequence[tuple[Any, Any]]) -> list[Clause]:
    """The clauses of the parts of a sequence, neighbouring letters put together to words."""
    found: list[Clause] = []
    word = ""
    for kind, value in parsed:
        if kind is code.LITERAL:
            word += chr(value)
            continue
        found += [frozenset({word})] if word else []
        word = ""
        found += _clauses_of(kind, value)
    return [*found, frozenset({word})] if word else found


def _clauses_of(kind: Any, value: Any) -> list[Clause]:
    """The clauses of one part; those that this does not know have none."""
    if kind in _REPEATS:
        return _clauses(value[2]) if value[0] else []
    if kind is code.SUBPATTERN:
        return _clauses(value[3])
    if kind is code.ATOMIC_GROUP:
        return _clauses(value)
    if kind is code.ASSERT:
        return _clauses(value[1])
    if kind is code.BRANCH:
        return _either([_clauses(branch) for branch in value[1]])
    if kind is code.IN and len(value) <= _FEW and all(part[0] is code.LITERAL for part in value):
        return [frozenset(chr(part[1]) for part in value)]
    return []


def _either(branches: Sequence[Sequence[Clause]]) -> list[Clause]:
    """The one clause of alternatives: the best of each, if every one has any."""
    if not all(branches):
        return []
    return [frozenset().union(*(max(clauses, key=_length) for clauses in branches))]


def _length(clause: Clause) -> int:
    return min(map(len, clause))
