"""Near copies: texts that agree in a band of their MinHash or share rare sampled grams, verified on the full sets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.grams import Places
from pipeline.recur.shingles import BANDS, Keys, Sketches, shared, sketch

JACCARD, CONTAINMENT = 0.5, 0.8
CROWD = 100
"""A bucket with more texts than this is compared with its first text only: copies of one text by the hundred."""
RARE = 32
"""A sampled gram that more texts have is a common phrase, and brings none together."""
SHARE = 0.35
"""Of its rare samples the text with fewer must have so many in common with the other: fewer than copies have, because
an edit spoils the samples around it too."""
_KEY, _OWNER = np.uint64(32), np.uint64(0xFFFFFFFF)
"""A key and the number of the text that has it, packed into one number to sort."""


def near_copies(texts: Sequence[str], sketches: Sketches | None = None) -> list[tuple[int, int, float]]:
    """The pairs of normal forms (left < right) that are copies, with their score."""
    if not texts:
        return []
    pairs = candidates(sketch(texts) if sketches is None else sketches)
    return verified(texts, pairs // len(texts), pairs % len(texts))


def verified(texts: Sequence[str], left: Places, right: Places) -> list[tuple[int, int, float]]:
    """The pairs of texts that are copies, with their score.

    Copies: Jaccard of the distinct 4-grams ≥ 0.5, or 0.8 of the shorter text's grams stand in the other one.
    """
    common, of_left, of_right = shared(texts, left, right)
    jaccard = common / (of_left + of_right - common)
    contained = common / np.minimum(of_left, of_right)
    score = np.maximum(jaccard, np.where(contained >= CONTAINMENT, contained, 0.0))
    kept = np.flatnonzero((jaccard >= JACCARD) | (contained >= CONTAINMENT))
    return list(zip(left[kept].tolist(), right[kept].tolist(), score[kept].round(4).tolist(), strict=True))


def candidates(sketches: Sketches) -> Places:
    """Pairs worth verifying, sorted, each as left × number of texts + right."""
    number = len(sketches.bands)
    texts = np.arange(number, dtype=np.uint32)
    found = _inside(sketches, number)
    for band in range(BANDS):
        keys, owners = _repeated(sketches.bands[:, band], texts)
        found = np.union1d(found, _together(keys, owners, number, CROWD))
    return found


def _inside(sketches: Sketches, number: int) -> Places:
    """Pairs that share enough of the rare samples of the one with fewer."""
    keys, owners = _repeated(sketches.samples, sketches.owners)
    _, run, size = np.unique(keys, return_inverse=True, return_counts=True)
    rare = size[run] <= RARE
    sampled = sketches.sampled - np.bincount(owners[~rare], minlength=number)
    pairs, counts = np.unique(_together(keys[rare], owners[rare], number, RARE), return_counts=True)
    fewer = np.minimum(sampled[pairs // number], sampled[pairs % number])
    return np.asarray(pairs[counts >= SHARE * fewer])


def _repeated(keys: Keys, owners: Keys) -> tuple[Keys, Places]:
    """The keys that several have, in order, and who has them, in order for each key."""
    cells = keys.astype(np.uint64)
    cells <<= _KEY
    cells |= owners
    cells.sort()
    twin = (cells[1:] ^ cells[:-1]) <= _OWNER
    cells = cells[np.append(twin, False) | np.append(False, twin)]
    return (cells >> _KEY).astype(np.uint32), (cells & _OWNER).astype(np.int64)


def _together(keys: Keys, owners: Places, number: int, crowd: int) -> Places:
    """Pairs of owners with equal keys, as often as they agree; of more than `crowd` only those with the first."""
    _, first, run, size = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    large = size[run] > crowd
    found = [owners[first[run[large]]] * number + owners[large]]
    owners, run = owners[~large], run[~large]
    for step in range(1, crowd):
        same = run[step:] == run[:-step]
        if not same.any():
            break
        found.append(owners[:-step][same] * number + owners[step:][same])
    pairs = np.concatenate(found)
    return np.asarray(pairs[pairs // number != pairs % number])
