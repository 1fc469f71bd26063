"""What the audit takes in and what a rule gives back."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Reply, Severity, Submission


@dataclass(frozen=True, slots=True)
class Case:
    """A reply and the submission that it answers; None where no submission could be told.

    `also` are the further submissions that it answers in one.
    """

    reply: Reply
    submission: Submission | None
    also: tuple[Submission, ...] = ()

    @property
    def asked(self) -> str:
        """Title and text of the submission; empty where none is known."""
        return f"{self.submission.title}\n{self.submission.text}" if self.submission else ""


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
