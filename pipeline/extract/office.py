"""Old Word, WPS and RTF files through LibreOffice: many files in one start, with a profile of their own."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import CallError, UnreadableFile
from pipeline.extract import limits, scratch
from pipeline.extract.killing import confined, kill, started

SUFFIXES = frozenset({".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt", ".uot", ".uof"})
_SECONDS_START, _SECONDS_FILE = 60, 20
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
)
_LOCKED = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    + "</oor:items>"
)


def program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def missing(suffix: str) -> UnreadableFile:
    """What to tell where LibreOffice is not installed."""
    return UnreadableFile(
        f"读取 {suffix} 文件缺少 LibreOffice",
        "请用 Word、WPS 把文件另存为 .docx；或请联系管电脑的同事安装 LibreOffice（libreoffice-writer）",
    )


def converted(files: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """The files as .docx bytes, by the same keys; a file that LibreOffice could not convert is left out.

    `files` maps a key to suffix and bytes. One start converts all; what it left undone is tried once more alone.
    Raises CallError where temporary files cannot be written.
    """
    soffice = program()
    if soffice is None or not files:
        return {}
    try:
        with scratch.folder() as folder:
            found = _batch(soffice, files, folder / "all")
            left = [key for key in files if key not in found] if len(files) > 1 else []
            for number, key in enumerate(left):
                found |= _batch(soffice, {key: files[key]}, folder / f"one{number}")
    except OSError as error:
        raise CallError(*scratch.full(error)) from error
    return found


def _batch(soffice: str, files: Mapping[str, tuple[str, bytes]], folder: Path) -> dict[str, bytes]:
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True)
    target.mkdir()
    names = {key: f"{number:05d}" for number, key in enumerate(files)}
    for key, (suffix, data) in files.items():
        (source / f"{names[key]}{suffix}").write_bytes(data)
    own = _own_profile(folder / "profile")
    wanted = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target)]
    command = [soffice, "--headless", "--norestore", "--nolockcheck", own, *wanted, *map(str, sorted(source.iterdir()))]
    _run(command, _SECONDS_START + _SECONDS_FILE * len(files))
    made = {key: target / f"{name}.docx" for key, name in names.items()}
    return {key: path.read_bytes() for key, path in made.items() if path.is_file()}


def _own_profile(folder: Path) -> str:
    """The option for a profile of its own, in which nothing of a document is run or fetched."""
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_LOCKED, encoding="utf-8")
    return f"-env:UserInstallation={folder.as_uri()}"


def _run(command: list[str], limit: int) -> None:
    """Run LibreOffice, and end it with all that it started when it takes too long."""
    with contextlib.suppress(OSError):
        process = started(command)
        confined(process, limits.MEMORY)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(limit)
        kill(process)


def unconverted(suffix: str) -> UnreadableFile:
    """Why a file was not converted."""
    if program() is None:
        return missing(suffix)
    return UnreadableFile(
        f"LibreOffice 打不开这个 {suffix} 文件，文件可能已损坏或加密", "请用 Word 或 WPS 打开原件，另存为 .docx"
    )
