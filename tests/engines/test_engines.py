"""Every engine gives what `map` gives, in its order, and says in Chinese why it cannot."""

import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.engines import engine
from pipeline.errors import BanliError, CallError


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
