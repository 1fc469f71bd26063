"""A real Dask cluster on this machine: a scheduler and two workers, each a process of its own that a test may kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STARTED_WITHIN = 30


@dataclass
class Dask:
    """A scheduler with workers; `address` is what --engine takes."""

    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, program: str, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *arguments]
        with (self.folder / "log.txt").open("ab") as log:
            environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings
            process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(process)
        return process

    def scheduler(self, **settings: str) -> subprocess.Popen[bytes]:
        place = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", "scheduler.json")
        return self.start("dask_scheduler", *place, **settings)

    def worker(self) -> subprocess.Popen[bytes]:
        self.tcp()
        place = ("--scheduler-file", "scheduler.json", "--local-directory", str(self.folder))
        return self.start("dask_worker", *place, "--nthreads", "1")

    def tcp(self) -> str:
        file, deadline = self.folder / "scheduler.json", time.monotonic() + STARTED_WITHIN
        while not (file.exists() and file.read_text().rstrip().endswith("}")):  # the scheduler may be writing it
            assert time.monotonic() < deadline, (self.folder / "log.txt").read_text()
            time.sleep(0.1)
        return str(json.loads(file.read_text())["address"])

    @property
    def address(self) -> str:
        return self.tcp().replace("tcp", "dask")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started, at once, as when the power fails."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Dask]:
    """A scheduler that ends, with all its workers, when the block does."""
    pytest.importorskip("distributed")
    found = Dask(folder)
    found.scheduler(**settings)
    try:
        yield found
    finally:
        for process in found.running:
            found.kill(process)


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    with running(tmp_path) as found:
        yield found
