"""The characters of a PDF page and where they stand, as PDFium holds them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from pypdfium2 import raw

from pipeline.extract.glyphs import garbled
from pipeline.extract.grid import Box
from pipeline.extract.rules import Point

_CLOSE = 0.25
_SAMPLE, _PROBES = 60, 16
_TWIN, _BLANKS = 20, " \r\n\0"
_AUTOMATIC = 0.4
_ASKEW = 0.2
_ORDINAL = re.compile(r"(?:^|\n)\d{1,2}(?:\.\d{1,2}){0,3}$")
_CHINESE = "\u2e80"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]|[0-9][A-Za-z]")
_MIXED = re.compile(r"[一-鿿][A-Za-z0-9]|[A-Za-z0-9%][一-鿿]")


class Characters:
    """The characters of one page and where they stand, seen upright and from the upper left corner."""

    def __init__(self, page: Any) -> None:
        self._page, self._text = page, page.get_textpage()
        self._count = self._text.count_chars()
        self._box = raw.FS_RECTF()
        self._boxes: dict[int, Box] = {}
        self._edges = page.get_bbox()
        turn = page.get_rotation()
        self._turn = self._upright(turn)
        width, height = page.get_size()
        self.size: tuple[float, float] = (height, width) if (self._turn - turn) % 180 else (width, height)
        self.text = self._characters()

    def close(self) -> None:
        """Give the text page back."""
        self._text.close()

    def _upright(self, turn: int) -> int:
        """The turn of the page at which its text stands upright; its own where the text runs in several ways."""
        step, matrix, turns = max(self._count // _PROBES, 1), raw.FS_MATRIX(), Counter[int]()
        for index in range(0, self._count, step):
            if raw.FPDFText_GetMatrix(self._text.raw, index, matrix) and (matrix.a or matrix.b):
                turns[round(math.degrees(math.atan2(matrix.b, matrix.a)))] += 1
        usual, count = turns.most_common(1)[0] if turns else (turn, 0)
        return usual % 360 if usual % 90 == 0 and count * 5 >= turns.total() * 4 and count > 1 else turn

    def place(self, x: float, y: float) -> Point:
        """A point of the file as a point of the page as it is seen."""
        left, low, right, top = self._edges
        turned = {90: (y - low, x - left), 180: (right - x, y - low), 270: (top - y, right - x)}
        return turned.get(self._turn, (x - left, top - y))

    def box(self, index: int) -> Box:
        """The place of a character."""
        found = self._boxes.get(index)
        if found is None:
            found = self._boxes[index] = self._place(index)
        return found

    def _place(self, index: int) -> Box:
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

    def slants(self, index: int) -> bool:
        """Whether the line on which a character stands runs askew, as that of a watermark does; an italic does not."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._text.raw, index, matrix)
        return abs(math.sin(2 * math.atan2(matrix.b, matrix.a))) > _ASKEW

    def _characters(self) -> str:
        """One character for each that PDFium counts; NUL where a font gives none."""
        text: str = self._text.get_text_range() if self._count else ""
        if len(text) == self._count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._text.raw, index) for index in range(self._count))
        return "".join(chr(code) if code < 0x110000 else "\0" for code in codes)

    @cached_property
    def _twins(self) -> list[tuple[int, int]]:
        return _twins(self.text)

    def doubles(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """Where the characters of a line say something twice in a row."""
        start, end = (bisect_left(self._twins, (place, 0)) for place in (places[0], places[-1]))
        return [twin for twin in self._twins[start:end] if twin[1] <= places[-1]]

    def spaced(self, before: int, index: int) -> bool:
        """Whether the blank between two characters is one of the text, not one that PDFium made of a narrow gap.

        Close figures are one number; the narrow gap that writers put between Chinese and Latin text says nothing.
        """
        if not raw.FPDFText_IsGenerated(self._text.raw, index - 1):
            return True
        ends = self.text[before] + self.text[index]
        if ends[0] == "：":
            return False
        if _WORD.fullmatch(ends):
            return True
        first, second = self.box(before), self.box(index)
        gap, height = second[0] - first[2], first[3] - first[1]
        if _MIXED.fullmatch(ends):
            least = _CLOSE if _ORDINAL.search(self.text, max(before - 12, 0), before + 1) else _AUTOMATIC
            return gap - self._stretch(before, index) > height * least
        return gap > height * _CLOSE

    def _stretch(self, before: int, index: int) -> float:
        """How far the Chinese one of two characters stands off its other neighbour, as in a justified line."""
        first, second = (before - 1, before) if self.text[before] > _CHINESE else (index, index + 1)
        if first < 0 or second >= len(self.text) or self.text[first].isspace() or self.text[second].isspace():
            return 0.0
        return max(self.box(second)[0] - self.box(first)[2], 0.0)


def _twins(text: str) -> list[tuple[int, int]]:
    """Where a stretch of up to 20 characters stands twice in a row: the places where it and its copy begin."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    found: list[tuple[int, int]] = []
    for size in range(1, min(_TWIN, len(codes) // 2) + 1):
        same = codes[size:] == codes[:-size]
        step = 1
        while (some := np.count_nonzero(same)) and step < size:
            more = min(step, size - step)
            same, step = same[more:] & same[:-more], step + more
        places = np.flatnonzero(same).tolist() if some else ()
        found += [(place, place + size) for place in places if text[place] not in _BLANKS]
    return sorted(found)
