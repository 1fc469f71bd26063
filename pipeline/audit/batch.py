"""What a batch of letters says of each of them, worked out once, so that any portion can then be audited anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.audit.case import Case, as_read
from pipeline.audit.letter import matter, parts
from pipeline.audit.matters import same_matters
from pipeline.audit.reading import Likeness
from pipeline.audit.relevance import likenesses
from pipeline.audit.rules.process import time_limit
from pipeline.audit.twins import twins
from pipeline.profile import Profile

_SAME_TEXT = 0.8

Days = list[tuple[date, date | None]]


@dataclass(frozen=True, slots=True)
class Portion:
    """Some letters of a batch with all that the rest of it says of them; what it holds is of their size, not its.

    `own` are the places in the batch of the letters to audit; `cases` and `likes` are by place, with the letters that
    they are compared with. `twins` and `kin` are places by reply id, `days_of_unit` the replies of the units whose
    last letter is among the own.
    """

    own: range
    cases: dict[int, Case]
    likes: dict[int, Likeness]
    twins: dict[str, tuple[int, ...]]
    kin: dict[str, tuple[int, ...]]
    days_of_unit: dict[str, Days]
    last_of_unit: dict[str, str]
    latest: date | None


def portions(cases: Sequence[Case], profile: Profile, size: int) -> Iterator[Portion]:
    """The batch in portions of `size` letters, in order: C02, C06, X-rules and the weights of words look at all of it.

    This part is linear in the batch and takes a sixth of the audit's time; the rest is `audited`.
    """
    cases = [as_read(case) for case in cases]
    likes = _likes(cases)
    rule = profile.rules.get("C06")
    same = twins([_answer(case) for case in cases], (rule.threshold if rule else None) or _SAME_TEXT)
    kin = same_matters([case.submission for case in cases], profile)
    days, last = _days(cases, profile)
    latest = max((case.reply.day for case in cases if case.reply.day), default=None)
    for start in range(0, len(cases), size):
        own = range(start, min(start + size, len(cases)))
        needed = {*own, *(other for i in own for other in (*same.get(i, ()), *kin.get(i, ()), likes[i].other_index))}
        ids = {cases[i].reply.id for i in own}
        ours = {unit: reply_id for unit, reply_id in last.items() if reply_id in ids}
        yield Portion(
            own,
            {i: cases[i] for i in sorted(needed) if i >= 0},
            {i: likes[i] for i in sorted(needed) if i >= 0},
            {cases[i].reply.id: tuple(same[i]) for i in own if i in same},
            {cases[i].reply.id: kin[i] for i in own if i in kin},
            {unit: days[unit] for unit in ours},
            ours,
            latest,
        )


def _likes(cases: Sequence[Case]) -> list[Likeness]:
    """How each letter relates to the submissions; the best other one does not count where the letter answers it too."""
    found = likenesses(cases, [matter(case.reply.text) for case in cases])
    for i, (like, case) in enumerate(zip(found, cases, strict=True)):
        if like.other_index >= 0 and cases[like.other_index].submission in case.also:
            found[i] = replace(like, other=0.0, other_index=-1)
    return found


def _answer(case: Case) -> str:
    return "".join(s.text for s in parts(case.reply.text, case.asked) if s.part == "body")


def _days(cases: Sequence[Case], profile: Profile) -> tuple[dict[str, Days], dict[str, str]]:
    """By unit the days of its replies with their time limits, and the id of its last reply."""
    days: dict[str, Days] = defaultdict(list)
    last: dict[str, tuple[date, str]] = {}
    for case in cases:
        reply, submission = case.reply, case.submission
        if reply.unit and reply.day:
            days[reply.unit].append((reply.day, time_limit(submission, profile.clock) if submission else None))
            last[reply.unit] = max(last.get(reply.unit, (date.min, "")), (reply.day, reply.id))
    return days, {unit: reply_id for unit, (_, reply_id) in last.items()}
