"""Texts as weighted counts of characters, character pairs and words; fitted on one corpus, kept as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline import text as texts
from pipeline.route.lexicon import plain

BUCKETS = 1 << 20
RAREST = 2
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Grams:
    """Single characters and neighbouring pairs of a text, hashed to 2^20 numbers; those seen in training count."""

    kept: NDArray[np.int32]
    idf: NDArray[np.float64]

    @staticmethod
    def fit(corpus: Sequence[str]) -> tuple[Grams, sparse.csr_matrix]:
        """Learn which grams to keep and how rare they are; also gives the corpus as rows."""
        every = np.arange(BUCKETS, dtype=np.int32)
        counts = _stacked([_gram_counts(part, every, BUCKETS) for part in _parts(corpus)], BUCKETS)
        kept, idf = _rarity(counts)
        return Grams(kept.astype(np.int32), idf), _weighted(counts[:, kept], idf)

    def rows(self, corpus: Sequence[str]) -> sparse.csr_matrix:
        """Texts × kept grams."""
        columns = np.full(BUCKETS, -1, dtype=np.int32)
        columns[self.kept] = np.arange(len(self.kept), dtype=np.int32)
        parts = [_gram_counts(part, columns, len(self.kept)) for part in _parts(corpus)]
        return _weighted(_stacked(parts, len(self.kept)), self.idf)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text."""

    kept: NDArray[np.str_]
    idf: NDArray[np.float64]

    @staticmethod
    def fit(corpus: Sequence[str]) -> tuple[Words, sparse.csr_matrix]:
        """Learn which words to keep and how rare they are; also gives the corpus as rows."""
        cut = [texts.words(text) for text in corpus]
        vocabulary = sorted({word for words in cut for word in words})
        counts = _word_counts(cut, vocabulary)
        kept, idf = _rarity(counts)
        return Words(np.array(vocabulary, dtype=np.str_)[kept], idf), _weighted(counts[:, kept], idf)

    def rows(self, corpus: Sequence[str]) -> sparse.csr_matrix:
        """Texts × kept words."""
        return _weighted(_word_counts([texts.words(text) for text in corpus], self.kept.tolist()), self.idf)


def _parts(corpus: Sequence[str]) -> list[Sequence[str]]:
    return [corpus[i : i + CHUNK] for i in range(0, len(corpus), CHUNK)]


def _gram_counts(corpus: Sequence[str], columns: NDArray[np.int32], width: int) -> sparse.csr_matrix:
    """Texts × columns: how often each single character and each pair occurs; a gram's column is by its bucket."""
    lines = plain("\n".join(text.replace("\n", " ") for text in corpus)).split("\n")
    flat = [texts.squeezed(line) for line in lines]
    codes = np.frombuffer("\n".join(flat).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    rows = np.repeat(np.arange(len(flat)), [len(text) + 1 for text in flat])[: len(codes)]
    single = codes * np.uint64(2654435761) >> np.uint64(7)
    pairs = (codes[:-1] * np.uint64(40503) + codes[1:] * np.uint64(2654435769)) >> np.uint64(5)
    inside = codes != ord("\n")
    both = inside[:-1] & inside[1:]
    keys = np.concatenate([single[inside], pairs[both]]) & np.uint64(BUCKETS - 1)
    at = np.concatenate([rows[inside], rows[:-1][both]])
    column = columns[keys.astype(np.int64)]
    known = column >= 0
    cells = (np.ones(int(known.sum())), (at[known], column[known]))
    return sparse.coo_matrix(cells, shape=(len(corpus), width)).tocsr()


def _word_counts(cut: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> sparse.csr_matrix:
    place = {word: i for i, word in enumerate(vocabulary)}
    columns: list[int] = []
    ends = [0]
    for words in cut:
        columns.extend(place[word] for word in words if word in place)
        ends.append(len(columns))
    counts = sparse.csr_matrix(
        (np.ones(len(columns)), np.array(columns, dtype=np.int32), np.array(ends)), shape=(len(cut), len(vocabulary))
    )
    counts.sum_duplicates()
    return counts


def _rarity(counts: sparse.csr_matrix) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The columns that enough texts have, and their inverse document frequency."""
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero(having >= min(RAREST, counts.shape[0]))
    return kept, 1.0 + np.log((1.0 + counts.shape[0]) / (1.0 + having[kept]))


def _weighted(counts: sparse.csr_matrix, idf: NDArray[np.float64]) -> sparse.csr_matrix:
    """1 + log of the counts times rarity, each row of length 1."""
    rows = counts.astype(np.float64).tocsr()
    rows.data = (1.0 + np.log(rows.data)) * idf[rows.indices]
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(rows.indptr))
    return rows


def _stacked(parts: list[sparse.csr_matrix], width: int) -> sparse.csr_matrix:
    return sparse.vstack(parts).tocsr() if parts else sparse.csr_matrix((0, width))
