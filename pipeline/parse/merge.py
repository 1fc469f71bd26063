"""One record an item: offices keep the text in a file and the unit, dates and result in a register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import reduce

from pipeline.figures import number as value_of
from pipeline.records import Submission
from pipeline.text import normal, simplified, squeezed

OWN = ("id", "document_id", "source", "kind", "title", "text", "background", "problems", "asks", "also", "warnings")
"""What a merged record keeps of its fullest source; all else is filled in from the others where it is empty,
and the joining units of all are joined."""
_TERM = re.compile(r"第?([〇零一二三四五六七八九十百\d]{1,5})届.{0,24}?第?([〇零一二三四五六七八九十\d]{1,4})次")
_LEVEL = re.compile("[国省市县区州旗盟]")


def merge(submissions: Iterable[Submission], past: Iterable[Submission] = ()) -> list[Submission]:
    """The submissions with the records of one item joined; the fullest text stands, `also` names the other sources.

    Two records are one item if kind, title and year agree and either the number does or one is a bare title.
    `past` are records of files that are no longer there: one that is an item of the others is left out.
    A year that a record does not name is that of the others of its session, if they agree.
    """
    submissions = list(submissions)
    past = _dated(past, submissions)
    submissions = _dated(submissions, submissions)
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


def _dated(submissions: Iterable[Submission], known: Sequence[Submission]) -> list[Submission]:
    """The submissions, those without a year with the one year of the `known` ones of their session."""
    years: dict[tuple[str, float, float], set[tuple[str, int]]] = defaultdict(set)
    for submission in known:
        key, level = _session(submission)
        if key and submission.year:
            years[key].add((level, submission.year))
    found = []
    for submission in submissions:
        key, level = _session(submission)
        told = {year for other, year in years[key] if not (level and other and level != other)} if key else set()
        found.append(replace(submission, year=told.pop()) if submission.year is None and len(told) == 1 else submission)
    return found


def _session(submission: Submission) -> tuple[tuple[str, float, float] | None, str]:
    """Kind, term and meeting of the session however it is written (十六届人大五次会议), and whose (县, 市)."""
    printed = squeezed(simplified(submission.session))
    match = _TERM.search(printed)
    term, meeting = (value_of(match[1]), value_of(match[2])) if match else (None, None)
    if match is None or term is None or meeting is None:
        return None, ""
    return (submission.kind, term, meeting), "".join(_LEVEL.findall(printed[: match.start()])[-1:])


def _fullest(submission: Submission) -> tuple[int, str, str]:
    return -len(submission.text), submission.source, submission.id


def is_bare(submission: Submission) -> bool:
    """Whether there is nothing but a title: a row of a hand-over list or of a register of replies."""
    return len(normal(submission.text)) <= len(normal(submission.title))


def _one_item(left: Submission, right: Submission) -> bool:
    same = _same_number(left.number, right.number)
    if left.source == right.source or _differ(left.year, right.year) or same is False:
        return False
    return bool(same) or is_bare(left) or is_bare(right)


def _same_number(left: str, right: str) -> bool | None:
    """Whether two numbers are one, without leading zeros, and without a class's letter if one lacks it; None untold."""
    if not left or not right:
        return None
    one, other = (re.split(r"^([A-Za-z]*)[-—]?0*", number.upper())[1:] for number in (left, right))
    return one[1] == other[1] and not _differ(one[0], other[0])


def _differ(left: object, right: object) -> bool:
    return bool(left and right and left != right)


def _joined(fuller: Submission, other: Submission) -> Submission:
    empty = {f.name for f in fields(fuller) if f.name not in OWN and getattr(fuller, f.name) in (None, "", ())}
    filled = {name: getattr(other, name) for name in empty}
    filled["co"] = tuple(unit for unit in dict.fromkeys((*fuller.co, *other.co)) if unit != (fuller.lead or other.lead))
    return replace(fuller, **filled, also=(*fuller.also, other.source, *other.also))
