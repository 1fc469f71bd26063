"""Ruling lines of a page picture: long dark runs that lie level or stand upright."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.rules import Rule, Rules

Image = NDArray[np.uint8]
_DPI = 100
_DARK = 0.82
_AROUND = 31
_ACROSS, _DOWN = 2.2, 1.3
_THICK = 7
_BEND = 0.01
_EDGE = 0.012


def rules_in(image: Image, slant: float, em: float, dpi: float) -> Rules:
    """The rules of a picture (height × width × RGB) in points, as they lie once the slant (radians) is taken out.

    `em` is the usual size of its characters in points, longer than any stroke of them. Green shows red rules dark.
    """
    from scipy import ndimage

    step = max(round(dpi / _DPI), 1)
    grey = levelled(_shrunk(image[:, :, 1], step), slant)
    ink = grey < ndimage.uniform_filter(grey, _AROUND, output=np.float32) * _DARK
    scale = 72 / dpi * step
    across = _runs(ink, math.ceil(em * _ACROSS / scale), scale)
    down = _runs(ink.T, math.ceil(em * _DOWN / scale), scale)
    return Rules(tuple(across), tuple(down))


def levelled(image: Image, slant: float) -> Image:
    """The picture turned about its upper left corner by the slant of its lines, so that they lie level."""
    if not slant:
        return image
    from PIL import Image as Picture

    cos, sin = math.cos(slant), math.sin(slant)
    picture = Picture.fromarray(image)
    turned = picture.transform(
        picture.size,
        Picture.Transform.AFFINE,
        (cos, -sin, 0, sin, cos, 0),
        Picture.Resampling.BILINEAR,
        fillcolor=(255,) * len(picture.getbands()),
    )
    return np.asarray(turned)


def _shrunk(grey: Image, step: int) -> Image:
    """The picture by its darkest pixel in each square of `step` pixels, so that thin rules stay."""
    height, width = (size // step * step for size in grey.shape)
    squares = grey[:height, :width].reshape(height // step, step, width // step, step)
    return np.asarray(squares.min(axis=(1, 3)))


def _runs(ink: NDArray[np.bool_], least: int, scale: float) -> list[Rule]:
    """The dark runs along the rows that are long and thin; what lies at the very edge is the shadow of the sheet."""
    from scipy import ndimage

    least |= 1
    if least >= ink.shape[1]:
        return []
    spread = ndimage.maximum_filter1d(ink.view(np.uint8), 3, axis=0)
    core = ndimage.minimum_filter1d(spread, least, axis=1, mode="constant")
    labels, _ = ndimage.label(ndimage.maximum_filter1d(core, least, axis=1))
    found = (_rule(place, scale) for place in ndimage.find_objects(labels))
    margin = ink.shape[0] * _EDGE * scale
    return [rule for rule in found if rule and margin < rule.at < ink.shape[0] * scale - margin]


def _rule(place: Any, scale: float) -> Rule | None:
    rows, columns = place
    if rows.stop - rows.start > _THICK + (columns.stop - columns.start) * _BEND:
        return None
    return Rule((rows.start + rows.stop) / 2 * scale, columns.start * scale, columns.stop * scale)
