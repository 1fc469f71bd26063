"""What stands beside a name or an amount: by it the same thing is known in two texts."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.audit.wording import pattern
from pipeline.profile import Profile
from pipeline.text import pair_rarity

_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_TELLS = 0.3


def telling_pairs(text: str, profile: Profile) -> frozenset[str]:
    """The pairs of Chinese characters in a text, without those of little meaning."""
    telling = _telling(profile)
    return frozenset(pair for pair in _PAIR.findall(text) if telling[pair])


class _Telling(dict[str, bool]):
    """Whether a pair of characters tells, worked out when first asked."""

    def __init__(self, faint: re.Pattern[str]) -> None:
        super().__init__()
        self._faint = faint

    def __missing__(self, pair: str) -> bool:
        self[pair] = told = pair_rarity(pair) >= _TELLS and not self._faint.search(pair)
        return told


@lru_cache(maxsize=4)
def _telling(profile: Profile) -> _Telling:
    return _Telling(pattern(profile, "虚字", "数旁虚词"))


def alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b or a.isspace():
            break
        count += 1
    return count


def fit(one: tuple[str, str], other: tuple[str, str]) -> tuple[int, int]:
    """How many characters are alike directly before and directly behind two things, from what stands there."""
    return alike(one[0][::-1], other[0][::-1]), alike(one[1], other[1])
