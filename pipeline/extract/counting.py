"""Word's number formats: how a list prints its third or its hundred-and-fifth number."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number from 0 to 9999 as it is counted in words.

    >>> [chinese(n) for n in (7, 10, 12, 20, 105, 110, 1203)]
    ['七', '十', '十二', '二十', '一百零五', '一百一十', '一千二百零三']
    """
    if number == 0:
        return digits[0] if digits is _LEGAL else "零"
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text[1:] if 10 <= number < 20 and digits is _DIGITS else text


def _counting(number: int) -> str:
    return chinese(number) if number < 100 else "".join("○一二三四五六七八九"[int(d)] for d in str(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _cycle(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] if number > 0 else str(number)


def _run(first: int, last: int, start: str) -> Callable[[int], str]:
    return lambda number: chr(ord(start) + number - first) if first <= number <= last else str(number)


def _circle(number: int) -> str:
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(start) + number - first)
    return str(number)


def _ordinal(number: int) -> str:
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(number))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "ordinal": _ordinal,
    "numberInDash": "- {} -".format,
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": lambda n: chinese(n, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: chinese(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "decimalEnclosedParen": _run(1, 20, "⑴"),
    "decimalEnclosedFullstop": _run(1, 20, "⒈"),
    "ideographEnclosedCircle": _run(1, 10, "㊀"),
    "decimalFullWidth": lambda n: "".join(chr(ord("０") + int(d)) for d in str(n)),
    "decimalFullWidth2": lambda n: "".join(chr(ord("０") + int(d)) for d in str(n)),
    "none": lambda _: "",
    "bullet": lambda _: "",
}
