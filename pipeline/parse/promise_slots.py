"""The slots of one promise: what, how much, where, by which plan and steps, until when, with whose money and hands."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.figures import Moment, moments, quantities
from pipeline.mentions import mentions
from pipeline.parse.promise_cues import Cues, self_name
from pipeline.parse.promise_moods import Letter, deadline_times
from pipeline.parse.promise_text import Clause
from pipeline.profile import Profile
from pipeline.records import Strength

_PLACE = re.compile(
    r"(?:位于|[在对将至到从于把给、，；]|^|由)(?P<place>[^，。；、\d\s的了时在于将会要请我您每各两三几条盏座个户所处由从把给起新旧年月日和与向对为全本镇乡县市主]{2,6}(?:镇|乡|村|街道|社区"
    r"|小区|大道|中路|路口|路段|路|街|巷|桥|小学|中学|幼儿园"
    r"|卫生院|医院|广场|公园|水库|国道|省道|县道|市场|片区|园区|车站|家园|花园))(?![干部民级支线边委长灯面])"
)
_NO_PLACE = re.compile(r"建设|加强|完善|推进|今后|剩余|其余|公路$|道路$|马路$|乡镇$|学校$")
_PLAN = re.compile(
    r"《[^》\n]{2,60}》|[一-龥]{1,10}[〔\[［][12]\d{3}[〕\]］]\d{1,5}号"
    r"|(?:(?<![启制编修])[一-龥]{2,12}|[“\"][^”\"]{1,8}[”\"])(?:规划(?!局|部门|和)|计划|方案|管理办法|实施办法|项目库|储备库|项目盘子"
    r"|可研报告|可行性(?:研究)?报告|施工图|初步设计|设计文件|立项批复|(?<!日前)批复)"
    r"|[\d一-龥“”（）()]{2,20}(?:工程|项目)(?=[，。；、建设已的]|$)"
)
_LISTED_IN = re.compile(
    r"(?:列入|纳入|编入|进入|写入)(?P<plan>[^，。；]{2,30}?(?:计划|规划|项目(?!库)|工程|项目库|储备库|盘子|预算|方案|清单|要点|安排|任务|[冬春]修)(?:（[^）]{2,24}）)?)"
)
_MONEY = re.compile(r"资金|经费|投资|预算|筹措|自筹|拨款|拨付|补助|出资|财政")
_SOUGHT = re.compile(r"争取|申请|申报|筹措|筹集|协调|待|视|如|若|力争|缺口|紧张|不足|困难|困扰")
_ORDER = re.compile(
    r"先[^，。；]{1,24}(?:再(?![定说议看])|后)|第[一二三四]?(?:阶段|步|期|批)|分(?:期|批|步|年度|阶段)|[一二三]期"
)
_UNDER_WAY = re.compile(r"已|正在|正(?=[一-龥])|了|目前|完毕")
_BY = re.compile(
    r"(?:责任单位|责任部门|责任人|牵头单位|实施单位|承办单位)[为是：: ]*(?P<duty>[^，。；]{2,24})"
    r"|由(?P<by>[^，。；由]{2,20}?)(?:负责|牵头|承担|组织|实施|具体|统一|会同|承建)"
)
_SUBJECT = re.compile(
    r"^(?:目前|同时|此外|另外|下一步|下步|今后|为此|接下来|后续|近期|之后|后期|届时)?[，、]?(?P<who>"
    r"[一-龥A-Z\d、]{1,14}?(?:局|委|办|部门|中心|公司|政府|街道|镇|乡|院|大队|所"
    r"|队|学校|社区|村|单位|工作组|专班|物业|业主))(?=(?:也|均|都|还)?(?:将|会|拟"
    r"|计划|正|正在|要|已|继续|进一步|预计|负责))"
)
_BODY = "局|委|办|公司|中心|政府|镇|乡|街道|村委会|社区|大队|支队|站|所|股|科|医院|学校|单位|企业|银行|专班"
_AGENT = re.compile(
    rf"由(?P<by>[^，。；、由的]{{2,14}}?(?:{_BODY}))(?![和与及、的])"
    rf"|(?:^|[，；。])(?P<who>[县市区镇乡][^，。；、的]{{1,12}}?(?:{_BODY}))(?=\d"
    rf"|从|按|为|在|把|给|每|今|明|同意|安排|负责|拿|对)"
)
_WORK_LIST = re.compile(r"[^，。；]{0,4}(?:工作(?:要点|计划|安排|打算)|议事日程|申报计划|规划时参考)")
_NOBODY = re.compile(r"^(?:有关|相关|各有关|各相关|上级)")
_TO_IT = re.compile(r"(?:报|在|向|经|送|到|给|请|抄送|以)$")
_OF_IT = re.compile(r"(?:网站|门户|公众号|官网|批准|审批|审定|常务|会议|同意|大院|门口|宿舍|旧|老)")
_YEARLY = re.compile(r"^[^，。；、]{0,14}(?:计划|规划|项目|工程|预算|目标|任务|方案|行动|实事|范围|要点|盘子|库|清单)")
_LEAD = re.compile(
    r"^(?:同时|此外|另外|目前|并且?|且|以及|还|也|为此|因此|其中|对此|下一步|下步"
    r"|接下来|今后|后续|一方面|另一方面)[，、]?"
)
_ROUGH = re.compile(r"期间|开学|节|[春夏秋冬]季?$|汛|假")
_LENGTH = re.compile(r"工期|建设周期")
_TRIM = " 　，、。；：:的在于"


@dataclass(frozen=True, slots=True)
class Due:
    """The deadline of a promise as wording, interval and strength."""

    text: str = ""
    first: date | None = None
    last: date | None = None
    strength: Strength = "T0"


def due_of(letter: Letter, clauses: Sequence[Clause], cues: Cues, shared: Sequence[Moment]) -> Due:
    """The last time that bounds the promise, else T1 or T0; a plan's own year counts only for want of a better one."""
    start, end = clauses[0].start, clauses[-1].end
    condition = condition_of(letter.text[start:end], cues)
    times = deadline_times(letter, start, end) or list(shared)
    times = [moment for moment in times if not (condition and _LENGTH.match(moment.text))]
    if times:
        best = max(times, key=lambda moment: _rank(moment, letter.text))
        if _names_a_plan(best, letter.text):
            return Due(best.text, strength=best.strength)
        return Due(best.text, best.first, best.last or _begun(best), best.strength)
    if condition:
        return Due(condition, strength="T1")
    stretch = letter.text[start:end]
    empty = cues.vague.search(stretch) or cues.soon.search(stretch)
    late = letter.times_in(start, end)
    if late and not empty:
        return Due(late[-1].text, late[-1].first, late[-1].last, late[-1].strength)
    return Due(_empty_time(stretch, cues))


def _begun(moment: Moment) -> date | None:
    """The day by which something that runs “from” a time must have begun: that day, or the end of that month."""
    if moment.relation != "from" or moment.first is None:
        return None
    month_end = moment.first.replace(day=monthrange(moment.first.year, moment.first.month)[1])
    return moment.first if moment.strength == "T5" else month_end


def _names_a_plan(moment: Moment, text: str) -> bool:
    """Whether a year only says which list of work a matter is on (今年工作要点): it does not say when it falls due."""
    return moment.strength == "T3" and bool(_WORK_LIST.match(text, moment.end))


def _rank(moment: Moment, text: str) -> tuple[bool, bool, bool, date, str]:
    exact = moment.strength in {"T4", "T5"} and not _ROUGH.search(moment.text)
    yearly = moment.strength == "T3" and bool(_YEARLY.match(text[moment.end : moment.end + 24]))
    known = moment.last or moment.first
    return not yearly, exact, known is not None, known or date.min, moment.strength


def _empty_time(stretch: str, cues: Cues) -> str:
    for match in cues.vague.finditer(stretch):
        if re.search(r"[时早快期日逐步适今后将来]", match.group()):
            return match.group()
    return ""


def act_of(letter: Letter, clauses: Sequence[Clause], cues: Cues) -> str:
    """The clause that says what is done, without its times and the words that lead into it."""
    chosen = max(clauses, key=lambda clause: _weight(clause, cues))
    text = letter.text[chosen.start : chosen.end]
    for moment in reversed(letter.times_in(chosen.start, chosen.end)):
        begin = moment.start - chosen.start
        text = re.sub(r"[于在自从到至]$", "", text[:begin]) + text[begin + len(moment.text) :].lstrip("，")
    return _LEAD.sub("", text.strip(_TRIM)).strip(_TRIM)


def _weight(clause: Clause, cues: Cues) -> tuple[bool, bool, bool, int, bool, int]:
    concrete = len(set(cues.concrete.findall(clause.text)))
    willing = clause.mood in {"promise", "done"}
    amount = bool(concrete) and bool(quantity_of(clause.text))
    soft = bool(cues.soft.search(clause.text))
    return not cues.condition.search(clause.text), willing, amount, concrete, soft, -clause.start


def object_of(act: str, cues: Cues) -> str:
    """What the act is done to: the words moved forward by 将 or 对, else those behind the verb."""
    moved = re.search(
        r"(?:[将把](?P<put>[^，。；将对]{2,24}?)(?:列入|纳入|作为)|对(?P<to>[^，。；将对]{2,24}?)(?:进行"
        r"|予以|加以|实施|开展|给予))",
        act,
    )
    if moved:
        return str(moved["put"] or moved["to"])
    verb = None
    for verb in cues.concrete.finditer(act):
        if re.match(r"[一-龥“《\d]{2}", act[verb.end() :]):
            break
    if verb is None:
        return ""
    rest = re.split(r"[，。；]", act[verb.end() :])[0].lstrip("了好").strip(_TRIM)[:24]
    return rest if len(rest) > 1 else ""


def quantity_of(stretch: str) -> str:
    """The amounts of the stretch but for money and rates, joined by 、."""
    kinds = {"count", "length", "area", "volume", "weight", "power"}
    return "、".join(q.text.strip() for q in quantities(stretch) if q.kind in kinds)


def place_of(stretch: str, towns: Sequence[str]) -> str:
    """The first place named, a town of the profile before any other."""
    for town in towns:
        if town in stretch:
            return town
    found = [match["place"] for match in _PLACE.finditer(stretch) if not _NO_PLACE.search(match["place"])]
    return found[0] if found else ""


def plan_of(stretch: str) -> str:
    """The plan, project, design or approval that the promise rests on."""
    match = _LISTED_IN.search(stretch)
    if match:
        return match["plan"]
    match = _PLAN.search(stretch)
    return match.group() if match else ""


def steps_of(clauses: Sequence[Clause], cues: Cues) -> str:
    """The stages of the work, several or in an order: dated, done or under way. One dated act alone is no steps."""
    open_ones = [c.text for c in clauses if not (cues.condition.search(c.text) or cues.vague.search(c.text))]
    stages = [text for text in open_ones if not cues.listed.search(text) and _is_stage(text, cues)]
    ordered = [text for text in open_ones if _ORDER.search(text)]
    return "；".join(text for text in open_ones if (len(stages) > 1 and text in stages) or text in ordered)


def _is_stage(text: str, cues: Cues) -> bool:
    dated = any(m.strength in {"T2", "T4", "T5"} for m in moments(text))
    return dated or bool(cues.step.search(text) and _UNDER_WAY.search(text))


def money_of(clauses: Sequence[Clause], profile: Profile) -> str:
    """The clause with an amount or a settled source (由县财政列支), or the amount alone where the clause says more."""
    for clause in clauses:
        amounts = [q.text for q in quantities(clause.text) if q.kind == "money"]
        settled = _settled(profile).search(clause.text) and not _SOUGHT.search(clause.text)
        if amounts or (_MONEY.search(clause.text) and settled):
            return clause.text if _MONEY.search(clause.text) else "、".join(amounts)
    return ""


@lru_cache(maxsize=4)
def _settled(profile: Profile) -> re.Pattern[str]:
    """A source that is settled; money that is only sought or awaited is none."""
    paid, placed, given = (profile.pattern(f"资金落实词·{way}").pattern for way in ("承担", "到位", "下达"))
    return re.compile(
        rf"(?:由|从|在)[^，。；]{{2,24}}?(?:{paid})|(?:已|业已)[^，。；]{{0,10}}?(?:{placed})|"
        rf"(?:{given})[^，。；]{{0,12}}(?:资金|经费|预算)?$|(?:列入|纳入)[^，。；]{{0,10}}预算"
    )


def actor_of(stretch: str, before: str, profile: Profile) -> str:
    """Who acts, as printed: the one named responsible, the subject, a unit named, else whom the lead-in named."""
    found = (match for match in _BY.finditer(stretch) if not _NOBODY.search(match["duty"] or match["by"]))
    responsible = sorted(found, key=lambda match: match["duty"] is None)
    for match in responsible:
        if match["duty"] or not _MONEY.search(re.split(r"[，。；]", stretch[: match.start()])[-1]):
            return (match["duty"] or match["by"]).strip(_TRIM)
    subject = _SUBJECT.search(stretch)
    if subject:
        return self_name(subject["who"]) or subject["who"].strip(_TRIM)
    if self_name(stretch):
        return self_name(stretch)
    leading = _AGENT.search(stretch)
    if leading:
        return leading["by"] or leading["who"]
    named = [m for m in mentions(stretch, profile) if _acts_itself(stretch, m.start, m.end)]
    return named[0].text if named else self_name(before)


def _acts_itself(stretch: str, start: int, end: int) -> bool:
    """Whether a unit named in a promise may be the one who acts: nothing is sent to it, shown there, or part of it."""
    return not (_TO_IT.search(stretch[:start]) or _OF_IT.match(stretch, end))


def condition_of(stretch: str, cues: Cues) -> str:
    """The condition that the promise hangs on, to the end of its clause."""
    match = cues.condition.search(stretch)
    return re.split(r"[，。；]", stretch[match.start() :])[0][:30] if match else ""
