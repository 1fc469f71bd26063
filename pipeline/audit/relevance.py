"""How surely a letter is about its submission, and whether another submission of the batch fits it better.

Character 2–3-gram TF-IDF of title and text against the letter without user ids. In a batch a pair is judged by its
cosine, by how far that is above the best other submission for the letter and the best other letter for the submission,
and by the letter's length; a pair alone as `pipeline.audit.alone` does (R-REP-01; measured in tests/quality/audit.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from pipeline.audit import alone
from pipeline.audit.case import Case
from pipeline.audit.reading import Likeness
from pipeline.text import normal

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Matrix = Any

_USER = re.compile(r"(?:网友)?[“\"‘]?(?:[A-Z]{1,3}\d[\d*]{3,}|UU[\d*]+)[”\"’]?")
_COLUMNS = 2**20
_RARE = 60
_LEADING = 60
_CANDIDATES = 12
_BLOCK = 1000
_SAME_MATTER = 0.5
_FLOOR = 0.01
WEIGHTS = (-0.78, 3.23, 1.5, -0.62, 2.06)
"""Of the signs and the constant, fitted on the county's letters with their own and with swapped submissions
(`python -m tests.audit.fit`) and measured on real letters (tests/quality/audit.py)."""
_CROWD = 12


@dataclass(frozen=True, slots=True)
class _Space:
    """The rows of a batch as vectors: letters, submissions (title and text averaged), submissions for likeness.

    `asked` gives the row of the submission that each letter answers, -1 where none is known.
    """

    letters: Matrix
    submissions: Matrix
    units: Matrix
    asked: Places


@dataclass(frozen=True, slots=True)
class Signs:
    """What a batch says of its pairs: own cosine, the best other submission's (and which), the best other letter's."""

    own: Floats
    other: Floats
    other_row: Places
    back: Floats
    length: Floats

    def table(self) -> Floats:
        """The signs that are weighed (pairs × 4): log cosine, its ratios to both best others, log length."""
        mine = np.log(self.own + _FLOOR)
        ratios = (mine - np.log(best + _FLOOR) for best in (self.other, self.back))
        return np.stack([mine, *ratios, self.length], axis=1)


def likenesses(cases: Sequence[Case], letters: Sequence[str]) -> list[Likeness]:
    """One `Likeness` per case, from the letters as given (form and ids may stay in: ids are taken out here)."""
    bare = [plain(letter) for letter in letters]
    known = np.array([i for i, case in enumerate(cases) if case.submission is not None], dtype=np.intp)
    if known.size == 0:
        return [Likeness() for _ in cases]
    found = signs(cases, bare, known)
    crowd = min(1.0, (known.size - 1) / _CROWD)
    strength = found.table() @ np.array(WEIGHTS[:-1]) + WEIGHTS[-1]
    told = []
    for i, case in enumerate(cases):
        other = int(known[found.other_row[i]]) if found.other_row[i] >= 0 else -1
        if case.submission is None:
            told.append(Likeness(other=float(found.other[i]), other_index=other))
            continue
        by_itself = alone.strength(case.submission, bare[i]) if crowd < 1 else 0.0
        chance = float(1 / (1 + np.exp(-(strength[i] * crowd + by_itself * (1 - crowd)))))
        told.append(Likeness(float(found.own[i]), chance, float(found.other[i]), other))
    return told


def signs(cases: Sequence[Case], bare: Sequence[str], known: Places) -> Signs:
    """The signs of all cases; those without a submission (not among the `known`) have own and back 0."""
    space = _space(cases, bare, known)
    own, back = np.zeros(len(cases)), np.zeros(len(cases))
    own[known] = _rowwise(space.letters[known], space.submissions)
    rows = np.arange(known.size)
    other, where = _best_others(space, (space.letters, space.asked), (space.submissions, rows))
    back[known], _ = _best_others(space, (space.submissions, rows), (space.letters, space.asked))
    return Signs(own, other, where, back, np.log(np.array([len(letter) for letter in bare]) + 1.0))


def plain(letter: str) -> str:
    """A letter in normal form without user ids, which flatter every measure of likeness."""
    return normal(_USER.sub("", letter))


def _space(cases: Sequence[Case], bare: Sequence[str], known: Places) -> _Space:
    submissions = [case.submission for case in cases if case.submission is not None]
    texts = [plain(s.text) for s in submissions]
    titles = [plain(s.title) or text[:60] for s, text in zip(submissions, texts, strict=True)]
    counter = HashingVectorizer(
        analyzer="char", ngram_range=(2, 3), n_features=_COLUMNS, alternate_sign=False, norm=None, dtype=np.float32
    )
    text_rows, letter_rows = counter.transform(texts), counter.transform(bare)
    weigh = TfidfTransformer(sublinear_tf=True).fit(sparse.vstack([text_rows, letter_rows]))
    title_rows = weigh.transform(counter.transform(titles))
    both = ((title_rows + weigh.transform(text_rows)) * 0.5).tocsr()
    asked = np.full(len(cases), -1, dtype=np.intp)
    asked[known] = np.arange(known.size)
    space = _Space(weigh.transform(letter_rows), both, normalize(both), asked)
    for rows in (space.letters, space.submissions, space.units):
        rows.sort_indices()
    return space


def _rowwise(left: Matrix, right: Matrix) -> Floats:
    return np.asarray(left.multiply(right).sum(axis=1), dtype=np.float64).ravel()


def _best_others(space: _Space, asking: tuple[Matrix, Places], pool: tuple[Matrix, Places]) -> tuple[Floats, Places]:
    """For each asking row the cosine and row of the best of the pool that is not of its own nor of the same matter.

    Both sides come with the submission of each row. Candidates share rare n-grams with it (at most `_RARE` of the pool
    hold them, not its own alone): linear, not all pairs.
    """
    (queries, own), (held, theirs) = asking, pool
    holders = np.asarray((held > 0).sum(axis=0)).ravel()
    rare = (holders > 0) & (holders <= max(_RARE, held.shape[0] // 100))
    keep = sparse.diags(rare.astype(np.float32))
    index = (held @ keep).T.tocsr()
    private = (held > 0).astype(np.float32) @ sparse.diags((holders == 1).astype(np.float32))
    count = queries.shape[0]
    best, where = np.zeros(count), np.full(count, -1, dtype=np.intp)
    for start in range(0, count, _BLOCK):
        block = queries[start : start + _BLOCK] @ keep
        leading = _leading(block - block.multiply(_of_own(private, theirs, own[start : start + _BLOCK])))
        near = (leading @ index).tocsr()
        for offset in range(near.shape[0]):
            row = slice(near.indptr[offset], near.indptr[offset + 1])
            at = start + offset
            top = _top(near.indices[row], near.data[row], theirs != own[at] if own[at] >= 0 else None)
            if top.size:
                best[at], where[at] = _best_other(space, queries[at], int(own[at]), (held[top], theirs[top], top))
    return best, where


def _of_own(rows: Matrix, theirs: Places, own: Places) -> Matrix:
    """For each asking row the pool's row of the same submission; an empty one where there is none."""
    place = {int(submission): at for at, submission in enumerate(theirs) if submission >= 0}
    found = [(i, place[submission]) for i, submission in enumerate(own.tolist()) if submission in place]
    at, where = (np.array(part, dtype=np.intp) for part in zip(*found, strict=True)) if found else (own[:0], own[:0])
    return sparse.csr_matrix((np.ones(at.size, dtype=np.float32), (at, where)), (own.size, rows.shape[0])) @ rows


def _top(indices: Places, scores: Floats, others: npt.NDArray[np.bool_] | None) -> Places:
    """The likeliest rows, without those of the own submission."""
    if others is not None:
        kept = others[indices]
        indices, scores = indices[kept], scores[kept]
    return indices[np.argsort(-scores, kind="stable")[:_CANDIDATES]]


def _leading(rows: Matrix) -> Matrix:
    """The rows with only their `_LEADING` heaviest entries."""
    rows = rows.tocsr()
    rows.eliminate_zeros()
    for i in range(rows.shape[0]):
        part = rows.data[rows.indptr[i] : rows.indptr[i + 1]]
        if part.size > _LEADING:
            part[part < np.partition(part, -_LEADING)[-_LEADING]] = 0.0
    rows.eliminate_zeros()
    return rows


def _best_other(space: _Space, query: Matrix, own: int, near: tuple[Matrix, Places, Places]) -> tuple[float, int]:
    """The best of the `near` rows, which come with their submissions and places; those on the same matter are out."""
    rows, theirs, places = near
    exact = _products(rows, query)
    if own >= 0:
        same = (theirs >= 0) & (_products(space.units[theirs], space.units[own]) > _SAME_MATTER)
        exact = np.where(same, 0.0, exact)
    at = int(np.argmax(exact))
    return (float(exact[at]), int(places[at])) if exact[at] > 0 else (0.0, -1)


def _products(rows: Matrix, row: Matrix) -> Floats:
    """The dot product of every row with one, without turning the million columns over."""
    places = np.searchsorted(row.indices, rows.indices)
    places[places == row.indices.size] = 0
    values = (
        np.where(row.indices[places] == rows.indices, row.data[places], 0.0) if row.indices.size else 0.0 * rows.data
    )
    sums: Floats = np.add.reduceat(np.append(values * rows.data, 0.0), rows.indptr[:-1]) * (np.diff(rows.indptr) > 0)
    return sums
