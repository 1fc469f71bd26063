"""What the lines that bear on an ask make of it (domain §5-B): one of the seven states, read clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.audit.clauses import Said, read
from pipeline.audit.passages import Line
from pipeline.figures import quantities
from pipeline.profile import Profile
from pipeline.records import State

_NEARLY_MOST = 0.6
_LEAST = 0.95
_MEASURED = frozenset({"count", "length", "area", "weight", "money", "volume"})


@dataclass(frozen=True, slots=True)
class Borne:
    """A line that bears on an ask, and how much of the ask it says."""

    line: Line
    share: float


def state(asked: str, borne: Sequence[Borne], profile: Profile, day: date | None) -> State:
    """What the lines bearing on an ask make of it: those that say most of it first, the others if these only tell."""
    most = max(one.share for one in borne)
    every = [one.line.sentence.text for one in borne]
    first = [one.line.sentence.text for one in borne if one.share >= _NEARLY_MOST * most]
    told = _state(asked, first, profile, day)
    if told in ("仅介绍情况", "转上级/其他单位") and len(first) < len(every):
        return _state(asked, every, profile, day)
    return told


def _state(asked: str, sentences: list[str], profile: Profile, day: date | None) -> State:
    """The state that the clauses put an ask in; a refusal or a word from above comes before what is done besides."""
    said = list(read(asked, sentences, profile, day))
    words = {one.word for one in said}
    firm = [one for one in said if one.word in ("done", "ahead")]
    if "refused" in words:
        return _refused(said, firm)
    own = [one for one in firm if one.word == "done" or not one.talk]
    verdicts: tuple[tuple[State, object], ...] = (
        ("转上级/其他单位", ("sought" in words and not own) or ("away" in words and not firm)),
        ("部分采纳", (firm or "told" in words) and _less(asked, "".join(sentences))),
        ("列入计划", "ahead" in words),
        ("已采纳落实", words & {"done", "told"}),
        ("列入计划", "hoped" in words),
    )
    return next((verdict for verdict, holds in verdicts if holds), "仅介绍情况")


def _refused(said: Sequence[Said], firm: Sequence[Said]) -> State:
    """部分采纳 where something was done before the refusal or a part with it; what stands in for it does not count."""
    at = next(one.place for one in said if one.word == "refused")
    met = any(not one.instead and (one.place < at or one.part) for one in firm)
    return "部分采纳" if met else "解释不采纳"


def _less(asked: str, answer: str) -> bool:
    """Whether less of a measured thing is offered than the one amount of its unit that was asked for."""
    offered, wanted = quantities(answer), quantities(asked)
    for one in wanted:
        alike = {q.value for q in wanted if q.unit == one.unit}
        same = [q.value for q in offered if (q.unit, q.kind) == (one.unit, one.kind)]
        measured = one.kind in _MEASURED and one.value > 1 and len(alike) == 1
        if measured and same and max(same) < one.value * _LEAST:
            return True
    return False
