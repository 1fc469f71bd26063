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
        found = route.topic_scores(SHARED / f"{name}.csv")
        yield Score(f"主题.{name}.五折宏F1", found["macro_f1"], int(found["rows"]), found["macro_f1_words_svc"])
    for half, told in ((0, "看过的一半"), (1, "没看过的一半")):
        found = route.cold_start_scores(SHARED / "tipdm_pairs.csv", half)
        for rank in ("top1", "top3"):
            name = f"分派.来信冷启动.{told}.{rank}"
            yield Score(name, found[rank], int(found["rows"]), found[f"{rank}_trigger_words"])
    for name in ("tipdm_pairs", "shangluo_letters"):
        yield from audit.scores(SHARED / f"{name}.csv")
