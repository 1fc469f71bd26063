"""Rules P12, X06, X07: what other letters of the batch say of the same matter (domain §5-C, §5-D, R-REP-06)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from pipeline.audit.case import Case, Objection, Outcome
from pipeline.audit.deadlines import calls_only
from pipeline.audit.letter import Sentence
from pipeline.audit.passages import Line
from pipeline.audit.reading import Context, Reading, about, promising
from pipeline.audit.sequels import Letter, heard, subject
from pipeline.audit.wording import pattern
from pipeline.records import Commitment, Reply

_FIRM = frozenset({"T3", "T4", "T5"})
_SOLVED = frozenset({"已解决"})


def promised_again(reading: Reading, context: Context) -> Outcome:
    """重复承诺：以前承诺的期限已过、没有办成，这次又作承诺。"""
    if reading.reply.day is None or reading.reply.kind != "答复":
        return None
    broken = _admitted(reading, context)
    line = next((line for _, slots in promising(reading) if slots.timed for line in slots.ahead), None)
    if broken and line is not None:
        return Objection("原来的承诺没有做到，这次又作承诺", broken.text, broken.start, broken.end)
    for earlier in _earlier(reading, context):
        for old in _overdue(earlier.reply, reading.reply.day):
            again = _said_again(old, reading, earlier, context)
            if again is not None:
                said = f"{earlier.reply.day} 的答复已承诺“{old.deadline_text}”办成"
                return about(again, f"{said}，没有写明为何未办成")
    return None


def _admitted(reading: Reading, context: Context) -> Sentence | None:
    """The sentence in which the letter itself says that an earlier promise was not kept."""
    promised, broken = pattern(context.profile, "原诺词"), pattern(context.profile, "未兑现词")
    ours = (s for s in reading.sentences if s.part not in ("quote", "foot"))
    return next((s for s in ours if promised.search(s.text) and broken.search(s.text)), None)


def _earlier(reading: Reading, context: Context) -> Iterator[Case]:
    """The letters of earlier years on the same matter."""
    day = reading.reply.day
    for other in _kin(reading, context):
        if day and other.reply.day and other.reply.day.year < day.year:
            yield other


def _kin(reading: Reading, context: Context) -> list[Case]:
    return [context.cases[index] for index in context.kin.get(reading.reply.id, ())]


def _overdue(letter: Reply, day: date) -> Iterator[Commitment]:
    """The promises of a letter that were due before `day`; what begins on a day (6月1日起) is due on none."""
    for old in letter.commitments:
        firm = old.strength in _FIRM and not old.done and "起" not in old.deadline_text
        if firm and old.deadline_to is not None and old.deadline_to < day:
            yield old


def _said_again(old: Commitment, reading: Reading, earlier: Case, context: Context) -> Line | None:
    """The line that promises the same once more: by its own words, or because the asker says that nothing came."""
    submission = reading.submission
    told = heard(subject(old, earlier, context.profile), Letter(reading.case, reading.passages), context.profile)
    if told is not None and told.said != "提及":
        ours = reading.reply.unit == earlier.reply.unit
        return told.line if told.said == "再承诺" and ours else None
    ahead = [line for _, slots in promising(reading) if slots.timed for line in slots.ahead]
    complained = submission and pattern(context.profile, "催办词").search(submission.title)
    return ahead[0] if complained and ahead else None


def unreported(reading: Reading, context: Context) -> Outcome:
    """承诺到期无续报：答应到期把结果告诉代表委员，期限过了，没有同一事项的后续答复。"""
    day, today = reading.reply.day, context.latest
    if day is None or today is None or any(r.reply.day and r.reply.day > day for r in _kin(reading, context)):
        return None
    owed = (c for c in _overdue(reading.reply, today) if calls_only(c.text, context.profile) and "应当" not in c.text)
    promise = next(owed, None)
    if promise is None:
        return None
    message = f"答应“{promise.deadline_text}”告知结果，没有见到后续答复"
    return Objection(message, reading.reply.text[promise.start : promise.end], promise.start, promise.end)


def satisfied_too_soon(reading: Reading, context: Context) -> Outcome:
    """满意但未办成：代表委员反馈满意，事情没有办成，次年又提。"""
    said = reading.reply.satisfaction or (reading.submission.satisfaction if reading.submission else "")
    day = reading.reply.day
    if day is None or not said.startswith(("满意", "基本满意", "非常满意", "很满意")):
        return None
    if not reading.meanings or reading.meanings & _SOLVED:
        return None
    again = next((r for r in _kin(reading, context) if r.reply.day and r.reply.day.year > day.year), None)
    if again is None or again.submission is None:
        return None
    return Objection(f"反馈“{said}”，类别“{reading.reply.label}”，后来又提《{again.submission.title}》")


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "P12": promised_again,
    "X06": unreported,
    "X07": satisfied_too_soon,
}
