"""Ruling lines of a PDF page: strokes, thin bars and boxes among PDFium's path objects."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

_OBJECTS = 6000
_STEPS = 400
_DEPTH = 4
_THIN = 3.0
_LEAST = 4.0
Point = tuple[float, float]
Place = Callable[[float, float], Point]
Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: `at` is its y where it runs across, its x where it runs down; `start` and `end` the rest."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one page in points from its upper left corner; `boxes` are the edges of filled areas."""

    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()
    boxes: tuple[tuple[Rule, Rule, Rule, Rule], ...] = ()


def rules_of(page: Any, place: Place) -> Rules:
    """The rules of a page; `place` turns a point of the file into one of the page as it is seen."""
    paths = itertools.islice(_paths(page.raw, _UNIT), _OBJECTS)
    strokes = (stroke for item, matrix in paths for stroke in _strokes(item, matrix))
    return gathered(([place(*point) for point in points], filled) for points, filled in strokes)


def gathered(strokes: Iterable[tuple[list[Point], bool]]) -> Rules:
    """The rules among strokes, each given as its corners and whether only their inside is painted."""
    across: list[Rule] = []
    down: list[Rule] = []
    boxes = []
    for points, filled in strokes:
        if filled:
            bar, box = _filled(points)
            _sort(bar, across, down)
            boxes += box
        else:
            for first, second in itertools.pairwise(points):
                _sort((first, second), across, down)
    return Rules(tuple(across), tuple(down), tuple(boxes))


def _sort(ends: Sequence[Point], across: list[Rule], down: list[Rule]) -> None:
    """Put a straight stroke where it belongs; a slanting or tiny one is no rule."""
    if not ends:
        return
    (x, y), (x2, y2) = ends
    if abs(y - y2) < 1.5 and abs(x - x2) >= _LEAST:
        across.append(Rule((y + y2) / 2, min(x, x2), max(x, x2)))
    elif abs(x - x2) < 1.5 and abs(y - y2) >= _LEAST:
        down.append(Rule((x + x2) / 2, min(y, y2), max(y, y2)))


def _filled(points: Sequence[Point]) -> tuple[Sequence[Point], list[tuple[Rule, Rule, Rule, Rule]]]:
    """A filled outline: the middle line of a thin bar, or the four edges of a larger box."""
    (left, top), (right, low) = _bounds(points)
    if low - top < _THIN:
        return ((left, (top + low) / 2), (right, (top + low) / 2)), []
    if right - left < _THIN:
        return (((left + right) / 2, top), ((left + right) / 2, low)), []
    if len(points) > 6 or right - left < 12 or low - top < 8:
        return (), []
    edges = (Rule(top, left, right), Rule(low, left, right), Rule(left, top, low), Rule(right, top, low))
    return (), [edges]


def _bounds(points: Sequence[Point]) -> tuple[Point, Point]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _paths(holder: Any, matrix: Matrix, depth: int = 0) -> Iterator[tuple[Any, Matrix]]:
    """The path objects of a page or form with the matrix of what holds them."""
    inner = depth > 0
    count = raw.FPDFFormObj_CountObjects(holder) if inner else raw.FPDFPage_CountObjects(holder)
    for number in range(min(count, _OBJECTS)):
        item = raw.FPDFFormObj_GetObject(holder, number) if inner else raw.FPDFPage_GetObject(holder, number)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            yield from _paths(item, _times(_matrix(item), matrix), depth + 1)


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _UNIT
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    x, y = _moved((e, f), second)
    k, m, n, p = second[:4]
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, x, y


def _moved(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _strokes(item: Any, outer: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """The parts of a path that is drawn, as points, and whether only their inside is painted."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return
    matrix = _times(_matrix(item), outer)
    for points in _outlines(item):
        yield [_moved(point, matrix) for point in points], not stroke.value


def _outlines(item: Any) -> Iterator[list[Point]]:
    """The straight parts of a path, each as its corners; a part with curves is left out."""
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    curved = False
    for number in range(min(raw.FPDFPath_CountSegments(item), _STEPS)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved |= kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
