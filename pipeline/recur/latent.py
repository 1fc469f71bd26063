"""What texts are about beneath their words, learned from the texts themselves: words used together come near.

Latent semantic analysis (Deerwester et al., 1990) of the words, the singular values under a root: rare themes tell too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

from pipeline.recur.alike import CHUNK, PAIRED, PAIRS, Levels, Told, lengths

DIMENSIONS, SHARE = 60, 10
"""At most so many themes, and no more than one for ten texts: of more, each would be one text's own."""
LEARNED, FEWEST, UNKNOWN = 2000, 40, 0.6
"""Of more texts than LEARNED so many, evenly spread, teach what goes together; fewer than FEWEST teach nothing, and all
their pairs are as near as a middling one."""
LEAST = 1e-6

Real = NDArray[np.float32]
Rows = NDArray[np.int64]


def nearness(known: Levels, left: Rows, right: Rows) -> Real:
    """The cosine of each pair of texts over the themes that all of them have."""
    if known.rows.shape[0] < FEWEST:
        return np.full(len(left), UNKNOWN, dtype=np.float32)
    rows = _themes(known)
    parts = [slice(start, start + PAIRED) for start in range(0, len(left), PAIRED)]
    products = [np.einsum("ij,ij->i", rows[left[p]], rows[right[p]]) for p in parts]
    return np.concatenate([np.zeros(0, np.float32), *products])


def _themes(known: Levels) -> Real:
    """A unit row of themes for each text."""
    number, weight = known.rows.shape[0], known.weight()
    taught = _words(known.rows[np.unique(np.linspace(0, number - 1, LEARNED).astype(int))], weight)
    columns = np.unique(taught.indices)
    taught = taught[:, columns]
    alike, most = (taught @ taught.T).toarray().astype(np.float64), min(DIMENSIONS, number // SHARE)
    values, vectors = linalg.eigsh(alike, most, v0=np.ones(len(alike)))
    strong = values > LEAST
    basis = ((taught.T @ vectors[:, strong]) / values[strong] ** 0.75).astype(np.float32)
    starts = range(0, number, CHUNK)
    rows = np.vstack([_words(known.rows[start : start + CHUNK], weight)[:, columns] @ basis for start in starts])
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), LEAST), dtype=np.float32)


def _words(rows: sparse.csr_matrix, weight: Told) -> sparse.csr_matrix:
    """Unit rows of the words alone, weighed."""
    words = rows[:, PAIRS:].tocsr()
    words.data = words.data * weight[words.indices + PAIRS]
    words.data /= np.repeat(lengths(words), np.diff(words.indptr))
    return words
