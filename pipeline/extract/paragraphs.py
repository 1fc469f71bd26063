"""Printed lines to paragraphs: soft line ends joined, words neither split nor glued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median_low

from pipeline.extract.glyphs import closed_up
from pipeline.extract.pages import Line, Page
from pipeline.figures.ordinals import leads
from pipeline.records import Block

_ENDS = tuple("。！？!?：:；;")
_NEVER_FIRST = tuple("，。、；：！？）”’》〉」』")
_INDENT = "\u3000\u3000"
_LATIN = re.compile(r"[A-Za-z0-9,.;:%)]$")
_BROKEN = re.compile(r"[a-z]-$")
_NUMBER = re.compile(r"[一-鿿，。、；：（]\s*[\d.,\-]*[\d.,]$")
_ADDRESS = re.compile(r"(?:://|www\.|@)[\x21-\x7e]*$")
_LATIN_START = re.compile(r"[A-Za-z0-9(]")
_LEADER_LINE = re.compile(r"(?:\.{6,}|…{3,}|·{6,}|．{6,})\s*\S{1,6}$")
_LABEL = re.compile(r"(?:[一-鿿]\s*){1,8}[:：]")
_TITLE = re.compile(r"[《]?关于.{4,}(?:建议|提案|议案|答复|复函|会办意见|通知|报告)[》]?")
_BULLET = re.compile(r"[•●■◆▪➢➤►▶◇❖✓☑❑□【]|[Øü√\-—]\s")
_PITCH, _LOOSE = 2.6, 1.1
_FULL, _SOME = 0.9, 3
_FIRST_LINE = 1.5
"""A line indented by so many characters is the first of its paragraph where the one before, as far in, has ended."""
_LEAST = 12
_HAN, _MARK = re.compile(r"[一-鿿]{2}"), re.compile(r"[，。、；：！？《]")
_FIGURE = re.compile(r"-?[\d,.]+%?")
_SHORT = 12


@dataclass(frozen=True, slots=True)
class _Margins:
    """A page's right edges by the left edge of a line in steps of 12 points, its left edge, width, number and pitch."""

    rights: dict[int, float]
    left: float
    width: float
    number: int
    pitch: float


def joined(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs of all pages in order; one that runs over a page end stays one, on the page where it begins."""
    blocks: list[Block] = []
    before: tuple[Line, _Margins] | None = None
    usual = _body_edge(pages)
    for page in pages:
        rights = _right_edges(page, _body_edge([page]) or usual)
        lines = list(_merged(page.lines))
        margins = _Margins(rights, _left_edge(page), page.width, page.number, _pitch(lines))
        for line in lines:
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

    A number in Chinese text and an address go on without a blank.

    >>> glued("the quick", "fox"), glued("exam-", "ple"), glued("县政", "府"), glued("COVID-", "19")
    ('the quick fox', 'example', '县政府', 'COVID-19')
    >>> glued("投资1,2", "00万元"), glued("in May 2024", "15 people"), glued("见www.qs.gov.", "cn网站")
    ('投资1,200万元', 'in May 2024 15 people', '见www.qs.gov.cn网站')
    """
    end = text[-2:]
    if _BROKEN.match(end) and more[:1].islower():
        return text[:-1] + more
    if not _LATIN.match(end[-1:]) or not _LATIN_START.match(more) or text.endswith("-"):
        return text + more
    open_number = more[0] in "0123456789" and _NUMBER.search(text[-24:])
    return text + ("" if open_number or _ADDRESS.search(text[-80:]) else " ") + more


def _merged(lines: Sequence[Line]) -> Iterator[Line]:
    """Pieces of one printed line, which some files hold apart, as one line."""
    current: Line | None = None
    for line in lines:
        if current is not None and not (current.cells or line.cells) and _beside(current, line):
            gap = " " if line.left - current.right > current.size * 0.7 and current.text[-1:] != "：" else ""
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


def _pitch(lines: Sequence[Line]) -> float:
    """How far below a full line of running text the next one mostly is, 0 where there are hardly any such."""
    wide = max((line.right - line.left for line in lines), default=0.0) * _FULL
    plain = ((a, b) for a, b in pairwise(lines) if not a.cells and not b.cells)
    full = ((a, b) for a, b in plain if a.right - a.left > wide and _MARK.search(a.text))
    down = sorted(b.top - a.top for a, b in full if b.top > a.top)
    return median_low(down) if len(down) >= _SOME else 0.0


def _goes_on(before: Line, old: _Margins, line: Line, new: _Margins) -> bool:
    """Whether a line continues the paragraph of the one before it, which may stand on another page or column."""
    if line.text.startswith(_NEVER_FIRST):
        return True
    em = max(min(before.size, line.size), 6.0)
    if abs(line.size - before.size) > em * 0.15:
        return False
    right = old.rights.get(int(before.left // 12), max(old.rights.values(), default=0.0))
    if before.right < right - em * 2.2 or before.right - before.left < min(em * _LEAST, old.width * 0.7):
        return False
    indent = em * (1.2 if before.text.endswith(_ENDS) else 3.2)
    if not -em * 4.5 <= (line.left - new.left) - (before.left - old.left) <= indent:
        return False
    if before.text.endswith(_ENDS) and min(before.left - old.left, line.left - new.left) >= em * _FIRST_LINE:
        return False
    if new is old:
        down = max(em * _PITCH, new.pitch * _LOOSE)
        return 0 < line.top - before.top < down and not _begins(before, line)
    up = new.number != old.number or line.top < before.top
    return up and not before.text.endswith("。") and not _begins(before, line)


def _begins(before: Line, line: Line) -> bool:
    """Whether a line begins a paragraph by its words: an ordinal or label, a short line after a full stop, contents."""
    if line.text.startswith(_INDENT):
        return True
    short = len(line.text) <= _SHORT and line.text[-1:].isalnum()
    label = _LABEL.match(line.text) is not None
    if before.text.endswith(_ENDS) and (short or label or leads(line.text)):
        return True
    if label and (_LABEL.match(before.text) or _TITLE.fullmatch(before.text)):
        return True
    if _BULLET.match(line.text) or _alone(before.text):
        return True
    return _alone(line.text) and not (_LABEL.match(before.text) and not before.text.endswith(_ENDS))


@lru_cache(maxsize=256)
def _alone(text: str) -> bool:
    """Whether a line is one of contents, or a row of a table without rules: short words and no sentence marks."""
    if _LEADER_LINE.search(text):
        return True
    words = text.split()
    if len(words) < 4 or sum(map(len, words)) > 9 * len(words) or _MARK.search(text):
        return False
    figures = sum(_FIGURE.fullmatch(word) is not None for word in words)
    return figures * 2 > len(words) or sum(_HAN.search(word) is not None for word in words) >= 2
