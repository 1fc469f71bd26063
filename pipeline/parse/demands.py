"""Demands of a speech or notice on units: who must do what by when and up to which target (R-SPK-01, R-SPK-02)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pipeline.figures import Moment, moments, quantities
from pipeline.mentions import mentions
from pipeline.parse.promise_cues import alternatives
from pipeline.profile import Profile
from pipeline.records import Demand, Document
from pipeline.text import Span, clauses, sentences

_LEAD = (
    r"^(?:同时|此外|另外|今后|下一步|会后|因此|为此|对此|首先|其次|再次|最后|特别是|尤其是)?"
    r"[，、]?(?:希望|要求|请)?"
)
_ADVERBS = r"(?:一定|都|也|更|还|又|就|均|首先|特别|同样|一律)*$"
_ACTOR = re.compile(
    _LEAD + r"(?P<who>(?:(?:各|全|县|市|区|乡|镇|承办|主办|会办|协办|牵头|有关|相关|责任|被|所有|每|政府)"
    r"[^，。；：的在对]{1,22}?|大家|我们|同志们)"
    r"|[一-龥、“”]{1,20}?(?:局|委|办|室|部门|单位|中心|政府|乡镇|街道|党委|领导"
    r"|负责人|同志|人员|干部|职工|成员|班子|委员|代表|机关|企业|学校|医院))" + _ADVERBS
)
_BEGIN = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十]+）|\d+[.、．]|第"
    r"[一二三四五六七八九十]+[，、]|首先|其次|再次|最后|同时|此外|也|还|更|又|就"
    r"|都|均|一定)+[，,]?"
)
_TOLD = re.compile(r"(?:要求|强调|指出|明确|规定|表示|认为|提出)了?$|(?:多次|已经|曾|先后)[^，。；]*$")
_QUOTED = re.compile(r"(?:总书记|党中央|中央|国务院|省委|党的[^，。]{0,8})[^，。；]{0,12}(?:强调|指出|要求|提出|明确)$")
_BARE = re.compile(r"(?:同时|此外|还|也)?[，,]?(?:要|必须|务必|严禁|不得)")
_REACH = re.compile(r"^.{0,3}?(?:确保|达到|做到|实现|力争|使得?)(?=.{3})(?!\d)")
_RATE_NAME = re.compile(r"[一-龥]{2,8}(?:率|比例)[^，。；\d百]{0,6}$")


@dataclass(frozen=True, slots=True)
class _Cues:
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    false: re.Pattern[str]
    past: re.Pattern[str]


@lru_cache(maxsize=8)
def _cues(profile: Profile) -> _Cues:
    return _Cues(
        re.compile(alternatives(profile.words("要求词"))),
        re.compile(alternatives(profile.words("要求弱词"))),
        re.compile(alternatives(profile.words("要求误词"))),
        re.compile(alternatives(profile.words("过去语气词"))),
    )


def demands(document: Document, profile: Profile) -> tuple[Demand, ...]:
    """One demand for each sentence, or part between semicolons, that tells units what to do; spans index the text."""
    cues = _cues(profile)
    found: list[Demand] = []
    for sentence in sentences(document.text):
        for part in _parts(sentence):
            demand = _demand(part, document, profile, cues)
            if demand is not None:
                found.append(_inherited(demand, found, document.text))
    return tuple(found)


def _inherited(demand: Demand, earlier: list[Demand], text: str) -> Demand:
    """A demand that begins with its verb is on whom the one before it in the paragraph is on."""
    last = earlier[-1] if earlier else None
    if demand.actor or last is None or "\n" in text[last.end : demand.start] or not _BARE.match(demand.text):
        return demand
    return replace(demand, actor=last.actor)


def _parts(sentence: Span) -> list[Span]:
    cut = clauses(sentence.text, "；;")
    return [Span(span.text, sentence.start + span.start, sentence.start + span.end) for span in cut]


def _demand(part: Span, document: Document, profile: Profile, cues: _Cues) -> Demand | None:
    reports = document.kind == "办理情况报告"
    if _QUOTED.search(clauses(part.text, "，。！？：,!?:\n")[0].text):
        return None
    for place, clause in enumerate(clauses(part.text, "，。！？：,!?:\n")):
        heading = part.text[-1] not in "。！!；;" and document.text[part.end : part.end + 1] not in "；;"
        cue = _cue(clause.text, cues, strong_only=reports or place > 0 or heading)
        if cue is None:
            continue
        head, duty = clause.text[: cue.start()], clause.text[cue.end() :] or part.text[clause.end :].lstrip("，,：:")
        if reports and (cues.past.search(part.text) or _TOLD.search(part.text[: clause.start])):
            continue
        limits = [moment for moment in moments(part.text, document.day) if _bounds(moment, document.day)]
        return Demand(
            text=part.text,
            actor=_actor(head, part.text[: clause.start], profile),
            duty=duty.strip("，,：: "),
            deadline="、".join(moment.text for moment in limits),
            target=_target(part.text),
            start=part.start,
            end=part.end,
        )
    return None


def _cue(clause: str, cues: _Cues, *, strong_only: bool) -> re.Match[str] | None:
    """The word that makes a clause a demand, words that only contain it (主要, 需求, 应用) blanked first."""
    blanked = cues.false.sub(lambda match: "※" * len(match.group()), clause)
    strong = cues.strong.search(blanked)
    if strong and not _TOLD.search(blanked[: strong.start()]):
        return strong if blanked[strong.start() : strong.end() + 1] != "要求" else None
    lead = _BEGIN.match(blanked)
    weak = None if strong_only else cues.weak.match(blanked, lead.end() if lead else 0)
    return None if cues.past.search(blanked) else weak


def _bounds(moment: Moment, day: date | None) -> bool:
    """Whether a time limits a duty: it says 前 or 内, or is a coming day or month; a year only names a period."""
    if moment.relation == "before" or moment.text.endswith("内"):
        return True
    coming = day is None or moment.last is None or moment.last > day
    return moment.relation == "in" and moment.strength in {"T5", "T4"} and coming and not moment.text.startswith("今天")


def _actor(head: str, before: str, profile: Profile) -> str:
    head = _BEGIN.sub("", head)
    match = _ACTOR.match(head)
    if match:
        return match["who"]
    for clause in reversed(clauses(before, "，。！？：,!?:")):
        match = _ACTOR.match(_BEGIN.sub("", clause.text))
        if match:
            return match["who"]
    named = mentions(head, profile)
    return named[0].text if named else ""


def _target(text: str) -> str:
    """The rate to be reached, with its name."""
    for quantity in quantities(text):
        name = _RATE_NAME.search(text[: quantity.start])
        if quantity.kind == "rate" and name:
            return _REACH.sub("", text[name.start() : quantity.end])
    return ""
