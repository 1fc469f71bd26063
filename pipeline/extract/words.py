"""Recognised words: where they stand once the page lies level, how large they are, and the lines they make."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import median

from pipeline.extract.columns import by_place
from pipeline.extract.grid import Box, Grid
from pipeline.extract.pages import Line

_NEAR = 0.1
_SHORT = 4
_TALL = 1.6
_LATIN = 0.55
_LEAST_SLANT, _MOST_SLANT = 0.002, 0.2
_INSET, _MARGIN = 0.4, 0.15
_GAP = 1.7
_HALF = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_FLAT = re.compile(r"(?<=[一-鿿”》）])[,:;?!()](?!\d)|\((?=[一-鿿])|(?<=[一-鿿])\)")
_NUMBER = re.compile(r"[-—–－一_~]{1,2}\s*(\d{1,4})\s*[-—–－一_~]{1,2}")
_WIDE = re.compile(r"[一-鿿□☐☑☒✓√■][一-鿿□☐☑☒✓√■]")
_HAN = re.compile(r"[\u2e80-\uffef]")


Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised piece: its four corners in pixels, its text, and how sure the engine is (0 to 1)."""

    corners: Corners
    text: str
    sure: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height along its own base line."""
        a, b, c = self.corners[:3]
        return math.dist(a, b), math.dist(b, c)

    @property
    def box(self) -> Box:
        """The upright box around it."""
        xs, ys = zip(*self.corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def pitch(self) -> float | None:
        """The width of a character; None for a short word or one of mostly Latin letters and figures."""
        han = len(_HAN.findall(self.text))
        wide = han + (len(self.text) - han) * _LATIN
        return min(self.size[0] / wide, self.size[1]) if wide >= _SHORT and han * 2 >= len(self.text) else None


def lies_down(places: Sequence[Corners]) -> bool:
    """Whether most lines of a page stand upright, by their corners: it lies on its side."""
    total = tall = 0.0
    for (x, y), (x2, y2), (x3, y3), (x4, y4) in places:
        wide, high = max(x, x2, x3, x4) - min(x, x2, x3, x4), max(y, y2, y3, y4) - min(y, y2, y3, y4)
        total += max(wide, high)
        tall += high if high > wide * _TALL else 0.0
    return tall * 2 > total


def slant_of(words: Sequence[Word]) -> float:
    """The angle of the lines in radians; 0 where it is too small to matter or too large to be one.

    Half the weight lies on either side of it, a word weighing by the square of its width: the boxes of short words
    stand straight whatever the slant.
    """
    angles = sorted((_angle(word), word.size[0] ** 2) for word in words)
    half = sum(weight for _, weight in angles) / 2
    below = accumulate(weight for _, weight in angles)
    slant = next((angle for (angle, _), weight in zip(angles, below, strict=True) if weight >= half), 0.0)
    return slant if _LEAST_SLANT <= abs(slant) <= _MOST_SLANT else 0.0


def _angle(word: Word) -> float:
    (x, y), (x2, y2) = word.corners[:2]
    return math.atan2(y2 - y, x2 - x)


def levelled_words(words: Sequence[Word], slant: float) -> list[Word]:
    """The words with the slant of the page taken out of their places."""
    if not slant:
        return list(words)
    cos, sin = math.cos(slant), math.sin(slant)
    return [
        replace(word, corners=tuple((x * cos + y * sin, y * cos - x * sin) for x, y in word.corners)) for word in words
    ]


def usual_size(words: Sequence[Word]) -> float:
    """The size of most characters in pixels, by their width: boxes are rough in height; 0 without words."""
    pitches = [pitch for word in words if (pitch := word.pitch)]
    return median(pitches or [word.size[1] for word in words]) if words else 0.0


def lines_of(words: Sequence[Word], scale: float) -> list[Line]:
    """The words row by row as lines in points, each as high as its characters, without the margin the engine leaves."""
    usual = usual_size(words)
    rough = median(word.size[1] for word in words) if words else 0.0
    made = []
    for word in words:
        high = _height(word, usual, rough)
        left, top, right, low = word.box
        middle, margin = (top + low) / 2, min(word.size[1], right - left) * _MARGIN
        top, low = middle - high / 2, middle + high / 2
        box = ((left + margin) * scale, top * scale, (right - margin) * scale, low * scale)
        made.append(Line(_widened(word.text), *box))
    return _apart(by_place(made))


def _apart(lines: list[Line]) -> list[Line]:
    """The lines of one row with room for a blank between Chinese words: the engine parts them where it sees a gap."""
    for n, (first, second) in enumerate(pairwise(lines)):
        room = second.left - first.right
        level = abs(first.top - second.top) < first.size * 0.5
        if level and -first.size < room < first.size and _WIDE.fullmatch(first.text[-1:] + second.text[:1]):
            trim = (first.size - room) / 2
            lines[n] = replace(lines[n], right=first.right - trim)
            lines[n + 1] = replace(second, left=second.left + trim)
    return lines


def _height(word: Word, usual: float, rough: float) -> float:
    """The size of a word's characters; the usual one where it is near it."""
    pitch = word.pitch
    if pitch is not None:
        return usual if abs(pitch - usual) < usual * _NEAR else pitch
    share = word.size[1] / rough
    return usual if 1 / _TALL < share < _TALL else usual * share


def _widened(text: str) -> str:
    """The text with Chinese marks where the engine wrote Latin ones among Chinese words, a page number with its dashes.

    >>> _widened("建议:增设(三处)"), _widened("一3-"), _widened("第一3")
    ('建议：增设（三处）', '— 3 —', '第一3')
    """
    number = _NUMBER.fullmatch(text)
    if number:
        return f"— {number[1]} —"
    text = _FLAT.sub(lambda mark: _HALF[mark.group()], text)
    return text[:-1] + "）" if text.endswith(")") and text.count("（") > text.count("）") else text


def spaced(text: str, places: Sequence[int]) -> str:
    """The text with a blank wherever the page leaves a character's room or more between two Chinese ones.

    `places` are the columns of its inked characters, in any unit.
    >>> spaced("韦志强卢春梅", [3, 8, 13, 23, 28, 33]), spaced("云禾县", [2, 12, 22])
    ('韦志强 卢春梅', '云禾县')
    """
    inked = [n for n, char in enumerate(text) if not char.isspace()]
    if len(inked) != len(places):
        return text
    steps = {
        second: at2 - at
        for (first, at), (second, at2) in pairwise(zip(inked, places, strict=True))
        if second == first + 1 and _WIDE.fullmatch(text[first : second + 1])
    }
    usual = median(steps.values()) if steps else 0
    return "".join(f" {char}" if steps.get(n, 0) > usual * _GAP else char for n, char in enumerate(text))


def parted(
    words: Sequence[Word], tables: Sequence[Grid], scale: float, read: Callable[[Box], Word | None]
) -> list[Word]:
    """The words, those that run over the border of a cell read again piece by piece; `read` takes a box in pixels."""
    made: list[Word] = []
    for word in words:
        left, top, right, low = word.box
        cuts = _borders(word.box, tables, scale)
        ends = [left, *cuts, right]
        pieces = [read((ends[n], top, ends[n + 1], low)) for n in range(len(ends) - 1)] if cuts else [word]
        made += [piece for piece in pieces if piece is not None]
    return made


def _borders(box: Box, tables: Sequence[Grid], scale: float) -> list[float]:
    """The x of each cell border that a box runs over, in pixels; one near its ends is in its margin."""
    left, top, right, low = box
    middle, inset = (top + low) / 2 * scale, (low - top) * _INSET
    found = []
    for table in tables:
        for x in table.xs:
            inside = left + inset < x / scale < right - inset
            if inside and table.cell_at(x - 1, middle) != table.cell_at(x + 1, middle):
                found.append(x / scale)
    return found
