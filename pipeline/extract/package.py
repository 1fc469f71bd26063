"""Zip packages and XML from strangers: bounded sizes, no entities, no network."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from pipeline.errors import UnreadableFile

MEMBER_LIMIT = 64 * 2**20
TOTAL_LIMIT = 512 * 2**20
COUNT_LIMIT = 20_000
_AGAIN = "请用 Word 或 WPS 打开原件，另存一份后再试"
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


class Package:
    """A zip file of bounded size; every member is read in memory, none is unpacked to disk."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableFile("文件已损坏，压缩结构不完整", _AGAIN) from error
        if len(infos) > COUNT_LIMIT or sum(info.file_size for info in infos) > TOTAL_LIMIT:
            raise _too_large()
        self.names = [info.filename for info in infos]
        self._known = frozenset(self.names)

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def read_if(self, name: str) -> bytes | None:
        """The bytes of a member, None where the package lacks it."""
        return self.read(name) if name in self else None

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises UnreadableFile where it is missing, encrypted, broken or too large."""
        try:
            with self._zip.open(name) as member:
                data = member.read(MEMBER_LIMIT + 1)
        except KeyError as error:
            raise UnreadableFile(f"文件不完整，缺少 {name}", _AGAIN) from error
        except RuntimeError as error:
            raise UnreadableFile("文件已加密，需要密码", "请解除密码保护后重新提供") from error
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise UnreadableFile("文件已损坏，内容无法解开", _AGAIN) from error
        if len(data) > MEMBER_LIMIT:
            raise _too_large()
        return data

    def guard(self) -> None:
        """Refuse a package for another library's reader: XML that is too large or declares entities."""
        for info in self._zip.infolist():
            if info.filename.endswith((".xml", ".rels")):
                if info.file_size > MEMBER_LIMIT:
                    raise _too_large()
                _no_entities(self.read(info.filename))

    def tree(self, name: str) -> Any:
        """The root element of an XML member, strict OOXML names mapped to the usual ones."""
        return parsed(self.read(name))

    def tree_if(self, name: str) -> Any | None:
        """The root element of an XML member, None where the package lacks it."""
        return self.tree(name) if name in self else None


def _too_large() -> UnreadableFile:
    return UnreadableFile("压缩包解开后过大，可能是恶意文件", "请核实文件来源；确需处理的，拆成小文件")


def _no_entities(data: bytes) -> None:
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise UnreadableFile("文件里有不允许的实体声明，可能是恶意文件", "请核实文件来源，另存一份后再试")


def parsed(data: bytes) -> Any:
    """The root element of XML bytes, parsed without entities, network or unbounded depth."""
    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    _no_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("文件已损坏，内容不合规范", _AGAIN) from error
