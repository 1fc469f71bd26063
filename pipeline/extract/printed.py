"""One PDF page as PDFium sees it: its lines with places, cut at cell borders and wide gaps."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdfium2 import raw

from pipeline.extract.glyphs import garbled, mapped
from pipeline.extract.grid import Box, Grid, crowded, grids
from pipeline.extract.pages import Line, Page
from pipeline.extract.rules import Point, rules_of

_GAP = 1.6
_CLOSE = 0.25
_DROP = 0.7
_FEW = 40
_MOST = 0.6
_SAMPLE = 150
_TWINS = re.compile(r"(\S{1,20}?)\1")
_LATIN = re.compile(r"[A-Za-z]")


def printed(page: Any, number: int) -> Page:
    """A page with its lines in the order of the file; `ruled` where it has too many rules for a grid."""
    sheet = Sheet(page)
    try:
        rules = rules_of(page, sheet.place) if sheet.text.strip() else None
        tables = grids(rules) if rules else []
        lines = sheet.lines(tables)
        characters = len("".join(sheet.text.split()))
        odd = rules is not None and not tables and crowded(rules.across, rules.down)
        return Page(
            number,
            *sheet.size,
            tuple(lines),
            pictures=characters < _FEW and _is_picture(page, not characters),
            garbled=sheet.garbled(),
            ruled=odd,
            grids=tuple(tables),
            characters=characters,
            doubled="".join(sheet.doubled),
        )
    finally:
        sheet.close()


def _is_picture(page: Any, empty: bool) -> bool:
    """Whether a page with hardly any text holds a picture, one that takes up most of it where there is some text."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, low, right, top = item.get_bounds()
        if empty or (right - left) * (top - low) > width * height * _MOST:
            return True
    return False


class Sheet:
    """The characters of one page and where they stand, seen upright and from the upper left corner."""

    def __init__(self, page: Any) -> None:
        self._page, self._text = page, page.get_textpage()
        self._count = self._text.count_chars()
        self._box = raw.FS_RECTF()
        self._edges = page.get_bbox()
        self._turn = page.get_rotation()
        self.size: tuple[float, float] = page.get_size()
        self.doubled: list[str] = []
        self.text = self._characters()

    def close(self) -> None:
        """Give the text page back."""
        self._text.close()

    def place(self, x: float, y: float) -> Point:
        """A point of the file as a point of the page as it is seen."""
        left, low, right, top = self._edges
        turned = {90: (y - low, x - left), 180: (right - x, y - low), 270: (top - y, right - x)}
        return turned.get(self._turn, (x - left, top - y))

    def box(self, index: int) -> Box:
        """The place of a character."""
        raw.FPDFText_GetLooseCharBox(self._text.raw, index, self._box)
        if not self._turn:
            left, top = self._edges[0], self._edges[3]
            return self._box.left - left, top - self._box.top, self._box.right - left, top - self._box.bottom
        (x, y), (x2, y2) = self.place(self._box.left, self._box.top), self.place(self._box.right, self._box.bottom)
        return min(x, x2), min(y, y2), max(x, x2), max(y, y2)

    def garbled(self) -> bool:
        """Whether the text layer is garbage, by its characters or by what the fonts say of their code tables."""
        step = max(self._count // _SAMPLE, 1)
        probes = range(0, self._count, step)
        bad = sum(raw.FPDFText_HasUnicodeMapError(self._text.raw, index) == 1 for index in probes)
        return garbled(self.text) or (self._count >= 20 and bad * 4 > len(probes))

    def lines(self, tables: Sequence[Grid]) -> list[Line]:
        """The printed lines, those of a table cut at the borders of its cells, others at wide gaps."""
        found: list[Line] = []
        start = 0
        for piece in self.text.split("\r\n"):
            if piece.strip(" \0"):
                found += self._line(piece, start, tables)
            start += len(piece) + 2
        return found

    def _characters(self) -> str:
        """One character for each that PDFium counts; NUL where a font gives none."""
        text: str = self._text.get_text_range() if self._count else ""
        if len(text) == self._count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._text.raw, index) for index in range(self._count))
        return "".join(chr(code) if code < 0x110000 else "\0" for code in codes)

    def _line(self, piece: str, start: int, tables: Sequence[Grid]) -> list[Line]:
        places = [start + n for n, char in enumerate(piece) if char not in " \0"]
        first, last = self.box(places[0]), self.box(places[-1])
        parts = [places] if abs(last[1] - first[1]) < (first[3] - first[1]) * _DROP else self._by_drop(places)
        return [line for part in parts for line in self._cut(part, tables)]

    def _cut(self, places: list[int], tables: Sequence[Grid]) -> list[Line]:
        """The characters of one printed line as one line, or as several where cells or gaps part them."""
        line = self._joined(places)
        table = next((grid for grid in tables if _meets(line, grid.box)), None)
        if table is not None and not _fits(line, table):
            return [self._joined(part) for part in self._by_cell(places, table)]
        text = self.text[places[0] : places[-1] + 1]
        stretched = _is_stretched(line)
        if stretched or " " in text or _TWINS.search(text):
            return [self._joined(part) for part in self._by_gap(self._single(places), stretched)]
        return [line]

    def _by_drop(self, places: Sequence[int]) -> list[list[int]]:
        """Printed lines that PDFium holds as one, parted where the characters go down by a line."""
        parts = [[places[0]]]
        before = self.box(places[0])
        for index in places[1:]:
            box = self.box(index)
            if box[0] < before[0] and abs(box[3] - before[3]) > (before[3] - before[1]) * _DROP:
                parts.append([])
            parts[-1].append(index)
            before = box
        return parts

    def _joined(self, places: Sequence[int]) -> Line:
        """The characters at some indices, and the blanks between them, as a line."""
        ends = self.box(places[0]), self.box(places[len(places) // 2]), self.box(places[-1])
        usual = sorted(ends, key=lambda box: box[3] - box[1])[1]
        text = self.text[places[0] : places[-1] + 1]
        if len(places) < len(text):
            text = "".join(self._kept(places))
        return Line(mapped(text), min(ends[0][0], ends[2][0]), usual[1], max(ends[0][2], ends[2][2]), usual[3])

    def _kept(self, places: Sequence[int]) -> Iterator[str]:
        """The characters at some indices, with a blank where the page shows one between two of them."""
        before = places[0]
        for index in places:
            if " " in self.text[before + 1 : index] and self._spaced(before, index):
                yield " "
            yield self.text[index]
            before = index

    def _spaced(self, before: int, index: int) -> bool:
        """Whether the blank between two characters is seen; one that PDFium made between close figures is not."""
        if not raw.FPDFText_IsGenerated(self._text.raw, index - 1):
            return True
        if _LATIN.match(self.text[before]) and _LATIN.match(self.text[index]):
            return True
        first, second = self.box(before), self.box(index)
        return second[0] - first[2] > (first[3] - first[1]) * _CLOSE

    def _by_cell(self, places: Sequence[int], table: Grid) -> list[list[int]]:
        parts: list[list[int]] = []
        before: int | None = None
        for index in places:
            left, top, right, low = self.box(index)
            inside = table.cell_at((left + right) / 2, (top + low) / 2)
            if parts and inside == before:
                parts[-1].append(index)
            else:
                parts.append([index])
            before = inside
        return parts

    def _by_gap(self, places: Sequence[int], everywhere: bool) -> list[list[int]]:
        parts = [[places[0]]]
        for before, index in itertools.pairwise(places):
            if (everywhere or index > before + 1) and self._apart(before, index):
                parts.append([])
            parts[-1].append(index)
        return parts

    def _apart(self, before: int, index: int) -> bool:
        first, second = self.box(before), self.box(index)
        return second[0] - first[2] > (first[3] - first[1]) * _GAP

    def _single(self, places: list[int]) -> list[int]:
        """The indices without characters that are printed twice in one place to look bold or shaded."""
        twins = _TWINS.finditer(self.text, places[0], places[-1] + 1)
        if not any(_over(self.box(twin.start()), self.box(twin.end(1))) for twin in twins):
            return places
        kept: list[int] = []
        seen: dict[str, list[Box]] = {}
        for index in places:
            char, box = self.text[index], self.box(index)
            if any(_over(box, other) for other in seen.get(char, ())):
                self.doubled.append(char)
                continue
            seen.setdefault(char, []).append(box)
            kept.append(index)
        return kept


def _over(a: Box, b: Box) -> bool:
    """Whether two characters stand in one place."""
    return abs(a[0] - b[0]) < (a[2] - a[0]) * 0.4 and abs(a[1] - b[1]) < (a[3] - a[1]) * 0.4


def _is_stretched(line: Line) -> bool:
    """Whether a line is wider than its characters, so that a gap must be in it."""
    wide = sum(1.0 if char > "\u2e80" else 0.6 for char in line.text)
    return line.right - line.left > (wide + _GAP) * line.size * 0.95


def _meets(line: Line, box: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    return box[1] - 2 <= middle <= box[3] + 2 and line.right > box[0] and line.left < box[2]


def _fits(line: Line, table: Grid) -> bool:
    """Whether a line lies within one cell."""
    middle = (line.top + line.bottom) / 2
    first, last = table.cell_at(line.left + 1, middle), table.cell_at(line.right - 1, middle)
    return first == last and first is not None
