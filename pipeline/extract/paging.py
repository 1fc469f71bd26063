"""Page numbers that a sharing site left inside the sentences of a text (R-ING-02)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.figures import quantities
from pipeline.profile import Profile
from pipeline.records import Block, Removal
from pipeline.text import straddles

_CHUNK = re.compile(r"\s*(\d{1,3})、")
_INLINE = re.compile(r"(?<=[一-鿿])[ \t\u3000]+(?:[-—]\s?)?(\d{1,3})(?:\s?[-—])?[ \t\u3000]+(?=[一-鿿])")
_BARE = re.compile(r"(?<![\d.,%A-Za-z])(\d{1,3})(?=[一-鿿（(])")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_COUNTED = re.compile("[第共达约近满每超仅逾]$")
_MEASURE = frozenset(
    "个件条项份篇次名位人户家处座盏台辆套间栋幢站段期批类章节页级层轮天年月日时分秒号万亿元米公里平亩吨斤倍成届场组支只点口根棵株块片头匹条张把辆艘架盒袋箱瓶桶册本卷幅堂课门科室类种样道处路号线环步成大小排列班桌餐顿圈眼孔节束串滴枚粒颗粒首封岁周旬季夜晚早"
)
_SENTENCE_END = tuple("。！？!?；;：:…”」』）)")
_LONG_CHUNK = 80
_LEAST = 30


def without_chunk_numbers(blocks: list[Block], _profile: Profile) -> tuple[list[Block], list[Removal]]:
    """Numbers that a sharing site set before each page of a text, in mid-sentence.

    A run of lines numbered 1、2、3、 is such a paging where the lines are long and at least a third of them
    (and two) break off in mid-sentence; the items of a genuine list end where a sentence ends.
    """
    blocks, removed = _unglued(blocks)
    kept: list[Block] = []
    index = 0
    while index < len(blocks):
        run = _chunk_run(blocks, index)
        if run:
            kept.append(replace(blocks[index], text="".join(text for _, text in run)))
            removed += [Removal(mark, "网站分页序号") for mark, _ in run]
        else:
            kept.append(blocks[index])
        index += 1 if not run else _reach(blocks, index, len(run))
    return _without_strays(kept, removed)


def _unglued(blocks: list[Block]) -> tuple[list[Block], list[Removal]]:
    """The blocks without bare page numbers 1, 2, 3 … that are glued to the text, the first to its first character.

    The later ones must stand in order, before an ordinal or in the midst of a word, and one at least in a word.
    """
    place = next((n for n, block in enumerate(blocks) if block.text.strip()), -1)
    text = blocks[place].text if place >= 0 else ""
    first = _BARE.match(text)
    if first is None or first[1] != "1" or text[first.end()] in _MEASURE or len(text) < _LONG_CHUNK:
        return blocks, []
    spans, words = [first.span(1)], 0
    for match in _BARE.finditer(text, first.end()):
        before, after = text[: match.start(1)], text[match.end(1) :]
        inside = after[0] not in _MEASURE and not _COUNTED.search(before) and straddles(before, after)
        if int(match[1]) == len(spans) + 1 and (inside or _ORDINAL.match(after)):
            spans.append(match.span(1))
            words += inside
    if not words:
        return blocks, []
    removed = [Removal(text[start:end], "网站分页序号") for start, end in spans]
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return [replace(block, text=text.strip()) if n == place else block for n, block in enumerate(blocks)], removed


def _chunk_run(blocks: Sequence[Block], start: int) -> list[tuple[str, str]]:
    """The page numbers and texts of a paging that begins at a block, none where none does."""
    run: list[tuple[str, str]] = []
    for block in map(blocks.__getitem__, range(start, len(blocks))):  # a slice would copy the rest for every block
        found = _CHUNK.match(block.text)
        if not found or int(found.group(1)) != len(run) + 1:
            if run and not block.text.strip():
                continue
            break
        run.append((found.group().strip(), block.text[found.end() :].strip()))
    inner = [text for _, text in run[:-1]]
    broken = sum(not text.endswith(_SENTENCE_END) for text in inner)
    long = sum(len(text) >= _LONG_CHUNK for text in inner)
    flowing = sum(bool(re.search("[。；;！？]", text[:-1])) for text in inner)
    is_paging = broken >= 2 and broken * 3 >= len(inner) and min(long, flowing) * 3 >= len(inner) * 2
    return run if is_paging or (len(run) == 2 and broken and long and flowing and _halved(run)) else []


def _reach(blocks: Sequence[Block], start: int, count: int) -> int:
    """How many blocks a run of pages takes up, the blank ones between them counted."""
    filled = (place for place in range(start, len(blocks)) if blocks[place].text.strip())
    return max(place for place, _ in zip(filled, range(count), strict=False)) - start + 1


def _halved(run: Sequence[tuple[str, str]]) -> bool:
    """Whether the second page of two goes on in the middle of a word or clause."""
    return len(run[0][1]) >= 200 and run[0][1][-1].isalnum() and run[1][1][:1].isalnum()


def _without_strays(blocks: Sequence[Block], removed: list[Removal]) -> tuple[list[Block], list[Removal]]:
    """Numbers of single pages: before a line that goes on with the sentence of the line above, and between two
    halves of a word.
    """
    numbers = Counter(found.group(1) for block in blocks if (found := _CHUNK.match(block.text)))
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        mark = _CHUNK.match(block.text)
        if _is_number(blocks, place):
            removed.append(Removal(block.text.strip(), "网站分页序号"))
        elif mark and kept and _is_stray(kept[-1], mark, numbers):
            removed.append(Removal(mark.group().strip(), "网站分页序号"))
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip() + block.text[mark.end() :].strip())
        else:
            kept.append(block)
    return [_whole(block, removed) for block in kept], removed


def _is_number(blocks: Sequence[Block], place: int) -> bool:
    """Whether a line is but a number in the midst of a word."""
    if not re.fullmatch(r"\s*\d{1,3}\s*", blocks[place].text) or not 0 < place < len(blocks) - 1:
        return False
    above, below = blocks[place - 1].text, blocks[place + 1].text
    return len(above) >= _LEAST and above.rstrip()[-1:].isalnum() and straddles(above, below)


def _is_stray(above: Block, mark: re.Match[str], numbers: Counter[str]) -> bool:
    """Whether a numbered line is no item: no number before or after it stands anywhere, and the line above is running
    text that breaks off.
    """
    text, value = above.text.rstrip(), int(mark.group(1))
    alone = str(value - 1) not in numbers and str(value + 1) not in numbers and numbers[mark.group(1)] == 1
    return (
        alone and value > 1 and len(text) >= _LEAST and text[-1].isalnum() and re.search("[。，；,;]", text) is not None
    )


def _whole(block: Block, removed: list[Removal]) -> Block:
    """The block without page numbers inside words; a number that counts what follows stays."""
    text = block.text
    for match in reversed(list(_INLINE.finditer(text))):
        before, after = text[: match.start()], text[match.end() :]
        counted = any(q.start < match.end() and match.start() < q.end for q in quantities(text))
        if not counted and after[0] not in _MEASURE and not _COUNTED.search(before) and straddles(before, after):
            removed.append(Removal(match.group().strip(), "网站分页序号"))
            text = before + after
    return block if text == block.text else replace(block, text=text)
