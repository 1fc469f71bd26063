from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import batch, extract
from pipeline.extract.stage import readings
from pipeline.extract.wire import Ask, Told
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Document, Failure
from tests.extract import make

CASES = Path(__file__).parents[1] / "cases"
Read = Callable[..., list[Document | Failure]]


def cases(name: str) -> list[Any]:
    return json.loads((CASES / f"extract_{name}.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load(default_folder())


class Here:
    """A worker that is no process: a test can see into it, and a bug shows its traceback."""

    used = 0

    def __init__(self, profile: bytes) -> None:
        self.profile = profile

    def answers(self, ask: Ask) -> Iterator[Told]:
        return readings(ask, pickle.loads(self.profile))

    def close(self) -> None:
        pass


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads in this process."""
    monkeypatch.setattr(batch, "Worker", Here)
    monkeypatch.setattr(batch, "_idle", [])


@pytest.fixture
def read(tmp_path: Path, profile: Profile, here: None) -> Read:
    def reads(name: str, data: bytes | str) -> list[Document | Failure]:
        content = data.encode("utf-8") if isinstance(data, str) else data
        return extract([make.file(tmp_path, name, content)], profile)

    return reads


@pytest.fixture
def one(read: Read) -> Callable[..., Document]:
    def reads(name: str, data: bytes | str) -> Document:
        (found,) = read(name, data)
        assert isinstance(found, Document), found
        return found

    return reads


@pytest.fixture
def failed(read: Read) -> Callable[..., Failure]:
    def reads(name: str, data: bytes | str) -> Failure:
        (found,) = read(name, data)
        assert isinstance(found, Failure), found
        assert found.reason and found.hint and found.stage == "extract"
        return found

    return reads
