"""Units that gave an item back are not named for it again; what they said of it is shown (R-RTE-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.records import Receipt, Submission
from pipeline.route.decide import SURE
from pipeline.route.scales import Scores, Weighed

Returns = Mapping[str, Sequence[Receipt]]

NEAR, TINY = 3, 1e-9
"""A unit that the returning one names instead takes the first place where it is among so many of the remaining."""


def without(
    submissions: Sequence[Submission],
    returns: Returns,
    names: Sequence[str],
    weighed: Weighed,
    chances: Scores,
) -> tuple[Weighed, Scores]:
    """The scores and chances of a batch with nothing left for the units that returned an item, asks included."""
    whole, asks, title, chance = (part.copy() for part in (weighed.whole, weighed.asks, weighed.title, chances))
    rows_of_asks: list[list[int]] = [[] for _ in submissions]
    for number, (row, _) in enumerate(weighed.passages.asks):
        rows_of_asks[row].append(number)
    for row, s in enumerate(submissions):
        slips = returns.get(s.id, ())
        away = [names.index(slip.unit) for slip in slips if slip.unit in names]
        whole[row, away] = title[row, away] = chance[row, away] = 0.0
        asks[np.ix_(rows_of_asks[row], away)] = 0.0
        _put_first(row, [names.index(u) for slip in slips for u in slip.suggests if u in names], whole, chance)
    return replace(weighed, whole=whole, asks=asks, title=title), chance


def _put_first(row: int, suggested: Sequence[int], whole: Scores, chance: Scores) -> None:
    """Let a suggested unit lead that the text speaks for; where none is sure, list it first for the person to see."""
    best = int(np.argmax(whole[row]))
    near = np.argsort(-whole[row], kind="stable")[:NEAR]
    named = next((u for u in suggested if u in near and whole[row, u] > 0), None)
    if named is not None:
        whole[row, [best, named]] = whole[row, [named, best]]
        chance[row, [best, named]] = chance[row, [named, best]]
    elif suggested and chance[row, best] < SURE:
        whole[row, suggested[0]] = whole[row, best] + TINY


def told(slips: Sequence[Receipt]) -> Iterator[str]:
    """What a clerk must know of the returns: who, when, why, whom instead."""
    for slip in slips:
        day = f"（{slip.day}）" if slip.day else ""
        instead = f"，建议由{'、'.join(slip.suggests)}办理" if slip.suggests else ""
        yield f"{slip.unit}已退回{day}：{slip.reason or '未写理由'}{instead}"
