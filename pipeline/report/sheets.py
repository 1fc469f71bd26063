"""The rows that people read, sheet by sheet: the same for the workbook and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.records import Submission
from pipeline.report.given import state
from pipeline.report.recurring import alone, cases
from pipeline.report.results import Results
from pipeline.text import squeezed

Tone = Literal["", "error", "warn", "hint", "good"]
SEVERITY = {"error": "错误", "warn": "警告", "hint": "提示"}
GATE_TONE: dict[str, Tone] = {"退回重写": "error", "补充": "warn", "建议抽检": "hint", "通过": "good"}
RELATION = {"identical": "内容相同", "near": "文字雷同", "same_matter": "同一事项"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, where a click leads (a source, or `sheet:key` of another row), and its colour."""

    value: str | float = ""
    source: str = ""
    row: tuple[str, str] | None = None
    tone: Tone = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: columns with widths in characters, rows of cells, and the key of each row for links to it.

    From the column 主题 or 来源 on, columns are for the screen and not printed.
    """

    name: str
    columns: Sequence[tuple[str, int]]
    rows: list[list[Cell]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, columns: str) -> Sheet:
        """A sheet from its columns as `名称:宽度`, separated by blanks."""
        pairs = (column.split(":") for column in columns.split())
        return cls(name, [(title, int(width)) for title, width in pairs])

    @property
    def printed(self) -> int:
        """How many of the columns are printed."""
        names = [name for name, _ in self.columns]
        screen = [names.index(name) for name in ("主题", "来源") if name in names[1:]]
        return min(screen, default=len(names))

    def add(self, key: str, *cells: Cell | str | float) -> None:
        """Append a row; plain values become cells."""
        self.keys.append(key)
        self.rows.append([cell if isinstance(cell, Cell) else Cell(cell) for cell in cells])


def _label(submission: Submission) -> str:
    year = f"{submission.year}年" if submission.year else ""
    return f"{year}{submission.kind}{submission.number + '号' if submission.number else ''}"


def handover(results: Results) -> Sheet:
    """交办建议: every submission of the run and where it should go."""
    sheet = Sheet.of(
        "交办建议",
        "编号:6 类型:6 案由:26 提出人:10 主办:13 会办:14 方式:10 状态:8 置信度:7 理由摘要:30 依据原文:30 "
        "相似往年件:24 需人工研判原因:24 主题:9 提示:20 来源:16",
    )
    alike = _alike(results)
    for submission in results.inbox():
        route = results.route.get(submission.id)
        if route is None:
            sheet.add(
                submission.id, submission.number, submission.kind, submission.title, "、".join(submission.proposers)
            )
            continue
        decision = results.decided.get((submission.id, "lead"))
        lead = f"{decision.value}（{decision.by}定）" if decision else (route.lead or "")
        open_case = route.needs_person and not decision
        sheet.add(
            submission.id,
            submission.number,
            submission.kind,
            submission.title,
            "、".join((*submission.proposers, *submission.cosigners)[:5]),
            Cell(lead or "待研判", row=("需人工研判", submission.id), tone="warn") if open_case else lead,
            "、".join(route.co),
            "需人工研判" if open_case else route.mode,
            state(results, submission),
            round(route.candidates[0].score, 2) if route.candidates else "",
            "；".join(dict.fromkeys(reason.says for reason in route.reasons[:4])),
            "\n".join(dict.fromkeys(f"“{squeezed(reason.quote)}”" for reason in route.reasons if reason.quote))[:600],
            "\n".join(alike.get(submission.id, ())),
            route.why if open_case else "",
            "、".join(topic.name for topic in route.topics[:2]),
            "\n".join((*route.flags, *submission.warnings)),
            Cell(submission.source, source=submission.source),
        )
    return sheet


def _alike(results: Results, most: int = 3) -> dict[str, list[str]]:
    """For each submission, the most alike others with who handled them."""
    found: dict[str, list[str]] = {}
    for match in sorted(results.matches, key=lambda match: -match.score):
        for own, other in ((match.left, match.right), (match.right, match.left)):
            past = results.submission.get(other)
            if past is None or len(found.setdefault(own, [])) >= most:
                continue
            unit = results.lead(past)
            found[own].append(f"{_label(past)}《{past.title}》{'（' + unit + '）' if unit else ''}")
    return found


def undecided(results: Results) -> Sheet:
    """需人工研判: what the machine leaves to a person, with candidates and what would decide."""
    sheet = Sheet.of(
        "需人工研判",
        "编号:10 案由:36 候选单位:36 原因:44 提示与需弄清的问题:44 来源:26",
    )
    for submission in results.inbox():
        route = results.route.get(submission.id)
        if route is None or not route.needs_person or (submission.id, "lead") in results.decided:
            continue
        sheet.add(
            submission.id,
            submission.number,
            Cell(submission.title, row=("交办建议", submission.id)),
            "、".join(f"{c.name}（{c.score:.2f}）" for c in route.candidates[:3]),
            Cell(route.why, tone="warn"),
            "\n".join(route.flags),
            Cell(submission.source, source=submission.source),
        )
    for document in results.unrecognised():
        told = "没有认出文种：不像建议、提案、答复、会办意见、讲话、报告或通知"
        remedy = f"如果是来件：banli decide {document.id} --kind 建议 --by 姓名，再运行一次"
        named = Cell(f"{document.title}（{document.source}）", source=document.source)
        source = Cell(document.source, source=document.source)
        sheet.add(document.id, "", named, "", Cell(told, tone="hint"), remedy, source)
    return sheet


def alike(results: Results) -> Sheet:
    """重复与相似: every pair, with the wording on both sides."""
    sheet = Sheet.of(
        "重复与相似",
        "件一:16 件一案由:34 件二:16 件二案由:34 关系:10 相似度:8 件一原文:36 件二原文:36 不同之处:26 提醒:26",
    )
    current = {submission.id for submission in results.inbox()}
    order = {"identical": 0, "near": 1, "same_matter": 2}
    for match in sorted(results.matches, key=lambda m: (order[m.relation], -m.score, m.left, m.right)):
        left, right = results.submission.get(match.left), results.submission.get(match.right)
        if left is None or right is None or not current & {left.id, right.id}:
            continue
        joint = "可并案办理，须分别答复每位提出人" if {left.id, right.id} <= current else "往年已提，参考往年答复"
        sheet.add(
            f"{left.id}|{right.id}",
            Cell(_label(left), source=left.source),
            Cell(left.title, row=("交办建议", left.id)),
            Cell(_label(right), source=right.source),
            Cell(right.title, row=("交办建议", right.id)),
            Cell(RELATION[match.relation], tone="warn" if match.relation != "same_matter" else "hint"),
            round(match.score, 2),
            "\n".join(e.left for e in match.evidence),
            "\n".join(e.right for e in match.evidence),
            "；".join(match.differs),
            joint,
        )
    return sheet


def themes(results: Results) -> Sheet:
    """一类问题: what comes back over the years, what was answered, and what it calls for; the heaviest first.

    Behind them what is in no class, with the reason.
    """
    sheet = Sheet.of(
        "一类问题",
        "问题:30 件数:6 年数:6 分量:8 年度:14 办理建议:46 答复类别:14 承诺数:8 到期未见后续:10 "
        "地点:22 承办单位:20 关键词:20 各件:54",
    )
    for case in cases(results, date.today()):
        theme, labels = case.theme, Counter(reply.label or "未写" for _, reply in case.answers)
        sheet.add(
            theme.id,
            theme.label,
            len(theme.members),
            Cell(len(theme.years), tone="warn" if len(theme.years) > 1 else ""),
            round(case.weight),
            "、".join(map(str, theme.years)),
            "\n".join(case.advice),
            "、".join(f"{label} {count} 件" for label, count in sorted(labels.items())) or "没有答复",
            case.promises,
            Cell(case.overdue, tone="warn" if case.overdue else ""),
            "、".join(theme.places[:6]),
            "、".join(theme.units[:5]),
            "、".join(theme.keywords),
            "\n".join(f"{_label(member)}《{member.title}》" for member in case.members[:12]),
        )
    for member, why in alone(results):
        years: list[str | float] = [1, 1, "", str(member.year or ""), why]
        sheet.add(member.id, Cell(member.title, row=("交办建议", member.id)), *years, *[""] * 6, _label(member))
    return sheet


def failures(results: Results) -> Sheet:
    """未能处理: every file or row that failed, with the reason and what to do."""
    sheet = Sheet.of(
        "未能处理",
        "来源:44 环节:10 原因:48 怎么办:48",
    )
    stages = {"extract": "读取文件", "parse": "识别内容"}
    for failure in results.failed():
        source = Cell(failure.source, source=failure.source)
        sheet.add(
            failure.source,
            source,
            stages.get(failure.stage, failure.stage),
            Cell(failure.reason, tone="error"),
            failure.hint,
        )
    return sheet


def sheets(results: Results) -> Iterator[Sheet]:
    """All sheets in the order of the workbook, the one about speeches only where there are any."""
    from pipeline.report.contacts import contact_sheets
    from pipeline.report.promises import ledger
    from pipeline.report.sheets_audit import audits, units
    from pipeline.report.sheets_handled import handled_sheets
    from pipeline.report.sheets_speech import demanded, speeches

    for table in (handover, undecided, alike, themes, audits, ledger, units):
        yield table(results)
    yield from handled_sheets(results)
    yield from contact_sheets(results)
    if results.speeches:
        yield speeches(results)
        yield demanded(results)
    yield failures(results)
