"""What the audit takes in and what a rule gives back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from pipeline.records import Commitment, Reply, Severity, Submission
from pipeline.text import one_for_one

_WORDED = ("title", "unit_text", "day_text", "addressee", "contact", "signer", "copied_to", "publicity", "reference")


@dataclass(frozen=True, slots=True)
class Case:
    """A reply and the submission that it answers; None where no submission could be told.

    `also` are the further submissions that it answers in one; `printed` the letter's own characters where the case is
    read in others (`as_read`), for quotes.
    """

    reply: Reply
    submission: Submission | None
    also: tuple[Submission, ...] = ()
    printed: str = ""

    @property
    def asked(self) -> str:
        """Title and text of the submission; empty where none is known."""
        return f"{self.submission.title}\n{self.submission.text}" if self.submission else ""


def as_read(case: Case) -> Case:
    """The case in simplified characters with full-width sentence marks; all offsets hold."""
    reply, submission = case.reply, case.submission
    text = one_for_one(reply.text)
    if text != reply.text:
        items = tuple(replace(item, text=text[item.start : item.end]) for item in reply.items)
        promises = tuple(_promise(one, text) for one in reply.commitments)
        words: dict[str, Any] = {name: one_for_one(getattr(reply, name)) for name in _WORDED}
        reply = replace(reply, text=text, items=items, commitments=promises, **words)
    return Case(reply, _asking(submission) if submission else None, tuple(map(_asking, case.also)), case.reply.text)


def _asking(submission: Submission) -> Submission:
    text, title = one_for_one(submission.text), one_for_one(submission.title)
    if (text, title) == (submission.text, submission.title):
        return submission
    asks = tuple(replace(ask, text=one_for_one(ask.text)) for ask in submission.asks)
    return replace(submission, title=title, text=text, asks=asks)


def _promise(one: Commitment, text: str) -> Commitment:
    words: dict[str, Any] = {f.name: one_for_one(getattr(one, f.name)) for f in fields(one) if f.type == "str"}
    return replace(one, **words | {"text": text[one.start : one.end]})


@dataclass(frozen=True, slots=True)
class Objection:
    """What a rule holds against a letter; `severity` set only where the rule departs from the profile's."""

    message: str
    quote: str = ""
    start: int = -1
    end: int = -1
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Abstention:
    """A rule's 无法判断, with the reason that a clerk reads."""

    reason: str


Outcome = Objection | list[Objection] | Abstention | None
