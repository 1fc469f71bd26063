"""Units that a passage calls upon by name: 请交警…, 联合公安…, 由水利、供电两家…, 自然资源、林业部门….

Full names count where a clause begins or after a word of calling; short ones (公安, 水利) only after such a word and
before one of acting, or in a list that one ending closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.mentions.lexicon import lexicon_of
from pipeline.profile import Profile

Place = tuple[int, int]
Named = tuple[str, int, int]

CALLING, CALLING_SHORT, ACTING, CLOSING = "点办词", "点办简称词", "承办动作词", "并列尾词"
PLACED, LOCAL = "机构地点词", "属地简称"
_CLAUSE_MARKS = "，。；：！？,;:!?"
_ENUMERATION = "、和与及同"
_FAR = 30


class Calls:
    """Finds the calls upon units for one profile."""

    def __init__(self, profile: Profile, unit_of_name: Mapping[str, str]) -> None:
        self._unit = unit_of_name
        lexicon = lexicon_of(profile)
        local = {} if profile.towns else _local(profile)
        self._short = lexicon.stems | local
        stem = rf"(?:{'|'.join([*map(re.escape, local), lexicon.stem.pattern])})"
        self._stem = re.compile(stem)
        run = rf"{stem}(?:[{_ENUMERATION}]{stem})*"
        calling, acting, closing = (_any(profile, name) for name in (CALLING_SHORT, ACTING, CLOSING))
        self._before = re.compile(rf"(?:{_any(profile, CALLING)})县?$")
        self._calling = re.compile(
            rf"(?:{calling})(?=县?(?P<run>{run})(?:[{_ENUMERATION}{_CLAUSE_MARKS}]|{acting}|{closing}))"
        )
        self._placed = re.compile(rf"(?:{_any(profile, PLACED)})")
        self._closing = re.compile(rf"(?:{closing})")
        self._list = re.compile(rf"{stem}(?:[{_ENUMERATION}]{stem})+$")

    def places(self, text: str, named: Sequence[Named]) -> Iterator[tuple[str, Place]]:
        """Each unit called upon in a plain text, with the place of its name; `named` are the full names in it."""
        yield from self._full(text, named)
        for call in self._calling.finditer(text):
            yield from self._units(text, call.span("run"))
        for closing in self._closing.finditer(text):
            listed = self._list.search(text, max(0, closing.start() - _FAR), closing.start())
            if listed:
                yield from self._units(text, listed.span())

    def _full(self, text: str, named: Sequence[Named]) -> Iterator[tuple[str, Place]]:
        ends = dict[int, bool]()
        for name, start, end in named:
            before = text[:start]
            listed = before[-1:] in _ENUMERATION and ends.get(len(before) - 1, False)
            opening = not before.strip() or before[-1] in _CLAUSE_MARKS
            called = listed or opening or bool(self._before.search(before))
            ends[end] = called and not self._placed.match(text, end)
            if ends[end]:
                yield self._unit[name], (start, end)

    def _units(self, text: str, place: Place) -> Iterator[tuple[str, Place]]:
        for stem in self._stem.finditer(text, *place):
            yield self._short[stem.group()], stem.span()


def _local(profile: Profile) -> dict[str, str]:
    """What towns and streets are called for short (镇里, 街道), longest first; units the profile lacks are left out."""
    pairs = [entry.partition("=")[::2] for entry in profile.wording.get(LOCAL, ())]
    known = {unit.name for unit in profile.units}
    return {short: unit for short, unit in sorted(pairs, key=lambda p: -len(p[0])) if unit in known}


def _any(profile: Profile, name: str) -> str:
    """The words of a list as alternatives, longest first; where the profile lacks the list, nothing matches."""
    words = sorted(map(re.escape, profile.wording.get(name, ())), key=len, reverse=True)
    return "|".join(words) or r"(?!)"
