"""What a file really is: its content outweighs its suffix."""

from __future__ import annotations

import re

from pipeline.errors import UnreadableFile
from pipeline.extract.encoding import decoded
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


_SHEETS = frozenset((".xls", ".xlsx", ".et"))
_OFFICE = _SHEETS | {".doc", ".docx", ".wps"}
_FLAT = {
    b"microsoft.com/office/word/2003/wordml": ".doc", b"microsoft.com/office/2006/xmlPackage": ".doc",
    b"opendocument:xmlns:office": ".odt",
}  # fmt: skip
_PAGE_BEGINS = (b"<table", b"<meta", b"<body", b"<style", b"<head", b"<div")
_PAGE_OF_ROWS = ".xls.html"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile("[\u4e00-\u9fff]")


def format_of(data: bytes, suffix: str) -> str:
    """The format of a file as the suffix of its reader; raises UnreadableFile for an encrypted Office file.

    A web page of tables under the name of a workbook is `.xls.html`.
    """
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
    return _text(data, head, suffix)


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
    package = Package(data)
    names = package.names
    if "xl/workbook.bin" in package:
        raise UnreadableFile("这是二进制格式的表格（.xlsb），读不了", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试")
    for start, found in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
        if any(name.startswith(start) for name in names):
            return found
    if any(name.rsplit("/", 1)[-1] == "OFD.xml" for name in names):
        return ".ofd"
    if "content.xml" not in names or "META-INF/manifest.xml" not in names:
        return ".zip"
    return ".ods" if b"opendocument.spreadsheet" in (package.read_if("mimetype") or b"") else ".odt"


def _text(data: bytes, head: bytes, suffix: str) -> str:
    """The kind of a file without a known mark: by how it begins, however it is called; text where it is text."""
    low = head[:800].lower()
    if suffix == ".eml":
        return suffix
    if low.startswith(b"mime-version:") or (b"content-type: multipart/related" in low and b"mime-version:" in low):
        return ".mht"
    if low.startswith((b"<?xml", b"<?mso")) and (flat := _flat(data[:4000])):
        return flat
    if suffix in _OFFICE | {".html", ".txt"} and (
        b"<html" in low or b"<!doctype html" in low or low.startswith(_PAGE_BEGINS)
    ):
        return _PAGE_OF_ROWS if suffix in _SHEETS else ".html"
    if suffix in _OFFICE and _is_text(data[:4096]):
        return ".csv" if suffix in _SHEETS else ".txt"
    if suffix in _OFFICE | {".pdf", ".ofd", ".zip"}:
        raise UnreadableFile(f"文件已损坏，或者不是真正的 {suffix} 文件", "请用原来的程序打开，另存一份后再试")
    return suffix


def _flat(head: bytes) -> str:
    """The kind of an office file that is one single XML file, empty for any other."""
    if b"microsoft-com:office:spreadsheet" in head:
        return ".xls.xml"
    if b"opendocument.spreadsheet" in head:
        return ".ods"
    return next((found for mark, found in _FLAT.items() if mark in head), "")


def _is_text(head: bytes) -> bool:
    """Whether the beginning of a file is Chinese text: no control bytes, and every sixth character Chinese."""
    if _CONTROL.search(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    try:
        text = decoded(head)
    except UnreadableFile:
        return False
    return len(_HAN.findall(text)) * 6 >= len(text.split()) and bool(_HAN.search(text))
