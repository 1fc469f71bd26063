"""The stages that look at the whole set, and the reports: done again when anything in the set has changed."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from pipeline.due import return_due
from pipeline.engines import near_copies
from pipeline.errors import BanliError
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
from pipeline.report.given import STATES, state
from pipeline.report.results import CURRENT, Results
from pipeline.run.items import returned, routers
from pipeline.run.job import Job, fingerprint, items, set_state
from pipeline.run.ledger import assigned, cases, ledger
from pipeline.store import Store, default_index_folder

STAGED = (Document, Submission, Route, Match, Theme, Reply, Audit, Owed, Speech)
LETTERS_A_BATCH = 100


def learn(job: Job, folder: Path) -> int:
    """Train the router on what registers of past years say; returns how many labelled items there were.

    The model stands in `folder` with its card, the cards of models replaced or refused in `cards` below it; too few
    labelled items leave the catalogue alone.
    """
    from pipeline.route import Model, gated

    labelled = _labelled(job)
    state = set_state("route", job.profile, [f"{s.id}{s.lead}{s.co}" for s in labelled])
    if job.store.state("learn") == state:
        return 0
    job.progress.start("学习往年", len(labelled))
    old = None
    with suppress(BanliError):  # none yet, or of another format: trained anew
        old = Model.load(folder)
    gate = gated(labelled, old, job.profile)
    if gate.model is None and folder.exists():
        shutil.rmtree(folder)
    elif gate.model is not None and gate.new:
        gate.model.save(folder)
    if gate.other is not None:
        cards = folder / "cards"
        cards.mkdir(exist_ok=True)
        (cards / f"{gate.other.corpus[:12]}.json").write_text(gate.other.to_json(), encoding="utf-8")
    job.store.replace("learn", (), [], state)
    job.progress.advance(len(labelled))
    return len(labelled)


def _labelled(job: Job) -> list[Submission]:
    """Past items with the unit that had them: the register's, unless it returned the item; else who accepted it."""
    joining = {(h.subject_id, h.unit) for h in job.store.all(Handed) if h.part == "会办"}
    slips = [s for s in job.store.all(Receipt) if s.accepted and (s.subject_id, s.unit) not in joining]
    accepted = {slip.subject_id: slip.unit for slip in slips}
    parts, returns, found = job.store.parts(), returned(job.store), []
    for s in items(job.store):
        away = {slip.unit for slip in returns.get(s.id, ())}
        lead = s.lead if s.lead and s.lead not in away else accepted.get(s.id, "")
        if lead and parts.get(s.document_id) not in CURRENT:
            found.append(replace(s, lead=lead))
    return found


def recur(job: Job) -> int:
    """Compare all submissions of all years; returns how many were compared, 0 if nothing changed.

    What was read of a submission once is kept beside the store, so a new year costs the reading of the new ones.
    """
    from pipeline import recur as stage

    submissions, made_by = items(job.store), fingerprint("recur", job.profile)
    units = {route.submission_id: route.lead for route in job.store.all(Route) if route.lead}
    units |= {submission.id: submission.lead for submission in submissions if submission.lead}
    state = set_state("recur", job.profile, [s.id + units.get(s.id, "") for s in submissions])
    if job.store.state("recur") == state:
        return 0
    job.progress.start("查找重复", len(submissions))
    folder = default_index_folder(job.store.url)
    memory = stage.Memory.open(folder, made_by, job.profile).of_submissions(submissions)
    memory.save(folder, units)
    matches = stage.matches(submissions, memory, units, partial(near_copies, job.engine))
    themes = stage.themes(submissions, matches, units, memory, job.store.all(Theme))
    job.store.replace("recur", (Match, Theme), [*matches, *themes], state)
    job.progress.advance(len(submissions))
    return len(submissions)


def audit(job: Job) -> int:
    """Pair and audit all replies; returns how many were audited, 0 if nothing changed."""
    from pipeline import audit as stage

    submissions, replies = assigned(job.store), job.store.all(Reply)
    state = set_state("audit", job.profile, [*(f"{s.id}{s.lead}{s.co}" for s in submissions), *(r.id for r in replies)])
    if job.store.state("audit") == state:
        return 0
    job.progress.start("审核答复", len(replies))
    pairs = stage.pair(replies, submissions)
    answers = cases(replies, pairs, submissions)
    audits: list[Audit] = []
    for found in job.engine(
        partial(stage.audited, profile=job.profile), stage.portions(answers, job.profile, LETTERS_A_BATCH)
    ):
        audits += found
        job.progress.advance(len(found))
    job.store.replace("audit", (Pair, Audit), [*pairs, *audits], state)
    return len(replies)


def results(store: Store) -> Results:
    """Everything the store knows, for the reports; what speeches share is found here, over all of them."""
    from pipeline.parse.templates import with_shared

    return Results(
        documents=store.all(Document),
        submissions=items(store),
        routes=store.all(Route),
        matches=store.all(Match),
        themes=store.all(Theme),
        replies=store.all(Reply),
        pairs=store.all(Pair),
        audits=store.all(Audit),
        promises=store.all(Owed),
        speeches=with_shared(store.all(Speech)),
        failures=store.all(Failure),
        decisions=store.all(Decision),
        handed=store.all(Handed),
        receipts=store.all(Receipt),
        parts=store.parts(),
        paths=store.paths(),
        roster=store.roster(),
        made_by={kind: store.made_by(kind) for kind in (*STAGED, Failure)},
    )


def report(job: Job, out: Path) -> list[Path]:
    """Write the workbook, the page and the JSON lines; returns their paths, the ones for people first."""
    from pipeline.report import KINDS, page, rows, workbook, write

    ledger(job)
    found = replace(results(job.store), profile=job.profile)
    table, overview = out / "交办建议表.xlsx", out / "总览.html"
    job.progress.start("写出结果", 2 + len(KINDS))
    try:
        workbook(found, table)
        job.progress.advance(1)
        page(found, overview, job.profile.place)
        job.progress.advance(1)
        present = found.present()
        for kind in KINDS:
            write(rows(kind, present), "jsonl", out / "data" / f"{kind}.jsonl")
            job.progress.advance(1)
    except PermissionError as error:
        raise BanliError(
            f"写不了 {error.filename}", "关闭正在打开它的 Excel 或浏览器，或换一个 --out 文件夹"
        ) from error
    return [table, overview, out / "data"]


def pending(job: Job, folder: Path) -> dict[str, int]:
    """Counts of what the store holds and of what waits for a stage, under Chinese names."""
    store, submissions = job.store, items(job.store)
    routed, made_by = store.made_by(Route), routers(job, folder)
    return {
        "文档": store.count(Document),
        "建议提案": len(submissions),
        "答复": store.count(Reply),
        "讲话报告通知": store.count(Speech),
        "未能处理": store.count(Failure),
        "待识别": len(store.unparsed(fingerprint("parse", job.profile))),
        "待推荐": sum(made_by[s.id] != routed.get(s.id) for s in submissions),
        **_handed(job),
    }


def _handed(job: Job) -> dict[str, int]:
    """How the items of the inbox stand with the units; overdue: no receipt though the time for returning is over."""
    found, clock = results(job.store), job.profile.clock
    states = Counter(state(found, s) for s in found.inbox())
    waiting = (found.handed_to[s.id][0].day for s in found.inbox() if state(found, s) == "待回执")
    overdue = sum(return_due(day, clock) < date.today() for day in waiting)
    return {name: states[name] for name in STATES} | {"待回执已过退件期限": overdue}
