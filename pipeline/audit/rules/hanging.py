"""Rule P05: a promise that hangs on a condition which nobody is said to bring about (domain §5-C)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pipeline.audit.case import Outcome
from pipeline.audit.passages import Line, Passage
from pipeline.audit.reading import Context, Reading, about, promising
from pipeline.audit.slots import hanging as condition_of
from pipeline.audit.wording import pattern
from pipeline.figures import moments
from pipeline.profile import Profile

_MAY_BE = re.compile(r"(?:^|[，；])(?:今后|以后|将来)?(?:如|若|一旦)(?!实|约|期|下|何|数|同)")
_FIRM_TIMES = frozenset({"T2", "T4", "T5"})
_BRINGS = re.compile(r"筹措|筹集|协调|督促|跟踪|负责|批复|审批|签约|征地|征收|审定|拨付|下达")


def _dangles(line: Line, passage: Passage, day: date | None, profile: Profile) -> bool:
    """Whether a line hangs on a condition that nobody is said to bring about by any day."""
    if line.stance == "done" or not condition_of(line.sentence.text, profile) or _dated(line.sentence.text, day):
        return False
    seeks = pattern(profile, "上报词", "上报补词")
    helped = (x.sentence.text for x in passage.lines)
    return not any(_dated(text, day) and (seeks.search(text) or _BRINGS.search(text)) for text in helped)


def _comforts(line: Line, passage: Passage) -> bool:
    """Whether a line only softens a refusal (“如今后条件成熟，我们会优先考虑”)."""
    return "refused" in passage.stances and bool(_MAY_BE.search(line.sentence.text))


def _dated(text: str, day: date | None) -> bool:
    """Whether a text sets a firm time that is not over."""
    firm = (moment for moment in moments(text, day) if moment.strength in _FIRM_TIMES)
    return any(day is None or moment.last is None or moment.last >= day for moment in firm)


def hanging(reading: Reading, context: Context) -> Outcome:
    """条件悬置：时间只挂在条件上（资金到位后、条件成熟时），没有人负责争取条件，也没有期限。"""
    seeks = pattern(context.profile, "上报词", "上报补词")
    for passage, slots in promising(reading):
        line = next((x for x in passage.lines if _dangles(x, passage, reading.reply.day, context.profile)), None)
        if line is not None and slots.condition and not _comforts(line, passage):
            sought = seeks.search(passage.text) or re.search(r"筹措|筹集|协调|督促|跟踪|负责", passage.text)
            said = f"只说“{slots.condition}”，没有谁去办、何时办{slots.besides}"
            return about(line, said, "warn" if sought else None)
    return None


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"P05": hanging}
