"""What a clause of an answer makes of the ask that it bears on: declined, asked of others, ahead, done or only told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.audit.aspect import acts, finishes, will_do
from pipeline.audit.passages import Lead, Line
from pipeline.audit.terms import terms
from pipeline.audit.wording import Stance, pattern, refusal, stance
from pipeline.figures import Moment, moments, quantities
from pipeline.profile import Profile

Word = Literal["refused", "lacking", "sought", "away", "ahead", "hoped", "done", "over", "told", "facts"]
_CLAUSE = re.compile(r"[^，。；：！？\n]+[，。；：！？\n]?")
_MARKS = "，。；：！？\n"
_SHORT = 7
_ENOUGH, _NAMED, _NAMED_AROUND, _POINTED = 1.6, 0.1, 0.5, 0.5
_NEGATIVE = re.compile(
    r"(?:不能|无法|不得|不再|没有|未能|未|不)(?:再|全部|完全|直接|统一|单独|全额|照|予以|给予|自行|擅自|一律|一次){0,2}"
    r"(?:采纳|采用|照办|办(?!法|公|事|学)|恢复|突破|提前|决定|安排|降低|提高|增加|列入|纳入|减免|新建|建设|设立|实施|推行|新增|同意|解决|实现)"
)
_CANNOT = re.compile(r"[\u4e00-\u9fff](?:不了(?!解)|不下来|不起来?(?=[，。；]|$))")
_BETTER_NOT = re.compile(r"^(?:故|因此|所以)?建议(?:暂?不|不再)(?![属是在符合])[\u4e00-\u9fff]{2}")
_LACKING = re.compile(
    r"(?:没有|尚无|暂时?无|并无|缺乏|缺少|无)(?:此类|该类|这类|专项|专门|相应|相关|多余|足够)?的?(?:资金|经费|财力|项目|政策|编制)"
    r"(?:规划|来源|支持|支撑|投入|安排|依据|渠道|补助|指标|解决){0,2}(?:[，。；]|$)|(?:难以|无力|不足以)(?:支撑|承担|负担|投入)|"
    r"不在[^，。；]{0,20}(?:范围|之列|名录|目录|名单|对象)|(?:暂时?|目前|尚|还)(?:没有|未能?)(?:实施|安排|启动|开展|建设|动工)|"
    r"(?:实施|解决|落实|推进|操作|协调)[^，。；]{0,4}(?:困难|难度)|阻力[太较很]大"
)
_COURTEOUS = re.compile(
    r"^(?:也|同时|并|最后|再次)?(?:[恳敬诚真衷]?[望请]|希望|欢迎|祝愿?|恳请)(?:您|你)?们?[^，。；]{0,16}"
    r"(?:宝贵|意见|关心|支持|理解|谅解|监督|批评|帮助|愉快|顺利)|感谢(?:您|你)|^谢谢"
)
_RESTATES = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:关于|针对|对于|就|对)[^，。；]{0,60}(?:建议|提案|意见|诉求|请求|问题|事项|事宜|一事)(?:[，：]|$)(?!.)"
)
_STRIVES = re.compile(r"争取|申报|申请|对接|汇报|协调|呼吁|建议")
_BELONGS = re.compile(r"(?:权限?|职[权责]|管理)(?:归|属于?)(?!我)[^，。；]{0,8}(?:局|队|委|办|中心|公司|政府|部门)")
_SAID_OF = re.compile(
    r"(?:您|你)们?所?(?:提|反映)|(?<![应活本])该(?:路|项|建议|桥|工程|水库|事|问题|片|村|处|点|段)|此(?:事|路|项)"
)
_GOES_ON = re.compile(r"(?:并|同时|还|且|也)(?![未没不非无])")
_BURDENS = re.compile(r"(?:增加|加重|加大)了[^，。；]{0,12}(?:费用|支出|开支|负担|成本|压力|难度|风险|隐患)")
_DRAWN_IN = re.compile(r"已[^，。；]{0,10}(?:列入|纳入|编入)[^，。；]{0,24}(?:工程|项目|规划|计划|方案|库|盘子|》)")
_SHORT_NO = re.compile(r"难以|无法|不[能予宜可具采]|未能")
_BARE_TIME = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[、）).．]\s*)?(?:截至|截止|自|从|于)?"
    r"(?:[\d—\-~至到年月日底初末前后上中下旬内起]+|今年|去年|明年|目前|同时|以来)+[，,：]$"
)
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
    r"(?:需|须|要|应)要?由[^，。；我本]{2,14}(?:研究|审批|审定|决定|批准|核定)|"
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
    """What a clause makes of the ask, its place among the clauses, how much of the ask it says, and in which line.

    `talk`: something is only told or discussed; `instead`: done in place of the ask; `part`: of a part of it;
    `strives`: it is to be sought (争取).
    """

    word: Word
    place: int
    talk: bool = False
    instead: bool = False
    part: bool = False
    share: float = 0.0
    line: int = 0
    strives: bool = False


def read(asked: str, lines: Sequence[Line], profile: Profile, day: date | None) -> Iterator[Said]:
    """Every clause of the lines that bear on an ask, in order; `day` is the letter's own."""
    instead, some, talks = (pattern(profile, name) for name in ("替代办法词", "部分办理词", "告知动词"))
    wanted = terms(asked, profile)
    place = 0
    for at, line in enumerate(lines):
        text = line.sentence.text
        swapped, explains = bool(instead.search(text)), bool(_EXPLAINS.search(text))
        before: Word = "facts"
        whole = wanted.share_in(text, _ENOUGH)
        for clause in clauses(text):
            said, share = word(asked, clause, profile, day), wanted.share_in(clause, _ENOUGH)
            share = max(share, _POINTED) if _SAID_OF.search(clause) else share
            ruled = explains and (said == "told" or (said == "hoped" and not _WILL.search(clause)))
            said = "facts" if ruled else said
            if said == "facts" and not explains:
                said = _as_led(clause, line.under, profile) or _as_before(clause, before, profile) or said
            before = said
            said = "facts" if said == "over" and share < _NAMED and whole < _NAMED_AROUND else said
            yield Said(
                said,
                place,
                bool(talks.search(clause)),
                swapped,
                bool(some.search(clause)),
                share,
                at,
                bool(_STRIVES.search(clause)),
            )
            place += 1


def _as_led(clause: str, under: Lead, profile: Profile) -> Word | None:
    """What a plain clause in a list makes of the ask by the words that lead in to the list, if it names an act."""
    if not under or not acts(clause, profile):
        return None
    return "over" if under == "done" else "hoped"


def _as_before(clause: str, before: Word, profile: Profile) -> Word | None:
    """What a plain clause makes of the ask that goes on with 并、还 from one that reports or promises."""
    goes_on = before in ("done", "over", "hoped") and _GOES_ON.match(clause)
    return before if goes_on and acts(clause, profile) else None


def clauses(text: str) -> Iterator[str]:
    """The clauses of a sentence; a short one (a time, a subject) goes with the next.

    >>> list(clauses("7月15日前，装好路灯60盏，由镇里管护。"))
    ['7月15日前，装好路灯60盏', '由镇里管护']
    """
    held = ""
    for match in _CLAUSE.finditer(text):
        held += match.group()
        if (len(held) > _SHORT or _SHORT_NO.search(held)) and not _BARE_TIME.match(held):
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
        ("facts", lambda: any(plain.search(clause) for plain in (_COURTEOUS, _RESTATES, _BURDENS))),
        ("refused", lambda: _declines(asked, clause, profile)),
        ("lacking", lambda: _LACKING.search(clause)),
        ("facts", lambda: _SUPPOSED.match(clause)),
        ("sought", lambda: _seeks(clause, profile)),
        ("away", lambda: _BELONGS.search(clause)),
        ("over", lambda: day is None and times and finishes(clause, profile)),
        ("ahead", lambda: any(_due(m, clause, day) for m in times)),
        (by_stance, lambda: by_stance),
        ("ahead", lambda: _DRAWN_IN.search(clause)),
        ("done", lambda: _reports(clause, times, profile, day)),
        ("over", lambda: finishes(clause, profile)),
        ("facts", lambda: taken == "attitude" or _STATES.search(clause) or pattern(profile, "现状词").search(clause)),
        ("hoped", lambda: _BY_NAME.search(clause) or _on_event(clause, profile) or will_do(clause)),
        ("told", lambda: quantities(clause) and pattern(profile, "实做词", "措施动词").search(clause)),
    )
    return next((said for said, found in readings if said and found()), "facts")


def _on_event(clause: str, profile: Profile) -> bool:
    """Whether a clause is to come after an event; one that only tells what happens then (放假后，没人乘坐) is not."""
    event = _ON_EVENT.search(clause)
    rest = clause[event.end() :] if event else ""
    return event is not None and (not rest or bool(pattern(profile, "实做词", "措施动词", shortest=2).search(rest)))


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
    match = plainly or _NEGATIVE.search(clause) or _BETTER_NOT.search(clause)
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
