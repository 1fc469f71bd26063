"""What every stage works with, and the fingerprint that tells stored rows from stale ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipeline.engines import Engine
from pipeline.profile import Profile
from pipeline.records import Submission
from pipeline.store import Store

PACKAGE = Path(__file__).parents[1]
FLOORS = ("records", "text.py", "grams.py", "figures", "profile", "mentions", "kinds.py", "due.py")
STAGES = ("extract", "parse", "route", "recur", "audit")


class Progress(Protocol):
    """What long work tells of itself."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins with so many items to do."""

    def advance(self, count: int) -> None:
        """So many items more are done."""


class Silent:
    """Progress that nobody watches."""

    def start(self, stage: str, total: int) -> None:
        """Say nothing."""

    def advance(self, count: int) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every stage works with."""

    store: Store
    profile: Profile
    engine: Engine = map
    progress: Progress = field(default_factory=Silent)


def fingerprint(stage: str, profile: Profile) -> str:
    """What makes the rows of a stage: its code, the code below it, the profile, and the stages before it."""
    digest = hashlib.sha256(profile.digest.encode())
    for name in (*FLOORS, *STAGES[: STAGES.index(stage) + 1]):
        path = PACKAGE / name
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path] * path.is_file():
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def set_state(stage: str, profile: Profile, items: Iterable[str]) -> str:
    """The state of a stage that works on the whole set: what does it, and on what."""
    digest = hashlib.sha256(fingerprint(stage, profile).encode())
    for item in sorted(items):
        digest.update(item.encode())
    return digest.hexdigest()[:16]


def folder_digest(folder: Path) -> str:
    """The fingerprint of the trained model in a folder; empty where there is none."""
    files = sorted(path for path in folder.glob("*") if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    return digest.hexdigest()[:8] if files else ""


def items(store: Store) -> list[Submission]:
    """The submissions of the store, one record an item; what the files of the present run say stands."""
    from pipeline.parse.merge import merge

    found, parts = store.all(Submission), store.parts()
    return merge(
        (record for record in found if record.document_id in parts),
        (record for record in found if record.document_id not in parts),
    )
