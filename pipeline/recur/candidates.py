"""Which pairs are worth judging: those whose wording or whose characters agree more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.recur.alike import Levels, cosines, neighbours, wording
from pipeline.recur.letters import characters, sharing
from pipeline.recur.matter import Matter

CANDIDATE = 0.1
"""The cosine of wording from which on a pair is looked at: of the demonstration county's 53 pairs one lies below."""

Rows = NDArray[np.int64]
Real = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Looked:
    """Pairs (left < right) with the cosines of their wording and of their single characters."""

    left: Rows
    right: Rows
    cosines: Real
    letters: Real


def looked(matters: Sequence[Matter], known: Levels) -> Looked:
    """The pairs to judge, in order; beyond the limits of exact comparison only those that share rare features."""
    vectors = known.vectors()
    rows = characters([wording(matter, masked=False) for matter in matters])
    size, kept = len(matters), [(i, j) for i, j, _ in neighbours(vectors, CANDIDATE)] if len(matters) > 1 else []
    by_wording = np.array(kept, dtype=np.int64).reshape(-1, 2) @ np.array([size, 1])
    left, right = sharing(rows)
    left, right = np.divmod(np.union1d(by_wording, left * size + right), max(size, 1))
    return Looked(left, right, cosines(vectors, left, right), cosines(rows, left, right))
