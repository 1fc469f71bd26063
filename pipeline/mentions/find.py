"""Finds the units that a running text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.mentions.lexicon import Lexicon, lexicon_of
from pipeline.profile import Profile

_PREFIX = re.compile(r"(?:中共)?(?:[县市区旗州省]|自治区)(?:人民政府|政府|委)?$")
_REACH = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in a text: canonical `unit`, the words that name it, and how.

    `note` is empty for a name of today, “原工商职能” for a predecessor, “glued” for names run together, “简称” for a
    shared ending (“公安、住建等部门”), “上级” where the name belongs to the province's office.
    """

    unit: str
    text: str
    start: int
    end: int
    note: str = ""


def mentions(text: str, profile: Profile) -> list[Mention]:
    """The units that a text names, in order, longest names first, never as part of another word."""
    lexicon = lexicon_of(profile)
    found = [*_plain(text, lexicon), *_shared(text, lexicon)]
    found.sort(key=lambda group: (group[0].start, -group[-1].end, len(group)))
    kept: list[Mention] = []
    for group in found:
        if not kept or group[0].start >= kept[-1].end:
            kept += group
    return kept


def _plain(text: str, lexicon: Lexicon) -> Iterator[list[Mention]]:
    for match in lexicon.name.finditer(text):
        if _is_inside_word(text, match.start(), match.end(), lexicon):
            continue
        sense = lexicon.names[match.group()]
        start = _with_prefix(text, match.start(), lexicon)
        if start is not None:
            note = "上级" if text.startswith(("省", "自治区"), start) else sense.note
            yield [Mention(sense.unit, text[start : match.end()], start, match.end(), note)]


def _shared(text: str, lexicon: Lexicon) -> Iterator[list[Mention]]:
    """Several short names with one ending, or one short name with a word for department."""
    for match in lexicon.shared.finditer(text):
        if match.group() in lexicon.vague or _is_inside_word(text, match.start(), match.end(), lexicon):
            continue
        if _with_prefix(text, match.start(), lexicon) is None:
            continue
        parts = list(lexicon.stem.finditer(text, *match.span("run")))
        if len(parts) == 1 and match["tail"]:
            continue
        glued = len(parts) > 1 and sum(len(part.group()) for part in parts) == len(match["run"])
        yield _grouped(text, parts, match.end(), "glued" if glued else "简称", lexicon)


def _grouped(text: str, parts: list[re.Match[str]], end: int, note: str, lexicon: Lexicon) -> list[Mention]:
    """One mention for each unit of a shared ending; neighbours that name the same unit become one."""
    group: list[Mention] = []
    for part in parts:
        unit = lexicon.stems[part.group()]
        start, stop = part.start(), end if part is parts[-1] else part.end()
        if group and group[-1].unit == unit:
            start = group.pop().start
        whole = note == "简称" and text[start:stop] in lexicon.names
        group.append(Mention(unit, text[start:stop], start, stop, "" if whole else note))
    if len(group) == 1 and note == "glued":
        group = [replace(group[0], note="简称")]
    return group


def _with_prefix(text: str, start: int, lexicon: Lexicon) -> int | None:
    """Where the name starts with its place in front; None where that belongs to the state or a ministry."""
    before = text[max(0, start - 12) : start]
    if before.endswith(lexicon.above):
        return None
    prefix = _PREFIX.search(before)
    if prefix is None:
        return start
    start -= len(before) - prefix.start()
    place = lexicon.place
    if place and text[: start + 1].endswith(place):
        start += 1 - len(place)
    return start


def _is_inside_word(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a word of the trap list lies across one of the name's borders (“集团|委托”)."""
    for match in lexicon.traps.finditer(text, max(0, start - _REACH), end + _REACH):
        first, last = match.span("trap")
        if first < start < last < end or start < first < end < last:
            return True
    return False
