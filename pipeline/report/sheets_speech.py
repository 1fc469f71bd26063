"""The sheets about speeches, reports and notices: what they say, and whether the replies meet what they demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.records import Speech
from pipeline.report.demanded import Check, Outcome, checks, named
from pipeline.report.results import CURRENT, Results, natural
from pipeline.report.sheets import Cell, Sheet, Tone

OUTCOME_TONE: Mapping[Outcome, Tone] = {
    "达到": "good",
    "部分达到": "warn",
    "未达到": "error",
    "见数值": "",
    "无法检查": "hint",
}
MOST = 12
"""Letters named beside one point."""
_Row = tuple[str, str, str, str, str, Tone]


def speeches(results: Results) -> Sheet:
    """讲话与报告: what each asks of whom by when, what does not add up, who is reviewed, what recurs."""
    sheet = Sheet.of("讲话与报告", "文稿:34 类型:10 内容:70 单位:20 时限:16 说明:36 来源:26")
    titles = {speech.id: speech.title for speech in results.speeches}
    for speech in sorted(results.speeches, key=lambda one: natural(one.source)):
        if results.part(speech.document_id) not in CURRENT:
            continue
        source = Cell(speech.source, source=speech.source)
        for number, (what, text, unit, limit, note, tone) in enumerate(_rows(speech, titles, results)):
            sheet.add(f"{speech.id}.{number}", speech.title, Cell(what, tone=tone), text, unit, limit, note, source)
    return sheet


def _rows(speech: Speech, titles: dict[str, str], results: Results) -> Iterator[_Row]:
    for demand in speech.demands:
        yield "要求", demand.text, demand.actor, demand.deadline, demand.target, ""
    for role in speech.roles:
        yield role.role, role.text, "、".join(role.names), "", "", ""
    for total in speech.sums:
        if not total.holds:
            yield "数字存疑", total.quote, "", "", total.says, "warn"
    for shared in speech.shared:
        others = "；".join(dict.fromkeys(titles.get(other, other) for other in shared.others))
        yield "雷同段落", shared.text, "", "", f"与《{others}》相似 {shared.score:.2f}", "hint"
    for warning in results.warnings(speech.document_id):
        yield "文字存疑", warning, "", "", "请对照原件核对", "hint"


def demanded(results: Results) -> Sheet:
    """对照要求: every point that speeches and notices demand, what checks it, and how many replies meet it."""
    sheet = Sheet.of(
        "对照要求",
        "文稿:26 要求原文:56 单位:16 时限:12 目标:14 要点:16 由什么检查:26 检查数:8 符合:7 不符合:8 符合率:9 结果:10 "
        "说明:44 不符合的答复:30 来源:26",
    )
    for number, check in enumerate(checks(results)):
        speech, demand, share = check.speech, check.demand, check.share
        first = ("答复审核", check.unmet[0].id) if check.unmet else None
        told = share is not None
        sheet.add(
            f"{speech.id}.{number}",
            speech.title,
            demand.text,
            demand.actor,
            demand.deadline,
            demand.target,
            check.point,
            named(check.by, results.profile) if results.profile else "",
            check.checked if told else "",
            check.met if told else "",
            Cell(check.checked - check.met, row=first) if told else "",
            f"{share:.1%}" if share is not None else "",
            Cell(check.outcome, tone=OUTCOME_TONE[check.outcome]),
            check.why,
            _named(check),
            Cell(speech.source, source=speech.source),
        )
    return sheet


def _named(check: Check) -> str:
    """The letters that do not meet a point, by number and unit."""
    shown = [f"{r.number or '无号'}（{r.unit or r.unit_text or '落款不明'}）" for r in check.unmet[:MOST]]
    more = len(check.unmet) - len(shown)
    return "、".join(shown) + (f" 等 {len(check.unmet)} 份" if more > 0 else "")
