"""Files that nobody can read, for the list of what could not be handled."""

from __future__ import annotations

import hashlib
import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STREAM_SECTORS = 8  # 4,096 bytes: the least that is kept outside the small-stream area


def truncated(pdf: bytes) -> bytes:
    """The first third of a PDF, as a broken transfer leaves it."""
    return pdf[: len(pdf) // 3]


def noise(length: int) -> bytes:
    """Bytes without meaning, the same on every run."""
    return b"".join(hashlib.sha256(n.to_bytes(4, "big")).digest() for n in range(length // 32))


def protected() -> bytes:
    """A password-protected Office file: a compound file with EncryptionInfo and EncryptedPackage."""
    streams = ("EncryptionInfo", "EncryptedPackage")
    fat = [FAT, END]
    for index in range(len(streams)):
        start = 2 + index * STREAM_SECTORS
        fat += [*range(start + 1, start + STREAM_SECTORS), END]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    size = STREAM_SECTORS * SECTOR
    directory = _entry("Root Entry", 5, (FREE, 1), (END, 0))
    directory += _entry(streams[0], 2, (2, FREE), (2, size))
    directory += _entry(streams[1], 2, (FREE, FREE), (2 + STREAM_SECTORS, size))
    directory += _entry("", 0, (FREE, FREE), (0, 0))
    return _header() + struct.pack(f"<{SECTOR // 4}I", *fat) + directory + noise(size * len(streams))


def _header() -> bytes:
    start = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    fields = struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return start + fields + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(name: str, kind: int, links: tuple[int, int], place: tuple[int, int]) -> bytes:
    """A directory entry: links are (right sibling, child), place is (first sector, size)."""
    written = (name + "\0").encode("utf-16-le") if name else b""
    head = struct.pack("<64sHBBIII", written, len(written), kind, 1, FREE, *links)
    return head + bytes(36) + struct.pack("<IQ", *place)
