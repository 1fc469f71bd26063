"""Amounts of the same thing in two texts: which amount of a letter stands where the submission has another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.figures import Quantity, quantities

_MEASURED = frozenset({"count", "length", "area", "weight", "money"})
_FEW, _SLACK, _SURE, _SEVERAL = 3, 0.02, 2, 3
_BEFORE, _BEHIND = 10, 8
_CUT = re.compile(r"[。；;\n！？，,、：:（）()《》“”]")
_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_FAINT = re.compile(
    r"[的了在和与及等为是有到从把将被对由按每各该本我您你已再就都还也个于以中上下前后内外年月日底起时第]|"
    r"全[部县市区镇乡村程]|共计|合计|建[设成]|完成|进行|安[排装]|新建|改造|同步|目前|现有|单位|人员|群众|资金|项目|工程|主要|方面|问题|情况|左右|负责|开展|实施|解决"
)
_TOLD = re.compile(
    r"先|[首头]批|[一二两三四五六]期|第[一二三]批|另|核[实定查]|查明|经[查核测]|实[际测有]|剩|其[余中]|余下|还有|尚|增|减|提高|降|超过|不足|不少于|"
    r"约|至少|共|合计|总|累计|原|不是|每|改为|调整|已|其他|目前|现[有在]|排查|查[处扣]|受理|发放|去年|上年|预留|只"
)
_DATED = re.compile(r"\d月(?!底|\d)[^底前]*$")
_POST = re.compile(r"[国省县]道$")
_LIMITS = re.compile(r"^(?:以上|以下|左右|以内|多|余|[／/])")
_NEGATED = re.compile(r"未|没|不(?!锈)|无|空|坏")
_NAMING = frozenset("次条栋号项章款层期届字")
_WIDE_BEFORE, _WIDE_BEHIND, _FAR = 26, 16, 4.0


@dataclass(frozen=True, slots=True)
class Differing:
    """An amount of a letter, `text[start:end]`, and the other amount that the submission has for the same thing."""

    said: Quantity
    asked: Quantity
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """An amount with the words of its clause."""

    amount: Quantity
    before: str
    behind: str
    around: str

    @property
    def pairs(self) -> frozenset[str]:
        """The telling pairs of characters beside it."""
        return telling_pairs(self.before) | telling_pairs(self.behind)


def differing(letter: str, submission: str, asks: str) -> Iterator[Differing]:
    """The amounts of a letter that the submission has not, each beside the words of one that the letter has not.

    What is asked for binds more closely than what the submission tells around it.
    """
    said, known = list(_places(letter)), list(_places(submission))
    new = [p for p in said if not any(_same(p, other) for other in known)]
    for text, least in ((asks, 1), (submission, _SURE)):
        lost = [p for p in _places(text) if not any(_same(other, p) for other in said)]
        for place in new:
            other = _counterpart(place, lost, new, least)
            if other is not None and not _explained(place, other):
                yield Differing(place.amount, other.amount, tuple(sorted(place.pairs & other.pairs)))


def _counterpart(place: _Place, lost: list[_Place], new: list[_Place], least: int) -> _Place | None:
    """The one lost amount that stands beside the same words, or that is alone in its unit and on the same matter."""
    rivals = [p for p in lost if _may_stand_for(p, place)]
    if least == _SURE and len(_values(rivals, place)) > _SEVERAL:
        return None
    best = max((_likeness(place, p) for p in rivals), default=0)
    close = [p for p in rivals if _likeness(place, p) == best]
    if len({p.amount.value for p in close}) != 1:
        return None
    alone = len(_values(new, place)) == 1 and len(_values(lost, place)) == 1 and _near(place, close[0])
    related = best > 0 or (least < _SURE and _wide(place, close[0]))
    return close[0] if best >= least + (not _near(place, close[0])) or (alone and related) else None


def _values(places: list[_Place], like: _Place) -> set[float]:
    return {p.amount.value for p in places if _unit(p) == _unit(like)}


def _near(one: _Place, other: _Place) -> bool:
    return 1 / _FAR <= one.amount.value / other.amount.value <= _FAR


def _wide(one: _Place, other: _Place) -> bool:
    """Whether the sentences around two amounts share two telling pairs of characters."""
    return len(telling_pairs(one.around) & telling_pairs(other.around)) >= _SURE


def telling_pairs(text: str) -> frozenset[str]:
    """The pairs of Chinese characters in a text, without those of little meaning."""
    return frozenset(pair for pair in _PAIR.findall(text) if not _FAINT.search(pair))


def _places(text: str) -> Iterator[_Place]:
    for amount in quantities(text):
        if amount.kind in _MEASURED and amount.unit not in _NAMING and not _POST.search(text[: amount.start][-2:]):
            before = _CUT.split(text[max(0, amount.start - _BEFORE) : amount.start])[-1]
            behind = _CUT.split(text[amount.end : amount.end + _BEHIND])[0]
            wide = re.split(r"[。；\n]", text[max(0, amount.start - _WIDE_BEFORE) : amount.start])[-2:]
            after = re.split(r"[。；\n]", text[amount.end : amount.end + _WIDE_BEHIND])[0]
            yield _Place(amount, before, behind, "。".join([*wide, after]))


def _unit(place: _Place) -> tuple[str, str]:
    return place.amount.unit, place.amount.kind


def _same(one: _Place, other: _Place) -> bool:
    close = abs(one.amount.value - other.amount.value) <= _SLACK * other.amount.value
    return _unit(one) == _unit(other) and close


def _may_stand_for(asked: _Place, said: _Place) -> bool:
    """Whether an amount of the submission can be what one of the letter takes over."""
    coarse = asked.amount.kind == "count" or asked.amount.unit == "米"
    few = coarse and (asked.amount.value <= _FEW or said.amount.value <= 1)
    if _unit(asked) != _unit(said) or few or asked.amount.approx or said.amount.approx:
        return False
    return not _LIMITS.match(asked.behind) or bool(_LIMITS.match(said.behind))


def _likeness(said: _Place, asked: _Place) -> int:
    """How many telling pairs of characters stand beside both; the same two that touch the amount are one."""
    touching = [
        said.before[-2:] == asked.before[-2:] and len(said.before) > 1,
        said.behind[:2] == asked.behind[:2] and len(said.behind) > 1,
    ]
    return max(len(said.pairs & asked.pairs), int(any(touching)))


def _explained(said: _Place, asked: _Place) -> bool:
    """Whether the letter tells before its amount why it is another, in a word that the submission has not there."""
    words = {m.group() for m in _TOLD.finditer(said.before)}
    if any(word not in asked.before for word in words):
        return True
    if _DATED.search(said.before) and not _DATED.search(asked.before):
        return True
    return bool(_NEGATED.search(said.before)) != bool(_NEGATED.search(asked.before))
