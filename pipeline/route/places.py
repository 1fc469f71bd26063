"""Town and street offices named in a submission: where a matter lies they join (属地, domain §4.2 rule 20)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.profile import Profile, Unit
from pipeline.route.lexicon import Lexicon
from pipeline.route.passages import Passage

TOWN, STREET = "乡镇人民政府", "街道办事处"
MOST = 2

_NOT_PLACE = (
    "(?![一-龥]{0,2}(?:振兴|公路|道路|企业|医生|教师|小学|干部|学生|卫生)|[用里下贤愁亲土间情音镇村级统医小居改容貌])"
)
_NAMED = re.compile(rf"[一-龥a-z0-9]{{1,6}}?(?:(镇|乡|村)|(街道|社区)){_NOT_PLACE}")
_GENERIC = re.compile(
    r"(?:各|全|我|农|乡|每|多|本|示范|行政|自然|城中|城|部分|有关|下|返|回|还|进|入|离|驻|家|他|异|同|老|思|爱|强|富"
    r"|兴|新|美|空心|撤|并|管|个|两|几|偏远|边远|通)县?(?:镇|乡|村|街道|社区)$"
)


class Localities:
    """The town units of a profile; where it lists no towns, the two generic ones stand for them."""

    def __init__(self, profile: Profile) -> None:
        generic = (TOWN, STREET)
        own = [unit for unit in profile.units if unit.system == "乡镇" and unit.name not in generic]
        cells = [(name, unit.name) for unit in own if profile.towns for name in _names(unit)]
        self._of_name = dict(cells)
        self._lexicon = Lexicon([name for name, _ in cells])
        self.all = frozenset([*generic, *(unit.name for unit in own)])
        known = {unit.name for unit in profile.units}
        self._generic = () if profile.towns else tuple(name if name in known else "" for name in generic)

    def places(self, passages: Sequence[Passage]) -> list[tuple[str, Passage, tuple[int, int]]]:
        """The units of places named in title or asks, at most two, each with where it is first named."""
        found: dict[str, tuple[str, Passage, tuple[int, int]]] = {}
        for passage in passages:
            for unit, start, end in self._named(passage.text) if passage.zone != "body" else ():
                found.setdefault(unit, (unit, passage, (start, end)))
        return list(found.values())[:MOST]

    def _named(self, text: str) -> list[tuple[str, int, int]]:
        if not self._generic:
            return [(self._of_name[name], start, end) for name, start, end in self._lexicon.places(text)]
        groups = [m for m in _NAMED.finditer(text) if not _GENERIC.search(m.group())]
        named = [(self._generic[0 if m.group(1) else 1], m.start(), m.end()) for m in groups]
        return [place for place in named if place[0]]


def kind(unit: str) -> str:
    """The generic unit that stands for a town or street office in the rules."""
    return STREET if unit.endswith("办事处") else TOWN


def _names(unit: Unit) -> tuple[str, ...]:
    """The unit's name, its aliases, and the bare place name (青石镇 of 青石镇人民政府)."""
    bare = re.sub(r"(人民政府|办事处|政府)$", "", unit.name)
    return tuple(dict.fromkeys(name for name in (unit.name, bare, *unit.aliases) if len(name) >= 2))
