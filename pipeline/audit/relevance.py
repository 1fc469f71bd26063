"""How surely a letter is about its submission, and whether another submission of the batch fits it better.

Untrained: character 2–3-gram TF-IDF of title and text against the letter without user ids. Alone, a pair is judged by
its cosine; in a batch also by the ratio to the best other submission (R-REP-01; measured in tests/quality/audit.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from pipeline.audit.case import Case
from pipeline.audit.reading import Likeness
from pipeline.text import normal, rarity, words

Floats = npt.NDArray[np.float64]
Matrix = Any

_USER = re.compile(r"(?:网友)?[“\"‘]?(?:[A-Z]{1,3}\d[\d*]{3,}|UU[\d*]+)[”\"’]?")
_COLUMNS = 2**20
_RARE = 60
_LEADING = 30
_CANDIDATES = 4
_BLOCK = 1000
_SAME_MATTER = 0.5
_FLOOR = 0.01
# Chosen on 1,437 real pairs and checked on 604 of another office: letters of other submissions rarely reach 0.035.
_MIDDLE, _SLOPE, _ALONE_SLOPE, _RATIO_SLOPE = np.log(0.045), 0.4, 2.0, 2.5
_ALONE_MIDDLE, _WORDS_SHARE, _LIKE = np.log(0.065), 0.5, 0.035
_CROWD = 12


@dataclass(frozen=True, slots=True)
class _Space:
    """The rows of a batch as vectors: letters, submissions (title and text averaged), submissions for likeness."""

    letters: Matrix
    submissions: Matrix


def likenesses(cases: Sequence[Case], letters: Sequence[str]) -> list[Likeness]:
    """One `Likeness` per case, from the letters as given (form and ids may stay in: ids are taken out here)."""
    known = np.array([i for i, case in enumerate(cases) if case.submission is not None], dtype=np.intp)
    if known.size == 0:
        return [Likeness() for _ in cases]
    space = _space([cases[i] for i in known], letters)
    own = _rowwise(space.letters[known], space.submissions)
    rank = {int(i): place for place, i in enumerate(known)}
    best, where = _best_others(space, np.array([rank.get(i, -1) for i in range(len(cases))]))
    crowd = min(1.0, (known.size - 1) / _CROWD)
    found = []
    for i in range(len(cases)):
        other = int(known[where[i]]) if where[i] >= 0 else -1
        mine = float(own[rank[i]]) if i in rank else None
        alone = _alone(cases[i], letters[i], mine) if crowd < 1 and mine is not None else 0.0
        found.append(_likeness(mine, (float(best[i]), other), alone, crowd))
    return found


def _alone(case: Case, letter: str, own: float) -> float:
    """The likeness of a pair without a batch: its cosine and that of its words, weighed by rarity."""
    if case.submission is None:
        return own
    said = _weighed(letter)
    asked = [_weighed(case.submission.title), _weighed(case.submission.text)]
    return own + _WORDS_SHARE * sum(_cosine(part, said) for part in asked) / len(asked)


def _weighed(text: str) -> dict[str, float]:
    counts = Counter(word for word in words(plain(text)) if len(word) > 1)
    return {word: float(1 + np.log(count)) * rarity(word) for word, count in counts.items()}


def _cosine(left: dict[str, float], right: dict[str, float]) -> float:
    sizes = float(np.sqrt(sum(x * x for x in left.values()) * sum(x * x for x in right.values())))
    return sum(x * right[word] for word, x in left.items() if word in right) / sizes if sizes else 0.0


def plain(letter: str) -> str:
    """A letter in normal form without user ids, which flatter every measure of likeness."""
    return normal(_USER.sub("", letter))


def _space(cases: Sequence[Case], letters: Sequence[str]) -> _Space:
    titles, texts = [], []
    for case in cases:
        if case.submission is not None:
            titles.append(plain(case.submission.title) or plain(case.submission.text)[:60])
            texts.append(plain(case.submission.text))
    counter = HashingVectorizer(
        analyzer="char", ngram_range=(2, 3), n_features=_COLUMNS, alternate_sign=False, norm=None, dtype=np.float32
    )
    text_rows = counter.transform(texts)
    letter_rows = counter.transform([plain(letter) for letter in letters])
    weigh = TfidfTransformer(sublinear_tf=True).fit(sparse.vstack([text_rows, letter_rows]))
    title_rows = weigh.transform(counter.transform(titles))
    space = _Space(weigh.transform(letter_rows), ((title_rows + weigh.transform(text_rows)) * 0.5).tocsr())
    space.letters.sort_indices()
    space.submissions.sort_indices()
    return space


def _rowwise(left: Matrix, right: Matrix) -> Floats:
    return np.asarray(left.multiply(right).sum(axis=1), dtype=np.float64).ravel()


def _best_others(space: _Space, own: npt.NDArray[np.intp]) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Per letter the cosine and row of the best submission that is not its own nor on the same matter.

    Candidates share rare n-grams with the letter (at most `_RARE` submissions hold them): linear, not all pairs.
    """
    submissions = space.submissions
    rare = np.asarray((submissions > 0).sum(axis=0)).ravel() <= max(_RARE, submissions.shape[0] // 100)
    keep = sparse.diags(rare.astype(np.float32))
    index = (submissions @ keep).T.tocsr()
    count = space.letters.shape[0]
    best, where = np.zeros(count), np.full(count, -1, dtype=np.intp)
    for start in range(0, count, _BLOCK):
        leading = _leading(space.letters[start : start + _BLOCK] @ keep)
        near = (leading @ index).tocsr()
        for offset in range(near.shape[0]):
            row = slice(near.indptr[offset], near.indptr[offset + 1])
            at = start + offset
            best[at], where[at] = _best_other(space, at, int(own[at]), (near.indices[row], near.data[row]))
    return best, where


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


def _best_other(space: _Space, at: int, own: int, near: tuple[Any, Any]) -> tuple[float, int]:
    indices, scores = near
    others = indices != own
    indices, scores = indices[others], scores[others]
    if indices.size == 0:
        return 0.0, -1
    top = indices[np.argsort(-scores, kind="stable")[: 3 * _CANDIDATES]]
    rows = space.submissions[top]
    exact = _products(rows, space.letters[at])
    if own >= 0:
        mine = normalize(space.submissions[own])
        exact = np.where(_products(normalize(rows), mine) > _SAME_MATTER, 0.0, exact)
    place = int(np.argmax(exact))
    return (float(exact[place]), int(top[place])) if exact[place] > 0 else (0.0, -1)


def _products(rows: Matrix, row: Matrix) -> Floats:
    """The dot product of every row with one, without turning the million columns over."""
    places = np.searchsorted(row.indices, rows.indices)
    places[places == row.indices.size] = 0
    values = (
        np.where(row.indices[places] == rows.indices, row.data[places], 0.0) if row.indices.size else 0.0 * rows.data
    )
    sums: Floats = np.add.reduceat(np.append(values * rows.data, 0.0), rows.indptr[:-1]) * (np.diff(rows.indptr) > 0)
    return sums


def _likeness(own: float | None, best: tuple[float, int], alone: float, crowd: float) -> Likeness:
    """`crowd` in 0–1 grows with the batch: the ratio to the best other counts for more, the bare likeness for less.

    The ratio speaks for a letter only as far as the letter is like its own submission at all.
    """
    other, where = best
    if own is None:
        return Likeness(other=other, other_index=where)
    ratio = float(np.log((own + _FLOOR) / (other + _FLOOR)))
    ratio *= min(1.0, (own / _LIKE) ** 2) if ratio > 0 else 1.0
    in_batch = _SLOPE * (np.log(own + _FLOOR) - _MIDDLE) + _RATIO_SLOPE * ratio
    by_itself = _ALONE_SLOPE * (np.log(alone + _FLOOR) - _ALONE_MIDDLE)
    strength = in_batch * crowd + by_itself * (1 - crowd)
    return Likeness(own, float(1 / (1 + np.exp(-strength))), other, where)
