"""The topics of a submission in the office's own scheme (domain §3-I), ranked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from pipeline.profile import Profile
from pipeline.records import Candidate
from pipeline.route.catalogue import TITLE, Scores, damped
from pipeline.route.lexicon import Lexicon
from pipeline.route.passages import Passages

BODY, ASK = 1.0, 1.0
MOST = 3
LEAST_SHARE = 0.05
DOUBT = 1.0


class Topics:
    """The classes of one scheme as weighted words; a word of several classes says less for each."""

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

    def scores(self, passages: Passages) -> Scores:
        """Submissions × classes in 0–1: each class's share of the evidence."""
        counts = passages.counts(self.lexicon)
        title, asked, body = (damped(zone @ counts) for zone in (passages.title, passages.asked, passages.body))
        evidence = ((TITLE * title + ASK * asked + BODY * body) @ self._weights).toarray()
        return np.asarray(evidence / (evidence.sum(axis=1, keepdims=True) + DOUBT), dtype=np.float64)


def ranked(names: Sequence[str], scores: Scores) -> tuple[Candidate, ...]:
    """The best topics of one row, best first; none where nothing speaks for any."""
    order = np.argsort(-scores, kind="stable")[:MOST]
    return tuple(Candidate(names[i], round(float(scores[i]), 4)) for i in order if scores[i] >= LEAST_SHARE)
