"""Chinese and Arabic numerals as numbers."""

from __future__ import annotations

import re
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_ONES = "一二两三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000}
_WIDE = str.maketrans("０１２３４５６７８９．％／", "0123456789.%/")

ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE = r"[零〇○一二两三四五六七八九十百千廿]+(?:点[零一二三四五六七八九]+)?"
NUMERAL = rf"(?:(?:{ARABIC})|{CHINESE}|半)(?:[十百千]*[万亿](?:零?(?:\d+|{CHINESE})[千百]*万?)?)*[百千]?"
"""A numeral with its scale: 1.2亿, 三千二百万, 3万5千. Groups of three digits may be parted by a comma."""

_PARTS = re.compile(r"\d+(?:\.\d+)?|[零〇○一二两三四五六七八九]|[十百千]")
_PLAIN = re.compile(rf"(?:[\d.零〇○{_ONES}十百千万亿]+)")
_UPPER = re.compile(rf"[{_ONES}]([{_ONES}])(?=[十百千万亿])")


def folded(text: str) -> str:
    """The text with full-width digits, points, slashes and percent signs made ASCII; offsets hold."""
    return text.translate(_WIDE)


@lru_cache(maxsize=8192)
def number(text: str) -> float | None:
    """The value of a Chinese or Arabic numeral, fraction or percentage; None where the text is none.

    >>> number("三千二百万"), number("1.2亿"), number("两万余"), number("半")
    (32000000.0, 120000000.0, 20000.0, 0.5)
    >>> number("百分之九十五"), number("3/4"), number("九成"), number("三分之二") is None
    (0.95, 0.75, 0.9, False)
    """
    text = re.sub(r"[,，\s余多来]", "", folded(text)).replace("廿", "二十")
    return _part_of_one(text) if re.search("分之|[/%成]", text) else _plain(text)


def _part_of_one(text: str) -> float | None:
    if text.endswith("%"):
        return _divided(_plain(text[:-1]), 100.0)
    if "分之" in text:
        whole, part = text.split("分之", 1)
        return _divided(_plain(part), 100.0 if whole == "百" else 1000.0 if whole == "千" else _plain(whole))
    if "/" in text:
        part, whole = text.split("/", 1)
        return _divided(_plain(part), _plain(whole))
    tenths, _, rest = text.partition("成")
    half = 0.5 if rest == "半" else _plain(rest) if rest else 0.0
    value = _plain(tenths)
    return None if value is None or half is None else (value + half) / 10


def _divided(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _plain(text: str) -> float | None:
    if text == "半":
        return 0.5
    if not _PLAIN.fullmatch(text.replace("点", ".")):
        return None
    text = _UPPER.sub(r"\1", text)
    if "点" in text:
        return _with_point(text)
    if len(text) > 1 and all(c in DIGITS or c == "0" for c in text) and not text.isdigit():
        return float("".join(str(DIGITS.get(c, c)) for c in text))
    return _scaled(text)


def _with_point(text: str) -> float | None:
    whole, rest = text.split("点", 1)
    digits = re.match(rf"[零〇○{_ONES}\d]+", rest)
    value = _plain(whole)
    if digits is None or value is None:
        return None
    decimal = value + float("0." + "".join(str(DIGITS.get(c, c)) for c in digits.group()))
    scale = _scaled("一" + rest[digits.end() :])
    return None if scale is None else decimal * scale


def _scaled(text: str) -> float | None:
    """Splits at 亿, then 万, and adds the parts; “两万五” means 25,000."""
    for scale, unit in ((1e8, "亿"), (1e4, "万")):
        if unit in text:
            head, tail = text.rsplit(unit, 1)
            high = _scaled(head) if head else None
            low = _scaled(tail) if tail else 0.0
            if high is None or low is None:
                return None
            return high * scale + (low * scale / 10 if len(tail) == 1 and tail in _ONES else low)
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> float | None:
    total, digit, last = 0.0, None, 1.0
    parts = _PARTS.findall(text)
    if not parts or "".join(parts) != text:
        return None
    for part in parts:
        if part in _SCALES:
            total += (1.0 if digit is None else digit) * _SCALES[part]
            digit, last = None, float(_SCALES[part])
        else:
            digit = float(DIGITS[part]) if part in DIGITS else float(part)
            last = 1.0 if digit == 0 else last
    if digit is None:
        return total
    short = len(parts) > 1 and last >= 100 and parts[-1] in _ONES
    return total + digit * (last / 10 if short else 1.0)
