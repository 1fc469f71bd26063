"""The ladder of pairs: identical, near copy, same matter; each pair once, under its strongest relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from pipeline.records import Match, Relation, Submission
from pipeline.recur.alike import Levels
from pipeline.recur.candidates import looked
from pipeline.recur.judge import probabilities, signs
from pipeline.recur.matter import Matter, age
from pipeline.recur.memory import Memory
from pipeline.recur.near import near_copies
from pipeline.recur.quotes import differs, evidence
from pipeline.recur.sayings import Sayings

SAME_MATTER, SURE, NEAREST = 0.24, 0.7, 5
"""A pair is told if it is that probable (the best F1 on the county; on real proposals a precision of 0.9) and each is
among the five most probable of the other, or from 0.7 on."""
SHORTEST = 12
"""Normal forms shorter than this are compared as wholes only: their few shingles agree by chance."""


def matches(
    submissions: Sequence[Submission],
    memory: Memory | None = None,
    units: Mapping[str, str] | None = None,
    near: Callable[[Sequence[str]], list[tuple[int, int, float]]] = near_copies,
) -> list[Match]:
    """Every pair of submissions that are alike (R-DUP-01, §3-D), the earlier one on the left; symmetric, no chaining.

    Identical: equal normal form. Near: shingle sets agree. Same matter: probable by what both say, by place and by
    unit; the score is that probability. `units` gives the lead unit by submission id, else the register's counts.
    `memory` spares reading again what it knows. `near` finds the near copies among normal forms.
    """
    ordered = sorted(submissions, key=age)
    memory = memory or Memory.empty()
    matters = memory.matters(ordered)
    known = memory.read(matters, "plain")
    leads = [(units or {}).get(submission.id, submission.lead) for submission in ordered]
    found: dict[tuple[int, int], tuple[Relation, float]] = {}
    prints = [item.print for item in matters]
    for left, right, score in _same_matter(matters, known, leads):
        found[left, right] = ("same_matter", score)
    for left, right, score in near(prints):
        if min(len(prints[left]), len(prints[right])) >= SHORTEST:
            found[left, right] = ("near", score)
    for left, right in _identical(prints):
        found[left, right] = ("identical", 1.0)
    return [_match(ordered[left], ordered[right], memory.sayings, found[left, right]) for left, right in sorted(found)]


def _identical(prints: Sequence[str]) -> list[tuple[int, int]]:
    """Neighbours among equal texts: a chain links all copies without n² pairs."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(prints):
        if text:
            groups[text].append(index)
    return [pair for group in groups.values() for pair in pairwise(group)]


def _same_matter(matters: Sequence[Matter], known: Levels, leads: Sequence[str]) -> list[tuple[int, int, float]]:
    """The pairs that are probably about one matter."""
    pairs = looked(matters, known)
    sure = probabilities(signs(matters, known, leads, pairs))
    kept = np.flatnonzero(sure >= SAME_MATTER)
    found = list(zip(pairs.left[kept].tolist(), pairs.right[kept].tolist(), sure[kept].round(4).tolist(), strict=True))
    near = _nearest(found)
    return [(i, j, score) for i, j, score in found if score >= SURE or (j in near[i] and i in near[j])]


def _nearest(pairs: Sequence[tuple[int, int, float]]) -> dict[int, set[int]]:
    """The nearest others of each: texts full of common phrases are near to many, and many are not near to them."""
    others: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for left, right, score in pairs:
        others[left].append((-score, right))
        others[right].append((-score, left))
    return {index: {other for _, other in sorted(found)[:NEAREST]} for index, found in others.items()}


def _match(left: Submission, right: Submission, sayings: Sayings, found: tuple[Relation, float]) -> Match:
    relation, score = found
    quotes = evidence(left, right, sayings)
    return Match(left.id, right.id, relation, score, quotes, differs(left, right, relation))
