"""Measuring as a feature: `banli evaluate` on an office's own labelled tables."""

from pipeline.evaluate.agreement import Agreed, agreement
from pipeline.evaluate.audits import Audited, audited
from pipeline.evaluate.choices import Compared, topics, units
from pipeline.evaluate.gold import Labelled, read
from pipeline.evaluate.letters import read_letters
from pipeline.evaluate.marked import Marked
from pipeline.evaluate.recurrence import Recurred, recurrence

__all__ = [
    "Agreed",
    "Audited",
    "Compared",
    "Labelled",
    "Marked",
    "Recurred",
    "agreement",
    "audited",
    "read",
    "read_letters",
    "recurrence",
    "topics",
    "units",
]
