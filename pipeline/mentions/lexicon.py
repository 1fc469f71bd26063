"""What one profile's unit names compile to: look-up tables and the patterns that find them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.profile import Profile, Unit

_STEM_END = re.compile(r"(?:局|委|办|大队|公司)$")
_OLD_END = re.compile(r"(?:局|委|办|办公室|委员会|公司)$")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Sense:
    """The unit that a written name means, and the note that goes with it."""

    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one profile's names compile to.

    `names` count in running text, `cells` in register cells too, `stems` are names without their ending.
    `traps` are words that share letters with a name, `vague` names say too little in running text, `above` is what
    stands before the name of a state office.
    """

    names: dict[str, Sense]
    stems: dict[str, str]
    cells: dict[str, Sense]
    name: re.Pattern[str]
    shared: re.Pattern[str]
    stem: re.Pattern[str]
    traps: re.Pattern[str]
    vague: frozenset[str]
    above: tuple[str, ...]
    place: str


@lru_cache(maxsize=8)
def lexicon_of(profile: Profile) -> Lexicon:
    """The lexicon of a profile, built once."""
    endings, vague = profile.words("正文机构尾"), frozenset(profile.words("正文不计名称"))
    names: dict[str, Sense] = {}
    stems: dict[str, str] = {}
    cells: dict[str, Sense] = {}
    canonical = {unit.name for unit in profile.units}
    for surface, sense in _surfaces(profile.units):
        cells.setdefault(surface, sense)
        if surface in canonical or (surface.endswith(endings) and surface not in vague):
            names.setdefault(surface, sense)
        stem = _STEM_END.sub("", surface)
        if len(stem) > 1 and stem not in vague and (stem != surface or len(stem) <= _SHORT):
            stems.setdefault(stem, sense.unit)
    for stem, name in stems.items():
        cells.setdefault(stem, Sense(name))
    stem_pattern = _longest_first(stems)
    return Lexicon(
        names=names,
        stems=stems,
        cells=cells,
        name=re.compile(_longest_first(names)),
        shared=_shared_pattern(stem_pattern, profile),
        stem=re.compile(stem_pattern),
        traps=re.compile(f"(?=(?P<trap>{_longest_first(profile.words('机构名误合'))}))"),
        vague=vague,
        above=profile.words("上级冠词"),
        place=profile.place,
    )


def _shared_pattern(stem: str, profile: Profile) -> re.Pattern[str]:
    department = f"(?:等?(?:有关|相关|多个|各)?{_longest_first(profile.words('机构部门词'))})"
    tail = _longest_first(profile.words("机构连写尾"))
    return re.compile(f"(?P<run>{stem}(?:[、，,和与及]?{stem})*)(?:{department}|(?P<tail>{tail}))")


def _surfaces(units: Iterable[Unit]) -> Iterator[tuple[str, Sense]]:
    """Every written form of every unit with what it means, the forms of the catalogue itself first."""
    said = [(name, Sense(unit.name)) for unit in units for name in (unit.name, *unit.aliases)]
    said += [(old.name, Sense(unit.name, _duty_of(old.name))) for unit in units for old in unit.predecessors]
    yield from said
    for name, sense in said:
        yield from ((form, sense) for form in _variants(name))


def _duty_of(old: str) -> str:
    """What a predecessor is known for (“工商局” → “原工商职能”)."""
    stem = _OLD_END.sub("", old)
    return f"原{stem if len(stem) > 1 else old}职能"


def _variants(name: str) -> Iterator[str]:
    """A name without its county, with its office spelt out, and under the committee of a city or district."""
    core = re.sub(r"^县委?", "", name)
    if core not in (name, "办公室") and len(core) > 2:
        yield core
    if name.endswith("办"):
        yield f"{name}公室"
    if name.startswith("县委"):
        yield from (f"{place}委{name[2:]}" for place in "市区")


def _longest_first(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words at a place, as a letter tree."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(tree)


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ways = [re.escape(letter) + _branch(child) for letter, child in node.items() if letter]
    if not ways:
        return ""
    joined = ways[0] if len(ways) == 1 and "" not in node else f"(?:{'|'.join(ways)})"
    return f"{joined}?" if "" in node else joined
