"""What each clause of a letter is: a promise, finished work, a rule, a refusal, the other side's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.figures import Moment, moments, quantities
from pipeline.parse.promise_cues import Cues, masked, names_self, to_citizen
from pipeline.text import Span

Mood = Literal["promise", "soft", "done", "plain", "aside", "restated", "rule", "refusal"]


@dataclass(frozen=True, slots=True)
class Letter:
    """The text with its times and the day that they are read against."""

    text: str
    day: date | None
    times: tuple[Moment, ...]

    def times_in(self, start: int, end: int) -> list[Moment]:
        """The times that begin inside a stretch."""
        return [moment for moment in self.times if start <= moment.start < end]


_MATTER = re.compile(r"[“\"”]|问题|建议|意见|诉求|情况|事项|要求|提案|留言|来信|一事|收悉|已悉")
_STILL = re.compile(r"(?:目前|现|仍)?(?:正在|正)")
_REASON = re.compile(
    r"(?:但|而|又)?(?:比您|比原|为了|为(?=[进确切加解有保提方彻更促推规改尽满])|由于|因为"
    r"|因(?!此)|鉴于|考虑到|随着|以便|以免|从而)"
)
_NOT = re.compile(r"(?:不能|无法|暂不|不再|难以|未(?![来经雨成])(?![^，。；]{0,14}的))")
_UNTIL = re.compile(r"截[至止]|[列纳]入了")
_TITLE = re.compile(r".{0,8}(?:措施|打算|计划|安排|工作|建议|意见)")
_ASKS = re.compile(r"(?:也|同时|此外)?(?:请|建议|望(?=[您你各有能贵请在对继])|希望|提醒|提请各)")
_FORECAST = re.compile(r"(?:预计|计划|拟|力争|争取|确保|将|定)[在于]?$")
_ONCE_MEANT = re.compile(r"原(?:先|本|来)?(?:计划|定|拟|预计|打算)[在于]?$")
_ONCE_MEANT_TO = re.compile(r"原(?:先|本|来)?(?:计划|拟|预计|打算|定于)|(?:负面|黑)(?:清单|名单)|收悉并|核处")
_OF_OLD = re.compile(r"(?:去年|前年|上年|此前|过去|以前|往年)[^，。；]{0,8}的")
_FALLS = re.compile(r"(?:在|于|为|是)$")
_ASKED_OF = re.compile(
    r"(?:网友|代表|委员|答复|回复)$|可(?:于|在|凭|持|到|通过|向|携|自)|截止|届满|到期|有效期|以前年度"
)
_COUNTED = re.compile(r"[日天周月年时](?:之内|以内|内)$")
"""“30日内” in a text that is not our own plan is a rule's limit more often than a promise."""


def read(text: str, day: date | None) -> Letter:
    """The letter with its times."""
    return Letter(text, day, tuple(moments(text, day)))


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a clause: under a heading of plans, in a sentence of our own, after a rule."""

    planned: bool
    ours: bool
    rule: bool
    pending: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    """What points ahead in a clause: a word of the future, a time that binds, a day or month that is yet to come."""

    future: bool
    due: bool
    coming: bool


def deadline_times(letter: Letter, start: int, end: int) -> list[Moment]:
    """The times of a stretch that bound something to come, seen from the letter's day."""
    return [moment for moment in letter.times_in(start, end) if _ahead(moment, letter)]


def _ahead(moment: Moment, letter: Letter) -> bool:
    if moment.relation == "after":
        return False
    head = letter.text[max(0, moment.start - 4) : moment.start]
    if _UNTIL.search(head):
        return False
    if _ONCE_MEANT.search(letter.text[max(0, moment.start - 6) : moment.start]):
        return False
    if moment.strength == "T2" or _FORECAST.search(head):
        return True
    if letter.day is None:
        return moment.relation == "before"
    return (moment.relation == "from" and _not_before(moment.first, letter.day)) or _not_before(moment.last, letter.day)


def _not_before(day: date | None, other: date) -> bool:
    return day is not None and day >= other


def mood_of(span: Span, letter: Letter, cues: Cues, setting: Setting) -> Mood:
    """The mood of one clause, told from its words and from what stands around it."""
    own = _own_words(span.text, cues)
    if len(own) < 3:
        return "restated" if own != span.text else "plain"
    text = _OF_OLD.sub("", masked(own))
    times = [moment for moment in deadline_times(letter, span.start, span.end) if _bounds(moment, span, letter)]
    own_plan = names_self(text) or setting.planned
    due = any(_binds(moment, letter.day, own_plan=own_plan) for moment in times)
    outside = _not_ours(text, cues, setting, due)
    if outside is not None:
        return outside
    future = bool(cues.future.search(text)) or setting.pending
    if not future and _finished(text, cues):
        return "done"
    if _introduces(text, cues):
        return "plain"
    if _NOT.search(text) or (cues.refusal.search(text) and not due):
        return "refusal"
    limit = any(moment.relation in {"before", "from"} and not _COUNTED.search(moment.text) for moment in times)
    limit = limit and not (_ASKED_OF.search(text) and not names_self(text))
    if limit and not (cues.past.search(text) or _UNTIL.search(text)):
        return "promise"
    coming = any(_comes(moment, letter.day) for moment in times) and not _ASKED_OF.search(text)
    return _willing(text, cues, setting, Hints(future, due, coming))


def _bounds(moment: Moment, span: Span, letter: Letter) -> bool:
    """Whether a time stands before its act, or ends a clause that says when the act falls (公布时间在7月15日前)."""
    begins = moment.relation in {"before", "from"} and moment.end < span.end
    return begins or moment.end < span.end - 1 or bool(_FALLS.search(letter.text[span.start : moment.start]))


def _introduces(text: str, cues: Cues) -> bool:
    """Whether the clause is only a title (“下一步措施”) or a reason."""
    title = _TITLE.fullmatch(text) and cues.opening.search(text)
    return bool(title) or bool(_REASON.match(text) and not cues.future.search(text))


def _binds(moment: Moment, day: date | None, *, own_plan: bool) -> bool:
    """Whether a time alone makes a clause a promise: it lies ahead as a whole or is a limit."""
    if _COUNTED.search(moment.text):
        return own_plan
    if moment.relation == "before" or day is None:
        return True
    return moment.first is not None and moment.first > day


def _comes(moment: Moment, day: date | None) -> bool:
    """Whether a day or month lies wholly ahead: what a letter says of it is to come (6月18日开门)."""
    return moment.strength in {"T4", "T5"} and bool(day and moment.first and moment.first > day)


def announces(text: str, cues: Cues) -> bool:
    """Whether a clause without a verb of its own says that the next one is to come: “我局将根据…，”."""
    return not _REASON.match(text) and bool(cues.future.search(masked(text)))


def _finished(text: str, cues: Cues) -> bool:
    """Whether the clause reports a result: a word of completion with “已”, or at the end."""
    match = cues.done.search(text)
    if match is None:
        return False
    return "已" in match.group() or match.end() == len(text) or bool(cues.past.search(text))


def _own_words(text: str, cues: Cues) -> str:
    """The clause without what it repeats of the submission (“针对您反映的路灯问题我局…”)."""
    match = cues.restated.search(text)
    if match is None:
        return text
    matters = list(_MATTER.finditer(text, match.start()))
    before = text[: match.start()] if cues.future.search(text[: match.start()]) else ""
    return before + (text[matters[-1].end() :] if matters else "")


def _not_ours(text: str, cues: Cues, setting: Setting, due: bool) -> Mood | None:
    """The mood of a clause that is no word of the unit on its own work, None where it may be one."""
    ours = names_self(text)
    if _ONCE_MEANT_TO.search(text) and not due:
        return "plain"
    if cues.closing.search(text) or (cues.courtesy.search(text) and not due):
        return "aside"
    addressed = bool(cues.addressed.search(text) or _ASKS.match(text)) or to_citizen(text)
    acts = cues.concrete.search(text, 0, 12) if due else None
    if addressed and not acts and not (ours and (due or cues.future.search(text))):
        return "aside"
    if cues.listed.search(text) and not (cues.refusal.search(text) or _UNTIL.search(text)):
        return "promise" if not cues.rule.search(text) or ours else "rule"
    if (cues.rule.search(text) or setting.rule) and not ours and not setting.planned:
        return "rule"
    return None


def _willing(text: str, cues: Cues, setting: Setting, hints: Hints) -> Mood:
    future, due, coming = hints.future, hints.due, hints.coming
    past = bool(cues.past.search(text)) and not _STILL.search(text)
    concrete, soft = bool(cues.concrete.search(text)), bool(cues.soft.search(text) or cues.vague.search(text))
    if past:
        return "plain"
    if future and (concrete or soft or due or cues.pledge.search(text)) and not cues.outcome.search(text):
        return "promise"
    if (due or setting.planned) and (concrete or soft):
        return "promise"
    if coming and not cues.outcome.search(text):
        return "promise"
    if setting.planned and setting.listed and quantities(text):
        return "promise"
    return "soft" if setting.ours and _weakly(text, cues) else "plain"


def _weakly(text: str, cues: Cues) -> bool:
    """Whether the clause is led by a verb that names no act (“进一步加强管理”) and is more than an attitude."""
    match = cues.soft.search(text) or cues.vague.search(text)
    if match is None or (cues.attitude.search(text) and not cues.concrete.search(text)):
        return False
    return match.start() <= 5 or names_self(text[: match.start()])
