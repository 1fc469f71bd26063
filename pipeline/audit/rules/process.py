"""Rules X: time limits, bursts and co-units (domain §5-D, §3-A)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.audit.wording import pattern
from pipeline.due import handed_over, months_later, next_workday, reply_due
from pipeline.figures import moments
from pipeline.mentions import mentions
from pipeline.profile import Clock, Profile
from pipeline.records import Submission
from pipeline.text import sentences

_NAMED_UNTIL = re.compile(r"(?:延期|延长|展期|延)[^，。；]{0,6}(?:至|到)")
_WINDOW = timedelta(days=7)
_FEWEST = 5
_JOINT = 2
_OFFICE = re.compile(r"(?:管理|监督管理|事务|和[\u4e00-\u9fff]{2,6})?(?:局|公司|中心|委员会|办公室|委|办|会|院|大队)$")
_GENERIC = {"乡镇人民政府": re.compile(r"[\u4e00-\u9fff][镇乡]"), "街道办事处": re.compile(r"街道")}


def late(reading: Reading, context: Context) -> Outcome:
    """逾期答复：答复日期晚于办理期限，又没有延期说明。"""
    day, submission = reading.reply.day, reading.submission
    limit = time_limit(submission, context.profile.clock) if submission else None
    if submission is None or day is None or limit is None or day <= next_workday(limit):
        return None
    extended = _extended(reading, submission, context.profile)
    if extended is not None and day <= extended:
        return None
    limit = extended or limit
    start = reading.reply.text.find(reading.reply.day_text) if reading.reply.day_text else -1
    end = start + len(reading.reply.day_text) if start >= 0 else -1
    quote = reading.reply.day_text if start >= 0 else ""
    told = f"已延期到 {limit}" if extended else f"办理期限 {limit}"
    return Objection(f"{told}，迟复 {(day - limit).days} 天", quote, start, end)


def _extended(reading: Reading, submission: Submission, profile: Profile) -> date | None:
    """The last day after an extension that the letter tells of: the day it names, else the profile's longest time.

    A work that is put off (工程延期) extends nothing: the words must be about handling or answering.
    """
    words, about = pattern(profile, "延期词"), pattern(profile, "延期事由词")
    said = (s.text for s in sentences(reading.reply.text))
    told = next((text for text in said if words.search(text) and about.search(text)), None)
    handed = handed_over(submission, profile.clock)
    if told is None or handed is None:
        return None
    until = [m.last for m in moments(told, handed) if m.last and m.last > reply_due(handed, profile.clock)]
    named = next(iter(until), None) if _NAMED_UNTIL.search(told) else None
    return named or months_later(handed, profile.clock.hard_months)


def time_limit(submission: Submission, clock: Clock) -> date | None:
    """The last day for the reply by the profile's clock; None where the hand-over day is unknown (§3-A)."""
    handed = handed_over(submission, clock)
    return reply_due(handed, clock) if handed else None


def burst(reading: Reading, context: Context) -> Outcome:
    """突击答复：一个单位的答复大多集中在期限前几天。"""
    unit, day = reading.reply.unit, reading.reply.day
    if not unit or day is None or context.last_of_unit.get(unit) != reading.reply.id:
        return None
    last = context.days_of_unit[unit]
    close = [limit - replied for replied, limit in last if limit is not None]
    inside = sum(timedelta(0) <= gap < _WINDOW for gap in close)
    if len(close) < _FEWEST or inside <= context.threshold("X02", 0.6) * len(close):
        return None
    return Objection(f"{unit} {len(close)} 件答复中有 {inside} 件在期限前 {_WINDOW.days} 天内办出")


def co_unit_missing(reading: Reading, context: Context) -> Outcome:
    """缺会办意见：答复没有提到会办单位，也没有写会办的事。"""
    submission = reading.submission
    if submission is None or not submission.co or reading.forwarded or reading.reply.kind == "会办意见":
        return None
    printed = () if reading.reply.from_register else reading.reply.co
    text = reading.reply.text.replace(reading.reply.copied_to, "") if reading.reply.copied_to else reading.reply.text
    named = {m.unit for m in mentions(text, context.profile)} | set(printed)
    missing = [unit for unit in submission.co if unit not in named and not _called(unit, text)]
    return Objection(f"没有写明会办单位的意见：{'、'.join(missing)}") if missing else None


def _called(unit: str, text: str) -> bool:
    """Whether a text names a unit loosely: by its stem (机关事务…), or a town or street office by any such name."""
    if unit in _GENERIC:
        return bool(_GENERIC[unit].search(text))
    stem = _OFFICE.sub("", unit)
    return len(stem) > 1 and bool(
        re.search(rf"{re.escape(stem)}(?:[\u4e00-\u9fff]{{0,6}}?(?:局|委|办|公司|中心|会|部门|方面|大队|院|站))", text)
    )


def signatories_missing(reading: Reading, context: Context) -> Outcome:
    """联名人未逐一答复：联名件的称谓和送达都只有一部分人，其余的人没有答复。"""
    submission, called = reading.submission, re.sub(r"\s", "", reading.reply.addressee)
    people = (*submission.proposers, *submission.cosigners) if submission else ()
    if reading.reply.kind != "答复" or len(people) < _JOINT or not called:
        return None
    told = _others_told(reading, context)
    if pattern(context.profile, "多人称谓").search(called) or pattern(context.profile, "逐一送达式").search(
        reading.reply.text
    ):
        return None
    missing = [name for name in people if name not in told]
    if not missing or len(missing) == len(people):
        return None
    return Objection(f"没有答复联名人：{'、'.join(missing[:5])}", reading.reply.addressee)


def _others_told(reading: Reading, context: Context) -> str:
    """The salutations of every letter of the batch to one submission, and the copies of this one."""
    asked = reading.submission
    others = (context.cases[index] for index in context.kin.get(reading.reply.id, ()))
    letters = [o.reply for o in others if asked and o.submission and o.submission.id == asked.id]
    return "".join(letter.addressee + letter.copied_to for letter in (reading.reply, *letters)) + reading.answer


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "X01": late,
    "X02": burst,
    "X03": co_unit_missing,
    "X04": signatories_missing,
}
