"""What is counted in a letter beside its gold, and the values made of the sums.

A measure counts for every letter (a row of whole numbers) and makes one value of the sums of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.audits import Told, alike
from pipeline.evaluate.marked import Marked, Promise
from pipeline.records import State

Counts = NDArray[np.float64]
Count = Callable[[Marked, Told], Sequence[int]]
Value = Callable[[Counts], Counts]

FILLED = ("act", "actor", "quantity", "place", "plan", "steps", "deadline", "money", "condition")
"""The slots that count; what a promise is about (对象) is part of its text."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted in a letter, and the value of the summed counts (draws × counts → draws)."""

    count: Count
    value: Value


def precision(sums: Counts) -> Counts:
    """Right among said, of counts (right, said, wanted)."""
    return np.asarray(sums[:, 0] / sums[:, 1])


def recall(sums: Counts) -> Counts:
    """Right among wanted, of counts (right, said, wanted)."""
    return np.asarray(sums[:, 0] / sums[:, 2])


def f1(sums: Counts) -> Counts:
    """F1 of counts (right, said, wanted); not a number where nothing was wanted."""
    return np.asarray(np.where(sums[:, 2] > 0, 2 * sums[:, 0] / (sums[:, 1] + sums[:, 2]), np.nan))


def raised(letter: Marked, told: Told) -> frozenset[str]:
    """The rules that a method raised on a letter whose rules were marked."""
    return frozenset() if letter.rules is None else told.rules - letter.silent


def _every_rule(letter: Marked, told: Told) -> tuple[int, int, int]:
    wanted, said = letter.rules or frozenset(), raised(letter, told)
    return len(wanted & said), len(said), len(wanted)


def _among(rules: frozenset[str]) -> Count:
    """As for every rule, of these rules alone."""

    def count(letter: Marked, told: Told) -> tuple[int, int, int]:
        wanted, said = (letter.rules or frozenset()) & rules, raised(letter, told) & rules
        return len(wanted & said), len(said), len(wanted)

    return count


def of_rule(rule: str) -> Count:
    """Whether a rule was rightly raised, raised, marked."""

    def count(letter: Marked, told: Told) -> tuple[int, int, int]:
        wanted, said = rule in (letter.rules or ()), rule in raised(letter, told)
        return int(wanted and said), int(said), int(wanted)

    return count


def _alarms(letter: Marked, told: Told) -> tuple[int, int, int]:
    said = raised(letter, told)
    return len(said), len(said - (letter.rules or frozenset())), int(letter.rules is not None)


def _clean(letter: Marked, told: Told) -> tuple[int, int]:
    """Whether a letter without a marked fault is left without an error."""
    clean = letter.rules is not None and not letter.rules
    return int(clean and not told.errors - letter.silent), int(clean)


def _gates(letter: Marked, told: Told) -> tuple[int, int]:
    return int(bool(letter.gate) and told.gate == letter.gate), int(bool(letter.gate))


def of_state(state: str) -> Count:
    """How many asks were rightly said to be in a state, said to be, marked so."""

    def count(letter: Marked, told: Told) -> tuple[int, int, int]:
        pairs = [(said, right) for said, (_, right) in zip(told.states, letter.states, strict=False)]
        both = sum(said == right == state for said, right in pairs)
        return both, sum(said == state for said, _ in pairs), sum(right == state for _, right in pairs)

    return count


def _states(letter: Marked, told: Told) -> list[int]:
    """For each state in turn: right, said, wanted."""
    return [number for state in get_args(State) for number in of_state(state)(letter, told)]


def _macro(sums: Counts) -> Counts:
    """The mean F1 of the states that were marked at all."""
    parts = sums.reshape(len(sums), -1, 3)
    marked = parts[:, :, 2] > 0
    values = np.where(marked, 2 * parts[:, :, 0] / np.maximum(parts[:, :, 1] + parts[:, :, 2], 1), 0.0)
    return np.asarray(values.sum(axis=1) / marked.sum(axis=1))


def _right_states(sums: Counts) -> Counts:
    parts = sums.reshape(len(sums), -1, 3).sum(axis=1)
    return np.asarray(parts[:, 0] / parts[:, 2])


def _share(sums: Counts) -> Counts:
    return np.asarray(sums[:, 0] / sums[:, 1])


def _promises(letter: Marked, told: Told) -> tuple[int, int, int, int]:
    """Found promises that were marked, all found, marked ones that were found, all marked."""
    if letter.promises is None:
        return 0, 0, 0, 0
    right = sum(any(alike(p.text, q.text) for q in letter.promises) for p in told.promises)
    met = sum(bool(met_by(q, told.promises)) for q in letter.promises)
    return right, len(told.promises), met, len(letter.promises)


def met_by(marked: Promise, found: Sequence[Promise]) -> list[Promise]:
    """The found promises that are (part of) a marked one."""
    return [promise for promise in found if alike(marked.text, promise.text)]


def _promise_f1(sums: Counts) -> Counts:
    sure, whole = sums[:, 0] / sums[:, 1], sums[:, 2] / sums[:, 3]
    return np.asarray(2 * sure * whole / (sure + whole))


def of_slot(slot: str) -> Count:
    """How many promises rightly have a slot filled, have it filled, should have."""
    return lambda letter, told: _filled(letter, told, frozenset({slot}))


def _slots(letter: Marked, told: Told) -> tuple[int, int, int]:
    return _filled(letter, told, frozenset(FILLED))


def _filled(letter: Marked, told: Told, slots: frozenset[str]) -> tuple[int, int, int]:
    """Filled slots over all promises: right, said, wanted. What was made of several clauses counts together."""
    if letter.promises is None:
        return 0, 0, 0
    right = said = wanted = 0
    taken: set[int] = set()
    for marked in letter.promises:
        own = met_by(marked, told.promises)
        taken.update(map(id, own))
        filled = frozenset(slot for promise in own for slot in promise.slots & slots)
        right, said, wanted = right + len(filled & marked.slots), said + len(filled), wanted + len(marked.slots & slots)
    said += sum(len(promise.slots & slots) for promise in told.promises if id(promise) not in taken)
    return right, said, wanted


def _dues(letter: Marked, told: Told) -> tuple[int, int]:
    """Of the marked last days those that were read to the day."""
    dated = [marked for marked in letter.promises or () if marked.due]
    return sum(any(p.due == m.due for p in met_by(m, told.promises)) for m in dated), len(dated)


def measures(errors: frozenset[str]) -> dict[str, Measure]:
    """All measures by name; `errors` are the rules that the profile holds for errors."""
    return {
        **MEASURES,
        "错误级准确": Measure(_among(errors), precision),
        "错误级召回": Measure(_among(errors), recall),
    }


MEASURES: dict[str, Measure] = {
    "问题准确": Measure(_every_rule, precision),
    "问题召回": Measure(_every_rule, recall),
    "问题F1": Measure(_every_rule, f1),
    "每百件报出": Measure(_alarms, lambda sums: np.asarray(100 * sums[:, 0] / sums[:, 2])),
    "每百件误报": Measure(_alarms, lambda sums: np.asarray(100 * sums[:, 1] / sums[:, 2])),
    "好答复不报错误": Measure(_clean, _share),
    "结论一致": Measure(_gates, _share),
    "诉求状态宏F1": Measure(_states, _macro),
    "诉求状态正确": Measure(_states, _right_states),
    "承诺F1": Measure(_promises, _promise_f1),
    "要素F1": Measure(_slots, f1),
    "时限日期正确": Measure(_dues, _share),
}
