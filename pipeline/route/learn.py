"""What the registers of past years teach: lead units and topics of labelled submissions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.mentions import unit_named
from pipeline.profile import Profile
from pipeline.records import Submission
from pipeline.route import head, joint
from pipeline.route.model import Card, Cold, Features, Model, Opinions, fingerprint, prior
from pipeline.route.router import Router
from pipeline.route.scales import Scales
from pipeline.route.topics import Topics

LEAST_ROWS = 30
LEAST_EXAMPLES = 5
LEAST_LABELS = 2

Scores = NDArray[np.float64]
Tested = dict[str, float]


def train(submissions: Sequence[Submission], profile: Profile) -> Model | None:
    """Learn units and topics from register rows; None where neither has 30 rows and two labels with five examples.

    What is learned is used only where, on rows held out, it names more right than the catalogue; else None too.

    Old unit names count for today's units. A lead that the profile does not know, and a label with fewer than five
    examples, is left to the catalogue.
    """
    leads = [(s.lead and unit_named(s.lead, profile)) or "" for s in submissions]
    subjects = [s.topic.strip() for s in submissions]
    if not _enough(leads) and not _enough(subjects):
        return None
    scales, topics = Scales(profile), Topics(profile, profile.topic_scheme)
    weighed = scales.weigh(submissions)
    names = tuple(unit.name for unit in profile.units)
    cold = Cold(names, weighed.whole, topics.names, topics.scores(weighed.standing))
    features, opinions = Features.fit(submissions, cold)
    units, unit_scores = _learned(opinions, leads, cold.units, cold.unit_names)
    classes, class_scores = _learned(opinions, subjects, cold.topics, cold.topic_names)
    joined, co_scores = _joined(submissions, leads, opinions[1], profile)
    if units is None and classes is None and joined is None:
        return None
    scores = {"units": unit_scores, "topics": class_scores, "co": co_scores}
    kept = sum(lead in units.labels for lead in leads) if units else 0
    outside = (sum(map(bool, leads)) - kept + 1) / (sum(map(bool, leads)) + 2)
    card = Card(
        corpus=fingerprint(submissions),
        profile=profile.digest,
        rows=len(submissions),
        units=dict(sorted(Counter(filter(None, leads)).items())),
        topics=dict(sorted(Counter(filter(None, subjects)).items())),
        scores={name: found for name, found in scores.items() if found},
    )
    return Model(features, units, classes, outside, card, joined)


def _joined(
    submissions: Sequence[Submission], leads: Sequence[str], words: sparse.csr_matrix, profile: Profile
) -> tuple[joint.Joint | None, Tested]:
    """Learned co-units with their scores on rows held out; None where the registers name too few."""
    used = [i for i, lead in enumerate(leads) if lead]
    if sum(bool(submissions[i].co) for i in used) < joint.LEAST_ROWS:
        return None, {}
    rows = [submissions[i] for i in used]
    co = [{unit_named(name, profile) or name for name in s.co} for s in rows]
    cold = [route.co for route in Router(profile).route([replace(s, lead="", co=()) for s in rows])]
    found = joint.fit(words[used], [leads[i] for i in used], co, cold)
    return (found[0], dict(found[1])) if found else (None, {})


def _enough(labels: Sequence[str]) -> bool:
    return sum(map(bool, labels)) >= LEAST_ROWS and len(_frequent(labels)) >= LEAST_LABELS


def _frequent(labels: Sequence[str]) -> frozenset[str]:
    return frozenset(label for label, n in Counter(labels).items() if label and n >= LEAST_EXAMPLES)


def _learned(
    opinions: Opinions, labels: Sequence[str], cold: Scores, names: Sequence[str]
) -> tuple[head.Head | None, Tested]:
    """A head over the labels that have enough examples, with its scores on rows held out; None where too few."""
    if not _enough(labels):
        return None, {}
    frequent = _frequent(labels)
    used = np.array([i for i, label in enumerate(labels) if label in frequent])
    named = sorted(frequent)
    known = prior(cold[used], names, named)
    fitted: head.Head | None
    fitted, held = head.fit(head.Rows(opinions[0][used], opinions[1][used], known), [labels[i] for i in used])
    truth = np.searchsorted(np.array(named), np.array([labels[i] for i in used]))
    scores = {"rows": float(len(used)), **_tested(held, truth), **_baseline(known, truth)}
    return fitted if scores["top1"] > scores["top1_catalogue"] else None, scores


def _tested(held: Scores, truth: NDArray[np.intp]) -> Tested:
    """Top-1, top-3, macro-F1, log-loss and expected calibration error of held-out probabilities."""
    from sklearn.metrics import f1_score

    best, sure = held.argmax(axis=1), held.max(axis=1)
    right = best == truth
    place = (held > held[np.arange(len(truth)), truth][:, None]).sum(axis=1)
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(right[bins == b].sum() - sure[bins == b].sum()) for b in range(10)]
    return {
        "top1": round(float(right.mean()), 4),
        "top3": round(float((place < 3).mean()), 4),
        "macro_f1": round(float(f1_score(truth, best, average="macro")), 4),
        "log_loss": round(float(-np.log(np.maximum(held[np.arange(len(truth)), truth], 1e-12)).mean()), 4),
        "ece": round(float(sum(gaps) / len(truth)), 4),
    }


def _baseline(known: Scores, truth: NDArray[np.intp]) -> Tested:
    """What the catalogue alone, and always naming the most frequent label, get right on the same rows."""
    most = np.bincount(truth).max() / len(truth)
    alone = (known.argmax(axis=1) == truth).mean()
    return {"top1_catalogue": round(float(alone), 4), "top1_most_frequent": round(float(most), 4)}
