"""Rules D and N: personal data in public letters, and arithmetic (domain §5-D)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.private import citizen_numbers, mobiles
from pipeline.audit.reading import Context, Reading
from pipeline.audit.rules.form import whole
from pipeline.audit.wording import pattern
from pipeline.figures import Quantity, quantities

_CAPPED = re.compile(r"(?:率|占比|比例|比重)(?:达到?|为|是|约|超过|已)?[^，。；\d增升涨]{0,4}$")
_GROWS = re.compile(r"增长|增幅|涨幅|提高|上升|翻|负荷|超载|利用率|使用率|负债|资产|投资")
_OF_WHICH = re.compile(r"其中[：:，]?")
_YEAR_LABEL = re.compile(r"[，、：:（(]?(?:其中)?20\d\d年[^，、。；\d]{0,8}")
_LABEL = 10
_SLACK = 0.005


def personal_data(reading: Reading, context: Context) -> Outcome:
    """个人信息泄露：公开的答复里有身份证号或手机号。"""
    reply = reading.reply
    opened = reply.publicity and pattern(context.profile, "公开词·公开").search(reply.publicity)
    if not opened or pattern(context.profile, "公开词·不公开").search(reply.publicity):
        return None
    found = [(m, "身份证号") for m in citizen_numbers(reply.text)]
    found += [(m, "手机号") for m in mobiles(reply.text) if not _is_contact(reply.text, m.start())]
    return [Objection(f"公开的答复中有{name}", m.group(), m.start(), m.end()) for m, name in found] or None


def _is_contact(text: str, start: int) -> bool:
    """Whether a number stands in the letter's own contact line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(re.match(r"\s*(?:联系|承办|经办|电话|咨询|单位)", line))


def undecided(reading: Reading, context: Context) -> Outcome:
    """缺公开审查意见：本地要求写明是否公开及理由的（阈值填 1），没有写，或不公开而没有理由；写“待定”的。"""
    reply = reading.reply
    pending = pattern(context.profile, "公开待定词").search(reply.text)
    if pending:
        return Objection("公开意见待定，没有审定", pending.group(), pending.start(), pending.end())
    if context.threshold("D02", 0) < 1 or reply.kind != "答复" or not whole(reply):
        return None
    said = reply.publicity or (m.group() if (m := pattern(context.profile, "公开词").search(reply.text)) else "")
    if not said:
        return Objection("没有写明是否公开")
    if not pattern(context.profile, "公开词·不公开").search(said):
        return None
    reason = pattern(context.profile, "不公开理由词").search(reply.text)
    return None if reason else Objection(f"写“{said}”，没有写明理由", said)


def arithmetic(reading: Reading, _: Context) -> Outcome:
    """数字不符：分项之和超过总数，或比率超过 100%。"""
    found = [
        objection for s in reading.sentences if s.part in ("body", "quote") for objection in _wrong(s.text, s.start)
    ]
    return found or None


def _wrong(sentence: str, offset: int) -> list[Objection]:
    if not re.search(r"[%％]|其中|20\d\d年.*20\d\d年", sentence):
        return []
    amounts = quantities(sentence)
    found = [q for q in amounts if q.kind == "rate" and q.value > 100 and _is_capped(sentence, q)]
    objections = [Objection(f"比率 {q.text} 超过 100%", q.text, offset + q.start, offset + q.end) for q in found]
    return objections + _sums(sentence, amounts, offset) + _years(sentence, amounts, offset)


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


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "D01": personal_data,
    "D02": undecided,
    "N01": arithmetic,
}
