"""`banli evaluate`: how good the machine is on an office's own labelled tables."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from math import isnan
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline import evaluate as measuring
from pipeline.cli.show import Meter
from pipeline.errors import BanliError
from pipeline.evaluate.agreement import Agreed, Part
from pipeline.evaluate.audit_papers import write_audit
from pipeline.evaluate.metrics import TOPICS, UNITS, Measure, Score
from pipeline.evaluate.papers import Measured, measured, write, write_pairs
from pipeline.profile import Profile

TASKS: dict[str, tuple[str, Callable[..., measuring.Compared], dict[str, Measure]]] = {
    "route": ("承办单位推荐评测", measuring.units, UNITS),
    "topic": ("主题分类评测", measuring.topics, TOPICS),
}


def evaluate(call: Namespace, profile: Profile) -> int:
    """Measure one task."""
    return {"recur": recurrence, "audit": audits}.get(call.task, choices)(call, profile)


def audits(call: Namespace, profile: Profile) -> int:
    """Measure the audit; prints both tables, writes every disagreement and a page."""
    with Meter() as meter:
        letters = measuring.read_letters(Path(call.gold), profile)
        meter.start("评测", len(letters))
        found = measuring.audited(letters, profile)
        agreed = measuring.agreement(letters, found, profile)
        meter.advance(len(letters))
    console = Console()
    console.print(_whole(agreed, f"答复审核评测：{len(letters)} 份答复"))
    console.print(_rules(agreed, profile))
    console.print("第二行是 95% 置信区间。")
    for path in write_audit(agreed, letters, found, profile, Path(call.out)):
        print(f"结果：{path}")
    return 0


def _whole(agreed: Agreed, title: str) -> Table:
    table = _table(title, "指标", *agreed.methods)
    for row in zip(*agreed.table, strict=True):
        table.add_row(row[0].name, *map(_score, row))
    return table


def _rules(agreed: Agreed, profile: Profile) -> Table:
    """A line for each rule: how often it was marked and raised, the program's scores, the best baseline's F1."""
    table = _table("各条规则", "规则", "应有", "报出", "准确", "召回", "F1", "基线F1")
    for part in agreed.rules:
        rule = profile.rules.get(part.key)
        name = f"{part.key} {rule.name}" if rule else part.key
        table.add_row(name, str(part.wanted), str(part.told), *map(_score, part.scores[0]), _best(part))
    return table


def _best(part: Part) -> str:
    values = [scores[2].value for scores in part.scores[1:] if not isnan(scores[2].value)]
    return f"{max(values):.3f}" if values else "—"


def _score(score: Score) -> str:
    return _cell(score.value, score.low, score.high)


def recurrence(call: Namespace, profile: Profile) -> int:
    """Measure pairs and classes; prints the table, writes the pairs missed and wrong."""
    gold = measuring.read([Path(call.gold)], profile)
    found = measuring.recurrence(gold, profile)
    if not found:
        raise BanliError(
            f"{call.gold} 里没有“事项组”或“问题组”", "同一事项的件在“事项组”一列写相同的名称，同类问题写在“问题组”"
        )
    table = _table(f"重复与一类问题评测：{len(gold)} 件", "任务", "方法", "准确", "召回", "F1")
    for row in found:
        table.add_row(row.task, row.method, *(_cell(s.value, s.low, s.high) for s in row.scores[:3]))
    Console().print(table)
    print("第二行是 95% 置信区间。")
    for off in (score for row in found for score in row.scores[3:]):
        print(f"“同一事项”的相似度是概率，平均偏差（ECE）{off.value:.3f}（{off.low:.3f}–{off.high:.3f}）。")
    print(f"结果：{write_pairs(found, Path(call.out))}")
    return 0


def choices(call: Namespace, profile: Profile) -> int:
    """Measure routing or topics; prints the table, writes predictions and a page."""
    heading, compare, measures = TASKS[call.task]
    with Meter() as meter:
        gold = measuring.read([Path(call.gold)], profile)
        teaching = measuring.read([Path(p) for p in call.train], profile) if call.train else []
        meter.start("评测", 2 * len(gold))
        compared = compare(gold, teaching, profile, meter.advance)
        if not compared.methods[0].rows:
            raise BanliError(f"{call.gold} 里没有带标签的行", "用 --columns 写明标签在哪一列，如 主办=承办部门")
        found = measured(compared, measures)
    _show(found, heading)
    for path in write(found, Path(call.out), heading):
        print(f"结果：{path}")
    return 0


def _show(found: Measured, heading: str) -> None:
    console = Console()
    table = _table(f"{heading}：{found.compared.how}", "指标", *(judged.method for judged in found.compared.methods))
    for n, name in enumerate(found.measures):
        table.add_row(name, *(_cell(row[n].value, row[n].low, row[n].high) for row in found.table))
    console.print(table)
    console.print("第二行是 95% 置信区间。")


def _table(title: str, *columns: str) -> Table:
    """A table whose long cells go on in the next line."""
    table = Table(title=title, title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _cell(value: float, low: float, high: float) -> str:
    return f"{value:.3f}\n{low:.3f}–{high:.3f}" if not isnan(value) else "—"
