"""Zip archives, read in place: every member a file of its own, named `a.zip/b.docx`."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from pipeline.errors import UnreadableFile
from pipeline.extract.package import Package
from pipeline.records import Failure, File

_IGNORED = (".", "~$", "__MACOSX")
MEMBERS = 2000


def members(file: File, data: bytes) -> tuple[list[tuple[File, bytes]], list[Failure]]:
    """The files of an archive with their bytes, and those that cannot be taken out."""
    package = Package(data)
    names = [name for name in package.names if not name.endswith("/")]
    if len(names) > MEMBERS:
        raise UnreadableFile(f"压缩包里文件太多（{len(names)} 个）", "请解压后放进文件夹")
    found, failures = [], []
    for name in names:
        shown = f"{file.source}/{_legible(name)}"
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if any(part.startswith(_IGNORED) and part != ".." for part in parts):
            continue
        if ".." in parts or name.startswith("/"):
            failures.append(Failure(shown, "extract", "压缩包里的文件名指向包外，没有读取", "请核实文件来源"))
            continue
        try:
            content = package.read(name)
        except UnreadableFile as error:
            failures.append(Failure(shown, "extract", error.reason, error.hint))
            continue
        found.append((File(shown, file.path, hashlib.sha256(content).hexdigest()), content))
    if not found and not failures:
        raise UnreadableFile("压缩包是空的", "请重新提供原件")
    return found, failures


def _legible(name: str) -> str:
    """A member's name as it was typed: Windows wrote Chinese names as GBK without saying so."""
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name
