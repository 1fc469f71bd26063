"""The promise ledger: every promise of all years, tied to the later letters and items on the same matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.audit.case import Case
from pipeline.audit.matters import akin, kindred, places, same_matters
from pipeline.audit.pairing import title_core
from pipeline.audit.sequels import Heard, Letter, Subject, heard, subject
from pipeline.audit.terms import shares_a_name
from pipeline.audit.wording import pattern
from pipeline.figures import moments
from pipeline.profile import Profile
from pipeline.records import Commitment, Match, Owed, Reply, Said, Sequel, Submission, Theme
from pipeline.text import sentences

_CLOSEST = SAME_ITEM, SAME_MATTER, SAME_CLASS = "同一件", "同一事项", "同类问题"
_PLACES = re.compile(r"(?!数字|年度)[^：]+：")
"""What a match says to differ, but for amounts and years: one matter at two places is two matters to a promise."""
_ALIKE = 0.3
_MOST = 30
_IN_ONE_ROUND: Mapping[Said, Said] = {"再承诺": "重申", "说明": "提及"}
"""What the words mean in a letter of the same round: a promise restated, a refusal of something else."""


@dataclass(slots=True)
class Ties:
    """Which submissions hang together, by id: how closely, the closest tie kept."""

    places: Mapping[str, frozenset[str]]
    of: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, left: str, right: str, tie: str) -> None:
        """Tie two submissions unless they are tied more closely, or name different places."""
        mine, theirs = self.places.get(left), self.places.get(right)
        if left == right or (mine and theirs and not mine & theirs):
            return
        for here, there in ((left, right), (right, left)):
            if self.of[here].get(there) != SAME_MATTER:
                self.of[here][there] = tie


def ties(
    submissions: Sequence[Submission], matches: Sequence[Match], themes: Sequence[Theme], profile: Profile
) -> Ties:
    """What recurrence and the audit know of items on the same matter, then of items of one class."""
    found = Ties({s.id: places(s.title) for s in submissions})
    known = {s.id: s for s in submissions}
    elsewhere = {frozenset((m.left, m.right)) for m in matches if any(_PLACES.match(said) for said in m.differs)}
    near = akin(((known[m.left], known[m.right]) for m in matches if {m.left, m.right} <= known.keys()), profile)
    for match in matches:
        same = frozenset((match.left, match.right)) in near - elsewhere
        found.add(match.left, match.right, SAME_MATTER if same else SAME_CLASS)
    for tie, related in ((SAME_MATTER, same_matters), (SAME_CLASS, kindred)):
        for index, others in related(submissions, profile).items():
            for other in others:
                left, right = submissions[index].id, submissions[other].id
                found.add(left, right, SAME_CLASS if {left, right} in elsewhere else tie)
    for theme in themes:
        for left in theme.members if len(theme.members) <= _MOST else ():
            for right in theme.members:
                found.add(left, right, SAME_CLASS)
    return found


def ledger(cases: Sequence[Case], submissions: Sequence[Submission], tied: Ties, profile: Profile) -> list[Owed]:
    """One `Owed` per promise of the letters, in their order; work that a letter reports as done is none (§5-C)."""
    return list(_Book(cases, submissions, tied, profile).entries())


class _Book:
    """The letters and items by id, each letter cut into passages when it is first looked at."""

    def __init__(self, cases: Sequence[Case], submissions: Sequence[Submission], tied: Ties, profile: Profile) -> None:
        self.cases, self.tied, self.profile = cases, tied, profile
        self.asked: Mapping[str, Submission] = {s.id: s for s in submissions}
        self.by_item: dict[str, list[Case]] = defaultdict(list)
        self._letters: dict[str, Letter] = {}
        for case in cases:
            for submission in (case.submission, *case.also):
                if submission is not None:
                    self.by_item[submission.id].append(case)

    def entries(self) -> Iterator[Owed]:
        for case in self.cases:
            later = list(self._later(case))
            again = list(self._asked_again(case))
            for promise in case.reply.commitments:
                if _is_promise(promise, case.reply):
                    yield self._owed(case, promise, later, again)

    def _owed(
        self, case: Case, promise: Commitment, later: Sequence[tuple[str, Case]], again: Sequence[Submission]
    ) -> Owed:
        reply, submission = case.reply, case.submission
        due = due_day(promise, reply, submission)
        about = subject(promise, case, self.profile)
        found = [s for tie, other in later if (s := self._sequel((case, about, due), tie, other)) is not None]
        found += [self._raised(one, about) for one in again]
        return Owed(
            id=f"{reply.id}@{promise.start}",
            reply_id=reply.id,
            submission_id=submission.id if submission else None,
            unit=reply.unit or reply.unit_text,
            text=promise.text,
            start=promise.start,
            end=promise.end,
            day=reply.day,
            due=due,
            deadline_text=promise.deadline_text,
            strength=promise.strength,
            sequels=tuple(sorted(found, key=lambda s: (s.day or date.max, s.source))),
        )

    def _later(self, case: Case) -> Iterator[tuple[str, Case]]:
        """The letters after this one on the same item, the same matter, or of the same class."""
        own = [s.id for s in (case.submission, *case.also) if s is not None]
        items = {other: tie for i in own for other, tie in self.tied.of.get(i, {}).items()}
        items |= dict.fromkeys(own, SAME_ITEM)
        seen = {case.reply.id}
        for item, tie in sorted(items.items(), key=lambda pair: (_CLOSEST.index(pair[1]), pair[0])):
            for other in self.by_item.get(item, ()):
                foreign = tie == SAME_CLASS and other.reply.unit != case.reply.unit
                if other.reply.id not in seen and not foreign and _after(other.reply, case.reply):
                    seen.add(other.reply.id)
                    yield tie, other

    def _asked_again(self, case: Case) -> Iterator[Submission]:
        """The items on the same matter that came in after the letter."""
        for s in (case.submission, *case.also):
            for other, tie in self.tied.of.get(s.id, {}).items() if s is not None else ():
                later = self.asked.get(other)
                if later and tie == SAME_MATTER and case.reply.day and _came(later, case.reply.day):
                    yield later

    def _sequel(self, made: tuple[Case, Subject, date | None], tie: str, other: Case) -> Sequel | None:
        case, about, due = made
        letter = self._letters.setdefault(other.reply.id, Letter.of(other, self.profile))
        found = heard(about, letter, self.profile, sure=tie != SAME_CLASS)
        if tie == SAME_CLASS and not self._same_thing(case, found):
            return None
        if found is None:
            found = Heard("未提")
        elif about.acts and tie != SAME_ITEM and other.reply.unit != case.reply.unit:
            found = replace(found, said="提及")
        anew = _anew(case.reply, due, other.reply, found)
        said = found.said if anew else _IN_ONE_ROUND.get(found.said, found.said)
        line = found.line.sentence if found.line else None
        quoted = (line.text, line.start, line.end) if line else ("", -1, -1)
        title = other.submission.title if other.submission else other.reply.title
        return Sequel(other.reply.id, other.reply.source, title, said, tie, other.reply.day, *quoted)

    def _same_thing(self, case: Case, found: Heard | None) -> bool:
        """Whether a letter on another item of the class speaks of the very thing that the promise's item names."""
        if found is None or found.line is None or found.said == "提及":
            return False
        title = case.submission.title if case.submission else ""
        return shares_a_name(title_core(title), found.line.sentence.text, self.profile)

    def _raised(self, later: Submission, about: Subject) -> Sequel:
        """A later item on the matter, with the words that say nothing came of it."""
        complains = pattern(self.profile, "催办词")
        spans = [s for s in sentences(later.text) if complains.search(s.text) and about.told.share_in(s.text) >= _ALIKE]
        quoted = (spans[0].text, spans[0].start, spans[0].end) if spans else ("", -1, -1)
        day = later.day or later.handed_over
        return Sequel(later.id, later.source, later.title, "再提", SAME_MATTER, day, *quoted)


def due_day(promise: Commitment, reply: Reply, submission: Submission | None) -> date | None:
    """The last promised day; of an undated letter, a day without a year is read against the item's hand-over."""
    if promise.deadline_to is not None or reply.day is not None or submission is None:
        return promise.deadline_to
    base = submission.handed_over or submission.day
    if base is None:
        return None
    return max((m.last for m in moments(promise.deadline_text, base) if m.last), default=None)


def _is_promise(promise: Commitment, reply: Reply) -> bool:
    """Whether a clause promises: not what is done (but “已完成招标，5月底前装好”), nor what began before the letter."""
    if promise.deadline_to is None or reply.day is None:
        return not promise.done
    begun = promise.deadline_to <= reply.day and "起" in promise.deadline_text
    return promise.deadline_to > reply.day if promise.done else not begun


def _after(later: Reply, earlier: Reply) -> bool:
    return later.day is not None and earlier.day is not None and later.day > earlier.day


def _came(item: Submission, day: date) -> bool:
    came = item.day or item.handed_over
    return came > day if came else bool(item.year and item.year > day.year)


def _anew(earlier: Reply, due: date | None, later: Reply, found: Heard) -> bool:
    """Whether a promise is made anew: after its day, in a later year, or with a later day; else it is only restated."""
    if later.day is None or earlier.day is None:
        return False
    overdue = due is not None and later.day > due
    later_day = due is not None and found.due is not None and found.due > due
    postponed = later_day and earlier.kind == "答复"  # a co-unit's opinion goes into the letter of the unit in charge
    return overdue or postponed or later.day.year > earlier.day.year
