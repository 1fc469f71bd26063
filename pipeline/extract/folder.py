"""The files of an inbox."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from pipeline.errors import CallError
from pipeline.extract.invisible import visible
from pipeline.records import File

LEFTOVERS = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini"))
"""Files that Windows leaves in folders; nobody put them there."""


def find_files(root: Path) -> list[File]:
    """All files under a folder, sorted by name, or the one file; hidden files and lock files are left out.

    `source` is the folder's name and the path inside it (`inbox/a/031.docx`). Links to other places are not followed.
    Raises CallError where there is no such folder or file.
    """
    root = root.absolute()  # a reader at work may have been started in another folder
    if root.is_file():
        return [_file(root, root.name)]
    if not root.is_dir():
        raise CallError(f"找不到文件夹或文件：{root}", "请核对路径")
    found, closed = [], list[OSError]()
    for folder, folders, names in os.walk(root, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith((".", "~$")) and name.lower() not in LEFTOVERS and not _outside(path, root):
                found.append(_file(path, _source(path, root)))
    shut = [Path(error.filename) for error in closed]
    return found + [File(_source(path, root), str(path), "") for path in shut]


def _source(path: Path, root: Path) -> str:
    """What people call a file: the folder's name and the path inside it, without what nobody can read."""
    name = f"{root.resolve().name}/{path.relative_to(root).as_posix()}"
    try:
        name = os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        name = os.fsencode(name).decode("gb18030", errors="replace")
    return visible(name).replace("\n", " ")


def _outside(path: Path, root: Path) -> bool:
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _file(path: Path, source: str) -> File:
    """The record of a file; one that cannot be opened gets an empty digest, and fails later with its reason."""
    digest, place = "", str(path).encode("utf-8", "replace").decode("utf-8")
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return File(source, place, digest)
