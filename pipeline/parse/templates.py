"""Template-like text: paragraphs that several speeches have nearly word for word (R-SPK-04)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.records import Shared, Speech
from pipeline.text import grams, normal

_SIZE = 3
_LEAST = 40
_ALIKE = 0.8
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of a speech: its place, and its shingles, the rarest of the set first."""

    speech: int
    start: int
    end: int
    shingles: tuple[str, ...]


def with_shared(speeches: Sequence[Speech]) -> list[Speech]:
    """The speeches, each with those of its paragraphs that others have too.

    Two paragraphs of at least 40 characters are alike where the Jaccard similarity of their shingles of three
    characters, marks left out, is 0.8 or more. The same text in two files is a copy, not a template: speeches of the
    same text count as one.
    """
    paragraphs = _paragraphs(speeches)
    alike: dict[int, dict[int, float]] = defaultdict(dict)
    for left, right, score in _pairs(paragraphs):
        if speeches[paragraphs[left].speech].text != speeches[paragraphs[right].speech].text:
            alike[left][right] = alike[right][left] = score
    found: dict[int, list[Shared]] = defaultdict(list)
    for place, others in sorted(alike.items()):
        one = paragraphs[place]
        text = speeches[one.speech].text[one.start : one.end]
        ids = tuple(sorted({speeches[paragraphs[other].speech].id for other in others}))
        found[one.speech].append(Shared(text, one.start, one.end, ids, round(max(others.values()), 3)))
    return [replace(speech, shared=tuple(found.get(n, ()))) for n, speech in enumerate(speeches)]


def _paragraphs(speeches: Sequence[Speech]) -> list[_Paragraph]:
    cut = [(n, match, frozenset(grams(normal(match.group()), _SIZE, _SIZE))) for n, match in _lines(speeches)]
    counts = Counter(shingle for _, _, shingles in cut for shingle in shingles)
    return [
        _Paragraph(n, match.start(), match.end(), tuple(sorted(shingles, key=lambda one: (counts[one], one))))
        for n, match, shingles in cut
    ]


def _lines(speeches: Sequence[Speech]) -> Iterator[tuple[int, re.Match[str]]]:
    for n, speech in enumerate(speeches):
        for match in _LINE.finditer(speech.text):
            if len(normal(match.group())) >= _LEAST:
                yield n, match


def _pairs(paragraphs: Sequence[_Paragraph]) -> Iterator[tuple[int, int, float]]:
    """The pairs of paragraphs of two speeches that are alike, with their likeness.

    Two sets that share 0.8 of their shingles share one of the rarest fifth of each: only those are looked up.
    """
    seen: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(paragraphs):
        rare = one.shingles[: len(one.shingles) - int(len(one.shingles) * _ALIKE) + 1]
        near = {other for shingle in rare for other in seen[shingle] if paragraphs[other].speech != one.speech}
        for other in sorted(near):
            score = _likeness(one.shingles, paragraphs[other].shingles)
            if score >= _ALIKE:
                yield other, place, score
        for shingle in rare:
            seen[shingle].append(place)


def _likeness(left: Sequence[str], right: Sequence[str]) -> float:
    both = len(set(left) & set(right))
    return both / (len(left) + len(right) - both)
