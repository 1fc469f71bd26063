"""Letters of a batch whose answers are the same text (rule C06): shared least hashes, then containment. Linear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

from pipeline.text import grams, normal

_KEYS = 6
_CROWD = 30
_SHORTEST = 60


def twins(answers: Sequence[str], share: float) -> dict[int, list[int]]:
    """For each letter the others sharing at least `share` of the shorter one's character 4-grams; short ones not."""
    shingles = [frozenset(grams(normal(a), 4, 4)) if len(a) >= _SHORTEST else frozenset() for a in answers]
    buckets: dict[int, list[int]] = defaultdict(list)
    for index, own in enumerate(shingles):
        for key in sorted({crc32(gram.encode()) for gram in own})[:_KEYS]:
            buckets[key].append(index)
    pairs = {(a, b) for held in buckets.values() for i, a in enumerate(held[:_CROWD]) for b in held[i + 1 : _CROWD]}
    found: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(pairs):
        if containment(shingles[a], shingles[b]) >= share:
            found[a].append(b)
            found[b].append(a)
    return dict(found)


def containment(left: frozenset[str], right: frozenset[str]) -> float:
    """How much of the smaller set the larger one holds."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0
