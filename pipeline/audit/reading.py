"""One case prepared for the rules: the letter in parts, coverage, relevance, and what the batch says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.audit.case import Case, Objection
from pipeline.audit.letter import Sentence
from pipeline.audit.passages import Line, Passage
from pipeline.audit.slots import Slots
from pipeline.profile import Meaning, Profile
from pipeline.records import Coverage, Reply, Severity, Submission


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a reply relates to its own submission and to the best other one of the batch (cosines in 0–1)."""

    own: float | None = None
    relevance: float | None = None
    other: float = 0.0
    other_index: int = -1
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A case with everything that the rules look at, worked out once; `slots` has those of each stretch."""

    case: Case
    sentences: tuple[Sentence, ...]
    likeness: Likeness
    passages: tuple[Passage, ...] = ()
    stretches: tuple[Passage, ...] = ()
    slots: tuple[Slots, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    forwarded: bool = False
    meanings: frozenset[Meaning] = frozenset()

    @property
    def reply(self) -> Reply:
        """The letter."""
        return self.case.reply

    @property
    def submission(self) -> Submission | None:
        """What it answers."""
        return self.case.submission

    @property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences that answer: no form, no restatement of the submission."""
        return tuple(s for s in self.sentences if s.part == "body")

    @property
    def answer(self) -> str:
        """The answering sentences in a row."""
        return "".join(sentence.text for sentence in self.body)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule knows beyond its case: the profile, and by place the batch's `cases` and, read on demand, `readings`.

    Reading a letter costs much more than looking at its case: only rules that need its passages ask for that.
    """

    profile: Profile
    cases: Mapping[int, Case] = field(default_factory=dict)
    readings: Mapping[int, Reading] = field(default_factory=dict)
    twins: dict[str, tuple[int, ...]] = field(default_factory=dict)
    days_of_unit: dict[str, list[tuple[date, date | None]]] = field(default_factory=dict)
    last_of_unit: dict[str, str] = field(default_factory=dict)
    kin: dict[str, tuple[int, ...]] = field(default_factory=dict)
    latest: date | None = None

    def threshold(self, rule: str, default: float) -> float:
        """The profile's threshold of a rule, or the default where the profile leaves it open."""
        known = self.profile.rules.get(rule)
        return default if known is None or known.threshold is None else known.threshold


def promising(reading: Reading) -> Iterator[tuple[Passage, Slots]]:
    """The stretches of a letter that promise something, with their slots."""
    if reading.forwarded:
        return
    for passage, slots in zip(reading.stretches, reading.slots, strict=True):
        if slots.ahead:
            yield passage, slots


def about(line: Line, message: str, severity: Severity | None = None) -> Objection:
    """An objection that quotes a line."""
    sentence = line.sentence
    return Objection(message, sentence.text, sentence.start, sentence.end, severity)
