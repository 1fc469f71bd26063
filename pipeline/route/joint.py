"""Learned co-units: how likely each unit joins, given the lead and the words of the text (several labels at once)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.route.head import parts

Scores = NDArray[np.float64]
Marks = NDArray[np.bool_]

LEAST_ROWS, LEAST_EXAMPLES = 80, 6
SMOOTHING = 2.0
THRESHOLDS = tuple(round(0.2 + 0.05 * k, 2) for k in range(9))


@dataclass(frozen=True, slots=True)
class Joint:
    """One linear expert for each co-unit that the registers name often enough, and how often each lead calls it in.

    A unit joins where the logistic sum of three opinions (the catalogue's, the expert's, the habit's) reaches
    `threshold`; `weights` are theirs and, last, the constant. Units without an expert stay with the catalogue.
    """

    labels: tuple[str, ...]
    leads: tuple[str, ...]
    margins: Scores
    offsets: Scores
    habits: Scores
    weights: Scores
    threshold: float

    PARTS: ClassVar = ("labels", "leads", "margins", "offsets", "habits", "weights", "threshold")

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All parts as plain arrays."""
        numbers = {name: np.asarray(getattr(self, name), dtype=np.float32) for name in self.PARTS[2:]}
        return {"labels": np.array(self.labels, dtype=np.str_), "leads": np.array(self.leads, dtype=np.str_), **numbers}

    @staticmethod
    def of(arrays: Mapping[str, NDArray[np.generic]]) -> Joint:
        """What `arrays` gave."""
        margins, offsets, habits, weights, threshold = (arrays[name].astype(np.float64) for name in Joint.PARTS[2:])
        labels, leads = (tuple(arrays[name].tolist()) for name in Joint.PARTS[:2])
        return Joint(labels, leads, margins, offsets, habits, weights, float(threshold))

    def chances(self, words: sparse.csr_matrix, leads: Sequence[str | None], cold: Sequence[Collection[str]]) -> Scores:
        """Rows × labels: how likely each unit joins; `cold` are the catalogue's co-units of each row."""
        at = [self.leads.index(lead) if lead in self.leads else len(self.leads) for lead in leads]
        opinions = (_marks(cold, self.labels), words @ self.margins + self.offsets, self.habits[at])
        return _logistic(opinions, self.weights)

    def chosen(self, chances: Scores, lead: str, cold: Sequence[str]) -> tuple[str, ...]:
        """The co-units of one row, the likeliest first; the catalogue decides on units without an expert."""
        order = np.argsort(-chances, kind="stable")
        learned = [self.labels[k] for k in order if chances[k] >= self.threshold and self.labels[k] != lead]
        return (*learned, *(unit for unit in cold if unit not in self.labels))


def fit(
    words: sparse.csr_matrix, leads: Sequence[str], co: Sequence[Collection[str]], cold: Sequence[Collection[str]]
) -> tuple[Joint, Mapping[str, float]] | None:
    """Learn from rows with a lead; also gives the F1 of the cells held out, learned and by the catalogue.

    None where fewer than 80 rows name a co-unit, none is named six times, or the catalogue alone does better.
    """
    counts = Counter(unit for units in co for unit in units)
    labels = tuple(sorted(unit for unit, number in counts.items() if number >= LEAST_EXAMPLES))
    if sum(map(bool, co)) < LEAST_ROWS or not labels:
        return None
    truth, known = _marks(co, labels).astype(bool), _marks(cold, labels)
    said = np.zeros(truth.shape)
    for held in parts(_named(truth)):
        rest = np.setdiff1d(np.arange(len(truth)), held)
        margins, offsets = _experts(words[rest], truth[rest])
        said[held] = words[held] @ margins + offsets
    names, habits, own = _habits(leads, truth)
    opinions = (known, said, own)
    weights, threshold, score = _weighed(opinions, truth)
    alone = _f1(known > 0, truth)
    if score <= alone:
        return None
    joint = Joint(labels, names, *_experts(words, truth), habits, weights, threshold)
    return joint, {"rows": float(len(truth)), "f1": round(score, 4), "f1_catalogue": round(alone, 4)}


def _named(truth: Marks) -> NDArray[np.intp]:
    """1 for the rows that have any label."""
    return np.array(truth.any(axis=1), dtype=np.intp)


def _marks(units: Sequence[Collection[str]], labels: Sequence[str]) -> Scores:
    return np.array([[float(label in named) for label in labels] for named in units]).reshape(len(units), len(labels))


def _experts(words: sparse.csr_matrix, truth: Marks) -> tuple[Scores, Scores]:
    """A balanced linear SVC for each label; one that has no example here always says no."""
    from sklearn.svm import LinearSVC

    margins, offsets = np.zeros((words.shape[1], truth.shape[1])), np.full(truth.shape[1], -1.0)
    for k in np.flatnonzero(truth.any(axis=0) & ~truth.all(axis=0)):
        svc = LinearSVC(class_weight="balanced", random_state=0).fit(words, truth[:, k])
        margins[:, k], offsets[k] = svc.coef_[0], svc.intercept_[0]
    return margins, offsets


def _habits(leads: Sequence[str], truth: Marks) -> tuple[tuple[str, ...], Scores, Scores]:
    """Log-odds that a lead calls a label in, by lead (last row: any lead), and for each row as if it were not there."""
    names = tuple(sorted(set(leads)))
    at = np.array([names.index(lead) for lead in leads])
    usual = (truth.sum(axis=0) + 1.0) / (len(truth) + 2.0)
    number, joined = np.bincount(at).astype(np.float64), np.zeros((len(names), truth.shape[1]))
    np.add.at(joined, at, truth)
    table = (joined + SMOOTHING * usual) / (number[:, None] + SMOOTHING)
    own = (joined[at] - truth + SMOOTHING * usual) / (number[at][:, None] - 1.0 + SMOOTHING)
    return names, _odds(np.vstack([table, usual])), _odds(own)


def _odds(shares: Scores) -> Scores:
    kept = np.clip(shares, 0.01, 0.99)
    return np.asarray(np.log(kept / (1.0 - kept)))


def _weighed(opinions: tuple[Scores, Scores, Scores], truth: Marks) -> tuple[Scores, float, float]:
    """Weights of the opinions, the threshold, and the F1 with both held out in turn."""
    from sklearn.linear_model import LogisticRegression

    cells, right = np.stack([opinion.ravel() for opinion in opinions], axis=1), truth.ravel()
    rows = np.repeat(np.arange(len(truth)), truth.shape[1])
    held = np.zeros(len(right))
    for part in parts(_named(truth)):
        out = np.isin(rows, part)
        held[out] = LogisticRegression().fit(cells[~out], right[~out]).predict_proba(cells[out])[:, 1]
    scores = [_f1(held >= threshold, right) for threshold in THRESHOLDS]
    best = int(np.argmax(scores))
    whole = LogisticRegression().fit(cells, right)
    return np.append(whole.coef_[0], whole.intercept_), THRESHOLDS[best], scores[best]


def _logistic(opinions: tuple[Scores, Scores, Scores], weights: Scores) -> Scores:
    total = sum(weight * opinion for weight, opinion in zip(weights, opinions, strict=False)) + weights[-1]
    return np.asarray(1.0 / (1.0 + np.exp(-total)))


def _f1(said: Marks, right: Marks) -> float:
    both = float((said & right).sum())
    return 2.0 * both / max(float(said.sum() + right.sum()), 1.0)
