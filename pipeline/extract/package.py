"""Zip packages and XML from strangers: bounded sizes, no entities, no network."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from contextlib import suppress
from typing import Any
from xml.parsers import expat

from lxml import etree

from pipeline.errors import UnreadableFile

MEMBER_LIMIT = 64 * 2**20
TOTAL_LIMIT = 512 * 2**20
COUNT_LIMIT = 20_000
_AGAIN = "请用 Word 或 WPS 打开原件，另存一份后再试"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf")
_LOCAL = struct.Struct("<4s22xHH")
_LOCAL_MARK = b"PK\x03\x04"
_HEAD, _ENCRYPTED = 4096, 1
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    huge_tree=False,
    load_dtd=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)


class BrokenPart(UnreadableFile):
    """A part of a package that cannot be read, where the others may."""


class Package:
    """A zip file of bounded size; every member is read in memory, none is unpacked to disk.

    Members are found by the name they have in the file, else without regard to case and to the slant of the slashes.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableFile("文件已损坏，压缩结构不完整", _AGAIN) from error
        if len(infos) > COUNT_LIMIT or sum(info.file_size for info in infos) > TOTAL_LIMIT:
            raise _too_large()
        self._data = data
        self.names = [info.filename.replace("\\", "/").lstrip("/") for info in infos]
        self._infos = {name.lower(): info for name, info in zip(self.names, infos, strict=True)}
        self._infos |= {info.filename: info for info in infos}

    def __contains__(self, name: str) -> bool:
        return self._info(name) is not None

    def _info(self, name: str) -> zipfile.ZipInfo | None:
        return self._infos.get(name) or self._infos.get(name.lower())

    def read_if(self, name: str) -> bytes | None:
        """The bytes of a member, None where the package lacks it."""
        return self.read(name) if name in self else None

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises UnreadableFile where it is missing, encrypted, broken or too large."""
        info = self._info(name)
        if info is None:
            raise BrokenPart(f"文件不完整，缺少 {name}", _AGAIN)
        if info.file_size > MEMBER_LIMIT:
            raise _too_large()
        try:
            return self._inflated(name, info) or self._zip.read(info)
        except RuntimeError as error:
            raise UnreadableFile("文件已加密，需要密码", "请解除密码保护后重新提供") from error
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise BrokenPart("文件已损坏，内容无法解开", _AGAIN) from error

    def _inflated(self, name: str, info: zipfile.ZipInfo) -> bytes:
        """A member unpacked in one step, empty where zipfile must do it or tell what is wrong."""
        packed = self.packed(name)
        if packed is None or packed[0] != zipfile.ZIP_DEFLATED or info.flag_bits & _ENCRYPTED:
            return b""
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed[2], info.file_size + 1)
        return data if len(data) == info.file_size and zlib.crc32(data) == info.CRC else b""

    def packed(self, name: str) -> tuple[int, int, bytes] | None:
        """What tells a member's content without unpacking it: method, checksum and packed bytes; None where missing."""
        info = self._info(name)
        start = None if info is None else info.header_offset
        if info is None or start is None or self._data[start : start + 4] != _LOCAL_MARK:
            return None
        _, named, extra = _LOCAL.unpack_from(self._data, start)
        start += _LOCAL.size + named + extra
        return info.compress_type, info.CRC, self._data[start : start + info.compress_size]

    def guard(self) -> None:
        """Refuse a package for another library's reader: XML that is too large or declares entities."""
        for info in self._zip.infolist():
            if not info.filename.lower().endswith(_PICTURES):
                if info.file_size > MEMBER_LIMIT:
                    raise _too_large()
                _no_doctype(self.read(info.filename))

    def tree(self, name: str) -> Any:
        """The root element of an XML member, strict OOXML names mapped to the usual ones."""
        return parsed(self.read(name))


def _too_large() -> UnreadableFile:
    return UnreadableFile("压缩包解开后过大，可能是恶意文件", "请核实文件来源；确需处理的，拆成小文件")


def _declares() -> UnreadableFile:
    return UnreadableFile("文件里有不允许的实体声明，可能是恶意文件", "请核实文件来源，另存一份后再试")


class _BegunError(Exception):
    """The root element has begun: what may be declared stands before it."""


def _no_doctype(data: bytes) -> None:
    """Refuse XML that has a document type, before any of its entities is read; what is no XML passes."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _begin
    with suppress(_BegunError, expat.ExpatError, LookupError, ValueError):
        for start in range(0, len(data), _HEAD):
            parser.Parse(data[start : start + _HEAD], False)


def _refuse(*_: object) -> None:
    raise _declares()


def _begin(*_: object) -> None:
    raise _BegunError


def parsed(data: bytes) -> Any:
    """The root element of XML bytes, parsed without entities, document type, network or unbounded depth."""
    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        _no_doctype(data)
        raise BrokenPart("文件已损坏，内容不合规范", _AGAIN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares()
    return root
