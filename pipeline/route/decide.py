"""From scores to a decision: who leads, who joins, in which mode, or why a person must decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.profile import Unit
from pipeline.records import AskRoute, Mode

Scores = NDArray[np.float64]

SURE, MARGIN = 0.50, 0.10
ASK_SURE, ASK_CLEAR, ASK_JOINS = 0.35, 0.55, 0.62
TITLED = 1.5
CO_SHARE, CLOSE_SHARE, PASSING_SHARE = 0.25, 0.5, 0.5
MOST_CO = 4
OUTSIDE = ("党委", "司法")
ABOVE = "上级"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is known of one submission: scores of the whole, of each ask, and the title's evidence alone (units).

    `chance` is how likely the best unit is right. `joining` are units that a boundary rule, a call, a place or a
    request for money makes a co-unit; `spoken` are those whose own words stand in title or asks. `several` tells of
    a title that names several matters; `between` says what decides between the two units in front; `partners` which
    county unit passes on what belongs to an upper body.
    """

    ordinals: tuple[int, ...]
    whole: Scores
    asks: Scores
    title: Scores
    chance: float
    known: bool = True
    joining: tuple[str, ...] = ()
    spoken: frozenset[str] = frozenset()
    above_county: bool = False
    several: bool = False
    refused: str = ""
    between: str = ""
    partners: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided and why; `lead` None: a person decides, for the reason in `why`.

    `apart` tells that the asks have no common lead; the mode is then 分办, for a person to confirm, where each ask
    clearly has its own.
    """

    mode: Mode
    lead: str | None
    co: tuple[str, ...] = ()
    why: str = ""
    apart: bool = False


def decide(sheet: Sheet, units: Sequence[Unit], routes: Sequence[AskRoute]) -> Outcome:
    """Lead, co-units and mode of one submission, or the reason why a person must say (domain §3-B, R-RTE-02/04)."""
    lead = units[int(np.argmax(sheet.whole))]
    apart = _apart(sheet, lead, routes)
    why = sheet.refused or _doubt(sheet, units)
    if why and (sheet.refused or not apart):
        return Outcome("需人工研判", None, (), why)
    if apart and not _all_clear(sheet, routes):
        return Outcome(
            "需人工研判", None, (), f"各项建议分属{'、'.join(apart[:3])}，没有共同的主办单位；请定主项，或分办"
        )
    if apart:
        return Outcome("分办", None, apart, f"{_parts(routes)}；请审定，或定一项为主办", True)
    co = _co(sheet, units, lead, routes)
    return _single(sheet, units, lead, co)


def _single(sheet: Sheet, units: Sequence[Unit], lead: Unit, co: tuple[str, ...]) -> Outcome:
    """The outcome where one unit leads."""
    if lead.system in OUTSIDE:
        return Outcome("非政府系统", lead.name, co, f"{lead.name}不属政府系统，宜由县委或有关机关办理")
    if lead.system == ABOVE:
        county = _county_unit(sheet, lead, units)
        co = (lead.name, *(name for name in co if name not in (lead.name, county)))
        return Outcome("向上级反映", county, co, f"事权在{lead.name}等上级单位，由{county}向上反映")
    if sheet.above_county:
        return Outcome("向上级反映", lead.name, co, f"事项超出县级权限，由{lead.name}向上级反映并答复")
    return Outcome("主办+会办" if co else "独办", lead.name, co)


def ask_route(ordinal: int, scores: Scores, units: Sequence[Unit]) -> AskRoute:
    """The route of one ask: its best unit where the evidence carries one."""
    best, *others = np.argsort(-scores, kind="stable")[:3]
    if scores[best] < ASK_SURE:
        return AskRoute(ordinal, None)
    return AskRoute(
        ordinal, units[best].name, tuple(units[u].name for u in others if scores[u] >= CO_SHARE * scores[best])
    )


def _doubt(sheet: Sheet, units: Sequence[Unit]) -> str:
    """Why the best unit is not sure enough to be named; empty where it is. Of two alike, the title decides."""
    scores = sheet.whole
    first, second, third = np.argsort(-scores, kind="stable")[:3]
    named = "、".join(f"{units[u].name}（{_field(units[u])}）" for u in (first, second, third) if scores[u] > 0)
    if not sheet.known:
        return f"职责无明显对应：没有说到任何承办单位的职责用语；字面最近的是{named}，请阅件后确定"
    if sheet.chance < SURE:
        return f"依据不足：可能是{named}；{sheet.between or '请看所提事项属于谁的职责'}"
    titled = sheet.title[first] > TITLED * sheet.title[second]
    if scores[first] - scores[second] < MARGIN and not titled:
        decides = sheet.between or "请看所提事项以谁的职责为主"
        return f"{units[first].name}与{units[second].name}依据相当：{named}；{decides}"
    return ""


def _field(unit: Unit) -> str:
    """What a unit is for, in a few words."""
    return "管" + "、".join(unit.duties[:2]) if unit.duties else unit.system


def _apart(sheet: Sheet, lead: Unit, routes: Sequence[AskRoute]) -> tuple[str, ...]:
    """The units of the asks where no one of them leads the whole: title silent on the best or naming several
    matters (`several`), asks not mostly its."""
    leads = [route.lead for route in routes if route.lead]
    distinct = tuple(dict.fromkeys(leads))
    silent = sheet.several or sheet.title[int(np.argmax(sheet.whole))] <= 0
    if len(distinct) < 2 or not silent:
        return ()
    mostly = 2 * leads.count(lead.name) > len(leads) or (not sheet.several and 2 * leads.count(lead.name) == len(leads))
    return () if mostly and (sheet.several or lead.name in distinct[:1]) else distinct


def _all_clear(sheet: Sheet, routes: Sequence[AskRoute]) -> bool:
    """Whether every ask points to a unit and surely so."""
    return all(route.lead for route in routes) and bool((sheet.asks.max(axis=1) >= ASK_CLEAR).all())


def _parts(routes: Sequence[AskRoute]) -> str:
    return "各项互不相属，分别办理：" + "；".join(f"第{route.ordinal}项由{route.lead}" for route in routes)


def _co(sheet: Sheet, units: Sequence[Unit], lead: Unit, routes: Sequence[AskRoute]) -> tuple[str, ...]:
    """Co-units, surest first: rules, places and money; leads of other asks; units nearly as strong as the lead."""
    asked = [
        route.lead
        for k, route in enumerate(routes)
        if route.lead and sheet.asks[k].max() >= ASK_JOINS and route.lead in sheet.spoken
    ]
    least = CLOSE_SHARE * float(sheet.whole.max())
    close = [
        units[u].name
        for u in np.argsort(-sheet.whole, kind="stable")[:MOST_CO]
        if sheet.whole[u] >= least and units[u].name in sheet.spoken
    ]
    found = dict.fromkeys([*sheet.joining, *asked, *close])
    return tuple(name for name in found if name != lead.name)[:MOST_CO]


def _county_unit(sheet: Sheet, upper: Unit, units: Sequence[Unit]) -> str:
    """The unit of the county government that passes on what is above the county: the one whose words stand strongly
    beside the upper body's, else that body's partner in the rules."""
    ranked = (u for u in np.argsort(-sheet.whole, kind="stable").tolist() if units[u].system == "政府")
    best = next(ranked, 0)
    if sheet.whole[best] >= PASSING_SHARE * sheet.whole.max() or upper.name not in sheet.partners:
        return units[best].name
    return sheet.partners[upper.name]
