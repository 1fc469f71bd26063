"""Who was given an item, and what that unit said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Part = Literal["主办", "会办", "分办"]


@dataclass(frozen=True, slots=True)
class Handed:
    """An item handed over to a unit: in charge, joining, or for its own part."""

    subject_id: str
    unit: str
    part: Part
    day: date


@dataclass(frozen=True, slots=True)
class Receipt:
    """A unit's word (回执) on an item: accepted, or returned with the reason and the units it names instead.

    `at` is when the receipt was read in; `late` tells that it came after the time limit for returning.
    """

    subject_id: str
    unit: str
    accepted: bool
    at: datetime
    reason: str = ""
    suggests: tuple[str, ...] = ()
    day: date | None = None
    late: bool = False
    source: str = ""
