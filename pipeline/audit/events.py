"""What the clauses of a letter report, one after the other, for what the whole letter comes to (domain §3-F)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from pipeline.audit.clauses import clauses, word
from pipeline.audit.wording import finished, pattern, stance
from pipeline.figures import moments
from pipeline.profile import Profile

Event = Literal[
    "refused",
    "lacking",
    "begun",
    "planned",
    "prepared",
    "done",
    "handled",
    "background",
    "told",
    "will",
    "hoped",
    "supposed",
    "none",
]
"""What a clause reports: `will` promises an act, `hoped` only strives; `prepared` is a first step done, `handled` says
that the paper was dealt with, `background` is told of the whole county or of years past, `lacking` names missing means.
"""
_BROAD = re.compile(
    r"近(?:几|两|三|些)?年来?|一直以来|长期以来|历年|多年来|先后|累计|全[县市区镇乡](?!域)|[自从][^，。；]{2,16}以来|"
    r"(?:^|，)\S{0,6}各[乡镇村部]"
)
_TROUBLE = re.compile(
    r"不便|困难|隐患|压力|负担|困扰|损失|难题|侵占|破坏|损坏|不足|下降|破[烂损]|老化|出现|存在|发生|"
    r"涵盖|包括|涉及|覆盖|担负|具有|属于|位于|已(?:经)?[^，。；了]{2,3}的(?=[\u4e00-\u9fff])"
)
_HANDLED = re.compile(r"办理完毕|办结|办复|已?办理")
_MEETS = re.compile(r"召开|会议|听取|调研|走访|座谈|查看|踏勘|勘察|核实|研究|成立|小组|专人|提出|制[定订]")
_SEEKS = re.compile(
    r"正在?(?![^，。；]*(?:施工|建设中))[^，。；]{0,8}(?:争取|申请|申报|对接|沟通|汇报|协商|协调|等待|等候)"
)
_STARTED = re.compile(
    r"(?:正在|正)(?:积极|抓紧|全力|加快|有序|稳步)*(?:办理|筹集|筹措|落实|实施|推进|施工|建设|编制|整治)|"
    r"(?<!未)开始(?:安装|施工|建设|实施|改造|整治|铺设)|(?:同步|正|全力)(?:加快|推进)|已(?:开挖|进场|启动|开工|动工)|还?[正在]在?规划|"
    r"已(?:联系|协调|安排|责成|督促|要求)[^，。；]{2,}(?:清理|整改|维修|修复|施工|处理|整治|安装)|"
    r"(?:预计|有望)[^，。；]{0,20}(?:完工|竣工|建成|完成|投入使用|通车|交付)"
)
_WISHED = re.compile(r"(?:争取|力争|努力|积极|申请|申报|建议|希望|考虑)[^，。；]{0,14}(?:列入|纳入|编入)")
_AGAINST = re.compile(
    r"不(?:建议|提倡|赞成|同意)|建议[^，。；]{2,24}后再(?:行|作|进行)?(?:规划|考虑|研究|安排|建设|实施)"
)
_SHORT_OF = re.compile(
    r"(?:无|没有|缺乏|缺少)(?:更多|多余|足够|富余|相应|专项|此类)的?(?:资金|经费|财力|指标|编制)|"
    r"(?:(?:暂时?|目前|现|[也均尚确]|系统)无|(?<!还)没有)[^，。；问]{0,10}(?:资金|经费|项目|计划|指标|编制|依据)(?!问题)"
)
_WEIGHS = re.compile(
    r"(?:[将会拟可再]|予以|加以|综合|统筹|酌情)[^，。；了]{0,8}(?:考虑|研究)(?!所)|作为[^，。；]{0,10}参考"
)
_FOR_WHOM = re.compile(r"对[^，。；]+的$")
_COMING = re.compile(r"下一?步|今后|接下来|(?<![即已])将(?![近于])|[拟待]|计划|预计|力争|争取|确保")
_OVER = re.compile(r"已|了(?!解)|完成|先后|\d[日月]")
_ONCE = re.compile(r"去年|上年|前年|此前|以往|过去")
_SUPPOSED = re.compile(r"^(?:但|同时|今后|以后|下一?步|，)*(?:如果?|若|假如|倘若)(?![期实数约])")
_ADVISES = re.compile(r"建议(?:您|你|由|乡|镇|村|该|相关|有关|贵|从|向)")
_SAYS = re.compile(r"[\u4e00-\u9fff](?![年月日午])[^\d]*[\u4e00-\u9fff]")
_WILL = re.compile(r"(?<![即已])将(?![近于])|[拟会]")
_STRIVES = re.compile(r"争取|努力|力争|继续|进一步|加强|加大|积极")
_LISTS = re.compile(r"[列纳编]入")
_REPORTS: frozenset[Event] = frozenset({"done", "told", "planned", "prepared"})
_PROMISES: frozenset[Event] = frozenset({"hoped", "will", "planned"})
_LONG_AGO = 2


def events(sentences: Sequence[str], profile: Profile, day: date | None) -> Iterator[Event]:
    """What the clauses of an item report, in order; after a refusal, what is done instead of the matter is left out."""
    refused = False
    for text in sentences:
        broad = bool(_BROAD.search(text))
        swapped = refused and bool(pattern(profile, "替代办法词").search(text))
        supposed = coming = False
        for clause in clauses(text):
            supposed = supposed or bool(_SUPPOSED.match(clause))
            coming = coming or bool(_COMING.search(clause))
            event = _event(clause, profile, day)
            refused = refused or event == "refused"
            if event in _REPORTS and (broad or _is_old(clause, day)):
                event = "background" if broad else "none"
            elif event in ("done", "told") and coming and not _OVER.search(clause):
                event = "planned" if event == "told" else "hoped"
            elif event in _PROMISES and supposed:
                event = "supposed"
            if event != "none" and not (swapped and event not in ("refused", "lacking")):
                yield event


def _event(clause: str, profile: Profile, day: date | None) -> Event:
    """What one clause reports, the most telling reading first."""
    said, taken = word("", clause, profile, day), stance(clause, profile, day)
    over = said == "done" or (said == "over" and _OVER.search(clause)) or _was(clause, said, day)
    does = pattern(profile, "实做词", "完成词").search(clause)
    talks = pattern(profile, "沟通词", "告知动词").search(clause) or _MEETS.search(clause)
    readings: tuple[tuple[Event, object], ...] = (
        ("none", _ADVISES.search(clause) or not _SAYS.search(clause)),
        ("none", said in ("refused", "lacking") and (_ONCE.search(clause) or _FOR_WHOM.match(clause))),
        ("refused", said == "refused" or taken == "refused" or _AGAINST.search(clause)),
        ("lacking", said == "lacking" or _SHORT_OF.search(clause)),
        ("none", _SEEKS.search(clause)),
        ("hoped", _WISHED.search(clause)),
        ("begun", taken == "begun" or _STARTED.search(clause)),
        ("prepared", over and _is_first_step(clause, profile)),
        ("handled", over and _HANDLED.search(clause)),
        ("done", over and (does or taken == "done") and not (talks or _TROUBLE.search(clause))),
        ("planned", said == "ahead" or taken == "planned" or (taken == "promised" and _times(clause, day))),
        ("supposed", _WEIGHS.search(clause) and not does),
        ("will", taken == "promised" and does and _WILL.search(clause) and not _STRIVES.search(clause)),
        ("hoped", said == "hoped" or taken == "promised"),
        ("told", said == "told"),
    )
    return next((event for event, holds in readings if holds), "none")


def _was(clause: str, said: str, day: date | None) -> bool:
    """Whether a time that may lie ahead is past: the letter has no day, and nothing in the clause looks forward."""
    return day is None and said == "ahead" and not (_COMING.search(clause) or _LISTS.search(clause) or "前" in clause)


def _is_first_step(clause: str, profile: Profile) -> bool:
    """Whether what a clause reports as done only prepares the matter (已完成图纸设计)."""
    return finished(clause, profile) is None and pattern(profile, "前期词").search(clause) is not None


def _times(clause: str, day: date | None) -> bool:
    """Whether a clause names a day, month or year."""
    return any(moment.strength in ("T3", "T4", "T5") for moment in moments(clause, day))


def _is_old(clause: str, day: date | None) -> bool:
    """Whether a clause tells of a time two years or more before the letter."""
    ended = [moment.last for moment in moments(clause, day) if moment.last]
    return bool(day and ended) and all(last.year <= day.year - _LONG_AGO for last in ended if day)
