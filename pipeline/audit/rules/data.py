"""Rules D: personal data in public letters, and whether publicity is decided (domain §5-D)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.private import citizen_numbers, mobiles
from pipeline.audit.reading import Context, Reading
from pipeline.audit.rules.whole import whole
from pipeline.audit.wording import pattern

_SAYS_YES = re.compile(r"(?:^|公开[^：:]{0,4}[：:])\s*(?:是|公开)\s*$")
_EMPTY = re.compile(r"(?:是否公开|公开(?:属性|方式|意见|类别))\s*[:：][ \t　_]*(?=\n|$)")
_HEAD = 300


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
    return bool(re.match(r"[\s（(]*(?:联系|承办|经办|电话|咨询|单位)", line))


def undecided(reading: Reading, context: Context) -> Outcome:
    """缺公开审查意见：本地要求写明是否公开及理由的（阈值填 1），没有写，或不公开而没有理由；写“待定”的。"""
    reply = reading.reply
    pending = pattern(context.profile, "公开待定词").search(reply.text)
    if pending:
        return Objection("公开意见待定，没有审定", pending.group(), pending.start(), pending.end())
    empty = _EMPTY.search(reply.text[:_HEAD])
    if empty and not (reply.online and reply.publicity):
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


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "D01": personal_data,
    "D02": undecided,
}
