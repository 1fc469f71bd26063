"""Time limits of handling: when a reply, a co-unit's opinion and a returned item are due (domain §3-A, §3-C)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import chinese_calendar

from pipeline.profile import Clock
from pipeline.records import Owed, Said, Sequel, Standing, Submission

_WEEKEND = 5
_TOLD: dict[Said, Standing] = {
    "称兑现": "称已兑现无据",
    "部分兑现": "称已兑现无据",
    "再承诺": "重复承诺",
    "说明": "已说明不能兑现",
}
"""What the last firm word of later letters makes of a promise; the others leave it to its day."""


def handed_over(submission: Submission, clock: Clock) -> date | None:
    """The day on which an item was handed over: the register's, else its session's by the profile."""
    return submission.handed_over or dict(clock.sessions).get(submission.session)


def reply_due(handed: date, clock: Clock) -> date:
    """The last day for the reply: the profile's fixed day where that is still to come, else so many months later."""
    if clock.final_day is not None:
        fixed = date(handed.year, *clock.final_day)
        if fixed >= handed:
            return fixed
    return months_later(handed, clock.reply_months)


def opinion_due(handed: date, clock: Clock) -> date:
    """The last day for a co-unit's opinion to the unit in charge."""
    return months_later(handed, clock.co_opinion_months)


def return_due(handed: date, clock: Clock) -> date:
    """The last day on which a unit may return an item, in working days."""
    return workdays_later(handed, clock.return_days)


def months_later(day: date, months: int) -> date:
    """The same day `months` later, the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def workdays_later(day: date, number: int) -> date:
    """The day `number` working days after `day`: public holidays and the working weekends around them count as such.

    Beyond the years that the holiday calendar knows, Monday to Friday are working days.
    """
    while number > 0:
        day += timedelta(days=1)
        number -= is_workday(day)
    return day


def next_workday(day: date) -> date:
    """The day itself, or the next on which offices work: a limit that falls on a holiday ends after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def is_workday(day: date) -> bool:
    """Whether offices work on that day in mainland China."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _WEEKEND


def standing(owed: Owed, today: date) -> tuple[Standing, Sequel | None]:
    """How a promise stands on a day, by what was written until then, and the text that says so."""
    told = [s for s in owed.sequels if s.day is None or s.day <= today]
    kept = next((s for s in told if s.said == "兑现"), None)
    if kept is not None:
        return "已兑现有据", kept
    firm = next((s for s in reversed(told) if s.said in _TOLD), None)
    if firm is not None:
        return _TOLD[firm.said], firm
    last = told[-1] if told else None
    if owed.due is None:
        return "无期限", last
    return ("未到期" if owed.due >= today else "到期未见后续"), last
