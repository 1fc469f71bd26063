"""The worker process: reads one file at a time and may be killed at any moment."""

from __future__ import annotations

import faulthandler
import os
import pickle
import shutil
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from pipeline.extract import pulse
from pipeline.extract.stage import readings
from pipeline.extract.wire import OUT_OF_MEMORY, Ask, Told, receive, receive_bytes, send

_GRACE = 15


def main(seconds: int, memory: int, folder: str) -> None:
    """Answer requests until the parent is gone: first the profile, then files.

    A file that takes all memory ends the process with OUT_OF_MEMORY; a bug ends it with its traceback. A worker whose
    parent was killed ends by itself, at the latest when the time limit is over, and removes its `folder` of temporary
    files.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _confine(memory)
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the messages
    try:
        _answer(source, target, seconds)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        pass
    shutil.rmtree(folder, ignore_errors=True)


def _answer(source: BinaryIO, target: BinaryIO, seconds: int) -> None:
    data = receive_bytes(source)
    if data is None:
        return
    profile = pickle.loads(data)

    def tell(told: Told) -> None:
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)
        send(target, told)

    pulse.listen(lambda: tell(Told()))
    while (ask := receive(source, Ask)) is not None:
        tell(Told())
        for told in readings(ask, profile):
            tell(told)
        faulthandler.cancel_dump_traceback_later()


def _confine(memory: int) -> None:
    """Bound this process's memory and forbid core dumps, where the system can."""
    with suppress(ImportError):
        import resource

        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        for limit, size in ((kind, memory), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):
                resource.setrlimit(limit, (size, size))
