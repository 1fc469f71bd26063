"""The papers of a hand-over: 交办清单.xlsx, a 交办通知 for every unit, a ZIP of its items for every unit (R-RTE-03)."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.due import opinion_due, reply_due, return_due
from pipeline.profile import Profile
from pipeline.records import Part
from pipeline.report.given import Given, Load, by_unit, loads, waiting
from pipeline.report.official import BLANK, Paper
from pipeline.report.results import Results
from pipeline.report.sheets import Cell, Sheet
from pipeline.report.workbook import book_of

NAME_LIMIT = 40
PARTS: tuple[Part, ...] = ("主办", "分办", "会办")
FILED_AS_IT_IS = frozenset(
    (".docx", ".doc", ".wps", ".pdf", ".ofd", ".rtf", ".odt", ".txt", ".md", ".html", ".jpg", ".png", ".tif")
)
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\u202a-\u202e\u2066-\u2069]+')
_COLUMNS = (
    "编号:8 类型:6 案由:40 提出人:12 办理方式:10 承办单位:16 本单位任务:8 会办单位:18 办结期限:11 会办期限:11 "
    "退件期限:11 回执:8 退回理由:20 建议改办:14 回执日期:11 来件编码:17"
)
_TABLE = (
    ("序号", 10.0),
    ("类型", 12.0),
    ("编号", 14.0),
    ("案由", 58.0),
    ("提出人", 22.0),
    ("任务", 12.0),
    ("主办（会办）单位", 28.0),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What all papers of one hand-over share: the office's rules, its day, and whether it is final or a draft."""

    profile: Profile
    day: date
    final: bool


def write(results: Results, given: Sequence[Given], out: Path, order: Order) -> list[Path]:
    """Write all papers: one list in total, and for every unit its list, notice and items; returns their paths.

    A draft is marked as such (预案).
    """
    draft = "" if order.final else "（预案）"
    units = by_unit(given)
    found = [out / f"交办清单{draft}.xlsx"]
    every = [(unit, item) for item in given for unit, _ in item.units]
    book_of([_list("总表", every, order), _loads(loads(given)), _open(results)], results, found[0])
    for unit, items in units.items():
        folder, name = out / file_name(unit), file_name(unit)
        found.append(folder / f"交办清单（{name}）{draft}.xlsx")
        book_of([_list("交办清单", [(unit, item) for item in items], order)], results, found[-1])
        found.append(_notice(unit, items, order).save(folder / f"交办通知（{name}）{draft}.docx"))
        found.append(_bundle(items, results, folder / f"来件（{name}）.zip"))
    return found


def _loads(found: Sequence[Load]) -> Sheet:
    sheet = Sheet.of("承办量", "单位:24 主办:8 分办:8 会办:8 提醒:40")
    for load in found:
        told = Cell("办理大户：件数达到各单位中位数的三倍，请看能否分流", tone="warn") if load.heavy else ""
        sheet.add(load.unit, load.unit, load.lead, load.apart, load.co, told)
    return sheet


def _list(name: str, rows: Sequence[tuple[str, Given]], order: Order) -> Sheet:
    """One row for each item and unit; the columns from 回执 on are for the unit to fill in and send back."""
    sheet, clock, day = Sheet.of(name, _COLUMNS), order.profile.clock, order.day
    for unit, item in rows:
        s, part = item.submission, item.part_of(unit)
        joining = part == "会办"
        sheet.add(
            f"{s.id}@{unit}", s.number, s.kind, s.title, _proposers(item), item.mode, unit, part,
            item.named("会办"), "" if joining else str(reply_due(day, clock)),
            str(opinion_due(day, clock)) if joining else "", str(return_due(day, clock)), "", "", "", "", s.id,
        )  # fmt: skip
    return sheet


def _open(results: Results) -> Sheet:
    sheet = Sheet.of("未交办（待研判）", "编号:10 类型:6 案由:44 候选单位:36 原因:44")
    for s in waiting(results):
        route = results.route.get(s.id)
        candidates = "、".join(c.name for c in route.candidates[:3]) if route else ""
        sheet.add(s.id, s.number, s.kind, s.title, candidates, route.why if route else "还没有推荐")
    return sheet


def _notice(unit: str, items: Sequence[Given], order: Order) -> Paper:
    """The notice to a unit: what it gets, and by when it must accept, give its opinion, and reply."""
    paper, clock, day = Paper(), order.profile.clock, order.day
    kinds = [kind for kind in ("建议", "提案") if any(g.submission.kind == kind for g in items)]
    named = "和".join({"建议": "人大代表建议", "提案": "政协提案"}[kind] for kind in kinds) or "来件"
    paper.title(f"关于交办{named}的通知" + ("" if order.final else "（预案）"))
    paper.to(unit)
    parts = Counter(g.part_of(unit) for g in items)
    told = "、".join(f"{part}{parts[part]}件" for part in PARTS if parts[part])
    paper.body(f"现将{named}{len(items)}件交由你单位办理，其中{told}（目录附后）。请按下列要求办理：")
    paper.body(
        f"请于{_day(return_due(day, clock))}前（{clock.return_days}个工作日内）反馈回执。认为不属于本单位职责的，"
        "写明理由、依据和建议的承办单位后退回。",
        head="一、签收。",
    )
    lines = []
    if parts["主办"] or parts["分办"]:
        lines.append(
            f"主办、分办件请于{_day(reply_due(day, clock))}前答复提出人；有会办单位的，汇总会办意见后统一答复。"
        )
    if parts["会办"]:
        lines.append(f"会办件请于{_day(opinion_due(day, clock))}前将会办意见送主办单位。")
    paper.body("".join(lines), head="二、时限。")
    paper.body("答复应逐条回应所提事项，写明方案、步骤、措施和时限；不能解决的，说明原因。", head="三、答复。")
    paper.signed(f"{order.profile.place}人民政府办公室" if order.profile.place else BLANK, _day(day))
    paper.new_page()
    paper.body("交办目录", head="附件：")
    paper.table(_TABLE, [_line(n, unit, item) for n, item in enumerate(items, 1)])
    return paper


def _line(number: int, unit: str, item: Given) -> tuple[str, ...]:
    s, part = item.submission, item.part_of(unit)
    others = item.named("主办") + "（主办）" if part == "会办" else "、".join(u for u, _ in item.units if u != unit)
    return str(number), s.kind, s.number, s.title, _proposers(item), part, others


def _bundle(items: Sequence[Given], results: Results, path: Path) -> Path:
    """The unit's items in one ZIP: the original file where the item is one, else its text as DOCX."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, item in enumerate(items, 1):
            s = item.submission
            stem = file_name(f"{number:03} {s.kind}{s.number} {s.title}")
            original = _original(item, results)
            if original is not None:
                bundle.write(original, stem + original.suffix)
            else:
                with bundle.open(stem + ".docx", "w") as stream:
                    _text(item).to_stream(stream)
    return path


def _original(item: Given, results: Results) -> Path | None:
    """The file that is the item, where it is one by itself and still there."""
    for source in (item.submission.source, *item.submission.also):
        path = (results.paths or {}).get(source)
        if path and Path(path).suffix.lower() in FILED_AS_IT_IS and Path(path).is_file():
            return Path(path)
    return None


def _text(item: Given) -> Paper:
    s, paper = item.submission, Paper()
    paper.title(s.title)
    paper.body(
        "；".join(filter(None, (s.session, f"{s.kind}第{s.number}号" if s.number else s.kind, _proposers(item))))
    )
    for line in _lines(s.text, s.title):
        paper.body(line)
    return paper


def _lines(text: str, title: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip() and line.strip() != title)


def _proposers(item: Given) -> str:
    names = (*item.submission.proposers, *item.submission.cosigners)
    return "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def file_name(name: str) -> str:
    """A name for a file or folder: no signs that some system refuses, no trailing dot, not too long."""
    return (_UNSAFE.sub("_", name).strip(" ._")[:NAME_LIMIT]).strip(" .") or "未命名"
