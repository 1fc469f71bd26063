"""Where the work is done: things shaped like the built-in `map`, so that results never depend on the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from pipeline.errors import CallError

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Anything shaped like `map` over one list; results come in the order of the items."""

    def __call__(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """The function's result for every item."""
        ...


def engine(name: str) -> Engine:
    """The engine of that name: `local`, or `processes:N` for N worker processes on this machine.

    Raises CallError for any other name.
    """
    kind, _, count = name.partition(":")
    if kind == "local" and not count:
        return map
    if kind == "processes" and count.isdigit() and int(count) > 0:
        return _processes(int(count))
    raise CallError(f"不认识的运行方式：{name}", "可用 local，或 processes:2（两个进程）")


def _processes(count: int) -> Engine:
    def run(function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        from joblib import Parallel, delayed

        parallel = Parallel(n_jobs=count, return_as="generator")
        return iter(parallel(delayed(function)(item) for item in items))

    return run
