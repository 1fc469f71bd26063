"""Whether a letter was copied from a web page: what a site leaves out, the paper may still bear (domain §3-G)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.profile import Profile
from pipeline.records import Document
from pipeline.text import squeezed

_FILES = (".html", ".htm", ".mht", ".mhtml")
_REASONS = re.compile("^网(?:页|站)|扫码")
_SHORT = 60


def is_page(document: Document, around: str, profile: Profile) -> bool:
    """Whether a file is a saved page, remains of a page were removed from it, or still stand `around` the letter."""
    if document.source.split("#")[0].lower().endswith(_FILES):
        return True
    if any(_REASONS.search(removal.why) for removal in document.removed):
        return True
    marks = _marks(profile.wording["网页栏名"])
    return any(marks.search(squeezed(line)) for line in around.split("\n") if len(line) <= _SHORT or "|" in line)


@lru_cache(maxsize=8)
def _marks(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
