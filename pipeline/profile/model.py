"""The shape of a jurisdiction profile: units, topics, labels, windows and wording lists of one office."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.records import Severity

System = Literal["政府", "乡镇", "党委", "群团", "司法", "垂直", "企业", "上级"]
Meaning = Literal["已解决", "部分解决", "正在解决", "列入计划", "条件不具备", "作参考", "不能解决", "未知"]


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A name that a unit, or a duty of it, had before; years inclusive, None where open or unknown."""

    name: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of a unit's or topic's field and how much it says (1 usual, 3 decisive)."""

    word: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Unit:
    """One handling unit of the catalogue (domain §4); `name` is canonical."""

    name: str
    system: System
    aliases: tuple[str, ...] = ()
    predecessors: tuple[Predecessor, ...] = ()
    duties: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    anti_triggers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One boundary rule (domain §4.2): every group of `needs` must be met by one of its words, none of `excludes`.

    `above` marks matters that the county cannot decide: its lead passes them on (向上级反映).
    """

    id: str
    matter: str
    needs: tuple[tuple[str, ...], ...]
    excludes: tuple[str, ...]
    lead: str
    co: tuple[str, ...] = ()
    note: str = ""
    above: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """One class of a topic scheme (domain §3-I); `units` are those whose matters are mostly of this class."""

    scheme: str
    name: str
    triggers: tuple[Trigger, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What one result label means in one family (domain §3-F)."""

    family: str
    label: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One audit rule of domain §5 as the office sets it; `threshold` is None where the rule has none."""

    id: str
    name: str
    severity: Severity
    enabled: bool
    threshold: float | None
    remedy: str


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A point that speeches demand of replies: every group of `needs` must be met by one of its words, none of
    `excludes`; `rules` and `rates` check it, none where it cannot be checked for the reason in `note`."""

    name: str
    needs: tuple[tuple[str, ...], ...]
    excludes: tuple[str, ...]
    rules: tuple[str, ...]
    rates: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The time limits of the jurisdiction (domain §3-A, §3-C); `final_day` as (month, day) overrides the months."""

    reply_months: int = 3
    hard_months: int = 6
    co_opinion_months: int = 1
    return_days: int = 7
    final_day: tuple[int, int] | None = None
    sessions: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that differs from office to office. `digest` is the SHA-256 over the folder's files.

    A profile is hashable, so what a stage compiles from it can be cached with `functools.lru_cache`.
    """

    name: str
    folder: Path
    digest: str
    place: str
    towns: tuple[str, ...]
    units: tuple[Unit, ...]
    boundaries: tuple[Boundary, ...]
    topics: tuple[Topic, ...]
    labels: tuple[Label, ...]
    rules: Mapping[str, Rule]
    clock: Clock
    topic_scheme: str
    label_family: str
    gate: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    wording: Mapping[str, tuple[str, ...]]
    furniture: tuple[tuple[str, str], ...]
    yardsticks: tuple[Yardstick, ...] = ()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Callable[[bytes], Profile], tuple[bytes]]:
        """A worker that is sent the same profile again and again holds one of it: caches then find it by identity."""
        return _revived, (pickle.dumps(tuple(getattr(self, field.name) for field in fields(self))),)

    def kept(self) -> Profile:
        """The profile of this process that equals this one, so that caches find what they hold by identity.

        Comparing two equal profiles reads every word of both, which a cache would do at each of its look-ups.
        """
        return _kept(self)

    def meanings(self, label: str) -> frozenset[Meaning]:
        """What a printed label means in the family in use; empty where it has no or no known meaning (L05)."""
        known = [entry for entry in self.labels if entry.family == self.label_family and entry.label == label]
        return frozenset(meaning for entry in known for meaning in entry.meanings if meaning != "未知")

    def words(self, list_name: str) -> tuple[str, ...]:
        """The wording list of that name; a name that the profile lacks is a mistake of the program."""
        return self.wording[list_name]

    def pattern(self, list_name: str) -> re.Pattern[str]:
        """A pattern of that list's words, longest first; “…” in a word stands for up to 12 letters of its clause."""
        return _pattern(self.wording[list_name])


@lru_cache(maxsize=4)
def _revived(packed: bytes) -> Profile:
    return Profile(*pickle.loads(packed)).kept()


@lru_cache(maxsize=8)
def _kept(profile: Profile) -> Profile:
    return profile


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(word).replace("…", "[^，。；！？\\n]{0,12}?") for word in longest_first))
