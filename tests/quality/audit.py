"""Scores of the audit on pairs of real letters and replies: off-topic AUC with swapped replies, forwarded-only F1.

Each score carries its baseline from the same rows: the cosine of character TF-IDF, and "shorter than 80 characters".
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score, roc_auc_score

from pipeline.audit.case import Case
from pipeline.audit.forward import forward_only
from pipeline.audit.letter import matter, parts
from pipeline.audit.relevance import likenesses, plain
from pipeline.profile import default_folder, load
from pipeline.records import Reply, Submission
from tests.quality.county import Score

COLUMNS = (("留言主题", "留言详情", "答复意见"), ("title", "query", "reply"))
SEED = 7
TOO_ALIKE = 0.6
SHORT = 80
SAMPLE = 100
Order = Sequence[int]


@dataclass(frozen=True)
class Letters:
    """Letters with their replies; `forwarded` empty where nobody labelled it."""

    name: str
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    replies: tuple[str, ...]
    forwarded: tuple[bool, ...] = ()


def read(path: Path) -> Letters:
    """The letters of a table with the columns of `COLUMNS`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    title, text, reply = next(names for names in COLUMNS if names[0] in rows[0])
    rows = [row for row in rows if row[reply].strip()]
    labels = tuple(row["forward_only"] == "1" for row in rows) if "forward_only" in rows[0] else ()
    return Letters(path.stem, *(tuple(row[name] for row in rows) for name in (title, text, reply)), labels)


def scores(path: Path) -> list[Score]:
    """Everything that a table allows: both swaps, in the batch and pair by pair, and forwarded replies."""
    letters = read(path)
    found = []
    for name, swap in (("随机", random_swap), ("难", hard_swap)):
        for way, relevance in (("整批", in_batch), ("单件", one_by_one)):
            found.append(off_topic(letters, f"答非所问.{letters.name}.{name}互换.{way} AUC", swap, relevance))
    return [*found, *forwarded(letters)]


def off_topic(letters: Letters, name: str, swap: Callable[[Letters], Order], told: Callable[..., Any]) -> Score:
    """AUC of own replies against swapped ones, with that of the plain cosine."""
    count = SAMPLE if told is one_by_one else len(letters.replies)
    own, other = list(range(len(letters.replies)))[:count], list(swap(letters))[:count]
    truth = np.r_[np.ones(len(own)), np.zeros(len(own))]
    value = roc_auc_score(truth, np.r_[told(letters, own), told(letters, other)])
    baseline = roc_auc_score(truth, np.r_[cosines(letters, own), cosines(letters, other)])
    return Score(name, float(value), 2 * len(own), float(baseline))


def random_swap(letters: Letters) -> Order:
    """Every letter gets the reply of another one, drawn at random."""
    order = np.random.default_rng(SEED).permutation(len(letters.replies))
    fixed = np.flatnonzero(order == np.arange(order.size))
    order[fixed] = order[np.roll(fixed, 1)] if fixed.size > 1 else (order[fixed] + 1) % order.size
    return [int(i) for i in order]


def hard_swap(letters: Letters) -> Order:
    """Every letter gets the reply to the most similar other letter that is not a near-copy."""
    rows = _vectors(letters)[0]
    likeness = (rows @ rows.T).toarray()
    np.fill_diagonal(likeness, 0)
    likeness[likeness > TOO_ALIKE] = 0
    return [int(i) for i in likeness.argmax(axis=1)]


def in_batch(letters: Letters, order: Order) -> list[float]:
    """Relevance where the audit sees the whole batch, as `banli run` does."""
    batch = cases(letters, order)
    found = likenesses(batch, [matter(case.reply.text) for case in batch])
    return [like.relevance or 0.0 for like in found]


def one_by_one(letters: Letters, order: Order) -> list[float]:
    """Relevance where the audit sees one pair alone."""
    return _alone(letters, tuple(order))


@cache
def _alone(letters: Letters, order: tuple[int, ...]) -> list[float]:
    return [likenesses([case], [matter(case.reply.text)])[0].relevance or 0.0 for case in cases(letters, order)]


def cosines(letters: Letters, order: Order) -> Any:
    """The baseline: character 1–3-gram TF-IDF cosine of letter and reply, user ids taken out."""
    asked, answered = _vectors(letters)
    return np.asarray(asked[: len(order)].multiply(answered[list(order)]).sum(axis=1)).ravel()


def forwarded(letters: Letters) -> list[Score]:
    """F1 of forwarded-only replies, against "shorter than 80 characters"."""
    if not letters.forwarded:
        return []
    profile = load(default_folder())
    told = [forward_only(parts(reply), profile) for reply in letters.replies]
    short = [len(reply) < SHORT for reply in letters.replies]
    value, baseline = (float(f1_score(letters.forwarded, guess)) for guess in (told, short))
    return [Score(f"转办空答.{letters.name} F1", value, len(told), baseline)]


@cache
def _vectors(letters: Letters) -> tuple[Any, Any]:
    asked = [plain(f"{t}\n{b}") for t, b in zip(letters.titles, letters.texts, strict=True)]
    answered = [plain(reply) for reply in letters.replies]
    rows = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True).fit_transform([*asked, *answered])
    return rows[: len(asked)], rows[len(asked) :]


def cases(letters: Letters, order: Order) -> list[Case]:
    """Every submission with the reply that the order gives it."""
    return [
        Case(
            Reply(f"r{j}", f"r{j}", f"r{j}", "答复", "", letters.replies[j]),
            Submission(f"s{i}", f"s{i}", f"s{i}", "建议", letters.titles[i], letters.texts[i]),
        )
        for i, j in enumerate(order)
    ]
