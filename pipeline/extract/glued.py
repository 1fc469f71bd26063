"""Titles that a copy glued to the text: to the salutation, to the first sentence, or behind it (R-ING-04)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extract.parts import alternatives
from pipeline.profile import Profile
from pipeline.records import Block, Removal

_LONG, _HEAD = 60, 400
_REST = 30
_FILE = re.compile(r"《?([^《》\s]{6,60})\.(?:docx?|pdf|wps|txt|rtf)(?![A-Za-z])", re.IGNORECASE)
_COLUMN = r"(?:【[^】]{2,30}】\s*)?"
_WORDS = r"[^。！!？?，,：:；;\n]"
_GUESTS = r"(?:[一-鿿xXＸ*]{2,8}[、，,]\s?){0,4}"
_BEGINS = r"现将|现就|为了?(?:切实|进一步|认真|做好|规范|把|实现)|根据|按照|依据"


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where a title stands before a salutation, behind it, twice, or before a text that begins at once."""

    called: re.Pattern[str]
    opening: re.Pattern[str]
    behind: re.Pattern[str]
    begun: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=4)
def _cuts(profile: Profile) -> _Cuts:
    call, tail = alternatives(profile.words("会场称呼")), alternatives(profile.words("题尾词"))
    note = r"(?:[（(][^）)]{1,20}[）)])?"
    return _Cuts(
        re.compile(
            rf"(?:^|(?<=[。！!？?]))({_WORDS}{{4,60}}(?:{tail}){note})\s*((?={_GUESTS}(?:{call})[、，,\s\w]{{0,16}}[:：!！]))"
        ),
        re.compile(rf"{_GUESTS}(?:{call})[^:：!！。]{{0,16}}[:：!！]"),
        re.compile(rf"\s*((?:{call})[:：!！])\s*(在[^，。：；\n]{{4,50}}?上的(?:{tail}))(?=[一-鿿])"),
        (
            re.compile(rf"\s*{_COLUMN}(?P<title>[^。；\n]{{8,60}}?)\s+(?P=title)(?=\S)"),
            re.compile(rf"\s*{_COLUMN}(?P<title>[^。！？，,：:；;\s]{{6,40}}(?:{tail}))\s+(?=[一-鿿])"),
            re.compile(rf"\s*(?P<title>[^。！？，,：:；;\s]{{8,50}}?(?:{tail}))(?=(?:{_BEGINS}))"),
        ),
    )


def headed(blocks: list[Block], profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The blocks with a title that is glued to the text ("…上的讲话同志们：") on a line of its own.

    Without a salutation only the first line of a file is parted, where it is long.
    """
    cuts = _cuts(profile)
    made: list[Block] = []
    removed: list[Removal] = []
    for place, block in enumerate(blocks):
        if block.role not in {"paragraph", "item"}:
            made.append(block)
            continue
        start = 0
        if place == 0:
            head, start = _first(block.text, cuts)
            made += head
        for match in cuts.called.finditer(block.text, start):
            title, copy = _single(match.group(1).strip())
            removed += [Removal(copy, "重复的标题")] if copy else []
            made += _pieces(block, block.text[start : match.start()])
            made.append(Block(title, "title", page=block.page))
            called = cuts.opening.match(block.text, match.end())
            start = called.end() if called else match.end()
            made += _pieces(block, block.text[match.end() : start])
        made += _pieces(block, block.text[start:])
    return made, removed


def _first(text: str, cuts: _Cuts) -> tuple[list[Block], int]:
    """What the first line of a file begins with, parted, and where the rest goes on."""
    head = text[:_HEAD]
    if behind := cuts.behind.match(head):
        return [Block(behind[1]), Block(behind[2], "title")], behind.end()
    if len(text) < _LONG or cuts.called.match(head):
        return [], 0
    begun = next((match for pattern in cuts.begun if (match := pattern.match(head))), None)
    return ([Block(begun["title"].strip(), "title")], begun.end("title")) if begun else ([], 0)


def entitled(blocks: list[Block], removed: Sequence[Removal]) -> list[Block]:
    """The blocks with the title, which a sharing site gives as the file's name, cut off the text it is glued to."""
    found = (_FILE.search(removal.text) for removal in removed)
    text = blocks[0].text if blocks else ""
    names = (match[1] for match in found if match)
    name = next((one for one in names if text.startswith(one) and len(text) > len(one) + _REST), "")
    if not name:
        return blocks
    first = blocks[0]
    return [Block(name, "title", page=first.page), replace(first, text=text[len(name) :].strip()), *blocks[1:]]


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
