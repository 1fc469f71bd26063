"""Speeches, reports and notices as structure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.records.source import Kind


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of an outline; `level` 1 is the topmost."""

    number: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What a speech asks of whom, by when, up to which target."""

    text: str
    actor: str = ""
    duty: str = ""
    deadline: str = ""
    target: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a report under its name: 人大代表建议 27 件."""

    name: str
    value: float
    unit: str
    text: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Sum:
    """An arithmetic check of figures: what was compared, and whether it holds."""

    says: str
    holds: bool
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Who is reviewed (role 评议对象), graded (测评对象) or reviews (评议主体), as a text names them (R-STA-09)."""

    role: str
    names: tuple[str, ...]
    text: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Shared:
    """A paragraph that other speeches have nearly word for word: their ids, and the likeness in 0–1 (R-SPK-04)."""

    text: str
    start: int
    end: int
    others: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech, report or notice as structure: outline, demands on units, figures with their checks, who is
    reviewed. `shared` is found over a whole set of speeches and empty before that.
    """

    id: str
    document_id: str
    source: str
    kind: Kind
    title: str
    text: str
    day: date | None = None
    outline: tuple[Heading, ...] = ()
    demands: tuple[Demand, ...] = ()
    figures: tuple[Figure, ...] = ()
    sums: tuple[Sum, ...] = ()
    roles: tuple[Reviewed, ...] = ()
    shared: tuple[Shared, ...] = ()
