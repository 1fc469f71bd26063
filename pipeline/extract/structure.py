"""Roles and levels of blocks, and the day of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.figures import day_of
from pipeline.figures.ordinals import ordinal
from pipeline.records import BODY_ROLES, Block, Removal
from pipeline.text import squeezed

_ENDS = tuple("。！？!?；;，,、")
_HEADING_LIMIT = 60
_POSTED = re.compile(
    r"(?<!上传)(?<!更新)(?:时间|日期)\s*[:：]\s*((?:19|20)\d\d\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}\s*日?)"
)
_SHARED = re.compile("小编|网友|投稿|会员")


def shaped(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with headings and items known by their ordinals; what the format said already stays."""
    blocks = [part for block in blocks for part in _lines(block)]
    made: list[Block] = []
    levels = [_level(block) for block in blocks]
    after = _levels_after(levels)
    last: tuple[int, bool] = (0, False)
    for index, block in enumerate(blocks):
        found = ordinal(block.text) if block.role in {"paragraph", "item", "heading"} else None
        if found is None or block.role == "heading":
            made.append(replace(block, number=block.number or found.number) if found else block)
            last = (0, False) if levels[index] == 0 else last
            continue
        below = after[index]
        listed = last == (found.level, False) or 0 < below <= found.level
        heading = _is_short(block.text) and (found.level == 1 or (found.level <= 3 and not listed))
        last = (found.level, heading)
        made.append(
            replace(
                block, role="heading" if heading else "item", level=found.level, number=block.number or found.number
            )
        )
    return made


def _levels_after(levels: Sequence[int | None]) -> list[int]:
    """For every block the level of the next line of the text, 0 at the end."""
    found, after = 0, []
    for level in reversed(levels):
        after.append(found)
        found = found if level is None else level
    return after[::-1]


def _lines(block: Block) -> list[Block]:
    """A paragraph with line breaks inside as one block a line; a title or heading stays whole."""
    if "\n" not in block.text or block.role not in {"paragraph", "item"}:
        return [block]
    first, *rest = [line.strip() for line in block.text.split("\n") if line.strip()] or [""]
    return [replace(block, text=first), *(Block(line, page=block.page) for line in rest)]


def _level(block: Block) -> int | None:
    """The level of the ordinal that a block begins with, 0 without one, None for what is no line of the text."""
    if block.role not in {"paragraph", "item", "heading"}:
        return None
    found = ordinal(block.text)
    return found.level if found else 0


def _is_short(text: str) -> bool:
    return len(text.strip()) <= _HEADING_LIMIT and not text.strip().endswith(_ENDS)


def day(blocks: Sequence[Block], removed: Sequence[Removal] = ()) -> date | None:
    """The day of a document: a date line of the signature block, else of the head, else the web page's.

    A date line above the title comes last: many sites print the day of the visit there.
    """
    title = next((place for place, block in enumerate(blocks) if block.role == "title"), 0)
    above, body = _lines_said(blocks[:title]), _lines_said(blocks[title:])
    posted = (_POSTED.search(removal.text) for removal in removed if not _SHARED.search(removal.text))
    stamps = [stamp[1] for stamp in posted if stamp]
    said = [text for text in (*reversed(body[-10:]), *body[:6]) if len(text) <= 60 and _is_dateline(text)]
    above = [text for text in above[:6] if len(text) <= 60 and _is_dateline(text)]
    return next((found for text in (*said, *stamps, *above) if (found := day_of(text)) is not None), None)


def _lines_said(blocks: Sequence[Block]) -> list[str]:
    return [squeezed(block.text) for block in blocks if block.role in BODY_ROLES and block.role != "row"]


def _is_dateline(text: str) -> bool:
    return len(
        re.sub(r"[\d年月日.．/\-—〇○Ｏ零一二三四五六七八九十元:：（）()]", "", text)
    ) <= 20 and not text.endswith("。")
