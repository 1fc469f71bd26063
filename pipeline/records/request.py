"""What is asked of the government: submissions, where they go, and which of them are alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.records.source import Kind

Mode = Literal["独办", "主办+会办", "分办", "向上级反映", "非政府系统", "需人工研判"]
Relation = Literal["identical", "near", "same_matter"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One concrete request (事项), numbered from 1 in the order of the text."""

    ordinal: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A 建议 or 提案. `lead`, `co`, `topic`, `satisfaction` are what a register says, never a recommendation.

    `also` names the further sources of the same item (a register row beside the file).
    """

    id: str
    document_id: str
    source: str
    kind: Kind
    title: str
    text: str
    number: str = ""
    session: str = ""
    year: int | None = None
    between_sessions: bool | None = None
    proposers: tuple[str, ...] = ()
    cosigners: tuple[str, ...] = ()
    delegation: str = ""
    background: str = ""
    problems: str = ""
    asks: tuple[Ask, ...] = ()
    day: date | None = None
    handed_over: date | None = None
    lead: str = ""
    co: tuple[str, ...] = ()
    topic: str = ""
    satisfaction: str = ""
    also: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit or topic with its calibrated score in 0–1."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: what spoke for it (`says`, Chinese) and the words of the text that did (`quote`)."""

    says: str
    quote: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class AskRoute:
    """Where one ask goes; `lead` is None where nothing speaks for any unit."""

    ordinal: int
    lead: str | None
    co: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The recommendation for one submission. `lead` None means that a person decides, for the reason in `why`."""

    submission_id: str
    source: str
    mode: Mode
    lead: str | None
    co: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    topics: tuple[Candidate, ...] = ()
    needs_person: bool = False
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    asks: tuple[AskRoute, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The wording on both sides that makes two submissions alike."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Match:
    """Two submissions and how they are alike; `left` is the earlier one. `score` in 0–1."""

    left: str
    right: str
    relation: Relation
    score: float
    evidence: tuple[Evidence, ...] = ()
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A class of problem (一类问题): its members are submission ids, oldest first."""

    id: str
    label: str
    keywords: tuple[str, ...]
    members: tuple[str, ...]
    years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
