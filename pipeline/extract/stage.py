"""The table of readers, and the way from one file to its documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from pipeline.errors import UnreadableFile
from pipeline.extract import archive, docx, ofd, office, pdf, plain, register_rows, web
from pipeline.extract.draft import Draft
from pipeline.extract.finish import finished
from pipeline.extract.sheets import SHEETS
from pipeline.extract.sniff import format_of
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
}
_PICTURES = frozenset({".jpg", ".png", ".tif", ".gif", ".bmp", ".webp", ".heic"})
_OTHERS = {
    ".rar": ("读取 .rar 压缩包缺少程序", "请解压后放进文件夹，或改用 .zip"),
    ".7z": ("读取 .7z 压缩包缺少程序", "请解压后放进文件夹，或改用 .zip"),
    ".pptx": ("演示文稿不在处理范围内", "如需处理，请把文字另存为 .docx"),
    ".ppt": ("演示文稿不在处理范围内", "如需处理，请把文字另存为 .docx"),
    ".et": ("读取 .et 表格缺少程序", "请用 WPS 另存为 .xlsx"),
}
SIZE_LIMIT = 256 * 2**20


def extract(files: Sequence[File], profile: Profile) -> list[Document | Failure]:
    """The documents of files, in order; a file that cannot be read gives one Failure and hurts no other.

    Register rows, members of an archive and several texts of one file give a document each (R-ING-01 to R-ING-10).
    """
    opened = [_opened(file) for file in files]
    pairs = [pair for pair in opened if not isinstance(pair, Failure)]
    old = {file.source: (suffix, data) for file, suffix, data in pairs if suffix in office.SUFFIXES}
    words = office.converted(old)
    found: list[Document | Failure] = []
    for pair in opened:
        found += [pair] if isinstance(pair, Failure) else _documents(*pair, words, profile)
    return found


def _opened(file: File) -> tuple[File, str, bytes] | Failure:
    """A file with its true format and its bytes."""
    try:
        data = _bytes(file)
        return file, format_of(data, PurePosixPath(file.source).suffix.lower()), data
    except UnreadableFile as error:
        return Failure(file.source, "extract", error.reason, error.hint)


def _documents(
    file: File, suffix: str, data: bytes, words: Mapping[str, bytes], profile: Profile
) -> list[Document | Failure]:
    try:
        if suffix == ".zip":
            members, failures = archive.members(file, data)
            return [*failures, *(d for member in members for d in _member(*member, profile))]
        return _read(file, suffix, words.get(file.source, data), profile)
    except UnreadableFile as error:
        return [Failure(file.source, "extract", error.reason, error.hint)]


def _member(file: File, data: bytes, profile: Profile) -> list[Document | Failure]:
    """The documents of one member of an archive; an archive inside an archive is not opened."""
    try:
        suffix = format_of(data, PurePosixPath(file.source).suffix.lower())
        if suffix == ".zip":
            raise UnreadableFile("压缩包里还有压缩包，没有打开", "请解压后放进文件夹")
        words = office.converted({file.source: (suffix, data)}) if suffix in office.SUFFIXES else {}
        return _read(file, suffix, words.get(file.source, data), profile)
    except UnreadableFile as error:
        return [Failure(file.source, "extract", error.reason, error.hint)]


def _read(file: File, suffix: str, data: bytes, profile: Profile) -> list[Document | Failure]:
    if suffix in SHEETS:
        return register_rows.documents(file, SHEETS[suffix](data), profile)
    if suffix in office.SUFFIXES:
        if data[:2] != b"PK":
            raise _unconverted(suffix)
        suffix = ".docx"
    if suffix in READERS:
        return list(finished(file, READERS[suffix](data), profile))
    if suffix in _PICTURES:
        raise UnreadableFile("这是图片，没有可复制的文字", "请提供原始的 Word 或文字版 PDF；图片需先做文字识别（OCR）")
    raise UnreadableFile(
        *_OTHERS.get(
            suffix, (f"不认识的文件格式（{suffix or '没有后缀'}）", "请另存为 .docx、.pdf、.txt 或 .xlsx 后再试")
        )
    )


def _unconverted(suffix: str) -> UnreadableFile:
    if office.program() is None:
        return office.missing(suffix)
    return UnreadableFile(
        f"LibreOffice 打不开这个 {suffix} 文件，文件可能已损坏或加密", "请用 Word 或 WPS 打开原件，另存为 .docx"
    )


def _bytes(file: File) -> bytes:
    path = Path(file.path)
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise UnreadableFile("文件过大（超过 256 MB）", "请拆成小文件，或压缩其中的图片后再试")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("文件不存在", "文件可能已被移走或改名，请核对后再试") from error
    except OSError as error:
        raise UnreadableFile("文件打不开，可能没有权限或正被占用", "请关闭占用它的程序，或检查权限后再试") from error
    if not data.strip(b"\0 \r\n\t"):
        raise UnreadableFile("文件是空的", "请重新提供原件")
    return data
