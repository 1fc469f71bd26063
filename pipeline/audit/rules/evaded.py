"""Rules C04 and C09: what is answered is the easy part, or not what was asked for (domain §5-B)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.asked import to_do
from pipeline.audit.case import Objection, Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.audit.wording import pattern
from pipeline.records import Ask

_ACTS = frozenset({"done", "begun", "planned", "promised", "refused", "passed_on"})
_QUESTION = re.compile(r"咨询|询问|请问|[吗呢？?]|是否|如何|怎么|什么|为何|多少")
_SILENT = frozenset({"仅介绍情况", "未回应"})
_SHARE, _ENOUGH = 0.3, 40


def only_easy(reading: Reading, context: Context) -> Outcome:
    """只答易不答难：答到的只是介绍情况，要钱、要建的没有答。"""
    if reading.submission is None or reading.forwarded or reading.reply.kind == "会办意见":
        return None
    asks = {ask.ordinal: ask for ask in reading.submission.asks}
    met = {c.state for c in reading.coverage if c.state != "未回应"}
    left = [asks[c.ordinal] for c in reading.coverage if c.state == "未回应"]
    hard = [ask for ask in left if _is_hard(ask, context) and to_do(ask, reading.submission, context.profile)]
    if met != {"仅介绍情况"} or not hard:
        return None
    return Objection(f"只介绍了情况，没有答涉及资金、设施的第{hard[0].ordinal}条“{hard[0].text[:30].rstrip('。；')}”")


def _is_hard(ask: Ask, context: Context) -> bool:
    """Whether an ask costs money or has something built."""
    return bool(pattern(context.profile, "资金诉求词", "建设诉求词").search(ask.text))


def only_explained(reading: Reading, context: Context) -> Outcome:
    """改变诉求性质：要求办事的，只解释政策、介绍情况，没有说办不办。"""
    submission = reading.submission
    if submission is None or reading.forwarded or len(reading.answer) < _ENOUGH or _QUESTION.search(submission.title):
        return None
    states = {c.state for c in reading.coverage}
    acts = [ask for ask in submission.asks if to_do(ask, submission, context.profile)]
    if not acts or not states <= _SILENT or _acts(reading):
        return None
    if not all(_asks_plainly(ask) for ask in acts):
        return None
    explains = pattern(context.profile, "政策解释式")
    said = [line.sentence for passage in reading.passages for line in passage.lines]
    policy = [sentence for sentence in said if explains.search(sentence.text)]
    if len(policy) < max(_SHARE * len(said), 1):
        return None
    first = policy[0]
    return Objection("要求办事，答复只解释政策规定，没有说办不办、怎么办", first.text, first.start, first.end)


def _asks_plainly(ask: Ask) -> bool:
    return not _QUESTION.search(ask.text)


def _acts(reading: Reading) -> bool:
    """Whether any line says what the unit did, does, will or will not do."""
    return any(line.stance in _ACTS and line.acts for passage in reading.passages for line in passage.lines)


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"C04": only_easy, "C09": only_explained}
