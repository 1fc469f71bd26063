"""What comes in: files, their text, register rows; what failed; what a person decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["建议", "提案", "答复", "会办意见", "讲话", "办理情况报告", "通知", "其他"]
Role = Literal["title", "heading", "paragraph", "item", "row", "note", "header", "footer", "comment"]
BODY_ROLES: frozenset[str] = frozenset({"title", "heading", "paragraph", "item", "row"})


@dataclass(frozen=True, slots=True)
class File:
    """One input file: `source` is its name as people know it (`inbox/031.docx`), `digest` its SHA-256."""

    source: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or note.

    `text` is what a reader sees, an automatic Word number included; `number` repeats that number alone ("（二）").
    `cells` holds the cells of a table row (role "row").
    """

    text: str
    role: Role = "paragraph"
    level: int = 0
    number: str = ""
    page: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """Text that a cleaning step took out, and why (Chinese)."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register, under canonical column names; every value as printed, empty where absent.

    `accepted` (other right leads), `split` (训练 or 测试), `matter`, `problem` (equal for items of one matter, one
    class) and `faults`, `verdict`, `states`, `promised` (what an audit should say) stand in tables made for measuring;
    `item` (a submission's id) and the four after it in lists that come back from the units with their receipts.
    """

    kind: str = ""
    number: str = ""
    session: str = ""
    year: str = ""
    title: str = ""
    body: str = ""
    proposers: str = ""
    cosigners: str = ""
    delegation: str = ""
    between: str = ""
    topic: str = ""
    lead: str = ""
    co: str = ""
    handed_over: str = ""
    reply: str = ""
    replied: str = ""
    label: str = ""
    satisfaction: str = ""
    accepted: str = ""
    split: str = ""
    matter: str = ""
    problem: str = ""
    item: str = ""
    receipt: str = ""
    receipt_reason: str = ""
    receipt_day: str = ""
    suggests: str = ""
    faults: str = ""
    verdict: str = ""
    states: str = ""
    promised: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file's, or one register row's, text. `text` joins the body blocks with newlines.

    `sure` is how sure the recognition of its worst scanned page was (0 to 1), 1 for a text that was not recognised.
    """

    id: str
    source: str
    kind: Kind
    title: str
    text: str
    day: date | None = None
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removal, ...] = ()
    warnings: tuple[str, ...] = ()
    entry: Entry | None = None
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or record that a stage could not handle. Nothing is dropped without one."""

    source: str
    stage: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a machine's row: its own row, never an overwrite."""

    subject_id: str
    field: str
    value: str
    by: str
    at: datetime
    note: str = ""
