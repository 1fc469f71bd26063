"""The promise ledger (承诺台账): every promise with its due day and what later texts say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.records.answer import Strength

Said = Literal["兑现", "称兑现", "部分兑现", "再承诺", "重申", "说明", "提及", "再提", "未提"]
Standing = Literal["到期未见后续", "已兑现有据", "称已兑现无据", "重复承诺", "已说明不能兑现", "未到期", "无期限"]


@dataclass(frozen=True, slots=True)
class Sequel:
    """What a later letter says of a promise, or that it was asked for again (再提); `start`, `end` in that text.

    兑现 reports it done with a day, an amount or a fact, 称兑现 without; 重申 says it again in the round; 未提 is a
    later letter on the item or matter that does not mention it. `tie` is how the two texts hang together: 同一件,
    同一事项, 同类问题.
    """

    source_id: str
    source: str
    title: str
    said: Said
    tie: str
    day: date | None = None
    quote: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Owed:
    """One promise of a letter in the ledger; `id` is the reply's with the offset of the promise.

    `due` is the last promised day, read against the hand-over where the letter is undated, None where no date can be
    said. `sequels` are in the order of their days. How it stands depends on the day: `pipeline.due.standing`.
    """

    id: str
    reply_id: str
    submission_id: str | None
    unit: str
    text: str
    start: int
    end: int
    day: date | None = None
    due: date | None = None
    deadline_text: str = ""
    strength: Strength = "T0"
    sequels: tuple[Sequel, ...] = ()
