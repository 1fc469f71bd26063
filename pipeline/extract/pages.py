"""Lines on pages, and the running headers, footers and page numbers among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.grid import Grid
from pipeline.records import Block, Removal, Role

_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第?\s*[\dIVXivx]{1,5}\s*页?|第\s*[一二三四五六七八九十百]+\s*页)[-—–－·•\s]*"
    r"|第?\s*\d{1,4}\s*页?\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?|Page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+(?=\s*页)")
_EDGE_LINES = 4
_EDGE_SHARE = 0.14


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
    the text layer holds, `doubled` are characters printed twice in one place. `recognised` marks a page read from its
    picture, `sure` how sure that was (0 to 1); `pictures` a page that is a picture and hardly any text.
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
    doubled: str = ""
    sure: float = 1.0
    recognised: bool = False


def running_apart(pages: Sequence[Page]) -> tuple[list[Page], list[Block], list[Removal]]:
    """Pages without their running lines; those as header and footer blocks, page numbers as removals."""
    edges = {page.number: _edges(page) for page in pages}
    counts = Counter(key for places in edges.values() for key in {_key(line, role) for line, role in places})
    enough = max(2, (len(pages) + 2) // 4)
    bodies: list[Page] = []
    found: dict[tuple[Role, str], int] = {}
    numbers: list[str] = []
    copies: list[str] = []
    for page in pages:
        gone: set[int] = set()
        for line, role in edges[page.number]:
            if _is_number(line, page):
                numbers.append(line.text)
            elif counts[_key(line, role)] >= enough and len(pages) > 1:
                first = found.setdefault((role, _DIGITS.sub("#", line.text)), page.number)
                copies += [line.text] if first != page.number else []
            else:
                continue
            gone.add(id(line))
        bodies.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in gone)))
    blocks = [Block(_first(edges, number, role, key), role, page=number) for (role, key), number in found.items()]
    removed = ((" ".join(numbers), "页码"), ("\n".join(copies), "各页重复的页眉页脚"))
    return bodies, blocks, [Removal(text, why) for text, why in removed if text]


def _first(edges: dict[int, list[tuple[Line, Role]]], number: int, role: Role, key: str) -> str:
    return next(line.text for line, kind in edges[number] if kind == role and _DIGITS.sub("#", line.text) == key)


def _edges(page: Page) -> list[tuple[Line, Role]]:
    """The outermost lines of a page, each with what it would be."""
    lines = sorted((line for line in page.lines if not line.cells), key=lambda line: line.top)
    limit = page.height * _EDGE_SHARE
    heads: list[tuple[Line, Role]] = [(line, "header") for line in lines[:_EDGE_LINES] if line.top < limit]
    rest = lines[len(heads) :]
    feet: list[tuple[Line, Role]] = [
        (line, "footer") for line in rest[-_EDGE_LINES:] if line.bottom > page.height - limit
    ]
    return heads + feet


def _key(line: Line, role: Role) -> tuple[Role, str, int]:
    """What a running line has in common from page to page: its words without figures, and its height on the page."""
    return role, _DIGITS.sub("#", re.sub(r"\s", "", line.text)), round(line.top / 6)


def _is_number(line: Line, page: Page) -> bool:
    near = line.bottom > page.height * 0.9 or line.top < page.height * 0.08
    return near and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
