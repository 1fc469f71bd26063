"""The day that promises are read against where a letter's own date is lost: the one that the page around it shows."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pipeline.figures import day_of
from pipeline.profile import Profile

_DATE = r"[^\d\n]{0,6}(?P<day>20\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2})"
_BARE = re.compile(r"(?:^|\s)(?P<day>20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})日?(?=\s|$)", re.MULTILINE)


def shown_day(text: str, head: int, profile: Profile) -> date | None:
    """The earliest day that a label of a page gives (发布时间：2024-06-03), else one alone above the letter.

    `head` is where the letter begins. A page is put up after its letter was signed, so the day is good for years only.
    """
    labelled = [day for match in _labelled(profile).finditer(text) if (day := _read(match["day"]))]
    alone = [day for match in _BARE.finditer(text, 0, head) if (day := _read(match["day"]))]
    return min(labelled or alone, default=None)


def _read(said: str) -> date | None:
    return day_of(re.sub(r"\s", "", said) + ("日" if "月" in said else ""))


@lru_cache(maxsize=4)
def _labelled(profile: Profile) -> re.Pattern[str]:
    words = "|".join(map(re.escape, profile.words("网页日期词")))
    return re.compile(rf"(?:{words}){_DATE}") if words else re.compile(r"(?!)")
