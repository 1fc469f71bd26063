"""Seconds and bytes a document of every stage on this machine, and what 10 and 100 million documents would need.

`python -m tests.bench.volume` prints the table that docs/cluster.md quotes; every stage runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.extract import extract, find_files
from pipeline.extract.batch import _close_all
from pipeline.parse import parse
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Document, Failure, File, Reply, Submission
from pipeline.recur.near import near_copies
from pipeline.route import Router
from pipeline.store import Store
from tests.bench.copies import planted

FILES = Path(__file__).parents[2] / "corpora" / "yunhe" / "files"
SECONDS = 5.0
FEW, MANY = 20_000, 60_000
DAY = 86_400


@dataclass(frozen=True)
class Cost:
    """What one document costs: seconds of one core, bytes that stay; and what a process needs whatever it does."""

    seconds: float
    kept: float
    process: float


def spent() -> float:
    """Seconds of a core that this process and its ended children have taken; other programs do not count."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def repeated(work: Callable[[], int], end: Callable[[], object] = list) -> float:
    """Seconds of a core a document: the work, which returns how many documents it did, over and over for a while."""
    work()
    done, begin, clock = 0, spent(), time.perf_counter()
    while time.perf_counter() - clock < SECONDS:
        done += work()
    end()
    return (spent() - begin) / done


@cache
def profile() -> Profile:
    return load(default_folder())


def peak() -> int:
    """The most memory that this process and its largest child have held, in bytes."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) * 1024


def documents(letters: bool = False) -> list[Document]:
    """The county's documents; of `letters` only those that are files of their own, no rows of registers."""
    files = [f for f in find_files(FILES) if Path(f.path).suffix in (".docx", ".pdf", ".txt") or not letters]
    return [item for item in extract(files, profile()) if isinstance(item, Document)]


def reading() -> Cost:
    """Word and PDF letters: with a text layer, no scans."""
    files = [f for f in find_files(FILES) if Path(f.path).suffix in (".docx", ".pdf") and "扫描" not in f.source]

    def work() -> int:
        return sum(isinstance(item, Document) for item in extract(files, profile()))

    return Cost(repeated(work, _close_all), 0, peak())  # what the reader took counts once it has ended


def parsing() -> Cost:
    found = documents()
    return Cost(repeated(lambda: len(parse(found, profile()) and found)), 0, peak())


def routing() -> Cost:
    submissions = [item for item in parse(documents(), profile()) if isinstance(item, Submission)]
    router = Router(profile())
    return Cost(repeated(lambda: len(router.route(submissions))), 0, peak())


def auditing() -> Cost:
    from pipeline.audit import Case, audit

    replies = [item for item in parse(documents(), profile()) if isinstance(item, Reply)]
    return Cost(repeated(lambda: len(audit([Case(reply, None) for reply in replies], profile()))), 0, peak())


def storing() -> Cost:
    """The embedded database with documents, what they turned out to be, and routes."""
    found = documents()
    parsed = [item for item in parse(found, profile()) if not isinstance(item, Failure)]
    routes = Router(profile()).route([item for item in parsed if isinstance(item, Submission)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "banli.db")
        store = Store(str(path))
        files = find_files(FILES)

        def work() -> int:
            store.add_files(files, found, "v")
            store.add_parsed(found, parsed, "v")
            store.add(routes, "v")
            return len(found)

        seconds = repeated(work)
        store.close()
        return Cost(seconds, path.stat().st_size / len(found), peak())


def gathering() -> Cost:
    """All rows in memory at once, as the reports have them: what they take with the county's documents many times."""
    found = documents()
    parsed = [item for item in parse(found, profile()) if isinstance(item, Submission | Reply)]
    times = 100
    with tempfile.TemporaryDirectory() as folder:
        store = Store(str(Path(folder, "banli.db")))
        files = find_files(FILES)
        for n in range(times):
            named = [File(f"{n}/{f.source}", f.path, f.digest) for f in files]
            moved = [replace(d, id=f"{n}-{d.id}", source=f"{n}/{d.source}") for d in found]
            store.add_files(named, moved, "v")
            store.add([replace(p, id=f"{n}-{p.id}", document_id=f"{n}-{p.document_id}") for p in parsed], "v")
        before, start = peak(), spent()
        kept = [store.all(kind) for kind in (Document, Submission, Reply)]
        seconds = spent() - start
        store.close()
        return Cost(seconds / len(kept[0]), (peak() - before) / len(kept[0]), 0)


def _near(number: int) -> tuple[float, int]:
    texts = planted(number, 0.05).texts
    before, start = peak(), spent()
    near_copies(texts)
    return spent() - start, max(peak() - before, 0)


def comparing() -> Cost:
    """Near copies among texts of 400 characters: what a text more adds, between two sizes."""
    (less, small), (more, large) = (apart(_near, size) for size in (FEW, MANY))
    return Cost((more - less) / (MANY - FEW), (large - small) / (MANY - FEW), 0)


def apart(work: Callable[..., object], *arguments: object):  # type: ignore[no-untyped-def]  # whatever the work gives
    """The work's result, done in a fresh process, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


STAGES: dict[str, Callable[[], Cost]] = {
    "读取（Word、文字版 PDF）": reading,
    "识别": parsing,
    "推荐单位": routing,
    "审核答复": auditing,
    "存储（SQLite，磁盘）": storing,
    "汇总（内存）": gathering,
    "近似重复（内存）": comparing,
}


def table(costs: dict[str, Cost], sizes: Sequence[int] = (10**7, 10**8)) -> list[str]:
    """A Markdown table: the measured constants, and what they come to."""
    wanted = [f"{size // 10**4:,} 万份：{unit}" for unit in ("核·时", "GB") for size in sizes]
    head = ["阶段", "毫秒／份", "占用字节／份", "进程内存 MB", *wanted]
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    for name, cost in costs.items():
        hours = [f"{cost.seconds * size / 3600:,.0f}" for size in sizes]
        room = [f"{cost.kept * size / 1e9:,.0f}" if cost.kept else "—" for size in sizes]
        kept = f"{cost.kept:,.0f}" if cost.kept else "—"
        process = f"{cost.process / 1e6:,.0f}" if cost.process else "—"
        cells = [name, f"{cost.seconds * 1000:.2f}", kept, process, *hours, *room]
        lines.append("| " + " | ".join(cells) + " |")
    total = sum(cost.seconds for cost in costs.values())
    cores = "、".join(f"{size // 10**4:,} 万份 {total * size / DAY:,.0f} 个核" for size in sizes)
    return [*lines, "", f"合计每份 {total * 1000:.1f} 毫秒；一天做完需要：{cores}。"]


def main() -> int:
    costs: dict[str, Cost] = {}
    for name, stage in STAGES.items():
        costs[name] = stage() if stage is comparing else apart(stage)
        print(name, costs[name], file=sys.stderr, flush=True)
    print("\n".join(table(costs)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
