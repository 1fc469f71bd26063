"""The times that a passage of a letter binds itself to, and those that bind nothing: plan names, calls, the past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from pipeline.audit.passages import Line
from pipeline.audit.wording import pattern
from pipeline.figures import Moment, moments
from pipeline.profile import Profile

_MET = re.compile(r"(?:已|如期|按期|按时)[^，。；]{0,14}(?:实现|完成|达到|建成|达标)")
_UNDECIDED = re.compile(r"再[定说议看](?:$|[，。；])|再(?:作|做|行)?(?:决定|研究|考虑)")
_LISTED = re.compile(r"[列纳编录]入|(?:[上申]报|报|作|确定|定|立项?)(?:送|请)?为")
_BASED = re.compile(r"(?:根据|按照|依据|依照|结合|对照)[^，。；]{0,12}$")
_ALREADY = re.compile(r"[^，。；]{0,24}?已(?!于|在)")
_PLAN_FOLLOWS = re.compile(r"[^，。；]{0,24}?(?:计划|规划|项目|工程|盘子|库|预算|方案|任务|清单|安排|要点)")
_EVERY = re.compile(
    r"每(?:天|日|周|月|季|年|半年|学期|个?(?:季度|星期))(?![^，。；]{0,8}(?:经费|费用|成本))|全天|24小时|节假日"
)


def recurs(text: str) -> bool:
    """Whether a text says that something comes again and again (每周一次); what it costs each year does not."""
    return bool(_EVERY.search(text))


def working_times(text: str, day: date | None, profile: Profile) -> list[Moment]:
    """The times of a text but for those in a plan's name, and of clauses that tell the asker or decide nothing yet."""
    found, listing = [], _listing(profile)
    for moment in moments(text, day):
        begin = max(text.rfind(mark, 0, moment.start) for mark in "，。；") + 1
        clause = re.split(r"[，。；]", text[begin:])[0]
        named = moment.strength == "T3" and (listing.match(text, moment.end) or _rests_on(moment, text))
        idle = named or calls_only(clause, profile) or _UNDECIDED.search(clause)
        if not (idle or _tells_when(moment, text, day)):
            found.append(moment)
    return found


def _rests_on(moment: Moment, text: str) -> bool:
    """Whether a plan period only names the plan that something is based on (根据“十四五”水利规划)."""
    before = re.split(r"[，。；]", text[: moment.start])[-1]
    return bool(_BASED.search(before) and (moment.text.endswith("规划") or _PLAN_FOLLOWS.match(text, moment.end)))


def _tells_when(moment: Moment, text: str, day: date | None) -> bool:
    """Whether a time only says when something was done (今年已列入计划)."""
    if moment.relation != "in" or not _ALREADY.match(text, moment.end):
        return False
    begun = moment.first is None or day is None or moment.first <= day
    return begun and (moment.strength == "T3" or day is None)


def by_name(times: Sequence[tuple[Moment, Line]], future: Sequence[Moment]) -> bool:
    """Whether the times to come of a passage are all years of plans."""
    coming = [(m, line) for m, line in times if m in future]
    return bool(coming) and all(names_a_plan(m, line) for m, line in coming)


def names_a_plan(moment: Moment, line: Line) -> bool:
    """Whether a year or plan period only says which plan a matter is on."""
    text = line.sentence.text
    listed = _LISTED.search(re.split(r"[，。；]", text[: moment.start])[-1])
    named = moment.text.endswith("规划") or _PLAN_FOLLOWS.match(text, moment.end)
    return moment.strength == "T3" and bool(listed and named)


@lru_cache(maxsize=4)
def _listing(profile: Profile) -> re.Pattern[str]:
    """What makes a time part of a plan's name: “十四五”项目库、今年工作要点."""
    return re.compile(rf"[”\"’]?[^，。；]{{0,4}}?(?:{pattern(profile, '计划名词').pattern})")


@lru_cache(maxsize=2048)
def calls_only(text: str, profile: Profile) -> bool:
    """Whether a text only tells the asker something (电话沟通、告知结果): nothing is made or changed."""
    tells = pattern(profile, "告知动词").pattern
    ways = (
        rf"(?:[您你]们?|[向与和给对](?:代表|委员))[^，。；]{{0,16}}(?:{tells})",
        rf"(?:{tells})(?:给?[您你]|[^，。；]{{0,8}}结果)",
        rf"(?:{pattern(profile, '告知方式词').pattern})(?:{tells})",
    )
    told = any(re.search(way, text) for way in ways)
    return told and not pattern(profile, "实做词", "步骤词").search(text)


def past_due(ahead: Sequence[Line], day: date | None, profile: Profile) -> Moment | None:
    """A promised time before the letter's own day (P07)."""
    if day is None:
        return None
    for line in ahead:
        text = line.sentence.text
        for moment in moments(text, day):
            clause = re.split(r"[，。；]", text[: moment.start])[-1] + re.split(r"[，。；]", text[moment.start :])[0]
            if re.search(r"推迟|延期|延后", text) or _MET.search(text, moment.end):
                continue
            if moment.last is not None and moment.last < day and _still_promised(clause, moment, profile):
                return moment
    return None


def _still_promised(clause: str, moment: Moment, profile: Profile) -> bool:
    before = clause.split(moment.text, maxsplit=1)[0]
    told = re.search(r"(?:预计|计划|将于|将在|拟|力争|争取|确保|预期)(?:于|在|到)?[^，。；：:]{0,3}$", before)
    over = pattern(profile, "原定词").search(clause) or re.search(r"[已了曾]|以来|起|自|推迟|延期|变更|调整", clause)
    return bool(told) and not over and moment.strength in ("T3", "T4", "T5") and moment.relation in ("in", "before")
