"""What is drawn on a page of an OFD: pieces of text with their places, strokes, pictures, and what nobody can read."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from pipeline.extract.draft import inked
from pipeline.extract.glyphs import mapped
from pipeline.extract.pages import Line
from pipeline.extract.rules import Place, Point

_POINTS = 72 / 25.4
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_STEPS = re.compile(rf"g\s+(\d{{1,6}})\s+({_NUMBERS.pattern})|({_NUMBERS.pattern})")
_PATH = re.compile(rf"([A-Za-z])|({_NUMBERS.pattern})")
_UNREADABLE = re.compile("[\u00a4\ufffd\u25a1]")
_NARROW = re.compile(r"[\x20-\x7e]")
_GAP, _WIDER, _DROP, _BACK = 1.6, 1.5, 0.4, 0.5
_TWIN = 0.35
_SLANT = 0.17
_DEPTH, _UNITS, _STROKES, _FAR = 4, 2000, 200_000, 1e6


def named(element: Any, name: str) -> Iterator[Any]:
    """The elements of a local name below an element, whatever their namespace."""
    return (found for found in element.iter() if local(found) == name)


def local(element: Any) -> str:
    """The name of an element without its namespace, empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute."""
    return [_number(number) for number in _NUMBERS.findall(text or "")]


def _number(text: str) -> float:
    return max(-_FAR, min(float(text), _FAR))


@dataclass(slots=True)
class Drawing:
    """What the layers of one page and its templates draw; places in points from the upper left corner.

    `units` are the document's composite units by their number, `borrowed` counts the characters of those drawn.
    `blind` counts glyphs without a character, `upright` is what is written from above to below, `strokes` are the
    corners of paths and whether only their inside is painted.
    """

    units: Mapping[str, Any]
    pieces: list[Line] = field(default_factory=list)
    strokes: list[tuple[list[Point], bool]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    slanting: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    upright: list[str] = field(default_factory=list)
    blind: int = 0
    pictures: int = 0
    borrowed: int = 0
    _used: int = 0
    _sizes: dict[str, int] = field(default_factory=dict)
    _seen: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, tree: Any, place: Place = lambda x, y: (x * _POINTS, y * _POINTS), depth: int = 0) -> None:
        """Draw all objects below an element."""
        for item in tree.iter():
            name = local(item)
            if name == "TextObject":
                self._text(item, _placed(item, place))
            elif name == "PathObject" and len(self.strokes) < _STROKES:
                self.strokes += _strokes(item, _placed(item, place))
            elif name == "CompositeObject" and item.get("ResourceID") in self.units:
                unit = self.units[item.get("ResourceID")]
                self.borrowed, self._used = self.borrowed + self._size(item.get("ResourceID")), self._used + 1
                if depth < _DEPTH and self._used < _UNITS:
                    self.add(unit, _placed(item, place), depth + 1)
            self.pictures += name == "ImageObject"

    def _size(self, number: str) -> int:
        if number not in self._sizes:
            self._sizes[number] = text_in(self.units[number])
        return self._sizes[number]

    def _text(self, item: Any, place: Place) -> None:
        text = "".join(code.text or "" for code in named(item, "TextCode"))
        said = _UNREADABLE.sub("", text)
        if not said.strip():
            glyphs = sum(len((part.text or "").split()) for part in named(item, "Glyphs"))
            self.blind += len(text.strip()) or (0 if text else glyphs)
            return
        self.blind += len(text) - len(said)
        (x, y), (x2, y2) = place(0, 0), place(1, 0)
        run = math.hypot(x2 - x, y2 - y) or 1.0
        if item.get("Visible") == "false":
            self.hidden.append(text)
        elif min(abs(x2 - x), abs(y2 - y)) > _SLANT * run:
            self.slanting.append(text)
        else:
            for piece in _pieces(item, place, self.upright):
                self._keep(piece)

    def _keep(self, piece: Line) -> None:
        """Keep a piece of text, unless it is the second print of one (bold type made by printing twice)."""
        near = piece.size * _TWIN
        twins = self._seen.setdefault(piece.text, [])
        if any(abs(piece.left - twin.left) < near and abs(piece.top - twin.top) < near for twin in twins[-8:]):
            self.doubled.append(piece.text)
            return
        twins.append(piece)
        self.pieces.append(piece)


def _placed(item: Any, outer: Place) -> Place:
    """Where a point inside an object stands on the page: its matrix, then the corner of its box."""
    left, top = [*numbers(item.get("Boundary")), 0.0, 0.0][:2]
    matrix = numbers(item.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return lambda x, y: outer(left + a * x + c * y + e, top + b * x + d * y + f)


def _pieces(item: Any, place: Place, upright: list[str]) -> Iterator[Line]:
    """The pieces of a text object: a new one where the next character stands elsewhere; `upright` gets columns."""
    box = numbers(item.get("Boundary"))
    size = next(iter(numbers(item.get("Size"))), 0.0) or (box[3] if len(box) >= 4 else 0.0) or 4.0
    width = size * (next(iter(numbers(item.get("HScale"))), 1.0) or 1.0)
    high, wide = (max(math.dist(place(0, 0), place(*end)), 0.1) for end in ((0, size), (width, 0)))
    start = (0.0, size)
    for code in named(item, "TextCode"):
        text = (code.text or "").strip("\r\n\t")
        start = (_first(code.get("X"), start[0]), _first(code.get("Y"), start[1]))
        points = [place(*point) for point in _points(text, start, code, width)]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
        if len(steps) > 1 and all(abs(x) < wide * _DROP and y > high * _BACK for x, y in steps):
            upright.append(mapped(text))
        else:
            yield from _cut(text, points, steps, wide, high)


def _first(text: str | None, usual: float) -> float:
    return next(iter(numbers(text)), usual)


def _points(text: str, start: Point, code: Any, width: float) -> list[Point]:
    """Where every character is drawn; without steps each takes its own width."""
    across, down = (_steps(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
    x, y = start
    points = [start]
    for index, char in enumerate(text[:-1]):
        usual = 0.0 if down and not across else width * (0.5 if _NARROW.match(char) else 1.0)
        x += across[index] if index < len(across) else usual
        y += down[index] if index < len(down) else 0.0
        points.append((x, y))
    return points


def _steps(text: str | None, most: int) -> list[float]:
    """The steps from character to character; `g 3 5` says three times five."""
    steps: list[float] = []
    for times, value, single in _STEPS.findall(text or ""):
        steps += [_number(single)] if single else [_number(value)] * min(int(times), most)
        if len(steps) >= most:
            break
    return steps


def _cut(text: str, points: Sequence[Point], steps: Sequence[Point], wide: float, high: float) -> Iterator[Line]:
    """The characters of one code as lines: cut where the next stands lower, further back, or far off to the right."""
    usual = median(abs(x) for x, _ in steps) if steps else 0.0
    start = 0
    for index, (x, y) in enumerate(steps, 1):
        wider = x > max((1 + _GAP) * wide, (1 + _GAP / 2) * wide * _WIDER, usual * 2 * _WIDER)
        if abs(y) > high * _DROP or x < -wide * _BACK or wider:
            yield _line(text[start:index], points[start:index], wide, high)
            start = index
    yield _line(text[start:], points[start:], wide, high)


def _line(text: str, points: Sequence[Point], wide: float, high: float) -> Line:
    """A line of characters from their points on the base line."""
    (left, base), right = points[0], points[-1][0] + wide * (0.5 if _NARROW.match(text[-1:]) else 1.0)
    return Line(mapped(text), left, base - high * 0.88, right, base + high * 0.12)


def in_rows(pieces: Sequence[Line], cell_at: Callable[[float, float], object]) -> Iterator[Line]:
    """Pieces in reading order, those of one line and one table cell that stand close put together."""
    rows: list[list[Line]] = []
    for piece in sorted((piece for piece in pieces if piece.text.strip()), key=_middle):
        if rows and abs(_middle(piece) - _middle(rows[-1][0])) < rows[-1][0].size * 0.5:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.left)
        run = [row[0]]
        for before, piece in itertools.pairwise(row):
            cells = [cell_at((p.left + p.right) / 2, _middle(p)) for p in (before, piece)]
            if piece.left - before.right > before.size * _GAP or cells[0] != cells[1]:
                yield _joined(run)
                run = []
            run.append(piece)
        yield _joined(run)


def _middle(piece: Line) -> float:
    return (piece.top + piece.bottom) / 2


def _joined(run: Sequence[Line]) -> Line:
    text = run[0].text
    for before, piece in itertools.pairwise(run):
        text += (" " if piece.left - before.right > before.size * 0.8 else "") + piece.text
    return Line(text.strip(), run[0].left, run[0].top, max(piece.right for piece in run), run[0].bottom)


def _strokes(item: Any, place: Place) -> Iterator[tuple[list[Point], bool]]:
    """The straight parts of a path that is drawn; one with curves is left out."""
    filled, stroked = item.get("Fill") == "true", item.get("Stroke", "true") != "false"
    data = next((part.text or "" for part in named(item, "AbbreviatedData")), "")
    if not (filled or stroked) or len(data) > 4000:
        return
    corners: list[Point] = []
    values: list[float] = []
    for letter, number in [*_PATH.findall(data), ("M", "")]:
        if number:
            values.append(_number(number))
            continue
        corners += [place(x, y) for x, y in zip(values[::2], values[1::2], strict=False)]
        values = []
        if letter in "QBA":
            return
        if letter == "C" and corners:
            corners.append(corners[0])
        if letter in "MSC" and len(corners) > 1:
            yield corners, not stroked
        corners = [] if letter in "MSC" else corners


def text_in(tree: Any) -> int:
    """The characters of all text codes below an element."""
    return inked(code.text for code in named(tree, "TextCode"))
