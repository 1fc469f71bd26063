"""Lines on pages, and the running headers, footers and page numbers among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.grid import Grid
from pipeline.records import Block, Removal, Role

_SIDE = r"[-—–－·•~～〜|｜\[\]【】（）()\s]*"
_OF = r"第?\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*页"
_IN = r"共\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*页"
_PAGE_NUMBER = re.compile(
    rf"{_SIDE}(?:第?\s*[\dIVXivx]{{1,5}}\s*页?|{_OF}|{_OF}\s*[/／,，、]?\s*{_IN}|{_IN}\s*[/／,，、]?\s*{_OF}){_SIDE}"
    rf"|{_SIDE}第?\s*\d{{1,4}}\s*页?\s*[/／,，]?\s*共?\s*\d{{1,4}}\s*页?{_SIDE}"
    r"|(?:Page|P)[.\s]*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*of\s*\d+",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"(?:\d{4}([/.-])\d{1,2}\1\d{1,2}|\d{1,2}([/.-])\d{1,2}\2(?:\d{4}|\d{2})),?\s*(?:[上下]午|[AP]M)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?!\d)"
    r"|(?:file|https?)://\S+(?:\s*\d{1,4}\s*/\s*\d{1,4})?\s*$",
    re.IGNORECASE,
)
"""How browsers begin the line above and below a page: the time of printing, the address."""
_BLANK = re.compile(r"\s")
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+(?=\s*页)")
_PROSE = re.compile(r"[，。；]")
_LOST = 0.03
_EDGE_ROWS = 4
_EDGE_SHARE = 0.14

_Key = tuple[Role, str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or a table row with its cells; places in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    cells: tuple[str, ...] = ()

    @property
    def size(self) -> float:
        """The height of the line's characters, never zero."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page in the order of the file.

    `grids` are its ruled tables, `ruled` marks a page with more rules than a grid takes; `characters` counts what
    the text layer holds, without the `unread` ones for which the font has no code; `doubled` are characters printed
    twice in one place, `slanting` those that stand askew.
    `recognised` marks a page read from its picture, `sure` how sure that was (0 to 1); `pictures` a page that is a
    picture and hardly any text.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    pictures: bool = False
    garbled: bool = False
    ruled: bool = False
    grids: tuple[Grid, ...] = ()
    characters: int = 0
    unread: int = 0
    doubled: str = ""
    slanting: str = ""
    sure: float = 1.0
    recognised: bool = False

    @property
    def holed(self) -> bool:
        """Whether too much of the text layer cannot be read to do without the picture of the page."""
        return self.unread > max(_LOST * self.characters, 2)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A printed row at the top or bottom of a page, of one line or several side by side."""

    lines: tuple[Line, ...]
    role: Role

    def marks(self) -> list[_Key]:
        """What each line has in common from page to page: its words without figures, and its height on the page."""
        return [(self.role, _DIGITS.sub("#", _BLANK.sub("", line.text)), round(line.top / 6)) for line in self.lines]


def running_apart(pages: Sequence[Page]) -> tuple[list[Page], list[Block], list[Removal]]:
    """Pages without their running lines; those as header and footer blocks, page numbers as removals."""
    edges = {page.number: _edges(page) for page in pages}
    counts = Counter(key for rows in edges.values() for key in {key for row in rows for key in row.marks()})
    bodies: list[Page] = []
    found: dict[tuple[Role, str], Block] = {}
    numbers: list[str] = []
    copies: list[str] = []
    for page in pages:
        gone: set[int] = set()
        for row in edges[page.number]:
            figures = [line for line in row.lines if _is_number(line, page)]
            same = _running(row, counts, len(pages))
            numbers += [line.text for line in figures]
            for line in same:
                if line in figures:
                    continue
                block = Block(line.text, row.role, page=page.number)
                first = found.setdefault((row.role, _DIGITS.sub("#", line.text)), block)
                copies += [line.text] if first.page != page.number else []
            gone |= {id(line) for line in (*figures, *same)}
        bodies.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in gone)))
    removed = ((" ".join(numbers), "页码"), ("\n".join(copies), "各页重复的页眉页脚"))
    return bodies, list(found.values()), [Removal(text, why) for text, why in removed if text]


def _running(row: _Edge, counts: Counter[_Key], pages: int) -> list[Line]:
    """The lines of a row that come again on other pages, if they are most of it, or all of three and more.

    Table rows share a cell by chance. What a browser prints around a page goes from a single page too.
    """
    if _PRINTED.match(row.lines[0].text) and not any(_PROSE.search(line.text) for line in row.lines[1:]):
        return list(row.lines)
    same = []
    for line, key in zip(row.lines, row.marks(), strict=True):
        enough = max(2, pages // 2 + 1 if _PROSE.search(line.text) else (pages + 2) // 4)
        if pages > 1 and counts[key] >= enough:
            same.append(line)
    few = len(row.lines) < 3 and sum(map(_width, same)) * 2 >= sum(map(_width, row.lines))
    return same if few or len(same) == len(row.lines) else []


def _width(line: Line) -> float:
    return line.right - line.left


def _edges(page: Page) -> list[_Edge]:
    """The outermost rows of a page, each with what it would be."""
    limit = page.height * _EDGE_SHARE
    lines = [line for line in page.lines if not line.cells]
    heads = _rows([line for line in lines if line.top < limit])[:_EDGE_ROWS]
    taken = {id(line) for row in heads for line in row}
    feet = [line for line in lines if line.bottom > page.height - limit and id(line) not in taken]
    return [*(_Edge(row, "header") for row in heads), *(_Edge(row, "footer") for row in _rows(feet)[-_EDGE_ROWS:])]


def _rows(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Lines from the top down, those side by side together."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top):
        if rows and line.top - rows[-1][0].top < min(line.size, rows[-1][0].size) * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(row) for row in rows]


def _is_number(line: Line, page: Page) -> bool:
    near = line.bottom > page.height * 0.9 or line.top < page.height * 0.08
    return near and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
