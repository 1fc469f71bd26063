"""Which characters two texts share: people who say one thing in other words still use many of its characters.

On 30 matters told twice in quite different words (and 20 others near them) the best F1 by the cosine of single
characters is 0.80, of character pairs and words 0.59.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.grams import grams_of
from pipeline.recur.alike import lengths
from pipeline.text import normal

NEAREST = 5
"""A pair is looked at if each is among so many nearest of the other: most texts share the common characters."""
EXACT = 5000
"""Up to so many texts every pair is compared: 25 million cosines take 4 s."""
CHANCE = (-0.40, 0.070, 0.031)
"""The cosine of any two texts by the log lengths of the shorter and the longer: fitted on 15,000 pairs of 5 corpora."""
BATCH = 512
CHARACTERS = 1 << 20
"""Hashed columns before those that nobody uses are dropped."""

Real = NDArray[np.float32]
Rows = NDArray[np.int64]


def characters(texts: Sequence[str]) -> sparse.csr_matrix:
    """A unit row for each text over the characters of all: 1 + log of the count, the rarer the more."""
    starts = range(0, max(len(texts), 1), BATCH)
    counts = sparse.vstack([_counts(texts[start : start + BATCH]) for start in starts]).tocsr()
    having = np.bincount(counts.indices, minlength=CHARACTERS)
    columns = np.cumsum(having > 0) - 1  # those that occur, one after the other
    rarest = np.log((1.0 + len(texts)) / (1.0 + having)) + 1.0
    data = ((1.0 + np.log(counts.data)) * rarest[counts.indices]).astype(np.float32)
    data /= np.repeat(lengths(sparse.csr_matrix((data, counts.indices, counts.indptr), counts.shape)), counts.getnnz(1))
    return sparse.csr_matrix((data, columns[counts.indices], counts.indptr), (len(texts), int(columns[-1]) + 1))


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    """How often each character stands in each text; a batch at a time, of many texts the characters fill gigabytes."""
    at, hashes = grams_of([normal(text) for text in texts], 1)
    cells = (np.ones(len(at), np.float32), (at, (hashes % np.uint64(CHARACTERS)).astype(np.int64)))
    return sparse.coo_matrix(cells, shape=(len(texts), CHARACTERS)).tocsr()


def sharing(rows: sparse.csr_matrix) -> tuple[Rows, Rows]:
    """The pairs (left < right) that are among the nearest of each other; none where there are more than EXACT texts."""
    count = rows.shape[0]
    if not 1 < count <= EXACT:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    whole, most = rows.toarray(), min(NEAREST, count - 1)
    nearest = np.zeros((count, most), dtype=np.int64)
    for start in range(0, count, BATCH):
        cosines = (whole[start : start + BATCH] @ whole.T).round(5)
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -1.0
        nearest[start : start + BATCH] = np.argsort(-cosines, axis=1, kind="stable")[:, :most]
    one, other = np.repeat(np.arange(count), most), nearest.ravel()
    both = np.intersect1d(one * count + other, other * count + one)
    left, right = np.divmod(both, count)
    return left[left < right], right[left < right]


def beyond_chance(cosines: Real, lengths: tuple[Real, Real]) -> Real:
    """How much closer texts of such lengths are than any two of those lengths: long ones share more characters."""
    logs = np.log(10.0 + np.stack(lengths))
    return np.asarray(cosines - (CHANCE[0] + CHANCE[1] * logs.min(axis=0) + CHANCE[2] * logs.max(axis=0)), np.float32)
