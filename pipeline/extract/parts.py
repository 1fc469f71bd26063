"""Several documents in one file, and titles glued to the salutation (R-ING-03)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.volume import bound
from pipeline.figures.ordinals import leads
from pipeline.profile import Profile
from pipeline.records import Block, Removal
from pipeline.text import normal, squeezed

_TITLE_LIMIT = 60
_BODY = 150
_HEAD = 6
_LETTER = re.compile(r"[^。！？，]{2,40}[:：]$")


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def headed(blocks: list[Block], profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The blocks with a title that is glued to the salutation after it ("…上的讲话同志们：") on a line of its own."""
    call, tail = _alternatives(profile.words("会场称呼")), _alternatives(profile.words("题尾词"))
    pattern = re.compile(
        rf"(?:^|(?<=[。！!？?]))([^。！!？?，,：:；;\n]{{4,{_TITLE_LIMIT}}}(?:{tail})(?:[（(][^）)]{{1,20}}[）)])?)\s*((?=(?:{call})[、，,\w]{{0,16}}[:：!！]))"
    )
    made: list[Block] = []
    removed: list[Removal] = []
    for block in blocks:
        if block.role not in {"paragraph", "item"}:
            made.append(block)
            continue
        start = 0
        for match in pattern.finditer(block.text):
            title, copy = _single(match.group(1).strip())
            removed += [Removal(copy, "重复的标题")] if copy else []
            made += _pieces(block, block.text[start : match.start()])
            made.append(Block(title, "title", page=block.page))
            called = re.compile(rf"(?:{call})[^:：!！。]{{0,16}}[:：!！]").match(block.text, match.end())
            start = called.end() if called else match.end()
            made += _pieces(block, block.text[match.end() : start])
        made += _pieces(block, block.text[start:])
    return made, removed


def _pieces(block: Block, text: str) -> list[Block]:
    return (
        [block if text == block.text else replace(block, text=text.strip())] if text.strip() or not block.text else []
    )


def _single(title: str) -> tuple[str, str]:
    """A title and its copy, where it stands twice in one line."""
    half = len(title) // 2
    if len(title) % 2 == 0 and half >= 4 and title[:half] == title[half:]:
        return title[:half], title[half:]
    return title, ""


def parted(blocks: Sequence[Block], profile: Profile) -> list[list[Block]]:
    """The documents of one file: the papers of a volume, else parted at titles that stand before a salutation.

    A title counts after a finished text only, and only where the file itself begins so: a book or a report that
    quotes letters stays whole.
    """
    volume = bound(blocks, profile)
    if len(volume) > 1:
        return volume
    call = re.compile(rf"(?:{_alternatives(profile.words('会场称呼'))})[、，,\w]{{0,16}}[:：!！]")
    tail = re.compile(rf".*(?:{_alternatives(profile.words('题尾词'))})(?:[（(].{{1,20}}[）)])?")
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
