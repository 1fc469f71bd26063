"""The sheet about speeches, reports and notices: demands, doubtful figures and words, roles, shared paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import Speech
from pipeline.report.results import CURRENT, Results, natural
from pipeline.report.sheets import Cell, Sheet, Tone

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
