"""The ladder of pairs: identical, near copy, same matter; each pair once, under its strongest relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.figures import quantities
from pipeline.records import Evidence, Match, Relation, Submission
from pipeline.recur.alike import least, neighbours, vectors
from pipeline.recur.matter import Matter, age, fingerprint, matter
from pipeline.recur.near import near_copies
from pipeline.text import grams, normal, sentences

SAME_MATTER, SURE, NEAREST = 0.13, 0.3, 3
"""A pair scores at least 0.13 and is among the three nearest on both sides, or scores 0.3. On the demonstration
county's 18 pairs 0.12 gives precision 0.78 at recall 1.00, 0.13 0.81 at 0.94, 0.15 0.92 at 0.67."""
ELSEWHERE = 0.8
"""What is left of the score of a pair that names different places."""
SHORTEST = 12
"""Normal forms shorter than this are compared as wholes only: their few shingles agree by chance."""


def matches(submissions: Sequence[Submission]) -> list[Match]:
    """Every pair of submissions that are alike (R-DUP-01, §3-D), the earlier one on the left; symmetric, no chaining.

    Identical: equal normal form. Near: shingle sets agree. Same matter: TF-IDF cosine of request and whole text,
    less where they name different places.
    """
    matters = [matter(submission) for submission in sorted(submissions, key=age)]
    found: dict[tuple[int, int], tuple[Relation, float]] = {}
    prints = [fingerprint(item) for item in matters]
    for left, right, score in _same_matter(matters):
        found[left, right] = ("same_matter", score)
    for left, right, score in near_copies(prints):
        if min(len(prints[left]), len(prints[right])) >= SHORTEST:
            found[left, right] = ("near", score)
    for left, right in _identical(prints):
        found[left, right] = ("identical", 1.0)
    return [_match(matters[left], matters[right], *found[left, right]) for left, right in sorted(found)]


def _identical(prints: Sequence[str]) -> list[tuple[int, int]]:
    """Neighbours among equal texts: a chain links all copies without n² pairs."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(prints):
        if text:
            groups[text].append(index)
    return [pair for group in groups.values() for pair in pairwise(group)]


def _same_matter(matters: Sequence[Matter]) -> list[tuple[int, int, float]]:
    if len(matters) < 2:
        return []
    found: list[tuple[int, int, float]] = []
    for left, right, score in neighbours(vectors(matters, masked=False), SAME_MATTER):
        judged = score * (ELSEWHERE if _elsewhere(matters[left], matters[right]) else 1.0)
        if judged >= least(SAME_MATTER, matters[left], matters[right]):
            found.append((left, right, round(min(judged, 1.0), 4)))
    near = _nearest(found)
    return [(i, j, score) for i, j, score in found if score >= SURE or (j in near[i] and i in near[j])]


def _nearest(pairs: Sequence[tuple[int, int, float]]) -> dict[int, set[int]]:
    """The nearest others of each: texts full of common phrases are near to many, and many are not near to them."""
    others: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for left, right, score in pairs:
        others[left].append((-score, right))
        others[right].append((-score, left))
    return {index: {other for _, other in sorted(found)[:NEAREST]} for index, found in others.items()}


def _elsewhere(left: Matter, right: Matter) -> bool:
    """Whether both name places and share none, not even as part of one another."""
    if not left.places or not right.places:
        return False
    return not any(a in b or b in a for a in left.places for b in right.places)


def _match(left: Matter, right: Matter, relation: Relation, score: float) -> Match:
    return Match(left.id, right.id, relation, score, _evidence(left, right), _differs(left, right))


def _evidence(left: Matter, right: Matter, most: int = 2) -> tuple[Evidence, ...]:
    """The sentences of both sides that agree best, the titles first."""
    pairs = [(_alike(left.title, right.title), left.title, right.title)]
    for a in sentences(left.asks or left.body)[:12]:
        for b in sentences(right.asks or right.body)[:12]:
            pairs.append((_alike(a.text, b.text), a.text, b.text))
    best = sorted(pairs, key=lambda pair: -pair[0])[:most]
    return tuple(Evidence(a, b) for score, a, b in best if score > 0.2)


def _alike(left: str, right: str) -> float:
    a, b = set(grams(normal(left), 2, 2)), set(grams(normal(right), 2, 2))
    return len(a & b) / len(a | b) if a and b else 0.0


def _differs(left: Matter, right: Matter) -> tuple[str, ...]:
    """Places and amounts that one side names and the other does not."""
    told = []
    here, there = sorted(left.places - right.places), sorted(right.places - left.places)
    if here and there:
        told.append(f"地点：{'、'.join(here[:3])}／{'、'.join(there[:3])}")
    amounts = [{q.text for q in quantities(side.asks or side.body)} for side in (left, right)]
    mine, theirs = sorted(amounts[0] - amounts[1]), sorted(amounts[1] - amounts[0])
    if mine and theirs:
        told.append(f"数字：{'、'.join(mine[:3])}／{'、'.join(theirs[:3])}")
    return tuple(told)
