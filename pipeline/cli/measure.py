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
from pipeline.evaluate.metrics import TOPICS, UNITS, Measure
from pipeline.evaluate.papers import Measured, measured, write, write_pairs
from pipeline.profile import Profile

TASKS: dict[str, tuple[str, Callable[..., measuring.Compared], dict[str, Measure]]] = {
    "route": ("承办单位推荐评测", measuring.units, UNITS),
    "topic": ("主题分类评测", measuring.topics, TOPICS),
}


def evaluate(call: Namespace, profile: Profile) -> int:
    """Measure one task."""
    return recurrence(call, profile) if call.task == "recur" else choices(call, profile)


def recurrence(call: Namespace, profile: Profile) -> int:
    """Measure pairs and classes; prints the table, writes the pairs missed and wrong."""
    gold = measuring.read([Path(call.gold)], profile)
    found = measuring.recurrence(gold, profile)
    if not found:
        raise BanliError(
            f"{call.gold} 里没有“事项组”或“问题组”", "同一事项的件在“事项组”一列写相同的名称，同类问题写在“问题组”"
        )
    table = Table(title=f"重复与一类问题评测：{len(gold)} 件", title_justify="left")
    for name in ("任务", "方法", "准确", "召回", "F1"):
        table.add_column(name, overflow="fold")
    for row in found:
        table.add_row(row.task, row.method, *(_cell(s.value, s.low, s.high) for s in row.scores))
    Console().print(table)
    print("第二行是 95% 置信区间。")
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
    table = Table(title=f"{heading}：{found.compared.how}", title_justify="left")
    table.add_column("指标", overflow="fold")
    for judged in found.compared.methods:
        table.add_column(judged.method, overflow="fold")
    for n, name in enumerate(found.measures):
        table.add_row(name, *(_cell(row[n].value, row[n].low, row[n].high) for row in found.table))
    console.print(table)
    console.print("第二行是 95% 置信区间。")


def _cell(value: float, low: float, high: float) -> str:
    return f"{value:.3f}\n{low:.3f}–{high:.3f}" if not isnan(value) else "—"
