"""One learned choice among labels: three linear experts and the catalogue, joined by a few calibrated weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

Scores = NDArray[np.float64]
Experts = tuple[Scores, Scores, Scores, Scores, Scores]

FOLDS = 5
SMOOTHING = 0.1
BIAS_PENALTY = 1.0


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch as features: title and body apart (characters), title and body together (words), and prior log-scores."""

    apart: sparse.csr_matrix
    words: sparse.csr_matrix
    prior: Scores

    def only(self, rows: NDArray[np.intp]) -> Rows:
        """Some of the rows."""
        return Rows(self.apart[rows], self.words[rows], self.prior[rows])


@dataclass(frozen=True, slots=True)
class Head:
    """Linear weights of both experts (features × labels), and how much each expert and the prior count."""

    labels: tuple[str, ...]
    margins: Scores
    offsets: Scores
    word_margins: Scores
    word_offsets: Scores
    likelihoods: Scores
    mix: Scores
    bias: Scores

    def probabilities(self, rows: Rows) -> Scores:
        """Rows × labels; each row sums to 1."""
        experts = (self.margins, self.offsets, self.word_margins, self.word_offsets, self.likelihoods)
        return _softmax(_joined([*_opinions(rows, experts), rows.prior], self.mix, self.bias))


def fit(rows: Rows, labels: Sequence[str]) -> tuple[Head, Scores]:
    """Fit a head; also gives what it would have said of each training row had that row been held out.

    The mixing weights are fitted on held-out opinions of the experts, and for the second result they are held out too:
    five-fold for both. Every label needs at least two rows.
    """
    names = tuple(sorted(set(labels)))
    truth = np.searchsorted(np.array(names), np.array(labels))
    folds = parts(truth)
    opinions = [np.zeros((len(truth), len(names))) for _ in range(3)]
    for part in folds:
        rest = np.setdiff1d(np.arange(len(truth)), part)
        for opinion, said in zip(
            opinions, _opinions(rows.only(part), _experts(rows.only(rest), truth[rest])), strict=True
        ):
            opinion[part] = said
    opinions.append(rows.prior)
    held = np.zeros((len(truth), len(names)))
    for part in folds:
        rest = np.setdiff1d(np.arange(len(truth)), part)
        held[part] = _softmax(_joined([o[part] for o in opinions], *_weights([o[rest] for o in opinions], truth[rest])))
    return Head(names, *_experts(rows, truth), *_weights(opinions, truth)), held


def parts(truth: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Five held-out parts in which the labels are spread evenly, by order alone."""
    order = np.argsort(truth, kind="stable")
    return [np.sort(order[start::FOLDS]) for start in range(FOLDS)]


def _experts(rows: Rows, truth: NDArray[np.intp]) -> Experts:
    """Balanced linear SVCs over title and body apart and over all words; a complement naive Bayes over all words."""
    from sklearn.naive_bayes import ComplementNB

    bayes = ComplementNB(alpha=SMOOTHING).fit(rows.words, truth)
    return *_margins(rows.apart, truth), *_margins(rows.words, truth), np.asarray(bayes.feature_log_prob_.T)


def _margins(features: sparse.csr_matrix, truth: NDArray[np.intp]) -> tuple[Scores, Scores]:
    from sklearn.svm import LinearSVC

    svc = LinearSVC(class_weight="balanced", random_state=0).fit(features, truth)
    margins, offsets = svc.coef_.T, svc.intercept_
    if margins.shape[1] == 1:
        margins, offsets = np.hstack([-margins, margins]), np.hstack([-offsets, offsets])
    return np.asarray(margins), np.asarray(offsets)


def _opinions(rows: Rows, experts: Experts) -> list[Scores]:
    """What each expert says of each row: three arrays, rows × labels."""
    margins, offsets, word_margins, word_offsets, likelihoods = experts
    said = (rows.apart @ margins + offsets, rows.words @ word_margins + word_offsets, rows.words @ likelihoods)
    return [np.asarray(opinion) for opinion in said]


def _weights(opinions: Sequence[Scores], truth: NDArray[np.intp]) -> tuple[Scores, Scores]:
    """How much each opinion counts and a bias per label, by the least log-loss (temperature is part of the weights)."""
    number, kinds = opinions[0].shape[1], len(opinions)
    rows = np.arange(len(truth))
    target = np.zeros((len(truth), number))
    target[rows, truth] = 1.0

    def loss(values: Scores) -> tuple[float, Scores]:
        mix, bias = values[:kinds], values[kinds:]
        said = _softmax(_joined(opinions, mix, bias))
        slope = (said - target) / len(truth)
        cost = -np.log(np.maximum(said[rows, truth], 1e-12)).mean() + BIAS_PENALTY * (bias @ bias) / len(truth)
        by_mix = [float((slope * opinion).sum()) for opinion in opinions]
        return float(cost), np.concatenate([by_mix, slope.sum(axis=0) + 2 * BIAS_PENALTY * bias / len(truth)])

    bounds = [(0.0, None)] * kinds + [(None, None)] * number
    start = np.concatenate([np.ones(kinds), np.zeros(number)])
    found = optimize.minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return found[:kinds], found[kinds:]


def _joined(opinions: Sequence[Scores], mix: Scores, bias: Scores) -> Scores:
    return np.asarray(sum(weight * opinion for weight, opinion in zip(mix, opinions, strict=True)) + bias)


def _softmax(scores: Scores) -> Scores:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
