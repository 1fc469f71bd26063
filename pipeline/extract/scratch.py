"""Folders for temporary files that go even where a run was killed: the next run removes what has no owner."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import CallError

_PREFIX, _LOCK = "banli-tmp-", "log.txt"
_FRESH = 60
_OURS = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")


def opened() -> tuple[Path, BinaryIO]:
    """A new folder, and its log file: the folder has an owner as long as a process holds that file open.

    Raises CallError where the system's folder for temporary files cannot be written.
    """
    _sweep(Path(tempfile.gettempdir()))
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        log = (folder / _LOCK).open("wb")
        _lock(log, wait=True)
    except OSError as error:
        raise CallError(*full(error)) from error
    return folder, log


def full(error: OSError) -> tuple[str, str]:
    """Reason and hint where temporary files cannot be written."""
    reason = f"临时文件写不进磁盘（{tempfile.gettempdir()}）：{error.strerror or error}"
    return reason, "请清理磁盘，或用环境变量 TMPDIR 指定另一个文件夹后再试"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is removed at the end."""
    made, log = opened()
    try:
        with log:
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def log_of(place: Path) -> Path:
    """The log file of a folder."""
    return place / _LOCK


def _sweep(place: Path) -> None:
    """Remove the folders of this user whose owners are gone (killed, or the machine was switched off)."""
    if sys.platform == "win32":
        return
    for path in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            found = path.lstat()
            mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and _OURS.fullmatch(path.name)
            if mine and time.time() - found.st_mtime > _FRESH:
                with (path / _LOCK).open("rb") as log:
                    _lock(log, wait=False)
                    shutil.rmtree(path, ignore_errors=True)


def _lock(log: BinaryIO, wait: bool) -> None:
    """Lock an open file; raises OSError where another process has it and there is no waiting."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(log, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
