"""The stages that go item by item: what the store has not yet seen under the present fingerprint, batch by batch."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import CallError
from pipeline.profile import Profile
from pipeline.records import File, Route, Submission
from pipeline.run.job import Job, fingerprint, folder_digest, items
from pipeline.store.tables import chunks

if TYPE_CHECKING:
    from pipeline.route import Router

FILES_A_BATCH, TEXTS_A_BATCH = 16, 200


def extract(job: Job, parts: Mapping[str, Sequence[Path]]) -> int:
    """Read every new or changed file of the inbox, replies and history; returns how many were read."""
    from pipeline import extract as stage

    files, roster = _files(parts)
    made_by = fingerprint("extract", job.profile)
    job.store.set_roster(roster)
    pending = job.store.unread(files, made_by)
    job.progress.start("读取文件", len(pending))
    batches = list(chunks(pending, FILES_A_BATCH))
    for batch, found in zip(batches, job.engine(partial(stage.extract, profile=job.profile), batches), strict=True):
        job.store.add_files(batch, found, made_by)
        job.progress.advance(len(batch))
    return len(pending)


def _files(parts: Mapping[str, Sequence[Path]]) -> tuple[list[File], dict[str, str]]:
    """All files below the roots, each once; a file given twice belongs to the part named first."""
    from pipeline.extract import find_files

    files: dict[str, File] = {}
    roster: dict[str, str] = {}
    seen: set[str] = set()
    for part, roots in parts.items():
        for root in roots:
            if not root.exists():
                raise CallError(f"找不到 {root}", "检查路径是否写对；文件夹和文件都可以")
            for file in find_files(root):
                if os.path.realpath(file.path) in seen:
                    continue
                seen.add(os.path.realpath(file.path))
                named = _named_apart(file, files)
                files[named.source], roster[named.source] = named, part
    return list(files.values()), roster


def _named_apart(file: File, taken: Mapping[str, File]) -> File:
    """The file under a source that no other file of the run has (two folders may share a name)."""
    if file.source not in taken:
        return file
    return File(Path(file.path).resolve().as_posix(), file.path, file.digest)


def parse(job: Job) -> int:
    """Turn every new document into a submission, reply or speech; returns how many documents were parsed."""
    from pipeline import parse as stage

    made_by = fingerprint("parse", job.profile)
    pending = job.store.unparsed(made_by)
    job.progress.start("识别内容", len(pending))
    batches = list(chunks(pending, TEXTS_A_BATCH))
    for batch, found in zip(batches, job.engine(partial(stage.parse, profile=job.profile), batches), strict=True):
        job.store.add_parsed(batch, found, made_by)
        job.progress.advance(len(batch))
    return len(pending)


def route(job: Job, folder: Path) -> int:
    """Recommend units for every submission that the present router has not seen; returns how many."""
    made_by = fingerprint("route", job.profile) + folder_digest(folder)
    seen = {key for key, maker in job.store.made_by(Route).items() if maker == made_by}
    pending = [submission for submission in items(job.store) if submission.id not in seen]
    job.progress.start("推荐单位", len(pending))
    batches = list(chunks(pending, TEXTS_A_BATCH))
    routed = job.engine(partial(_route, profile=job.profile, folder=folder), batches)
    for batch, routes in zip(batches, routed, strict=True):
        job.store.add(routes, made_by)
        job.progress.advance(len(batch))
    return len(pending)


def _route(batch: Sequence[Submission], profile: Profile, folder: Path) -> list[Route]:
    return _router(profile.folder, profile.digest, folder).route(batch)


@lru_cache(maxsize=2)
def _router(profile_folder: Path, _digest: str, folder: Path) -> Router:
    """The router of a worker, built once."""
    from pipeline.profile import load
    from pipeline.route import Model, Router

    return Router(load(profile_folder), Model.load(folder) if folder.exists() else None)
