"""Neighbouring characters of many texts at once, as 64-bit hashes in NumPy arrays; the same in every process."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)


def grams_of(texts: Sequence[str], size: int) -> tuple[Places, Hashes]:
    """Every run of `size` (at most 4) characters: the number of its text and its hash, in the order of the texts.

    A text shorter than that is one gram, filled up with blanks.
    """
    padded = [text.ljust(size) for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    count = max(len(codes) - size + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(size):  # in place: each further copy of the array costs as much as the arithmetic
        mixed ^= codes[offset : offset + count]
        mixed *= FACTORS[offset]
        mixed ^= mixed >> np.uint64(29)
    inside, ends = np.ones(len(codes), dtype=bool), np.cumsum(lengths)
    for back in range(1, size):
        inside[ends - back] = False
    return np.repeat(np.arange(len(padded)), lengths - size + 1), mixed[inside[:count]]


def distinct(keys: Hashes) -> Hashes:
    """The different keys in order; NumPy's own `unique` goes by hashing and takes several times as long."""
    keys = np.sort(keys)
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]
