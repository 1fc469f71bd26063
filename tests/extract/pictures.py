"""Page images as a scanner makes them: noise, a slight slant, a red seal over the signature."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 150
_POINT = DPI / 72
_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
_NAMES = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "Songti.ttc", "simsun.ttc")


@cache
def font(size: float = 16) -> Any:
    """A Chinese font at a size in points, None where the machine has none."""
    found = (path for place in _PLACES for name in _NAMES for path in Path(place).rglob(name))
    path = next(found, None)
    return (
        None
        if path is None
        else ImageFont.truetype(str(path), round(size * _POINT), index=2 if "Noto" in path.name else 0)
    )


def page(lines: Sequence[str], seal: bool = False, slant: float = 0.6, noise: float = 10, blur: float = 0.6) -> Any:
    """An A4 page of lines as an array (height × width × RGB), made deterministically."""
    image = Image.new("RGB", (round(595 * _POINT), round(842 * _POINT)), "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((72 * _POINT, (80 + 28 * number) * _POINT), line, font=font(), fill=(20, 20, 20))
    if seal:
        image = _sealed(image, 160, 80 + 28 * (len(lines) - 1))
    return _scanned(image, slant, noise, blur)


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], slant: float = 0.8, ink: str = "black") -> Any:
    """An A4 page with a ruled table as an array; a row of fewer cells has its last one reach to the right edge."""
    image = Image.new("RGB", (round(595 * _POINT), round(842 * _POINT)), "white")
    draw = ImageDraw.Draw(image)
    tall = 34
    for number, row in enumerate(rows):
        left, top = 60.0, 90.0 + tall * number
        for place, text in enumerate(row):
            wide = widths[place] if place < len(row) - 1 else 60 + sum(widths) - left
            box = [round(value * _POINT) for value in (left, top, left + wide, top + tall)]
            draw.rectangle(box, outline=ink, width=2)
            draw.text((box[0] + 4 * _POINT, box[1] + 5 * _POINT), text, font=font(), fill=(20, 20, 20))
            left += wide
    return _scanned(image, slant, 8, 0.5)


def _scanned(image: Image.Image, slant: float, noise: float, blur: float) -> Any:
    image = image.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor="white")
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(blur)), float) * 0.93 + 8
    return np.clip(grey + np.random.default_rng(7).normal(0, noise, grey.shape), 0, 255).astype(np.uint8)


def _sealed(image: Image.Image, x: float, y: float) -> Image.Image:
    """The page with a round seal and its star pressed over a point."""
    ink = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(ink)
    x, y, radius = x * _POINT, y * _POINT, 58 * _POINT
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(214, 30, 34), width=8)
    star = []
    for turn in range(10):
        angle, far = math.radians(36 * turn - 90), (20 if turn % 2 == 0 else 8) * _POINT
        star.append((x + far * math.cos(angle), y + far * math.sin(angle)))
    draw.polygon(star, fill=(214, 30, 34))
    both = np.asarray(image, float) * np.asarray(ink, float) / 255
    return Image.fromarray(both.astype(np.uint8))


def errors(wanted: str, found: str) -> float:
    """The character error rate: edits from one text to the other by the length of the first."""
    wanted, found = "".join(wanted.split()), "".join(found.split())
    before = list(range(len(found) + 1))
    for row, char in enumerate(wanted, 1):
        line = [row]
        for column, other in enumerate(found, 1):
            line.append(min(before[column] + 1, line[-1] + 1, before[column - 1] + (char != other)))
        before = line
    return before[-1] / max(len(wanted), 1)
