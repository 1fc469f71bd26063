"""The export contract: every kind of record as flat rows with stable keys. Later versions only add keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from pipeline.records import (
    Audit,
    Decision,
    Document,
    Failure,
    Handed,
    Match,
    Owed,
    Receipt,
    Reply,
    Route,
    Speech,
    Submission,
    Theme,
)
from pipeline.report.promises import lines
from pipeline.report.recurring import alone
from pipeline.report.results import Results
from pipeline.report.rows_handled import rates, statistics, yardsticks

Row = dict[str, Any]


def _plain(record: Any, *, without: tuple[str, ...] = ()) -> Row:
    """A record's fields as JSON values: dates as ISO text, tuples as lists, inner records as objects."""
    return {f.name: _value(getattr(record, f.name)) for f in fields(record) if f.name not in without}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return _plain(value)
    return value


def _route(route: Route) -> Row:
    row = _plain(route)
    row["candidates"] = [{"unit": c.name, "score": c.score} for c in route.candidates]
    row["topics"] = [{"topic": c.name, "score": c.score} for c in route.topics]
    return row


def _reply(reply: Reply, results: Results) -> Row:
    pair = results.pair.get(reply.id)
    answers = {"answers": pair.submission_id if pair else None, "paired_by": pair.how if pair else ""}
    return _plain(reply, without=("commitments",)) | answers | {"also_answers": list(pair.also) if pair else []}


def _submissions(results: Results) -> Iterator[Row]:
    """Every submission with its class of problems; `no_theme` says why one of the inbox has none."""
    theme = {member: theme.id for theme in results.themes for member in theme.members}
    why = {submission.id: reason for submission, reason in alone(results)}
    for s in results.submissions:
        yield _plain(s) | {"theme": theme.get(s.id, ""), "no_theme": why.get(s.id, "")}


def _findings(results: Results) -> Iterator[Row]:
    return (_plain(finding) for audit in results.audits for finding in audit.findings)


def _verdicts(results: Results) -> Iterator[Row]:
    for audit in results.audits:
        coverage = {"submission_id": audit.submission_id, "coverage": _value(audit.coverage)}
        yield _plain(audit.verdict) | coverage


def _commitments(results: Results) -> Iterator[Row]:
    """Promises only: work that a letter reports as done is no commitment (domain §5-C)."""
    promises = ((reply, c) for reply in results.replies for c in reply.commitments if not c.done)
    return ({"reply_id": reply.id} | _plain(promise) for reply, promise in promises)


def _promises(results: Results) -> Iterator[Row]:
    """The ledger as it stands on the day of the results."""
    for line in lines(results):
        yield _plain(line.owed) | {"state": line.standing, "reason": line.reason, "as_of": results.today.isoformat()}


KINDS: dict[str, tuple[type, str, Callable[[Results], Iterator[Row]]]] = {
    "documents": (Document, "id", lambda results: map(_plain, results.documents)),
    "submissions": (Submission, "id", _submissions),
    "routes": (Route, "submission_id", lambda results: map(_route, results.routes)),
    "matches": (Match, "left", lambda results: map(_plain, results.matches)),
    "themes": (Theme, "id", lambda results: map(_plain, results.themes)),
    "replies": (Reply, "id", lambda results: (_reply(reply, results) for reply in results.replies)),
    "commitments": (Reply, "reply_id", _commitments),
    "promises": (Owed, "id", _promises),
    "findings": (Audit, "reply_id", _findings),
    "verdicts": (Audit, "reply_id", _verdicts),
    "speeches": (Speech, "id", lambda results: map(_plain, results.speeches)),
    "failures": (Failure, "source", lambda results: map(_plain, results.failures)),
    "decisions": (Decision, "subject_id", lambda results: map(_plain, results.decisions)),
    "handed": (Handed, "subject_id", lambda results: map(_plain, results.handed)),
    "receipts": (Receipt, "subject_id", lambda results: map(_plain, results.receipts)),
    "rates": (Audit, "made_by", rates),
    "statistics": (Audit, "made_by", statistics),
    "yardsticks": (Speech, "made_by", yardsticks),
}
"""By kind: the record behind the rows, the key that both share, and the rows."""


def rows(kind: str, results: Results) -> Iterator[Row]:
    """The rows of one kind of the contract, each with `made_by`, the fingerprint of its maker."""
    record, key, found = KINDS[kind]
    made_by = results.made_by.get(record, {})
    return (row if "made_by" in row else row | {"made_by": made_by.get(row[key], "")} for row in found(results))
