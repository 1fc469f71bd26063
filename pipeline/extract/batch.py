"""STAGE 1 over a batch: every file read by a worker process, old formats converted together."""

from __future__ import annotations

import atexit
import os
import pickle
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import lru_cache

from pipeline.errors import UnreadableFile
from pipeline.extract import limits, office
from pipeline.extract.guard import Worker
from pipeline.extract.wire import Ask, Old
from pipeline.profile import Profile
from pipeline.records import Document, Failure, File

Found = list[Document | Failure | Old]

_idle: list[Worker] = []


def extract(files: Sequence[File], profile: Profile) -> list[Document | Failure]:
    """The documents of files, in order; a file that cannot be read gives one Failure and hurts no other.

    Register rows, members of an archive and several texts of one file give a document each (R-ING-01 to R-ING-10).
    Files are read in a process of their own, under `limits`; it stays for the next batch.
    """
    reader = _Reader(_pickled(profile))
    with ExitStack() as undo:
        undo.callback(reader.stop)
        found = [item for file in files for item in reader.read(Ask(file))]
        words = office.converted({old.file.source: (old.suffix, old.data) for old in found if isinstance(old, Old)})
        made: list[Document | Failure] = []
        for item in found:
            if isinstance(item, Old):
                made += reader.converted(item, words.get(item.file.source))
            else:
                made.append(item)
        undo.pop_all()
    reader.rest()
    return made


@lru_cache(maxsize=2)
def _pickled(profile: Profile) -> bytes:
    """The profile as a worker gets it; pickling takes 7 ms, as long as reading three letters."""
    return pickle.dumps(profile)


class _Reader:
    """The use of a worker, replaced when a file costs its life."""

    def __init__(self, profile: bytes) -> None:
        self._profile = profile
        self._worker: Worker | None = None

    def read(self, ask: Ask) -> Found:
        """All that a file gives. A member of an archive that cannot be read costs only itself."""
        found: Found = []
        killed = 0
        while True:
            worker, at = self._ready(), ""
            try:
                for told in worker.answers(ask):
                    at = told.at
                    found += told.items
                    ask = replace(ask, skip=ask.skip + (1 if told.items else 0))
                return found
            except UnreadableFile as error:
                self.stop()
                if worker.used and not error.reason.startswith("读取超时"):
                    continue  # it may be what an earlier file left behind
                found.append(Failure(at or ask.file.source, "extract", error.reason, error.hint))
                killed += 1
                if not at or killed >= limits.KILLED:
                    return found
                ask = replace(ask, skip=ask.skip + 1)

    def converted(self, old: Old, words: bytes | None) -> list[Document | Failure]:
        """What a file gives that had to be converted; without its words the reason why."""
        if words is None:
            error = office.unconverted(old.suffix)
            return [Failure(old.file.source, "extract", error.reason, error.hint)]
        return [item for item in self.read(Ask(old.file, words)) if not isinstance(item, Old)]

    def _ready(self) -> Worker:
        if self._worker is None:
            self._worker = _taken(self._profile)
        return self._worker

    def stop(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
        self._worker = None

    def rest(self) -> None:
        """Keep the worker for the next batch."""
        if self._worker is not None:
            _idle.append(self._worker)


def _taken(profile: bytes) -> Worker:
    """An idle worker with that profile, else a new one."""
    while _idle:
        worker = _idle.pop()
        if worker.profile == profile:
            return worker
        worker.close()
    return Worker(profile)


def _close_all() -> None:
    while _idle:
        _idle.pop().close()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)
