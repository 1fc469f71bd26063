"""Catalogue and boundary rules joined into one score per unit, for submissions and asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.profile import Profile
from pipeline.records import Submission
from pipeline.route.boundary import IN_ZONE, Boundaries, Fired
from pipeline.route.catalogue import Catalogue, Spoken, summed
from pipeline.route.lexicon import Lexicon
from pipeline.route.likeness import Likeness
from pipeline.route.passages import Passages
from pipeline.route.standing import Standing

Scores = NDArray[np.float64]

RULE_LEAD, RULE_CO = 15.0, 2.0
SHARPNESS = 1.5
DOUBT, ASK_DOUBT = 3.5, 1.5
BY_ASKS = 0.7


@dataclass(frozen=True, slots=True)
class Weighed:
    """A batch weighed: scores of submissions and asks over the units, and all that speaks for them.

    `title` is the evidence of the titles alone, `words` that of all words without the rules; `title_words` and
    `ask_words` (asks × units) are that of titles and of asks in themselves.
    """

    standing: Standing
    whole: Scores
    asks: Scores
    title: Scores
    words: Scores
    title_words: Scores
    ask_words: Scores
    spoken: list[Spoken]
    fired: Fired

    @property
    def passages(self) -> Passages:
        """The passages of the batch."""
        return self.standing.passages


class Scales:
    """Weighs batches by what one profile knows."""

    def __init__(self, profile: Profile) -> None:
        self.units = profile.units
        self._profile = profile
        self._masks = Lexicon(profile.wording.get("掩盖词", ()))
        self.catalogue = Catalogue(profile)
        self.likeness = Likeness(profile)
        self.boundaries = Boundaries(profile)
        lexicons = [self.boundaries.lexicon, *(field.lexicon for field in self.catalogue.fields)]
        self._known = frozenset(word for lexicon in lexicons for word in lexicon.words)
        self.place_of = {unit.name: u for u, unit in enumerate(profile.units)}
        self._rules = _rule_table(self.boundaries, self.place_of)

    def weigh(self, submissions: Sequence[Submission]) -> Weighed:
        """Score every unit for every submission and ask of a batch."""
        passages = Passages(submissions, self._masks, self._known)
        standing = Standing(passages, self._profile)
        spoken = self.catalogue.spoken(standing)
        fired = self.boundaries.fired(standing)
        rules = self._rules
        likely = self.catalogue.prior
        words = summed((s.whole, s.field) for s in spoken)
        said = words + fired.whole @ rules
        whole = shares((said + self.likeness.scores(passages)) * likely)
        asks = shares((summed((s.asks, s.field) for s in spoken) + fired.asks @ rules) * likely, ASK_DOUBT)
        whole = _agreed(whole, asks, passages)
        title_words = summed((s.title, s.field) for s in spoken)
        title = title_words + (fired.whole >= IN_ZONE["title"]) @ rules
        ask_words = summed((s.own, s.field) for s in spoken)
        return Weighed(standing, whole, asks, title, words, title_words, ask_words, spoken, fired)


def shares(evidence: Scores, doubt: float = DOUBT) -> Scores:
    """Evidence as a score in 0–1: each unit's share of all evidence, with a constant for the doubt that remains.

    Without labelled rows nothing can be fitted; a share grows with the evidence for a unit, falls with the evidence for
    others, and stays low where there is little evidence at all. Rows sum to less than 1.
    """
    powered = np.power(np.maximum(evidence, 0.0), SHARPNESS)
    return np.asarray(powered / (powered.sum(axis=1, keepdims=True) + doubt**SHARPNESS), dtype=np.float64)


def _agreed(whole: Scores, asks: Scores, passages: Passages) -> Scores:
    """The scores of the whole text, moved towards the mean of its asks where it has any: they are what is wanted."""
    gather = passages.ask_rows.T
    number = np.asarray(gather.sum(axis=1)) * np.array(passages.asking).reshape(-1, 1)
    mean = (gather @ asks) / np.maximum(number, 1.0)
    return np.asarray(np.where(number > 0, (1.0 - BY_ASKS) * whole + BY_ASKS * mean, whole))


def _rule_table(boundaries: Boundaries, names: dict[str, int]) -> Scores:
    """Rules × units: what a rule that holds adds to its lead and co-units."""
    table = np.zeros((len(boundaries.rules), len(names)))
    for r, rule in enumerate(boundaries.rules):
        for unit in rule.co:
            if unit in names:
                table[r, names[unit]] = RULE_CO
        if rule.lead in names:
            table[r, names[rule.lead]] = RULE_LEAD
    return table
