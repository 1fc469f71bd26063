"""Archives, read in place: every member a file of its own, named `a.zip/b.docx`; archives inside them too."""

from __future__ import annotations

import hashlib
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from pipeline.errors import UnreadableFile
from pipeline.extract import limits, mail, unpack
from pipeline.extract.folder import LEFTOVERS
from pipeline.extract.invisible import visible
from pipeline.extract.package import Package
from pipeline.extract.sniff import format_of
from pipeline.records import Failure, File

ARCHIVES = frozenset({".zip", ".eml", *unpack.SUFFIXES})
_IGNORED = (".", "~$", "__MACOSX")


@dataclass(slots=True)
class _Budget:
    """What an archive and all archives inside it may still unpack."""

    size: int = limits.ARCHIVE_SIZE
    members: int = limits.MEMBERS
    names: set[str] = field(default_factory=set)

    def spend(self, size: int) -> None:
        """Count one member; raises UnreadableFile where the archive unpacks to more than is allowed."""
        self.size, self.members = self.size - size, self.members - 1
        if self.members < 0:
            raise UnreadableFile(f"压缩包里文件太多（超过 {limits.MEMBERS} 个）", "请解压后放进文件夹")
        if self.size < 0:
            raise UnreadableFile("压缩包解开后过大，可能是恶意文件", "请核实文件来源；确需处理的，解压后放进文件夹")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; where it is an archive itself, its members come in its place."""

    file: File
    suffix: str
    data: bytes


def members(file: File, suffix: str, data: bytes) -> Iterator[Member | Failure]:
    """The files of an archive one by one, each with its bytes or with the reason why it cannot be taken out.

    Raises UnreadableFile where the archive itself cannot be opened.
    """
    yield from _members(Member(file, suffix, data), _Budget(), 1)


def _members(archive: Member, budget: _Budget, depth: int) -> Iterator[Member | Failure]:
    found = False
    with ExitStack() as folders:
        for name, read in _ENTRIES.get(archive.suffix, unpack.entries)(archive.data, archive.suffix, folders):
            parts = PurePosixPath(name.replace("\\", "/")).parts
            if _is_left_over(parts):
                continue
            found = True
            shown = _apart(f"{archive.file.source}/{_shown(name)}", budget)
            if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":":
                yield _failure(shown, UnreadableFile("压缩包里的文件名指向包外，没有读取", "请核实文件来源"))
                continue
            yield from _member(shown, archive.file, read, budget, depth)
    if not found:
        raise UnreadableFile("压缩包是空的", "请重新提供原件")


def _is_left_over(parts: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(_IGNORED) and part != ".." for part in parts)
    return hidden or (bool(parts) and parts[-1].lower() in LEFTOVERS)


def _member(
    shown: str, archive: File, read: Callable[[], bytes], budget: _Budget, depth: int
) -> Iterator[Member | Failure]:
    """One member, or the members of an archive inside the archive."""
    try:
        data = read()
        budget.spend(len(data))
        suffix = format_of(data, PurePosixPath(shown).suffix.lower())
        member = Member(File(shown, archive.path, hashlib.sha256(data).hexdigest()), suffix, data)
        if suffix not in ARCHIVES:
            yield member
        elif depth >= limits.DEPTH:
            raise UnreadableFile(f"压缩包套了 {limits.DEPTH} 层以上，没有打开", "请解压后放进文件夹")
        else:
            yield from _members(member, budget, depth + 1)
    except UnreadableFile as error:
        if budget.size < 0 or budget.members < 0:
            raise
        yield _failure(shown, error)


def _failure(source: str, error: UnreadableFile) -> Failure:
    return Failure(source, "extract", error.reason, error.hint)


Entries = Iterator[tuple[str, Callable[[], bytes]]]


def _zip_entries(data: bytes, _suffix: str, _folders: ExitStack) -> Entries:
    """The members of a zip file: the name as it was typed, and a way to its bytes."""
    package = Package(data)
    for info in zipfile.ZipFile(BytesIO(data)).infolist():
        if not info.filename.endswith("/"):
            yield _typed(info), partial(_taken_out, package, info)


_ENTRIES: dict[str, Callable[[bytes, str, ExitStack], Entries]] = {".zip": _zip_entries, ".eml": mail.entries}


def _taken_out(package: Package, info: zipfile.ZipInfo) -> bytes:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableFile("压缩包里的这一项是链接，没有读取", "请把链接所指的文件放进压缩包")
    if info.file_size > max(limits.RATIO_FLOOR, info.compress_size * limits.RATIO):
        raise UnreadableFile("压缩包解开后过大，可能是恶意文件", "请核实文件来源；确需处理的，解压后放进文件夹")
    return package.read(info.filename)


def _typed(info: zipfile.ZipInfo) -> str:
    """A member's name as it was typed: macOS wrote UTF-8 and Windows GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        name = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _shown(name: str) -> str:
    """A name that can be shown: nothing invisible, not over-long, its suffix kept."""
    name = visible(name).replace("\n", " ")
    half = limits.NAME // 2
    return name if len(name) <= limits.NAME else f"{name[:half]}…{name[-half:]}"


def _apart(source: str, budget: _Budget) -> str:
    """A source that no other member has: an archive may hold one name twice."""
    name, number = source, 1
    while name in budget.names:
        number += 1
        path = PurePosixPath(source)
        name = str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))
    budget.names.add(name)
    return name
