"""承诺台账: every promise with its due day, how it stands and why; the due list by unit and month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.due import standing
from pipeline.records import Commitment, Owed, Reply, Said, Sequel, Standing
from pipeline.report.results import Results
from pipeline.report.sheets import Cell, Sheet, Tone

STRENGTH = {
    "T5": "具体日期",
    "T4": "月季半年",
    "T3": "年度或规划期",
    "T2": "以事项为期",
    "T1": "附条件",
    "T0": "无期限",
}
TONE: dict[Standing, Tone] = {
    "到期未见后续": "error",
    "重复承诺": "warn",
    "称已兑现无据": "warn",
    "已说明不能兑现": "hint",
    "未到期": "",
    "无期限": "hint",
    "已兑现有据": "good",
}
"""How a promise may stand, worst first, and the colour of that."""
SAYS: dict[Said, str] = {
    "兑现": "写明已办成",
    "称兑现": "说已办成，没有日期、数量或结果",
    "部分兑现": "只写明办成一部分",
    "再承诺": "又作同样的承诺",
    "重申": "同一轮办理中又说了一遍",
    "说明": "说明了不能办的原因",
    "提及": "提到此事，没有写明结果",
    "再提": "又提此事",
    "未提": "没有提到此事",
}
OPEN: frozenset[Standing] = frozenset({"到期未见后续", "未到期"})


@dataclass(frozen=True, slots=True)
class Line:
    """One promise as the reports show it on a day."""

    owed: Owed
    reply: Reply
    promise: Commitment
    title: str
    standing: Standing
    because: Sequel | None

    @property
    def unit(self) -> str:
        """The unit that made the promise, or a word for none."""
        return self.owed.unit or "（落款不明）"

    @property
    def month(self) -> str:
        """The month in which it falls due (2025-06), empty without a day."""
        return self.owed.due.isoformat()[:7] if self.owed.due else ""

    @property
    def reason(self) -> str:
        """Why it stands so, in Chinese."""
        return reason(self.owed, self.standing, self.because)


def lines(results: Results) -> list[Line]:
    """The whole ledger by day of the letter, as it stands on the day of the results."""
    letters, found = {reply.id: reply for reply in results.replies}, []
    for owed in results.promises:
        reply = letters.get(owed.reply_id)
        made = next((c for c in reply.commitments if c.start == owed.start), None) if reply else None
        if reply is None or made is None:
            continue
        asked = results.submission.get(owed.submission_id or "")
        stands, because = standing(owed, results.today)
        found.append(Line(owed, reply, made, asked.title if asked else reply.title, stands, because))
    return sorted(found, key=lambda line: (line.owed.day or date.min, line.reply.source, line.owed.start))


def reason(owed: Owed, stands: Standing, because: Sequel | None) -> str:
    """One line on why a promise stands as it does."""
    if because is not None:
        what = f"{because.day or ''}{'来件' if because.said == '再提' else '答复'}《{because.title}》"
        told = f"{what}（{because.tie}）{SAYS[because.said]}"
        return f"{told}；没有再见到别的后续" if stands == "到期未见后续" else told
    if stands == "到期未见后续":
        return "到期之后没有见到同一事项的来件或答复"
    if stands == "无期限":
        return "没有写明期限" if not owed.deadline_text else f"“{owed.deadline_text}”算不出到期日"
    return ""


def ledger(results: Results) -> Sheet:
    """The sheet 承诺台账: one row a promise of any year."""
    sheet = Sheet.of(
        "承诺台账",
        "编号:10 案由:30 承办单位:16 答复日期:12 承诺原文:44 时限原文:14 到期日:12 状态:14 判断理由:34 后续原文:44 "
        "时限强度:12 数量:14 资金:14 责任主体:14 条件:16 后续来源:22 来源:22",
    )
    for line in lines(results):
        sheet.add(line.owed.id, *_cells(line))
    return sheet


def _cells(line: Line) -> Iterator[Cell | str]:
    promise, because = line.promise, line.because
    yield line.reply.number
    yield Cell(line.title, row=("交办建议", line.owed.submission_id or ""))
    yield line.unit
    yield line.owed.day.isoformat() if line.owed.day else ""
    yield promise.text
    yield promise.deadline_text
    yield line.owed.due.isoformat() if line.owed.due else ""
    yield Cell(line.standing, tone=TONE[line.standing])
    yield line.reason
    yield because.quote if because else ""
    yield STRENGTH[promise.strength]
    yield from (promise.quantity, promise.money, promise.actor, promise.condition)
    yield Cell(because.source, source=because.source) if because else ""
    yield Cell(line.reply.source, source=line.reply.source)


def due_list(found: Sequence[Line], today: date) -> Sheet:
    """到期清单: what is overdue or still to come, unit by unit, in the order of the days."""
    sheet = Sheet.of(
        "到期清单",
        "单位:18 月份:9 到期日:12 距今（天）:9 状态:13 承诺原文:50 责任主体:14 "
        "编号:9 案由:32 答复日期:12 理由:34 核对结果:16 来源:22",
    )
    ahead = [line for line in found if line.standing in OPEN]
    for line in sorted(ahead, key=lambda x: (x.unit, x.owed.due or date.max, x.owed.id)):
        days = (line.owed.due - today).days if line.owed.due else ""
        state = Cell(line.standing, tone=TONE[line.standing])
        head = (line.unit, line.month, line.owed.due.isoformat() if line.owed.due else "", days, state)
        what = (line.promise.text, line.promise.actor, line.reply.number, line.title)
        day = line.owed.day.isoformat() if line.owed.day else ""
        sheet.add(line.owed.id, *head, *what, day, line.reason, "", Cell(line.reply.source, source=line.reply.source))
    return sheet


def by_month(found: Sequence[Line], today: date) -> Sheet:
    """按单位按月: how many fall due in each month, what is overdue before this one in a column of its own."""
    this = today.isoformat()[:7]
    ahead = [line for line in found if line.standing in OPEN]
    months = sorted({line.month for line in ahead if line.month >= this})
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in ahead:
        counts[line.unit][line.month if line.month >= this else "以前"] += 1
    columns = " ".join(f"{month}:9" for month in months)
    sheet = Sheet.of("按单位按月", f"单位:22 合计:8 {this}以前到期:14 {columns}".rstrip())
    for unit in sorted(counts, key=lambda name: (-counts[name]["以前"], -counts[name].total(), name)):
        row = counts[unit]
        overdue = Cell(row["以前"], tone="error" if row["以前"] else "")
        sheet.add(unit, unit, row.total(), overdue, *(row[month] or "" for month in months))
    return sheet


def standings(found: Sequence[Line]) -> dict[Standing, int]:
    """How many promises stand in which way, worst first."""
    counts = Counter(line.standing for line in found)
    return {name: counts[name] for name in TONE}
