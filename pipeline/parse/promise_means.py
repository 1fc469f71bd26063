"""By which plan and steps, with whose money and through whom a promise is to be kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.figures import moments, quantities
from pipeline.mentions import mentions
from pipeline.parse.promise_cues import Cues, self_name
from pipeline.parse.promise_slots import TRIM
from pipeline.parse.promise_text import Clause
from pipeline.profile import Profile

_PLAN = re.compile(
    r"《[^》\n]{2,60}》|(?:(?!以)[一-龥]){1,10}[〔\[［][12]\d{3}[〕\]］]\d{1,5}号"
    r"|(?:(?<![启制编修])[一-龥]{2,12}|[“\"][^”\"]{1,8}[”\"])(?:规划(?!局|部门|和)|计划|方案|办法|实施细则|项目库|储备库|项目盘子"
    r"|可研报告|可行性(?:研究)?报告|施工图|初步设计|设计文件|立项批复|(?<!日前)批复)"
    r"|(?:勘察设计|工可报告|施工图设计)(?=[，。；、和与已]|$)|(?<=委托)设计(?=[，。；]|$)"
    r"|[\d一-龥“”（）()]{2,20}(?:工程|项目)(?=[，。；、建设已的]|$)"
)
_LISTED_IN = re.compile(
    r"(?:列入|纳入|编入|进入|写入|[上申]报为|确定为)(?P<plan>[^，。；]{2,30}?(?:计划|规划|项目(?!库)|工程|项目库|储备库|盘子|预算|方案|清单|要点|安排|任务|[冬春]修)(?:调整方案)?(?:（[^）]{2,24}）)?)"
)
_GENERIC = re.compile(
    r"^(?:以上|上述|该|此|各|全部|这一|我|本|县|市|区|镇|乡|局|委|办|社|院|公司|单位|政府|的|年度|今年|明年|今后|下一?步|工作|发展|建设|总体|整体|重点"
    r"|相关|有关|城市|专项|\d{4}年|[“\"]?十[一二三四五六]五[”\"]?(?:期间)?|[一-龥]{2,5}(?:局|委|办公室))*"
    r"(?:计划|规划|项目|工程|项目库|储备库|项目储备库|盘子|项目盘子|范围|清单|要点|安排|任务|方案|预算)+$"
)
_NO_PLAN = re.compile(
    r"预计|启动|进行|[列纳]入|^待|相关项目|[将把拟]|的(?:规划|计划|方案|办法|项目|工程)$|(?:采取|通过|没有|想|好)[^，]{0,4}(?:办法|方案)$"
)
_MADE = re.compile(
    r"^[^《〔]*(?:制定|编制|出台|修订|印发|完成|起草|拟定|商定|实施|论证|调研|推进|[司局镇]对|按照|根据)(?:了|完)?(?=[一-龥]{4})"
)
_MONEY = re.compile(r"资金|经费|投资|预算|筹措|自筹|拨款|拨付|补助|出资|财政")
_SOUGHT = re.compile(r"争取|申请|申报|筹措|筹集|协调|待|视|如|若|力争|缺口|紧张|不足|困难|困扰")
_ORDER = re.compile(
    r"先[^，。；]{1,24}(?:再(?![定说议看])|后)|第[一二三四]?(?:阶段|步|期|批)"
    r"|分(?:期(?!的|付款|限)|批|步|年度|阶段|[一二两三四五六七八九十\d]{1,2}(?:年|段|期|批|步|轮|块))|[一二三]期|首[批期](?!付|款)|[两三四]轮"
    r"|同步(?:施工|实施|设置|建设|推进|完成|改造)|同期|按(?:工程)?进度"
    r"|逾期(?:仍|不|未|由|的)|谈不成"
)
_UNDER_WAY = re.compile(r"已|正在|正(?=[一-龥])|了|目前|完毕")
_BY = re.compile(
    r"(?:责任单位|责任部门|责任人|牵头单位|实施单位|承办单位)[为是：: ]*(?P<duty>[^，。；]{2,24})"
    r"|由(?P<by>[^，。；由]{2,20}?)(?:负责|牵头|承担|组织|实施|具体|统一|会同|承建|联合|共同|承办|垫付|驻点|出具|带队)"
    r"|(?:^|[，；])(?:经办人|联系人|承办人)?(?P<own>(?!由)[一-龥]{2,10}?(?:股|科|室|部|处|中心|站|队|组|所)(?:[一-龥·]{2,4}?)?)"
    r"(?:负责|承办|办理|组织|带队|盯办|牵头|经办|调度|联系)(?=[，。；]|$)"
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
_NOBODY = re.compile(r"^(?:有关|相关|各有关|各相关|上级)")
_TO_IT = re.compile(r"(?:报|在|向|经|送|到|给|请|抄送|以|[列纳]入)$")
_OF_IT = re.compile(
    r"(?:网站|门户|公众号|官网|批准|审批|审定|常务|会议|同意|大院|门口|宿舍|办公楼|办公用房|大楼|旧|老)"
)


def plan_of(stretch: str) -> str:
    """The plan, project, design or approval that the promise rests on."""
    named = [match["plan"] for match in _LISTED_IN.finditer(stretch)]
    named += [m.group() for m in _PLAN.finditer(stretch) if not (_NO_PLAN.search(m.group()) or _meant(m, stretch))]
    names = (_MADE.sub("", name) for name in named)
    return next((name for name in names if not _GENERIC.match(name)), "")


def _meant(match: re.Match[str], stretch: str) -> bool:
    """Whether 计划 is a verb here (我局计划在村口修路), no plan."""
    return match.group().endswith("计划") and bool(re.match(r"[^，。；、的已和由中内（）《]", stretch[match.end() :]))


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
    found = ((match, match["duty"] or match["by"] or match["own"]) for match in _BY.finditer(stretch))
    known = ((match, who) for match, who in found if not _NOBODY.search(who))
    responsible = sorted(known, key=lambda pair: not pair[0]["duty"])
    for match, who in responsible:
        if not match["by"] or not _MONEY.search(re.split(r"[，。；]", stretch[: match.start()])[-1]):
            return who.strip(TRIM)
    subject = _SUBJECT.search(stretch)
    if subject and not _NOBODY.search(subject["who"]):
        return self_name(subject["who"]) or subject["who"].strip(TRIM)
    return _named(stretch, profile) or self_name(before)


def _named(stretch: str, profile: Profile) -> str:
    """Who is named in a promise without being said to be responsible: the unit itself, an agent, another unit."""
    own = self_name(stretch)
    at = stretch.find(own)
    if own and _acts_itself(stretch, at, at + len(own)):
        return own
    agents = (match["by"] or match["who"] for match in _AGENT.finditer(stretch))
    agent = next((who for who in agents if not _NOBODY.search(who)), "")
    named = (m.text for m in mentions(stretch, profile) if _acts_itself(stretch, m.start, m.end))
    return agent or next(named, "")


def _acts_itself(stretch: str, start: int, end: int) -> bool:
    """Whether a unit named in a promise may be the one who acts: nothing is sent to it, shown there, or part of it."""
    return not (_TO_IT.search(stretch[:start]) or _OF_IT.match(stretch, end))
