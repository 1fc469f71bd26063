"""Measuring as a feature: `banli evaluate` on an office's own labelled tables."""

from pipeline.evaluate.choices import Compared, topics, units
from pipeline.evaluate.gold import Labelled, read
from pipeline.evaluate.recurrence import Recurred, recurrence

__all__ = ["Compared", "Labelled", "Recurred", "read", "recurrence", "topics", "units"]
