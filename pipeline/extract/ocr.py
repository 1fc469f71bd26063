"""Character recognition of page images: the extra `banli[ocr]`, its models inside the wheel, no network (R-ING-02)."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import UnreadableFile
from pipeline.extract.columns import by_place
from pipeline.extract.pages import Line, Page
from pipeline.extract.seals import letterhead, without_red

Image = NDArray[np.uint8]
DPI = 200
DOUBTFUL = 0.85
_LEAST = 0.3
_SEEN = 1152
_NEAR = 0.18
_TALL = 1.6
_HALF = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_FLAT = re.compile(r"(?<=[一-鿿”》）])[,:;?!()](?!\d)|\((?=[一-鿿])|(?<=[一-鿿])\)")


@dataclass(frozen=True, slots=True)
class _Word:
    """One recognised piece: its four corners in pixels, its text, and how sure the engine is (0 to 1)."""

    corners: tuple[tuple[float, float], ...]
    text: str
    sure: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height along its own base line."""
        a, b, c = self.corners[:3]
        return math.dist(a, b), math.dist(b, c)


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def missing(reason: str) -> UnreadableFile:
    """What to tell where the extra is not installed."""
    return UnreadableFile(
        reason, "请安装文字识别（OCR）组件后再试：pip install 'banli[ocr]'；或提供原始的 Word 或文字版 PDF"
    )


def recognised(image: Image, number: int, dpi: int = DPI) -> Page:
    """A page image (height × width × RGB) as a page of lines in points; `sure` is the mean confidence by character.

    Red seals are taken out first; a page that lies on its side or its head is turned.
    """
    clean, red = without_red(image)
    turns, words = _upright(clean)
    words = _level(words)
    if red:
        words += _red_words(np.rot90(image, turns), words)
    height, width = (size * 72 / dpi for size in np.rot90(image, turns).shape[:2])
    lines = by_place(_lines(words, 72 / dpi))
    return Page(number, width, height, tuple(lines), characters=_count(words), sure=_sure(words), recognised=True)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.text_score": _LEAST,
            "Det.limit_type": "max",
            "Det.limit_side_len": _SEEN,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )


def _read(image: Image) -> list[_Word]:
    found = _engine()(np.ascontiguousarray(image[:, :, ::-1]))
    if found.boxes is None or not found.txts:
        return []
    parts = zip(found.boxes, found.txts, found.scores, strict=True)
    return [_Word(tuple((float(x), float(y)) for x, y in box), text, float(sure)) for box, text, sure in parts if text]


def _upright(image: Image) -> tuple[int, list[_Word]]:
    """The words of an image and how often it was turned left by 90° to be read."""
    words = _read(image)
    if words and _share(words, _is_tall) > 0.5:
        tries = [(turns, _read(np.rot90(image, turns))) for turns in (1, 3)]
        return max(tries, key=lambda one: _weight(one[1]))
    if words and _sure(words) < DOUBTFUL:
        return max([(0, words), (2, _read(np.rot90(image, 2)))], key=lambda one: _weight(one[1]))
    return 0, words


def _is_tall(word: _Word) -> bool:
    xs, ys = [x for x, _ in word.corners], [y for _, y in word.corners]
    return max(ys) - min(ys) > (max(xs) - min(xs)) * _TALL


def _share(words: Sequence[_Word], wanted: Any) -> float:
    return sum(len(word.text) for word in words if wanted(word)) / _count(words)


def _count(words: Sequence[_Word]) -> int:
    return sum(len("".join(word.text.split())) for word in words)


def _weight(words: Sequence[_Word]) -> float:
    return sum(word.sure * len(word.text) for word in words if word.sure >= 0.5)


def _sure(words: Sequence[_Word]) -> float:
    total = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / total if total else 0.0


def _level(words: list[_Word]) -> list[_Word]:
    """The words with the slant of the page taken out of their places."""
    angles = [math.atan2(w.corners[1][1] - w.corners[0][1], w.corners[1][0] - w.corners[0][0]) for w in words]
    slant = median(angles) if angles else 0.0
    if abs(slant) < 0.002 or abs(slant) > 0.2:
        return words
    cos, sin = math.cos(-slant), math.sin(-slant)
    return [
        _Word(tuple((x * cos - y * sin, x * sin + y * cos) for x, y in word.corners), word.text, word.sure)
        for word in words
    ]


def _red_words(image: Image, words: Sequence[_Word]) -> list[_Word]:
    """What is printed in red at the head of the page, where nothing black was read in its place."""
    head = letterhead(image)
    found = [] if head is None else [word for word in _read(head) if word.sure >= DOUBTFUL and not _is_tall(word)]
    return [word for word in found if not any(_meets(word, other) for other in words)]


def _meets(word: _Word, other: _Word) -> bool:
    x, y = (sum(values) / 4 for values in zip(*word.corners, strict=True))
    xs, ys = [x for x, _ in other.corners], [y for _, y in other.corners]
    return bool(min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys))


def _lines(words: Sequence[_Word], scale: float) -> list[Line]:
    """The words as lines in points; heights near the usual one are taken for it, since boxes are rough."""
    usual = median(word.size[1] for word in words) if words else 0.0
    made = []
    for word in words:
        high = usual if abs(word.size[1] - usual) < usual * _NEAR else word.size[1]
        left, right = min(x for x, _ in word.corners), max(x for x, _ in word.corners)
        middle = sum(y for _, y in word.corners) / 4
        box = (left * scale, (middle - high / 2) * scale, right * scale, (middle + high / 2) * scale)
        made.append(Line(_FLAT.sub(lambda mark: _HALF[mark.group()], word.text), *box))
    return made
