"""A last resort for titles in words that no unit's catalogue knows: which unit's wording shares their characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.profile import Profile
from pipeline.route.lexicon import plain
from pipeline.route.passages import Passages

Scores = NDArray[np.float64]

STRENGTH = 3.0
MOST = 1.0
CLEAR_OF = 12


class Likeness:
    """Every unit as the characters of its duties and triggers, rarer characters counting more."""

    def __init__(self, profile: Profile) -> None:
        counts = [Counter(plain("".join([*u.duties, *(t.word for t in u.triggers)]))) for u in profile.units]
        signs = sorted({sign for count in counts for sign in count})
        self._place = {sign: i for i, sign in enumerate(signs)}
        table = np.array([[np.log1p(count[sign]) for sign in signs] for count in counts])
        self._rarity = np.log(len(counts) / np.maximum((table > 0).sum(axis=0), 1.0)) + 1.0
        weighted = table * self._rarity
        self._units = weighted / np.maximum(np.linalg.norm(weighted, axis=1, keepdims=True), 1e-12)

    def scores(self, passages: Passages) -> Scores:
        """Submissions × units: likeness of the titles beyond the twelfth-likest unit's, small beside a trigger's."""
        titles = [p.text for p in passages.all if p.zone == "title"]
        alike = np.asarray(self._rows(titles) @ self._units.T, dtype=np.float64)
        clear = min(CLEAR_OF, alike.shape[1])
        floor = -np.partition(-alike, clear - 1, axis=1)[:, clear - 1 : clear]
        return np.asarray(np.minimum(STRENGTH * np.maximum(alike - floor, 0.0), MOST))

    def _rows(self, titles: Sequence[str]) -> sparse.csr_matrix:
        """Titles × characters, each row of length 1."""
        columns = [sorted({self._place[sign] for sign in title if sign in self._place}) for title in titles]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.array([c for row in columns for c in row], dtype=np.int32)
        values = self._rarity[flat]
        squares = np.concatenate([[0.0], np.cumsum(values**2)])
        lengths = np.sqrt(squares[ends[1:]] - squares[ends[:-1]])
        values = values / np.repeat(np.maximum(lengths, 1e-12), np.diff(ends))
        return sparse.csr_matrix((values, flat, ends), shape=(len(titles), len(self._place)))
