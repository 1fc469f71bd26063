"""Character recognition of page images: the extra `banli[ocr]`, its models inside the wheel, no network (R-ING-02)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import UnreadableFile
from pipeline.extract.grid import Box, grids
from pipeline.extract.pages import Page
from pipeline.extract.seals import letterhead, without_red
from pipeline.extract.strokes import levelled, rules_in
from pipeline.extract.words import (
    Corners,
    Word,
    levelled_words,
    lies_down,
    lines_of,
    parted,
    slant_of,
    spaced,
    usual_size,
)

Image = NDArray[np.uint8]
DPI = 200
DOUBTFUL = 0.95
_CLEAR = 0.85
_LEAST = 0.3
_SEEN = 1152
_INSET = 2


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def missing(reason: str) -> UnreadableFile:
    """What to tell where the extra is not installed."""
    return UnreadableFile(
        reason,
        "请提供原始的 Word 或文字版 PDF；或请联系管电脑的同事安装文字识别（OCR）组件（pip install 'banli[ocr]'）后再试",
    )


def recognised(image: Image, number: int, dpi: int = DPI) -> Page:
    """A page image (height × width × RGB) as a page of lines in points; `sure` is the mean confidence by character.

    Red seals are taken out first; a page that lies on its side or its head is turned; ruled tables become grids.
    """
    clean, red = without_red(image)
    turns, words = _upright(clean)
    seen, scale = np.rot90(image, turns), 72 / dpi
    slant = slant_of(words)
    if red:
        words += _red_words(seen, words)
    words = levelled_words(words, slant)
    tables = grids(rules_in(seen, slant, usual_size(words) * scale, dpi)) if words else []
    if tables:
        straight = levelled(np.ascontiguousarray(np.rot90(clean, turns)), slant)
        words = parted(words, tables, scale, lambda box: _piece(straight, box))
    height, width = (size * scale for size in seen.shape[:2])
    return Page(
        number,
        width,
        height,
        tuple(lines_of(words, scale)),
        grids=tuple(tables),
        characters=_count(words),
        sure=_sure(words),
        recognised=True,
    )


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.use_rec": False,
            "Global.return_word_box": True,
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": _SEEN,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )


def _places(image: Image) -> list[Corners]:
    """Where the lines of an image stand."""
    boxes = _engine()(np.ascontiguousarray(image[:, :, ::-1])).boxes
    return [tuple((float(x), float(y)) for x, y in box) for box in (() if boxes is None else boxes)]


def _read(image: Image, places: Sequence[Corners]) -> list[Word]:
    """The words of an image at some places."""
    boxes = [np.array(place, np.float32) for place in places]
    pictures = _engine().crop_text_regions(np.ascontiguousarray(image[:, :, ::-1]), boxes)
    parts = [(place, picture) for place, picture in zip(places, pictures, strict=True) if picture.size]
    said = _said([picture for _, picture in parts])
    return [Word(place, *text) for (place, _), text in zip(parts, said, strict=True) if text]


def _said(pictures: Sequence[Image]) -> list[tuple[str, float] | None]:
    """What each picture of a line says and how sure that is, None where that is nothing or a guess."""
    if not pictures:
        return []
    found = _engine().recognize_txt(list(pictures))
    parts = zip(found.txts, found.scores, found.word_results, strict=True)
    return [
        (spaced(text.strip(), [column for word in info.word_cols for column in word]), float(sure))
        if text.strip() and sure >= _LEAST
        else None
        for text, sure, info in parts
    ]


def _upright(image: Image) -> tuple[int, list[Word]]:
    """The words of an image and how often it was turned left by 90° to be read."""
    turns, places = 0, _places(image)
    if lies_down(places):
        turns, image = 1, np.rot90(image)
        places = _places(image)
    words = _read(image, places)
    if words and _sure(words) < _CLEAR:
        over = np.rot90(image, 2)
        return max([(turns, words), (turns + 2, _read(over, _places(over)))], key=lambda one: _weight(one[1]))
    return turns, words


def _count(words: Sequence[Word]) -> int:
    return sum(len("".join(word.text.split())) for word in words)


def _weight(words: Sequence[Word]) -> float:
    return sum(word.sure * len(word.text) for word in words if word.sure >= 0.5)


def _sure(words: Sequence[Word]) -> float:
    total = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / total if total else 0.0


def _red_words(image: Image, words: Sequence[Word]) -> list[Word]:
    """What is printed in red at the head of the page, where nothing black was read in its place."""
    head = letterhead(image)
    if head is None:
        return []
    found = _read(head, [place for place in _places(head) if not lies_down([place])])
    return [word for word in found if word.sure >= _CLEAR and not any(_meets(word, other) for other in words)]


def _meets(word: Word, other: Word) -> bool:
    x, y = (sum(values) / 4 for values in zip(*word.corners, strict=True))
    left, top, right, low = other.box
    return bool(left <= x <= right and top <= y <= low)


def _piece(image: Image, box: Box) -> Word | None:
    """What a part of a level page says, read without looking for lines in it; None where it holds nothing."""
    left, top, right, low = (max(round(value), 0) for value in box)
    part = image[top:low, left + _INSET : right - _INSET, ::-1]
    if min(part.shape[:2]) <= _INSET:
        return None
    said = _said([np.ascontiguousarray(part)])[0]
    return Word(((left, top), (right, top), (right, low), (left, low)), *said) if said else None
