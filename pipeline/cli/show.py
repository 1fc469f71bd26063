"""What a run shows while it works and when it is done."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.profile import unfitted
from pipeline.report.results import Results


class Meter:
    """Progress bars on the terminal, and the time and memory of each stage."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        self._bars = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task: TaskID | None = None
        self.stages: list[tuple[str, int, float, float]] = []

    def __enter__(self) -> Meter:
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bars.stop()

    def start(self, stage: str, total: int) -> None:
        """Open the bar of a stage."""
        self._task = self._bars.add_task(stage, total=total) if total else None

    def advance(self, count: int) -> None:
        """Move the open bar."""
        if self._task is not None:
            self._bars.advance(self._task, count)

    def time(self, stage: str, step: Callable[[], int]) -> int:
        """Run a step and note its items, seconds and the peak memory (MB) so far."""
        begin = time.perf_counter()
        count = step()
        self.stages.append((stage, count, time.perf_counter() - begin, peak_memory()))
        return count


def peak_memory() -> float:
    """The peak resident memory of this process and its finished workers in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    scale = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) * scale / 1e6


def summary(found: Results, meter: Meter, written: list[Path], *, fresh: bool, given: Sequence[str]) -> None:
    """The closing tables of a run: counts, time by stage, paths, and which of the `given` columns no file has."""
    console = Console()
    table = Table(title="办理结果" if fresh else "没有新内容，结果未变", title_justify="left", show_header=False)
    for name, count in _counts(found.present()).items():
        table.add_row(name, str(count))
    console.print(table)
    total = sum(seconds for _, _, seconds, _ in meter.stages) or 1.0
    times = Table(title=f"用时 {total:.1f} 秒", title_justify="left")
    for name in ("环节", "新处理", "秒", "占比", "峰值内存 MB"):
        times.add_column(name, justify="left" if name == "环节" else "right")
    for name, count, seconds, memory in meter.stages:
        times.add_row(name, str(count), f"{seconds:.1f}", f"{seconds / total:.0%}", f"{memory:.0f}")
    console.print(times)
    for path in written:
        console.print(f"结果：{path}", soft_wrap=True, highlight=False)
    present = found.present().documents if given else ()
    heads = [r.text for document in present for r in document.removed if r.why.startswith("登记表")]
    for line in unfitted(given, [*heads, *(document.text for document in present if document.entry is None)]):
        console.print(line, soft_wrap=True, highlight=False)


def _counts(present: Results) -> dict[str, int]:
    gates = Counter(audit.verdict.gate for audit in present.audits)
    return {
        "文档": len(present.documents),
        "建议提案": len(present.submissions),
        "需人工研判": sum(route.needs_person for route in present.routes),
        "重复与相似（对）": len(present.matches),
        "一类问题（组）": len(present.themes),
        "答复": len(present.replies),
        "退回重写": gates["退回重写"],
        "补充": gates["补充"],
        "讲话、报告、通知": len(present.speeches),
        "未能处理": len(present.failures),
    }
