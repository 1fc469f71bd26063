"""Titles and paragraphs that stand twice (R-ING-04)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.figures.ordinals import leads
from pipeline.profile import Profile
from pipeline.records import Block, Removal
from pipeline.text import normal, squeezed

_SIGNS = re.compile(
    r"(?:[局委办院会部处室站所队]|政府|办公室|委员会|中心|公司|小组|办事处)(?:[（(].{1,4}[）)])?$|^[\d〇零一二三四五六七八九十年月日./\s-]+$"
)
_STOPS = ("。", "；", "，", "、", "：")
_LONG = 60
_HEAD = 12


def without_repeats(blocks: list[Block], profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The blocks without later copies of long paragraphs and without copies of the title at the head of the text."""
    kept: list[Block] = []
    removed: list[Removal] = []
    seen: set[str] = set()
    broken = _broken_title(blocks)
    for index, block in enumerate(blocks):
        if index in broken:
            removed.append(Removal(block.text, "重复的标题"))
            continue
        key = normal(block.text) if block.role in {"paragraph", "item", "heading", "title"} else ""
        if len(key) >= _LONG and key in seen:
            removed.append(Removal(block.text, "重复的段落"))
        elif len(key) >= 8 and len(kept) < _HEAD and _twice(kept, key) and _names(block.text, profile):
            removed.append(Removal(block.text, "重复的标题"))
        else:
            kept.append(block)
            seen.add(key)
    return kept, removed


def _names(text: str, profile: Profile) -> bool:
    """Whether a line may be a title; one that stands twice because it signs a short letter, or dates it, is none."""
    if squeezed(text).endswith(profile.words("题尾词")):
        return True
    return not _SIGNS.search(text.strip()) and not leads(text) and not text.rstrip().endswith(_STOPS)


def _twice(kept: Sequence[Block], key: str) -> bool:
    """Whether a line repeats the lines just above it, one alone or several put together."""
    above = [normal(block.text) for block in kept[-4:] if block.role != "row"]
    return any("".join(above[i:j]) == key for i in range(len(above)) for j in range(i + 1, len(above) + 1))


def _broken_title(blocks: Sequence[Block]) -> range:
    """The places of two or three lines at the head that together repeat a line above them."""
    heads = [normal(block.text) if block.role != "row" else "" for block in blocks[:_HEAD]]
    for start in range(1, len(heads) - 1):
        for count in (2, 3):
            if len(heads[start]) >= 4 and "".join(heads[start : start + count]) in heads[:start]:
                return range(start, start + count)
    return range(0)
