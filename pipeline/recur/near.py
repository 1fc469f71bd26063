"""Near copies: one-permutation MinHash over character 4-grams, every candidate verified on the full shingle sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

SHINGLE = 4
BINS, ROWS = 128, 4
JACCARD, CONTAINMENT = 0.5, 0.8
CROWD = 200
"""A bucket with more texts than this is compared with its first text only: copies of one text by the hundred."""

Hashes = NDArray[np.uint64]
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)


def shingles(text: str) -> Hashes:
    """The sorted, distinct 64-bit hashes of the 4-grams of a normal form; a shorter text is one shingle."""
    codes = np.frombuffer(text.ljust(SHINGLE).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    length = len(codes) - SHINGLE + 1
    mixed = np.zeros(length, dtype=np.uint64)
    for offset in range(SHINGLE):
        mixed = (mixed ^ codes[offset : offset + length]) * _FACTORS[offset]
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def signature(hashes: Hashes) -> Hashes:
    """The smallest hash of each of 128 bins; an empty bin borrows from the next filled one (densification)."""
    bins = (hashes >> np.uint64(57)).astype(np.int64)
    firsts, positions = np.unique(bins, return_index=True)
    slots = np.searchsorted(firsts, np.arange(BINS)) % len(firsts)
    borrowed = (firsts[slots] != np.arange(BINS)).astype(np.uint64)
    rows: Hashes = hashes[positions[slots]] + borrowed
    return rows


def candidates(sets: Sequence[Hashes]) -> set[tuple[int, int]]:
    """Pairs of indices (left < right) that agree in at least one band of four rows."""
    buckets: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    for index, hashes in enumerate(sets):
        rows = signature(hashes)
        for band in range(BINS // ROWS):
            buckets[band, rows[band * ROWS : (band + 1) * ROWS].tobytes()].append(index)
    return {pair for members in buckets.values() for pair in _pairs(members)}


def _pairs(members: list[int]) -> Iterator[tuple[int, int]]:
    if len(members) > CROWD:
        return ((members[0], other) for other in members[1:])
    return combinations(members, 2)


def near_copies(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """The pairs of normal forms that are copies, with their score: Jaccard ≥ 0.5, or 0.8 of the shorter contained."""
    sets = [shingles(text) for text in texts]
    found = []
    for left, right in sorted(candidates(sets)):
        shared = len(np.intersect1d(sets[left], sets[right], assume_unique=True))
        jaccard = shared / (len(sets[left]) + len(sets[right]) - shared)
        containment = shared / min(len(sets[left]), len(sets[right]))
        if jaccard >= JACCARD or containment >= CONTAINMENT:
            found.append((left, right, round(max(jaccard, containment if containment >= CONTAINMENT else 0.0), 4)))
    return found
