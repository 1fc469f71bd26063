"""Letters that hold nothing but attitude (rule P04): 高度重视, 进一步加强, 认真研究."""

from __future__ import annotations

import re

from pipeline.audit.passages import Line
from pipeline.audit.reading import Context, Reading
from pipeline.audit.slots import PLAN
from pipeline.audit.wording import pattern


def only_attitude(reading: Reading, context: Context) -> bool:
    """Whether all that a letter says of our acts is vague: no act, amount, time or plan, nothing done or refused."""
    talking = [
        line
        for passage in reading.passages
        for line in passage.lines
        if line.stance in ("promised", "planned", "attitude")
    ]
    lines = [line for passage in reading.passages for line in passage.lines]
    nothing_firm = bool(lines) and not any(line.acts for line in lines)
    if not nothing_firm and not _mostly_vague(reading, talking, context):
        return False
    if any(passage.stances & {"done", "begun", "refused"} for passage in reading.passages):
        return False
    concrete = pattern(context.profile, "实做词", "上报词", "上报补词")
    if any(pattern(context.profile, "上报词", "上报补词").search(line.sentence.text) for line in talking):
        return False
    ahead = [line for slots in reading.slots for line in slots.ahead]
    return not any(s.timed or s.money or s.quantity or s.condition for s in reading.slots) and not any(
        concrete.search(line.sentence.text) or PLAN.search(line.sentence.text) for line in ahead
    )


def _mostly_vague(reading: Reading, talking: list[Line], context: Context) -> bool:
    """Whether the clauses that only promise or flatter make up half of the answer, reports of general work left out."""
    vague = pattern(context.profile, "空泛词", "态度词")
    boasts = pattern(context.profile, "总结词")
    clauses = [
        c for line in talking for c in re.split(r"[，；。]", line.sentence.text) if vague.search(c) or "下一步" in c
    ]
    reports = [s for s in reading.body if len(set(boasts.findall(s.text))) > 1 and "下一步" not in s.text]
    rest = len(reading.answer) - sum(len(s.text) for s in reports)
    said = sum(map(len, clauses))
    return bool(clauses) and 2 * said >= rest
