"""Red on a scanned page: seals that hide the signature are taken out, a red letterhead is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
_RED = 45
_DARK = 110
_SHARE = 0.0005
_HEAD = 0.35


def without_red(image: Image) -> tuple[Image, bool]:
    """The image (height × width × RGB) as its red channel, in which red ink is white, and whether it had any.

    An image without red is given back as it is; black text under a seal stays black.
    """
    red = _red(image)
    if red.mean() < _SHARE:
        return image, False
    channel = image[:, :, 0].copy()
    spread = red & (channel > _DARK)
    channel[spread] = np.maximum(channel[spread], 235)
    return np.repeat(channel[:, :, None], 3, axis=2), True


def letterhead(image: Image) -> Image | None:
    """The red ink in the upper third alone, black on white; None where there is hardly any."""
    height = int(image.shape[0] * _HEAD)
    red = _red(image[:height])
    if red.mean() < _SHARE:
        return None
    found = np.where(red, 0, 255).astype(np.uint8)
    return np.repeat(found[:, :, None], 3, axis=2)


def _red(image: Image) -> NDArray[np.bool_]:
    """Which pixels are red ink: much more red than green and blue."""
    parts = image.astype(np.int16)
    return np.asarray(parts[:, :, 0] - np.maximum(parts[:, :, 1], parts[:, :, 2]) > _RED)
