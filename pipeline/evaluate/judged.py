"""What was predicted beside what was right, row by row: the one shape that every measure of a choice reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]

MISSED = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled item and what was said of it.

    `right` are the acceptable labels, the register's first; `ranked` what was proposed, best first; `named` the one
    that was decided on ("" where it was left to a person); `chance` how likely the best was said to be right.
    """

    source: str
    title: str
    right: tuple[str, ...]
    ranked: tuple[str, ...]
    named: str
    chance: float
    co_right: frozenset[str] = frozenset()
    co_found: frozenset[str] = frozenset()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows of one method on one set of labels, also as arrays (rows): the place of the first acceptable label
    among the ranked (0 = first), and the chances."""

    method: str
    rows: tuple[Row, ...]
    calibrated: bool = True
    place: Places = field(init=False)
    chance: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", np.array([_place(row) for row in self.rows], dtype=np.intp))
        object.__setattr__(self, "chance", np.array([row.chance for row in self.rows], dtype=np.float64))


def of_ranks(method: str, rows: Sequence[Row], ranked: Sequence[Sequence[str]]) -> Judged:
    """A method that only ranks: the labels of `rows` with the rankings of a baseline."""
    return Judged(
        method,
        tuple(
            Row(row.source, row.title, row.right, tuple(names), names[0] if names else "", 1.0, row.co_right)
            for row, names in zip(rows, ranked, strict=True)
        ),
        calibrated=False,
    )


def _place(row: Row) -> int:
    return next((n for n, name in enumerate(row.ranked) if name in row.right), MISSED)
