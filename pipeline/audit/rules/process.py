"""Rules X: time limits, bursts and co-units (domain §5-D, §3-A)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.audit.wording import pattern
from pipeline.mentions import mentions
from pipeline.profile import Clock
from pipeline.records import Submission

_WINDOW = timedelta(days=7)
_FEWEST = 5
_OFFICE = re.compile(r"(?:管理|监督管理|事务|和[\u4e00-\u9fff]{2,6})?(?:局|公司|中心|委员会|办公室|委|办|会|院|大队)$")
_GENERIC = {"乡镇人民政府": re.compile(r"[\u4e00-\u9fff][镇乡]"), "街道办事处": re.compile(r"街道")}


def late(reading: Reading, context: Context) -> Outcome:
    """逾期答复：答复日期晚于办理期限，又没有延期说明。"""
    day, submission = reading.reply.day, reading.submission
    limit = time_limit(submission, context.profile.clock) if submission else None
    if day is None or limit is None or day <= limit:
        return None
    if pattern(context.profile, "延期词").search(reading.reply.text):
        return None
    start = reading.reply.text.find(reading.reply.day_text) if reading.reply.day_text else -1
    end = start + len(reading.reply.day_text) if start >= 0 else -1
    quote = reading.reply.day_text if start >= 0 else ""
    return Objection(f"办理期限 {limit}，迟复 {(day - limit).days} 天", quote, start, end)


def time_limit(submission: Submission, clock: Clock) -> date | None:
    """The last day for the reply by the profile's clock; None where the hand-over day is unknown (§3-A)."""
    handed = submission.handed_over or dict(clock.sessions).get(submission.session)
    if handed is None:
        return None
    if clock.final_day is not None:
        fixed = date(handed.year, *clock.final_day)
        if fixed >= handed:
            return fixed
    return months_later(handed, clock.reply_months)


def months_later(day: date, months: int) -> date:
    """The same day `months` later, the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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
    named = {m.unit for m in mentions(reading.reply.text, context.profile)} | set(printed)
    missing = [unit for unit in submission.co if unit not in named and not _called(unit, reading.reply.text)]
    return Objection(f"没有写明会办单位的意见：{'、'.join(missing)}") if missing else None


def _called(unit: str, text: str) -> bool:
    """Whether a text names a unit loosely: by its stem (机关事务…), or a town or street office by any such name."""
    if unit in _GENERIC:
        return bool(_GENERIC[unit].search(text))
    stem = _OFFICE.sub("", unit)
    return len(stem) > 1 and bool(
        re.search(rf"{re.escape(stem)}(?:[\u4e00-\u9fff]{{0,6}}?(?:局|委|办|公司|中心|会|部门|方面|大队|院|站))", text)
    )


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"X01": late, "X02": burst, "X03": co_unit_missing}
