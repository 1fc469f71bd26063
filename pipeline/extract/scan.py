"""Scanned pages and photographs: rendered or opened, recognised, and marked with how sure that was."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.errors import UnreadableFile
from pipeline.extract import ocr, pulse
from pipeline.extract.draft import Draft
from pipeline.extract.layout import laid_out
from pipeline.extract.pages import Page
from pipeline.extract.tables import with_tables

PAGE_LIMIT = 200
_PIXELS = 120_000_000
_LONGEST = 3600
_INCHES = 11.69
_UNEVEN, _MOST_UNEVEN = 0.1, 4
_BROKEN = "图片打不开，文件可能已损坏"
_AGAIN = "请重新扫描，或提供原始的 Word 或文字版 PDF"


def rendered(page: Any, number: int) -> Page:
    """A page of a PDF, recognised from its picture."""
    width, height = page.get_size()
    scale = min(ocr.DPI / 72, _LONGEST / max(width, height, 1.0))
    image = np.asarray(page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3])
    return ocr.recognised(image, number, round(scale * 72))


def read(data: bytes) -> Draft:
    """A picture file (.jpg .png .tif, several frames too) as blocks.

    Raises UnreadableFile where the extra is missing, the file broken, or no text was found (R-ING-02).
    """
    if not ocr.available():
        raise ocr.missing("这是图片，没有可复制的文字")
    pages = []
    for number, image in enumerate(_frames(data), 1):
        pages.append(ocr.recognised(image, number, max(round(max(image.shape[:2]) / _INCHES), 72)))
        pulse.beat()
    if not any(page.lines for page in pages):
        raise UnreadableFile("图片里没有认出文字", _AGAIN)
    blocks, removed = laid_out([with_tables(page) for page in pages])
    return Draft(
        blocks, sum(page.characters for page in pages), tuple(removed), tuple(doubts(pages)), sure=least_sure(pages)
    )


def least_sure(pages: Sequence[Page]) -> float:
    """How sure the worst of the recognised pages is (0 to 1); 1 without any."""
    return min((page.sure for page in pages if page.recognised and page.lines), default=1.0)


def doubts(pages: Sequence[Page]) -> list[str]:
    """What to warn of recognised pages: that they are, and the lowest confidence where it is low."""
    if not pages:
        return []
    found = [f"文字由扫描页识别（OCR）得到（{_numbers(pages)}），请对照原件核对"]
    low = [page for page in pages if page.sure < ocr.DOUBTFUL and page.lines]
    if low:
        found.append(f"文字识别把握低（{min(page.sure for page in low):.2f}），见{_numbers(low)}")
    empty = [page for page in pages if not page.lines]
    return [*found, *([f"{_numbers(empty)}没有认出文字"] if empty else [])]


def _numbers(pages: Sequence[Page]) -> str:
    return f"第 {'、'.join(str(page.number) for page in pages[:8])}{' 等' if len(pages) > 8 else ''} 页"


def _frames(data: bytes) -> list[ocr.Image]:
    """The frames of a picture file as RGB images, upright as the camera noted, none too large."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _PIXELS:
                raise UnreadableFile("图片过大", "请降低分辨率（200–300 dpi）后再试")
            frames = []
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= PAGE_LIMIT:
                    break
                upright = _squared(ImageOps.exif_transpose(frame)).convert("RGB")
                upright.thumbnail((_LONGEST, _LONGEST))
                frames.append(np.asarray(upright))
            return frames
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile(_BROKEN, _AGAIN) from error


def _squared(picture: Any) -> Any:
    """The picture with square pixels: a fax may have half as many down the page as across."""
    across, down = (float(value) for value in picture.info.get("dpi", (0, 0)))
    ratio = across / down if across > 0 and down > 0 else 1.0
    if abs(ratio - 1) < _UNEVEN or not 1 / _MOST_UNEVEN < ratio < _MOST_UNEVEN:
        return picture
    size = round(picture.width * max(1 / ratio, 1)), round(picture.height * max(ratio, 1))
    return picture.convert("RGB").resize(size)
