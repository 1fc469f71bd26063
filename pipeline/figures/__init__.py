"""Numerals, dates, time limits and amounts of Chinese official prose, as values with their span."""

from pipeline.figures.measures import Measure
from pipeline.figures.moments import Moment, day_of, moments
from pipeline.figures.named import named
from pipeline.figures.numerals import number
from pipeline.figures.quantities import Quantity, quantities
from pipeline.figures.sums import checks

__all__ = ["Measure", "Moment", "Quantity", "checks", "day_of", "moments", "named", "number", "quantities"]
