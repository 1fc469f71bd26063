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
_SAYS_YES = re.compile(r"(?:^|公开[^：:]{0,4}[：:])\s*(?:是|公开)\s*$")
_EMPTY = re.compile(r"(?:是否公开|公开(?:属性|方式|意见|类别))\s*[:：][ \t　_]*(?=\n|$)")
_HEAD = 300
_SLACK = 0.005
_SUM = re.compile(r"(?:合计|[共总]计|[全总]长)(?:为|约)?$")
_APART = re.compile(r"每|人均|平均|其中|原|去年|上年|单价|宽|厚|高")
_PARTS = 5


def personal_data(reading: Reading, context: Context) -> Outcome:
    """个人信息泄露：公开的答复里有身份证号或手机号。"""
    reply = reading.reply
    opened = pattern(context.profile, "公开词·公开").search(reply.publicity) or _SAYS_YES.search(reply.publicity)
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
    empty = _EMPTY.search(reply.text[:_HEAD])
    if empty:
        return Objection(
            "公开意见空着，没有审定", empty.group().strip(), empty.start(), empty.start() + len(empty.group().strip())
        )
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
    return list({o.start: o for o in found}.values()) or None


def _wrong(sentence: str, offset: int) -> list[Objection]:
    if not re.search(r"[%％]|其中|20\d\d年.*20\d\d年|合计|[共总]计|[全总]长", sentence):
        return []
    amounts = quantities(sentence)
    found = [q for q in amounts if q.kind == "rate" and q.value > 100 and _is_capped(sentence, q)]
    objections = [Objection(f"比率 {q.text} 超过 100%", q.text, offset + q.start, offset + q.end) for q in found]
    further = _sums(sentence, amounts, offset) + _years(sentence, amounts, offset) + _summed(sentence, amounts, offset)
    return objections + further


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
        if _APART.search(sentence[: total.start]) or max(q.value for q in before) > total.value:
            continue
        said = "＋".join(f"{q.value:g}" for q in before)
        start = offset + before[0].start
        quote = sentence[before[0].start : total.end]
        found.append(Objection(f"{said} 与合计 {total.value:g}{total.unit} 不符", quote, start, start + len(quote)))
    return found


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "D01": personal_data,
    "D02": undecided,
    "N01": arithmetic,
}
