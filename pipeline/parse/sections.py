"""The parts of a submission (domain §3-E): 情况 (案由、案据), 问题 (分析), 建议 (方案)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.profile import Profile
from pipeline.records import Ask

Role = Literal["background", "problems", "asks"]
_ROLES: tuple[tuple[Role, str], ...] = (
    ("background", "背景引导词"),
    ("problems", "问题引导词"),
    ("asks", "列举引导词"),
)
_ORDINAL = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．，,\s]*|第[一二三四五六七八九十][，、部分]*)?"
_FEW = r"(?:[几若一二三四五六七八九十两\d]+(?:点|条|项|个|件|方面)|具体|有关|相关|主要|我的|我们的)?"
_AND = "以及|[和与及或、/]"
_ALONE = "独立小标题·"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a submission: `head` is where its heading begins, `start`/`end` span what stands under it."""

    role: Role
    head: int
    start: int
    end: int


def parts(text: str, start: int, end: int, profile: Profile) -> list[Part]:
    """The parts of `text[start:end]` in order; what stands before the first heading is background."""
    marks = sorted({mark[1]: mark for mark in _marks(text, start, end, profile)}.values(), key=lambda mark: mark[1])
    marks = [("background", start, start), *marks]
    found = []
    for place, (role, head, begin) in enumerate(marks):
        stop = marks[place + 1][1] if place + 1 < len(marks) else end
        if text[begin:stop].strip():
            found.append(Part(role, head, begin, stop))
    return found


def is_heading(line: str, profile: Profile) -> bool:
    """Whether a line is no more than the heading of a part (案据, 二、存在的问题, 具体建议)."""
    bare = re.sub(rf"^{_ORDINAL}{_FEW}", "", line.strip(" \u3000【】[]［］*#：:"))
    listed = {word for _, name in _ROLES for word in profile.wording[name] + profile.wording[_ALONE + name]}
    return bare in listed or all(piece in listed for piece in re.split(_AND, bare))


def joined(text: str, found: list[Part], role: Role, asked: Sequence[Ask]) -> str:
    """What a submission says in its parts of one role, up to the sentence in which it begins to ask."""
    said = [text[part.start : _until(text, part, asked)].strip() for part in found if part.role == role]
    return "\n".join(one for one in said if one)


def _until(text: str, part: Part, asked: Sequence[Ask]) -> int:
    first = min((ask.start for ask in asked if part.start <= ask.start < part.end), default=None)
    if first is None:
        return part.end
    return max(part.start, *(text.rfind(mark, part.start, first) + 1 for mark in "。！？\n"))


def _marks(text: str, start: int, end: int, profile: Profile) -> list[tuple[Role, int, int]]:
    """Headings as (role, where the heading begins, where its text begins)."""
    leads = _leads(profile.wording["诉求起句"], profile.wording["诉求起句·句中"])
    words = _words(
        tuple(word for _, name in _ROLES for word in profile.wording[name]),
        tuple(word for _, name in _ROLES for word in profile.wording[_ALONE + name]),
    )
    found: list[tuple[Role, int, int]] = []
    for pattern in words:
        for match in pattern.finditer(text, start, end):
            role = _role(match["head"], profile)
            if role:
                found.append((role, match.start("whole"), match.end()))
    found += [("asks", m.start(), m.end()) for lead in leads for m in lead.finditer(text, start, end)]
    return [mark for mark in found if not any(o[1] < mark[1] < o[2] for o in found)]


def _role(head: str, profile: Profile) -> Role | None:
    """The role of a heading: that of the word in it that ends last (存在的问题和建议 asks)."""
    bare = re.sub(f"^{_FEW}", "", head.strip(" 　的：:"))
    for role, name in _ROLES:
        if bare in profile.wording[_ALONE + name]:
            return role
    if bare.endswith(profile.wording[_ALONE + "列举引导词"]):
        return "asks"
    best: tuple[int, int, Role] | None = None
    for role, name in _ROLES:
        for word in profile.wording[name]:
            place = head.rfind(word)
            if place >= 0 and (best is None or (place + len(word), len(word)) > best[:2]):
                best = (place + len(word), len(word), role)
    return best[2] if best else None


@lru_cache(maxsize=8)
def _words(telling: tuple[str, ...], alone: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Two forms of a heading: a short line of its own (or a form's label cell), and 调研情况： run into the text.

    Words of `telling` may stand amid others in the heading, those of `alone` are all of it.
    """
    words, only = ("|".join(sorted(set(map(re.escape, some)), key=len, reverse=True)) for some in (telling, alone))
    inner = rf"{_FEW}(?:{only})(?:(?:{_AND})(?:{only}))?|[^\n。；，：:\t]{{0,14}}(?:{words})[^\n。；，：:\t]{{0,8}}"
    line = rf"(?m)^(?P<whole>[ \t　【\[［#*]*{_ORDINAL}(?P<head>{inner})[】\]］*]*[ 　]*(?:[：:]|\t|$))"
    inline = rf"(?:(?<=[。！？；!?\s])|\A)(?P<whole>{_ORDINAL}(?P<head>[一-鿿]{{0,4}}(?:{words})[一-鿿]{{0,4}})[：:])"
    return re.compile(line), re.compile(inline)


@lru_cache(maxsize=8)
def _leads(opening: tuple[str, ...], anywhere: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words after which requests follow: those that open a sentence, those that count in running words too."""
    return re.compile(rf"(?:(?<=[。！？；，!?,\s])|\A)(?:{'|'.join(opening)})"), re.compile("|".join(anywhere))
