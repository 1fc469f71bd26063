"""The simple methods that stand beside every result: counted trigger words, and words TF-IDF + LinearSVC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from pipeline import text as texts
from pipeline.records import Submission

MOST = 5
LEAST_LABELS = 2


def counted(submissions: Sequence[Submission], words: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """For each submission the labels by how many of their words its text holds, best first, at most five."""
    ranked = []
    for s in submissions:
        counts = Counter({label: sum(word in s.text for word in own) for label, own in words.items()})
        ranked.append([label for label, count in counts.most_common(MOST) if count])
    return ranked


def svc(used: Sequence[Submission], labels: Sequence[str], held: Sequence[Submission]) -> list[list[str]]:
    """For each held submission the labels by the margins of TF-IDF over jieba words and a LinearSVC, best first."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    if len(set(labels)) < LEAST_LABELS:
        return [list(set(labels)) for _ in held]
    plain = make_pipeline(TfidfVectorizer(analyzer=texts.words, sublinear_tf=True), LinearSVC(random_state=0))
    plain.fit([s.text for s in used], labels)
    margins = np.asarray(plain.decision_function([s.text for s in held]))
    if margins.ndim == 1:
        margins = np.stack([-margins, margins], axis=1)
    names = plain.classes_
    return [[str(names[i]) for i in np.argsort(-row, kind="stable")[:MOST]] for row in margins]
