"""Near copies: texts that agree in a band of their MinHash or share rare sampled grams, verified on the full sets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.grams import Hashes, Places
from pipeline.recur.shingles import BANDS, Keys, Sketches, shared, sketch

JACCARD, CONTAINMENT = 0.5, 0.8
CROWD = 100
"""A bucket with more texts than this is compared with its first text only: copies of one text by the hundred."""
RARE = 32
"""A sampled gram that more texts have is a common phrase, and brings none together."""
LEAST_SAMPLES, HALF = 2, 0.5


def near_copies(texts: Sequence[str], sketches: Sketches | None = None) -> list[tuple[int, int, float]]:
    """The pairs of normal forms (left < right) that are copies, with their score.

    Copies: Jaccard of the distinct 4-grams ≥ 0.5, or 0.8 of the shorter text's grams stand in the other one.
    """
    pairs = candidates(sketch(texts) if sketches is None else sketches)
    left, right = pairs // len(texts), pairs % len(texts)
    common, of_left, of_right = shared(texts, left, right)
    jaccard = common / (of_left + of_right - common)
    contained = common / np.minimum(of_left, of_right)
    score = np.maximum(jaccard, np.where(contained >= CONTAINMENT, contained, 0.0))
    kept = np.flatnonzero((jaccard >= JACCARD) | (contained >= CONTAINMENT))
    return list(zip(left[kept].tolist(), right[kept].tolist(), score[kept].round(4).tolist(), strict=True))


def candidates(sketches: Sketches) -> Places:
    """Pairs worth verifying, sorted, each as left × number of texts + right."""
    number = len(sketches.bands)
    found = np.zeros(0, dtype=np.int64)
    for band in range(BANDS):
        found = np.union1d(found, _together(sketches.bands[:, band], np.arange(number), number, CROWD))
    return np.union1d(found, _inside(sketches, number))


def _inside(sketches: Sketches, number: int) -> Places:
    """Pairs that share two rare samples and half of what the one with fewer samples has."""
    order = np.argsort(sketches.samples, kind="stable")
    values, owners = sketches.samples[order], sketches.owners[order].astype(np.int64)
    runs = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else np.zeros(0, np.int64)
    size = np.diff(np.append(runs, len(values)))
    rare = np.repeat(size <= RARE, size)
    rows = _together(values[rare], owners[rare], number, RARE, every=True)
    pairs, counts = np.unique(rows, return_counts=True)
    fewer = np.minimum(sketches.sampled[pairs // number], sketches.sampled[pairs % number])
    return np.asarray(pairs[(counts >= LEAST_SAMPLES) & (counts >= HALF * fewer)])


def _together(keys: Hashes | Keys, owners: Places, number: int, crowd: int, *, every: bool = False) -> Places:
    """Pairs of owners with equal keys, of a run longer than `crowd` those with its first.

    With `every` the keys come sorted, and a pair as often as it agrees.
    """
    order = np.lexsort((owners, keys)) if not every else np.arange(len(keys))
    keys, owners = keys[order], owners[order]
    start = np.concatenate([[True], keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, bool)
    run = np.cumsum(start) - 1
    first, length = np.flatnonzero(start), np.bincount(run) if len(run) else np.zeros(0, np.int64)
    large = length[run] > crowd if len(run) else np.zeros(0, bool)
    found = [owners[first[run[large]]] * number + owners[large]]
    keys, owners, run = keys[~large], owners[~large], run[~large]
    for step in range(1, crowd):
        same = run[step:] == run[:-step]
        if not same.any():
            break
        found.append(owners[:-step][same] * number + owners[step:][same])
    pairs = np.concatenate(found)
    left, right = pairs // max(number, 1), pairs % max(number, 1)
    pairs = np.minimum(left, right) * number + np.maximum(left, right)
    pairs = pairs[left != right]
    return pairs if every else np.unique(pairs)
