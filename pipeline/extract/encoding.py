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
_LINE_END = re.compile("\r+\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UTF_8 = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")
_HAN = re.compile("[\u4e00-\u9fff]{2}")
_LOST, _FEW = "\ufffd", 5
_OLDER = frozenset(("gb2312", "gb_2312-80", "gbk", "hz-gb-2312"))
"""What gb18030 holds too, and better: Python's gb2312 makes ― of the dash — and ・ of the dot ·."""
_HINT = "请用记事本打开原件，另存为 UTF-8 编码后再试"


def decoded(data: bytes, declared: str = "") -> str:
    """The text of a file; raises UnreadableFile where no Chinese or common encoding gives text.

    `declared` is what the file says of itself (an HTML meta charset), tried before GB18030.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _cleaned(data.decode(name, errors="replace"))
    if mixed := _mixed(data):
        return _cleaned(mixed)
    declared = "gb18030" if declared.lower() in _OLDER else declared
    for name, errors in ((n, e) for e in ("strict", "replace") for n in filter(None, ("utf-8", declared, "gb18030"))):
        text = _tried(data, name, errors)
        if text and text.count(_LOST) <= max(_FEW, len(text) // 200) and _plausible(text):
            return _cleaned(text)
    best = from_bytes(data[:200_000]).best()
    text = data.decode(best.encoding, errors="replace") if best else ""
    if not _plausible(text) or not text:
        raise UnreadableFile("认不出文字编码，或者不是文本文件", _HINT)
    return _cleaned(text)


def _mixed(data: bytes) -> str:
    """The text of a file whose lines are partly UTF-8 and partly GB18030 (pieces joined by a program), else empty."""
    if not _UTF_8.search(data) or _tried(data, "utf-8", "strict"):
        return ""
    kinds, lines = set[str](), []
    for line in data.split(b"\n"):
        name = "utf-8" if _tried(line, "utf-8", "strict") or not line else "gb18030"
        text = _tried(line, name, "strict")
        if (line and not text) or (name == "gb18030" and _HAN.search(line.decode("utf-8", "ignore"))):
            return ""
        kinds |= {name} if _HAN.search(text) else set()
        lines.append(text)
    return "\n".join(lines) if len(kinds) == 2 else ""


def _tried(data: bytes, name: str, errors: str) -> str:
    try:
        return data.decode(name, errors)
    except (ValueError, LookupError):  # the name of the encoding may be anything
        return ""


def damaged(text: str) -> tuple[str, ...]:
    """A warning where characters of a decoded text could not be read (a few bytes of the file are broken)."""
    count = text.count(_LOST)
    return (f"有 {count} 个字的编码已损坏，读不出来（显示为“{_LOST}”），请对照原件核对",) if count else ()


def _plausible(text: str) -> bool:
    """Whether a decoded text reads as text: hardly any control, private-use or unassigned characters."""
    sample = text[:20_000]
    odd = len(_CONTROL.findall(sample)) + sum("\ue000" <= c <= "\uf8ff" for c in sample)
    return odd <= max(3, len(sample) // 100)


def _cleaned(text: str) -> str:
    return _CONTROL.sub("", _LINE_END.sub("\n", text.lstrip("\ufeff")))
