"""How well an audit agrees with its gold, each measure with a bootstrap 95 % interval over whole letters.

A draw of letters with replacement is a product of matrices: how often each letter is drawn × what it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from pipeline.evaluate.audits import Audited, Told, marked_rules
from pipeline.evaluate.counting import (
    FILLED,
    Count,
    Counts,
    Measure,
    f1,
    measures,
    of_rule,
    of_slot,
    of_state,
    precision,
    raised,
    recall,
)
from pipeline.evaluate.marked import Marked
from pipeline.evaluate.metrics import DRAWS, SEED, Score
from pipeline.profile import Profile
from pipeline.records import State


@dataclass(frozen=True, slots=True)
class Part:
    """One rule, state or slot: in how many letters (promises, asks) it was marked, and told by the program.

    `scores` holds precision, recall and F1 for each method.
    """

    key: str
    wanted: int
    told: int
    scores: tuple[tuple[Score, ...], ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """The scores of every method: on the whole (method × measure), and for each rule, state and slot."""

    methods: tuple[str, ...]
    table: tuple[tuple[Score, ...], ...]
    rules: tuple[Part, ...]
    states: tuple[Part, ...]
    slots: tuple[Part, ...]


def agreement(letters: Sequence[Marked], found: Sequence[Audited], profile: Profile) -> Agreed:
    """All measures of all methods; a rule is listed if it was marked, or told by the program (the first method)."""
    told = (raised(letter, said) for letter, said in zip(letters, found[0].told, strict=True))
    rules = sorted(marked_rules(letters).union(*told))
    draws = _draws(len(letters))
    whole = measures(frozenset(rule.id for rule in profile.rules.values() if rule.severity == "error"))
    table = tuple(
        tuple(_score(name, m, (letters, audited.told), draws) for name, m in whole.items()) for audited in found
    )

    def parts(keys: Iterable[str], count: Callable[[str], Count]) -> tuple[Part, ...]:
        made = (_part(key, count(key), letters, found, draws=draws) for key in keys)
        return tuple(part for part in made if part.wanted or part.told)

    return Agreed(
        tuple(audited.method for audited in found),
        table,
        parts(rules, of_rule),
        parts(get_args(State), of_state),
        parts(FILLED, of_slot),
    )


def _part(key: str, count: Count, letters: Sequence[Marked], found: Sequence[Audited], *, draws: Counts) -> Part:
    sums = np.array([count(m, t) for m, t in zip(letters, found[0].told, strict=True)]).sum(axis=0)
    values = {"准确": precision, "召回": recall, "F1": f1}
    scores = tuple(
        tuple(_score(name, Measure(count, value), (letters, one.told), draws) for name, value in values.items())
        for one in found
    )
    return Part(key, int(sums[2]), int(sums[1]), scores)


def _draws(number: int) -> Counts:
    """How often each letter is drawn (draws × letters)."""
    random = np.random.default_rng(SEED)
    return random.multinomial(number, np.full(number, 1 / number), size=DRAWS).astype(np.float64)


def _score(name: str, measure: Measure, rows: tuple[Sequence[Marked], Sequence[Told]], draws: Counts) -> Score:
    counts = np.array([measure.count(m, t) for m, t in zip(*rows, strict=True)], dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(measure.value(counts.sum(axis=0, keepdims=True))[0])
        drawn = measure.value(draws @ counts)
    if np.isnan(value):
        return Score(name, value, np.nan, np.nan)
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return Score(name, value, float(low), float(high))
