"""The sheets about replies: findings, and the units' figures."""

from __future__ import annotations

from collections import Counter, defaultdict

from pipeline.records import Submission
from pipeline.report.results import Results
from pipeline.report.sheets import GATE_TONE, SEVERITY, Cell, Sheet


def audits(results: Results) -> Sheet:
    """答复审核: one row a finding; a letter without findings has one row too."""
    sheet = Sheet.of(
        "答复审核",
        "编号:10 对应案由:34 承办单位:16 办理结果:9 正文结果:10 结论:10 级别:7 规则:7 问题:40 答复原文:44 "
        "怎样满足:36 切题程度:9 无法判断:30 来源:26",
    )
    for reply in results.letters():
        audit = results.audit.get(reply.id)
        if audit is None:
            continue
        asked = results.answered(reply)
        pair = results.pair.get(reply.id)
        titles = "\n".join(one.title for one in (asked, *results.also_answered(reply)) if one)
        title = (
            Cell(titles, row=("交办建议", asked.id))
            if asked
            else Cell(f"未配对：{pair.how if pair else ''}", tone="hint")
        )
        relevance = "" if audit.verdict.relevance is None else round(audit.verdict.relevance, 2)
        head = (reply.number, title, reply.unit or reply.unit_text, reply.label, audit.verdict.outcome)
        gate = Cell(audit.verdict.gate, tone=GATE_TONE[audit.verdict.gate])
        doubts = (*audit.verdict.abstained, *reply.warnings)
        tail = (relevance, "；".join(doubts), Cell(reply.source, source=reply.source))
        for finding in audit.findings:
            severity = Cell(SEVERITY[finding.severity], tone=finding.severity)
            what = (severity, finding.rule, finding.message, finding.quote, finding.remedy)
            sheet.add(reply.id, *head, gate, *what, *tail)
        if not audit.findings:
            sheet.add(reply.id, *head, gate, "", "", "未发现问题", "", "", *tail)
    return sheet


def units(results: Results) -> Sheet:
    """承办单位统计: load and reply quality of each unit in the present run."""
    sheet = Sheet.of(
        "承办单位统计",
        "单位:22 主办:8 会办:8 分办事项:9 待研判候选:11 答复:8 退回重写:9 补充:8 建议抽检:9 通过:8 错误数:8 警告数:8",
    )
    counts = tally(results)
    for unit in sorted(
        counts, key=lambda name: (-counts[name]["主办"], -counts[name]["会办"], -counts[name]["答复"], name)
    ):
        sheet.add(unit, unit, *(counts[unit][name] for name, _ in sheet.columns[1:]))
    return sheet


def tally(results: Results) -> dict[str, Counter[str]]:
    """Counts by unit, under the column names of 承办单位统计."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for submission in results.inbox():
        _count_route(counts, results, submission)
    for reply in results.letters():
        row = counts[reply.unit or reply.unit_text or "（落款不明）"]
        row["答复"] += 1
        if audit := results.audit.get(reply.id):
            row[audit.verdict.gate] += 1
            row["错误数"] += sum(f.severity == "error" for f in audit.findings)
            row["警告数"] += sum(f.severity == "warn" for f in audit.findings)
    return dict(counts)


def _count_route(counts: defaultdict[str, Counter[str]], results: Results, submission: Submission) -> None:
    route = results.route.get(submission.id)
    if lead := results.lead(submission):
        counts[lead]["主办"] += 1
    if route is None:
        return
    if not lead and route.candidates:
        counts[route.candidates[0].name]["待研判候选"] += 1
    for unit in route.co:
        counts[unit]["会办"] += 1
    for name in {ask.lead for ask in route.asks if ask.lead and route.mode == "分办"}:
        counts[name]["分办事项"] += 1
