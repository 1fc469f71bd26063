"""How surely a letter is about its submission where there is no batch: by words and pairs of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from pipeline.records import Submission
from pipeline.text import grams, normal, pair_rarity, rarity, words

_FLOOR = 0.01
WEIGHTS = (2.77, 1.07, -0.81, 13.5)
"""Of the signs and the constant, fitted and measured as those of a batch (`pipeline.audit.relevance`)."""


def strength(submission: Submission, letter: str) -> float:
    """The log odds that a letter in normal form is about the submission."""
    return float(signs(submission, letter) @ np.array(WEIGHTS[:-1])) + WEIGHTS[-1]


def signs(submission: Submission, letter: str) -> npt.NDArray[np.float64]:
    """Log likeness by pairs of characters and by words, of title and text each half; log length of the letter."""
    parts = [normal(submission.title) or normal(submission.text)[:60], normal(submission.text)]
    pairs = [_likeness(part, letter, _pairs, pair_rarity) for part in parts]
    whole = [_likeness(part, letter, _words, rarity) for part in parts]
    means = (float(np.mean(likes)) for likes in (pairs, whole))
    return np.array([*(np.log(mean + _FLOOR) for mean in means), np.log(len(letter) + 1)])


def _pairs(text: str) -> list[str]:
    return grams(text, 2, 2)


def _words(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 1]


def _likeness(left: str, right: str, cut: Callable[[str], Iterable[str]], weight: Callable[[str], float]) -> float:
    """The cosine of two texts' pieces, weighed by rarity and sublinear count."""
    one, two = (
        {piece: float(1 + np.log(count)) * weight(piece) for piece, count in Counter(cut(text)).items()}
        for text in (left, right)
    )
    sizes = float(np.sqrt(sum(x * x for x in one.values()) * sum(x * x for x in two.values())))
    return sum(x * two[piece] for piece, x in one.items() if piece in two) / sizes if sizes else 0.0
