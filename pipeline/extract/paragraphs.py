"""Printed lines to paragraphs: soft line ends joined, words neither split nor glued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.extract.glyphs import closed_up
from pipeline.extract.ordinals import leads
from pipeline.extract.pages import Line, Page
from pipeline.records import Block

_ENDS = tuple("。！？!?：:；;")
_NEVER_FIRST = tuple("，。、；：！？）”’》〉」』%％")
_LATIN = re.compile(r"[A-Za-z0-9,.;:%)]$")
_LATIN_START = re.compile(r"[A-Za-z0-9(]")
_LEADER_LINE = re.compile(r"(?:\.{6,}|…{3,}|·{6,}|．{6,})\s*\S{1,6}$")
_LABEL = re.compile(r"[一-鿿]{2,6}[:：]|【")
_PITCH = 2.6
_LEAST = 12
_HAN, _MARK = re.compile(r"[一-鿿]{2}"), re.compile(r"[，。；：！？]")
_SHORT = 12


def joined(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs of all pages in order; one that runs over a page end stays one, on the page where it begins."""
    blocks: list[Block] = []
    before: tuple[Line, Page] | None = None
    usual = _body_edge(pages)
    for page in pages:
        rights = _right_edges(page, _body_edge([page]) or usual)
        for line in _merged(page.lines):
            if line.cells:
                blocks.append(Block(line.text, "row", page=page.number, cells=line.cells))
            elif before is not None and _goes_on(before[0], line, rights, before[1] is page):
                blocks[-1] = Block(glued(blocks[-1].text, line.text), page=blocks[-1].page)
            else:
                blocks.append(Block(line.text, page=page.number))
            before = None if line.cells else (line, page)
    return [block if block.cells else Block(closed_up(block.text), page=block.page) for block in blocks]


def glued(text: str, more: str) -> str:
    """Two lines of one paragraph: a blank between Latin words, none between Chinese characters."""
    between = " " if _LATIN.search(text) and _LATIN_START.match(more) and not text.endswith("-") else ""
    return text + between + more


def _merged(lines: Sequence[Line]) -> Iterator[Line]:
    """Pieces of one printed line, which some files hold apart, as one line."""
    current: Line | None = None
    for line in lines:
        if current is not None and not (current.cells or line.cells) and _beside(current, line):
            gap = " " if line.left - current.right > current.size * 0.7 else ""
            current = Line(current.text + gap + line.text, current.left, current.top, line.right, current.bottom)
            continue
        if current is not None:
            yield current
        current = line
    if current is not None:
        yield current


def _beside(current: Line, line: Line) -> bool:
    return abs(line.top - current.top) < current.size * 0.5 and line.left >= current.right - 1


def _body_edge(pages: Sequence[Page]) -> float:
    """The right edge of lines that take up half the page or more, 0 where there are hardly any (narrow columns)."""
    lines = [(line, page) for page in pages for line in page.lines if not line.cells]
    wide = [round(line.right / 4) for line, page in lines if line.right - line.left > page.width * 0.5]
    return Counter(wide).most_common(1)[0][0] * 4.0 if len(wide) >= 3 else 0.0


def _right_edges(page: Page, body: float) -> dict[int, float]:
    """The right edge of the running text, by the left edge of a line in steps of 12 points (columns differ)."""
    edges = {}
    for step in {int(line.left // 12) for line in page.lines}:
        near = [line.right for line in page.lines if abs(line.left // 12 - step) <= 3 and not line.cells]
        common = Counter(round(right / 4) for right in near).most_common(1)
        edges[step] = common[0][0] * 4.0 if common and common[0][1] >= 3 else max([*near, body])
    return edges


def _goes_on(before: Line, line: Line, rights: dict[int, float], same_page: bool) -> bool:
    """Whether a line continues the paragraph of the one before it."""
    if line.text.startswith(_NEVER_FIRST):
        return True
    em = max(min(before.size, line.size), 6.0)
    if _begins(before, line) or abs(line.size - before.size) > em * 0.15:
        return False
    right = rights.get(int(before.left // 12), max(rights.values(), default=0.0))
    if before.right < right - em * 2.2 or before.right - before.left < em * _LEAST:
        return False
    indent = em * (1.2 if before.text.endswith(_ENDS) else 3.2)
    if not -em * 4.5 <= line.left - before.left <= indent:
        return False
    return 0 < line.top - before.top < em * _PITCH if same_page else not before.text.endswith("。")


def _begins(before: Line, line: Line) -> bool:
    """Whether a line begins a paragraph by its words: an ordinal or label, a short line after a full stop, contents."""
    ended = before.text.endswith(_ENDS)
    short = len(line.text) <= _SHORT and line.text[-1:].isalnum()
    apart = any(_LEADER_LINE.search(text) or _in_columns(text) for text in (line.text, before.text))
    return bool((ended and (short or leads(line.text))) or _LABEL.match(line.text) or apart)


def _in_columns(text: str) -> bool:
    """Whether a line is a row of a table without rules: four or more short words, no sentence marks."""
    words = text.split()
    short = len(words) >= 4 and sum(map(len, words)) <= 9 * len(words)
    return short and _HAN.search(text) is not None and _MARK.search(text) is None
