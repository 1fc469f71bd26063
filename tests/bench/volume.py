"""Seconds and bytes a document of every stage on this machine, and what 10 and 100 million documents would need.

`python -m tests.bench.volume` prints the tables that docs/cluster.md quotes; every stage runs in a process of its own,
the near copies once in one process and once on a Dask cluster of two workers.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from pipeline.audit import Case, audited, pair, portions
from pipeline.engines import copies, engine, near_copies
from pipeline.extract import extract, find_files
from pipeline.extract.batch import _close_all
from pipeline.parse import parse
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Document, Failure, File, Reply, Submission
from pipeline.recur import matches
from pipeline.route import Router
from pipeline.store import Store
from tests.bench import matters
from tests.bench.copies import planted
from tests.bench.needs import EITHER, GATHERED, HERE, JOINED, RELATED, STORED, WORKERS, Cost, needs, table
from tests.engines.conftest import running

FILES = Path(__file__).parents[2] / "corpora" / "yunhe" / "files"
SECONDS = 5.0
FEW, MANY = 20_000, 60_000
FEWER, MORE = 4_000, 12_000


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


def _cases() -> list[Case]:
    """The county's letters with what they answer."""
    parsed = parse(documents(), profile())
    submissions = {item.id: item for item in parsed if isinstance(item, Submission)}
    replies = [item for item in parsed if isinstance(item, Reply)]
    paired = pair(replies, list(submissions.values()))
    return [
        Case(reply, submissions.get(found.submission_id or "")) for reply, found in zip(replies, paired, strict=True)
    ]


def surveying() -> Cost:
    """What the audit has to know of all letters at once."""
    cases = _cases()
    return Cost(repeated(lambda: sum(len(one.own) for one in portions(cases, profile(), 100))), 0, peak(), HERE)


def auditing() -> Cost:
    """What is then done letter by letter."""
    found = list(portions(_cases(), profile(), 100))
    return Cost(repeated(lambda: sum(len(audited(one, profile())) for one in found)), 0, peak())


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
        return Cost(seconds, path.stat().st_size / len(found), peak(), HERE)


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
        return Cost(seconds / len(kept[0]), (peak() - before) / len(kept[0]), 0, HERE)


def _near(number: int) -> tuple[float, int]:
    texts = planted(number, 0.05).texts
    before, start = peak(), spent()
    near_copies(map, texts)
    return spent() - start, max(peak() - before, 0)


def comparing() -> Cost:
    """Near copies among texts of 400 characters: what a text more adds, between two sizes."""
    (less, small), (more, large) = (apart(_near, size) for size in (FEW, MANY))
    return Cost((more - less) / (MANY - FEW), (large - small) / (MANY - FEW), 0, EITHER)


def relating() -> Cost:
    """The same matter in other words, near copies included."""
    (less, small), (more, large) = (apart(_related, size) for size in (FEWER, MORE))
    return Cost((more - less) / (MORE - FEWER), (large - small) / (MORE - FEWER), 0, HERE)


def _related(number: int) -> tuple[float, int]:
    submissions = matters.planted(number).submissions
    before, start = peak(), spent()
    matches(submissions)
    return spent() - start, max(peak() - before, 0)


def joining() -> Cost:
    """The same on a cluster: the workers' seconds, what the scheduler holds, and the keys that workers put on disk."""
    (less, small, _), (more, large, worker) = (apart(_joined, size) for size in (FEW, MANY))
    texts = planted(FEW, 0.05).texts
    keys = int(copies.keys((texts, 0)).memory_usage(index=False).sum()) / FEW
    return Cost((more - less) / (MANY - FEW), keys, worker, WORKERS, (large - small) / (MANY - FEW))


def _joined(number: int) -> tuple[float, float, float]:
    """Seconds of two workers, and the most memory of the scheduler and of a worker, in bytes."""
    texts = planted(number, 0.05).texts
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as dask:
        for _ in range(2):
            dask.worker()
        where = engine(dask.address)
        client = where.client  # type: ignore[attr-defined]
        client.wait_for_workers(2, timeout=60)
        near_copies(where, texts[:1000])  # what loading the program costs is no matter of size
        before = sum(client.run(time.process_time).values())
        near_copies(where, texts)
        seconds = sum(client.run(time.process_time).values()) - before
        usage = partial(resource.getrusage, resource.RUSAGE_SELF)
        scheduler, workers = client.run_on_scheduler(usage), client.run(usage).values()
        return seconds, scheduler.ru_maxrss * 1024, max(one.ru_maxrss for one in workers) * 1024


def apart(work: Callable[..., object], *arguments: object):  # type: ignore[no-untyped-def]  # whatever the work gives
    """The work's result, done in a fresh process, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


STAGES: dict[str, Callable[[], Cost]] = {
    "读取（Word、文字版 PDF）": reading,
    "识别": parsing,
    "推荐单位": routing,
    "审核答复：逐份": auditing,
    "审核答复：全部放在一起看的": surveying,
    STORED: storing,
    GATHERED: gathering,
    "近似重复（占内存）": comparing,
    JOINED: joining,
    RELATED: relating,
}
PARENTS = (comparing, joining, relating)
"""They start processes of their own."""


def main() -> int:
    costs: dict[str, Cost] = {}
    for name, stage in STAGES.items():
        costs[name] = stage() if stage in PARENTS else apart(stage)
        print(name, costs[name], file=sys.stderr, flush=True)
    print("\n".join([*table(costs), "", *needs(costs)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
