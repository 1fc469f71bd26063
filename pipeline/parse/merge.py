"""One record an item: offices keep the text in a file and the unit, dates and result in a register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import reduce

from pipeline.records import Submission
from pipeline.text import normal

OWN = ("id", "document_id", "source", "kind", "title", "text", "background", "problems", "asks", "also", "warnings")
"""What a merged record keeps of its fullest source; all else is filled in from the others where it is empty,
and the joining units of all are joined."""


def merge(submissions: Iterable[Submission], past: Iterable[Submission] = ()) -> list[Submission]:
    """The submissions with the records of one item joined; the fullest text stands, `also` names the other sources.

    Two records are one item if kind, title and year agree and either the number does or one is a bare title.
    `past` are records of files that are no longer there: one that is an item of the others is left out.
    """
    kept: dict[tuple[str, str], list[list[Submission]]] = {}
    late = sorted(past, key=_fullest)
    gone = {record.id for record in late}
    for submission in (*sorted(submissions, key=_fullest), *late):
        groups = kept.setdefault((submission.kind, normal(submission.title) or submission.id), [])
        home = next((group for group in groups if all(_one_item(member, submission) for member in group)), None)
        if home is None:
            groups.append([submission])
        elif submission.id not in gone or home[0].id in gone:
            home.append(submission)
    return [reduce(_joined, group) for groups in kept.values() for group in groups]


def _fullest(submission: Submission) -> tuple[int, str, str]:
    return -len(submission.text), submission.source, submission.id


def is_bare(submission: Submission) -> bool:
    """Whether there is nothing but a title: a row of a hand-over list or of a register of replies."""
    return len(normal(submission.text)) <= len(normal(submission.title))


def _one_item(left: Submission, right: Submission) -> bool:
    if left.source == right.source or _differ(left.year, right.year) or _differ(left.number, right.number):
        return False
    return bool(left.number and left.number == right.number) or is_bare(left) or is_bare(right)


def _differ(left: object, right: object) -> bool:
    return bool(left and right and left != right)


def _joined(fuller: Submission, other: Submission) -> Submission:
    empty = {f.name for f in fields(fuller) if f.name not in OWN and getattr(fuller, f.name) in (None, "", ())}
    filled = {name: getattr(other, name) for name in empty}
    filled["co"] = tuple(unit for unit in dict.fromkeys((*fuller.co, *other.co)) if unit != (fuller.lead or other.lead))
    return replace(fuller, **filled, also=(*fuller.also, other.source, *other.also))
