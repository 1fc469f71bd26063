"""What a file really is: its content outweighs its suffix."""

from __future__ import annotations

from pipeline.errors import UnreadableFile
from pipeline.extract.package import Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n", ".png"), (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"), (b"GIF8", ".gif"), (b"BM", ".bmp"), (b"Rar!\x1a\x07", ".rar"), (b"7z\xbc\xaf\x27\x1c", ".7z"),
)  # fmt: skip
_ALIKE = {
    ".markdown": ".md", ".text": ".txt", ".log": ".txt", ".htm": ".html", ".mhtml": ".mht", ".tsv": ".csv",
    ".docm": ".docx", ".dotx": ".docx", ".xlsm": ".xlsx", ".jpeg": ".jpg", ".tiff": ".tif",
}  # fmt: skip


def format_of(data: bytes, suffix: str) -> str:
    """The format of a file as the suffix of its reader; raises UnreadableFile for an encrypted Office file."""
    suffix = _ALIKE.get(suffix, suffix)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    for magic, found in _MAGIC:
        if (data if magic == b"BM" else head).startswith(magic) and (magic != b"BM" or suffix == ".bmp"):
            return found
    if data.startswith(_OLE):
        return _old_office(data, suffix)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    return _text(head, suffix)


def _old_office(data: bytes, suffix: str) -> str:
    """The kind of an OLE file by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile("文件已加密，需要密码", "请解除密码保护后重新提供")
    if suffix == ".wps":
        return suffix
    for name, found in (("WordDocument", ".doc"), ("Workbook", ".xls"), ("PowerPoint Document", ".ppt")):
        if name.encode("utf-16-le") in data:
            return found
    return ".xls" if b"B\0o\0o\0k\0" in data else suffix


def _zipped(data: bytes) -> str:
    names = Package(data).names
    for start, found in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
        if any(name.startswith(start) for name in names):
            return found
    if any(name.rsplit("/", 1)[-1] == "OFD.xml" for name in names):
        return ".ofd"
    return ".odt" if "content.xml" in names and "META-INF/manifest.xml" in names else ".zip"


def _text(head: bytes, suffix: str) -> str:
    """The kind of a file without a known mark: HTML however it is called, text where the suffix says so."""
    low = head[:600].lower()
    if low.startswith(b"mime-version:") or (b"content-type: multipart/related" in low and b"mime-version:" in low):
        return ".mht"
    if suffix in {".doc", ".xls", ".html", ".docx", ".xlsx", ".wps", ".txt"} and (
        b"<html" in low or b"<!doctype html" in low
    ):
        return ".html"
    if suffix in {".docx", ".xlsx", ".pdf", ".doc", ".xls", ".wps", ".ofd", ".zip"}:
        raise UnreadableFile(f"文件已损坏，或者不是真正的 {suffix} 文件", "请用原来的程序打开，另存一份后再试")
    return suffix
