"""Who leads and who joins, where one cell of a register names the units of both (主办：甲；会办：乙、丙)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

from pipeline.profile import Profile
from pipeline.text import squeezed

Role = Literal["lead", "co", ""]
_LEAD: Role = "lead"
_CO: Role = "co"
_CLAUSES = re.compile(r"[，,；;/／|｜\s]+(?![^（(]*[）)])")
_PARTS = re.compile(r"、+(?![^（(]*[）)])")


def parted(lead: str, co: str, profile: Profile) -> tuple[str, str]:
    """The cells for 主办 and 会办, with every unit under the role that the cells themselves give it.

    Cells without such words stay as printed.
    """
    return _parted(lead, co, profile.words("主办标注词"), profile.words("会办标注词"))


@lru_cache(maxsize=4096)
def _parted(lead: str, co: str, leads: tuple[str, ...], cos: tuple[str, ...]) -> tuple[str, str]:
    """The same cells come again and again in a register."""
    reader = _reader(leads, cos)
    own, joined = reader(lead), reader(co)
    if not any(role for role, _ in (*own, *joined)):
        return lead, co
    silent = "co" if any(role == "lead" for role, _ in own) else "lead"
    named = [(role or silent, text) for role, text in own] + [(role or "co", text) for role, text in joined]
    texts = {one: "、".join(dict.fromkeys(text for role, text in named if role == one)) for one in ("lead", "co")}
    return texts["lead"], texts["co"]


def role_of(cell: str, profile: Profile) -> Role:
    """The role that a cell consists of (主办, 协办单位), none where it says anything else."""
    word = squeezed(cell).removesuffix("单位").removesuffix("部门").removesuffix("件")
    if word in profile.words("主办标注词") or word == "分办":
        return "lead"
    return "co" if word in profile.words("会办标注词") else ""


@lru_cache(maxsize=8)
def _reader(leads: tuple[str, ...], cos: tuple[str, ...]) -> Callable[[str], list[tuple[Role, str]]]:
    roles: dict[str, Role] = {**dict.fromkeys(leads, _LEAD), **dict.fromkeys(cos, _CO)}
    kind = r"(?:单位|部门|责任单位|责任部门|机关)?"
    words = f"(?:{_any(roles)})"
    long = f"(?:{_any(word for word in roles if len(word) > 1)})"
    before = re.compile(rf"(?P<role>{words}){kind}[：:]+|(?P<bare>{long}){kind}(?=.{{2}})")
    note = rf"[（(【\[](?P<role>{words}){kind}[）)】\]]"
    after = re.compile(rf"(?P<text>.{{2,}}?)(?:{note}|(?<!委)(?P<bare>{long}))[。.]?")
    spread = _spreader(words, long, kind)

    def read(cell: str) -> list[tuple[Role, str]]:
        found: list[tuple[Role, str]] = []
        state: Role = ""
        for clause in _CLAUSES.split(spread(cell)):
            said: list[tuple[Role, str]] = []
            for part in _PARTS.split(clause):
                label = before.match(part)
                state = roles[label["role"] or label["bare"]] if label else state
                units = part[label.end() :] if label else part
                tail = None if state else after.fullmatch(units)
                if tail:
                    role = roles[tail["role"] or tail["bare"]]
                    said = [*_backwards(said, role, first=not found), (role, tail["text"])]
                elif units:
                    said.append((state, units))
            found += said
        return found

    return read


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _spreader(words: str, long: str, kind: str) -> Callable[[str], str]:
    """What parts a cell at its labels: those with units in their brackets, those before units and those behind."""
    alone = re.compile(rf"[（(【\[]({words}){kind}[）)】\]][：:]?")
    inside = re.compile(
        rf"(?![（(【\[]{words}{kind}[）)】\]])[（(【\[]({words}){kind}[：:]?([^）)】\]：:]{{2,}})[）)】\]]"
    )
    label = re.compile(rf"(?<![主分独协、/])(?={long}{kind}[：:])")

    def spread(cell: str) -> str:
        cell = inside.sub(r"；\1：\2；", cell.strip())
        cell = alone.sub(r"；\1：" if alone.match(cell) else r"\g<0>；", cell)
        return label.sub("；", cell).strip("；")

    return spread


def _backwards(said: list[tuple[Role, str]], role: Role, *, first: bool) -> list[tuple[Role, str]]:
    """The units before one with a role bear it too (甲、乙配合); the first of a cell still leads (甲、乙（会办）)."""
    kept = 1 if first and role == "co" and said and not said[0][0] else 0
    while len(said) > kept and any(own for own, _ in said[kept:]):
        kept += 1
    return [*said[:kept], *((role, text) for _, text in said[kept:])]
