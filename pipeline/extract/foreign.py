"""Foreign-language machine text inside a Chinese document (R-ING-04)."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.profile import Profile
from pipeline.records import Block, Removal

_HAN = re.compile(r"[一-鿿]")
_STRETCH = re.compile(r"[A-Za-z][^一-鿿]{120,}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_WORDS = 25
_PROSE = 0.65


def without_foreign(blocks: list[Block], _profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The blocks without runs of at least 25 foreign words, where the document is mainly Chinese."""
    text = "".join(block.text for block in blocks)
    foreign = sum(map(len, _STRETCH.findall(text)))
    if len(_HAN.findall(text)) * 2 < len(text) - foreign or len(_HAN.findall(text)) < 100:
        return blocks, []
    kept: list[Block] = []
    removed: list[Removal] = []
    for block in blocks:
        rest = block.text
        for match in reversed(list(_STRETCH.finditer(block.text))):
            found = match.group().rstrip(" 0123456789/（(《“\"'\t")
            if _is_prose(found):
                removed.insert(0, Removal(found, "夹在中文里的外文（机器生成）"))
                rest = rest[: match.start()] + rest[match.start() + len(found) :]
        kept.append(block if rest == block.text else replace(block, text=rest.strip()))
    return kept, removed


def _is_prose(text: str) -> bool:
    """Whether a stretch is running words rather than a table, an address or code."""
    words = _WORD.findall(text)
    return len(words) >= _WORDS and sum(map(len, words)) >= len(text) * _PROSE
