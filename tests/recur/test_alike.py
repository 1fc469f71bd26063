"""Of many texts the pairs worth judging are found by rare features, and nothing else changes by that."""

import numpy as np
import pytest

from pipeline.recur import alike
from pipeline.recur.alike import cosines, levels, neighbours
from pipeline.recur.memory import Memory
from tests.bench.matters import planted


@pytest.fixture(scope="module")
def case():
    return planted(300, 0.2, seed=3)


def test_rare_features_find_the_planted_pairs_and_true_cosines(case, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = levels([s.text for s in case.submissions]).vectors()
    every = {(left, right): score for left, right, score in neighbours(rows, 0.1)}
    monkeypatch.setattr(alike, "EXACT", 0)
    monkeypatch.setattr(alike, "CHUNK", 70)
    monkeypatch.setattr(alike, "PAIRED", 50)
    fast = {(left, right): score for left, right, score in neighbours(rows, 0.1)}
    assert fast == {pair: pytest.approx(every[pair], abs=1e-5) for pair in fast}
    at = {s.id: n for n, s in enumerate(case.submissions)}
    told_twice = {tuple(sorted((at[a], at[b]))) for a, b in case.gold} & set(every)
    assert len(told_twice) >= 0.97 * len(case.gold)
    assert len(told_twice & set(fast)) >= 0.85 * len(told_twice)


def test_rows_are_of_length_one_and_share_their_columns(case) -> None:
    known = levels([s.text for s in case.submissions[:20]])
    rows = known.vectors()
    assert np.shares_memory(rows.indices, known.rows.indices)
    assert cosines(rows, *([list(range(20))] * 2)) == pytest.approx(1.0, abs=1e-5)


def test_a_memory_that_knows_everything_copies_nothing(case) -> None:
    memory = Memory.empty("甲").of_submissions(case.submissions[:30])
    matters = memory.matters(sorted(case.submissions[:30], key=lambda s: memory.ids.index(s.id)))
    assert memory.read(matters, "plain").rows is memory.plain.rows
    turned = memory.read(matters[::-1], "masked")
    assert (turned.rows[0] != memory.masked.rows[29]).nnz == 0
