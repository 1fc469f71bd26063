"""Amounts, counts, rates, lengths and areas of a text with their units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.figures.measures import COUNTED_ONE, MONEY, SCALE, UNITS, Measure
from pipeline.figures.moments import moments
from pipeline.figures.numerals import ARABIC, CHINESE, NUMERAL, folded, number


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    `value` is the number before `unit` (1.2 for 1.2亿元, 30000 for 3万人), of a range the upper end; a rate is in
    percent whatever its spelling. `yuan` is the amount in yuan for money, None else. `approx`: 余, 多, 约, 近 stand
    with it.
    """

    text: str
    start: int
    end: int
    value: float
    unit: str
    kind: Measure
    yuan: float | None = None
    approx: bool = False


_RATE = re.compile(
    rf"(?<![\d.])(?:(?P<n>{ARABIC})[ ]?(?:(?P<percent>%)|(?P<mille>‰)|(?P<points>个百分点))"
    rf"|百分之(?P<hundred>{ARABIC}|{CHINESE})|(?P<tenths>[一二三四五六七八九]成半?)(?=[以多左的，。；、,;]|$)"
    rf"|(?P<fraction>{CHINESE}分之{CHINESE}|(?<![\d./])\d{{1,2}}/\d{{1,2}}(?=的|以上|左右)))"
)
_NUMBER = re.compile(
    rf"(?<![\dA-Za-z.+/第届_号*〔\[#])(?:(?P<low>{NUMERAL})[^\d，。；、]{{0,3}}(?:至|到|—{{1,2}}|-|–|－|~|～)[ ]?)?"
    rf"(?P<n>{NUMERAL})(?P<more>[余多来])?(?P<scale>[万亿](?=[余多]|[^一-龥]|元|人"
    rf"|户|件|个|平|亩|吨|立|株|千|辆|块|公|只|头|米))?(?P<rest>[余多])?"
)
_ANY = re.compile(r"[\d零〇○一二两三四五六七八九十百千廿半]")
_ABOUT = re.compile(r"(?:约|近|大约|将近|超过|超|逾|至少|不少于)$")
_SPENDING = re.compile(r"资金|投资|投入|经费|补助|补贴|预算|造价|筹[措集]|拨付|奖补|债券|总价|款|费")
_ADDRESS = re.compile(r"[ 　]?(?:\d|单元|号|室|#|[A-Za-z])")


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text in order; times, document numbers, ordinals and addresses are none.

    >>> [(q.value, q.unit, q.yuan) for q in quantities("投资三千二百万元，新建公厕2座，满意率98.5%")]
    [(3200.0, '万元', 32000000.0), (2.0, '座', None), (98.5, '%', None)]
    """
    return list(_quantities(text))


@lru_cache(maxsize=8192)
def _quantities(text: str) -> tuple[Quantity, ...]:
    """Kept, as the times of a sentence are."""
    plain = folded(text)
    if not _ANY.search(plain):
        return ()
    taken = bytearray(len(plain))
    for moment in moments(text):
        taken[moment.start : moment.end] = b"\1" * (moment.end - moment.start)
    found: list[Quantity] = []
    for match in sorted([*_RATE.finditer(plain), *_NUMBER.finditer(plain)], key=_place):
        clash = taken.find(1, match.start(), match.end()) >= 0
        quantity = None if clash else _rate(match) if match.re is _RATE else _measured(match, plain)
        if quantity is not None:
            taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
            found.append(_quoted(quantity, text))
    return tuple(found)


def _place(match: re.Match[str]) -> tuple[int, bool]:
    return match.start(), match.re is not _RATE


def _quoted(quantity: Quantity, text: str) -> Quantity:
    about = bool(_ABOUT.search(text[max(0, quantity.start - 3) : quantity.start]))
    return Quantity(
        text[quantity.start : quantity.end], quantity.start, quantity.end, quantity.value, quantity.unit,
        quantity.kind, quantity.yuan, quantity.approx or about,
    )  # fmt: skip


def _rate(match: re.Match[str]) -> Quantity | None:
    groups = match.groupdict()
    if groups["n"]:
        value = number(groups["n"])
        value = value / 10 if value is not None and groups["mille"] else value
    elif groups["hundred"]:
        value = number(groups["hundred"])
    else:
        part = number(groups["tenths"] or groups["fraction"])
        value = None if part is None else round(part * 100, 4)
    if value is None:
        return None
    kind: Measure = "points" if groups["points"] else "rate"
    return Quantity("", *match.span(), value, "个百分点" if groups["points"] else "%", kind)


def _measured(match: re.Match[str], text: str) -> Quantity | None:
    value = number(match["n"])
    if value is None or match["n"][0] in "百千万零〇○" or match["n"] == "二":
        return None
    value *= SCALE.get(match["scale"] or "", 1.0)
    approx = bool(match["more"] or match["rest"])
    money = _money(match, text, value, approx)
    return money or _counted(match, text, value, approx)


def _money(match: re.Match[str], text: str, value: float, approx: bool) -> Quantity | None:
    """Money with its scale moved into the unit where the number allows it: 3200 万元, whatever the spelling."""
    scale = match["scale"] or (match["n"][-1] if match["n"][-1] in "万亿" else "")
    unit = MONEY.match(text, match.end())
    bare = unit is None and bool(scale) and not re.match(r"[一-龥㎡]", text[match.end() : match.end() + 1])
    if unit is None and not bare:
        return None
    unnamed = bare or bool(unit and unit["unit"] in SCALE)
    if unnamed and not _SPENDING.search(text[max(0, match.start() - 14) : match.start()]):
        return None
    name = (unit["unit"] if unit else "") or "元"
    name = name + "元" if name in SCALE else name
    factor = SCALE.get(name[0], 1.0)
    if name[0] not in SCALE and scale and not re.search("[万亿]", match["n"][:-1]):
        name, factor = scale + name, SCALE[scale]
        value /= factor
    end = unit.end() if unit else match.end()
    price = bool(unit and unit["per"])
    return Quantity("", match.start(), end, round(value, 6), name + (unit["per"] if unit else ""),
                    "price" if price else "money", None if price else round(value * factor, 2), approx)  # fmt: skip


def _is_name(unit: re.Match[str], match: re.Match[str], text: str) -> bool:
    """Whether number and count word are part of an address (3栋2单元) or of a session's name (人大三次会议)."""
    if unit["unit"] in {"栋", "幢", "座"}:
        return bool(_ADDRESS.match(text, unit.end()))
    session = unit["unit"] == "次" and text.startswith(("会议", "全会", "全体会议"), unit.end())
    return session and text[: match.start()].endswith(("大", "会", "届", "协"))


def _counted(match: re.Match[str], text: str, value: float, approx: bool) -> Quantity | None:
    for kind, pattern in UNITS:
        unit = pattern.match(text, match.end())
        if unit is None:
            continue
        if match["n"] == "一" and not COUNTED_ONE.match(unit["unit"]):
            return None
        if _is_name(unit, match, text):
            return None
        return Quantity("", match.start(), unit.end(), value, unit["unit"], kind, None, approx)
    return None
