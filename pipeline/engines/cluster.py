"""The engine on an existing Dask cluster: the same joblib calls, on joblib's Dask backend."""

from __future__ import annotations

import asyncio
import atexit
import logging
import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from importlib import import_module
from typing import Any, TypeVar, cast

from joblib import Parallel, delayed, parallel_config
from joblib._dask import DaskDistributedBackend

from pipeline import __version__
from pipeline.errors import BanliError

A = TypeVar("A")
B = TypeVar("B")

CONNECT_SECONDS = 10
"""Seconds that a scheduler, and then its first worker, may take to answer: a cluster in another building needs 1."""

DESERTED_SECONDS = 60
"""Seconds that a job waits for a worker when all are gone: a nanny starts a killed one again within 5."""

_LOST = BanliError("与集群的连接中断", "确认 dask scheduler 仍在运行；再运行一次，从中断处继续")
_DESERTED = BanliError("集群里没有工作进程", "在各台机器上启动 dask worker；再运行一次，从中断处继续")


class Cluster:
    """An existing Dask cluster; `client` is its distributed.Client, not the default one of this process.

    A batch whose worker dies is done again by another one. Raises BanliError where scheduler or workers do not answer.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise BanliError("在集群上运行还缺少程序 distributed", "先安装：pip install 'banli[cluster]'") from error
        for name in ("distributed.client", "distributed.core", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said once, as a BanliError
        try:
            asyncio.run(_answer(distributed, address))
            self.client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:  # a TimeoutError is an OSError
            raise BanliError(
                f"连不上集群 {address}", "核对主机和端口，确认 dask scheduler 已启动、防火墙已放行"
            ) from error
        atexit.register(self.client.close)

    def __call__(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """The function's result for every item; the function with all that it holds is sent once.

        Both travel as bytes, which the scheduler hands on as they are.
        """
        shared = self._sent(function)
        with parallel_config(backend=_Backend(client=self.client, wait_for_workers_timeout=CONNECT_SECONDS)):
            parallel = Parallel(n_jobs=-1, return_as="generator")
        return iter(parallel(delayed(_done)(shared, pickle.dumps(item)) for item in items))

    def frame(self, plan: Callable[[list[Any]], Any], function: Callable[[A], Any], items: Iterable[A]) -> Any:
        """A data frame as `plan` makes it from one data frame an item, each made by a worker with the function.

        Every part is a task, which can be done again: data that is only sent to a worker dies with it.
        """
        settings = {"dataframe.shuffle.method": "p2p", "distributed.admin.large-graph-warning-threshold": "1TB"}
        with import_module("dask").config.set(settings):
            shared = self._sent(function)
            parts = [self._open.submit(_done, shared, pickle.dumps(item), pure=False) for item in items]
            planned = plan(parts)
            return self._result(self._open.compute(planned))

    @property
    def _open(self) -> Any:
        """The client; BanliError where the connection has ended."""
        if self.client.status == "closed":
            raise _LOST
        return self.client

    def _sent(self, function: Callable[[Any], Any]) -> Any:
        return self._open.submit(_received, pickle.dumps((function, __version__)), pure=False)

    def _result(self, future: Any) -> Any:
        """What a future comes to hold; BanliError where scheduler or workers are gone for good."""
        seen = time.monotonic()
        while not future.done():
            time.sleep(0.2)
            seen = time.monotonic() if self._open.sync(_peopled, self.client) else seen
            if time.monotonic() - seen > DESERTED_SECONDS:
                raise _DESERTED
        if future.cancelled():
            raise _LOST
        if error := future.exception():
            raise _told(error) from error
        return future.result()


async def _answer(distributed: Any, address: str) -> None:
    """Raise OSError or ValueError where no scheduler answers; a Client would wait for ever for one that is deaf."""
    secured = distributed.Security().get_connection_args("client")  # the certificates of Dask's own settings
    async with asyncio.timeout(CONNECT_SECONDS), distributed.rpc(address, connection_args=secured) as scheduler:
        if (await scheduler.identity())["type"] != "Scheduler":
            raise ValueError("no scheduler")


def _received(data: bytes) -> Callable[[Any], Any]:
    """The function, on a worker; it stays there for all items."""
    function, version = pickle.loads(data)
    if version != __version__:
        raise BanliError(f"工作进程上的 banli 是 {__version__}，本机是 {version}", "所有机器安装同一版本后再运行")
    return cast(Callable[[Any], Any], function)


def _done(function: Callable[[Any], Any], item: bytes) -> Any:
    """What a worker does for one item."""
    return function(pickle.loads(item))


class _Backend(DaskDistributedBackend):  # type: ignore[misc]
    """joblib's Dask backend that never waits for what will not come.

    joblib's own (1.6) waits for ever where no worker could finish a task and where scheduler or all workers are gone.
    """

    open: set[Future[Any]]

    def effective_n_jobs(self, n_jobs: int) -> int:
        try:
            return max(2, int(super().effective_n_jobs(n_jobs)))  # one would make joblib do the work on this machine
        except TimeoutError:
            raise _DESERTED from None
        except (OSError, CancelledError, asyncio.CancelledError):
            raise _LOST from None

    def submit(self, func: Any, callback: Callable[[object], None]) -> Future[Any]:
        future: Future[Any] = super().submit(func, callback)
        self.open = {*(f for f in self.open if not f.done()), future}
        future.add_done_callback(lambda ended: callback(ended.exception()) if ended.exception() else None)
        return future

    def start_call(self) -> None:
        self.open = set()
        super().start_call()
        self.client.loop.add_callback(self.watch)

    async def watch(self) -> None:
        """End the job when scheduler or workers are gone for good."""
        seen = time.monotonic()
        while self._continue and self.client.status != "closed" and time.monotonic() - seen < DESERTED_SECONDS:
            await asyncio.sleep(1)
            seen = time.monotonic() if await _peopled(self.client) else seen
        while self._continue:
            for future in [f for f in self.open if not f.done()]:
                future.set_exception(_LOST if self.client.status == "closed" else _DESERTED)
            await asyncio.sleep(1)

    def retrieve_result_callback(self, out: object) -> Any:
        if isinstance(out, BaseException):
            raise _told(out) from out
        return super().retrieve_result_callback(out)


async def _peopled(client: Any) -> bool:
    """Whether the scheduler answers and has a worker."""
    try:
        return bool(await client.scheduler.ncores())
    except (OSError, AttributeError):  # the connection is gone, or the client closed
        return False


def _told(error: BaseException) -> BanliError:
    """Why no worker could finish a task: the scheduler went, they died of it (memory), or cannot load the program."""
    if isinstance(error, BanliError):
        return error
    if isinstance(error, CancelledError | asyncio.CancelledError):
        return _LOST
    if type(error).__name__ == "KilledWorker":
        return BanliError("处理同一批时多个工作进程被杀", "多半是内存不够：减少每台机器的工作进程，或加大内存后再运行")
    return BanliError(
        f"集群不能运行 banli：{error.__cause__ or error}", "所有机器（含调度机）安装同一版本的 Python 和 banli 后再运行"
    )
