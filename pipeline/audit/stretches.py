"""A letter's answer cut where it goes on to the next ask: what one promise leaves open another does not make good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.audit.bearing import bearing
from pipeline.audit.passages import Line, Passage
from pipeline.profile import Profile
from pipeline.records import Submission


def stretches(submission: Submission | None, found: Sequence[Passage], profile: Profile) -> tuple[Passage, ...]:
    """The passages, those without a number cut from ask to ask; a line about none stays with the one before."""
    if submission is None or len(submission.asks) < 2 or all(passage.numbered for passage in found):
        return tuple(found)
    about: dict[int, int] = {}
    for ask, lines in enumerate(bearing(submission, found, profile, in_order=False)):
        about |= {line.sentence.start: ask for line in lines}
    return tuple(part for passage in found for part in _cut(passage, about))


def _cut(passage: Passage, about: dict[int, int]) -> Iterator[Passage]:
    if passage.numbered or len(passage.lines) < 2:
        yield passage
        return
    for first, (_, lines) in enumerate(groupby(_numbered(passage.lines, about), key=lambda pair: pair[0])):
        yield replace(passage, lines=tuple(line for _, line in lines), heading="" if first else passage.heading)


def _numbered(lines: Sequence[Line], about: dict[int, int]) -> Iterator[tuple[int, Line]]:
    ask = next((about[line.sentence.start] for line in lines if line.sentence.start in about), 0)
    for line in lines:
        ask = about.get(line.sentence.start, ask)
        yield ask, line
