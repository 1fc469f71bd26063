"""A job on a real scheduler with two workers gives the rows of a local job, whoever dies on the way."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline import run as stages
from pipeline.engines import Engine, cluster, engine, near_copies
from pipeline.errors import BanliError
from pipeline.profile import Profile
from pipeline.records import Audit, Document, Failure, Match, Pair, Reply, Route, Speech, Submission, Theme
from pipeline.store import Store
from tests.bench.copies import planted
from tests.engines.conftest import ROOT, Dask, running

pytestmark = pytest.mark.slow

FILES = ROOT / "corpora" / "yunhe" / "files"
KINDS = (Document, Failure, Submission, Reply, Speech, Route, Match, Theme, Pair, Audit)
LONGEST = 120


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """A test that waits for ever fails."""

    def ring(*_: object) -> None:
        raise AssertionError(f"no end after {LONGEST} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


class Watched:
    """Progress that does something once, after so many batches."""

    def __init__(self, act: Callable[[], object], after: int) -> None:
        self.act, self.left, self.acted = act, after, False

    def start(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        self.left -= 1
        if self.left == 0:
            self.act()
            self.acted = True


def job(folder: Path, profile: Profile, where: Engine, progress: Any = None) -> dict[str, list[Any]]:
    """All stages over some of the county's files: their rows, by kind."""
    store = Store(str(folder / "banli.db"))
    work = stages.Job(store, profile, where, progress or Watched(list, 0))
    inbox, replies = (sorted((FILES / name).glob("*00*")) for name in ("收件2025", "答复2025"))
    history = [FILES / "往年" / "2024年建议办理登记表.xlsx"]
    stages.extract(work, {"inbox": inbox, "replies": [*replies, FILES / "讲话"], "history": history})
    stages.parse(work)
    stages.route(work, folder / "none.model")
    stages.recur(work)
    stages.audit(work)
    rows = {kind.__name__: store.all(kind) for kind in KINDS}
    store.close()
    return rows


@pytest.fixture(scope="module")
def local(profile: Profile, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    rows = job(tmp_path_factory.mktemp("local"), profile, map)
    assert all(rows[kind.__name__] for kind in KINDS if kind is not Failure)
    return rows


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.items.FILES_A_BATCH", 4)
    monkeypatch.setattr("pipeline.run.items.TEXTS_A_BATCH", 40)
    monkeypatch.setattr("pipeline.run.sets.LETTERS_A_BATCH", 20)
    monkeypatch.setattr("pipeline.engines.copies.TEXTS_A_PART", 150)
    monkeypatch.setattr("pipeline.engines.copies.PAIRS_A_PART", 5)


def slept(seconds: float, item: int) -> int:
    time.sleep(seconds)
    return -item


def killed(folder: str, deaths: int, item: int) -> int:
    """The worker dies of item 3, so many times."""
    if item == 3:
        for death in range(deaths):
            mark = Path(folder, f"death{death}")
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
    return -item


def raised(item: int) -> int:
    raise BanliError("坏了", f"修{item}")


class Absent:
    """What no worker can load."""

    def __reduce__(self) -> Any:
        return __import__, ("no_such_module_here",)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A cluster where nobody dies."""
    with running(tmp_path_factory.mktemp("dask")) as found:
        two_workers(found)
        yield engine(found.address)


def two_workers(dask: Dask) -> list[subprocess.Popen[bytes]]:
    return [dask.worker(), dask.worker()]


@pytest.mark.usefixtures("small_batches")
def test_a_machine_that_dies_in_the_middle_loses_nothing(
    dask: Dask, local: dict[str, list[Any]], profile: Profile, tmp_path: Path
) -> None:
    first, _ = two_workers(dask)
    where = engine(dask.address)
    where.client.wait_for_workers(2, timeout=20)  # type: ignore[attr-defined]
    progress = Watched(lambda: dask.kill(first), after=4)
    assert job(tmp_path, profile, where, progress) == local
    assert progress.acted


@pytest.mark.usefixtures("small_batches")
def test_processes_give_the_rows_of_a_local_job(local: dict[str, list[Any]], profile: Profile, tmp_path: Path) -> None:
    assert job(tmp_path, profile, engine("processes:2")) == local


def test_near_copies_are_those_of_one_machine_though_one_dies(dask: Dask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engines.copies.TEXTS_A_PART", 300)
    texts = planted(1500, 0.2).texts
    first, _ = two_workers(dask)
    where = engine(dask.address)
    where.client.wait_for_workers(2, timeout=20)  # type: ignore[attr-defined]
    dying = threading.Timer(2, dask.kill, [first])  # the join takes 4 s
    dying.start()
    found = near_copies(where, texts)
    assert not dying.is_alive()
    assert len(found) > 200
    assert found == near_copies(map, texts)
    assert near_copies(where, []) == near_copies(where, ["一份", "另一份"]) == []


def test_a_killed_worker_process_is_started_again_and_its_batch_done_again(dask: Dask) -> None:
    two_workers(dask)
    work = partial(killed, str(dask.folder), 1)
    assert list(engine(dask.address)(work, range(30))) == [-n for n in range(30)]
    assert (dask.folder / "death0").exists()


def test_two_jobs_follow_one_another_and_many_small_items_are_batched(calm: Engine) -> None:
    assert list(calm(abs, range(-500, 0))) == list(range(500, 0, -1))
    assert list(calm(abs, [])) == []
    assert list(calm(str, range(3))) == ["0", "1", "2"]


def test_what_kills_every_worker_ends_the_job_with_a_reason(tmp_path: Path) -> None:
    with running(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as dask:
        two_workers(dask)
        with pytest.raises(BanliError, match="多个工作进程被杀") as caught:
            list(engine(dask.address)(partial(killed, str(dask.folder), 99), range(10)))
    assert "内存" in caught.value.hint


def test_an_error_of_a_worker_arrives_as_it_is(calm: Engine) -> None:
    with pytest.raises(BanliError, match="坏了") as caught:
        list(calm(raised, [7]))
    assert caught.value.hint == "修7"


def test_workers_without_the_program_or_with_another_version_are_refused(
    calm: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BanliError, match="no_such_module_here") as caught:
        list(calm(str, [Absent()]))
    assert "同一版本" in caught.value.hint
    monkeypatch.setattr(cluster, "__version__", "9.9")
    with pytest.raises(BanliError, match=r"本机是 9\.9"):
        list(calm(str, [1]))


def test_a_scheduler_that_dies_ends_the_job(dask: Dask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 3)
    two_workers(dask)
    where = engine(dask.address)
    threading.Timer(2, dask.kill, [dask.running[0]]).start()
    with pytest.raises(BanliError, match="连接中断"):
        list(where(partial(slept, 0.3), range(100)))
    with pytest.raises(BanliError, match="连接中断"):
        near_copies(where, ["一份", "另一份"])


def test_a_cluster_without_workers_ends_the_job(dask: Dask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
    monkeypatch.setattr(cluster, "DESERTED_SECONDS", 3)
    where = engine(dask.address)
    with pytest.raises(BanliError, match="没有工作进程") as caught:
        list(where(str, range(3)))
    assert "dask worker" in caught.value.hint
    worker = dask.worker()
    threading.Timer(4, dask.kill, [worker]).start()
    where.client.wait_for_workers(1, timeout=20)  # type: ignore[attr-defined]
    with pytest.raises(BanliError, match="没有工作进程"):
        list(where(partial(slept, 0.3), range(200)))
