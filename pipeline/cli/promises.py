"""`banli promises`: what was promised and when it falls due, on the screen, as a list and as calendars."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.chinese import Parser
from pipeline.errors import CallError

if TYPE_CHECKING:
    from pipeline.profile import Profile
    from pipeline.report.promises import Line
    from pipeline.report.results import Results

_MOST = 40


def register(add: Callable[..., Parser]) -> Parser:
    """The command's parser, without the options that all commands share."""
    parser = add(
        "promises",
        help="承诺台账：到期清单和日历",
        description="列出历年答复里的承诺到某一天的状态；加 --out 写出到期清单（.xlsx）和日历（.ics）。",
    )
    parser.add_argument("--day", default="", metavar="日期", help="以哪一天为今天，如 2025-06-01，默认今天")
    parser.add_argument("--unit", default="", metavar="单位", help="只看一个单位的")
    parser.add_argument("--month", default="", metavar="月份", help="只看一个月到期的，如 2025-06")
    parser.add_argument("--out", default="", metavar="文件夹", help="清单和日历写到哪里；不写则只在屏幕上列出")
    parser.add_argument("--notice", type=int, default=7, metavar="天数", help="日历提前几天提醒，默认 7")
    parser.set_defaults(module="promises")
    return parser


def promises(call: Namespace) -> int:
    """Show what stands open in a month, or until its end where none is named; with --out write list and calendars."""
    from pipeline import run as stages
    from pipeline.cli.commands import existing_store
    from pipeline.cli.desk import day_given
    from pipeline.profile import default_folder, load
    from pipeline.report.promises import lines, standings

    profile = load(Path(call.profile) if call.profile else default_folder())
    today, month, unit = day_given(call.day), _month(call.month), _unit(call.unit, profile)
    if call.notice < 0:
        raise CallError(f"--notice {call.notice} 不能是负数", "写提前几天提醒，如 7")
    with closing(existing_store(call.store)) as store:
        stages.ledger(stages.Job(store, profile))
        found = replace(stages.results(store), profile=profile, today=today)
    every = [line for line in lines(found) if unit in ("", line.unit)]
    print(f"{today} 承诺共 {len(every)} 项：" + "，".join(f"{name} {n}" for name, n in standings(every).items() if n))
    _show(every, month or today.isoformat()[:7], exact=bool(month))
    if call.out:
        chosen = [line for line in every if month in ("", line.month)]
        for path in _written(Path(call.out), chosen, found, call.notice):
            print(path)
    return 0


def _month(text: str) -> str:
    match = re.fullmatch(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*月?", text.strip())
    if text and (match is None or not 1 <= int(match[2]) <= 12):
        raise CallError(f"看不懂月份 {text}", "写作 2025-06")
    return f"{match[1]}-{int(match[2]):02}" if match else ""


def _unit(text: str, profile: Profile) -> str:
    from pipeline.mentions import unit_named

    return (unit_named(text, profile) or text) if text else ""


def _show(found: list[Line], month: str, *, exact: bool) -> None:
    """The open promises of the month, those overdue before it too unless a month was asked for."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.report.promises import OPEN

    due = [x for x in found if x.standing in OPEN and (x.month == month if exact else "" < x.month <= month)]
    table = Table(
        title=f"{month} {'到期' if exact else '及以前到期、没有了结'}的承诺 {len(due)} 项", title_justify="left"
    )
    for name in ("单位", "到期日", "状态", "承诺", "案由"):
        table.add_column(name, overflow="fold", min_width=10 if name in ("单位", "到期日") else None)
    for line in sorted(due, key=lambda x: (x.unit, x.owed.due or date.max))[:_MOST]:
        table.add_row(line.unit, str(line.owed.due), line.standing, line.promise.text, line.title)
    if due:
        Console().print(table)
    if len(due) > _MOST:
        print(f"还有 {len(due) - _MOST} 项没有列出，加 --out 文件夹 写出全部。")


def _written(out: Path, found: list[Line], results: Results, notice: int) -> list[Path]:
    """The due list and a calendar in total, a calendar for each unit with something open."""
    from pipeline.report.ics import calendar
    from pipeline.report.promises import OPEN, by_month, due_list, ledger
    from pipeline.report.workbook import book_of

    kept = {line.owed.id for line in found}
    chosen = replace(results, promises=[owed for owed in results.promises if owed.id in kept])
    book, whole = out / "承诺到期清单.xlsx", out / "承诺日历.ics"
    tables = [due_list(found, results.today), by_month(found, results.today), ledger(chosen)]
    book_of(tables, results, book)
    whole.write_bytes(calendar(found, "承诺到期", results.today, notice))
    units = sorted({line.unit for line in found if line.standing in OPEN and line.owed.due})
    (out / "各单位日历").mkdir(exist_ok=True)
    for unit in units:
        own = [line for line in found if line.unit == unit]
        name = re.sub(r'[\\/:*?"<>|\s]', "_", unit)
        path = out / "各单位日历" / f"{name}.ics"
        path.write_bytes(calendar(own, f"承诺到期（{unit}）", results.today, notice))
    return [book, whole, *([out / "各单位日历"] if units else [])]
