"""Measures of a choice among labels, each with a bootstrap 95 % interval over the rows (R-RTE-04/11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.judged import Judged

Rows = NDArray[np.intp]
Measure = Callable[[Judged, Rows], float]

DRAWS, SEED = 1000, 0
BINS = 10
AT_RANK = 5
OFTEN_CONFUSED = 15
SHARES = tuple(n / 20 for n in range(1, 21))
LEFT_TO_PEOPLE = 0.2


@dataclass(frozen=True, slots=True)
class Score:
    """A measure and the ends of its 95 % interval; `nan` where it has no meaning for the rows."""

    name: str
    value: float
    low: float
    high: float


def scores(judged: Judged, measures: dict[str, Measure]) -> list[Score]:
    """Every measure over all rows, with the 2.5 and 97.5 percentiles over 1,000 draws of rows with replacement."""
    number = len(judged.rows)
    every = np.arange(number)
    random = np.random.default_rng(SEED)
    draws = [random.integers(0, number, number) for _ in range(DRAWS)]
    found = []
    for name, measure in measures.items():
        value = measure(judged, every)
        ends = (np.nan, np.nan)
        if not np.isnan(value):
            drawn = np.array([measure(judged, rows) for rows in draws])
            ends = tuple(np.nanpercentile(drawn, (2.5, 97.5)).tolist())
        found.append(Score(name, float(value), float(ends[0]), float(ends[1])))
    return found


def top(k: int) -> Measure:
    """The share of rows with an acceptable label among the first `k`."""
    return lambda judged, rows: float((judged.place[rows] < k).mean())


def ndcg(judged: Judged, rows: Rows) -> float:
    """NDCG@5 with one right answer a row: 1 / log2(2 + place of the first acceptable label), 0 beyond the fifth."""
    place = judged.place[rows]
    return float(np.where(place < AT_RANK, 1.0 / np.log2(2.0 + place), 0.0).mean())


def macro_f1(judged: Judged, rows: Rows) -> float:
    """The mean over labels of F1 of the first choice; an acceptable second label counts as the register's."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for n in rows:
        row = judged.rows[n]
        first = row.ranked[0] if row.ranked else ""
        found = row.right[0] if first in row.right else first
        wanted[row.right[0]] += 1
        said[found] += 1
        right[row.right[0]] += found == row.right[0]
    return float(np.mean([2 * right[name] / (said[name] + wanted[name]) for name in wanted]))


def co_f1(judged: Judged, rows: Rows) -> float:
    """F1 of the co-units over all rows together; not a number where no row names any."""
    found = [judged.rows[n].co_found for n in rows]
    wanted = [judged.rows[n].co_right for n in rows]
    both, all_of = (
        sum(len(f & w) for f, w in zip(found, wanted, strict=True)),
        sum(map(len, found)) + sum(map(len, wanted)),
    )
    return 2 * both / all_of if any(wanted) else float("nan")


def coverage(judged: Judged, rows: Rows) -> float:
    """The share of rows that were decided, not left to a person."""
    return float(np.mean([bool(judged.rows[n].named) for n in rows]))


def precision(judged: Judged, rows: Rows) -> float:
    """The share of the decided rows that were decided right."""
    decided = [judged.rows[n].named in judged.rows[n].right for n in rows if judged.rows[n].named]
    return float(np.mean(decided)) if decided else float("nan")


def precision_at_share(judged: Judged, rows: Rows) -> float:
    """The share right among the surest 80 % of the rows: what remains when a fifth is left to people."""
    return float(sharp(judged, rows, (1.0 - LEFT_TO_PEOPLE,))[0]) if judged.calibrated else float("nan")


def calibration_error(judged: Judged, rows: Rows) -> float:
    """Expected calibration error of the best label's chance, ten bins of equal width."""
    if not judged.calibrated:
        return float("nan")
    chance, right = judged.chance[rows], judged.place[rows] == 0
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    gaps = np.abs(np.bincount(bins, right, BINS) - np.bincount(bins, chance, BINS))
    return float(gaps.sum() / len(rows))


def sharp(judged: Judged, rows: Rows, shares: tuple[float, ...] = SHARES) -> NDArray[np.float64]:
    """Precision of the first choice among the surest rows, for each share of them: the coverage–precision curve."""
    order = rows[np.argsort(-judged.chance[rows], kind="stable")]
    right = np.cumsum(judged.place[order] == 0)
    kept = np.maximum((np.array(shares) * len(rows)).round().astype(int), 1)
    return np.asarray(right[kept - 1] / kept)


def reliability(judged: Judged) -> list[tuple[float, float, int]]:
    """For each of ten bins that holds rows: mean chance said, share right, rows."""
    bins = np.minimum((judged.chance * BINS).astype(int), BINS - 1)
    right = judged.place == 0
    inside = [bins == b for b in range(BINS)]
    return [(float(judged.chance[m].mean()), float(right[m].mean()), int(m.sum())) for m in inside if m.any()]


def confusions(judged: Judged) -> list[tuple[str, str, int]]:
    """The label pairs most often taken for each other: right, first choice, rows."""
    wrong = Counter(
        (row.right[0], row.ranked[0] if row.ranked else "（无）")
        for row, place in zip(judged.rows, judged.place, strict=True)
        if place
    )
    return [(*pair, n) for pair, n in wrong.most_common(OFTEN_CONFUSED)]


UNITS: dict[str, Measure] = {
    "首选正确": top(1), "前三含正确": top(3), "宏平均F1": macro_f1, "NDCG@5": ndcg, "会办F1": co_f1,
    "给出单位的比例": coverage, "给出时正确": precision, "最有把握的八成正确": precision_at_share,
    "校准误差ECE": calibration_error,
}  # fmt: skip
TOPICS: dict[str, Measure] = {
    "首选正确": top(1), "前三含正确": top(3), "宏平均F1": macro_f1, "NDCG@5": ndcg,
    "最有把握的八成正确": precision_at_share, "校准误差ECE": calibration_error,
}  # fmt: skip
