"""What a promise is about: the act, what it is done to, how much of it, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.figures import quantities
from pipeline.parse.promise_cues import Cues
from pipeline.parse.promise_text import Clause
from pipeline.parse.promise_times import Letter

_PLACE = re.compile(
    r"(?:位于|[在对将至到从于把给、，；]|^|由)(?P<place>[^，。；、\d\s的了时在于将会要请我您每各两三几条盏座个户所处由从把给起新旧年月日和与向对为全本镇乡县市主]{2,6}(?:镇|乡|村|街道|社区"
    r"|小区|大道|中路|路口|路段|路|街|巷|桥|小学|中学|幼儿园"
    r"|卫生院|医院|广场|公园|水库|国道|省道|县道|市场|片区|园区|车站|家园|花园))(?![干部民级支线边委长灯面])"
)
_NO_PLACE = re.compile(r"建设|加强|完善|推进|今后|剩余|其余|公路$|道路$|马路$|乡镇$|学校$")
_LEAD = re.compile(
    r"^(?:同时|此外|另外|目前|并且?|且|以及|还|也|为此|因此|其中|对此|下一步|下步"
    r"|接下来|今后|后续|一方面|另一方面)[，、]?"
)
TRIM = " 　，、。；：:的在于"


def act_of(letter: Letter, clauses: Sequence[Clause], cues: Cues) -> str:
    """The clause that says what is done, without its times and the words that lead into it."""
    chosen = max(clauses, key=lambda clause: _weight(clause, cues))
    text = letter.text[chosen.start : chosen.end]
    for moment in reversed(letter.times_in(chosen.start, chosen.end)):
        begin = moment.start - chosen.start
        text = re.sub(r"[于在自从到至]$", "", text[:begin]) + text[begin + len(moment.text) :].lstrip("，")
    return _LEAD.sub("", text.strip(TRIM)).strip(TRIM)


def _weight(clause: Clause, cues: Cues) -> tuple[bool, bool, bool, int, bool, int]:
    concrete = len(set(cues.concrete.findall(clause.text)))
    willing = clause.mood in {"promise", "done"}
    amount = bool(concrete) and bool(quantity_of(clause.text))
    soft = bool(cues.soft.search(clause.text))
    return not cues.condition.search(clause.text), willing, amount, concrete, soft, -clause.start


def object_of(act: str, cues: Cues) -> str:
    """What the act is done to: the words moved forward by 将 or 对, else those behind the verb."""
    moved = re.search(
        r"(?:[将把](?P<put>[^，。；将对]{2,24}?)(?:列入|纳入|作为)|对(?P<to>[^，。；将对]{2,24}?)(?:进行"
        r"|予以|加以|实施|开展|给予))",
        act,
    )
    if moved:
        return str(moved["put"] or moved["to"])
    verb = None
    for verb in cues.concrete.finditer(act):
        if re.match(r"[一-龥“《\d]{2}", act[verb.end() :]):
            break
    if verb is None:
        return ""
    rest = re.split(r"[，。；]", act[verb.end() :])[0].lstrip("了好").strip(TRIM)[:24]
    return rest if len(rest) > 1 else ""


def quantity_of(stretch: str) -> str:
    """The amounts of the stretch but for money and rates, joined by 、."""
    kinds = {"count", "length", "area", "volume", "weight", "power"}
    return "、".join(q.text.strip() for q in quantities(stretch) if q.kind in kinds)


def place_of(stretch: str, towns: Sequence[str]) -> str:
    """The first place named, a town of the profile before any other."""
    for town in towns:
        if re.search(rf"{re.escape(town)}(?!人民政府|政府|办事处|党委)", stretch):
            return town
    found = [match["place"] for match in _PLACE.finditer(stretch) if not _NO_PLACE.search(match["place"])]
    return found[0] if found else ""
