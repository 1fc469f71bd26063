"""Rules C07 and P08: another place, less, or no amount where the submission names one (domain §5-B, R-REP-14)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.passages import Line
from pipeline.audit.places import places
from pipeline.audit.reading import Context, Reading, about
from pipeline.audit.rules.restated import exchanged, misquoted
from pipeline.audit.terms import Terms, terms
from pipeline.audit.wording import pattern
from pipeline.figures import Quantity, quantities
from pipeline.records import Submission

_FIRM = frozenset({"done", "begun", "planned", "promised"})
_INSTEAD = re.compile(r"改为|改在|替代|另|邻近|附近|相邻|试点|类似|参照|同类|其他")
_COUNTS = frozenset({"count", "length", "area"})
_NEAR = 14
_SOME, _NUMBERED = 3, frozenset("组队期级类方条项届次年月")
_TAKEN_UP = frozenset({"已采纳落实", "部分采纳", "列入计划"})


def shifted(reading: Reading, context: Context) -> Outcome:
    """偷换或缩小诉求：答复写的地点、数量与所提的不一致，又没有说明。"""
    submission = reading.submission
    if submission is None or reading.forwarded:
        return None
    told_wrong = misquoted(reading, submission) or exchanged(reading, submission)
    if told_wrong is not None:
        return told_wrong
    asked = submission.title + "".join(ask.text for ask in submission.asks)
    lines = [line for passage in reading.passages for line in passage.lines if line.stance in _FIRM]
    told = terms(asked, context.profile)
    partly = any(pattern(context.profile, "部分办理词").search(line.sentence.text) for line in lines)
    for line in lines:
        found = _other_place(line, submission, asked, (reading, told)) or (
            None if partly else _less(line, lines, asked)
        )
        if found:
            return found
    return None


def _other_place(line: Line, submission: Submission, asked: str, known: tuple[Reading, Terms]) -> Objection | None:
    reading, told = known
    text = line.sentence.text
    if _INSTEAD.search(reading.answer) or any("refused" in passage.stances for passage in reading.passages):
        return None
    wanted, said = places(asked, sure=True), places(text, sure=True)
    whole = submission.title + submission.text
    for kind, names in said.items():
        missing = wanted.get(kind, set())
        if not missing or any(name[:2] in reading.answer for places in wanted.values() for name in places):
            continue
        foreign = sorted(name for name in names if name not in whole)
        same = [word for word in told.telling() if word in text and not re.search(r"\d", word)]
        if foreign and same:
            return about(line, f"所提的是“{sorted(missing)[0]}”，答复写的是“{foreign[0]}”，都是{same[0]}")
    return None


def _less(line: Line, lines: list[Line], asked: str) -> Objection | None:
    """One amount of a unit asked for, one said of the same thing, and less of it without a word why."""
    everything = [q for other in lines for q in quantities(other.sentence.text)]
    for quantity in quantities(line.sentence.text):
        wanted = [q for q in quantities(asked) if (q.unit, q.kind) == (quantity.unit, quantity.kind)]
        alone = sum((q.unit, q.kind) == (quantity.unit, quantity.kind) for q in everything) == 1
        if quantity.kind not in _COUNTS or len({q.value for q in wanted}) != 1 or not alone:
            continue
        if quantity.value < wanted[0].value and not quantity.approx and _same_thing(quantity, line, wanted[0], asked):
            return about(line, f"所提的是{wanted[0].text.strip()}，答复写的是{quantity.text.strip()}")
    return None


def _same_thing(said: Quantity, line: Line, wanted: Quantity, asked: str) -> bool:
    """Whether both amounts stand beside the same word of two characters or more."""
    here = line.sentence.text[max(0, said.start - _NEAR) : said.end + _NEAR]
    there = asked[max(0, wanted.start - _NEAR) : wanted.end + _NEAR]
    beside = [asked[wanted.start - 2 : wanted.start], asked[wanted.end : wanted.end + 2]]
    near = [line.sentence.text[said.start - 2 : said.start], line.sentence.text[said.end : said.end + 2]]
    shared = {w for w in (*beside, *near) if len(w) == 2 and re.fullmatch(r"[\u4e00-\u9fff]{2}", w)}
    return any(word in here and word in there for word in shared)


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
