"""Several documents in one file (R-ING-03)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.volume import bound
from pipeline.figures.ordinals import leads
from pipeline.profile import Profile
from pipeline.records import Block
from pipeline.text import normal, squeezed

_TITLE_LIMIT = 60
_BODY = 150
_HEAD = 6
_LETTER = re.compile(r"[^。！？，]{2,40}[:：]$")


@cache
def alternatives(words: tuple[str, ...]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def parted(blocks: Sequence[Block], profile: Profile) -> list[list[Block]]:
    """The documents of one file: the papers of a volume, else parted at titles that stand before a salutation.

    A title counts after a finished text only, and only where the file itself begins so: a book or a report that
    quotes letters stays whole.
    """
    volume = bound(blocks, profile)
    if len(volume) > 1:
        return volume
    call = re.compile(rf"(?:{alternatives(profile.words('会场称呼'))})[、，,\w]{{0,16}}[:：!！]")
    tail = re.compile(rf".*(?:{alternatives(profile.words('题尾词'))})(?:[（(].{{1,20}}[）)])?")
    texts: list[list[Block]] = [[]]
    first = any(_begins(blocks, index, call, tail) for index in range(min(_HEAD, len(blocks))))
    for index, block in enumerate(blocks):
        if first and texts[-1] and _begins(blocks, index, call, tail) and _is_whole(texts[-1], block):
            texts.append([])
        texts[-1].append(block)
    return texts


def _begins(blocks: Sequence[Block], index: int, call: re.Pattern[str], tail: re.Pattern[str]) -> bool:
    """Whether a block is a title with a salutation within the next three blocks."""
    text = squeezed(blocks[index].text)
    if not 6 <= len(text) <= _TITLE_LIMIT or not tail.fullmatch(text) or leads(text) or blocks[index].role == "row":
        return False
    after = [squeezed(block.text) for block in blocks[index + 1 : index + 4]]
    return any(call.match(line) or (_LETTER.fullmatch(line) and not leads(line)) for line in after)


def _is_whole(text: Sequence[Block], title: Block) -> bool:
    """Whether the text so far is a document of its own and the title is not its own again."""
    body = [block for block in text if block.role in {"paragraph", "item", "heading"}]
    ends = bool(body) and (body[-1].text.rstrip().endswith(tuple("。！？!?”）)日")) or len(body[-1].text) < 30)
    return (
        ends
        and sum(len(b.text) for b in body) >= _BODY
        and normal(title.text) not in {normal(b.text) for b in text[:6]}
    )
