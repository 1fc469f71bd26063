"""Until when a promise is to be kept: its deadline as wording, interval and strength, or the condition it hangs on."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.figures import Moment
from pipeline.parse.promise_cues import Cues
from pipeline.parse.promise_text import Clause
from pipeline.parse.promise_times import Letter, deadline_times
from pipeline.records import Strength

_WORK_LIST = re.compile(r"[^，。；]{0,4}(?:工作(?:要点|计划|安排|打算)|议事日程|申报计划|规划时参考)")
_YEARLY = re.compile(r"^[^，。；、]{0,14}(?:计划|规划|项目|工程|预算|目标|任务|方案|行动|实事|范围|要点|盘子|库|清单)")
_ROUGH = re.compile(r"半年|期间|开学|节|[春夏秋冬]季?$|汛|假")
_LENGTH = re.compile(r"工期|建设周期")


@dataclass(frozen=True, slots=True)
class Due:
    """The deadline of a promise as wording, interval and strength."""

    text: str = ""
    first: date | None = None
    last: date | None = None
    strength: Strength = "T0"


def due_of(letter: Letter, clauses: Sequence[Clause], cues: Cues, shared: Sequence[Moment]) -> Due:
    """The last time that bounds the promise, else T1 or T0; a plan's own year counts only for want of a better one."""
    start, end = clauses[0].start, clauses[-1].end
    condition = condition_of(letter.text[start:end], cues)
    hung = [match.span() for match in cues.condition.finditer(letter.text, start, end)]
    times = deadline_times(letter, start, end) or list(shared)
    times = [
        m for m in times if not (condition and _LENGTH.match(m.text)) and not any(a <= m.start < b for a, b in hung)
    ]
    if times:
        best = max(times, key=lambda moment: _rank(moment, letter.text))
        if _names_a_plan(best, letter.text):
            return Due(best.text, strength=best.strength)
        return Due(best.text, best.first, best.last or _begun(best), best.strength)
    if condition:
        return Due(condition, strength="T1")
    stretch = letter.text[start:end]
    empty = cues.vague.search(stretch) or cues.soon.search(stretch)
    late = letter.times_in(start, end)
    if late and not empty:
        return Due(late[-1].text, late[-1].first, late[-1].last, late[-1].strength)
    return Due(_empty_time(stretch, cues))


def _begun(moment: Moment) -> date | None:
    """The day by which something that runs “from” a time must have begun: that day, or the end of that month."""
    if moment.relation != "from" or moment.first is None:
        return None
    month_end = moment.first.replace(day=monthrange(moment.first.year, moment.first.month)[1])
    return moment.first if moment.strength == "T5" else month_end


def _names_a_plan(moment: Moment, text: str) -> bool:
    """Whether a year only says which list of work a matter is on (今年工作要点): it does not say when it falls due."""
    return moment.strength == "T3" and bool(_WORK_LIST.match(text, moment.end))


def _rank(moment: Moment, text: str) -> tuple[bool, bool, bool, date, str]:
    exact = moment.strength in {"T4", "T5"} and not _ROUGH.search(moment.text)
    yearly = moment.strength == "T3" and bool(_YEARLY.match(text[moment.end : moment.end + 24]))
    known = moment.last or moment.first
    return not yearly, exact, known is not None, known or date.min, moment.strength


def _empty_time(stretch: str, cues: Cues) -> str:
    for match in cues.vague.finditer(stretch):
        if re.search(r"[时早快期日逐步适今后将来]", match.group()):
            return match.group()
    return ""


def condition_of(stretch: str, cues: Cues) -> str:
    """The condition that the promise hangs on, to the end of its clause."""
    match = cues.condition.search(stretch)
    return re.split(r"[，。；]", stretch[match.start() :])[0][:30] if match else ""
