"""The files of an inbox."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pipeline.errors import CallError
from pipeline.records import File

_IGNORED = {"thumbs.db", "desktop.ini"}


def find_files(root: Path) -> list[File]:
    """All files under a folder, sorted by name, or the one file; hidden files and lock files are left out.

    `source` is the folder's name and the path inside it (`inbox/a/031.docx`). Links to other places are not followed.
    Raises CallError where there is no such folder or file.
    """
    if root.is_file():
        return [_file(root, root.name)]
    if not root.is_dir():
        raise CallError(f"找不到文件夹或文件：{root}", "请核对路径")
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith((".", "~$")) and name.lower() not in _IGNORED and not _outside(path, root):
                found.append(_file(path, f"{root.resolve().name}/{path.relative_to(root).as_posix()}"))
    return found


def _outside(path: Path, root: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())


def _file(path: Path, source: str) -> File:
    """The record of a file; one that cannot be opened gets an empty digest, and fails later with its reason."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        digest = ""
    return File(source, str(path), digest)
