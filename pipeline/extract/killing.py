"""Child processes that can be ended together with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import BinaryIO, TypeAlias

Process: TypeAlias = "subprocess.Popen[bytes]"


def started(command: Sequence[str], log: BinaryIO | None = None, env: Mapping[str, str] | None = None) -> Process:
    """A process in a group of its own; with a `log` for its complaints it has pipes, without one it is mute."""
    pipe = subprocess.PIPE if log else subprocess.DEVNULL
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log or pipe, env=env, creationflags=flags)
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log or pipe, env=env, start_new_session=True)


def kill(process: Process) -> None:
    """End a process that was `started`, and its children."""
    with suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()
    process.wait()


def confined(process: Process, memory: int) -> None:
    """Bound the memory of a process that has just been started and of its children to come (Linux only)."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (memory, memory))
