"""Rules C07 and P08: another place or amount, less, or none, where the submission names one (domain §5-B, R-REP-14)."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.audit.amounts import differing
from pipeline.audit.case import Objection, Outcome
from pipeline.audit.elsewhere import Asked, Letter, displaced, retitled
from pipeline.audit.reading import Context, Reading
from pipeline.audit.rules.restated import misquoted
from pipeline.audit.wording import pattern
from pipeline.audit.years import misdated
from pipeline.figures import Quantity, quantities
from pipeline.profile import Profile
from pipeline.records import Submission

_COUNTS = frozenset({"count", "length", "area"})
_SOME, _NUMBERED = 3, frozenset("组队期级类方条项届次年月")
_TAKEN_UP = frozenset({"已采纳落实", "部分采纳", "列入计划"})


def shifted(reading: Reading, context: Context) -> Outcome:
    """偷换或缩小诉求：答复写的地点、数量、年份与所提的不一致，又没有说明。"""
    submission = reading.submission
    if submission is None or reading.forwarded:
        return None
    return (
        _another_title(reading, submission)
        or misquoted(reading, submission)
        or _another_place(reading, submission, context.profile)
        or _another_amount(reading, submission, context.profile)
        or _another_year(reading, submission)
    )


def _another_title(reading: Reading, submission: Submission) -> Objection | None:
    """The title of the submission, cited with another name in it."""
    letter = reading.reply.text
    for cite in reading.reply.cites:
        pair = retitled(cite.title, submission.title) if cite.title else None
        if pair:
            start = max(0, letter.find(pair[1]))
            return Objection(f"原案由写的是“{pair[0]}”，答复写的是“{pair[1]}”", pair[1], start, start + len(pair[1]))
    return None


def _another_place(reading: Reading, submission: Submission, profile: Profile) -> Objection | None:
    asks = "。".join([submission.title, *(ask.text for ask in submission.asks)])
    body = reading.body[0].start if reading.body else 0
    letter = Letter(reading.reply.text, body)
    place = displaced(letter, Asked(f"{submission.title}。{submission.text}", asks), profile)
    if place is None:
        return None
    message = f"所提的是“{place.asked}”，答复写的是“{place.said}”"
    return Objection(message, place.said, place.start, place.start + len(place.said))


def _another_amount(reading: Reading, submission: Submission, profile: Profile) -> Objection | None:
    asks = "。".join([submission.title, *(ask.text for ask in submission.asks)])
    found = differing(reading.reply.text, f"{submission.title}。{submission.text}。{asks}", asks, profile)
    amount = next(found, None)
    if amount is None:
        return None
    said = amount.said
    message = f"所提的是{amount.asked.text.strip()}，答复写的是{said.text.strip()}，没有说明"
    return Objection(message, said.text, said.start, said.end)


def _another_year(reading: Reading, submission: Submission) -> Objection | None:
    pair = misdated(reading.reply.text, f"{submission.title}。{submission.text}")
    if pair is None:
        return None
    said, asked = pair
    return Objection(f"所提的是{asked.group()}年，答复写的是{said.group()}年", said.group(), *said.span())


def uncounted(reading: Reading, context: Context) -> Outcome:
    """量化缺失：诉求写明了数量，答复说办，却不写办多少。"""
    submission = reading.submission
    if submission is None or reading.forwarded:
        return None
    asks = {ask.ordinal: ask for ask in submission.asks}
    for covered in reading.coverage:
        wanted = [q for q in quantities(asks[covered.ordinal].text) if _is_amount(q)]
        if not wanted or covered.state not in _TAKEN_UP or covered.start < 0:
            continue
        passage = next((p for p in reading.passages if any(x.sentence.start == covered.start for x in p.lines)), None)
        said = "" if passage is None else passage.heading + passage.text
        counted = any(q.kind != "count" or _is_amount(q) for q in quantities(said))
        if not said or counted or pattern(context.profile, "全量词").search(said):
            continue
        message = f"诉求写明“{wanted[0].text.strip()}”，答复没有写办多少"
        return Objection(message, covered.quote, covered.start, covered.end)
    return None


def _is_amount(quantity: Quantity) -> bool:
    """Whether a quantity says how much is to be made: not one of a thing, no part of a name (三组、二期)."""
    counted = quantity.kind == "count" and (quantity.value < _SOME or quantity.unit in _NUMBERED)
    return quantity.kind in _COUNTS and not counted


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"C07": shifted, "P08": uncounted}
