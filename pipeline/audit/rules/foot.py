"""Rules F10–F15: how a letter ends: signature, date, contact, copies, opinion form (domain §5-A)."""

from __future__ import annotations

import re

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.audit.wording import pattern
from pipeline.mentions import mentions

_FOOT = 300
_SIGNED = re.compile(
    r"(?m)^[\u4e00-\u9fff（）()]{4,30}(?:公司|局|委员会|政府|中心|[银分支]行|处|所|院|站|段|会|办)"
    r"[\s　]*(?:[（(]盖?章[）)])?$"
)


def signature(reading: Reading, context: Context) -> Outcome:
    """落款单位：落款为主办单位全称，不用内设科室名义。"""
    reply, submission = reading.reply, reading.submission
    if not reply.unit_text and not reply.unit:
        return None if _SIGNED.search(reply.text[-_FOOT:]) else Objection("没有落款单位")
    if re.search(r"(?:[股科]|(?<!办公)室|中队)$", reply.unit_text) or _inner(reply.unit_text, context):
        return Objection(f"落款“{reply.unit_text}”是内设机构，应以单位名义答复", reply.unit_text)
    if not reply.unit:
        return None
    government = pattern(context.profile, "政府落款词").search(reply.unit_text)
    known = {unit.name for unit in context.profile.units}
    if submission and submission.lead in known and submission.lead != reply.unit and not government:
        return Objection(f"落款单位与主办单位“{submission.lead}”不一致", reply.unit_text)
    return None


def _inner(signed: str, context: Context) -> bool:
    """Whether a signature is a known unit's name with a further body behind it: 县城管局环卫中心."""
    tails = "|".join(re.escape(word) for word in context.profile.words("内设机构词"))
    if re.match(r"[\u4e00-\u9fff]{2,8}市[\u4e00-\u9fff]{2,12}局[\u4e00-\u9fff]{1,8}分局$", signed.strip()):
        return False
    below = re.search(rf"局(?P<tail>[\u4e00-\u9fff]{{1,10}}(?:{tails}))$", signed.strip())
    if below and any(m.start < below.start() for m in mentions(signed, context.profile)):
        return True
    bodies = [m for m in mentions(signed, context.profile) if m.text.endswith(("局", "委", "委员会", "政府", "管委会"))]
    if not bodies or bodies[-1].end >= len(signed):
        return False
    names = {unit.name for unit in context.profile.units}
    tail = signed[bodies[-1].end :].strip()
    return bool(re.fullmatch(rf"[\u4e00-\u9fff]{{1,10}}(?:{tails})", tail)) and tail not in names


def day(reading: Reading, _: Context) -> Outcome:
    """落款日期：写明年月日，不早于交办日。"""
    reply, submission = reading.reply, reading.submission
    if reply.day is None:
        return Objection("没有落款日期")
    if submission and submission.handed_over and reply.day < submission.handed_over:
        return Objection(f"落款日期早于交办日期 {submission.handed_over}", reply.day_text)
    return None


def contact(reading: Reading, _: Context) -> Outcome:
    """联系人电话：写明联系人和电话，号码位数正确。"""
    reply = reading.reply
    lacks = [name for name, there in (("联系人", reply.contact), ("联系电话", reply.phone)) if not there]
    if lacks:
        return Objection(f"没有写明{'和'.join(lacks)}")
    digits = re.sub(r"[^\d*×xX]", "", reply.phone)
    return Objection(f"电话号码“{reply.phone}”位数不对", reply.phone) if digits and len(digits) < 7 else None


def copies(reading: Reading, _: Context) -> Outcome:
    """抄送：建议抄送人大，提案抄送政协。"""
    return None if reading.reply.copied_to or "抄送" in reading.reply.text else Objection("没有抄送单位")


def opinion_form(reading: Reading, context: Context) -> Outcome:
    """征询意见表：随文附送或在文中说明。"""
    words = pattern(context.profile, "征询意见表")
    if reading.reply.kind == "会办意见" or words.search(reading.reply.text):
        return None
    return Objection("没有附征询意见表，也没有提到")


def seal(reading: Reading, context: Context) -> Outcome:
    """印章：落款处还留着“（此处盖章）”“（待盖章）”一类的字样，说明没有用印。"""
    owed = pattern(context.profile, "待用印词").search(reading.reply.text)
    return Objection("落款处没有用印", owed.group(), owed.start(), owed.end()) if owed else None
