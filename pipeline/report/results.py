"""All rows of one run side by side, as the reports read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from pipeline.profile import Profile
from pipeline.records import (
    Audit,
    Decision,
    Document,
    Failure,
    Handed,
    Match,
    Owed,
    Pair,
    Receipt,
    Reply,
    Route,
    Speech,
    Submission,
    Theme,
)

S = TypeVar("S", Handed, Receipt)
CURRENT = ("inbox", "replies")


@dataclass(frozen=True)
class Results:
    """What the store knows. `parts` gives inbox, replies or history by document id; `paths` the file by source,
    `roster` the files of the run,
    `made_by` the fingerprint behind every row by record type and key."""

    documents: Sequence[Document] = ()
    submissions: Sequence[Submission] = ()
    routes: Sequence[Route] = ()
    matches: Sequence[Match] = ()
    themes: Sequence[Theme] = ()
    replies: Sequence[Reply] = ()
    pairs: Sequence[Pair] = ()
    audits: Sequence[Audit] = ()
    promises: Sequence[Owed] = ()
    speeches: Sequence[Speech] = ()
    failures: Sequence[Failure] = ()
    decisions: Sequence[Decision] = ()
    handed: Sequence[Handed] = ()
    receipts: Sequence[Receipt] = ()
    profile: Profile | None = None
    parts: Mapping[str, str] | None = None
    paths: Mapping[str, str] | None = None
    roster: Collection[str] | None = None
    made_by: Mapping[type, Mapping[str, str]] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    @cached_property
    def submission(self) -> dict[str, Submission]:
        """The submissions by id."""
        return {record.id: record for record in self.submissions}

    @cached_property
    def route(self) -> dict[str, Route]:
        """The routes by submission id."""
        return {record.submission_id: record for record in self.routes}

    @cached_property
    def audit(self) -> dict[str, Audit]:
        """The audits by reply id."""
        return {record.reply_id: record for record in self.audits}

    @cached_property
    def pair(self) -> dict[str, Pair]:
        """The pairings by reply id."""
        return {record.reply_id: record for record in self.pairs}

    @cached_property
    def decided(self) -> dict[tuple[str, str], Decision]:
        """The latest word of a person by (subject id, field)."""
        ordered = sorted(self.decisions, key=lambda decision: decision.at)
        return {(decision.subject_id, decision.field): decision for decision in ordered}

    @cached_property
    def handed_to(self) -> dict[str, list[Handed]]:
        """Who was given each submission, by submission id."""
        return _by_subject(self.handed)

    @cached_property
    def slips(self) -> dict[str, list[Receipt]]:
        """What the units said of each submission, by submission id."""
        return _by_subject(self.receipts)

    def warnings(self, document_id: str) -> tuple[str, ...]:
        """What the reader warned of in a document."""
        return self._warnings.get(document_id, ())

    @cached_property
    def _warnings(self) -> dict[str, tuple[str, ...]]:
        return {document.id: document.warnings for document in self.documents}

    def part(self, document_id: str) -> str:
        """Which part of the run a document belongs to; everything is inbox where no run was recorded."""
        return "inbox" if self.parts is None else self.parts.get(document_id, "archive")

    def present(self) -> Results:
        """The rows of the present run alone: what lies in the store from elsewhere is left out."""
        if self.parts is None:
            return self
        documents = [d for d in self.documents if d.id in self.parts]
        submissions = [s for s in self.submissions if s.document_id in self.parts]
        replies = [r for r in self.replies if r.document_id in self.parts]
        asked, answered = {s.id for s in submissions}, {r.id for r in replies}
        return replace(
            self,
            documents=documents,
            submissions=submissions,
            routes=[r for r in self.routes if r.submission_id in asked],
            matches=[m for m in self.matches if {m.left, m.right} <= asked],
            themes=[t for t in self.themes if asked & set(t.members)],
            replies=replies,
            pairs=[p for p in self.pairs if p.reply_id in answered],
            audits=[a for a in self.audits if a.reply_id in answered],
            promises=[p for p in self.promises if p.reply_id in answered],
            speeches=[s for s in self.speeches if s.document_id in self.parts],
            failures=self.failed(),
        )

    def inbox(self) -> list[Submission]:
        """The submissions that came in, by kind and number; those of history and of registers of replies left out."""
        found = (s for s in self.submissions if self.part(s.document_id) == "inbox")
        return sorted(found, key=lambda s: (s.kind, natural(s.number), natural(s.source)))

    def letters(self) -> list[Reply]:
        """The replies of the present run, history left out, in the order of their sources."""
        found = (r for r in self.replies if self.part(r.document_id) in CURRENT)
        return sorted(found, key=lambda r: natural(r.source))

    def unrecognised(self) -> list[Document]:
        """Documents that came in and look like none of the known kinds: a person must look, so that nothing is lost."""
        found = (d for d in self.documents if d.kind == "其他" and self.part(d.id) in CURRENT and not self._known(d))
        return sorted(found, key=lambda d: natural(d.source))

    def _known(self, document: Document) -> bool:
        """Whether a person gave the document a kind."""
        return (document.id, "kind") in self.decided

    def failed(self) -> list[Failure]:
        """The failures of the present run's files and rows, in the order of their sources."""
        roster = self.roster
        found = (f for f in self.failures if roster is None or any(cut in roster for cut in _cuts(f.source)))
        return sorted(found, key=lambda failure: natural(failure.source))

    def answered(self, reply: Reply) -> Submission | None:
        """The submission that a reply answers, as far as known."""
        pair = self.pair.get(reply.id)
        return self.submission.get(pair.submission_id or "") if pair else None

    def also_answered(self, reply: Reply) -> list[Submission]:
        """The further submissions that a reply answers in one."""
        pair = self.pair.get(reply.id)
        return [self.submission[i] for i in pair.also if i in self.submission] if pair else []

    def lead(self, submission: Submission) -> str:
        """The unit in charge: a person's word, else the unit it was handed to, else the register's, else the
        recommendation; never a unit that returned it since; empty if open."""
        decision = self.decided.get((submission.id, "lead"))
        since = decision.at if decision else datetime.min
        slips = [slip for slip in self.slips.get(submission.id, ()) if not slip.accepted and not slip.late]
        if decision and not any(slip.unit == decision.value and slip.at > since for slip in slips):
            return decision.value
        away, route = {slip.unit for slip in slips}, self.route.get(submission.id)
        handed = [h.unit for h in self.handed_to.get(submission.id, ()) if h.part == "主办"]
        named = (*handed, submission.lead, route.lead if route and route.lead else "")
        return next((unit for unit in named if unit and unit not in away), "")

    def path_of(self, source: str) -> str:
        """The file behind a source such as `inbox/2024.xlsx#12`; empty if unknown."""
        paths = self.paths or {}
        return next((paths[cut] for cut in _cuts(source) if cut in paths), "")


def _by_subject(records: Sequence[S]) -> dict[str, list[S]]:
    found: dict[str, list[S]] = {}
    for record in records:
        found.setdefault(record.subject_id, []).append(record)
    return found


def _cuts(source: str) -> Iterator[str]:
    yield source
    for match in reversed(list(re.finditer(r"[#!/@]", source))):
        yield source[: match.start()]


def natural(text: str) -> list[tuple[int, int, str]]:
    """A sort key in which 第2号 comes before 第10号."""
    parts = re.split(r"(\d+)", text)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
