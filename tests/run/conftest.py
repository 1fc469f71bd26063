"""The demonstration county's files, run once for all tests that only read the result."""

import shutil
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


def job(files: Path = FILES) -> tuple[str, ...]:
    """The arguments for the office's whole job on the demonstration county, or on a part of its files."""
    inputs = (str(files / "收件2025"), "--replies", str(files / "答复2025"), "--history", str(files / "往年"))
    return ("run", *inputs, "--out", "out")


def whole_job(folder: Path) -> Ran:
    """The office's whole job on the demonstration county."""
    return banli(*job(), folder=folder)


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return whole_job(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sixth of the county's files, for jobs that are done again and again."""
    folder = tmp_path_factory.mktemp("few")
    for path in sorted(path for path in FILES.rglob("*") if path.is_file())[::6]:
        place = folder / path.relative_to(FILES)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    return folder


@pytest.fixture(scope="session")
def ran_few(few: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return banli(*job(few), folder=tmp_path_factory.mktemp("run"))
