"""Personal data in a letter: what a public copy must not show (rule D01, `banli redact`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.wording import pattern
from pipeline.profile import Profile

_CITIZEN = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
_PHONE = re.compile(r"(?<![\d〔第])(?:[（(]?0\d{2,3}[）)]?[-－—\s]?)?[2-8]\d{6,7}(?:[-转]\d{1,5})?(?!\d|[元万个亩])")
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2,3}[ -]?\d{1,4}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DOOR = re.compile(
    r"\d{1,4}(?:号楼|栋|幢|座)[\s-]?(?:[一二三四五六七八九\d]{1,3}单元[\s-]?)?[\dA-Za-z-]{0,6}(?:室|户|号)|\d{1,3}单元[\s-]?\d{2,5}室?"
)
_NAME = re.compile(
    r"[\s:：]{1,4}(?P<name>[\u4e00-\u9fff]{1,2}[ 　]?[\u4e00-\u9fff]{1,2}(?:·[\u4e00-\u9fff]{1,6})?)(?![\u4e00-\u9fff])"
)
_VALUE = re.compile(r"[\s:：为是]{1,4}(?P<value>[^\s，。；、,;（(]{3,40})")
_BY_LABEL = 12
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True)
class Private:
    """One personal datum of a text: what it is, and where."""

    kind: str
    start: int
    end: int


def citizen_numbers(text: str) -> Iterator[re.Match[str]]:
    """The 18-digit citizen numbers whose check digit holds (GB 11643)."""
    return (m for m in _CITIZEN.finditer(text) if _checks(m.group()))


def mobiles(text: str) -> Iterator[re.Match[str]]:
    """The mobile numbers of a text."""
    return _MOBILE.finditer(text)


def _checks(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[17].upper()


def personal(text: str, profile: Profile) -> list[Private]:
    """The personal data of a text in order, none overlapping: numbers, addresses, and names that a label announces.

    The name of a citizen so announced is hidden wherever it stands again, that of a contact only there.
    """
    found = [Private(kind, m.start(), m.end()) for kind, m in _numbers(text, profile)]
    found += [*_labelled(text, profile), *_names(text, profile)]
    kept: list[Private] = []
    for one in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _numbers(text: str, profile: Profile) -> Iterator[tuple[str, re.Match[str]]]:
    labels = {kind: pattern(profile, f"隐去标注词·{kind}") for kind in ("证件", "电话", "账号")}

    def labelled(kind: str, match: re.Match[str]) -> bool:
        near = text[max(0, match.start() - _BY_LABEL) : match.start()]
        return labels[kind].search(near) is not None

    yield from (("身份证号", m) for m in _CITIZEN.finditer(text) if _checks(m.group()) or labelled("证件", m))
    yield from (("银行卡号", m) for m in _CARD.finditer(text) if labelled("账号", m) or _is_card(m.group()))
    yield from (("手机号", m) for m in _MOBILE.finditer(text))
    yield from (("电话", m) for m in _PHONE.finditer(text) if labelled("电话", m))
    yield from (("邮箱", m) for m in _MAIL.finditer(text))
    yield from (("门牌", m) for m in _DOOR.finditer(text))


def _is_card(said: str) -> bool:
    """Whether digits are a bank card: 16 or 19 of them, a Chinese issuer's beginning, and the Luhn check holds."""
    digits = re.sub(r"\D", "", said)
    if len(digits) not in (16, 18, 19) or not digits.startswith(("62", "4", "5", "9")):
        return False
    doubled = (int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _labelled(text: str, profile: Profile) -> Iterator[Private]:
    """Addresses and ailments behind their labels, up to the end of the clause."""
    for kind in ("住址", "病情"):
        for label in pattern(profile, f"隐去标注词·{kind}").finditer(text):
            value = _VALUE.match(text, label.end())
            if value:
                yield Private(kind, *value.span("value"))


def _names(text: str, profile: Profile) -> Iterator[Private]:
    yield from (Private("姓名", *match.span("name")) for match in _announced("联系人", text, profile))
    for name in {match["name"] for match in _announced("姓名", text, profile)}:
        yield from (Private("姓名", m.start(), m.end()) for m in re.finditer(re.escape(name), text))


def _announced(kind: str, text: str, profile: Profile) -> Iterator[re.Match[str]]:
    """The names right behind a label; a further label is none."""
    label = pattern(profile, f"隐去标注词·{kind}")
    for said in label.finditer(text):
        name = _NAME.match(text, said.end())
        if name and not label.fullmatch(name["name"]):
            yield name


def masked(text: str, found: list[Private]) -> str:
    """The text with its personal data hidden, as long as before: 陈某, ＊＊＊."""
    signs = list(text)
    for one in found:
        for place in range(one.start, one.end):
            signs[place] = _sign(one, place, text[place])
    return "".join(signs)


def _sign(one: Private, place: int, sign: str) -> str:
    if not sign.strip():
        return sign
    if one.kind == "姓名":
        return sign if place == one.start else "某"
    return "＊" if one.kind in ("住址", "病情") or (re.match(r"[\w@.]", sign) and not _is_unit(one, sign)) else sign


def _is_unit(one: Private, sign: str) -> bool:
    return one.kind == "门牌" and "\u4e00" <= sign <= "\u9fff" and sign not in "一二三四五六七八九"
