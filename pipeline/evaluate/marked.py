"""Letters with what an audit should say of them, and how people write that into the cells of a register.

应有问题: rule ids or names (`P02；漏答`), 无 for a clean letter. 应有结论: one of the four gates.
应有状态: one state for each ask in order, or with its text (`安装路灯：列入计划`).
应有承诺: one promise a line, slots and last day in brackets: `6月底前装灯40盏（要素 主体、数量；时限 2025-06-30）`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from pipeline.audit import Case
from pipeline.errors import BanliError
from pipeline.profile import Profile
from pipeline.records import Commitment, Gate, Reply, State

SLOTS: Mapping[str, str] = {
    "做法": "act", "对象": "object", "数量": "quantity", "地点": "place", "方案": "plan", "步骤": "steps",
    "时限": "deadline", "资金": "money", "主体": "actor", "条件": "condition",
}  # fmt: skip
"""The slots of a promise as people name them, and as the gold and the records do (`deadline` is `deadline_text`)."""

_OPEN = frozenset({"T0", "T1"})
"""Strengths of wording that sets no time limit: 尽快, 条件成熟时."""
_NONE = frozenset({"无", "没有", "-", "—"})
_PARTS = re.compile(r"[；;\n]+")
_PROMISE = re.compile(r"^(?P<text>.+?)(?:[（(](?P<said>[^（()）]*(?:要素|时限)[^（()）]*)[）)])?$")
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with the names of its filled slots and the last day of its time limit."""

    text: str
    slots: frozenset[str] = frozenset()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A letter, what it answers, and what is right to say of it; None or "" for what nobody marked.

    `silent` are rules that were not marked completely: they count neither for nor against. `states` pairs the text of
    each ask ("" where only its place is known) with its state.
    """

    case: Case
    rules: frozenset[str] | None
    gate: str = ""
    states: tuple[tuple[str, str], ...] = ()
    promises: tuple[Promise, ...] | None = None
    silent: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The title of what it answers, else its own."""
        return self.case.submission.title if self.case.submission else self.case.reply.title


def promised(reply: Reply) -> tuple[Promise, ...]:
    """The promises that the program read from a letter, without what it reports as done."""
    return tuple(_of(commitment) for commitment in reply.commitments if not commitment.done)


def _of(commitment: Commitment) -> Promise:
    names = {slot: "deadline_text" if slot == "deadline" else slot for slot in SLOTS.values()}
    filled = frozenset(slot for slot, name in names.items() if getattr(commitment, name))
    timed = filled if commitment.strength not in _OPEN else filled - {"deadline"}
    return Promise(commitment.text, timed, commitment.deadline_to)


def faults(cell: str, profile: Profile, source: str) -> frozenset[str] | None:
    """The rule ids of a cell; None for an empty one. Raises BanliError for what is no rule."""
    if not cell.strip():
        return None
    names = {rule.name: rule.id for rule in profile.rules.values()} | {id_.upper(): id_ for id_ in profile.rules}
    found = set()
    for part in (part.strip() for part in re.split(r"[；;、，,\s]+", cell)):
        if not part or part in _NONE:
            continue
        known = names.get(part) or names.get(part.upper())
        if known is None:
            raise BanliError(f"{source}：“{part}”不是审核规则", "写规则的编号或名称，如 P02 或 缺时限；没有问题写“无”")
        found.add(known)
    return frozenset(found)


def gate(cell: str, source: str) -> str:
    """The gate of a cell, "" for an empty one. Raises BanliError for another word."""
    said = cell.strip()
    if said and said not in get_args(Gate):
        raise BanliError(f"{source}：“{said}”不是审核结论", f"可用：{' '.join(get_args(Gate))}")
    return said


def states(cell: str, source: str) -> tuple[tuple[str, str], ...]:
    """The states of a cell in order, each with the text of its ask if written. Raises BanliError for another word."""
    found = []
    for part in (part.strip() for part in _PARTS.split(cell)):
        text, _, state = part.rpartition("：")
        if part and state not in get_args(State):
            raise BanliError(f"{source}：“{state}”不是诉求状态", f"可用：{' '.join(get_args(State))}")
        if part:
            found.append((text.strip(), state))
    return tuple(found)


def promises(cell: str) -> tuple[Promise, ...] | None:
    """The promises of a cell, one a line; None for an empty one, none for 无."""
    if not cell.strip():
        return None
    lines = (line.strip() for line in cell.split("\n"))
    return tuple(_promise(line) for line in lines if line and line not in _NONE)


def _promise(line: str) -> Promise:
    match = _PROMISE.match(line)
    said = match["said"] or "" if match else ""
    day = _DAY.search(said)
    named = frozenset(slot for name, slot in SLOTS.items() if name in said)
    return Promise(match["text"] if match else line, named, date(*map(int, day.groups())) if day else None)
