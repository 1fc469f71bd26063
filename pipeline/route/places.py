"""Town and street offices named in a submission: where a matter lies they join (属地, domain §4.2 rule 20)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.profile import Profile, Unit
from pipeline.route.lexicon import Lexicon
from pipeline.route.passages import Passage

TOWN, STREET = "乡镇人民政府", "街道办事处"
MOST = 2

_NOT_PLACE = "(?![一-龥]{0,2}(?:振兴|公路|道路|企业|医生|教师|小学|干部))"
_NAMED = re.compile(rf"[一-龥a-z0-9]{{1,6}}?(?:(镇|乡|村)|(街道|社区)){_NOT_PLACE}")
_GENERIC = re.compile(r"(?:各|全|我|农|乡|每|多|本|示范|行政|自然|城中|城|部分|有关)(?:县)?(?:镇|乡|村|街道|社区)$")


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

    def units(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """The units of places named in title or asks, at most two."""
        spoken = [p.text for p in passages if p.zone != "body"]
        if not self._generic:
            found = [self._of_name[name] for text in spoken for name, _, _ in self._lexicon.places(text)]
            return tuple(dict.fromkeys(found))[:MOST]
        groups = [m for text in spoken for m in _NAMED.finditer(text) if not _GENERIC.search(m.group())]
        found = [self._generic[0 if m.group(1) else 1] for m in groups]
        return tuple(name for name in dict.fromkeys(found) if name)[:MOST]


def _names(unit: Unit) -> tuple[str, ...]:
    """The unit's name, its aliases, and the bare place name (青石镇 of 青石镇人民政府)."""
    bare = re.sub(r"(人民政府|办事处|政府)$", "", unit.name)
    return tuple(dict.fromkeys(name for name in (unit.name, bare, *unit.aliases) if len(name) >= 2))
