"""答复审核意见: the paper that sends a letter back to its unit, with every finding, and a skeleton to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from pipeline.profile import Profile
from pipeline.records import Audit, Finding, Gate, Reply, Severity, Submission
from pipeline.report.official import Paper
from pipeline.report.results import Results
from pipeline.report.skeleton import Old, ordinal, skeleton

TOLD: Mapping[Severity, str] = {"error": "必须改正的问题", "warn": "应当完善的问题", "hint": "提示"}
RETURNED: Mapping[Gate, str] = {
    "退回重写": "现将该答复退回，请重新办理、重新答复，并于{day}前报送。",
    "补充": "请按下列意见补充完善，并于{day}前重新报送。",
}
"""The verdicts that call for an opinion, with what it asks for."""
BLANK_DAY, OFFICE = "＿＿＿＿年＿＿月＿＿日", "审核单位（盖章）：＿＿＿＿＿＿＿＿"
LONGEST_QUOTE = 160
_ASKS = (("序号", 12.0), ("诉求", 58.0), ("答复情况", 24.0), ("答复原句", 62.0))


def opinion(reply: Reply, audit: Audit, results: Results) -> Paper:
    """The opinion on one letter and the skeleton of the new one; the office's name and its days are left blank."""
    asked, paper = results.answered(reply), Paper()
    lead = results.lead(asked) if asked else ""
    old = Old(reply, (asked, *results.also_answered(reply)) if asked else (), audit.coverage, lead)
    paper.title("答复审核意见")
    paper.to(reply.unit or reply.unit_text or lead or "＿＿＿＿（落款不明）")
    paper.body(_opening(reply, audit, asked))
    heads = (f"{ordinal(place)}、" for place in count())
    for severity, told in TOLD.items():
        if found := [finding for finding in audit.findings if finding.severity == severity]:
            paper.body("", head=f"{next(heads)}{told}（{len(found)}条）")
            for line in _listed(found, results.profile):
                (paper.quote if line.startswith("原文：") else paper.body)(line)
    if rows := list(_asks(old)):
        paper.body("", head=f"{next(heads)}逐条回应情况")
        paper.table(_ASKS, rows)
    if audit.verdict.abstained:
        paper.body("", head=f"{next(heads)}机器无法判断、请人工核对的")
        for number, doubt in enumerate(audit.verdict.abstained, start=1):
            paper.body(f"{number}. {doubt}。")
    paper.signed(OFFICE, BLANK_DAY)
    paper.new_page()
    paper.body("（请在空白处填写；注明“原答复”的内容摘自原件，请核对。）", head="附件：答复框架")
    skeleton(paper, old)
    return paper


def _opening(reply: Reply, audit: Audit, asked: Submission | None) -> str:
    number = asked.number if asked else reply.number
    kind = asked.kind if asked else "件"
    item = f"第{number}号{kind}" if number else kind
    title = f"《{asked.title}》" if asked else f"（答复题为“{reply.title}”，没有对上来件）"
    day = f"{reply.day.year}年{reply.day.month}月{reply.day.day}日" if reply.day else ""
    gate = audit.verdict.gate
    return f"你单位{day}对{item}{title}的{reply.kind}收悉。经审核，结论为“{gate}”。" + RETURNED.get(gate, "").format(
        day=BLANK_DAY
    )


def _listed(findings: list[Finding], profile: Profile | None) -> Iterator[str]:
    """The findings of one severity as numbered lines; those of one rule and reason share a number."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.rule, finding.message), []).append(finding)
    for number, ((rule, message), same) in enumerate(found.items(), start=1):
        setting = profile.rules.get(rule) if profile else None
        named = f"{setting.name}（{rule}）" if setting else rule
        yield f"{number}. {named}：{message.rstrip('。')}。"
        yield from (f"原文：“{_short(finding.quote)}”" for finding in same if finding.quote)
        yield f"怎样改：{same[0].remedy.rstrip('。')}。"


def _asks(old: Old) -> Iterator[tuple[str, str, str, str]]:
    for item, ask, covered in old.asks():
        if covered:
            number = f"{item.number}号之{ask.ordinal}" if len(old.asked) > 1 else str(ask.ordinal)
            yield number, ask.text, covered.state, _short(covered.quote)


def _short(text: str) -> str:
    bare = text.strip().replace("\n", " ")
    return bare if len(bare) <= LONGEST_QUOTE else bare[:LONGEST_QUOTE] + "……"
