"""Scores on the measuring data that lie beside the checkout; none where they are absent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.quality import audit, route
from tests.quality.county import Score

SHARED = Path(__file__).parents[3] / "shared" / "data"


def scores() -> Iterator[Score]:
    """Topics by five folds, units from the catalogue alone on both halves, off-topic and forwarded letters."""
    if not SHARED.exists():
        return
    for name in ("tipdm_topics", "jiangsu_proposals"):
        yield from route.topics(SHARED / f"{name}.csv")
    yield from route.letters(SHARED / "tipdm_pairs.csv", "unit_in_reply")
    for name in ("tipdm_pairs", "shangluo_letters"):
        yield from audit.scores(SHARED / f"{name}.csv")
