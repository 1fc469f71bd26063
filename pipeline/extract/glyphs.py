"""Characters that only look right: radicals for characters, symbol-font codes, and text layers that are garbage."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

_RADICALS = dict(zip(
    "⺀⺄⺅⺈⺉⺌⺍⺔⺗⺘⺙⺛⺝⺟⺠⺡⺢⺣⺦⺩⺪⺭⺮⺯⺳⺷⺸⺻⺼⺾⻀⻁⻂⻄⻅⻆⻉⻋⻌⻏⻐⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "冫乙亻勹刂小小彐心扌攵旡月母民氵氺灬丬王疋礻竹糸网羊羊聿肉艹艹虎衤西见角贝车辶阝钅镸长门阜阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
    strict=True,
))  # fmt: skip
_SYMBOLS = {
    "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf071": "❑", "\uf075": "◆", "\uf076": "❖",
    "\uf0a7": "▪", "\uf0a8": "□",
    "\uf0b7": "•", "\uf0d8": "➢", "\uf0e0": "→", "\uf0fc": "✓", "\uf0fe": "☑", "\uf052": "☑", "\uf0a3": "□",
    "\ufffe": "-", "\x02": "-", "\xad": "",
}  # fmt: skip
_COMPATIBLE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\ue000-\uf8ff\ufffe\x02\xad]")
_SPACED = re.compile(r"(?<=[一-鿿，。；：、！？”“（）《》])[ \u00a0]+(?=[一-鿿，。；：、！？”“（）《》])")
_HAN = re.compile(r"[一-鿿]")
_SENTENCE = re.compile(r"[，。；！？]")
_WHITE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_COMMON, _RARE, _NO_TEXT, _ODD, _BLANK = range(1, 6)
_MIN = 20


def mapped(text: str) -> str:
    """The text with radical and compatibility code points as the characters that they look like.

    >>> mapped("⽂件⻚码")
    '文件页码'
    """
    return _COMPATIBLE.sub(lambda match: _plain(match.group()), text)


def symbol(code: str) -> str:
    """The character of a symbol-font code in hexadecimal ("F0FE" → ☑); nothing for a code that has none."""
    try:
        return mapped(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""


def _plain(char: str) -> str:
    known = _RADICALS.get(char) or _SYMBOLS.get(char)
    return known if known is not None else unicodedata.normalize("NFKC", char)


def closed_up(text: str) -> str:
    """A sentence without the blanks that a layout left between its characters; a table line or heading keeps them.

    >>> closed_up("经 研究，同意 你局的意见。"), closed_up("序号 名称 金额"), closed_up("关 于 修 路 的 建 议")
    ('经研究，同意你局的意见。', '序号 名称 金额', '关于修路的建议')
    """
    gaps = len(_SPACED.findall(text)) if " " in text or "\u00a0" in text else 0
    if not gaps:
        return text
    han = len(_HAN.findall(text))
    spread = gaps * 2 >= han - 1 and han >= 3 and len(re.findall(r"(?<![一-鿿])[一-鿿](?![一-鿿])", text)) * 2 >= han
    sentence = _SENTENCE.search(text) is not None and gaps * 5 <= len(text)
    return _SPACED.sub("", text) if spread or sentence else text


def garbled(text: str) -> bool:
    """Whether a text layer is garbage: rare characters where common ones belong, or private and control codes.

    In running Chinese at least 95 % of the characters are of the first level of GB 2312 (3,755 common ones);
    a font without a code table scatters its codes over the whole plane.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    counts: list[int] = np.bincount(_classes()[codes], minlength=_BLANK + 1).tolist()
    inked = len(codes) - counts[_BLANK]
    if inked < _MIN:
        return False
    if counts[_NO_TEXT] * 5 > inked:
        return True
    han = counts[_COMMON] + counts[_RARE]
    if han >= _MIN and counts[_RARE] * 3 > han:
        return True
    return counts[_ODD] * 8 > inked and han * 8 < inked


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """The class of every character; `_COMMON` are those of the first level of GB 2312."""
    found = np.zeros(0x110000, np.uint8)
    for first, last in ((0xE000, 0xF8FF), (0xFFFD, 0xFFFD), (0, 8), (0x0E, 0x1F), (0x7F, 0x9F)):
        found[first : last + 1] = _NO_TEXT
    found[0x4E00:0xA000] = _RARE
    places = (bytes((row, place)) for row in range(0xB0, 0xD8) for place in range(0xA1, 0xFF))
    common = "".join(code.decode("gb2312", "ignore") for code in places)
    for chars, kind in ((common, _COMMON), ("!\"#$&'*;<>?@[\\]^`{|}~", _ODD), (_WHITE, _BLANK)):
        found[[ord(char) for char in chars]] = kind
    return found
