"""Bytes to text: byte-order mark, strict UTF-8, GB18030, and a guess for the rest."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HINT = "请用记事本打开原件，另存为 UTF-8 编码后再试"


def decoded(data: bytes, declared: str = "") -> str:
    """The text of a file; raises UnreadableFile where no Chinese or common encoding gives text.

    `declared` is what the file says of itself (an HTML meta charset), tried before GB18030.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _cleaned(data.decode(name, errors="replace"))
    for name in filter(None, ("utf-8", declared, "gb18030")):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if _plausible(text):
            return _cleaned(text)
    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise UnreadableFile("认不出文字编码，或者不是文本文件", _HINT)
    text = data.decode(best.encoding, errors="replace")
    if not _plausible(text):
        raise UnreadableFile("认不出文字编码，或者不是文本文件", _HINT)
    return _cleaned(text)


def _plausible(text: str) -> bool:
    """Whether a decoded text reads as text: hardly any control, private-use or unassigned characters."""
    sample = text[:20_000]
    odd = len(_CONTROL.findall(sample)) + sum("\ue000" <= c <= "\uf8ff" for c in sample)
    return odd <= max(3, len(sample) // 100)


def _cleaned(text: str) -> str:
    return _CONTROL.sub("", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"))
