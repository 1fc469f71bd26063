"""Lines to paragraphs: soft ends joined, one-line texts parted (R-ING-04, R-ING-08)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.paragraphs import glued
from pipeline.figures.ordinals import leads
from pipeline.profile import Profile
from pipeline.records import Block, Removal
from pipeline.text import straddles

_STOPS = tuple("。！？!?：:…")
_OPEN = tuple("，,、（(《“‘")
_CLOSERS = "”’」』）)】》"
_INDENT = re.compile(r"[\s\u3000]{2,}|\u3000")
_DATED = re.compile(r"[\d〇零一二三四五六七八九十]日$|[:：]|\d{7,}")
_LINES = 6
_HALF = 30
_LONG = 300
_BOUNDARY = re.compile(
    rf"(?<=[。！？!?；;：:{_CLOSERS}])[ \u3000]*"
    r"(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}(?:、|[.．](?!\d))|[（(]\d{1,2}[）)]|第[一二三四五六七八九十]{1,3}[,，、：:]|[①-⑳]|[一二三四五六七八九十](?:是|要)))"
    r"|(?<=[。！？!?])[ \u3000]*(?=(?:首先|其次|再次|最后|同志们|各位代表|各位委员|各位领导)[,，:：])"
)
_BLANK_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。；;：:\s]{4,40}"
    r"(?:[ \u3000]+(?=\S{8})|(?=[（(]一[）)](?![项款目种类])))"
)
_FIRST = re.compile(r"一、|[（(]一[）)]")
_WHOLE = 0.8


def unwrapped(blocks: list[Block], _profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The lines of a plain text with soft line ends joined; empty lines go, for they have parted what they part."""
    width = _wrap_width(blocks)
    made: list[Block] = []
    parted = True
    for block in blocks:
        if not block.text.strip():
            parted = True
            continue
        line = replace(block, text=block.text.strip(" \t\u3000\u00a0\u200b"))
        if made and _continues(made[-1], block, parted, width):
            made[-1] = replace(made[-1], text=glued(made[-1].text, line.text))
        else:
            made.append(line)
        parted = False
    return made, []


def _wrap_width(blocks: Sequence[Block]) -> int:
    """The width at which the lines of a text were broken, 0 where each line is a paragraph.

    Broken lines crowd at one length: over half of those above 12 characters lie within two characters below the
    most usual long length, and no line is much longer.
    """
    lengths = [
        len(block.text.rstrip()) for block in blocks if len(block.text.strip()) > 12 and block.role == "paragraph"
    ]
    if len(lengths) < _LINES:
        return 0
    top = sorted(lengths)[int(len(lengths) * 0.95)]
    near = sum(top - 3 <= length <= top + 3 for length in lengths)
    return top - 3 if near * 2 >= len(lengths) and max(lengths) <= top * 1.2 + 4 else 0


def _continues(before: Block, block: Block, parted: bool, width: int) -> bool:
    """Whether a line belongs to the paragraph before it."""
    if before.role != "paragraph" or block.role != "paragraph" or leads(block.text):
        return False
    text = before.text
    if parted:
        return len(text) > 20 and (text.endswith(_OPEN) or _is_cut(text, block.text))
    if _INDENT.match(block.text):
        return False
    if _breaks_off(text, block.text):
        return True
    if text.endswith(("；", ";", *_OPEN)):
        return len(text) > 10
    return bool(width) and _last_line_full(text, width) and not (text.endswith(_STOPS) and len(text) % width > 4)


def _breaks_off(text: str, after: str) -> bool:
    """Whether running text stops in the middle of a sentence that the next line ends."""
    ended = max(text.rfind(stop) for stop in "。；！？")
    going = 0 < ended < len(text) - 1 and text[-1].isalnum() and not _DATED.search(text[ended:])
    return going and (len(text) > _HALF or straddles(text, after)) and re.search("[。；，！？]", after) is not None


def _is_cut(text: str, after: str) -> bool:
    """Whether running text stops in the middle of a word."""
    return text[-1].isalnum() and re.search("[。，]", text) is not None and straddles(text, after)


def _last_line_full(text: str, width: int) -> bool:
    """Whether the last line of a paragraph put together so far reached the width of the page."""
    return len(text) >= width and (
        len(text) % (width + 3) >= width - 3 or len(text) % (width + 3) <= 6 or len(text) > 2 * width
    )


def reparagraphed(blocks: list[Block], _profile: Profile, least: int = _LONG) -> tuple[list[Block], list[Removal]]:
    """The blocks with over-long ones parted before the ordinals that begin a sentence.

    Only where a text has lost its paragraphs: the block holds `least` characters, a third of all and three ordinals,
    or nearly all of the text (a quarter of `least`) and its 一、.
    """
    total = sum(len(block.text) for block in blocks)
    made: list[Block] = []
    for block in blocks:
        pieces = [block.text]
        whole = len(block.text) >= total * _WHOLE
        if block.role in {"paragraph", "item"} and len(block.text) >= max(least / 4 if whole else least, total / 3):
            pieces = [piece.strip() for piece in _BOUNDARY.split(block.text) if piece.strip()]
            whole = whole and any(map(_FIRST.match, pieces[1:]))
            if whole and any(map(_BLANK_HEAD.match, pieces[1:])):
                pieces = [line for piece in pieces for line in _headed(piece)]
            pieces = pieces if len(pieces) > (1 if whole else 3) else [block.text]
        made += [replace(block, text=piece) for piece in pieces]
    return made, []


def _headed(piece: str) -> list[str]:
    """A part of a text whose line ends became blanks or nothing: its heading, and what follows that."""
    found = _BLANK_HEAD.match(piece)
    return [piece[: found.end()].strip(), piece[found.end() :].strip()] if found else [piece]
