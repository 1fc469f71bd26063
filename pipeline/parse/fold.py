"""The reading form of a text: as long as the text itself, so that a span in it is a span in the text.

Traditional characters become simplified ones and half-width marks full-width ones, one for one; the blanks or line
ends inside a known label or heading (“建　议：”, one character a line in a form's cell) move in front of it; bullets,
letters, Roman numerals and 甲乙丙 at the starts of lines that follow one another become ①②③; 1; 2； and lines with 1
and a blank become 1、 2、; 【建议】 becomes “ 建议：”.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.profile import Profile
from pipeline.text import one_for_one, squeezed

_GAP = r"[ \t\u3000]*"
_LISTS = ("背景引导词", "问题引导词", "列举引导词")
_FORM_LISTS = ("表格栏名", *_LISTS, *(f"独立小标题·{name}" for name in _LISTS))
_SPELLED = re.compile(
    r"(?m)^[ \u3000]*(?:[（(]?[一二三四五六七八九十][、)）] *)?((?:[一-鿿][ \u3000]+){1,9}[一-鿿])"
    r"(?=[ \u3000]*(?:[：:\t]|$))"
)
_UPRIGHT = re.compile(r"(?:(?<=\n)|\A)((?:[一-鿿（）、]{1,2}\n){1,12}[一-鿿（）]{1,2})(?=[ \u3000]*(?:\t|\n|$))")
_BULLET = re.compile(
    r"(?P<blank>[ \t\u3000]*)(?P<mark>——|[—–\-•●■◆▲★☆○◇□※►▶➢✓·*]|[A-HＡ-Ｈ甲乙丙丁戊己庚辛][、.．]|[Ⅰ-Ⅻ][、.．]?)"
    r"(?=[ \u3000]*[一-鿿“《])"
)
_ROWS = ("ABCDEFGH", "ＡＢＣＤＥＦＧＨ", "甲乙丙丁戊己庚辛", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ")
_APART = 6
_SLIP = re.compile(
    r"(?:(?<=[：:。；;！？!?\n）)])|\A)(?P<blank>[ \u3000]*)(?P<v>\d{1,2})"
    r"(?:[;；，,](?=\s*[一-鿿“《])|(?<=\n\d)[ \u3000](?=[一-鿿]))"
)
_DOT = re.compile(r"(?<=[一-鿿])\.(?=\s*(?:\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]{1,3}、))")
_LINE_END = re.compile(r"(\n|；(?=——|[●■◆▲★◇□※➢]))")
_SINGLE = re.compile(r"(?m)^[一-鿿（）]$")


def folded(text: str, profile: Profile) -> str:
    """The text in its reading form; `len(folded(text)) == len(text)`.

    Upright labels count where most of their lines hold one character, so that a column of names stays one.
    """
    plain = one_for_one(text)
    plain = _numbered(_mended(_DOT.sub("。", plain)))
    plain = _UPRIGHT.sub(_closed_if_upright, plain)
    plain = _label(_known(profile)).sub(lambda match: _closed(match.group()), plain)
    plain = _bracketed(_known(profile)).sub(r" \1：", plain)
    return _SPELLED.sub(lambda match: match.group()[: match.start(1) - match.start()] + _closed(match[1]), plain)


def _mended(text: str) -> str:
    """The text with a list numbered 1; 2； (or with a comma or blank) as one numbered 1、 2、; others stay."""
    found = list(_SLIP.finditer(text))
    run = [match for place, match in enumerate(found) if int(match["v"]) == place + 1]
    if len(run) < 2 or len(run) < len(found):
        return text
    chars = list(text)
    for match in run:
        chars[match.end() - 1] = "、"
    return "".join(chars)


def _numbered(text: str) -> str:
    """The text with its bulleted lines numbered; a lone bullet and letters that do not run from the first stay."""
    lines = _LINE_END.split(text)
    run: list[tuple[int, re.Match[str]]] = []
    runs = [run]
    for place, line in enumerate(lines):
        match = _BULLET.match(line)
        if match is None:
            continue
        if run and not (place - run[-1][0] <= _APART and _is_next(run[-1][1]["mark"], match["mark"])):
            runs.append(run := [])
        run.append((place, match))
    for members in (one for one in runs if len(one) > 1 and _rank(one[0][1]["mark"]) < 1):
        for number, (place, match) in enumerate(members[:20]):
            sign = chr(ord("①") + number).ljust(len(match["mark"]))
            lines[place] = match["blank"] + sign + lines[place][match.end() :]
    return "".join(lines)


def _rank(mark: str) -> int:
    """The place of a letter or numeral in its row, -1 for a bullet."""
    return next((row.index(mark[0]) for row in _ROWS if mark[0] in row), -1)


def _is_next(before: str, mark: str) -> bool:
    return before == mark if _rank(mark) < 0 else before[1:] == mark[1:] and _rank(mark) == _rank(before) + 1


def _closed(text: str) -> str:
    bare = squeezed(text)
    return " " * (len(text) - len(bare)) + bare


def _closed_if_upright(match: re.Match[str]) -> str:
    lines = match[1].split("\n")
    return _closed(match[1]) if len(_SINGLE.findall(match[1])) * 3 >= len(lines) * 2 else match[1]


@lru_cache(maxsize=8)
def _known(profile: Profile) -> tuple[str, ...]:
    named = {name for names in profile.columns.values() for name in names}
    listed = {word for name in _FORM_LISTS for word in profile.wording[name]}
    return tuple(sorted(named | listed))


@lru_cache(maxsize=8)
def _label(words: tuple[str, ...]) -> re.Pattern[str]:
    """A known label with blanks inside it, before a colon or blank: at a line's start or after a blank."""
    spaced = [_GAP.join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True) if len(word) > 1]
    return re.compile(rf"(?:(?<=[\s（(【：:|])|\A)(?:{'|'.join(spaced)})(?=[\s\u3000】：:])")


@lru_cache(maxsize=8)
def _bracketed(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"[【\[［〖]((?:{longest}))[】\]］〗]")
