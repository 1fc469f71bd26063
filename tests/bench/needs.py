"""What measured costs of a document come to for millions of them, as the tables of docs/cluster.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DAY = 86_400
WORKERS, HERE, EITHER = "工作机", "本机", "本机（不用集群时）"
STORED, GATHERED, RELATED = "存储（SQLite，占磁盘）", "汇总（占内存）", "同一事项（占内存）"
JOINED = "近似重复，数据框合并（占工作机的磁盘）"


@dataclass(frozen=True)
class Cost:
    """What one document costs: seconds of one core, bytes that stay; and what a process needs whatever it does.

    `where` says who bears it: the workers, or the one machine that gave the order. `scheduler` are bytes a document
    that the scheduler holds meanwhile.
    """

    seconds: float
    kept: float = 0
    process: float = 0
    where: str = WORKERS
    scheduler: float = 0


def table(costs: dict[str, Cost]) -> list[str]:
    """What was measured, as a Markdown table."""
    lines = ["| 阶段 | 在哪里 | 毫秒／份 | 占用字节／份 | 进程内存 MB |", "|---|---|---:|---:|---:|"]
    for name, cost in costs.items():
        room = [f"{cost.kept:,.0f}" if cost.kept else "—", f"{cost.process / 1e6:,.0f}" if cost.process else "—"]
        lines.append("| " + " | ".join([name, cost.where, f"{cost.seconds * 1000:.2f}", *room]) + " |")
    return lines


def needs(costs: dict[str, Cost], sizes: Sequence[int] = (10**7, 10**8)) -> list[str]:
    """What so many documents come to, as a Markdown table; the machine that gave the order works on one core."""
    there, here = (sum(c.seconds for c in costs.values() if c.where == where) for where in (WORKERS, HERE))
    rows = {
        "工作机，核·时": there / 3600,
        "工作机，一天做完要的核": there / DAY,
        "工作机，合并时的磁盘 GB": costs[JOINED].kept / 1e9,
        "调度机，合并时的内存 GB": costs[JOINED].scheduler / 1e9,
        "本机，小时（一个核）": here / 3600,
        "本机，比较同一事项时的内存 GB": costs[RELATED].kept / 1e9,
        "本机，汇总时的内存 GB": costs[GATHERED].kept / 1e9,
        "数据库，磁盘 GB": costs[STORED].kept / 1e9,
    }
    head = " | ".join(f"{size // 10**4:,} 万份" for size in sizes)
    lines = [f"| {name} | " + " | ".join(f"{each * size:,.0f}" for size in sizes) + " |" for name, each in rows.items()]
    return [f"| 需要 | {head} |", "|---" + "|---:" * len(sizes) + "|", *lines]
