"""The ladder of pairs: identical, near copy, same matter; each pair once, under its strongest relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from pipeline.figures import quantities
from pipeline.records import Evidence, Match, Relation, Submission
from pipeline.recur.alike import Levels, neighbours, wording
from pipeline.recur.judge import probabilities, signs
from pipeline.recur.matter import Matter, age, fingerprint, matter
from pipeline.recur.memory import Memory
from pipeline.recur.near import near_copies
from pipeline.text import grams, normal, sentences

CANDIDATE = 0.1
"""The cosine from which on a pair is looked at: of the demonstration county's 53 pairs one lies below."""
SAME_MATTER, SURE, NEAREST = 0.28, 0.7, 5
"""A pair is told if it is that probable and each is among the five most probable of the other, or from 0.7 on."""
COPIED = "文字相同而地点不同（疑为套用同一文稿，不是同一事项）"
SHORTEST = 12
"""Normal forms shorter than this are compared as wholes only: their few shingles agree by chance."""


def matches(
    submissions: Sequence[Submission], memory: Memory | None = None, units: Mapping[str, str] | None = None
) -> list[Match]:
    """Every pair of submissions that are alike (R-DUP-01, §3-D), the earlier one on the left; symmetric, no chaining.

    Identical: equal normal form. Near: shingle sets agree. Same matter: probable by what both say, by place and by
    unit; the score is that probability. `units` gives the lead unit by submission id, else the register's counts.
    `memory` spares reading again what it knows.
    """
    ordered = sorted(submissions, key=age)
    matters = [matter(submission) for submission in ordered]
    known = (memory or Memory.empty()).of(matters)
    leads = [(units or {}).get(submission.id, submission.lead) for submission in ordered]
    found: dict[tuple[int, int], tuple[Relation, float]] = {}
    prints = [fingerprint(item) for item in matters]
    for left, right, score in _same_matter(matters, known.plain, leads):
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


def _same_matter(matters: Sequence[Matter], known: Levels, leads: Sequence[str]) -> list[tuple[int, int, float]]:
    """The pairs that are probably about one matter."""
    alike = list(neighbours(known.vectors(), CANDIDATE)) if len(matters) > 1 else []
    if not alike:
        return []
    left, right = (np.array(side, dtype=np.int64) for side in list(zip(*alike, strict=True))[:2])
    cosines = np.array([score for _, _, score in alike], dtype=np.float32)
    sure = probabilities(signs(matters, known, leads, (left, right), cosines))
    kept = np.flatnonzero(sure >= SAME_MATTER)
    found = list(zip(left[kept].tolist(), right[kept].tolist(), sure[kept].round(4).tolist(), strict=True))
    near = _nearest(found)
    return [(i, j, score) for i, j, score in found if score >= SURE or (j in near[i] and i in near[j])]


def _nearest(pairs: Sequence[tuple[int, int, float]]) -> dict[int, set[int]]:
    """The nearest others of each: texts full of common phrases are near to many, and many are not near to them."""
    others: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for left, right, score in pairs:
        others[left].append((-score, right))
        others[right].append((-score, left))
    return {index: {other for _, other in sorted(found)[:NEAREST]} for index, found in others.items()}


def _match(left: Matter, right: Matter, relation: Relation, score: float) -> Match:
    return Match(left.id, right.id, relation, score, _evidence(left, right), _differs(left, right, relation))


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


def _differs(left: Matter, right: Matter, relation: Relation) -> tuple[str, ...]:
    """Places and amounts that one side names and the other does not; a copy made for another place is called one."""
    told = []
    here, there = _only(left, right), _only(right, left)
    if here and there:
        word = "地点" if relation == "same_matter" else COPIED
        told.append(f"{word}：{'、'.join(here[:3])}／{'、'.join(there[:3])}")
    amounts = [{q.text for q in quantities(side.asks or side.body)} for side in (left, right)]
    mine, theirs = sorted(amounts[0] - amounts[1]), sorted(amounts[1] - amounts[0])
    if mine and theirs:
        told.append(f"数字：{'、'.join(mine[:3])}／{'、'.join(theirs[:3])}")
    return tuple(told)


def _only(one: Matter, other: Matter) -> list[str]:
    """The places that one names and that stand nowhere in the other."""
    text = wording(other, masked=False)
    return sorted(place for place in one.places if place not in text)
