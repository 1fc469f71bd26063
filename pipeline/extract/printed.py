"""One PDF page as PDFium sees it: its lines with places, cut at cell borders and wide gaps."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdfium2 import raw

from pipeline.extract.glyphs import mapped
from pipeline.extract.grid import Box, Grid, crowded, grids
from pipeline.extract.pages import Line, Page
from pipeline.extract.placed import Characters
from pipeline.extract.rules import rules_of

_GAP = 1.6
_DROP = 0.7
_FEW = 40
_MOST = 0.6
_NARROW = re.compile("[\0-\u2e80]")


def printed(page: Any, number: int) -> Page:
    """A page with its lines in the order of the file; `ruled` where it has too many rules for a grid."""
    characters = Characters(page)
    try:
        rules = rules_of(page, characters.place) if characters.text.strip() else None
        tables = grids(rules) if rules else []
        lines = _Lines(characters, tables)
        unread = characters.text.count("\0")
        count = len("".join(characters.text.split())) - unread
        odd = rules is not None and not tables and crowded(rules.across, rules.down)
        return Page(
            number,
            *characters.size,
            tuple(lines.all()),
            pictures=count < _FEW and _is_picture(page, not count + unread),
            garbled=characters.garbled(),
            ruled=odd,
            grids=tuple(tables),
            characters=count,
            unread=unread,
            doubled="".join(lines.doubled),
            slanting="".join(lines.slanting),
        )
    finally:
        characters.close()


def _is_picture(page: Any, empty: bool) -> bool:
    """Whether a page with hardly any text holds a picture, one that takes up most of it where there is some text."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, low, right, top = item.get_bounds()
        if empty or (right - left) * (top - low) > width * height * _MOST:
            return True
    return False


class _Lines:
    """The lines of one page out of its characters."""

    def __init__(self, characters: Characters, tables: Sequence[Grid]) -> None:
        self._characters, self._tables = characters, tables
        self._text, self._box = characters.text, characters.box
        self.doubled: list[str] = []
        self.slanting: list[str] = []

    def all(self) -> list[Line]:
        """The printed lines, those of a table cut at the borders of its cells, others at wide gaps."""
        found: list[Line] = []
        start = 0
        for piece in self._text.split("\r\n"):
            if piece.strip(" \0"):
                found += self._line(piece, start)
            start += len(piece) + 2
        return found

    def _line(self, piece: str, start: int) -> list[Line]:
        places: Sequence[int] = range(start, start + len(piece))
        if " " in piece or "\0" in piece:
            places = self._in_order([start + n for n, char in enumerate(piece) if char not in " \0"])
        first, last = self._box(places[0]), self._box(places[-1])
        level = abs(last[1] - first[1]) < (first[3] - first[1]) * _DROP
        if level and len(places) > 2:
            return self._cut(places)
        askew = {index for index in places if self._characters.slants(index)}
        self.slanting += [self._text[index] for index in places if index in askew]
        upright = [index for index in places if index not in askew]
        return [line for part in self._by_drop(upright) for line in self._cut(part)] if upright else []

    def _in_order(self, places: list[int]) -> list[int]:
        """The characters from left to right where some were drawn late, as marks of another font are."""
        pairs = [pair for pair in itertools.pairwise(places) if pair[1] > pair[0] + 1]
        if all(self._box(index)[0] >= self._box(before)[0] for before, index in pairs):
            return places
        boxes = [self._box(index) for index in places]
        middles = [(box[1] + box[3]) / 2 for box in boxes]
        order = sorted(range(len(places)), key=lambda n: boxes[n][0])
        level = max(middles) - min(middles) < max(map(_height, boxes)) * _DROP / 2
        return (
            [places[n] for n in order]
            if level and not any(_over(boxes[a], boxes[b]) for a, b in itertools.pairwise(order))
            else places
        )

    def _cut(self, places: Sequence[int]) -> list[Line]:
        """The characters of one printed line as one line, or as several where cells or gaps part them."""
        place = self._extent(places)
        table = next((grid for grid in self._tables if _meets(place, grid.box)), None)
        if table is not None and not _fits(place, table):
            return [self._joined(part) for part in self._by_cell(places, table)]
        line = self._joined(places)
        text = self._text[places[0] : places[-1] + 1]
        stretched = _is_stretched(line)
        if stretched or " " in text or self._characters.doubles(places):
            parts = self._by_gap(self._single(places), stretched)
            return [line] if len(parts[0]) == len(places) else [self._joined(part) for part in parts]
        return [line]

    def _by_drop(self, places: Sequence[int]) -> list[list[int]]:
        """Printed lines that PDFium holds as one, parted where the characters go down by a line."""
        parts = [[places[0]]]
        before = self._box(places[0])
        for index in places[1:]:
            box = self._box(index)
            if box[0] < before[0] and abs(box[3] - before[3]) > (before[3] - before[1]) * _DROP:
                parts.append([])
            parts[-1].append(index)
            before = box
        return parts

    def _joined(self, places: Sequence[int]) -> Line:
        """The characters at some indices, and the blanks between them, as a line."""
        whole = isinstance(places, range)
        text = self._text[places[0] : places[-1] + 1] if whole else "".join(self._kept(places))
        return Line(mapped(text), *self._extent(places))

    def _extent(self, places: Sequence[int]) -> Box:
        """The place of the characters at some indices, as high as they mostly are."""
        first, last = self._box(places[0]), self._box(places[-1])
        middle = self._box(places[len(places) // 2])
        _, top, _, bottom = sorted((first, middle, last), key=_height)[1]
        return min(first[0], last[0]), top, max(first[2], last[2]), bottom

    def _kept(self, places: Sequence[int]) -> Iterator[str]:
        """The characters at some indices, with a blank where the page shows one between two of them."""
        before = places[0]
        for index in places:
            between = self._text[before + 1 : index]
            blanks = 0 if between.strip(" \0") else between.count(" ")
            if blanks and self._characters.spaced(before, index):
                yield " " * blanks
            yield self._text[index]
            before = index

    def _by_cell(self, places: Sequence[int], table: Grid) -> list[list[int]]:
        parts: list[list[int]] = []
        before: int | None = None
        for word in _words(places):
            ends = self._cell_of(word[0], table), self._cell_of(word[-1], table)
            pieces = [word] if ends[0] == ends[1] else [[index] for index in word]
            for piece in pieces:
                inside = ends[0] if len(pieces) == 1 else self._cell_of(piece[0], table)
                if parts and inside == before:
                    parts[-1] += piece
                else:
                    parts.append(list(piece))
                before = inside
        return parts

    def _cell_of(self, index: int, table: Grid) -> int | None:
        left, top, right, low = self._box(index)
        return table.cell_at((left + right) / 2, (top + low) / 2)

    def _by_gap(self, places: Sequence[int], everywhere: bool) -> list[list[int]]:
        words: Sequence[Sequence[int]] = [[index] for index in places] if everywhere else _words(places)
        parts = [list(words[0])]
        for before, word in itertools.pairwise(words):
            if self._apart(before[-1], word[0]):
                parts.append([])
            parts[-1] += word
        return parts

    def _apart(self, before: int, index: int) -> bool:
        first, second = self._box(before), self._box(index)
        return second[0] - first[2] > (first[3] - first[1]) * _GAP

    def _single(self, places: Sequence[int]) -> Sequence[int]:
        """The indices without characters that are printed twice in one place to look bold or shaded."""
        if not any(_over(self._box(first), self._box(second)) for first, second in self._characters.doubles(places)):
            return places
        kept: list[int] = []
        seen: dict[str, list[Box]] = {}
        for index in places:
            char, box = self._text[index], self._box(index)
            if any(_over(box, other) for other in seen.get(char, ())):
                self.doubled.append(char)
                continue
            seen.setdefault(char, []).append(box)
            kept.append(index)
        return kept


def _words(places: Sequence[int]) -> list[Sequence[int]]:
    """The indices in runs between blanks."""
    cuts = [n for n, (before, index) in enumerate(itertools.pairwise(places), 1) if index > before + 1]
    return [places[start:end] for start, end in itertools.pairwise((0, *cuts, len(places)))]


def _over(a: Box, b: Box) -> bool:
    """Whether two characters stand in one place."""
    return abs(a[0] - b[0]) < (a[2] - a[0]) * 0.4 and abs(a[1] - b[1]) < (a[3] - a[1]) * 0.4


def _is_stretched(line: Line) -> bool:
    """Whether a line is wider than its characters, so that a gap must be in it."""
    wide = len(line.text) - 0.4 * len(_NARROW.findall(line.text))
    return line.right - line.left > (wide + _GAP) * line.size * 0.95


def _height(box: Box) -> float:
    return box[3] - box[1]


def _meets(place: Box, box: Box) -> bool:
    middle = (place[1] + place[3]) / 2
    return box[1] - 2 <= middle <= box[3] + 2 and place[2] > box[0] and place[0] < box[2]


def _fits(place: Box, table: Grid) -> bool:
    """Whether a line lies within one cell."""
    middle = (place[1] + place[3]) / 2
    first, last = table.cell_at(place[0] + 1, middle), table.cell_at(place[2] - 1, middle)
    return first == last and first is not None
