"""Rules P12, X05–X07: what other letters of the batch say of the same matter (domain §5-C, §5-D, R-REP-06)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.coverage import terms
from pipeline.audit.letter import Sentence
from pipeline.audit.passages import Line, Passage
from pipeline.audit.reading import Context, Reading, about, promising
from pipeline.audit.slots import calls_only
from pipeline.audit.wording import pattern
from pipeline.records import Commitment

_FIRM = frozenset({"T3", "T4", "T5"})
_SOLVED = frozenset({"已解决"})
_AGAIN, _MATTERS = 0.5, 0.4
_YEAR = timedelta(days=183)
_DENIES = r"(?:不再|暂不|不能|无法|不予|不宜|没有(?!采纳)|不(?!仅|但|低于|少于|超过|断|得|含|同|足))[^，。；]{0,5}"


def promised_again(reading: Reading, context: Context) -> Outcome:
    """重复承诺：以前承诺的期限已过、没有办成，这次又作承诺。"""
    if reading.reply.day is None or reading.reply.kind != "答复":
        return None
    broken = _admitted(reading, context)
    line = next((line for _, slots in promising(reading) if slots.timed for line in slots.ahead), None)
    if broken and line is not None:
        return Objection("原来的承诺没有做到，这次又作承诺", broken.text, broken.start, broken.end)
    for earlier in _earlier(reading, context):
        for old in _overdue(earlier, reading.reply.day):
            again = _said_again(old, (reading, earlier), context)
            if again is not None:
                said = f"{earlier.reply.day} 的答复已承诺“{old.deadline_text}”办成"
                return about(again, f"{said}，没有写明为何未办成")
    return None


def _admitted(reading: Reading, context: Context) -> Sentence | None:
    """The sentence in which the letter itself says that an earlier promise was not kept."""
    promised, broken = pattern(context.profile, "原诺词"), pattern(context.profile, "未兑现词")
    ours = (s for s in reading.sentences if s.part not in ("quote", "foot"))
    return next((s for s in ours if promised.search(s.text) and broken.search(s.text)), None)


def _earlier(reading: Reading, context: Context) -> Iterator[Reading]:
    """The letters of earlier years on the same matter."""
    day = reading.reply.day
    for other in _kin(reading, context):
        if day and other.reply.day and other.reply.day.year < day.year:
            yield other


def _kin(reading: Reading, context: Context) -> list[Reading]:
    return [context.readings[index] for index in context.kin.get(reading.reply.id, ())]


def _overdue(reading: Reading, day: date) -> Iterator[Commitment]:
    """The promises of a letter that were due before `day`."""
    for old in reading.reply.commitments:
        if not old.done and old.strength in _FIRM and old.deadline_to is not None and old.deadline_to < day:
            yield old


def _said_again(old: Commitment, letters: tuple[Reading, Reading], context: Context) -> Line | None:
    """The line that promises the same once more: by its own words, or because the asker says that nothing came."""
    reading, earlier = letters
    submission, told = reading.submission, terms(old.text, context.profile)
    lines = [line for passage in reading.passages for line in passage.lines]
    if any(line.stance == "done" and told.share_in(line.sentence.text) >= _AGAIN for line in lines):
        return None
    ahead = [line for _, slots in promising(reading) if slots.timed for line in slots.ahead]
    ours = told.telling() and reading.reply.unit == earlier.reply.unit
    same = next((line for line in ahead if ours and told.share_in(line.sentence.text) >= _AGAIN), None)
    complained = submission and pattern(context.profile, "催办词").search(submission.title)
    return same or (ahead[0] if complained and ahead else None)


def contradicts(reading: Reading, context: Context) -> Outcome:
    """前后矛盾：同一年对同一事项的两份答复，一份说办、一份说不办。"""
    day, submission = reading.reply.day, reading.submission
    if day is None or submission is None:
        return None
    for other in _kin(reading, context):
        if other.submission is None or other.reply.day is None or abs(other.reply.day - day) > _YEAR:
            continue
        asked = "".join(ask.text for s in (submission, other.submission) for ask in s.asks)
        acts = context.profile.words("实做词")
        weights = terms(asked, context.profile).weights
        for word in sorted(w for w, weight in weights.items() if weight >= _MATTERS and w not in acts):
            found = _yes_and_no(word, reading, other)
            if found is not None:
                return found
    return None


def _yes_and_no(word: str, mine: Reading, theirs: Reading) -> Objection | None:
    """The clause of a letter on `word` where the other letter says the opposite."""
    denies = re.compile(rf"[^，。；：\n]*{_DENIES}{re.escape(word)}")
    here, there = denies.search(mine.answer), denies.search(theirs.answer)
    if (here is None) == (there is None):
        return None
    denied, grants = (here, theirs) if here else (there, mine)
    line = _granted(word, grants)
    if line is None or denied is None:
        return None
    said = f"对“{word}”，一份说“{denied.group().strip()}”，另一份说“{line.sentence.text[:30]}”"
    quote = denied.group() if here else line.sentence.text
    return Objection(f"与《{theirs.submission.title if theirs.submission else ''}》的答复矛盾：{said}", quote)


def _granted(word: str, reading: Reading) -> Line | None:
    """The line of a passage on `word` that says what is done about it, with a day or an amount."""
    for passage in reading.passages:
        if word in passage.heading + passage.text and "refused" not in passage.stances:
            return next((line for line in passage.lines if _firm(line, passage, word)), None)
    return None


def _firm(line: Line, passage: Passage, word: str) -> bool:
    near = word in line.sentence.text or word in passage.heading or line is passage.lines[0]
    return near and bool(re.search(r"\d", line.sentence.text))


def unreported(reading: Reading, context: Context) -> Outcome:
    """承诺到期无续报：答应到期把结果告诉代表委员，期限过了，没有同一事项的后续答复。"""
    day, today = reading.reply.day, context.latest
    if day is None or today is None or any(r.reply.day and r.reply.day > day for r in _kin(reading, context)):
        return None
    owed = (c for c in _overdue(reading, today) if calls_only(c.text, context.profile) and "应当" not in c.text)
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
    "X05": contradicts,
    "X06": unreported,
    "X07": satisfied_too_soon,
}
