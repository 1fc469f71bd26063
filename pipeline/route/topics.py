"""The topics of a submission in the office's own scheme (domain §3-I), ranked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from pipeline.profile import Profile
from pipeline.records import Candidate
from pipeline.route.catalogue import TITLE, Scores, damped
from pipeline.route.lexicon import Lexicon
from pipeline.route.standing import Standing

BODY, ASK = 1.0, 1.0
OF_UNIT = 0.75
MOST = 3
LEAST_SHARE, LEAST_SURE = 0.05, 0.5
DOUBT = 1.0


class Topics:
    """The classes of one scheme as weighted words, and the units whose matters they hold; what is of several classes
    says less for each."""

    def __init__(self, profile: Profile, scheme: str) -> None:
        classes = [topic for topic in profile.topics if topic.scheme == scheme]
        self.names = tuple(topic.name for topic in classes)
        words = sorted({t.word for topic in classes for t in topic.triggers})
        place = {word: i for i, word in enumerate(words)}
        weights = np.zeros((len(words), len(classes)))
        for c, topic in enumerate(classes):
            for trigger in topic.triggers:
                weights[place[trigger.word], c] = trigger.weight
        shared = np.maximum((weights > 0).sum(axis=1, keepdims=True), 1)
        self.lexicon = Lexicon(words)
        self._weights = sparse.csr_matrix(weights / shared)
        mostly = np.array([[unit.name in topic.units for topic in classes] for unit in profile.units], dtype=np.float64)
        mostly = mostly.reshape(len(profile.units), len(classes))
        self._of_units = mostly / np.maximum(mostly.sum(axis=1, keepdims=True), 1.0)

    def scores(self, standing: Standing) -> Scores:
        """Submissions × classes in 0–1: each class's share of the words' evidence."""
        passages, counts = standing.passages, standing.counts(self.lexicon)
        title, asked, body = (damped(zone @ counts) for zone in (passages.title, passages.asked, passages.body))
        evidence = ((TITLE * title + ASK * asked + BODY * body) @ self._weights).toarray()
        return np.asarray(evidence / (evidence.sum(axis=1, keepdims=True) + DOUBT), dtype=np.float64)

    def handled(self, said: Scores, units: Scores) -> Scores:
        """The words' scores joined with the classes of the units that would handle each submission (their shares)."""
        by_unit = units / np.maximum(units.sum(axis=1, keepdims=True), LEAST_SURE) @ self._of_units
        return np.asarray((1.0 - OF_UNIT) * said + OF_UNIT * by_unit, dtype=np.float64)


def ranked(names: Sequence[str], scores: Scores) -> tuple[Candidate, ...]:
    """The best topics of one row, best first; none where nothing speaks for any."""
    order = np.argsort(-scores, kind="stable")[:MOST]
    return tuple(Candidate(names[i], round(float(scores[i]), 4)) for i in order if scores[i] >= LEAST_SHARE)
