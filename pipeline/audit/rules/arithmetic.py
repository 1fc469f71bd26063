"""Rule N01: parts and their total, income and what is left of it, rates above 100 % (domain §5-D)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.figures import Quantity, quantities

_CAPPED = re.compile(r"(?:率|占比|比例|比重)(?:达到?|为|是|约|超过|已)?[^，。；\d增升涨]{0,4}$")
_GROWS = re.compile(r"增长|增幅|涨幅|提高|上升|翻|负荷|超载|利用率|使用率|负债|资产|投资")
_OF_WHICH = re.compile(r"其中[：:，]?")
_YEAR_LABEL = re.compile(r"[，、：:（(]?(?:其中)?20\d\d年[^，、。；\d]{0,8}")
_LABEL = 10
_SLACK = 0.005
_SUM = re.compile(r"(?:合计|[共总]计|[全总]长)(?:为|约)?$")
_APART = re.compile(r"每|人均|平均|其中|原|去年|上年|单价|宽|厚|高")
_PARTS = 5
_FAR = 0.6
_CHECKED = re.compile(r"[%％]|其中|20\d\d年.*20\d\d年|合计|[共总]计|[全总]长|结余|结存|余额|剩余")
_BALANCE = (
    re.compile(r"收入|到账|筹集|筹措|拨付"),
    re.compile(r"支出|花费|已付|用去|使用"),
    re.compile(r"结余|结存|余额|剩余"),
)


def arithmetic(reading: Reading, _: Context) -> Outcome:
    """数字不符：分项之和超过总数，或比率超过 100%。"""
    found = [
        objection for s in reading.sentences if s.part in ("body", "quote") for objection in _wrong(s.text, s.start)
    ]
    return list({o.start: o for o in found}.values()) or None


def _wrong(sentence: str, offset: int) -> list[Objection]:
    if not _CHECKED.search(sentence):
        return []
    amounts = quantities(sentence)
    found = [q for q in amounts if q.kind == "rate" and q.value > 100 and _is_capped(sentence, q)]
    objections = [Objection(f"比率 {q.text} 超过 100%", q.text, offset + q.start, offset + q.end) for q in found]
    further = _sums(sentence, amounts, offset) + _years(sentence, amounts, offset) + _summed(sentence, amounts, offset)
    return objections + further + _balances(sentence, amounts, offset)


def _is_capped(sentence: str, quantity: Quantity) -> bool:
    before = re.split(r"[，。；]", sentence[: quantity.start])[-1]
    return bool(_CAPPED.search(before)) and not _GROWS.search(before)


def _sums(sentence: str, amounts: list[Quantity], offset: int) -> list[Objection]:
    """Parts behind 其中 that add up to more than the total before it, all in the total's unit."""
    marker = _OF_WHICH.search(sentence)
    if marker is None:
        return []
    before = [q for q in amounts if q.end <= marker.start()]
    if not before:
        return []
    total = before[-1]
    parts = _listed(sentence, [q for q in amounts if q.start >= marker.end()], total, marker.end())
    if total.approx or len(parts) < 2 or sum(q.value for q in parts) <= total.value * (1 + _SLACK):
        return []
    said = "＋".join(f"{q.value:g}" for q in parts)
    message = f"分项 {said} 之和大于总数 {total.value:g}{total.unit}"
    return [Objection(message, sentence, offset, offset + len(sentence))]


def _listed(sentence: str, amounts: list[Quantity], total: Quantity, end: int) -> list[Quantity]:
    """The amounts in the total's unit that follow one another with short labels: 城区20盏、乡镇10盏."""
    parts: list[Quantity] = []
    for quantity in amounts:
        between = sentence[end : quantity.start]
        if len(between) > _LABEL or re.search(r"[。；（(总共计]", between):
            break
        if (quantity.unit, quantity.kind) == (total.unit, total.kind):
            parts.append(quantity)
        end = quantity.end
    return parts


def _years(sentence: str, amounts: list[Quantity], offset: int) -> list[Objection]:
    """A total followed at once by its share of every year, which do not add up to it."""
    for place, total in enumerate(amounts):
        if re.search(r"20\d\d年[^，、。；\d]{0,8}$", sentence[: total.start]):
            continue
        parts = []
        end = total.end
        for quantity in amounts[place + 1 :]:
            if (quantity.unit, quantity.kind) != (total.unit, total.kind):
                continue
            if not _YEAR_LABEL.fullmatch(sentence[end : quantity.start]):
                break
            parts.append(quantity)
            end = quantity.end
        said = sum(q.value for q in parts)
        if len(parts) > 1 and abs(said - total.value) > _SLACK * total.value:
            message = f"各年之和 {said:g} 与总数 {total.value:g}{total.unit} 不符"
            return [Objection(message, sentence, offset, offset + len(sentence))]
    return []


def _summed(sentence: str, amounts: list[Quantity], offset: int) -> list[Objection]:
    """A 合计 behind its two to five parts which no run of them adds up to."""
    found = []
    for total in amounts:
        mark = _SUM.search(sentence[: total.start])
        if mark is None or total.approx:
            continue
        before = [q for q in amounts if q.end <= mark.start() and (q.unit, q.kind) == (total.unit, total.kind)]
        sums = [sum(q.value for q in before[i:]) for i in range(len(before))]
        if not 2 <= len(before) <= _PARTS or any(abs(s - total.value) <= _SLACK * total.value for s in sums):
            continue
        far = abs(sums[0] - total.value) > _FAR * total.value
        if far or _APART.search(sentence[: total.start]) or max(q.value for q in before) > total.value:
            continue
        said = "＋".join(f"{q.value:g}" for q in before)
        start = offset + before[0].start
        quote = sentence[before[0].start : total.end]
        found.append(Objection(f"{said} 与合计 {total.value:g}{total.unit} 不符", quote, start, start + len(quote)))
    return found


def _balances(sentence: str, amounts: list[Quantity], offset: int) -> list[Objection]:
    """What came in, what was spent and what is left, each said once, where the last is not the rest of the others."""
    named = [[q for q in amounts if q.kind == "money" and _called(sentence, q, word)] for word in _BALANCE]
    if any(len(found) != 1 for found in named):
        return []
    [earned], [spent], [left] = named
    one_unit = earned.unit == spent.unit == left.unit and not (earned.approx or spent.approx or left.approx)
    if not one_unit or abs(earned.value - spent.value - left.value) <= _SLACK * earned.value:
        return []
    said = f"{earned.value:g}－{spent.value:g} 与结余 {left.value:g}{left.unit} 不符"
    return [Objection(said, left.text, offset + left.start, offset + left.end)]


def _called(sentence: str, quantity: Quantity, word: re.Pattern[str]) -> bool:
    """Whether the clause before an amount names it so."""
    return bool(word.search(re.split(r"[，、；。：]|\d[\d.]*\s*[万亿]?元", sentence[: quantity.start])[-1]))


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"N01": arithmetic}
