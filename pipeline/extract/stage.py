"""The table of readers, and the way from one file to its documents."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import UnreadableFile
from pipeline.extract import (
    archive,
    docx,
    embedded,
    limits,
    ofd,
    office,
    pdf,
    plain,
    register_rows,
    scan,
    web,
    web_tables,
)
from pipeline.extract.draft import Draft
from pipeline.extract.open_sheets import OPEN_SHEETS
from pipeline.extract.sheets import SHEETS
from pipeline.extract.sniff import format_of
from pipeline.extract.wire import Ask, Old, Told
from pipeline.profile import Profile
from pipeline.records import Document, Failure, File

READERS: dict[str, Callable[[bytes], Draft]] = {
    ".docx": docx.read,
    ".pdf": pdf.read,
    ".ofd": ofd.read,
    ".txt": plain.read,
    ".md": plain.read_markdown,
    ".html": web.read,
    ".mht": web.read_archive,
    **dict.fromkeys((".jpg", ".png", ".tif", ".gif", ".bmp", ".webp"), scan.read),
}
TABLES = SHEETS | OPEN_SHEETS | {".xls.html": web_tables.sheets}
_OTHERS = {
    ".heic": ("这种图片格式读不了", "请另存为 .jpg 或 .png；最好提供原始的 Word 或文字版 PDF"),
    ".pptx": ("演示文稿不在处理范围内", "如需处理，请把文字另存为 .docx"),
    ".ppt": ("演示文稿不在处理范围内", "如需处理，请把文字另存为 .docx"),
    ".dps": ("演示文稿不在处理范围内", "如需处理，请把文字另存为 .docx"),
    **dict.fromkeys(
        (".gz", ".tgz", ".tar", ".bz2", ".xz", ".cab", ".iso", ".arj", ".lzh"),
        ("这种压缩包读不了", "请解压后放进文件夹，或改用 .zip"),
    ),
    ".msg": ("Outlook 的 .msg 邮件读不了", "请在 Outlook 里把邮件另存为 .eml，或把附件存出来"),
    **dict.fromkeys(
        (".caj", ".kdh", ".nh"), ("知网版式文件读不了", "请用 CAJViewer 打开，打印成 PDF，或提供 Word 原件")
    ),
    **dict.fromkeys(
        (".ceb", ".cebx"), ("方正 Apabi 版式文件读不了", "请用 Apabi Reader 打开，打印成 PDF，或提供 Word 原件")
    ),
    **dict.fromkeys(
        (".gd", ".gw", ".sep", ".s72"), ("书生版式文件读不了", "请用书生阅读器打开，打印成 PDF，或提供 Word 原件")
    ),
    ".et": ("读取 .et 表格缺少程序", "请用 WPS 另存为 .xlsx"),
    **dict.fromkeys(
        (".mp3", ".wav", ".m4a", ".amr", ".aac", ".wma", ".mp4", ".avi", ".mov", ".wmv", ".mkv", ".flv"),
        ("录音、录像读不了", "如不是来件，可不处理；如是来件，请提供整理好的文字稿"),
    ),
    **dict.fromkeys(
        (".exe", ".msi", ".dll", ".bat", ".cmd", ".lnk", ".apk", ".dmg", ".jar", ".sys", ".db", ".dat", ".tmp", ".bak"),
        ("这是程序或系统文件，不是文稿", "如不是来件，可不处理"),
    ),
}
_DEEP = "文件可能已损坏或有害，请用原来的程序打开，另存一份后再试"


def readings(ask: Ask, profile: Profile) -> Iterator[Told]:
    """What a file gives, step by step: one step for a file, two for every member of an archive.

    Runs in this process, without the limits of time and memory: `batch.extract` is the way in for callers.
    """
    file = ask.file
    try:
        if ask.words is not None:
            yield _told(file, ".docx", ask.words, profile)
        else:
            data = _bytes(file)
            suffix = format_of(data, PurePosixPath(file.source).suffix.lower())
            if suffix in archive.ARCHIVES:
                yield from _members(ask, suffix, data, profile)
            else:
                yield _told(file, suffix, data, profile)
    except UnreadableFile as error:
        yield Told(failed=(_failure(file, error),))
    yield Told(done=True)


def _members(ask: Ask, suffix: str, data: bytes, profile: Profile) -> Iterator[Told]:
    for number, member in enumerate(archive.members(ask.file, suffix, data)):
        if number < ask.skip:
            continue
        if isinstance(member, Failure):
            yield Told(failed=(member,))
        else:
            yield Told(at=member.file.source)
            yield _told(member.file, member.suffix, member.data, profile)


def _told(file: File, suffix: str, data: bytes, profile: Profile) -> Told:
    """What one file or member gives: documents and failures, or the wish to be converted first."""
    if suffix in office.SUFFIXES:
        return Told(old=Old(file, suffix, data))
    try:
        found = _read(file, suffix, data, profile)
    except UnreadableFile as error:
        return Told(failed=(_failure(file, error),))
    except RecursionError:
        return Told(failed=(_failure(file, UnreadableFile("文件里一层套一层，深得读不了", _DEEP)),))
    return Told(
        found=tuple(item for item in found if isinstance(item, Document)),
        failed=tuple(item for item in found if isinstance(item, Failure)),
    )


def _failure(file: File, error: UnreadableFile) -> Failure:
    return Failure(file.source, "extract", error.reason, error.hint)


def _read(file: File, suffix: str, data: bytes, profile: Profile) -> list[Document | Failure]:
    if suffix in TABLES:
        return register_rows.documents(file, TABLES[suffix](data), profile)
    if suffix in READERS:
        return embedded.documents(file, READERS[suffix](data), profile)
    raise UnreadableFile(
        *_OTHERS.get(
            suffix, (f"不认识的文件格式（{suffix or '没有后缀'}）", "请另存为 .docx、.pdf、.txt 或 .xlsx 后再试")
        )
    )


def _bytes(file: File) -> bytes:
    path = Path(file.path)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableFile("这是文件夹，打不开", "请检查文件夹的权限，或改掉它像文件一样的名字")
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile("这不是普通文件（是管道或设备）", "请把它移出收件文件夹")
        if found.st_size > limits.FILE_SIZE:
            raise UnreadableFile("文件过大（超过 256 MB）", "请拆成小文件，或压缩其中的图片后再试")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("文件不存在", "文件可能已被移走或改名，请核对；文件名有乱码的，改名后再试") from error
    except OSError as error:
        raise UnreadableFile("文件打不开，可能没有权限或正被占用", "请关闭占用它的程序，或检查权限后再试") from error
    if not data.strip(b"\0 \r\n\t"):
        raise UnreadableFile("文件是空的", "请重新提供原件")
    return data
