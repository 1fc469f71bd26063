"""The stages that go item by item: what the store has not yet seen under the present fingerprint, batch by batch."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline.errors import BanliError, CallError
from pipeline.profile import Profile
from pipeline.records import Decision, Document, Failure, File, Kind, Receipt, Route, Submission
from pipeline.run.job import Job, fingerprint, folder_digest, items
from pipeline.store import Store
from pipeline.store.tables import chunks, key_of

if TYPE_CHECKING:
    from pipeline.route import Router

FILES_A_BATCH, TEXTS_A_BATCH = 16, 200
LONGEST_SOURCE = 1500
"""Bytes; behind it come members of archives, sheets and rows. A path of 300 Chinese characters has 900."""


def extract(job: Job, parts: Mapping[str, Sequence[Path]], own: Sequence[Path] = ()) -> int:
    """Read every new or changed file of the inbox, replies and history; returns how many were read.

    `own` names the program's own folders and files (results, store), which are no input where they lie in the inbox.
    """
    files, roster = _files(parts, [path.resolve() for path in own])
    made_by = fingerprint("extract", job.profile)
    job.store.set_roster(roster)
    pending = job.store.unread(files, made_by)
    job.progress.start("读取文件", len(pending))
    batches = list(chunks(pending, FILES_A_BATCH))
    for batch, (found, sizes) in zip(batches, job.engine(partial(_read, profile=job.profile), batches), strict=True):
        _seen_alike(batch, sizes)
        job.store.add_files(batch, found, made_by)
        job.progress.advance(len(batch))
    return len(pending)


def _read(batch: Sequence[File], profile: Profile) -> tuple[list[Document | Failure], list[int]]:
    """What a batch of files gives, and the size of each where the work is done."""
    from pipeline.extract import extract as read

    return read(batch, profile), [_size(file.path) for file in batch]


def _seen_alike(batch: Sequence[File], sizes: Sequence[int]) -> None:
    """Raise BanliError where a worker did not see the file that lies here: its failure must not count as a reading."""
    from pipeline.extract import find_files

    for file, size in zip(batch, sizes, strict=True):
        if size != _size(file.path) and any(now.digest == file.digest for now in find_files(Path(file.path))):
            fault = "工作机读不到 " if size < 0 else "工作机上的文件与本机不同："
            remedy = "把文件放到共享盘上，让所有机器按同一路径、有权限地读到；再运行一次，从中断处继续"
            raise BanliError(fault + file.path, remedy)


def _size(path: str) -> int:
    """The size of a file in bytes; -1 where it cannot be read."""
    return Path(path).stat().st_size if os.access(path, os.R_OK) else -1


def _files(parts: Mapping[str, Sequence[Path]], own: Sequence[Path]) -> tuple[list[File], dict[str, str]]:
    """All files below the roots, each once and none of our own; a file given twice belongs to the part named first."""
    files: dict[str, File] = {}
    roster: dict[str, str] = {}
    seen: set[Path] = set()
    for part, file in _given(parts):
        path = Path(file.path).resolve()
        if path in seen or _is_own(path, own):
            continue
        seen.add(path)
        named = _named_apart(file, files)
        files[named.source], roster[named.source] = named, part
    return list(files.values()), roster


def _given(parts: Mapping[str, Sequence[Path]]) -> Iterator[tuple[str, File]]:
    from pipeline.extract import find_files

    for part, roots in parts.items():
        for root in roots:
            if not root.exists():
                raise CallError(f"找不到 {root}", "检查路径是否写对；文件夹和文件都可以")
            yield from ((part, file) for file in find_files(root))


def _is_own(path: Path, own: Sequence[Path]) -> bool:
    """Whether the file lies in the folder of results, or is the database or one of its side files."""
    return any(path.is_relative_to(mine) or path.as_posix().startswith(f"{mine.as_posix()}-") for mine in own)


def _named_apart(file: File, taken: Mapping[str, File]) -> File:
    """The file under a source of its own (two folders may share a name), short enough to keep."""
    source = file.source if file.source not in taken else Path(file.path).resolve().as_posix()
    return File(key_of(source, LONGEST_SOURCE), file.path, file.digest)


def parse(job: Job) -> int:
    """Turn every new document into a submission, reply or speech; returns how many documents were parsed."""
    from pipeline import parse as stage

    made_by = fingerprint("parse", job.profile)
    kinds = {d.subject_id: cast(Kind, d.value) for d in job.store.all(Decision) if d.field == "kind"}
    pending = [replace(d, kind=kinds.get(d.id, d.kind)) for d in job.store.unparsed(made_by)]
    job.progress.start("识别内容", len(pending))
    batches = list(chunks(pending, TEXTS_A_BATCH))
    for batch, found in zip(batches, job.engine(partial(stage.parse, profile=job.profile), batches), strict=True):
        job.store.add_parsed(batch, found, made_by)
        job.progress.advance(len(batch))
    return len(pending)


def route(job: Job, folder: Path) -> int:
    """Recommend units for every submission that the present router has not seen; returns how many.

    An item that a unit returned is routed again, without that unit.
    """
    returns, seen, makers = returned(job.store), job.store.made_by(Route), routers(job, folder)
    pending = [s for s in items(job.store) if seen.get(s.id) != makers[s.id]]
    job.progress.start("推荐单位", len(pending))
    batches = list(chunks(pending, TEXTS_A_BATCH))
    trained = (folder.absolute(), folder_digest(folder))
    routed = job.engine(partial(_route, profile=job.profile, trained=trained, returns=returns), batches)
    for batch, routes in zip(batches, routed, strict=True):
        by_maker: dict[str, list[Route]] = {}
        for found in routes:
            by_maker.setdefault(makers[found.submission_id], []).append(found)
        for made_by, made in by_maker.items():
            job.store.add(made, made_by)
        job.progress.advance(len(batch))
    return len(pending)


def routers(job: Job, folder: Path) -> dict[str, str]:
    """The fingerprint that each submission's route has or should have: router, model, units that gave it back."""
    made_by, returns = fingerprint("route", job.profile) + folder_digest(folder), returned(job.store)
    away = {key: "".join(f"-{s.unit}{s.reason}{s.suggests}" for s in slips) for key, slips in returns.items()}
    return {s.id: made_by + away.get(s.id, "") for s in items(job.store)}


def returned(store: Store) -> dict[str, list[Receipt]]:
    """The receipts by which units returned items, by submission id; those that came too late are left to a person."""
    found: dict[str, list[Receipt]] = {}
    for slip in store.all(Receipt):
        if not slip.accepted and not slip.late:
            found.setdefault(slip.subject_id, []).append(slip)
    return found


def _route(
    batch: Sequence[Submission], profile: Profile, trained: tuple[Path, str], returns: Mapping[str, Sequence[Receipt]]
) -> list[Route]:
    return _router(profile, *trained).route(batch, returns)


@lru_cache(maxsize=2)
def _router(profile: Profile, folder: Path, trained: str) -> Router:
    """The router of a worker, built once for each state of profile and model.

    Raises BanliError where the worker does not see the model that the caller sees: it would route without it.
    """
    if folder_digest(folder) != trained:
        raise BanliError(f"工作机上看不到同样的模型：{folder}", "把数据库旁边的模型文件夹放在各机器路径相同的共享盘上")
    from pipeline.route import Model, Router

    return Router(profile, Model.load(folder) if folder.exists() else None)
