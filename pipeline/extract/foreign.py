"""Foreign-language machine text inside a Chinese document (R-ING-04)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from pipeline.profile import Profile
from pipeline.records import Block, Removal

_HAN = re.compile(r"[一-鿿]")
_STRETCH = re.compile(r"[A-Za-z][^一-鿿]{120,}")
_LATIN = re.compile(r"[A-Za-z][^一-鿿]*")
_WORD = re.compile(r"[A-Za-z]{2,}")
_WORDS = 25
_FEW = 6
_PROSE, _MEANT = 0.65, 0.6
_GARBLED = re.compile("[鍏鎮鐨鎴鏄閮鍦绗璇浠鎵銆锛鈥缁寮瀵绔鏃鏈]")
"""Characters that the first bytes of usual ones turn into when UTF-8 is read as GB18030: 全 的 我 是 在 第 请 ，。 …"""
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?(?:i?a(?:ng|n|o|i)?|i?e(?:ng|n|i)?|i(?:ng|n|u|ong)?|o(?:ng|u)?|u(?:ang|an|ai|en|ei|i|o|a|n|e)?|v|er)"
)


def without_foreign(blocks: list[Block], _profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The blocks without runs of at least 25 foreign words, lines of them that stand twice, and lines in pinyin.

    Only where the document is mainly Chinese.
    """
    text = "".join(block.text for block in blocks)
    foreign = sum(map(len, _LATIN.findall(text)))
    if len(_HAN.findall(text)) * 2 < len(text) - foreign or len(_HAN.findall(text)) < 100:
        return blocks, []
    kept: list[Block] = []
    removed: list[Removal] = []
    twice = {line for line, count in Counter(block.text.strip() for block in blocks).items() if count > 1}
    for block in blocks:
        rest = block.text
        if _is_garbage(rest):
            removed.append(Removal(rest.strip(), "乱码（编码错了的网页文字）"))
            continue
        if _is_line(rest) and (rest.strip() in twice or _is_pinyin(rest)):
            removed.append(Removal(rest.strip(), "夹在中文里的外文（机器生成）"))
            continue
        for match in reversed(list(_STRETCH.finditer(block.text))):
            found = match.group().rstrip(" 0123456789/（(《“\"'\t")
            if _is_prose(found):
                removed.insert(0, Removal(found, "夹在中文里的外文（机器生成）"))
                rest = rest[: match.start()] + rest[match.start() + len(found) :]
        kept.append(block if rest == block.text else replace(block, text=rest.strip()))
    return kept, removed


def _is_garbage(text: str) -> bool:
    """Whether a line is UTF-8 that was read as GB18030: its bytes are Chinese text again."""
    line = text.strip()
    if len(line) < _FEW or not _GARBLED.search(line):
        return False
    data = line.encode("gb18030", "ignore")
    return len(_HAN.findall(data.decode("utf-8", "ignore"))) * 3 >= len(data) * _MEANT


def _is_line(text: str) -> bool:
    """Whether a line is nothing but a handful of foreign words."""
    return not _HAN.search(text) and len(_WORD.findall(text)) >= _FEW and _is_prose(text, _FEW)


def _is_pinyin(text: str) -> bool:
    words = _WORD.findall(text)
    return sum(_SYLLABLE.fullmatch(word.lower()) is not None for word in words) >= len(words) * 0.9


def _is_prose(text: str, least: int = _WORDS) -> bool:
    """Whether a stretch is running words rather than a table, an address or code."""
    words = _WORD.findall(text)
    return len(words) >= least and sum(map(len, words)) >= len(text) * _PROSE
