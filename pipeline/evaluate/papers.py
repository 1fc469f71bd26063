"""What a measurement leaves behind: every prediction as a row, and one page with the scores and curves."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.evaluate.choices import Compared
from pipeline.evaluate.judged import Judged, Row
from pipeline.evaluate.metrics import SHARES, Measure, Score, confusions, reliability, scores, sharp
from pipeline.evaluate.recurrence import Recurred
from pipeline.report.page import written

TONES = ("lead", "error", "good", "warn")


@dataclass(frozen=True, slots=True)
class Measured:
    """A comparison with its scores: one list of scores for each method, in the order of the methods."""

    compared: Compared
    measures: tuple[str, ...]
    table: tuple[tuple[Score, ...], ...]


def measured(compared: Compared, measures: dict[str, Measure]) -> Measured:
    """All measures of all methods."""
    table = tuple(tuple(scores(judged, measures)) for judged in compared.methods)
    return Measured(compared, tuple(measures), table)


def write(found: Measured, folder: Path, heading: str) -> tuple[Path, Path]:
    """Write `predictions.csv` and `评测.html` into a folder; returns both paths."""
    compared = found.compared
    predictions, page = folder / "predictions.csv", folder / "评测.html"
    folder.mkdir(parents=True, exist_ok=True)
    with predictions.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(
            ("方法", "来源", "题目", "应为", "首选", "前五", "给出", "把握", "应会办", "给出会办", "留给人的原因")
        )
        lines.writerows(_line(judged, row) for judged in compared.methods for row in judged.rows)
    every = np.arange(len(compared.methods[0].rows))
    written(
        page,
        "measured.html",
        heading=heading,
        how=compared.how,
        skipped=f"另有 {compared.skipped} 行没有标签，未计。" if compared.skipped else "",
        names=list(found.measures),
        table=[(judged.method, list(row)) for judged, row in zip(compared.methods, found.table, strict=True)],
        curves=[
            (j.method, tone, list(zip(SHARES, sharp(j, every), strict=True)), [(x, y) for x, y, _ in reliability(j)])
            for j, tone in zip((j for j in compared.methods if j.calibrated), TONES, strict=False)
        ],
        confusions=[(j.method, confusions(j)) for j in compared.methods if j.calibrated],
    )
    return predictions, page


def write_pairs(found: Sequence[Recurred], folder: Path) -> Path:
    """Write `pairs.csv`: every pair of titles that a method missed or wrongly found."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pairs.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(("任务", "方法", "对错", "题目一", "题目二"))
        for row in found:
            for name, pairs in (("漏掉", row.missed), ("多出", row.wrong)):
                lines.writerows((row.task, row.method, name, *pair) for pair in pairs)
    return path


def _line(judged: Judged, row: Row) -> tuple[object, ...]:
    return (
        judged.method,
        row.source,
        row.title,
        "；".join(row.right),
        row.ranked[0] if row.ranked else "",
        "；".join(row.ranked[:5]),
        row.named,
        f"{row.chance:.3f}" if judged.calibrated else "",
        "；".join(sorted(row.co_right)),
        "；".join(sorted(row.co_found)),
        row.why,
    )
