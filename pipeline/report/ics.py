"""承诺日历: promises with their due days as calendars (RFC 5545) that Outlook, Thunderbird or a telephone opens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from pipeline import __version__
from pipeline.report.promises import OPEN, Line
from pipeline.text import normal

_HOST = "banli.invalid"


def calendar(found: Iterable[Line], name: str, today: date, notice: int) -> bytes:
    """One calendar of what is overdue or still to come: all-day events, reminded of `notice` days before.

    The key of an event rests on unit, item and wording, so that a newer calendar updates the older one's events.
    """
    book = Calendar()
    book.add("prodid", f"-//banli//{__version__}//ZH")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", name)
    open_ones = (line for line in found if line.standing in OPEN and line.owed.due is not None)
    seen: dict[str, int] = {}
    for line in sorted(open_ones, key=lambda line: (line.owed.due or date.max, line.unit, line.owed.id)):
        key = _key(line)
        seen[key] = seen.get(key, 0) + 1
        book.add_component(_event(line, f"{key}-{seen[key]}@{_HOST}", today, notice))
    return bytes(book.to_ical())


def _key(line: Line) -> str:
    """A fingerprint of the promise that outlasts a renamed file: who promised what for which item."""
    told = (line.unit, line.reply.session, line.reply.number, normal(line.title), normal(line.promise.text))
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:24]


def _event(line: Line, uid: str, today: date, notice: int) -> Event:
    due = line.owed.due or today
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"{'【已过期】' if due < today else ''}{line.unit}：{line.promise.text}"[:120])
    event.add("description", "\n".join(_told(line)))
    event.add("categories", [line.unit])
    event.add("transp", "TRANSPARENT")
    if due >= today:
        event.add_component(_alarm(line, notice))
    return event


def _told(line: Line) -> Sequence[str]:
    day = f"{line.owed.day} 答复" if line.owed.day else "答复（没有日期）"
    told = (
        f"承诺：{line.promise.text}",
        f"案由：{line.reply.number and line.reply.number + '号'}《{line.title}》",
        f"责任：{line.promise.actor or line.unit}；{day}；时限原文“{line.promise.deadline_text}”",
        line.reason,
        f"来源：{line.reply.source}",
    )
    return [one for one in told if one]


def _alarm(line: Line, notice: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{notice} 天后到期：{line.promise.text}"[:120])
    alarm.add("trigger", timedelta(days=-notice))
    return alarm
