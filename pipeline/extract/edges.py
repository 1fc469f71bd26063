"""What a web page sets around a text, before its title and after its end, whatever the site (R-ING-01)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.profile import Profile
from pipeline.records import Block, Removal
from pipeline.text import squeezed

_WHY = "网页上下边的文字"
_HEAD = 8
_HAN = re.compile("[一-鿿]")
_LIMIT = 80
_PATH = re.compile(r"[^。，；：\n>＞»›]{2,20}(?:\s*(?:[>＞]{1,2}|»|›)\s*[^。，；\n>＞»›]{0,40}){2,6}")
_MENU = re.compile(r"[^。，；\n|｜]{1,12}(?:\s*[|｜]\s*[^。，；\n|｜]{1,12}){1,12}[|｜]?")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![@\w.])[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,}){0,2}\.[a-z]{2,}(?:/\S*)?(?![\w@])|\d{1,2}:\d{2}:\d{2}|©",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*[·•●○■▪\-*>›»]\s*[^。；]{4,50}$")
_OFFICIAL = re.compile(
    r"(?:附\s*件|附\s*表|抄\s*送|主\s*送|报\s*送|联\s*系|电\s*话|手\s*机|地\s*址|邮\s*编|邮\s*箱|传\s*真|签\s*发|承\s*办|主\s*办|会\s*办|公\s*开|此\s*件|印\s*发|主题词"
    r"|校\s*对|审\s*[核定签]\s*[:：]|打\s*印\s*[:：]|共印|会\s*议|时\s*间|关于|领导|[一二三四五六七八九十\d]+[、.．]|第[一二三四五六七八九十]|提\s*[出案]|代\s*表|委\s*员|编\s*号|案\s*由|答\s*复|备\s*注|注\s*[:：]|单\s*位|第.{1,8}号|[（(].*[）)]$|[一-鿿]{2,}(?:政府|委员会|办公室|局|中心)$)"
)


def without_edges(blocks: list[Block], profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The blocks without the lines of a site before the title, and without those after the last line of the text.

    Only short lines that are a path or an address, or that have a word of web pages alone or two that these often have
    and are no sentence; what begins as lines of an official paper do (附件, 抄送, 联系人 …) stays.
    """
    filled = [place for place, block in enumerate(blocks) if block.text.strip() and block.role != "row"]
    title = next((n for n, place in enumerate(filled[:_HEAD]) if _is_title(blocks[place].text, profile)), 0)
    gone = {place for place in filled[:title] if is_chrome(blocks[place].text, profile)}
    for place in reversed(filled[title + 1 :]):
        if not is_chrome(blocks[place].text, profile):
            break
        gone.add(place)
    removed = [Removal(blocks[place].text.strip(), _WHY) for place in sorted(gone)]
    return [block for place, block in enumerate(blocks) if place not in gone], removed


def _is_title(text: str, profile: Profile) -> bool:
    line = squeezed(text)
    plain = 6 <= len(line) <= _LIMIT and not re.search(r"[>＞»›|｜]", line)
    return plain and re.sub(r"[（(][^（）()]{1,20}[）)]$", "", line).endswith(profile.words("题尾词"))


def is_chrome(text: str, profile: Profile) -> bool:
    """Whether a line by its wording belongs to a web page and not to a paper."""
    line = text.strip()
    if len(line) > _LIMIT or line.endswith(("。", "！", "？", "；", "，", "：")) or _OFFICIAL.match(line):
        return False
    if _is_title(line, profile):
        return False
    if _PATH.fullmatch(line) or (_ADDRESS.search(line) and not _HAN.search(line)):
        return True
    sure, others = _words(profile.words("网页独用词")), _words(profile.words("网页用词"))
    count = len(set(others.findall(line)))
    return sure.search(line) is not None or count > 1 or (count > 0 and _MENU.fullmatch(line) is not None)


@lru_cache(maxsize=4)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)


def is_linked(blocks: Sequence[Block]) -> bool:
    """Whether all lines are entries of a list of links: short, bulleted, no sentences."""
    return all(_LINK.match(block.text) for block in blocks)
