"""The papers of the reply audit, a folder a unit: 答复审核意见 for every letter sent back, and its 答复审核表.xlsx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from pipeline.records import Gate, Reply
from pipeline.report.handover import file_name
from pipeline.report.opinion import RETURNED, opinion
from pipeline.report.promises import ledger
from pipeline.report.results import Results
from pipeline.report.sheets import GATE_TONE, Cell, Sheet
from pipeline.report.sheets_audit import audits
from pipeline.report.sheets_handled import headline
from pipeline.report.statistics import Group, groups
from pipeline.report.workbook import book_of

NO_SIGN = "（落款不明）"
UNANSWERED = "未回应"


@dataclass(frozen=True, slots=True)
class Sent:
    """What one unit gets: its letters, how many were sent back, and the files written for it."""

    unit: str
    letters: int
    verdicts: Counter[Gate]
    paths: tuple[Path, ...]


def write(results: Results, out: Path, unit: str = "") -> list[Sent]:
    """Write the papers of every unit, or of one; the units with the most letters sent back first."""
    rated = {group.name: group for group in groups(results) if group.dimension == "承办单位"}
    letters: dict[str, list[Reply]] = {}
    for reply in results.letters():
        if reply.id in results.audit:
            letters.setdefault(reply.unit or reply.unit_text or NO_SIGN, []).append(reply)
    folders: dict[str, str] = {}
    for name in sorted(letters):
        folders[name] = next(stem for stem in _numbered(file_name(name)) if stem not in folders.values())
    found = [
        _unit(name, own, results, out / folders[name], rated.get(name))
        for name, own in sorted(letters.items())
        if unit in ("", name)
    ]
    return sorted(found, key=lambda sent: (*(-sent.verdicts[gate] for gate in RETURNED), sent.unit))


def _unit(unit: str, letters: Sequence[Reply], results: Results, folder: Path, rated: Group | None) -> Sent:
    paths, papers = [folder / f"答复审核表（{folder.name}）.xlsx"], {}
    for reply in letters:
        audit = results.audit[reply.id]
        if audit.verdict.gate in RETURNED:
            papers[reply.id] = opinion(reply, audit, results).save(folder / _name(reply, results, paths))
            paths.append(papers[reply.id])
    own = replace(
        results,
        paths=dict(results.paths or {}) | {str(path): str(path) for path in paths},
        replies=[r for r in results.replies if (r.unit or r.unit_text or NO_SIGN) == unit],
    )
    tables = [_letters(letters, results, papers), audits(own), _asks(letters, results), ledger(own)]
    book_of([*tables, *([headline([rated])] if rated else [])], own, paths[0])
    verdicts = Counter(results.audit[reply.id].verdict.gate for reply in letters)
    return Sent(unit, len(letters), verdicts, tuple(paths))


def _name(reply: Reply, results: Results, taken: Sequence[Path]) -> str:
    """A file name for the opinion on a letter, unlike those of the unit's other letters."""
    asked = results.answered(reply)
    kind, number, title = (asked.kind, asked.number, asked.title) if asked else ("", reply.number, reply.title)
    stem = file_name(f"答复审核意见 {kind}{number} {title}")
    names = {path.name for path in taken}
    return next(f"{name}.docx" for name in _numbered(stem) if f"{name}.docx" not in names)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}（{number}）" for number in count(2))


def _letters(letters: Sequence[Reply], results: Results, papers: dict[str, Path]) -> Sheet:
    """答复与结论: one row a letter."""
    sheet = Sheet.of(
        "答复与结论",
        "编号:8 类型:8 案由:40 答复日期:12 办理结果:9 结论:10 错误:7 警告:7 提示:7 诉求:7 未回应:8 承诺:7 "
        "审核意见:40 来源:28",
    )
    for reply in letters:
        audit, asked = results.audit[reply.id], results.answered(reply)
        counts = Counter(finding.severity for finding in audit.findings)
        missing, paper = sum(c.state == UNANSWERED for c in audit.coverage), papers.get(reply.id)
        sheet.add(
            reply.id,
            asked.number if asked else reply.number,
            reply.kind,
            Cell(asked.title if asked else reply.title, row=("答复审核", reply.id)),
            str(reply.day or ""),
            reply.label,
            Cell(audit.verdict.gate, tone=GATE_TONE[audit.verdict.gate]),
            *(Cell(counts[severity], row=("答复审核", reply.id)) for severity in ("error", "warn", "hint")),
            Cell(len(audit.coverage), row=("逐条回应", reply.id)),
            Cell(missing, row=("逐条回应", reply.id), tone="warn" if missing else ""),
            sum(not promise.done for promise in reply.commitments),
            Cell(paper.name, source=str(paper)) if paper else "",
            Cell(reply.source, source=reply.source),
        )
    return sheet


def _asks(letters: Sequence[Reply], results: Results) -> Sheet:
    """逐条回应: every ask of every item with what became of it."""
    sheet = Sheet.of("逐条回应", "编号:8 案由:36 序号:6 诉求:50 状态:16 答复原句:60")
    for reply in letters:
        asked = results.answered(reply)
        for covered in results.audit[reply.id].coverage:
            item = results.submission.get(covered.submission_id) if covered.submission_id else asked
            text = next((ask.text for ask in item.asks if ask.ordinal == covered.ordinal), "") if item else ""
            state = Cell(covered.state, tone="warn" if covered.state == UNANSWERED else "")
            title = Cell(item.title if item else "", row=("答复与结论", reply.id))
            sheet.add(reply.id, item.number if item else "", title, covered.ordinal, text, state, covered.quote)
    return sheet
