"""Numbering that breaks off: （一）（二）（四）, 一是…三是…, 二、 without 一、."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.figures import number
from pipeline.records import Block

_N = "[一二三四五六七八九十]{1,3}"
_HEAD = r"(?:^|(?<=[。；：:;！？]))\s*"
_SYSTEMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, form, re.compile(pattern))
    for name, form, pattern in (
        ("章", "{}、", rf"^\s*({_N})、"),
        ("节", "（{}）", rf"{_HEAD}[（(]\s*({_N})\s*[）)]"),
        ("目", "{}.", r"^\s*(\d{1,2})(?:[、．]|\.(?!\d))"),
        ("款", "（{}）", r"^\s*[（(]\s*(\d{1,2})\s*[）)]"),
        ("是", "{}是", rf"{_HEAD}({_N})是(?![否的])"),
    )
)
_CLUE = re.compile(r"[一二三四五六七八九十\d]\s*[、．.）)]|[一二三四五六七八九十]是")
_FIRST = frozenset("（(一二三四五六七八九十")
_PHRASES = re.compile(r"([一-鿿]{3,8}(?:[，,、][一-鿿]{3,8}){1,3}?)(?=[。；]|一是|$)")
_CHINESE = "零一二三四五六七八九十"


@dataclass(slots=True)
class _Mark:
    """An ordinal as it stands: its system (0 the highest), its value, its place."""

    system: int
    value: int
    paragraph: int
    offset: int


def gaps(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """The paragraph and the words of every ordinal that does not follow on the one before it."""
    last: dict[int, _Mark] = {}
    for mark in _marks(blocks):
        for deeper in [system for system in last if system > mark.system]:
            del last[deeper]
        before = last.get(mark.system)
        since = max((above.paragraph for above in last.values()), default=1)
        told = _fault(blocks, before, mark, since)
        if told:
            yield mark.paragraph, told
        last[mark.system] = mark


def strays(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Paragraphs without an ordinal that begin just as the numbered ones before and after them do.

    “（一）加强领导，提高认识。” and “（二）完善制度，夯实基础。” and then “规范程序，严格把关。”: the heads have the
    same shape, two phrases or more of the same lengths.
    """
    shaped = [(n, *_head(block.text)) for n, block in enumerate(blocks, 1) if block.role != "row"]
    counts: Counter[tuple[int | None, tuple[int, ...]]] = Counter(
        (system, shape) for _, system, shape in shaped if system is not None and shape
    )
    ends = {shape: n for n, system, shape in shaped if system is not None}
    above: tuple[int, int | None, tuple[int, ...]] = (0, None, ())
    for n, system, shape in shaped:
        if system is not None:
            above = (n, system, shape)
        elif shape and shape == above[2] and counts[above[1:]] > 1 and ends[shape] > n:
            twin, here = blocks[above[0] - 1].text.strip()[:8], blocks[n - 1].text.strip()[:16]
            yield n, f"疑似编号缺失，与“{twin}”并列，却没有编号：第 {n} 段“{here}”"


def _head(text: str) -> tuple[int | None, tuple[int, ...]]:
    """The system of the ordinal that a paragraph begins with (None without one, the stump of one counts), and the
    lengths of the phrases of its head, none where it has no head of such.
    """
    text = text.strip()
    if text[:1] in _FIRST or text[:1].isdecimal():
        for system, (_, _, pattern) in enumerate(_SYSTEMS):
            if match := pattern.match(text):
                return system, _shape(text[match.end() :])
    stump = re.match(r"[）)]\s*", text)
    return (1, _shape(text[stump.end() :])) if stump else (None, _shape(text))


def _shape(text: str) -> tuple[int, ...]:
    match = _PHRASES.match(text.strip())
    return tuple(map(len, re.split("[，,、]", match.group(1)))) if match else ()


def _marks(blocks: Sequence[Block]) -> Iterator[_Mark]:
    for paragraph, block in enumerate(blocks, 1):
        if block.role == "row" or not _CLUE.search(block.text):
            continue
        marks = [
            _Mark(system, int(number(match.group(1)) or 0), paragraph, match.start())
            for system, (_, _, pattern) in enumerate(_SYSTEMS)
            for match in pattern.finditer(block.text)
        ]
        yield from sorted(marks, key=lambda mark: (mark.offset, mark.system))


def _fault(blocks: Sequence[Block], before: _Mark | None, mark: _Mark, since: int) -> str:
    """What is wrong with an ordinal after the one before it of its system, empty where nothing is.

    `since` is the paragraph of the last ordinal above.
    """
    form = _SYSTEMS[mark.system][1]
    here, place = _printed(form, mark.system, mark.value), f"第 {mark.paragraph} 段“{_line(blocks, mark)}”"
    expected = 1 if before is None else before.value + 1
    if mark.value in {1, expected} or (before is None and mark.value > 2):
        return ""
    if before is not None and mark.value == before.value and before.value > 1:
        return f"疑似编号重复，“{here}”出现两次：{place}"
    missing = _printed(form, mark.system, expected)
    between = "\n".join(block.text for block in blocks[(before.paragraph if before else since) - 1 : mark.paragraph])
    if mark.value < expected or _stands(missing, between) or re.search(r"^\s*[）)]", between, re.MULTILINE):
        return ""
    after = f"“{_printed(form, mark.system, before.value)}”之后是“{here}”，" if before else f"“{here}”之前"
    return f"疑似编号缺失，{after}没有“{missing}”：{place}"


def _stands(ordinal: str, text: str) -> bool:
    """Whether an ordinal stands anywhere in a text, in whatever brackets."""
    bare = ordinal.strip("（）.、是")
    return re.search(rf"(?<![一二三四五六七八九十\d]){bare}(?:[、.．）)是要，,：]|则)", text) is not None


def _printed(form: str, system: int, value: int) -> str:
    if system in {2, 3}:
        return form.format(value)
    tens, ones = divmod(value, 10)
    words = (_CHINESE[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE[ones] if ones else "")
    return form.format(words)


def _line(blocks: Sequence[Block], mark: _Mark) -> str:
    return blocks[mark.paragraph - 1].text[mark.offset :].strip()[:16]
