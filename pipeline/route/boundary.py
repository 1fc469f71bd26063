"""The boundary rules of the profile (domain §4.2): where two units' fields touch, who leads and who joins."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.profile import Profile
from pipeline.route.lexicon import Lexicon
from pipeline.route.passages import Passages
from pipeline.route.standing import Standing

Strengths = NDArray[np.float64]
Key = TypeVar("Key", str, int)

IN_ZONE = {"title": 1.0, "ask": 0.8, "body": 0.35}
FROM_TITLE = 0.5


@dataclass(frozen=True, slots=True)
class Fired:
    """How strongly each rule holds (0–1): submissions × rules and asks × rules; and the passage where it did."""

    whole: Strengths
    asks: Strengths
    passages: dict[tuple[int, int], int]


class Boundaries:
    """All rules as tables of words, so that a batch is checked at once."""

    def __init__(self, profile: Profile) -> None:
        self.rules = profile.boundaries
        self.above = [r for r, rule in enumerate(self.rules) if rule.above]
        groups = [(r, group) for r, rule in enumerate(self.rules) for group in rule.needs]
        excludes = [rule.excludes for rule in self.rules]
        words = sorted({w for _, g in groups for w in g} | {w for e in excludes for w in e})
        place = {word: i for i, word in enumerate(words)}
        self.lexicon = Lexicon(words, inner=True)
        first = {w for rule in self.rules for w in rule.needs[0]}
        later = {w for rule in self.rules for group in rule.needs[1:] for w in group}
        self._matters = np.array([len(w) > 1 and w in first - later for w in words], dtype=bool)
        self._groups = _table([g for _, g in groups], place)
        self._excludes = _table(excludes, place)
        self._of_rule = _table([[r] for r, _ in groups], {r: r for r in range(len(self.rules))}).T.tocsr()
        self._needed = np.array([len(rule.needs) for rule in self.rules], dtype=np.float64)

    def fired(self, standing: Standing) -> Fired:
        """Check every rule in the title, each ask and, where there are no asks, each sentence.

        An ask or sentence is read together with the title: “村口那条路” is a road of the village in the title.
        """
        passages = standing.passages
        own = self._counts(standing)
        context = passages.rows @ (passages.title @ own)
        holds = self._holds(own, own + context).tocoo()
        return self._collected(passages, holds)

    def _counts(self, standing: Standing) -> sparse.csr_matrix:
        """Passages × words; a word that only says where (学校门口) is not a rule's matter, its first group."""
        hits = standing.passages.hits(self.lexicon)
        dropped = standing.beside_matter(hits) | (standing.placed(hits) & self._matters[hits.word])
        return standing.passages.table(hits, np.where(dropped, 0.0, 1.0), len(self.lexicon.words))

    def between(self, first: str, second: str, strengths: NDArray[np.float64]) -> str:
        """What decides between two units, by the strongest rule of their border that holds here; else empty."""
        for r in np.argsort(-strengths, kind="stable")[: int((strengths > 0).sum())].tolist():
            rule = self.rules[r]
            if rule.note and {first, second} <= {rule.lead, *rule.co}:
                return f"按边界规则 {rule.id}（{rule.matter}）：{rule.note}"
        return ""

    def partners(self, government: Collection[str]) -> dict[str, str]:
        """For each lead of a rule the first of its co-units that is a bureau of the county government."""
        pairs = [(rule.lead, co) for rule in self.rules for co in rule.co if co in government]
        return dict(reversed(pairs))

    def place(self, rule: int, passage: str) -> tuple[int, int]:
        """The place of a rule's first word in a passage; the whole passage where only the title holds it."""
        words = {word for group in self.rules[rule].needs for word in group}
        places = [(start, end) for word, start, end in self.lexicon.places(passage) if word in words]
        return places[0] if places else (0, len(passage))

    def _holds(self, own: sparse.csr_matrix, both: sparse.csr_matrix) -> sparse.csr_matrix:
        """Passages × rules: every group met in passage or title, one of them in the passage, nothing excluding."""
        met = ((both @ self._groups) > 0).astype(np.float64) @ self._of_rule
        met.data = (met.data >= self._needed[met.indices]).astype(np.float64)
        here = ((own @ self._groups) @ self._of_rule) > 0
        barred = (both @ self._excludes) > 0
        holds = met.multiply(here).tocsr()
        holds = holds - holds.multiply(barred)
        holds.eliminate_zeros()
        return holds

    def _collected(self, passages: Passages, holds: sparse.coo_matrix) -> Fired:
        number = {ask: n for n, ask in enumerate(passages.asks)}
        whole = np.zeros((len(passages.submissions), len(self.rules)))
        asks = np.zeros((len(passages.asks), len(self.rules)))
        first: dict[tuple[int, int], int] = {}
        for i, rule in sorted(zip(holds.row.tolist(), holds.col.tolist(), strict=True)):
            passage = passages.all[i]
            asked = passages.asking[passage.row]
            strength = 0.0 if passage.zone == "body" and asked else IN_ZONE[passage.zone]
            if strength > whole[passage.row, rule]:
                whole[passage.row, rule] = strength
                first[passage.row, rule] = i
            if passage.zone == "ask":
                asks[number[passage.row, passage.ask], rule] = IN_ZONE["ask"]
        rows = [row for row, _ in passages.asks]
        titled = (whole[rows] >= IN_ZONE["title"]) * FROM_TITLE if rows else asks
        return Fired(whole, np.maximum(asks, titled), first)


def _table(lists: Sequence[Sequence[Key]], place: Mapping[Key, int]) -> sparse.csr_matrix:
    """words × lists: 1 where the list holds the word."""
    cells = sorted({(place[word], n) for n, words in enumerate(lists) for word in words})
    rows, columns = [c[0] for c in cells], [c[1] for c in cells]
    return sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(place), len(lists)))
