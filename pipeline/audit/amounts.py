"""Amounts of the same thing in two texts: which amount of a letter stands where the submission has another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.audit.beside import fit, telling_pairs
from pipeline.audit.wording import pattern
from pipeline.figures import Quantity, quantities
from pipeline.profile import Profile

_MEASURED = frozenset({"count", "length", "area", "weight", "money"})
_FEW, _SLACK, _SURE, _MANY, _SEVERAL = 3, 0.02, 2, 3, 3
_BEFORE, _BEHIND = 10, 8
_CUT = re.compile(r"[。；;\n！？，,、：:（）()《》“”]")
_DATED = re.compile(r"\d月(?![底起]|\d)[^底前]*$")
_POST = re.compile(r"[国省县]道$")
_ABOUT = re.compile(r"多|余|左右|上下")
_PER = re.compile(r"^[／/]")
_NEGATED = re.compile(r"未|没|不(?!锈|超|少|低|高|多)|无|空|坏")
_NAMING = frozenset("次条栋号项章款层期届字")
_WIDE_BEFORE, _WIDE_BEHIND, _FAR, _ROUND, _EXACT = 26, 16, 4.0, 1.7, 1.08


@dataclass(frozen=True, slots=True)
class Differing:
    """An amount of a letter and the other amount that the submission has for the same thing."""

    said: Quantity
    asked: Quantity


@dataclass(frozen=True, slots=True)
class _Told:
    """An amount with the words of its clause and, in `around`, of its sentences; `pairs` and `wide` tell of them."""

    amount: Quantity
    before: str
    behind: str
    around: tuple[str, str]
    pairs: frozenset[str]
    wide: frozenset[str]

    @property
    def unit(self) -> tuple[str, str]:
        """What is counted: the unit and its kind."""
        return self.amount.unit, self.amount.kind

    @property
    def clause(self) -> str:
        """What stands before it in its clause."""
        return _CUT.split(self.around[0])[-1]

    @property
    def vague(self) -> bool:
        """Whether it is only about so much (约、余、左右)."""
        return self.amount.approx or bool(_ABOUT.match(self.behind))

    @property
    def value(self) -> float:
        """How much it is, in its unit."""
        return self.amount.value


def differing(letter: str, submission: str, asks: str, profile: Profile) -> Iterator[Differing]:
    """The amounts of a letter that the submission has not, each beside the words of one that the letter has not.

    What is asked for binds more closely than what the submission tells around it.
    """
    said, known = list(_told(letter, profile)), list(_told(submission, profile))
    new = [one for one in said if not any(_same(one, other) for other in known)]
    for text, least in ((asks, 1), (submission, _SURE)) if new else ():
        lost = [one for one in _told(text, profile) if not any(_same(other, one) for other in said)]
        for one in new:
            other = _counterpart(one, lost, new, (least, profile))
            if other is not None and not _explained(one, other, said, profile):
                yield Differing(one.amount, other.amount)


def _told(text: str, profile: Profile) -> Iterator[_Told]:
    for amount in quantities(text):
        if amount.kind in _MEASURED and amount.unit not in _NAMING and not _POST.search(text[: amount.start][-2:]):
            before = _CUT.split(text[max(0, amount.start - _BEFORE) : amount.start])[-1]
            behind = _CUT.split(text[amount.end : amount.end + _BEHIND])[0]
            around = text[max(0, amount.start - _WIDE_BEFORE) : amount.start], text[amount.end :][:_WIDE_BEHIND]
            wide = "。".join([*re.split(r"[。；\n]", around[0])[-2:], re.split(r"[。；\n]", around[1])[0]])
            pairs = telling_pairs(before, profile) | telling_pairs(behind, profile)
            yield _Told(amount, before, behind, around, pairs, telling_pairs(wide, profile))


def _counterpart(one: _Told, lost: Sequence[_Told], new: Sequence[_Told], by: tuple[int, Profile]) -> _Told | None:
    """The one lost amount that stands beside the same words, or that is alone in its unit and on the same matter."""
    least, profile = by
    rivals = [other for other in lost if _may_stand_for(other, one, profile)]
    best = max((_likeness(one, other) for other in rivals), default=0)
    close = [other for other in rivals if _likeness(one, other) == best]
    if len({other.value for other in close}) != 1:
        return None
    if least == _SURE and best <= _SURE and len(_values(rivals, one)) > _SEVERAL:
        return None
    alone = len(_values(new, one)) == 1 and len(_values(lost, one)) == 1
    wide = len(one.wide & close[0].wide)
    first = wide == max(len(other.wide & close[0].wide) for other in new if other.unit == one.unit)
    beside = alone and best > 0 and (least < _SURE or wide >= _MANY)
    related = beside or (least < _SURE and wide >= (_SURE if alone else _MANY) and first)
    return close[0] if best >= least or related else None


def _values(places: Sequence[_Told], like: _Told) -> set[float]:
    return {one.value for one in places if one.unit == like.unit}


def _near(one: _Told, other: _Told, times: float) -> bool:
    return other.value > 0 and 1 / times <= one.value / other.value <= times


def _same(one: _Told, other: _Told) -> bool:
    return one.unit == other.unit and abs(one.value - other.value) <= _SLACK * other.value


def _may_stand_for(asked: _Told, said: _Told, profile: Profile) -> bool:
    """Whether an amount of the submission can be what one of the letter takes over."""
    coarse = asked.amount.kind == "count" or asked.amount.unit == "米"
    few = coarse and (asked.value <= _FEW or said.value <= 1)
    per = bool(_PER.match(asked.behind)) != bool(_PER.match(said.behind))
    if asked.unit != said.unit or few or per or _near(said, asked, _EXACT):
        return False
    if pattern(profile, "上限词").search(asked.before[-4:] + asked.behind[:3]):
        return said.value > asked.value
    if pattern(profile, "下限词").search(asked.before[-4:] + asked.behind[:3]):
        return said.value < asked.value
    vague = asked.vague or said.vague
    return _near(asked, said, _FAR) and not (vague and _near(asked, said, _ROUND))


def _likeness(said: _Told, asked: _Told) -> int:
    """How many telling pairs of characters stand beside both; two characters that touch both amounts are one."""
    return max(len(said.pairs & asked.pairs), sum(fit(said.around, asked.around)) // 2)


def _explained(said: _Told, asked: _Told, others: Sequence[_Told], profile: Profile) -> bool:
    """Whether the letter tells why its amount is another: by a word, or as a part of what it says to be the whole."""
    before = pattern(profile, "上限词", "下限词").sub("", said.clause)
    before = before.replace("每", "") if _likeness(said, asked) >= _MANY else before
    told = pattern(profile, "数量说明词", "数量口径词").finditer(before)
    if any(match.group() not in asked.clause for match in told):
        return True
    if _DATED.search(said.before) and not _DATED.search(asked.before):
        return True
    less, own = said.value < asked.value, {other.value for other in others if other.unit == said.unit}
    parted = less and (asked.value - said.value in own or asked.value in own or _is_part(said.value, own))
    whole = less and pattern(profile, "全量词", "数量余下词").search(said.around[1])
    return parted or bool(whole) or bool(_NEGATED.search(said.before)) != bool(_NEGATED.search(asked.before))


def _is_part(value: float, all_of_them: set[float]) -> bool:
    """Whether an amount and another one add up to a third."""
    return any(value + other in all_of_them for other in all_of_them - {0.0})
