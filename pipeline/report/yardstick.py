"""What speeches demand of replies, and whether the office's replies meet it (R-SPK-03)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from pipeline.profile import Profile, Yardstick
from pipeline.records import Demand

NEAR = 40
"""Words of one point stand within so many characters: a long demand makes several points."""
SLOTS: Mapping[str, tuple[str, Callable[[Demand], str]]] = {
    "〔时限〕": ("\ue000", lambda demand: demand.deadline),
    "〔目标〕": ("\ue001", lambda demand: demand.target),
}
"""Words of a condition that are met where a slot of the demand is filled, each with a sign that no text has."""


def points(demand: Demand, profile: Profile) -> list[Yardstick]:
    """The points that a demand makes, in the order of the table.

    Those that nothing checks only where nothing else fits; of two points the one whose rules and rates are all among
    the other's is left out.
    """
    text = demand.text
    for sign, slot in SLOTS.values():
        if filled := slot(demand).partition("、")[0]:
            text = text.replace(filled, filled + sign, 1)
    met = [one for one in profile.yardsticks if _meets(one, text)]
    checked = [one for one in met if one.rules or one.rates]
    if not checked:
        return met[:1]
    kept = [one for one in checked if not any(_checks(one) < _checks(other) for other in checked)]
    return list({one.name: one for one in kept}.values())


def _checks(point: Yardstick) -> frozenset[str]:
    return frozenset((*point.rules, *point.rates))


def _meets(point: Yardstick, text: str) -> bool:
    """Whether a text has a word of every group near one of the first, and none that is excluded."""
    if point.excludes and pattern(point.excludes).search(text):
        return False
    first, *others = map(pattern, point.needs)
    return any(
        all(other.search(text, max(0, found.start() - NEAR), found.end() + NEAR) for other in others)
        for found in first.finditer(text)
    )


@lru_cache(maxsize=512)
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of one group of words, “…” for up to 12 letters of the clause, a slot by its sign."""
    signs = (SLOTS[word][0] if word in SLOTS else re.escape(word) for word in words)
    return re.compile("|".join(sign.replace("…", "[^，。；！？]{0,12}?") for sign in signs))
