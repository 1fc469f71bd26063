"""Rules L: does the printed result label agree with the text (domain §5-D, §3-F)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Abstention, Objection, Outcome
from pipeline.audit.deadlines import working_times
from pipeline.audit.reading import Context, Reading
from pipeline.audit.result import result
from pipeline.audit.rules.claims import unexplained
from pipeline.audit.wording import pattern

_SOLVED = frozenset({"已解决"})
_PLANNED = frozenset({"正在解决", "列入计划"})
_DECLINED = frozenset({"条件不具备", "作参考", "不能解决"})
_UNDONE = frozenset({"列入计划", "不能解决", "作参考"})
_DECLINED_SOMEHOW = re.compile(
    r"不能|无法|无权|没有权|不宜|不予|暂[不缓]|[不未]采纳|不具备|不了(?!解)|没有这|不属|参考|依据|条件"
)
_LACKING = re.compile(r"没有|尚[未无]|缺|不[具足]|未[明写提]")
_REASONS = ("理由词·法律", "理由词·政策", "理由词·财力", "理由词·技术", "缘由词")


def too_high(reading: Reading, context: Context) -> Outcome:
    """类别虚高：标为已解决，正文却只有计划、争取或正在办理。"""
    if not reading.meanings or not reading.meanings <= _SOLVED or not reading.body:
        return None
    told = result(reading, context.profile)
    lines = [line for passage in reading.passages for line in passage.lines]
    open_lines = [line for line in lines if line.stance in ("planned", "promised", "begun", "refused")]
    unsolved = [c for c in reading.coverage if c.state in ("列入计划", "转上级/其他单位")]
    done = told not in _UNDONE and any(line.stance == "done" for line in lines)
    if done and 2 * len(unsolved) < max(len(reading.coverage), 1):
        return None
    if not open_lines:
        return None
    sentence = open_lines[0].sentence
    message = f"类别“{reading.reply.label}”表示已解决，正文没有办成的结果"
    return Objection(message, sentence.text, sentence.start, sentence.end)


def too_low(reading: Reading, context: Context) -> Outcome:
    """类别偏低：标为不能解决或作参考，正文却已办成。"""
    if not reading.meanings or not reading.meanings <= _DECLINED:
        return None
    if not reading.coverage:
        told = result(reading, context.profile) == "已解决" and not reading.submission
        return Objection(f"类别“{reading.reply.label}”表示未解决，正文却写已办成") if told else None
    if _DECLINED_SOMEHOW.search(reading.answer) or pattern(context.profile, "替代办法词").search(reading.answer):
        return None
    done = [c for c in reading.coverage if c.state == "已采纳落实"]
    if 2 * len(done) <= len(reading.coverage):
        return None
    message = f"类别“{reading.reply.label}”表示未解决，正文却写已办成"
    return Objection(message, done[0].quote, done[0].start, done[0].end)


def no_term(reading: Reading, context: Context) -> Outcome:
    """计划类无期限：标为正在解决或列入计划，正文没有完成时限。"""
    if not reading.meanings & _PLANNED or reading.forwarded:
        return None
    if any(slots.timed for slots in reading.slots):
        return None
    day = reading.reply.day
    times = [m for s in reading.body for m in working_times(s.text, day, context.profile)]
    ahead = [m for m in times if m.last and (day is None or m.last >= day)]
    if day is not None and ahead:
        return None
    return Objection(f"类别“{reading.reply.label}”表示正在解决或列入计划，正文没有完成时限")


def no_cause(reading: Reading, context: Context) -> Outcome:
    """不能办类无原因：标为不能解决或作参考，正文没有说明原因。"""
    if not reading.meanings or not reading.meanings <= _DECLINED:
        return None
    bare = unexplained(reading, context)
    if bare is None and _says_why(reading, context):
        return None
    return Objection(f"类别“{reading.reply.label}”表示未能解决，正文没有说明原因")


def _says_why(reading: Reading, context: Context) -> bool:
    """Whether a letter that declines nothing in so many words reports something, passes on, or gives any reason."""
    stances = {stance for passage in reading.passages for stance in passage.stances}
    away = pattern(context.profile, "转办词", "推开词").search(reading.answer)
    told = stances & {"done", "refused"} or away or reading.forwarded
    return bool(told or _LACKING.search(reading.answer) or pattern(context.profile, *_REASONS).search(reading.answer))


def unknown(reading: Reading, context: Context) -> Outcome:
    """类别含义未知：本地类别体系里没有这一类别。"""
    if not reading.reply.label or reading.meanings:
        return None
    return Abstention(f"办理结果类别“{reading.reply.label}”在“{context.profile.label_family}”中没有含义")


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "L01": too_high,
    "L02": too_low,
    "L03": no_term,
    "L04": no_cause,
    "L05": unknown,
}
