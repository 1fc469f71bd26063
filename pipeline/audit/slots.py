"""What a passage promises with: time, plan, steps, money, quantity, acts (domain §5-C)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.audit.deadlines import by_name, past_due, recurs, working_times
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
    r"(?:^|[，。；：])(?:但|需|须|还)?(?<!等)待[^，。；]{2,40}(?:[后时]|之后)(?:，|再|由|方|才|即|可|立|马|尽)[^。]{2,}|"
    r"(?:待|后|时)[^。]{0,8}(?:实施|启动|开工|建设|组织|安排|办理|推进|解决|改造|安装|修建)"
)
_WAIT = re.compile(r"(?<![等期看接优])待[^，。；]{2,40}?(?:后|之后)")
_NOT_GIVEN = re.compile(r"(?:未|没有|尚无|待|等待|等候|没)[^，。；]{0,8}$")
_PAID = re.compile(r"(?:资金|经费|费用|投资)[^。；]{0,16}由[^，。；]{2,20}(?:承担|负担|列支|解决|出资|安排)")
_STRIVES = re.compile(
    r"(?:加大|加强|强化|加快|提升|提高|完善|优化|健全|推进|促进|推动|抓好|抓实|做好|落实|统筹)[^，。；]{0,10}|"
    r"(?:高度重视|十分重视|全力支持|大力支持|积极支持|积极配合|密切关注)[^，。；]*|(?:争取|力争|谋划|研究|考虑|早日|[列纳编录]入)[^，。；]*"
)
_NAMED_ACT = re.compile(
    r"的[^，。；、的]{2,6}(?=[，；])|(?:^|[。；])(?:关于|对于?|针对|至于)[^，。；：]{2,40}[，：。]|[把将][^，。；]{2,40}?(?=[列纳]入)"
)
_FIRM: frozenset[Strength] = frozenset({"T2", "T3", "T4", "T5"})
_STAGES: frozenset[Strength] = frozenset({"T2", "T4", "T5"})
_RESTATED = re.compile(r"[^，。；]*(?:建议|提案|问题|一事|诉求)[^，。；]{0,12}[，。；]")
_QUOTED = re.compile(r"(?:具体|主要)?(?:建议|诉求|意见建议)(?:如下)?：|(?:最后|再次|衷心|诚挚|非常|十分|，)*感谢")
_RETOLD = re.compile(r"(?:提案|建议|议案|来信|留言)的?(?:主要)?(?:内容|背景|概况|概要|基本情况|案由)")
_BY_WAY = re.compile(r"(?:通过|采取|采用)[^，。；]{4,}(?:方式|措施|办法|手段)")
_NEVER = re.compile(r"(?:今后|以后|将来|日后)(?:也|都|均|仍)?不(?![断懈定])")
_LOOSE: frozenset[Strength] = frozenset({"T0", "T1"})
_MONEY = frozenset({"money", "amount"})
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
    actor: bool = True
    strives: bool = False
    named: bool = False

    @property
    def timed(self) -> bool:
        """Whether P02 is satisfied: an absolute time, one counted from an event, or one that comes again and again."""
        return self.time in _FIRM or self.regular

    @property
    def besides(self) -> str:
        """What a promise without a time limit lacks besides of what R-REP-02 asks for, as the end of a message."""
        said = (
            ("方案", self.plan or self.money or self.named),
            ("步骤", self.steps),
            ("具体措施", not self.strives),
            ("责任单位", self.actor),
        )
        lacking = "、".join(name for name, there in said if not there)
        return f"，也没有写{lacking}" if lacking else ""

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
    retold = _RETOLD.search(passage.heading)
    ahead = () if retold else tuple(line for line in passage.lines if _looks_ahead(line, profile))
    inside = [c for c in commitments if _holds(passage, c) and not c.done]
    said = "".join(line.sentence.text for line in ahead)
    times = [(m, line) for line in passage.lines for m in working_times(line.sentence.text, day, profile)]
    ours = [m for m, line in times if line in ahead or line.stance in ("begun", "done", "refused", "facts")]
    promised = {id(m) for m, line in times if line in ahead}
    future = [
        m for m in ours if (id(m) in promised or _limits(m) if day is None else (m.last or m.first or day) >= day)
    ]
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
        past=past_due(ahead, day, profile),
        regular=recurs(deeds(said)),
        named=any(c.plan for c in inside),
        strives=all(only_strives(line.sentence.text, profile) for line in ahead),
        actor=any(c.actor for c in inside) or not inside,
        by_name=by_name([pair for pair in times if pair[0] in ours and not _bracketed(*pair)], future),
    )


def _limits(moment: Moment) -> bool:
    """Whether a time bounds something by its own wording (5月底前, 9月起), the letter's day being lost."""
    return moment.relation == "before" or (moment.relation == "from" and not moment.text.endswith("以来"))


def _staged(times: Sequence[Moment]) -> bool:
    """Whether more than one day, month or term is set: a year beside a day is still one stage."""
    return len({m.text for m in times if m.strength in _STAGES}) > 1


def deeds(text: str) -> str:
    """The text without what it restates, names (树的移栽，我局…) or strives for (加大巡查力度): the acts are left."""
    return _STRIVES.sub("", _NAMED_ACT.sub("", _RESTATED.sub("", text)))


def only_strives(text: str, profile: Profile) -> bool:
    """Whether a promise names no act, stage, amount or time beside what it strives for (加强监管、持续保持高压)."""
    rest = deeds(text)
    firm = pattern(profile, "实做词", "步骤词", "列入计划词", "上报词", "上报补词").search(rest) or _BY_WAY.search(text)
    return not (firm or quantities(text) or PLAN.search(text) or any(m.strength in _FIRM for m in moments(text)))


def _planned(text: str) -> bool:
    """Whether a text names a plan, project or approval that exists (“尚未得到批复” names none)."""
    return any(not _NOT_GIVEN.search(text[: match.start()]) for match in PLAN.finditer(text))


def _bracketed(moment: Moment, line: Line) -> bool:
    """Whether a time stands alone in brackets: the day of a paper (会办意见（3月17日）), not of the work."""
    text = line.sentence.text
    return text[: moment.start].endswith(("（", "(")) and text.startswith(("）", ")"), moment.end)


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
        plainly = plainly or match.group().endswith(("可", "再行"))
        if plainly or re.match(
            r"[^。]{0,6}(?:将|立即|尽|即|予以|组织|启动|实施|一并|同步|统一|可)", text[match.end() :]
        ):
            return match.group()
    awaited = _WAIT.search(text)
    return awaited.group() if awaited and _AWAITS.search(text) else ""


def _looks_ahead(line: Line, profile: Profile) -> bool:
    """Whether a line promises: by its stance, or because a report of work done goes on to what comes next."""
    if _NEVER.search(line.sentence.text) or _QUOTED.match(line.sentence.text):
        return False
    if line.stance in ("planned", "promised", "begun"):
        return True
    if line.stance == "facts":
        return bool(_AWAITS.search(line.sentence.text) and hanging(line.sentence.text, profile))
    return line.stance in ("done", "refused", "passed_on") and promises(line.sentence.text, profile)


def _holds(passage: Passage, commitment: Commitment) -> bool:
    return any(line.sentence.start <= commitment.start < line.sentence.end for line in passage.lines)
