"""The five headline rates, each with numerator, denominator, definition and source (R-STA-01, domain §3-G, §3-H)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.report.handled import Handled, State


@dataclass(frozen=True, slots=True)
class Measure:
    """One rate: the fact that it counts, what is divided by what, and where its data come from."""

    name: str
    fact: str
    definition: str
    source: str


MEASURES: tuple[Measure, ...] = (
    Measure(
        "按时回复率",
        "按时回复",
        "在办理期限内答复（含说明已同意延期）的件 ÷ 应答复的件；期限没到又没有答复的不计",
        "交办日期（登记表，或规则里各次会议的交办日）、规则里的期限、第一份答复的日期",
    ),
    Measure(
        "规范率",
        "规范",
        "答复没有错误级格式问题（F 类规则）的件 ÷ 已答复并能看格式的件；登记表里摘录的答复不计",
        "答复审核",
    ),
    Measure(
        "解决率",
        "解决",
        "办理结果类别为已解决、部分解决的件 ÷ 已答复并写明类别的件；类别的意思按规则里选用的体系",
        "答复或登记表上的办理结果类别",
    ),
    Measure(
        "满意率",
        "满意",
        "满意、基本满意的件 ÷ 有满意度反馈的件",
        "登记表的满意度一列（征询意见表的结果）",
    ),
    Measure(
        "见面率",
        "见面",
        "答复写明同提出人见过面（面商、走访、座谈、现场察看）的件 ÷ 已答复的件；电话不算，没有写明的按没有见面计",
        "答复原文",
    ),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of a set of items; `value` in 0–1, None where it cannot be told, with what is `missing` (Chinese).

    `missing` also stands beside a value that leaves some items out.
    """

    measure: Measure
    numerator: int
    denominator: int
    value: float | None
    missing: str
    remark: str = ""

    @property
    def shown(self) -> str:
        """The rate as people read it: 65.7%（23/35）, or 无法计算."""
        if self.value is None:
            return "无法计算"
        return f"{self.value:.1%}（{self.numerator}/{self.denominator}）"


def rates(items: Sequence[Handled], unevidenced: frozenset[str] = frozenset()) -> list[Rate]:
    """The five rates of a set of items.

    A rate is not told where no item has the data, or more lack them than have them: what remains would pass for the
    whole. `unevidenced` names facts that no letter of the whole run tells of, so that their silence says nothing.
    """
    return [_rate(measure, items, silent=measure.fact in unevidenced) for measure in MEASURES]


def unevidenced(items: Sequence[Handled]) -> frozenset[str]:
    """The facts that only count what letters happen to tell (见面), where not one letter of a run tells of it."""
    told = any(item.facts["见面"].state == "是" for item in items)
    return frozenset() if told else frozenset({"见面"})


def _rate(measure: Measure, items: Sequence[Handled], *, silent: bool) -> Rate:
    facts = [item.facts[measure.fact] for item in items]
    counts: Mapping[State, int] = Counter(fact.state for fact in facts)
    met, base = counts["是"], counts["是"] + counts["否"]
    reasons = Counter(fact.why for fact in facts if fact.state in ("缺", "不计"))
    lacking = "；".join(f"{why} {count} 件" for why, count in reasons.most_common())
    if silent:
        return Rate(measure, 0, base, None, "没有一份答复写明见面，走访记录要另行核对" if base else "还没有答复")
    if base == 0:
        return Rate(measure, 0, 0, None, lacking or "没有来件")
    if counts["缺"] > base:
        return Rate(measure, met, base, None, f"{lacking}；有资料的只有 {base} 件")
    doubted = sum("L01" in fact.why for fact in facts if fact.state == "是")
    remark = f"其中 {doubted} 件审核认为类别虚高" if doubted else ""
    return Rate(measure, met, base, met / base, f"未计入：{lacking}" if lacking else "", remark)
