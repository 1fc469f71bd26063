"""The fill-in skeleton of a new reply: what the letter and its item say stands there, what is missing is a blank.

Never an invented fact (domain §5-0): a field holds words of the letter, or 【请填写】.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.records import Ask, Commitment, Coverage, Reply, State, Submission
from pipeline.report.official import Paper

FILL = "【请填写】"
ENOUGH = frozenset(("T2", "T3", "T4", "T5"))
"""Strengths of a time limit that can stand as one (domain §5-C)."""
TITLED = {"建议": "代表", "提案": "委员"}

_PLANNED = ("方案", "步骤", "措施", "时限", "资金（如需）", "责任单位、责任人")
_OPEN = ("办理意见（采纳、部分采纳、列入计划或不采纳）", *_PLANNED, "不采纳的理由")
FIELDS: Mapping[State, tuple[str, ...]] = {
    "已采纳落实": ("完成的措施", "完成时间", "地点、数量和效果"),
    "部分采纳": (*_PLANNED, "没有采纳的部分和理由"),
    "列入计划": _PLANNED,
    "解释不采纳": ("理由（法律、政策、财力或技术）", "替代办法"),
    "转上级/其他单位": ("向谁报送、报送什么", "报送时间、文号", "何时告知结果"),
    "仅介绍情况": _OPEN,
    "未回应": _OPEN,
}
"""What a new reply has to state for an ask, by what became of it in the old one."""

SLOTS: Mapping[str, Callable[[Commitment], str]] = {
    "方案": lambda promise: promise.plan,
    "步骤": lambda promise: promise.steps,
    "措施": lambda promise: "" if promise.done else _act(promise),
    "完成的措施": lambda promise: _act(promise) if promise.done else "",
    "时限": lambda promise: promise.deadline_text if promise.strength in ENOUGH and not promise.done else "",
    "完成时间": lambda promise: promise.deadline_text if promise.done else "",
    "资金（如需）": lambda promise: promise.money,
    "责任单位、责任人": lambda promise: promise.actor,
}
"""Where the words for a field stand in what the letter promised."""


@dataclass(frozen=True, slots=True)
class Old:
    """The letter that has to be written anew, the items that it answers, and what became of their asks."""

    reply: Reply
    asked: tuple[Submission, ...]
    coverage: tuple[Coverage, ...]
    lead: str

    def asks(self) -> Iterator[tuple[Submission, Ask, Coverage | None]]:
        """Every ask of every item with what became of it; None where that was not judged."""
        for place, item in enumerate(self.asked):
            known = {c.ordinal: c for c in self.coverage if c.submission_id == ("" if place == 0 else item.id)}
            yield from ((item, ask, known.get(ask.ordinal)) for ask in item.asks)


def skeleton(paper: Paper, old: Old) -> None:
    """Write the skeleton of the new reply on the paper: head, one part an ask, foot."""
    _head(paper, old)
    asks = list(old.asks())
    for place, (_, ask, covered) in enumerate(asks):
        paper.body("", head=f"{ordinal(place)}、关于“{ask.text.strip().rstrip('。；;，,')}”")
        _part(paper, old.reply, covered)
    if not asks:
        paper.body("", head="一、【请写明所答复的诉求】")
        _part(paper, old.reply, None)
    _foot(paper, old)


def _head(paper: Paper, old: Old) -> None:
    reply, first = old.reply, old.asked[0] if old.asked else None
    paper.body(f"发文字号：{FILL}　　签发人：{FILL}")
    paper.body(f"办理结果类别：{FILL}　　是否公开：{reply.publicity or FILL}")
    paper.body("")
    joining = reply.kind == "会办意见"
    number = "、".join(item.number for item in old.asked if item.number) or reply.number or FILL
    session = (first.session if first else reply.session) or FILL
    kind = first.kind if first else "建议（提案）"
    paper.title(f"对{session}\n第{number}号{kind}的{'会办意见' if joining else '答复'}")
    paper.to((old.lead or FILL) if joining else addressee(first))
    titles = "".join(f"《{item.title}》" for item in old.asked) or f"《{FILL}》"
    yours = "你单位主办的" if joining else "您提出的" if _people(first) <= 1 else "你们提出的"
    paper.body(f"{yours}{titles}收悉。现{'提出会办意见' if joining else '答复'}如下：")
    if first and first.co and not joining:
        paper.body(f"会办单位意见：{'；'.join(unit + FILL for unit in first.co)}")


def addressee(asked: Submission | None) -> str:
    """陈平代表, 陈平等3名代表; a blank where the item names nobody."""
    if asked is None or not asked.proposers:
        return FILL
    people = _people(asked)
    return asked.proposers[0] + (f"等{people}名" if people > 1 else "") + TITLED.get(asked.kind, "代表（委员）")


def _people(asked: Submission | None) -> int:
    return len((*asked.proposers, *asked.cosigners)) if asked else 0


def _part(paper: Paper, reply: Reply, covered: Coverage | None) -> None:
    """The fields of one ask, each with the letter's words or a blank."""
    state: State = covered.state if covered else "未回应"
    if covered and covered.quote and state not in ("仅介绍情况", "未回应"):
        paper.quote(f"原答复：{covered.quote.strip()}")
    said = [p for p in reply.commitments if covered and covered.start <= p.start < covered.end]
    for number, name in enumerate(FIELDS[state], start=1):
        paper.body(f"（{number}）{name}：{_known(name, said) or FILL}")


def _known(name: str, said: list[Commitment]) -> str:
    """The letter's words for a field, marked as such; empty where it has none."""
    slot = SLOTS.get(name)
    words = dict.fromkeys(filter(None, (slot(promise) for promise in said))) if slot else {}
    return f"{'；'.join(words)}（原答复）" if words else ""


def _act(promise: Commitment) -> str:
    return promise.act if promise.object in promise.act else promise.act + promise.object


def _foot(paper: Paper, old: Old) -> None:
    reply = old.reply
    if reply.kind == "答复":
        paper.body("感谢您对政府工作的关心和支持，请将对办理情况的意见填入征询意见表并反馈。")
    paper.body(f"联系人：{reply.contact or FILL}　　电话：{reply.phone or FILL}")
    paper.signed(reply.unit or old.lead or FILL, FILL)
    if reply.kind == "答复":
        paper.body(f"抄送：{reply.copied_to or FILL}")


def ordinal(place: int) -> str:
    """The ordinal of a place counted from 0, up to 99: 一 … 十, 十一 … 二十 …"""
    digits, (tens, ones) = "一二三四五六七八九", divmod(place + 1, 10)
    return ("" if tens < 1 else ("" if tens == 1 else digits[tens - 1]) + "十") + (digits[ones - 1] if ones else "")
