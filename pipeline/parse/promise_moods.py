"""What each clause of a letter is: a promise, finished work, a rule, a refusal, the other side's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.figures import quantities
from pipeline.parse.promise_cues import Cues, masked, names_self, to_citizen
from pipeline.parse.promise_times import COUNTED, UNTIL, Letter, binds, bounds, comes, deadline_times
from pipeline.text import Span

Mood = Literal["promise", "soft", "done", "plain", "aside", "restated", "rule", "refusal"]
_MATTER = re.compile(r"[“\"”]|问题|建议|意见|诉求|情况|事项|要求|提案|留言|来信|一事|收悉|已悉")
_STILL = re.compile(r"(?:目前|现|仍)?(?:正在|正)")
_REASON = re.compile(
    r"(?:但|而|又)?(?:比您|比原|为了|为(?=[进确切加解有保提方彻更促推规改尽满])|由于|因为"
    r"|因(?!此)|鉴于|考虑到|随着|以便|以免|从而)"
)
_NOT = re.compile(r"(?:不能|无法|暂不|不再|难以|未(?![来经雨成])(?![^，。；]{0,14}的))")
_TITLE = re.compile(r".{0,8}(?:措施|打算|计划|安排|工作|建议|意见)")
_HEADING = re.compile(r"(?:关于|针对|对于?)[^，。；]{2,40}(?:问题|方面|建议|事宜|事项|情况)")
_NEEDS = re.compile(r"(?:但|且|还|也|均|都|仍|首先|一是|二是|三是)*(?:需要?|须|只有|只能)(?!求|我|由我)")
_THEN = re.compile(r"(?:即可|方可|便可|就可|再行)[一-龥]{2}")
_UNLISTED = re.compile(r"被[列纳]入|(?:无力|没有|没能|未能?|不足以)[^，。；]{0,6}[列纳]入|^关于[列纳]入[^，。；将拟]*$")
_WAITS = re.compile(r"(?:但|还|仍|只要|现)?(?:需|须|要)?待")
_DEFINED = re.compile(r"(?:注：?)?[A-EＡ-Ｅ甲乙丙丁]\d?类(?:[（(][^）)]{1,12}[）)])?(?:—{1,2}|：|:|指|为|是)")
_ASKS = re.compile(r"(?:也|同时|此外){0,2}(?:请|建议|望(?=[您你各有能贵请在对继])|希望|提醒|提请各)")
_ONCE_MEANT_TO = re.compile(
    r"(?:早期|当时|当初|起初|最初|此前)[^，。；]{0,10}(?:拟|计划|打算|准备)|原(?:先|本|来)?(?:计划|拟|预计|打算|定于)|(?:负面|黑)(?:清单|名单)|收悉并|核处"
)
_INVITES = re.compile(r"(?<=[一-龥\d]{6})(?:并|届时|再)?(?:邀?请|欢迎|告诉)(?:您|你|代表|委员).{0,12}$")
_ON_REQUEST = re.compile(
    r"(?:申请|申报|报名|报案|提交|受理|缴费|预约|报装)[^，。；\d]{0,8}(?:之日起|后|起)[^，。；]{0,3}"
    r"[\d一二三四五六七八九十两]+个?(?:工作日|小时|日|天|周|月)(?:之内|以内|内)"
)
"""A limit that runs from what the reader hands in is the procedure's, no promise of this letter."""
_OF_OLD = re.compile(r"(?:去年|前年|上年|此前|过去|以前|往年)[^，。；]{0,8}的")
_ASKED_OF = re.compile(
    r"(?:网友|代表|委员|答复|回复)$|可(?:于|在|凭|持|到|通过|向|携|自)|截止|届满|到期|有效期|以前年度"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a clause: under a heading of plans, in a sentence of our own, after a rule or a report."""

    planned: bool
    ours: bool
    rule: bool
    pending: bool = False
    listed: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    """What points ahead in a clause: a word of the future, a time that binds, a day or month that is yet to come."""

    future: bool
    due: bool
    coming: bool


def mood_of(span: Span, letter: Letter, cues: Cues, setting: Setting) -> Mood:
    """The mood of one clause, told from its words and from what stands around it."""
    own = _own_words(span.text, cues)
    if len(own) < 3:
        return "restated" if own != span.text else "plain"
    text = _OF_OLD.sub("", masked(own))
    times = [moment for moment in deadline_times(letter, span.start, span.end) if bounds(moment, span, letter)]
    own_plan = names_self(text) or setting.planned
    due = any(binds(moment, letter.day, own_plan=own_plan) for moment in times)
    outside = _not_ours(text, cues, setting, due)
    if outside is not None:
        return outside
    future = bool(cues.future.search(text)) or setting.pending
    future = future and not (setting.told and text.startswith(("争取", "力争", "努力")))
    limit = any(moment.relation in {"before", "from"} and not COUNTED.search(moment.text) for moment in times)
    limit = limit and not (_ASKED_OF.search(text) and not names_self(text))
    if not (future or (limit and "将" in text)) and _finished(text, cues):
        return "done"
    if _introduces(text, cues):
        return "plain"
    if _NOT.search(text) or (cues.refusal.search(text) and not due):
        return "refusal"
    if limit and not (cues.past.search(text) or UNTIL.search(text)):
        return "promise"
    coming = any(comes(moment, letter.day) for moment in times) and not _ASKED_OF.search(text)
    return _willing(text, cues, setting, Hints(future, due, coming))


def _introduces(text: str, cues: Cues) -> bool:
    """Whether the clause is only a title (“下一步措施”) or a reason."""
    title = _HEADING.fullmatch(text) or (_TITLE.fullmatch(text) and cues.opening.search(text))
    return bool(title) or bool(_REASON.match(text) and not cues.future.search(text))


def announces(text: str, cues: Cues) -> bool:
    """Whether a clause without a verb of its own says that the next one is to come: “我局将根据…，”."""
    return not (_REASON.match(text) or _NEEDS.match(text)) and bool(cues.future.search(masked(text)))


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
    if (_ONCE_MEANT_TO.search(text) or _NEEDS.match(text)) and not due:
        return "plain"
    if _DEFINED.match(text):
        return "rule"
    if cues.closing.search(text) or (cues.courtesy.search(text) and not due):
        return "aside"
    said = _INVITES.sub("", text) if due else text
    addressed = bool(cues.addressed.search(said) or _ASKS.match(said)) or to_citizen(said)
    acts = cues.concrete.search(text, 0, 12) if due else None
    if addressed and not acts and not (ours and (due or cues.future.search(text))):
        return "aside"
    if cues.listed.search(text) and not (cues.refusal.search(text) or UNTIL.search(text) or _UNLISTED.search(text)):
        return "promise" if not cues.rule.search(text) or ours else "rule"
    if _ON_REQUEST.search(text) and not ours:
        return "rule"
    forecast = _hangs(text, cues) or bool(_WAITS.match(text)) or (due and bool(cues.future.search(text)))
    ruled = not forecast and bool(cues.rule.search(text) or (setting.rule and not due))
    return "rule" if ruled and not ours and not setting.planned else None


def _willing(text: str, cues: Cues, setting: Setting, hints: Hints) -> Mood:
    future, due, coming = hints.future, hints.due, hints.coming
    past = bool(cues.past.search(text)) and not _STILL.search(text)
    concrete, soft = bool(cues.concrete.search(text)), bool(cues.soft.search(text) or cues.vague.search(text))
    if past:
        return "plain"
    if _hangs(text, cues):
        return "promise"
    if future and (concrete or soft or due or cues.pledge.search(text)) and not cues.outcome.search(text):
        return "promise"
    if (due or setting.planned) and (concrete or soft):
        return "promise"
    if coming and not cues.outcome.search(text):
        return "promise"
    if setting.planned and setting.listed and quantities(text):
        return "promise"
    return "soft" if setting.ours and _weakly(text, cues) else "plain"


def _hangs(text: str, cues: Cues) -> bool:
    """Whether a clause says what follows once a condition is met (待…即可开工、批准后即可实施)."""
    return bool(_THEN.search(text)) and bool(_WAITS.match(text) or cues.condition.search(text))


def _weakly(text: str, cues: Cues) -> bool:
    """Whether the clause is led by a verb that names no act (“进一步加强管理”) and is more than an attitude."""
    match = cues.soft.search(text) or cues.vague.search(text)
    if match is None or (cues.attitude.search(text) and not cues.concrete.search(text)):
        return False
    return match.start() <= 5 or names_self(text[: match.start()])
