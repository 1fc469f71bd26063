"""The fields that a text is about, told by the catalogue of units: what two texts may share without a common word."""

from __future__ import annotations

from functools import lru_cache

from pipeline.profile import Profile

_LEADING = 2


@lru_cache(maxsize=1024)
def fields(text: str, profile: Profile) -> frozenset[str]:
    """The two units whose trigger words weigh most in a text; a tie takes in all; empty where no word is known."""
    weights = {unit.name: sum(t.weight for t in unit.triggers if t.word in text) for unit in profile.units}
    least = sorted(weights.values(), reverse=True)[:_LEADING][-1:]
    return frozenset(name for name, weight in weights.items() if weight and least and weight >= least[0])
