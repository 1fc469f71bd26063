"""What the government answers: letters, promises, and what the audit says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.records.source import Kind

Strength = Literal["T0", "T1", "T2", "T3", "T4", "T5"]
Severity = Literal["error", "warn", "hint"]
Gate = Literal["退回重写", "补充", "建议抽检", "通过"]
State = Literal["已采纳落实", "部分采纳", "列入计划", "解释不采纳", "转上级/其他单位", "仅介绍情况", "未回应"]


@dataclass(frozen=True, slots=True)
class Cite:
    """How a letter names the submission that it answers."""

    kind: str
    session: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """One answered item of a letter, with its ordinal as printed."""

    number: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise with its slots (domain §5-C); a slot holds the wording of the letter, empty where it is silent.

    `deadline_from`/`deadline_to` bound the promised time, `strength` grades it from T5 (exact day) to T0 (empty).
    `done` marks work reported as finished rather than promised.
    """

    text: str
    act: str
    start: int
    end: int
    object: str = ""
    quantity: str = ""
    place: str = ""
    plan: str = ""
    steps: str = ""
    deadline_text: str = ""
    deadline_from: date | None = None
    deadline_to: date | None = None
    strength: Strength = "T0"
    money: str = ""
    actor: str = ""
    condition: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A 答复 or 会办意见: whom and what it answers, and what it says. `label` is the printed letter (A, B …).

    `online`: copied from a web page, which may leave out what the paper bears (reference, label, contact).
    """

    id: str
    document_id: str
    source: str
    kind: Kind
    title: str
    text: str
    cites: tuple[Cite, ...] = ()
    number: str = ""
    session: str = ""
    unit: str = ""
    unit_text: str = ""
    co: tuple[str, ...] = ()
    label: str = ""
    day: date | None = None
    day_text: str = ""
    addressee: str = ""
    contact: str = ""
    phone: str = ""
    signer: str = ""
    copied_to: str = ""
    publicity: str = ""
    reference: str = ""
    items: tuple[Item, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    satisfaction: str = ""
    from_register: bool = False
    warnings: tuple[str, ...] = ()
    sure: float = 1.0
    online: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Which submission a reply answers and how that was told; `submission_id` None with the reason in `how`.

    `also` are the further submissions of a letter that answers several in one.
    """

    reply_id: str
    submission_id: str | None
    how: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection to a letter: rule id of domain §5, the words it is about, and what would satisfy the rule."""

    reply_id: str
    rule: str
    severity: Severity
    message: str
    quote: str = ""
    start: int = -1
    end: int = -1
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of one ask in the letter, with the sentence that says so.

    `submission_id` is set where the ask is of a further submission of a letter that answers several.
    """

    ordinal: int
    state: State
    quote: str = ""
    start: int = -1
    end: int = -1
    submission_id: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate of domain §5-E. `relevance` in 0–1: how surely the reply is about its submission; None untold.

    `outcome` is what the text comes to in the words of result labels (已解决, 列入计划 …), "" where it tells no result.
    """

    reply_id: str
    gate: Gate
    relevance: float | None = None
    abstained: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """All that the audit says of one reply."""

    reply_id: str
    submission_id: str | None
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    coverage: tuple[Coverage, ...] = ()
