"""The ordinals that Chinese papers number their parts with: the one at the head of a line, or all of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = "一二三四五六七八九"
_CHINESE = "(?:[一二三四五六七八九十]{1,3}|[一二三四五六七八九]?百[零〇]?[一二三四五六七八九十]{0,3})"
_WIDTH = str.maketrans("０１２３４５６７８９．（）：，", "0123456789.():,")
_STOPS = "。；：！？;:!?，,”’」』）)】》…"
_SPOKEN = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "然后": 3, "最后": 9}
_NOT_ONE = "统唯同单专划归合万之第逐十百二三四五六七八九不任另每这那某"
LAST = 9


@dataclass(frozen=True, slots=True)
class Style:
    """One way of numbering. Series of a lower `rank` stand above; `spoken` ones nest anywhere and never stand alone.

    `level` is where a line with such an ordinal stands in a paper by custom, 1 the topmost.
    """

    name: str
    family: str
    rank: int
    level: int
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Ordinal:
    """One candidate: `firm` 2 at a line start, 1 after a mark, 0 in the middle of running words."""

    style: Style
    value: int
    number: str
    start: int
    end: int
    firm: int

    @property
    def level(self) -> int:
        """Where a line with this ordinal stands by custom, 1 the topmost."""
        return self.style.level


_SYSTEMS: tuple[tuple[Style, str], ...] = (
    (Style("第一章", "章", 0, 1), rf"第(?P<v>{_CHINESE}|\d{{1,2}})(?:章|部分|篇|编(?!制))(?!的)"),
    (Style("第一节", "节", 1, 2), rf"第(?P<v>{_CHINESE}|\d{{1,2}})节(?!课|的)"),
    (Style("第一条", "条", 2, 3), rf"第(?P<v>{_CHINESE}|\d{{1,3}})条(?!的|建议|意见|规定|第)[、：:,，]?"),
    (Style("一、", "一", 3, 1), rf"(?<![周期拜])(?<![周期拜][一二三四五六]、)(?P<v>{_CHINESE})[ ]?[、.](?![.])"),
    (Style("（一）", "（一）", 4, 2), rf"[(（] ?(?P<v>{_CHINESE}) ?[)）][、.]?"),
    (Style("1.", "1", 5, 3), r"(?P<v>\d{1,2})[ ]?\.(?:(?![\d.])|(?=(?:20)?\d\d?[年月]))"),
    (Style("1、", "1", 5, 3), r"(?P<v>\d{1,2})[ ]?、"),
    (Style("1)", "1)", 6, 4), r"(?P<v>\d{1,2})[)）]、?"),
    (Style("（1）", "（1）", 6, 4), r"[(（] ?(?P<v>\d{1,2}) ?[)）][、.]?"),
    (
        Style("第一，", "第", 7, 3, True),
        rf"第(?P<v>{_CHINESE})(?:个|句|点|件|桩|步|招|项|方面)?(?:话|事情?|问题|方面|意见|环节|任务|建议|体会)?"
        r"(?=[，,、：:是]|[ ])[，,、：:]?",
    ),
    (Style("其一", "其", 7, 3, True), rf"其(?P<v>{_CHINESE})(?=[，,、：:是])[，,、：:]?"),
    (Style("首先", "首", 8, 3, True), rf"(?P<v>{'|'.join(_SPOKEN)})(?!一[个天次位])[，,、：:]?"),
    (Style("一是", "是", 9, 4, True), rf"(?P<v>{_CHINESE})(?:是|要)(?!不是)"),
)
_CIRCLED = Style("①", "①", 7, 5)
_PATTERNS = tuple((style, re.compile(pattern)) for style, pattern in _SYSTEMS)
_SINGLE = re.compile(r"[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]、?")
_FIRST = frozenset("第其首再然最一二三四五六七八九十百0123456789０１２３４５６７８９(（") | frozenset(
    chr(code)
    for first, last in ((0x2460, 0x249B), (0x2776, 0x277F), (0x3220, 0x3229))
    for code in range(first, last + 1)
)
_LONGEST = 24
_BRACKETED = Style("⑴", "⑴", 6, 5)


def ordinal(line: str) -> Ordinal | None:
    """The ordinal that a line begins with, None where it begins with none.

    >>> [(found.number, found.level) for found in map(ordinal, ("（二）完善制度", "12、修路", "首先，要重视")) if found]
    [('（二）', 2), ('12、', 3), ('首先，', 3)]
    >>> ordinal("2024年以来"), ordinal("3.5公里"), ordinal("首先要重视"), ordinal("一、二期工程")
    (None, None, None, None)
    """
    text = line.lstrip()
    if text[:1] not in _FIRST:
        return None
    if _SINGLE.match(text):
        return next(_of_signs(text[:2]))
    plain = text[:_LONGEST].translate(_WIDTH)
    for style, pattern in _PATTERNS:
        match = pattern.match(plain)
        if match and (value := value_of(match["v"])) and _leads(plain, match, style):
            return Ordinal(style, value, text[: match.end()].strip(), 0, match.end(), 2)
    return None


def leads(line: str) -> bool:
    """Whether a line begins with an ordinal."""
    return ordinal(line) is not None


def ordinals(text: str) -> list[Ordinal]:
    """All that may be an ordinal, in the order of the text: which of them count, their series tell."""
    plain = text.translate(_WIDTH)
    found = [*_of_systems(text, plain), *_of_signs(text)]
    return sorted(found, key=lambda ordinal: (ordinal.start, -ordinal.end))


def value_of(numeral: str) -> int:
    """The value of an ordinal's numeral; 0 for what is none.

    >>> [value_of(n) for n in ("十", "十二", "二十", "三十一", "一百零五", "百", "7", "其次")]
    [10, 12, 20, 31, 105, 100, 7, 2]
    """
    if numeral in _SPOKEN:
        return _SPOKEN[numeral]
    if numeral.isascii():
        return int(numeral)
    if "百" in numeral:
        hundreds, _, rest = numeral.partition("百")
        rest = rest.lstrip("零〇")
        return (value_of(hundreds) if hundreds else 1) * 100 + (value_of(rest) if rest else 0)
    if "十" not in numeral:
        return DIGITS.index(numeral) + 1 if len(numeral) == 1 else 0
    tens, _, ones = numeral.partition("十")
    return (value_of(tens) if tens else 1) * 10 + (value_of(ones) if ones else 0)


def _of_systems(text: str, plain: str) -> Iterator[Ordinal]:
    for style, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            value, firm = value_of(match["v"]), _firmness(plain, match.start())
            if value and _stands(plain, match, style, firm):
                number = text[match.start() : match.end()].strip()
                yield Ordinal(style, value, number, match.start(), match.end(), firm)


def _of_signs(text: str) -> Iterator[Ordinal]:
    """Ordinals that are one character: ① ⑴ ⒈ ㈠."""
    for match in _SINGLE.finditer(text):
        inner = re.sub(r"[().]", "", unicodedata.normalize("NFKC", match.group()[0]))
        value = value_of(inner) if inner else int(unicodedata.numeric(match.group()[0]))
        style = _CIRCLED if unicodedata.name(match.group()[0]).find("CIRCLED") >= 0 else _BRACKETED
        yield Ordinal(style, value, match.group(), match.start(), match.end(), max(1, _firmness(text, match.start())))


def _firmness(text: str, start: int) -> int:
    before = text[max(0, start - 12) : start]
    bare = before.rstrip(" \t\u3000#*>")
    if (not bare and start < 12) or bare.endswith("\n"):
        return 2
    return 1 if bare.endswith(tuple(_STOPS)) or (bare != before and len(before) - len(bare) > 1) else 0


def _stands(text: str, match: re.Match[str], style: Style, firm: int) -> bool:
    """Whether a candidate may be an ordinal by its neighbours alone (一、二期 and 统一、 and 第三产业 are none)."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 3]
    if before and (before in "第、.-—~至到〔[" or (before.isdigit() and match["v"].isascii())):
        return False
    if firm < 2 and match.group()[-1] in "、." and after.startswith(_next(match["v"])):
        return False
    if style.rank >= 3 and firm == 0:
        return (
            bool(before) and before not in _NOT_ONE and not (style.family == "1" and before.isalnum() and before < "z")
        )
    return firm > 0


def _leads(text: str, match: re.Match[str], style: Style) -> bool:
    """Whether what a line begins with is an ordinal without a series to prove it (首先要 and 一、二期 are none)."""
    mark, after = match.group()[-1], text[match.end() : match.end() + 3]
    if style.family == "是":
        return "一" <= after[:1] <= "鿿"
    if style.spoken:
        return mark in "，,、：:"
    return not (mark in "、." and after.startswith(_next(match["v"])))


def _next(numeral: str) -> str:
    """The numeral after this one in the same script."""
    value = value_of(numeral)
    return str(value + 1) if numeral.isascii() else (DIGITS + "十")[min(value, 9)]
