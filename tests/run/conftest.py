"""The demonstration county's files, run once for all tests that only read the result."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

FILES = Path(__file__).parents[2] / "corpora" / "yunhe" / "files"


@dataclass(frozen=True)
class Ran:
    """A finished run: its folder, its exit status and what it said."""

    folder: Path
    status: int
    said: str
    errors: str


def banli(*arguments: str, folder: Path) -> Ran:
    """Call the command line in a folder."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    return Ran(folder, done.returncode, done.stdout, done.stderr)


def whole_job(folder: Path, *more: str) -> Ran:
    """The office's whole job on the demonstration county."""
    inputs = (str(FILES / "收件2025"), "--replies", str(FILES / "答复2025"), "--history", str(FILES / "往年"))
    return banli("run", *inputs, "--out", "out", *more, folder=folder)


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return whole_job(tmp_path_factory.mktemp("run"))
