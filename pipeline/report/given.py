"""What is ready to be handed over: items with the units that get them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Mode, Part, Submission
from pipeline.report.results import Results, natural

STATES = ("待交办", "待回执", "已接收", "已退回")
MANY_TIMES_THE_MEDIAN, FEWEST_OF_MANY = 3, 5


@dataclass(frozen=True, slots=True)
class Given:
    """One item with its mode and its units, the one in charge first."""

    submission: Submission
    mode: Mode
    units: tuple[tuple[str, Part], ...]

    def named(self, *parts: Part) -> str:
        """The units with one of the parts, in order."""
        return "、".join(unit for unit, part in self.units if part in parts)

    def part_of(self, unit: str) -> Part:
        """What a unit has to do with the item."""
        return dict(self.units)[unit]


@dataclass(frozen=True, slots=True)
class Load:
    """How many items a unit gets in each part; `heavy` for 办理大户: three times the median, at least five."""

    unit: str
    lead: int
    co: int
    apart: int
    heavy: bool


def ready(results: Results) -> list[Given]:
    """The items of the inbox that have a unit and are not with one yet (or were returned), by kind and number."""
    found = []
    for submission in results.inbox():
        if state(results, submission) in ("待交办", "已退回") and (given := _given(results, submission)):
            found.append(given)
    return found


def waiting(results: Results) -> list[Submission]:
    """The items of the inbox that a person must decide on before they can be handed over."""
    return [s for s in results.inbox() if state(results, s) in ("待交办", "已退回") and _given(results, s) is None]


def state(results: Results, submission: Submission) -> str:
    """Where an item stands: 待交办, 待回执, 已接收 or 已退回."""
    handed = [h for h in results.handed_to.get(submission.id, ()) if h.part != "会办"]
    said = {slip.unit: slip for slip in results.slips.get(submission.id, ())}
    slips = [said.get(h.unit) for h in handed]
    if not handed:
        return "待交办"
    if any(slip and not slip.accepted and not slip.late for slip in slips):
        return "已退回"
    return "已接收" if all(slip and slip.accepted for slip in slips) else "待回执"


def loads(given: Sequence[Given]) -> list[Load]:
    """The load of every unit, heaviest first."""
    counts: dict[str, Counter[str]] = {}
    for item in given:
        for unit, part in item.units:
            counts.setdefault(unit, Counter())[part] += 1
    leads = sorted(n for row in counts.values() if (n := row["主办"] + row["分办"]))
    limit = max(MANY_TIMES_THE_MEDIAN * leads[len(leads) // 2], FEWEST_OF_MANY) if leads else FEWEST_OF_MANY
    found = [
        Load(unit, row["主办"], row["会办"], row["分办"], row["主办"] + row["分办"] >= limit)
        for unit, row in counts.items()
    ]
    return sorted(found, key=lambda load: (-load.lead - load.apart, -load.co, load.unit))


def _given(results: Results, submission: Submission) -> Given | None:
    """The item with its units; None where a person must decide first."""
    lead, route = results.lead(submission), results.route.get(submission.id)
    returned = {slip.unit for slip in results.slips.get(submission.id, ()) if not slip.accepted}
    if not lead:
        return None
    if route is not None and route.mode == "分办" and route.lead == lead:
        units: dict[str, Part] = {u: "分办" for u in (lead, *route.co) if u not in returned}
        return Given(submission, "分办", tuple(units.items()))
    co = submission.co or (route.co if route else ())
    joined: list[tuple[str, Part]] = [(u, "会办") for u in dict.fromkeys(co) if u != lead and u not in returned]
    return Given(submission, "主办+会办" if joined else "独办", ((lead, "主办"), *joined))


def by_unit(given: Sequence[Given]) -> dict[str, list[Given]]:
    """The items of every unit: those it is in charge of first."""
    found: dict[str, list[Given]] = {}
    for item in given:
        for unit, _ in item.units:
            found.setdefault(unit, []).append(item)
    return {
        unit: sorted(items, key=lambda g: (g.part_of(unit) == "会办", g.submission.kind, natural(g.submission.number)))
        for unit, items in sorted(found.items())
    }
