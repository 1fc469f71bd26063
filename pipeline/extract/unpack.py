"""Archives of other kinds (.rar .7z), taken apart by a program of the system where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.extract import limits, scratch
from pipeline.extract.pulse import beat

SUFFIXES = frozenset({".rar", ".7z"})
_SEVEN = ("x", "-y", "-p-", "-bd", "-snl-", "-o{folder}", "{archive}")
_PROGRAMS: dict[str, tuple[str, ...]] = {
    "unar": ("-quiet", "-no-directory", "-force-skip", "-password", "", "-output-directory", "{folder}", "{archive}"),
    "7zz": _SEVEN,
    "7z": _SEVEN,
    "7za": _SEVEN,
    "bsdtar": ("-x", "-f", "{archive}", "-C", "{folder}"),
}
_LOOK = 0.2


def entries(data: bytes, suffix: str, folders: ExitStack) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The members of an archive: the name, and a way to its bytes; the unpacked files go with `folders`.

    Raises UnreadableFile where no program is there, or it fails, or unpacks more than `limits` allow.
    """
    folder = Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="banli-")))
    archive, target = folder / f"archive{suffix}", folder / "members"
    try:
        archive.write_bytes(data)
        target.mkdir()
    except OSError as error:
        raise UnreadableFile(*scratch.full(error)) from error
    _run(_command(suffix, archive, target), target)
    for path in sorted(target.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(target).as_posix(), partial(_bytes, path)


def _command(suffix: str, archive: Path, target: Path) -> list[str]:
    for name, arguments in _PROGRAMS.items():
        if program := shutil.which(name):
            return [program, *(a.format(archive=archive, folder=target) for a in arguments)]
    raise UnreadableFile(
        f"读取 {suffix} 压缩包缺少程序",
        "请解压后放进文件夹，或改用 .zip；或请联系管电脑的同事安装 7-Zip、unar 或 bsdtar",
    )


def _run(command: list[str], target: Path) -> None:
    """Run the program, and stop it as soon as it has written too much or takes too long."""
    mute = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=mute, stdout=mute, stderr=mute)
    end = time.monotonic() + limits.SECONDS
    try:
        while process.poll() is None:
            time.sleep(_LOOK)
            _check(target, time.monotonic() > end)
        _check(target, late=False)
    finally:
        process.kill()
        process.wait()
    if process.returncode and not any(target.iterdir()):
        raise UnreadableFile("压缩包打不开，可能已损坏或加密", "请重新提供，或解压后放进文件夹")


def _check(target: Path, late: bool) -> None:
    files = [Path(folder, name) for folder, _, names in os.walk(target) for name in names]
    if late or len(files) > limits.MEMBERS or sum(p.lstat().st_size for p in files) > limits.ARCHIVE_SIZE:
        raise UnreadableFile("压缩包解开后过大，可能是恶意文件", "请核实文件来源；确需处理的，解压后放进文件夹")
    beat()


def _bytes(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise UnreadableFile("压缩包里的这一项是链接，没有读取", "请把链接所指的文件放进压缩包")
    if path.stat().st_size > limits.FILE_SIZE:
        raise UnreadableFile("文件过大（超过 256 MB）", "请拆成小文件，或压缩其中的图片后再试")
    return path.read_bytes()
