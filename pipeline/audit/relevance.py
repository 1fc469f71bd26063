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
from sklearn.feature_extraction.text import HashingVectorizer
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
    title_rows, text_rows, letter_rows = _compact([counter.transform(part) for part in (titles, texts, bare)])
    rarity = _rarity(text_rows, letter_rows)
    titled, said, told = (_weighed(rows, rarity) for rows in (title_rows, text_rows, letter_rows))
    both = ((titled + said) * 0.5).tocsr()
    asked = np.full(len(cases), -1, dtype=np.intp)
    asked[known] = np.arange(known.size)
    space = _Space(told, both, normalize(both), asked)
    for rows in (space.letters, space.submissions, space.units):
        rows.sort_indices()
    return space


def _compact(parts: Sequence[Matrix]) -> list[Matrix]:
    """The parts with only the columns that one of them fills, in their order."""
    filled = np.zeros(_COLUMNS, dtype=np.bool_)
    for rows in parts:
        filled[rows.indices] = True
    place = np.cumsum(filled, dtype=np.int32) - 1
    width = max(int(place[-1]) + 1, 1)
    return [sparse.csr_matrix((r.data, place[r.indices], r.indptr), (r.shape[0], width)) for r in parts]


def _rarity(*parts: Matrix) -> Floats:
    """The smoothed inverse document frequency of every column, without joining the parts: they are large."""
    counts = [np.bincount(rows.indices, minlength=rows.shape[1]) for rows in parts]
    held = np.sum(counts, axis=0).astype(np.float32) + np.float32(1)
    rarity: Floats = np.log(np.float32(sum(rows.shape[0] for rows in parts) + 1) / held) + np.float32(1)
    return rarity


def _weighed(rows: Matrix, rarity: Floats) -> Matrix:
    """Counts turned, in their place, into rows of length 1 by sublinear count and rarity."""
    np.log(rows.data, rows.data)
    rows.data += 1.0
    rows.data *= rarity[rows.indices]
    return normalize(rows, copy=False)


def _rowwise(left: Matrix, right: Matrix) -> Floats:
    return np.asarray(left.multiply(right).sum(axis=1), dtype=np.float64).ravel()


def _best_others(space: _Space, asking: tuple[Matrix, Places], pool: tuple[Matrix, Places]) -> tuple[Floats, Places]:
    """For each asking row the cosine and row of the best of the pool that is not of its own nor of the same matter.

    Both sides come with the submission of each row. Candidates share rare n-grams with it (at most `_RARE` of the pool
    hold them, not its own alone): linear, not all pairs.
    """
    (queries, own), (held, theirs) = asking, pool
    holders = np.bincount(held.indices[held.data > 0], minlength=held.shape[1])
    rare = (holders > 0) & (holders <= max(_RARE, held.shape[0] // 100))
    keep = sparse.diags(rare.astype(np.float32))
    index = (held @ keep).T.tocsr()
    private = (held > 0).astype(np.float32) @ sparse.diags((holders == 1).astype(np.float32))
    exact, same = _Dots(held), _Dots(space.units)
    count = queries.shape[0]
    best, where = np.zeros(count), np.full(count, -1, dtype=np.intp)
    for start in range(0, count, _BLOCK):
        block = queries[start : start + _BLOCK] @ keep
        leading = _leading(block - block.multiply(_of_own(private, theirs, own[start : start + _BLOCK])))
        near = (leading @ index).tocsr()
        for offset in range(near.shape[0]):
            row = slice(near.indptr[offset], near.indptr[offset + 1])
            at, mine = start + offset, int(own[start + offset])
            top = _top(near.indices[row], near.data[row], theirs != mine if mine >= 0 else None)
            if not top.size:
                continue
            likes = exact.of(_row(queries, at), top)
            if mine >= 0:
                matters = same.of(_row(space.units, mine), np.maximum(theirs[top], 0))
                likes[(theirs[top] >= 0) & (matters > _SAME_MATTER)] = 0.0
            first = int(np.argmax(likes))
            if likes[first] > 0:
                best[at], where[at] = likes[first], top[first]
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
    if scores.size > _CANDIDATES:
        good = scores >= np.partition(scores, -_CANDIDATES)[-_CANDIDATES]
        indices, scores = indices[good], scores[good]
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


class _Dots:
    """Dot products of one row with many of a matrix, through a full-length row that is filled and emptied again."""

    def __init__(self, rows: Matrix) -> None:
        self._rows, self._full = rows, np.zeros(rows.shape[1], dtype=rows.dtype)

    def of(self, row: tuple[Places, Floats], places: Places) -> Floats:
        """The product of the row, as columns and values, with each of the matrix's rows at these places."""
        starts, ends = self._rows.indptr[places], self._rows.indptr[places + 1]
        stretches = [slice(*ends) for ends in zip(starts.tolist(), ends.tolist(), strict=True)]
        columns = np.concatenate([self._rows.indices[stretch] for stretch in stretches])
        values = np.concatenate([self._rows.data[stretch] for stretch in stretches])
        self._full[row[0]] = row[1]
        products = np.append(self._full[columns] * values, 0.0)
        self._full[row[0]] = 0.0
        sizes = ends - starts
        sums: Floats = np.add.reduceat(products, np.cumsum(sizes) - sizes) * (sizes > 0)
        return sums


def _row(rows: Matrix, at: int) -> tuple[Places, Floats]:
    """The columns and values of a row."""
    stretch = slice(rows.indptr[at], rows.indptr[at + 1])
    return rows.indices[stretch], rows.data[stretch]
