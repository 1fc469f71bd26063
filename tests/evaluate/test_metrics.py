"""The measures on rows whose scores can be worked out by hand."""

import math

import numpy as np
import pytest

from pipeline.evaluate import metrics
from pipeline.evaluate.judged import Judged, Row, of_ranks


def row(right: str, ranked: str, chance: float, named: str | None = None, **fields: frozenset[str]) -> Row:
    first = ranked.split()
    return Row(
        "表.csv#2", "题目", tuple(right.split()), tuple(first), first[0] if named is None else named, chance, **fields
    )


FOUR = Judged(
    "甲法",
    (
        row("水 林", "水 教", 0.9, co_right=frozenset("教财"), co_found=frozenset("教")),
        row("水 林", "林 水", 0.8, co_found=frozenset("医")),
        row("教", "水 林 教", 0.6, named=""),
        row("医", "水 林 教 公 财 医", 0.2),
    ),
)
ALL = np.arange(4)


def test_places_count_any_acceptable_label() -> None:
    assert metrics.top(1)(FOUR, ALL) == 0.5
    assert metrics.top(3)(FOUR, ALL) == 0.75


def test_ndcg_falls_with_the_place_and_ends_at_five() -> None:
    assert metrics.ndcg(FOUR, ALL) == pytest.approx((1 + 1 + 1 / math.log2(4) + 0) / 4)


def test_macro_f1_takes_an_acceptable_label_for_the_registers() -> None:
    # 水: right 2, said 4, wanted 2 → 2·2/6; 教 and 医: never said
    assert metrics.macro_f1(FOUR, ALL) == pytest.approx((4 / 6 + 0 + 0) / 3)


def test_co_units_are_pooled() -> None:
    assert metrics.co_f1(FOUR, ALL) == pytest.approx(2 * 1 / (2 + 2))
    assert math.isnan(metrics.co_f1(FOUR, np.array([2, 3])))


def test_coverage_and_precision_leave_out_what_a_person_decides() -> None:
    assert metrics.coverage(FOUR, ALL) == 0.75
    assert metrics.precision(FOUR, ALL) == pytest.approx(2 / 3)


def test_the_curve_takes_the_surest_first() -> None:
    assert metrics.sharp(FOUR, ALL, (0.25, 0.5, 0.75, 1.0)).tolist() == pytest.approx([1, 1, 2 / 3, 0.5])
    assert metrics.sharp(FOUR, np.array([3, 2, 1, 0]), (0.5,)).tolist() == [1.0]


def test_calibration_error_is_the_mean_gap_by_bin() -> None:
    assert metrics.calibration_error(FOUR, ALL) == pytest.approx((0.1 + 0.2 + 0.6 + 0.2) / 4)
    assert [(round(x, 2), y, n) for x, y, n in metrics.reliability(FOUR)] == [
        (0.2, 0, 1),
        (0.6, 0, 1),
        (0.8, 1, 1),
        (0.9, 1, 1),
    ]


def test_confusions_name_the_right_label_first() -> None:
    assert metrics.confusions(FOUR) == [("教", "水", 1), ("医", "水", 1)]


def test_a_method_without_chances_has_no_curve() -> None:
    plain = of_ranks("基线", FOUR.rows, [["水"], ["教"], [], ["医"]])
    assert metrics.top(1)(plain, ALL) == 0.5
    assert math.isnan(metrics.calibration_error(plain, ALL))
    assert math.isnan(metrics.precision_at_share(plain, ALL))


def test_intervals_hold_the_score_and_shrink_with_rows() -> None:
    few, many = (Judged("甲法", FOUR.rows * n) for n in (5, 100))
    (small,), (large,) = (metrics.scores(j, {"首选正确": metrics.top(1)}) for j in (few, many))
    assert small.low < 0.5 < small.high
    assert large.high - large.low < (small.high - small.low) / 2
    assert small == metrics.scores(few, {"首选正确": metrics.top(1)})[0]
