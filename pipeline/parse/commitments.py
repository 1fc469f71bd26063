"""Promises of a letter with their slots (domain §5-C)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from pipeline.figures import Moment
from pipeline.parse.promise_cues import Cues, cues_of, names_self
from pipeline.parse.promise_due import condition_of, due_of
from pipeline.parse.promise_means import actor_of, money_of, plan_of, steps_of
from pipeline.parse.promise_slots import act_of, object_of, place_of, quantity_of
from pipeline.parse.promise_text import Clause, Segment, segments
from pipeline.parse.promise_times import Letter, deadline_times, read
from pipeline.profile import Profile
from pipeline.records import Commitment

_GOES_ON = re.compile(
    r"^(?:并?(?:预计|计划|力争|争取|确保)|该(?:项目|工程|路|道路|路段|处|事项)|(?:所需"
    r"|建设)?资金|经费|总?投资|责任|牵头|完成时限|时限|工期|其中|届时|项目建成)"
)
_MET = re.compile(r"(?:已|如期|按期|按时)[^，。；]{0,14}(?:实现|完成|达到|建成|达标)")
_SKIPPED = frozenset({"restated", "aside", "rule"})
_LONGEST, _SHORT = 260, 16


@dataclass(slots=True)
class _Group:
    """The clauses of one promise, and what its list shares with it."""

    clauses: list[Clause]
    segment: Segment
    done: bool
    shared: list[Moment] = field(default_factory=list)
    head: Segment | None = None
    whole: list[Clause] = field(default_factory=list)


def commitments(text: str, day: date | None, profile: Profile, unit: str = "") -> tuple[Commitment, ...]:
    """The promises and the finished work of a letter's body in order; spans index `text`.

    Times are read against `day`, the letter's own. A slot holds the letter's wording; `unit` only fills an actor
    where the letter says “我们” or nothing.
    """
    cues = cues_of(profile)
    letter = read(text, day)
    groups = _share(_groups(segments(letter, cues), letter, cues), letter, cues)
    stages = [stage for group in groups for stage in _stages(group, letter, cues)]
    found = (_filled(stage, letter, profile, unit) for stage in stages)
    return tuple(one for one in found if not _was_met(one, day))


def _was_met(one: Commitment, day: date | None) -> bool:
    """Whether an earlier aim is only told with its result (“计划到去年底…，已如期实现”)."""
    past = day is not None and one.deadline_to is not None and one.deadline_to < day
    return past and not one.done and bool(_MET.search(one.text))


def _stages(group: _Group, letter: Letter, cues: Cues) -> list[_Group]:
    """The group cut where a further dated act begins (7月底前开工，12月底前完工): each stage falls due by itself."""
    if group.done or group.shared:
        return [group]
    starts = [i for i, clause in enumerate(group.clauses) if _is_stage(clause, letter, cues)]
    cuts = [0, *starts[1:], len(group.clauses)] if len(starts) > 1 else [0, len(group.clauses)]
    parts = [group.clauses[begin:end] for begin, end in pairwise(cuts)]
    if len(parts) > 1:
        parts = [_acting(part, letter) for part in parts]
    return [_Group(part, group.segment, group.done, head=group.head, whole=group.clauses) for part in parts]


def _acting(part: list[Clause], letter: Letter) -> list[Clause]:
    """A stage without the clauses at its end that name no act or time: who pays, who is in charge."""
    last = len(part)
    while last > 1 and part[last - 1].mood == "plain" and not letter.times_in(part[last - 1].start, part[last - 1].end):
        last -= 1
    return part[:last]


def _is_stage(clause: Clause, letter: Letter, cues: Cues) -> bool:
    """Whether a clause gives an act of its own with a day or month by which it is done, or begins with its year."""
    times = [
        m
        for m in deadline_times(letter, clause.start, clause.end)
        if m.strength in {"T2", "T4", "T5"} or (m.strength == "T3" and m.start == clause.start)
    ]
    return bool(times) and bool(cues.concrete.search(clause.text) or cues.step.search(clause.text))


def _groups(parts: Sequence[Segment], letter: Letter, cues: Cues) -> list[_Group]:
    groups: list[_Group] = []
    last: Segment | None = None
    head: Segment | None = None
    for part in parts:
        if part.head:
            head = part
            continue
        kept = _kept(part, letter, cues)
        joins = bool(groups) and last is groups[-1].segment and _continues(part, groups[-1], letter, cues)
        if joins and groups:
            groups[-1].clauses += [clause for clause in part.clauses if clause.mood not in _SKIPPED]
            groups[-1].segment = part
        elif kept:
            done = not any(clause.mood in {"promise", "soft"} for clause in kept)
            groups.append(_Group(kept, part, done, head=head if part.number else None))
        last = part
    return groups


def _kept(part: Segment, letter: Letter, cues: Cues) -> list[Clause]:
    """The clauses of the promise: from the first that says something of it to the last; none where there is none."""
    moods = [clause.mood for clause in part.clauses]
    core: list[int] = []
    for wanted in ("promise", "soft", "done"):
        core = core or [place for place, mood in enumerate(moods) if mood == wanted]
    if not core:
        return []
    first, last = core[0], core[-1]
    bare = _begins_with_time(part.clauses[first], letter)
    while first > 0 and (
        _tells(part.clauses[first - 1], part.clauses[first], letter, cues)
        or (bare and _leads_in(part.clauses[first - 1], cues))
    ):
        first -= 1
    while last + 1 < len(moods) and moods[last + 1] not in _SKIPPED:
        last += 1
    barrier = next((n for n in range(core[0], last + 1) if moods[n] in _SKIPPED), last + 1)
    return list(part.clauses[first:barrier])


def _begins_with_time(clause: Clause, letter: Letter) -> bool:
    """Whether a clause has its time first and nobody who acts: the ones before say who does what (…，8月底前装好)."""
    return bool(letter.times_in(clause.start, clause.start + 2)) and not names_self(clause.text)


def _leads_in(clause: Clause, cues: Cues) -> bool:
    """Whether a clause is still on the same work: nothing past, no refusal, and an act or an amount."""
    if clause.mood != "plain" or cues.past.search(clause.text):
        return False
    return bool(cues.concrete.search(clause.text) or quantity_of(clause.text) or len(clause.text) <= _SHORT)


def _tells(clause: Clause, after: Clause, letter: Letter, cues: Cues) -> bool:
    """Whether a clause before the promise belongs to it: a stage done, a time, a condition, the acting side.

    A clause that begins with its time (“，6月15日前修好”) leaves the act to the one before.
    """
    if clause.mood in _SKIPPED or clause.mood == "refusal":
        return False
    timed = bool(letter.times_in(after.start, after.start + 2)) and not cues.past.search(clause.text)
    return bool(
        clause.mood == "done"
        or (timed and (cues.concrete.search(clause.text) or quantity_of(clause.text)))
        or deadline_times(letter, clause.start, clause.end)
        or cues.condition.search(clause.text)
        or cues.opening.search(clause.text)
        or (len(clause.text) < 14 and names_self(clause.text))
    )


def _continues(part: Segment, group: _Group, letter: Letter, cues: Cues) -> bool:
    """Whether a segment goes on with the promise before it: its date, money, stage or person in charge."""
    text = letter.text[part.start : part.end]
    if part.number or group.done or part.end - group.clauses[0].start > _LONGEST or cues.restated.search(text):
        return False
    if "\n" in letter.text[group.clauses[-1].end : part.start] or cues.closing.search(text):
        return False
    if _GOES_ON.match(text) or _announced(group, letter):
        return True
    times = letter.times_in(part.start, part.start + 2)
    rest = letter.text[times[0].end : part.clauses[0].end] if times and part.clauses else ""
    stage = bool(rest) and len(rest) < 14 and bool(cues.step.search(rest)) and not names_self(rest)
    willing = any(clause.mood in {"promise", "soft"} for clause in part.clauses)
    return stage or (part.planned and not willing and bool(quantity_of(text)))


def _announced(group: _Group, letter: Letter) -> bool:
    """Whether the group so far is only the title of its item: “（二）完善设施。”."""
    start, end = group.clauses[0].start, group.clauses[-1].end
    bare = not letter.times_in(start, end) and not quantity_of(letter.text[start:end])
    return bool(group.segment.number) and group.segment.planned and end - start < 18 and bare


def _share(groups: list[_Group], letter: Letter, cues: Cues) -> list[_Group]:
    """A time in the lead-in or in a last “以上均…” belongs to every item of the list."""
    kept: list[_Group] = []
    for group in groups:
        if group.head is not None:
            group.shared += deadline_times(letter, group.head.start, group.head.end)
        start, end = group.clauses[0].start, group.clauses[-1].end
        shared = cues.shared.search(letter.text, start, end)
        times = deadline_times(letter, start, end)
        if shared and times and kept:
            for earlier in kept[-8:]:
                earlier.shared += times
            if shared.group().startswith(("以上", "上述")):
                continue
        kept.append(group)
    return kept


def _filled(group: _Group, letter: Letter, profile: Profile, unit: str) -> Commitment:
    cues = cues_of(profile)
    start, end = group.clauses[0].start, group.clauses[-1].end
    stretch = letter.text[start:end]
    due = due_of(letter, group.clauses, cues, group.shared)
    act = act_of(letter, group.clauses, cues)
    before = letter.text[group.head.start : group.head.end] if group.head else ""
    whole = group.whole or group.clauses
    everything = letter.text[whole[0].start : whole[-1].end]
    actor = actor_of(stretch, before, profile) or actor_of(everything, before, profile)
    return Commitment(
        text=stretch,
        act=act,
        start=start,
        end=end,
        object=object_of(act, cues),
        quantity=quantity_of(stretch),
        place=place_of(stretch, profile.towns),
        plan=plan_of(stretch) or plan_of(everything),
        steps=steps_of(whole, cues),
        deadline_text=due.text,
        deadline_from=due.first,
        deadline_to=due.last,
        strength=due.strength,
        money=money_of(group.clauses, profile) or money_of(whole, profile),
        actor=unit if unit and actor == "我们" else actor,
        condition=condition_of(stretch, cues),
        done=group.done,
    )
