"""Printed lines to paragraphs: soft line ends joined, words neither split nor glued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.glyphs import closed_up
from pipeline.extract.ordinals import leads
from pipeline.extract.pages import Line, Page
from pipeline.records import Block

_ENDS = tuple("。！？!?：:；;")
_NEVER_FIRST = tuple("，。、；：！？）”’》〉」』")
_LATIN = re.compile(r"[A-Za-z0-9,.;:%)]$")
_BROKEN = re.compile(r"[a-z]-$")
_LATIN_START = re.compile(r"[A-Za-z0-9(]")
_LEADER_LINE = re.compile(r"(?:\.{6,}|…{3,}|·{6,}|．{6,})\s*\S{1,6}$")
_LABEL = re.compile(r"(?:[一-鿿]\s*){1,8}[:：]")
_TITLE = re.compile(r"[《]?关于.{4,}(?:建议|提案|议案|答复|复函|会办意见|通知|报告)[》]?")
_BULLET = re.compile(r"[•●■◆▪➢➤►▶◇❖✓☑❑□【]|[Øü√\-—]\s")
_PITCH = 2.6
_LEAST = 12
_HAN, _MARK = re.compile(r"[一-鿿]{2}"), re.compile(r"[，。、；：！？《]")
_FIGURE = re.compile(r"-?[\d,.]+%?")
_SHORT = 12


@dataclass(frozen=True, slots=True)
class _Margins:
    """A page's right edges by the left edge of a line in steps of 12 points, its left edge, width and number."""

    rights: dict[int, float]
    left: float
    width: float
    number: int


def joined(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs of all pages in order; one that runs over a page end stays one, on the page where it begins."""
    blocks: list[Block] = []
    before: tuple[Line, _Margins] | None = None
    usual = _body_edge(pages)
    for page in pages:
        margins = _Margins(_right_edges(page, _body_edge([page]) or usual), _left_edge(page), page.width, page.number)
        for line in _merged(page.lines):
            if line.cells:
                blocks.append(Block(line.text, "row", page=page.number, cells=line.cells))
            elif before is not None and _goes_on(*before, line, margins):
                blocks[-1] = Block(glued(blocks[-1].text, line.text), page=blocks[-1].page)
            else:
                blocks.append(Block(line.text, page=page.number))
            before = None if line.cells else (line, margins)
    return [block if block.cells else Block(closed_up(block.text), page=block.page) for block in blocks]


def glued(text: str, more: str) -> str:
    """Two lines of one paragraph: a blank between Latin words, none inside one or between Chinese characters.

    >>> glued("the quick", "fox"), glued("exam-", "ple"), glued("县政", "府"), glued("COVID-", "19")
    ('the quick fox', 'example', '县政府', 'COVID-19')
    """
    if _BROKEN.search(text) and more[:1].islower():
        return text[:-1] + more
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


def _left_edge(page: Page) -> float:
    """The left edge at which most lines of a page begin."""
    steps = Counter(int(line.left // 4) for line in page.lines if not line.cells)
    return min(steps, key=lambda step: (-steps[step], step)) * 4.0 if steps else 0.0


def _goes_on(before: Line, old: _Margins, line: Line, new: _Margins) -> bool:
    """Whether a line continues the paragraph of the one before it, which may stand on another page or column."""
    if line.text.startswith(_NEVER_FIRST):
        return True
    em = max(min(before.size, line.size), 6.0)
    if _begins(before, line) or abs(line.size - before.size) > em * 0.15:
        return False
    right = old.rights.get(int(before.left // 12), max(old.rights.values(), default=0.0))
    if before.right < right - em * 2.2 or before.right - before.left < min(em * _LEAST, old.width * 0.7):
        return False
    indent = em * (1.2 if before.text.endswith(_ENDS) else 3.2)
    if not -em * 4.5 <= (line.left - new.left) - (before.left - old.left) <= indent:
        return False
    if new is old:
        return 0 < line.top - before.top < em * _PITCH
    up = new.number != old.number or line.top < before.top
    return up and not before.text.endswith("。")


def _begins(before: Line, line: Line) -> bool:
    """Whether a line begins a paragraph by its words: an ordinal or label, a short line after a full stop, contents."""
    ended = before.text.endswith(_ENDS)
    short = len(line.text) <= _SHORT and line.text[-1:].isalnum()
    apart = any(_LEADER_LINE.search(text) or _in_columns(text) for text in (line.text, before.text))
    label = _LABEL.match(line.text) is not None
    listed = label and (_LABEL.match(before.text) or _TITLE.fullmatch(before.text)) is not None
    return bool((ended and (short or label or leads(line.text))) or listed or _BULLET.match(line.text) or apart)


def _in_columns(text: str) -> bool:
    """Whether a line is a row of a table without rules: four or more short words, no sentence marks."""
    words = text.split()
    if len(words) < 4 or sum(map(len, words)) > 9 * len(words) or _MARK.search(text):
        return False
    figures = sum(_FIGURE.fullmatch(word) is not None for word in words)
    return figures * 2 > len(words) or sum(_HAN.search(word) is not None for word in words) >= 2
