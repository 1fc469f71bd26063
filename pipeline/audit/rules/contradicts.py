"""Rule X05: two letters of one round say different things of the same matter: yes and no, days, amounts (§5-D)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import lru_cache

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.passages import Line, Passage
from pipeline.audit.reading import Context, Reading
from pipeline.audit.sequels import same_promise
from pipeline.audit.terms import terms
from pipeline.audit.wording import pattern
from pipeline.figures import quantities
from pipeline.profile import Profile
from pipeline.records import Commitment

_MATTERS = 0.4
_ROUND = timedelta(days=183)
_APART = timedelta(days=31)
_DATED = frozenset({"T4", "T5"})
_OTHER_SUM = 0.05
_NO = r"(?:不再|暂不|不能|无法|不予|不宜|不得|没有(?!采纳)|不(?!仅|但|低于|少于|超过|断|得|含|同|足))"
_TOTAL = re.compile(r"总投资|投资总额|概算|预算总额|总预算|估算投资|总造价|总经费")
_STAGES = re.compile(r"[一二三四五六七八九\d]期|首期|分期|第[一二三四五]?(?:批|段|标段|阶段)|首批|另|其中|年度|分年")


def contradicts(reading: Reading, context: Context) -> Outcome:
    """前后矛盾：同一年对同一事项的两份答复，一份说办、一份说不办，或者日期、总投资不一样。"""
    for other in _same_round(reading, context):
        found = (
            _asked_word(reading, other, context.profile)
            or _other_day(reading, other, context.profile)
            or _other_sum(reading, other)
        )
        if found is not None:
            return found
    return None


def _same_round(reading: Reading, context: Context) -> Iterator[Reading]:
    """The letters on the same matter within half a year that answer another item."""
    day, asked = reading.reply.day, reading.submission
    for index in context.kin.get(reading.reply.id, ()):
        other = context.cases[index]
        if day is None or asked is None or other.submission is None or other.reply.day is None:
            continue
        if other.submission.id != asked.id and abs(other.reply.day - day) <= _ROUND:
            yield context.readings[index]


def _asked_word(reading: Reading, other: Reading, profile: Profile) -> Objection | None:
    """One letter denies what was asked for, the other grants it."""
    asked = "".join(ask.text for r in (reading, other) if r.submission for ask in r.submission.asks)
    acts = profile.words("实做词")
    weights = terms(asked, profile).weights
    words = sorted(word for word, weight in weights.items() if weight >= _MATTERS and word not in acts)
    return next((found for word in words if (found := _yes_and_no(word, reading, other, profile))), None)


def _yes_and_no(word: str, mine: Reading, theirs: Reading, profile: Profile) -> Objection | None:
    """The clause of a letter on `word` where the other letter says the opposite."""
    if word not in mine.answer and word not in theirs.answer:
        return None
    denies = _denial(word, profile)
    here, there = denies.search(mine.answer), denies.search(theirs.answer)
    if (here is None) == (there is None):
        return None
    denied, grants = (here, theirs) if here else (there, mine)
    line = _granted(word, grants)
    if line is None or denied is None:
        return None
    said = f"对“{word}”，一份说“{denied.group().strip()}”，另一份说“{line.sentence.text[:30]}”"
    return _against(theirs, said, denied.group() if here else line.sentence.text)


@lru_cache(maxsize=1024)
def _denial(word: str, profile: Profile) -> re.Pattern[str]:
    """The clause that denies what a word names, or says of it that an act is not to be."""
    verbs = pattern(profile, "实做词").pattern
    return re.compile(
        rf"[^，。；：\n]*{_NO}[^，。；]{{0,5}}{re.escape(word)}|"
        rf"[^，。；：\n]*{re.escape(word)}[^。；：\n]{{0,16}}?(?:暂不|不能|无法|不予|不宜)[^，。；]{{0,4}}?(?:{verbs})"
    )


def _granted(word: str, reading: Reading) -> Line | None:
    """The line of a passage on `word` that says what is done about it, with a day or an amount."""
    for passage in reading.passages:
        if word in passage.heading + passage.text and "refused" not in passage.stances:
            return next((line for line in passage.lines if _firm(line, passage, word)), None)
    return None


def _firm(line: Line, passage: Passage, word: str) -> bool:
    near = word in line.sentence.text or word in passage.heading or line is passage.lines[0]
    return near and bool(re.search(r"\d", line.sentence.text))


def _other_day(mine: Reading, theirs: Reading, profile: Profile) -> Objection | None:
    """The same promise with days more than a month apart, no letter saying that it was put off."""
    put_off = pattern(profile, "推迟词", "原定词")
    if put_off.search(mine.answer) or put_off.search(theirs.answer):
        return None
    for here in _dated(mine):
        for there in _dated(theirs):
            apart = abs(here.deadline_to - there.deadline_to) if here.deadline_to and there.deadline_to else _APART
            if apart > _APART and same_promise(here, there, (mine.case, theirs.case), profile):
                said = f"同一件事，一份说“{here.deadline_text}”，另一份说“{there.deadline_text}”"
                return _against(theirs, said, mine.reply.text[here.start : here.end])
    return None


def _dated(reading: Reading) -> Iterator[Commitment]:
    for promise in reading.reply.commitments:
        if not promise.done and promise.deadline_to and promise.strength in _DATED and not _STAGES.search(promise.text):
            yield promise


def _other_sum(mine: Reading, theirs: Reading) -> Objection | None:
    """Both letters name one total and the totals differ."""
    here, there = _total(mine), _total(theirs)
    if here is None or there is None or abs(here[0] - there[0]) <= _OTHER_SUM * max(here[0], there[0]):
        return None
    return _against(theirs, f"总投资一份写“{here[1]}”，另一份写“{there[1]}”", here[1])


def _total(reading: Reading) -> tuple[float, str] | None:
    """The only total that a letter names: its value and its wording."""
    found = []
    for match in _TOTAL.finditer(reading.answer):
        near = reading.answer[match.start() : match.end() + 16]
        amount = next((q for q in quantities(near) if q.kind in ("money", "amount") and q.value), None)
        if amount is not None and amount.value:
            found.append((amount.value, near[: amount.end]))
    return found[0] if len(found) == 1 and not _STAGES.search(found[0][1]) else None


def _against(theirs: Reading, said: str, quote: str) -> Objection:
    title = theirs.submission.title if theirs.submission else ""
    return Objection(f"与《{title}》的答复矛盾：{said}", quote)


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"X05": contradicts}
