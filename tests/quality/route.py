"""Scores of routing on given tables, by the same code as `banli evaluate`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pipeline import evaluate
from pipeline.evaluate import metrics
from pipeline.evaluate.choices import COLD, COUNTED, SVC, TRAINED, Compared
from pipeline.evaluate.judged import Judged
from pipeline.profile import default_folder, load, with_columns
from tests.quality.county import Score

TITLES = Path(__file__).parents[1] / "cases" / "route_300_titles.csv"
RANKS = {"首选": metrics.top(1), "前三": metrics.top(3)}


def topics(path: Path) -> Iterator[Score]:
    """Trained topics by five folds, beside words TF-IDF + LinearSVC."""
    profile = load(default_folder())
    methods = _methods(evaluate.topics(evaluate.read([path], profile), [], profile))
    yield _score(f"主题.{path.stem}.五折宏F1", metrics.macro_f1, methods[TRAINED], methods[SVC])
    yield _score(f"主题.{path.stem}.五折首选", metrics.top(1), methods[TRAINED], methods[SVC])


def letters(path: Path, column: str) -> Iterator[Score]:
    """Units of letters: from the catalogue alone, and by five folds; on the half that was looked at and the other.

    The half of a row is the parity of a hash of its title, so that wording can be judged on one half alone.
    """
    profile = with_columns(load(default_folder()), [f"主办={column}"])
    gold = evaluate.read([path], profile)
    for half, told in ((0, "看过的一半"), (1, "没看过的一半")):
        part = [row for row in gold if half_of(row.submission.title) == half]
        methods = _methods(evaluate.units(part, [], profile))
        for name, measure in RANKS.items():
            yield _score(f"分派.来信冷启动.{told}.{name}", measure, methods[COLD], methods[COUNTED])
            yield _score(f"分派.来信五折.{told}.{name}", measure, methods[TRAINED], methods[SVC])


def titles() -> Iterator[Score]:
    """Units of 300 titles of the project's own, from the catalogue alone; written without a look at its words.

    Wrong titles of one half were looked at afterwards, those of the other never.
    """
    profile = load(default_folder())
    gold = evaluate.read([TITLES], profile)
    everything = _methods(evaluate.units(gold, [], profile))
    for told, halves in (("三百题", (0, 1)), ("三百题没看过的一半", (1,))):
        methods = {name: _of_halves(judged, halves) for name, judged in everything.items()}
        for name, measure in (*RANKS.items(), ("给出时正确", metrics.precision), ("给出的比例", metrics.coverage)):
            beside = methods[COUNTED] if name in RANKS else None
            yield _score(f"分派.{told}冷启动.{name}", measure, methods[COLD], beside)
        yield _score(f"分派.{told}冷启动.最有把握的八成", metrics.precision_at_share, methods[COLD], None)


def half_of(title: str) -> int:
    """0 or 1 by the parity of a hash of the title."""
    return hashlib.sha256(title.encode()).digest()[0] % 2


def _of_halves(judged: Judged, halves: tuple[int, ...]) -> Judged:
    """What a method that learned nothing said of some rows."""
    rows = tuple(row for row in judged.rows if half_of(row.title) in halves)
    return Judged(judged.method, rows, judged.calibrated)


def _methods(compared: Compared) -> dict[str, Judged]:
    return {judged.method: judged for judged in compared.methods}


def _score(name: str, measure: metrics.Measure, judged: Judged, beside: Judged | None) -> Score:
    every = np.arange(len(judged.rows))
    return Score(name, measure(judged, every), len(every), None if beside is None else measure(beside, every))
