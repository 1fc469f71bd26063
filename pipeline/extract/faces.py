"""A face for the characters whose font a PDF does not bring: one box for all, as long as a file is only read.

PDFium measures the drawing of every character, which a machine's Chinese font makes ten times as slow as all else, and
different from machine to machine. What a text says and how wide it runs stands in the file.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from pypdfium2 import raw

_CHINESE = frozenset({128, 129, 134, 136})
_EM, _ASCENT, _DESCENT, _BEARING = 1000, 880, -120, 40
_LOW, _HIGH = -80, 840
_WIDE, _NARROW = 920, 160
_DRAWN = ((0x21, 0x9F, 2), (0xA1, 0x2E7F, 2), (0x2E80, 0x2FFF, 1), (0x3001, 0x10FFFF, 1))
_MACHINE: list[Any] = []


@contextmanager
def boxed() -> Iterator[None]:
    """Let documents that are opened meanwhile be measured with boxes, Latin text with PDFium's own fonts."""
    raw.FPDF_SetSystemFontInfo(_boxes())
    if _MACHINE:
        raw.FPDF_FreeDefaultSystemFontInfo(_MACHINE.pop())
    try:
        yield
    finally:
        _MACHINE.append(raw.FPDF_GetDefaultSystemFontInfo())
        raw.FPDF_SetSystemFontInfo(_MACHINE[-1])


@cache
def _boxes() -> Any:
    """What PDFium asks for fonts; a Chinese, Japanese or Korean one is the face of boxes, any other is not there."""
    data = _face()

    def given(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    made = raw.FPDF_SYSFONTINFO(version=1)
    answers = {
        "Release": lambda _this: None,
        "EnumFonts": lambda _this, _mapper: None,
        "MapFont": lambda _this, _weight, _italic, charset, *_: 1 if charset in _CHINESE else None,
        "GetFont": lambda _this, _name: None,
        "GetFontData": given,
        "GetFaceName": lambda _this, _font, _buffer, _size: 0,
        "GetFontCharset": lambda _this, _font: 0,
        "DeleteFont": lambda _this, _font: None,
    }
    for name, kind in raw.FPDF_SYSFONTINFO._fields_[1:]:
        setattr(made, name, kind(answers[name]))
    return made


def _face() -> bytes:
    """A TrueType font that draws a Chinese character as the box that it fills, others narrower, blanks not at all."""
    groups = b"".join(struct.pack(">III", *group) for group in _DRAWN)
    wide, narrow = _box(_WIDE), _box(_NARROW)
    bounds = (0, _DESCENT, _EM, _ASCENT)
    return _packed({
        b"cmap": struct.pack(">4HIHHIII", 0, 1, 3, 10, 12, 13, 0, 16 + len(groups), 0, len(_DRAWN)) + groups,
        b"glyf": wide + narrow,
        b"head": struct.pack(">4I2H2q4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *bounds, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">I3hH6h8xhH", 1 << 16, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 3),
        b"hmtx": struct.pack(">6H", _EM, 0, _EM, _BEARING, _EM // 2, _BEARING),
        b"loca": struct.pack(">4H", 0, 0, len(wide) // 2, len(wide + narrow) // 2),
        b"maxp": struct.pack(">I14H", 1 << 16, 3, 4, 1, 0, 0, 1, *[0] * 8),
    })  # fmt: skip


def _box(width: int) -> bytes:
    """A glyph of four corners."""
    head = struct.pack(">5hHH4B", 1, _BEARING, _LOW, _BEARING + width, _HIGH, 3, 0, 1, 1, 1, 1)
    return head + struct.pack(">8h", _BEARING, 0, width, 0, _LOW, _HIGH - _LOW, 0, _LOW - _HIGH) + b"\0\0"


def _packed(tables: dict[bytes, bytes]) -> bytes:
    """The tables of a font behind the list of where they are."""
    head = struct.pack(">I4H", 1 << 16, len(tables), 64, 2, len(tables) * 16 - 64)
    body, start = b"", len(head) + 16 * len(tables)
    for name, data in tables.items():
        head += name + struct.pack(">3I", 0, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body
