"""What a passage promises with: time, plan, steps, money, quantity, acts (domain §5-C)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.audit.passages import Line, Passage
from pipeline.audit.wording import in_turn, pattern, promises
from pipeline.figures import Moment, moments, quantities
from pipeline.profile import Profile
from pipeline.records import Commitment, Strength

PLAN = re.compile(
    r"《[^》]{2,60}(?:方案|规划|计划|办法|意见|条例|细则|标准|通知)[^》]{0,10}》|[〔\[［]\s?20\d\d\s?[〕\]］]|批复|立项|可研|施工图|初步设计|"
    r"(?:专项|详细|控制性|实施|整治|改造|建设|设计|工作|行动)(?:规划|方案)|项目(?!库|盘子)[^，。；]{0,8}(?:已|获)"
)
_STEPS = re.compile(
    r"第[一二三四]?(?:阶段|步|期|批)|分[一二两三四\d]?(?:阶段|步|期|批|年)|[一二三]期(?:工程)?|先[^，。；]{2,30}再(?![定说议看])|招标[^。]{0,40}(?:开工|进场|施工|完工|建成|安装)|"
    r"(?:摸底|勘测|勘察|踏勘|设计|申报|征求意见|方案|招标|征地)[^。]{0,40}(?:报批|审批|审定|实施|建设|施工|招标|开工|印发)|试点[^。]{0,40}推(?:开|广)"
)
_AWAITS = re.compile(
    r"(?:^|[，。；：])(?:但|需|须|还)?(?<!等)待[^，。；]{2,30}(?:[后时]|之后)(?:，|再|由|方|才|即|立|马|尽)[^。]{2,}|"
    r"(?:待|后|时)[^。]{0,8}(?:实施|启动|开工|建设|组织|安排|办理|推进|解决|改造|安装|修建)"
)
_NOT_GIVEN = re.compile(r"(?:未|没有|尚无|待|等待|等候|没)[^，。；]{0,8}$")
_MET = re.compile(r"(?:已|如期|按期|按时)[^，。；]{0,14}(?:实现|完成|达到|建成|达标)")
_PAID = re.compile(r"(?:资金|经费|费用|投资)[^。；]{0,16}由[^，。；]{2,20}(?:承担|负担|列支|解决|出资|安排)")
_STRIVES = re.compile(
    r"(?:加大|加强|强化|加快|提升|提高|完善|优化|健全|推进|促进|推动|抓好|抓实|做好|落实|统筹)[^，。；]{0,10}|"
    r"(?:高度重视|十分重视|全力支持|大力支持|积极支持|积极配合|密切关注)[^，。；]*|(?:争取|力争|谋划|研究|考虑|早日|[列纳编录]入)[^，。；]*"
)
_NAMED_ACT = re.compile(
    r"的[^，。；、的]{2,6}(?=[，；])|(?:^|[。；])(?:关于|对于?|针对|至于)[^，。；：]{2,40}[，：。]|[把将][^，。；]{2,40}?(?=[列纳]入)"
)
_FIRM: frozenset[Strength] = frozenset({"T2", "T3", "T4", "T5"})
_UNDECIDED = re.compile(r"再[定说议看](?:$|[，。；])|再(?:作|做|行)?(?:决定|研究|考虑)")
_STAGES: frozenset[Strength] = frozenset({"T2", "T4", "T5"})
_RESTATED = re.compile(r"[^，。；]*(?:建议|提案|问题|一事|诉求)[^，。；]{0,12}[，。；]")
_LOOSE: frozenset[Strength] = frozenset({"T0", "T1"})
_MONEY = frozenset({"money", "amount"})
_LISTED = re.compile(r"[列纳编录]入")
_PLAN_FOLLOWS = re.compile(r"[^，。；]{0,24}?(?:计划|规划|项目|工程|盘子|库|预算|方案|任务|清单|安排|要点)")
_EVERY = re.compile(
    r"每(?:天|日|周|月|季|年|半年|学期|个?(?:季度|星期))(?![^，。；]{0,8}(?:经费|费用|成本))|全天|24小时|节假日"
)
_ROUTINE = re.compile(
    r"(?:每(?:天|日|周|月|季|年|半年|学期|户)|日常|定期|常态|随时|长期|不间断|全天|24小时|节假日|汛期|枯水期)"
)


@dataclass(frozen=True, slots=True)
class Slots:
    """What one passage's promises say; `time` is the firmest, `ahead` the promising lines.

    `by_name`: no time but the years in the name of a plan (纳入“十五五”规划).
    """

    ahead: tuple[Line, ...]
    time: Strength
    plan: bool
    steps: bool
    money: bool
    quantity: bool
    acts: bool
    condition: str
    past: Moment | None
    regular: bool = False
    by_name: bool = False

    @property
    def timed(self) -> bool:
        """Whether P02 is satisfied: an absolute time, one counted from an event, or one that comes again and again."""
        return self.time in _FIRM or self.regular

    @property
    def bare(self) -> bool:
        """Whether nothing but words stands behind the promise (P01)."""
        return not (self.timed or self.plan or self.steps or self.money or self.quantity)


def slots(
    passage: Passage, commitments: Sequence[Commitment], day: date | None, profile: Profile, asked: str = ""
) -> Slots:
    """The slots of a passage from its lines and the parser's commitments; an amount that is only `asked` for is none.

    A date for a call or a letter to the asker is no date for the work.
    """
    ahead = tuple(line for line in passage.lines if _looks_ahead(line, profile))
    inside = [c for c in commitments if _holds(passage, c) and not c.done]
    said = "".join(line.sentence.text for line in ahead)
    times = [(m, line) for line in passage.lines for m in working_times(line.sentence.text, day, profile)]
    ours = [m for m, line in times if line in ahead or line.stance in ("begun", "done", "refused", "facts")]
    future = [m for m in ours if day is None or (m.last or m.first or day) >= day]
    strengths: list[Strength] = [m.strength for m in future if m.strength != "T1"]
    strengths += [c.strength for c in inside if c.strength in _LOOSE or working_times(c.text, day, profile)]
    condition = hanging(said, profile)
    echoed = {(q.value, q.unit) for q in quantities(asked)}
    amounts = [q for q in quantities(said) if (q.value, q.unit) not in echoed]
    firm = _firm_text(passage.text, profile)
    return Slots(
        ahead=ahead,
        time=max(strengths, default="T0"),
        plan=_planned(firm),
        steps=any(c.steps for c in inside) or bool(_STEPS.search(firm)) or _staged(future),
        money=any(c.money for c in inside) or any(q.kind in _MONEY for q in amounts) or bool(_PAID.search(firm)),
        quantity=bool(amounts) or bool(_ROUTINE.search(deeds(said))),
        acts=bool(pattern(profile, "实做词", "步骤词").search(deeds(said)) or in_turn(said)),
        condition=condition or next((c.condition for c in inside if c.condition and c.strength in _LOOSE), ""),
        past=_past(ahead, day, profile),
        regular=recurs(deeds(said)),
        by_name=_by_name([pair for pair in times if pair[0] in ours and not _bracketed(*pair)], future),
    )


def _staged(times: Sequence[Moment]) -> bool:
    """Whether more than one day, month or term is set: a year beside a day is still one stage."""
    return len({m.text for m in times if m.strength in _STAGES}) > 1


def recurs(text: str) -> bool:
    """Whether a text says that something comes again and again (每周一次); what it costs each year does not."""
    return bool(_EVERY.search(text))


def deeds(text: str) -> str:
    """The text without what it restates, names (树的移栽，我局…) or strives for (加大巡查力度): the acts are left."""
    return _STRIVES.sub("", _NAMED_ACT.sub("", _RESTATED.sub("", text)))


def only_strives(text: str, profile: Profile) -> bool:
    """Whether a promise names no act, stage, amount or time beside what it strives for (加强监管、持续保持高压)."""
    rest = deeds(text)
    firm = pattern(profile, "实做词", "步骤词", "列入计划词", "上报词", "上报补词").search(rest)
    return not (firm or quantities(text) or PLAN.search(text) or any(m.strength in _FIRM for m in moments(text)))


def _planned(text: str) -> bool:
    """Whether a text names a plan, project or approval that exists (“尚未得到批复” names none)."""
    return any(not _NOT_GIVEN.search(text[: match.start()]) for match in PLAN.finditer(text))


def working_times(text: str, day: date | None, profile: Profile) -> list[Moment]:
    """The times of a text but for those in a plan's name, and of clauses that tell the asker or decide nothing yet."""
    found, listing = [], _listing(profile)
    for moment in moments(text, day):
        begin = max(text.rfind(mark, 0, moment.start) for mark in "，。；") + 1
        clause = re.split(r"[，。；]", text[begin:])[0]
        if not (calls_only(clause, profile) or _UNDECIDED.search(clause) or listing.match(text, moment.end)):
            found.append(moment)
    return found


def _by_name(times: Sequence[tuple[Moment, Line]], future: Sequence[Moment]) -> bool:
    """Whether the times of a passage, one of them to come, are all years of plans."""
    return any(m in future for m, _ in times) and all(_names_a_plan(m, line) for m, line in times)


def _names_a_plan(moment: Moment, line: Line) -> bool:
    """Whether a year or plan period only says which plan a matter is on."""
    text = line.sentence.text
    listed = _LISTED.search(re.split(r"[，。；]", text[: moment.start])[-1])
    return moment.strength == "T3" and bool(listed and _PLAN_FOLLOWS.match(text, moment.end))


def _bracketed(moment: Moment, line: Line) -> bool:
    """Whether a time stands alone in brackets: the day of a paper (会办意见（3月17日）), not of the work."""
    text = line.sentence.text
    return text[: moment.start].endswith(("（", "(")) and text.startswith(("）", ")"), moment.end)


@lru_cache(maxsize=4)
def _listing(profile: Profile) -> re.Pattern[str]:
    """What makes a time part of a plan's name: “十四五”项目库、今年工作要点."""
    return re.compile(rf"[”\"’]?[^，。；]{{0,4}}?(?:{pattern(profile, '计划名词').pattern})")


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


def _firm_text(text: str, profile: Profile) -> str:
    """The clauses that neither hang on a condition nor only strive."""
    loose = pattern(profile, "空泛词")
    return "，".join(c for c in re.split(r"[，。；]", text) if not (hanging(c, profile) or loose.search(c)))


def hanging(text: str, profile: Profile) -> str:
    """The words that hang a promise on a condition; the list's open patterns (待…后) only where a promise follows."""
    for match in pattern(profile, "条件悬置词").finditer(text):
        if text[: match.start()].endswith("等"):
            continue
        plainly = match.group() in profile.words("条件悬置词") and match.group() != "如遇"
        plainly = plainly or bool(re.match(r"待[^，。；]+(?:后|之后)$", match.group()) and _AWAITS.search(text))
        if plainly or re.match(r"[^。]{0,6}(?:将|立即|尽|即|予以|组织|启动|实施)", text[match.end() :]):
            return match.group()
    return ""


def _looks_ahead(line: Line, profile: Profile) -> bool:
    """Whether a line promises: by its stance, or because a report of work done goes on to what comes next."""
    if line.stance in ("planned", "promised", "begun"):
        return True
    if line.stance == "facts":
        return bool(_AWAITS.search(line.sentence.text) and hanging(line.sentence.text, profile))
    return line.stance in ("done", "refused", "passed_on") and promises(line.sentence.text, profile)


def _holds(passage: Passage, commitment: Commitment) -> bool:
    return any(line.sentence.start <= commitment.start < line.sentence.end for line in passage.lines)


def _past(ahead: Sequence[Line], day: date | None, profile: Profile) -> Moment | None:
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
