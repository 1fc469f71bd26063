"""The sign of life of a long reading: a reader that works page by page says so, and is not taken for stuck."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def beat() -> None:
    """Say that one more page or member is done (see `limits.SECONDS`); costs nothing where nobody listens."""
    for listener in _listeners:
        listener()


def listen(listener: Callable[[], None]) -> None:
    """Call the listener at every beat of this process."""
    _listeners.append(listener)
