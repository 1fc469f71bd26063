"""The jurisdiction profile: units, topics, labels, windows and wording lists of one office, validated on loading."""

from pipeline.profile.given import unfitted, with_columns
from pipeline.profile.loading import FILES, check, default_folder, load
from pipeline.profile.model import (
    Boundary,
    Clock,
    Label,
    Meaning,
    Predecessor,
    Profile,
    Rule,
    System,
    Topic,
    Trigger,
    Unit,
    Yardstick,
)
from pipeline.profile.sieve import Sieve
from pipeline.profile.yardsticks import RATE_NAMES

__all__ = [
    "FILES",
    "RATE_NAMES",
    "Boundary",
    "Clock",
    "Label",
    "Meaning",
    "Predecessor",
    "Profile",
    "Rule",
    "Sieve",
    "System",
    "Topic",
    "Trigger",
    "Unit",
    "Yardstick",
    "check",
    "default_folder",
    "load",
    "unfitted",
    "with_columns",
]
