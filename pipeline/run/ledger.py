"""The cases of the audit, and the promise ledger over all years: done again when what it rests on has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.records import Handed, Match, Owed, Pair, Reply, Submission, Theme
from pipeline.run.job import Job, items, set_state
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.audit import Case


def cases(replies: Sequence[Reply], pairs: Sequence[Pair], submissions: Sequence[Submission]) -> list[Case]:
    """Every reply with what it answers, in order."""
    from pipeline.audit import Case

    known, pair = {s.id: s for s in submissions}, {p.reply_id: p for p in pairs}
    unpaired = Pair("", None, "")
    found = ((reply, pair.get(reply.id, unpaired)) for reply in replies)
    return [Case(r, known.get(p.submission_id or ""), tuple(known[i] for i in p.also if i in known)) for r, p in found]


def assigned(store: Store) -> list[Submission]:
    """The items with the units that they were handed to, where their register names none."""
    lead, co = {}, defaultdict(list)
    for handed in store.all(Handed):
        if handed.part == "会办":
            co[handed.subject_id].append(handed.unit)
        elif handed.part == "主办":
            lead[handed.subject_id] = handed.unit
    return [replace(s, lead=s.lead or lead.get(s.id, ""), co=s.co or tuple(co[s.id])) for s in items(store)]


def ledger(job: Job) -> int:
    """Enter every promise with what later texts say of it; returns how many there are, 0 if nothing changed."""
    from pipeline import audit as stage

    store, submissions = job.store, items(job.store)
    replies, pairs, matches, themes = store.all(Reply), store.all(Pair), store.all(Match), store.all(Theme)
    seen = [*(s.id for s in submissions), *(f"{p.reply_id}{p.submission_id}{p.also}" for p in pairs)]
    seen += [*(f"{m.left}{m.right}{m.differs}" for m in matches), *(f"{t.id}{t.members}" for t in themes)]
    state = set_state("audit", job.profile, seen)
    if store.state("ledger") == state:
        return 0
    job.progress.start("登记承诺", len(replies))
    tied = stage.ties(submissions, matches, themes, job.profile)
    owed = stage.ledger(cases(replies, pairs, submissions), submissions, tied, job.profile)
    store.replace("ledger", (Owed,), owed, state)
    job.progress.advance(len(replies))
    return len(owed)
