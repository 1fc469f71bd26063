"""Where the work is done: things shaped like the built-in `map`, so that results never depend on the engine."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from pipeline.errors import CallError

if TYPE_CHECKING:
    from pipeline.engines.cluster import Cluster

A = TypeVar("A")
B = TypeVar("B")

_ADDRESS = re.compile(r"(dask|tcp|tls)://(\S+:\d+)")


class Engine(Protocol):
    """Anything shaped like `map` over one list; results come in the order of the items."""

    def __call__(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """The function's result for every item."""
        ...


def engine(name: str) -> Engine:
    """The engine of that name: `local`, `processes:N` on this machine, or `dask://HOST:PORT`, an existing cluster.

    Raises CallError for any other name, BanliError where the cluster does not answer.
    """
    kind, _, count = name.partition(":")
    if kind == "local" and not count:
        return map
    if kind == "processes" and count.isdigit() and int(count) > 0:
        return _processes(int(count))
    if address := _ADDRESS.fullmatch(name):
        from pipeline.engines.cluster import Cluster

        return Cluster(address[1].replace("dask", "tcp") + "://" + address[2])
    raise CallError(f"不认识的运行方式：{name}", "可用 local、processes:2（两个进程）或 dask://主机:端口（已有的集群）")


def near_copies(where: Engine, texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """What `recur.near.near_copies` finds: on a cluster by joining data frames there, else in this process."""
    if hasattr(where, "frame"):
        from pipeline.engines import copies

        return copies.near_copies(cast("Cluster", where), texts)
    from pipeline.recur import near

    return near.near_copies(texts)


def _processes(count: int) -> Engine:
    def run(function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        from joblib import Parallel, delayed

        # a worker that has grown too large is replaced between two jobs; nothing is lost
        warnings.filterwarnings("ignore", "A worker stopped while", UserWarning)
        parallel = Parallel(n_jobs=count, return_as="generator")
        return iter(parallel(delayed(function)(item) for item in items))

    return run
