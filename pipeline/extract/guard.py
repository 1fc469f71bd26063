"""Reading in a process that can be killed: a file that hangs, crashes or swallows all memory hurts no other."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.errors import UnreadableFile
from pipeline.extract import limits, scratch
from pipeline.extract.killing import kill, started
from pipeline.extract.wire import OUT_OF_MEMORY, Ask, Told, receive, send

_CODE = "from pipeline.extract.worker import main; main({seconds}, {memory}, {folder!r})"
_ROOT = str(Path(__file__).parents[2])
_TICK = 0.25


class Worker:
    """One worker process. `used` counts the files that it has read."""

    def __init__(self, profile: bytes) -> None:
        self.profile, self.used = profile, 0
        self._late, self._deadline, self._closed = False, float("inf"), threading.Event()
        self._folder, log = scratch.opened()
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder))
        path = os.pathsep.join(dict.fromkeys([_ROOT, *filter(None, sys.path)]))
        with log:
            code = _CODE.format(seconds=limits.SECONDS, memory=limits.MEMORY, folder=str(self._folder))
            command = [sys.executable, "-P", "-c", code]
            self._process = started(command, log, os.environ | places | {"PYTHONPATH": path})
        threading.Thread(target=self._watch, daemon=True).start()
        self._send(profile)

    def _send(self, message: Ask | bytes) -> None:
        """Write to the process; one that is gone shows itself on reading."""
        with suppress(OSError):
            send(cast(BinaryIO, self._process.stdin), message)

    def answers(self, ask: Ask) -> Iterator[Told]:
        """The steps of reading one file; raises UnreadableFile where the process had to be killed or broke down."""
        begun = time.monotonic()
        self._deadline = begun + limits.SECONDS + (0 if self.used else limits.START_SECONDS)
        self._send(ask)
        while (told := receive(cast(BinaryIO, self._process.stdout), Told)) is not None:
            begun = time.monotonic() if told.at else begun
            self._deadline = min(time.monotonic() + limits.SECONDS, begun + limits.TOTAL_SECONDS)
            if told.done:
                self._deadline, self.used = float("inf"), self.used + 1
            yield told
            if told.done:
                return
        raise self._end()

    def _watch(self) -> None:
        """Kill the process when its time is over."""
        while not self._closed.wait(_TICK):
            if time.monotonic() > self._deadline:
                self._late = True
                kill(self._process)
                return

    def _end(self) -> UnreadableFile:
        """Why the process is gone."""
        code, said = self._process.wait(), ""
        if self._late:
            return UnreadableFile(
                "读取超时", "文件可能过大、过于复杂或有害，请核实来源；确需处理的，另存为 .docx 或拆成小文件"
            )
        if code in {OUT_OF_MEMORY, -9}:
            return UnreadableFile("读取时占用内存过大", "文件可能过大或有害，请核实来源；确需处理的，拆成小文件后再试")
        with suppress(OSError):
            said = scratch.log_of(self._folder).read_text(encoding="utf-8", errors="replace")
        lines = said.split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "") if code == 1 else f"代码 {code}"
        return UnreadableFile(
            f"读取时程序中断（{said[:120]}）", "文件可能已损坏或有害；请用原来的程序打开，另存一份后再试"
        )

    def close(self) -> None:
        """End the process and remove what it left."""
        self._closed.set()
        kill(self._process)
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast(BinaryIO, stream).close()
        shutil.rmtree(self._folder, ignore_errors=True)
