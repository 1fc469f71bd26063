"""`make quality`: every score with its cases and baseline; `--pin` raises the floors, and refuses to lower one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.quality.county import Score
from tests.quality.county import scores as county_scores
from tests.quality.route import titles
from tests.quality.shared import scores as shared_scores
from tests.quality.twins import injected, twins

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.01


def floors() -> dict[str, float]:
    """The pinned floors by score name."""
    return dict(json.loads(FLOORS.read_text(encoding="utf-8"))) if FLOORS.exists() else {}


def show(scores: Iterable[Score]) -> list[Score]:
    """Print one line a score as it is measured."""
    seen = []
    for score in scores:
        baseline = "" if score.baseline is None else f"（基线 {score.baseline:.3f}）"
        print(f"{score.name}\t{score.value:.3f}\t{score.cases} 例{baseline}", flush=True)
        seen.append(score)
    return seen


def pin(scores: Iterable[Score]) -> None:
    """Raise the floors to just below the scores; a floor above its score stands, and is an error."""
    pinned = floors()
    for score in scores:
        floor = round(score.value - SLACK, 3)
        if pinned.get(score.name, floor) > score.value:
            raise SystemExit(f"{score.name}: {score.value:.3f} is below its floor {pinned[score.name]}")
        pinned[score.name] = max(floor, pinned.get(score.name, floor))
    FLOORS.write_text(json.dumps(pinned, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    measured = show(county_scores()) + show(twins()) + show(injected()) + show(titles()) + show(shared_scores())
    if "--pin" in sys.argv:
        pin(measured)
