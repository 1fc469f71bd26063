"""Wording of the profile that tells what kind of matter it is, found in a whole batch at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.profile import Profile
from pipeline.route.lexicon import Lexicon
from pipeline.route.passages import Passages

MONEY = "资金诉求词"
ABOVE = "超县权限词"
COMPLAINT = "信访用语"
UPWARD = "上报式"
TREASURY = "财政局"
LISTS = (MONEY, ABOVE, COMPLAINT)

Counts = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Found:
    """How many different words of each list stand in the title, in each ask, and anywhere (rows × lists).

    `upward` are the passages, by number in the batch, that want something of a higher level.
    """

    title: Counts
    asks: Counts
    anywhere: Counts
    upward: frozenset[int] = frozenset()

    def in_title(self, row: int, name: str) -> int:
        """Words of a list in the title of a submission."""
        return int(self.title[row, LISTS.index(name)])

    def in_text(self, row: int, name: str) -> int:
        """Different words of a list anywhere in a submission."""
        return int(self.anywhere[row, LISTS.index(name)])

    def in_ask(self, number: int, name: str) -> int:
        """Words of a list in an ask, by the ask's number in the batch."""
        return int(self.asks[number, LISTS.index(name)])


class Cues:
    """The lists of one profile in one automaton; a list that the profile lacks says nothing."""

    def __init__(self, profile: Profile) -> None:
        lists = [profile.wording.get(name, ()) for name in LISTS]
        words = sorted({word for found in lists for word in found})
        place = {word: i for i, word in enumerate(words)}
        cells = [(place[word], n) for n, found in enumerate(lists) for word in set(found)]
        self._upward = profile.pattern(UPWARD) if profile.wording.get(UPWARD) else re.compile(r"(?!)")
        shape = (len(words), len(LISTS))
        self.lexicon = Lexicon(words, inner=True)
        self._of_list = sparse.csr_matrix(
            (np.ones(len(cells)), tuple(zip(*cells, strict=True)) or ([], [])), shape=shape
        )

    def found(self, passages: Passages) -> Found:
        """The lists' words in a batch."""
        counts = passages.counts(self.lexicon)
        upward = (i for i, p in enumerate(passages.all) if p.zone != "body" and self._upward.search(p.text))
        return Found(
            title=self._distinct(passages.title @ counts),
            asks=self._distinct(passages.own_ask @ counts),
            anywhere=self._distinct(passages.rows.T @ counts),
            upward=frozenset(upward),
        )

    def _distinct(self, counts: sparse.csr_matrix) -> Counts:
        return np.asarray(((counts > 0).astype(np.int_) @ self._of_list).toarray().astype(np.int_))
