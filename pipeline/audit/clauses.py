"""What a clause of an answer makes of the ask that it bears on: declined, asked of others, ahead, done or only told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.audit.wording import Stance, pattern, refusal, stance
from pipeline.figures import Moment, moments, quantities
from pipeline.profile import Profile

Word = Literal["refused", "sought", "away", "ahead", "hoped", "done", "told", "facts"]
_CLAUSE = re.compile(r"[^，。；：！？\n]+[，。；：！？\n]?")
_MARKS = "，。；：！？\n"
_SHORT = 7
_NEGATIVE = re.compile(
    r"(?:不能|无法|不得|不再|没有|未能|未|不)(?:再|全部|完全|直接|统一|单独|全额|照|予以|给予|自行|擅自|一律|一次){0,2}"
    r"(?:采纳|采用|照办|办(?!法|公|事|学)|恢复|突破|提前|决定|安排|降低|提高|增加|列入|纳入|减免|新建|建设|设立|实施|推行|新增|同意|解决|实现)"
)
_CANNOT = re.compile(r"[\u4e00-\u9fff](?:不了(?!解)|不下来|不起来?(?=[，。；]|$))")
_RELATIVE = re.compile(r"^[\u4e00-\u9fff]{0,4}的(?!$)")
_SUPPOSED = re.compile(r"如果|如(?![期实数约])|若|凡|之前|以前|对于|导致|造成|即使|假如")
_UNDONE = re.compile(r"(?:不[再得予许能要]?|勿|禁止|停止|取消)([\u4e00-\u9fff]{1,2})")
_BY_NAME = re.compile(r"由[^，。；]{2,20}(?:负责|承担|办理|组织|牵头|施工|实施|协助|造册)|同步|一并")
_ON_EVENT = re.compile(r"(?:后|之日起|以后|的同时)(?:即|立即|就|再|由|将|，|$)|^每[\u4e00-\u9fff]{1,6}")
_MET = re.compile(r"^，?(?:就?已|都|均|全部已|便已)")
_HAS_TAKEN = re.compile(r"(?:已经?|均|共|都)将")
_STANDING = re.compile(r"在建的|在建(?:工程|项目|工地)")
_EXPLAINS = re.compile(r"根据《|按照《|依照《|依据《|》[^，。]{0,6}第|规定|现行|政策")
_STATES = re.compile(r"[^效]率(?:达|为|已)|根据《|按照《|原(?![料则因])|的$|须|需要?(?=经|由|按|报)")
_ABOVE = re.compile(
    r"须[^，。；]{0,8}(?:省|市|国家|上级)[^，。；]{0,10}(?:批|定|审|列入)|"
    r"(?:属|由)(?:于|国家|省|市)[^，。；]{0,8}(?:事权|权限|统筹|审批|编制)"
)
_WITHIN = re.compile(r"[\d一二三四五六七八九十两半]+个?(?:小时|日|天|工作日|分钟|周|月)(?:之内|以内|内)$")
_REPORTS = re.compile(r"(?:已经?|现已|均|全部|共|累计|逐[一株户个村]|上半年|今年)[^，。；未不]{0,24}?$")
_ASKS_FOR = re.compile(r"^(?:请求|恳请|申请|提请|商请)")
_HAS_ASKED = re.compile(r"已|曾|正在|多次|\d日|先后")
_WILL = re.compile(r"[将拟]|计划|准备")
_BY_STANCE: dict[Stance, Word] = {
    "passed_on": "away",
    "begun": "ahead",
    "planned": "ahead",
    "done": "done",
    "promised": "hoped",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause makes of the ask, and its place among the clauses.

    `talk`: something is only told or discussed; `instead`: done in place of the ask; `part`: of a part of it.
    """

    word: Word
    place: int
    talk: bool = False
    instead: bool = False
    part: bool = False


def read(asked: str, sentences: list[str], profile: Profile, day: date | None) -> Iterator[Said]:
    """Every clause of the sentences that bear on an ask, in order; `day` is the letter's own."""
    instead, some, talks = (pattern(profile, name) for name in ("替代办法词", "部分办理词", "告知动词"))
    place = 0
    for text in sentences:
        swapped, explains = bool(instead.search(text)), bool(_EXPLAINS.search(text))
        for clause in clauses(text):
            said = word(asked, clause, profile, day)
            ruled = explains and (said == "told" or (said == "hoped" and not _WILL.search(clause)))
            said = "facts" if ruled else said
            yield Said(said, place, bool(talks.search(clause)), swapped, bool(some.search(clause)))
            place += 1


def clauses(text: str) -> Iterator[str]:
    """The clauses of a sentence; a short one (a time, a subject) goes with the next.

    >>> list(clauses("7月15日前，装好路灯60盏，由镇里管护。"))
    ['7月15日前，装好路灯60盏', '由镇里管护']
    """
    held = ""
    for match in _CLAUSE.finditer(text):
        held += match.group()
        if len(held) > _SHORT:
            yield held.rstrip(_MARKS)
            held = ""
    if held.rstrip(_MARKS):
        yield held.rstrip(_MARKS)


def word(asked: str, clause: str, profile: Profile, day: date | None) -> Word:
    """What a clause makes of the ask, the most telling reading first."""
    times = moments(clause, day)
    taken = stance(_HAS_TAKEN.sub("已把", _STANDING.sub("", clause)), profile)
    by_stance: Word | None = _BY_STANCE.get(taken)
    readings: tuple[tuple[Word | None, Callable[[], object]], ...] = (
        ("refused", lambda: _declines(asked, clause, profile)),
        ("facts", lambda: _SUPPOSED.match(clause)),
        ("sought", lambda: _seeks(clause, profile)),
        ("ahead", lambda: any(_due(m, clause, day) for m in times)),
        (by_stance, lambda: by_stance),
        ("done", lambda: _reports(clause, times, profile, day)),
        ("facts", lambda: taken == "attitude" or _STATES.search(clause) or pattern(profile, "现状词").search(clause)),
        ("hoped", lambda: _BY_NAME.search(clause) or _ON_EVENT.search(clause)),
        ("told", lambda: quantities(clause) and pattern(profile, "实做词", "措施动词").search(clause)),
    )
    return next((said for said, found in readings if said and found()), "facts")


def _reports(clause: str, times: list[Moment], profile: Profile, day: date | None) -> bool:
    """Whether a clause reports an act: a time of the past, or a mark far from its verb (已利用闲置门面建成驿站8个)."""
    if any(_past(m, clause, day) for m in times) and not pattern(profile, "沟通词", "前期词").search(clause):
        return True
    if pattern(profile, "前期词", "沟通词").search(clause):
        return False
    acts = pattern(profile, "实做词", "措施动词", shortest=2).finditer(clause)
    return any(_REPORTS.search(clause[: match.start()]) for match in acts)


def _seeks(clause: str, profile: Profile) -> bool:
    """Whether a clause says that a higher level was asked, or has to decide."""
    plain = clause.replace("市场", "")
    asked = pattern(profile, "上报词", "上报补词").search(plain)
    was_asked = asked and _HAS_ASKED.search(plain) and not _WILL.search(plain)
    return bool(_ASKS_FOR.match(plain) or _ABOVE.search(plain) or was_asked)


def _declines(asked: str, clause: str, profile: Profile) -> bool:
    """Whether a clause declines the ask; what the ask itself wants left undone is no refusal (不再批、不予办理)."""
    if pattern(profile, "取消词").search(asked) and pattern(profile, "照旧词").search(clause):
        return True
    plainly = refusal(clause, profile) or pattern(profile, "不办词").search(clause) or _CANNOT.search(clause)
    match = plainly or _NEGATIVE.search(clause)
    if match is None or _wanted_undone(asked, clause):
        return False
    return not (_RELATIVE.match(clause[match.end() :]) or _SUPPOSED.search(clause[: match.start()]))


def _wanted_undone(asked: str, clause: str) -> bool:
    """Whether ask and clause say the same negated act (居民楼内不再批 – 一律不批)."""
    wants = {match.group(1)[0] for match in _UNDONE.finditer(asked)}
    return any(re.search(rf"不[再得予许能]?[\u4e00-\u9fff]{{0,2}}{want}", clause) for want in wants)


def _due(moment: Moment, clause: str, day: date | None) -> bool:
    """Whether a time lies ahead: a limit not said to be met, or a beginning after the letter's day."""
    if moment.strength in ("T0", "T1") or _MET.match(clause[moment.end :]):
        return False
    if moment.strength == "T2" or _WITHIN.match(moment.text):
        return bool(re.search(r"后|之日", moment.text) or _WILL.search(clause))
    if moment.relation == "before" or moment.text.endswith(("底", "末")):
        return day is None or moment.last is None or moment.last > day
    return day is not None and moment.first is not None and moment.first > day


def _past(moment: Moment, clause: str, day: date | None) -> bool:
    """Whether a time of the letter's past is named, or any plain day or month where the letter has no date."""
    if moment.strength not in ("T4", "T5"):
        return False
    if moment.relation == "before":
        return bool(_MET.match(clause[moment.end :]))
    if day is None:
        return moment.relation != "after"
    ended = moment.last is not None and moment.last <= day
    return moment.first is not None and moment.first <= day and (moment.relation == "from" or ended)
