"""Every engine gives what `map` gives, in its order, and says in Chinese why it cannot."""

import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.engines import engine
from pipeline.errors import BanliError, CallError
from pipeline.profile import Profile
from pipeline.records import Document, Failure, File
from pipeline.run import Job, extract
from pipeline.store import Store


@pytest.mark.parametrize("name", ["local", "processes:2"])
def test_results_come_in_the_order_of_the_items(name: str) -> None:
    assert list(engine(name)(abs, range(-20, 0))) == list(range(20, 0, -1))


@pytest.mark.parametrize(
    "name", ["", "local:2", "processes", "processes:0", "processes:-1", "dask", "dask://", "dask://host", "spark://h:1"]
)
def test_an_engine_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(CallError, match="不认识的运行方式") as caught:
        engine(name)
    assert "dask://主机:端口" in caught.value.hint


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BanliError, match="distributed") as caught:
        engine("dask://127.0.0.1:8786")
    assert "banli[cluster]" in caught.value.hint


def elsewhere(function: Callable[[Any], Any], batches: Iterable[list[File]]) -> Iterator[Any]:
    """Workers where the office's folder is another one, with other files."""
    for batch in batches:
        yield function([replace(file, path=file.path.replace("/office/", "/worker/")) for file in batch])


@pytest.mark.parametrize(("there", "told"), [(None, "工作机读不到"), ("另外的字", "与本机不同")])
def test_a_file_that_workers_do_not_see_is_not_taken_for_read(
    profile: Profile, tmp_path: Path, there: str | None, told: str
) -> None:
    for place, text in (("office", "关于修路的建议"), ("worker", there)):
        (tmp_path / place / "收件").mkdir(parents=True)
        if text:
            (tmp_path / place / "收件" / "建议1.txt").write_text(text, encoding="utf-8")
    job = Job(Store(str(tmp_path / "banli.db")), profile, elsewhere)
    inbox = {"inbox": [tmp_path / "office" / "收件"]}
    with pytest.raises(BanliError, match=f"{told}.*建议1.txt") as caught:
        extract(job, inbox)
    assert "共享盘" in caught.value.hint
    assert job.store.count(Failure) == 0
    assert extract(replace(job, engine=map), inbox) == 1
    assert [d.text for d in job.store.all(Document)] == ["关于修路的建议"]


def test_a_file_that_nobody_can_read_is_a_failure(profile: Profile, tmp_path: Path) -> None:
    job = Job(Store(str(tmp_path / "banli.db")), profile)
    gone = tmp_path / "建议1.txt"
    gone.symlink_to(tmp_path / "nowhere.txt")
    extract(job, {"inbox": [tmp_path]}, [tmp_path / "banli.db"])
    assert [Path(failure.source).name for failure in job.store.all(Failure)] == ["建议1.txt"]


@pytest.fixture
def deaf() -> Callable[[], int]:
    """A port where somebody listens and never answers."""
    server = socket.create_server(("127.0.0.1", 0))
    yield server.getsockname()[1]
    server.close()


def test_no_scheduler_is_told_at_once(monkeypatch: pytest.MonkeyPatch, deaf: Any) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("pipeline.engines.cluster.CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    for name in (f"dask://127.0.0.1:{closed}", f"tcp://127.0.0.1:{deaf}", "dask://no-such-host.invalid:8786"):
        begin = time.monotonic()
        with pytest.raises(BanliError, match="连不上集群") as caught:
            engine(name)
        assert "dask scheduler" in caught.value.hint
        assert time.monotonic() - begin < 15, name
