"""What the lines that bear on an ask make of it (domain §5-B): one of the seven states, read clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.audit.clauses import Said, clauses, read
from pipeline.audit.passages import Line
from pipeline.audit.terms import terms
from pipeline.figures import quantities
from pipeline.profile import Profile
from pipeline.records import State

_NEARLY_MOST = 0.6
_HALF = 0.5
_LEAST = 0.95
_SAYS, _NAMED, _FAR = 0.3, 0.1, 3.0
_MEASURED = frozenset({"count", "length", "area", "weight", "money", "volume"})


@dataclass(frozen=True, slots=True)
class Borne:
    """A line that bears on an ask, and how much of the ask it says."""

    line: Line
    share: float


def state(asked: str, borne: Sequence[Borne], profile: Profile, day: date | None) -> State:
    """What the lines bearing on an ask make of it: those that say most of it first, the others if these only tell."""
    most = max(one.share for one in borne)
    every = [one.line for one in borne]
    first = [one.line for one in borne if one.share >= _NEARLY_MOST * most or _rules_out(one, most)]
    told = _state(asked, first, profile, day)
    if told in ("仅介绍情况", "转上级/其他单位") and len(first) < len(every):
        return _state(asked, every, profile, day)
    return told


def _rules_out(one: Borne, most: float) -> bool:
    """Whether a line, said of the ask by its heading alone, declines it (该建议暂不可行)."""
    return one.line.stance == "refused" and one.share >= _HALF * most


def _state(asked: str, lines: Sequence[Line], profile: Profile, day: date | None) -> State:
    """The state that the clauses put an ask in; a refusal or a word from above comes before what is done besides."""
    said = list(read(asked, lines, profile, day))
    words = {one.word for one in said}
    firm = [one for one in said if one.word in ("done", "ahead")]
    if "refused" in words:
        return _refused(said, firm)
    if (
        "lacking" in words
        and not firm
        and not words & {"sought", "away"}
        and _most(said, "lacking") >= _most(said, "hoped")
    ):
        return "解释不采纳"
    own = [one for one in firm if one.word == "done" or not one.talk]
    sought = _most(said, "sought") >= _most(said, "done") and "ahead" not in words
    verdicts: tuple[tuple[State, object], ...] = (
        ("转上级/其他单位", ("sought" in words and (sought or not own)) or ("away" in words and not firm)),
        (
            "部分采纳",
            (firm or words & {"told", "over"}) and _less(asked, "".join(line.sentence.text for line in lines), profile),
        ),
        ("已采纳落实", _mostly_done(said)),
        ("列入计划", "ahead" in words),
        ("已采纳落实", words & {"done", "told"} or _most(said, "over") > _most(said, "hoped")),
        ("列入计划", "hoped" in words),
        ("已采纳落实", "over" in words),
    )
    return next((verdict for verdict, holds in verdicts if holds), "仅介绍情况")


def _mostly_done(said: Sequence[Said]) -> bool:
    """Whether a line that says most of the ask only reports it as done; what other lines have ahead says far less."""
    ahead = [one for one in said if one.word == "ahead"]
    going_on = {one.line for one in ahead}
    rest = [one for one in said if one.line not in going_on]
    done = max(_most(rest, "done"), _most(rest, "over"))
    return done >= _SAYS and done >= _FAR * _most(ahead, "ahead")


def _most(said: Iterable[Said], word: str) -> float:
    """The most that a clause with this reading says of the ask."""
    return max((one.share for one in said if one.word == word), default=0.0)


def _refused(said: Sequence[Said], firm: Sequence[Said]) -> State:
    """部分采纳 where something was done before the refusal or a part with it; what stands in for it does not count.

    What cannot be done now may be put on a list, asked for above or promised for later (暂时难以解决，已将该路段上报).
    """
    at = next(one.place for one in said if one.word == "refused")
    if any(not one.instead and (one.place < at or one.part) and one.share >= _NAMED for one in firm):
        return "部分采纳"
    later = [one for one in said if one.place > at and one.share >= _SAYS and not one.instead]
    if any(one.word == "ahead" or (one.word == "hoped" and not one.strives) for one in later):
        return "列入计划"
    return "转上级/其他单位" if any(one.word == "sought" for one in later) else "解释不采纳"


def _less(asked: str, answer: str, profile: Profile) -> bool:
    """Whether less of a measured thing is offered than the one amount of its unit that was asked for.

    Of several amounts of the unit that one counts whose clause says most of what was asked (每部12万元).
    """
    wanted, told = quantities(asked), [(clause, quantities(clause)) for clause in clauses(answer)]
    for one in wanted:
        alike = {q.value for q in wanted if q.unit == one.unit}
        same = [(clause, q.value) for clause, found in told for q in found if (q.unit, q.kind) == (one.unit, one.kind)]
        measured = one.kind in _MEASURED and one.value > 1 and len(alike) == 1
        if measured and same and _nearest(asked, same, profile) < one.value * _LEAST:
            return True
    return False


def _nearest(asked: str, same: Sequence[tuple[str, float]], profile: Profile) -> float:
    """The amount in the clause that says most of what was asked; the greatest where several do."""
    said = terms(asked, profile)
    return max((said.share_in(clause), value) for clause, value in same)[1]
