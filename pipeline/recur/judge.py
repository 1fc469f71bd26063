"""Whether two texts that are alike are about one matter: ten signs, weighed into a probability.

The cosine of the whole texts alone leaves precision at 0.69 for a recall of 0.92 on the demonstration county. What
else tells: whether the words of each title stand in the other text (the same object with another problem covers half a
title), whether the titles name one place, two, or one of them none, and whether one unit has both. What the objects
and the verbs of the titles are called told nothing beyond these signs, on the county and on real proposals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.recur.alike import Levels, Told, lengths, levels, wording
from pipeline.recur.candidates import Looked
from pipeline.recur.latent import nearness
from pipeline.recur.letters import beyond_chance
from pipeline.recur.matter import Matter
from pipeline.recur.places import called

Signs = NDArray[np.float64]
Rows = NDArray[np.int64]

SIGNS = ("wording", "covered", "titles", "asked", "place", "elsewhere", "placed", "unit", "letters", "latent")
ELSEWHERE = -8.0
"""Set by hand: roads in two villages are two matters, however alike the words; the fit says -3."""
WEIGHTS = np.array([-0.55, 0.99, 3.6, 1.98, 2.31, ELSEWHERE, -1.1, 1.44, 13.42, 3.87])
INTERCEPT = -9.79
"""Fitted by `tests/recur/fit.py`. In folds that the weights have not seen: F1 0.91 on the county's 53 pairs, 0.64 on
344 hard pairs of real letters that a person judged; of 54 matters told twice in quite other words, among the
county's papers, 48 % are found at a precision of 0.87."""
BARE = 0.5
"""What the characters of a bare title count: they are its words once more."""
PART, MOST_ASKS = 2048, 8
"""Pairs at a time; asks of a text that are compared one by one."""


def probabilities(signs: Signs) -> Signs:
    """How probable it is that each pair is about one matter, 0–1."""
    return np.asarray(1.0 / (1.0 + np.exp(-(signs @ WEIGHTS + INTERCEPT))))


def anywhere(signs: Signs) -> Signs:
    """How probable it is that each pair would be about one matter if both spoke of one place: one class of problem."""
    same = signs.copy()
    same[:, [SIGNS.index(name) for name in ("place", "elsewhere", "placed")]] = 0.0
    return probabilities(same)


def signs(matters: Sequence[Matter], known: Levels, units: Sequence[str], pairs: Looked) -> Signs:
    """Pairs × SIGNS. `units` has the unit in charge of each matter, empty where nobody knows it.

    wording: log cosine of the whole texts. covered: log share of the title's weight that stands in the other text, mean
    of both ways. titles: their cosine. asked: cosine of the two asks or titles that agree best. place: rarity of the
    rarest place of one that stands in the other, 0–1; 0 if both titles name places and share none. elsewhere: 1 if both
    titles name places and none stands in the other text. placed: 1 if only one title names a place, and it does not
    stand there. unit: 1 the same, -1 another, 0 unknown. letters: cosine of single characters beyond what their number
    explains. latent: cosine over the themes that these texts have.
    """
    weight, found = known.weight(), np.zeros((len(pairs.left), len(SIGNS)))
    spans, first = _spans(matters, known, weight)
    titles = spans[first[:-1]]
    for start in range(0, len(pairs.left), PART):
        part = slice(start, start + PART)
        left, right = pairs.left[part], pairs.right[part]
        covered = _covered(titles, known.rows, weight, left, right) + _covered(titles, known.rows, weight, right, left)
        found[part, 1] = np.log(covered / 2 + 0.05)
        found[part, 2] = np.asarray(spans[first[left]].multiply(spans[first[right]]).sum(axis=1)).ravel()
        found[part, 3] = _asked(spans, first, left, right)
    found[:, 0] = np.log(pairs.cosines + 0.01)
    found[:, 4:7] = _places(matters, (pairs.left, pairs.right))
    found[:, 7] = _units(units, (pairs.left, pairs.right))
    found[:, 8] = _letters(matters, pairs)
    found[:, 9] = nearness(known, pairs.left, pairs.right)
    return found


def _covered(titles: sparse.csr_matrix, texts: sparse.csr_matrix, weight: Told, ours: Rows, theirs: Rows) -> Signs:
    """Which share of the weight of each title's features stands in the other text."""
    mine, other = titles[ours], texts[theirs]
    mine.data, other.data = weight[mine.indices], np.ones_like(other.data)
    whole = np.asarray(mine.sum(axis=1)).ravel()
    return np.asarray(np.asarray(mine.multiply(other).sum(axis=1)).ravel() / np.maximum(whole, 1e-9), dtype=np.float64)


def _asked(rows: sparse.csr_matrix, first: Rows, left: Rows, right: Rows) -> Signs:
    """The cosine of the spans of each pair that agree best; the spans of a text are `rows` from `first` of it on."""
    of_left, of_right = first[left + 1] - first[left], first[right + 1] - first[right]
    number = of_left * of_right
    starts = np.cumsum(number) - number
    at = np.arange(number.sum()) - np.repeat(starts, number)
    ours = np.repeat(first[left], number) + at // np.repeat(of_right, number)
    theirs = np.repeat(first[right], number) + at % np.repeat(of_right, number)
    alike = np.asarray(rows[ours].multiply(rows[theirs]).sum(axis=1)).ravel()
    return np.asarray(np.maximum.reduceat(alike, starts), dtype=np.float64)


def _spans(matters: Sequence[Matter], known: Levels, weight: Told) -> tuple[sparse.csr_matrix, Rows]:
    """Unit rows of the title and the first asks of every matter, and where those of each begin."""
    spans = [[matter.title, *matter.asks.splitlines()[:MOST_ASKS]] for matter in matters]
    rows = levels([span for own in spans for span in own], known.told).rows
    rows.data = rows.data * weight[rows.indices]
    rows.data /= np.repeat(lengths(rows), np.diff(rows.indptr))
    return rows, np.concatenate([[0], np.cumsum([len(own) for own in spans])])


def _places(matters: Sequence[Matter], pairs: tuple[Rows, Rows]) -> Signs:
    """The signs place, elsewhere and placed of each pair."""
    texts = [wording(matter, masked=False) for matter in matters]
    named = [{place for place in matter.places if place in matter.title} for matter in matters]
    naming = Counter(place for matter in matters for place in matter.places)
    most = np.log(1.0 + len(matters))
    rows = np.zeros((len(pairs[0]), 3))
    for row, (a, b) in enumerate(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True)):
        titled = bool(named[a]) + bool(named[b])
        both = _stand(named[a], matters[b].title) or _stand(named[b], matters[a].title)
        shared = {place for place in matters[a].places if place in texts[b]}
        shared |= {place for place in matters[b].places if place in texts[a]}
        if titled < 2 or both:
            rows[row, 0] = max((1.0 - np.log(1.0 + naming[place]) / most for place in shared), default=0.0)
        if titled and not _stand(named[a], texts[b]) and not _stand(named[b], texts[a]):
            rows[row, 3 - titled] = 1.0
    return rows


def _stand(places: set[str], text: str) -> bool:
    """Whether one of the places is called in a text by its name, with its sort or without it."""
    return any(called(place) in text for place in places)


def _units(units: Sequence[str], pairs: tuple[Rows, Rows]) -> Signs:
    """1 where both have one unit, -1 where two, 0 where one is unknown."""
    numbers = {unit: n for n, unit in enumerate(dict.fromkeys(unit for unit in units if unit), 1)}
    of = np.array([numbers.get(unit, 0) for unit in units], dtype=np.int64)
    left, right = of[pairs[0]], of[pairs[1]]
    return np.where(left * right == 0, 0.0, np.where(left == right, 1.0, -1.0))


def _letters(matters: Sequence[Matter], pairs: Looked) -> Signs:
    """How close the characters of each pair are beyond chance."""
    length = np.array([len(wording(matter, masked=False)) for matter in matters], dtype=np.float32)
    bare = np.array([not matter.body.strip() for matter in matters], dtype=bool)
    close = beyond_chance(pairs.letters, (length[pairs.left], length[pairs.right]))
    return np.asarray(np.where(bare[pairs.left] | bare[pairs.right], BARE * close, close), dtype=np.float64)
