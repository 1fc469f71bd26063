"""The parts of a Word package: found by their relationships, and by their usual names where these are missing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar, cast

from pipeline.errors import UnreadableFile
from pipeline.extract.package import BrokenPart, Package, parsed

_USUAL = "word/document.xml"
_LOOKS = re.compile(
    rb"<w:rPr>(?:<w:(?:rFonts|b|bCs|i|iCs|u|color|sz|szCs|kern|lang|spacing|w|position|noProof|shd|highlight|snapToGrid"
    rb"|webHidden|bdr|em|effect|caps|outline)(?: [^<>]*)?/>)*+</w:rPr>"
)
"""Run properties that are looks alone: half of the tags of a usual file (1.4 MB is parsed in 8 ms, not 14)."""
_Made = TypeVar("_Made")
_MADE: dict[tuple[object, tuple[int, int, bytes] | None], object] = {}
"""What was made of a part, by the maker and the packed bytes: the letters of an office come out of a few templates."""
_MOST, _LARGE = 64, 2**19
_CHUNK = b"altChunk"


class Parts:
    """The parts of one package; `broken` names those that could not be read, but for the main one."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.main = self._main()
        self._folder = posixpath.dirname(self.main)
        self._targets: list[tuple[str, str, str]] | None = None
        self.broken: list[str] = []

    def body(self) -> Any:
        """The root of the main part, without the looks of its runs; raises UnreadableFile where it is broken."""
        data = self._package.read(self.main)
        return parsed(data if b"CDATA[" in data else _LOOKS.sub(b"", data))

    def trees(self, kind: str) -> Iterator[Any]:
        """The roots of the parts of a kind ("numbering", "header") that can be read."""
        for name in self.names(kind):
            try:
                yield self._package.tree(name)
            except BrokenPart:
                self.broken.append(name)

    def names(self, kind: str) -> list[str]:
        """The members of a kind that the package has, in the order of their names."""
        related = [target for what, _, target in self._related() if what == kind]
        if not self._related():
            start = f"{self._folder}/{kind}".lstrip("/")
            related = [name for name in self._package.names if name.startswith(start) and name.endswith(".xml")]
        return sorted({name for name in related if name in self._package}, key=lambda name: (len(name), name))

    def made(self, kind: str, make: Callable[[bytes | None], _Made]) -> _Made:
        """What is made of the only part of a kind, of None where it is missing or broken; kept for the next file."""
        name = next(iter(self.names(kind)), None)
        try:
            return _kept(self._package, name, make, make)
        except BrokenPart:
            self.broken.append(name or "")
            return make(None)

    @property
    def pictures(self) -> int:
        """How many pictures the package holds."""
        return sum("/media/" in name for name in self._package.names)

    def texts(self, kind: str, make: Callable[[bytes], str], by: object) -> Iterator[str]:
        """The texts of the headers or footers that can be read; those that refer to no other part are kept.

        `by`: what else the texts depend on, the styles of the package.
        """
        for name in self.names(kind):
            try:
                yield _kept(self._package, name, lambda data: make(data or b""), by)
            except BrokenPart:
                self.broken.append(name)

    def target(self, related: str) -> bytes | None:
        """The bytes of the part that an element refers to by the id of a relationship."""
        name = next((target for _, own, target in self._related() if own == related), "")
        return self._package.read_if(name)

    def _main(self) -> str:
        for what, _, target in _relationships(self._package, ""):
            if what == "officeDocument" and target in self._package:
                return target
        if _USUAL in self._package:
            return _USUAL
        for name in self._package.names:
            if name.startswith("word/document") and name.endswith(".xml"):
                return name
        raise UnreadableFile("不是 Word 文档，或文件不完整", "请用 Word 或 WPS 打开原件，另存为 .docx 后再试")

    def _related(self) -> list[tuple[str, str, str]]:
        if self._targets is None:
            self._targets = _relationships(self._package, self.main)
        return self._targets


def _kept(package: Package, name: str | None, make: Callable[[bytes | None], _Made], by: object) -> _Made:
    """What is made of a part, the same object again for the same packed bytes and maker; raises BrokenPart."""
    packed = None if name is None else package.packed(name)
    if (by, packed) in _MADE:
        return cast(_Made, _MADE[by, packed])
    data = None if name is None else package.read(name)
    found = make(data)
    if (packed is None or len(packed[2]) < _LARGE) and not (data and _CHUNK in data):
        if len(_MADE) >= _MOST:
            _MADE.clear()
        _MADE[by, packed] = found
    return found


def _relationships(package: Package, source: str) -> list[tuple[str, str, str]]:
    """The kind, id and target of what a part refers to inside the package (the package itself: "")."""
    folder, name = posixpath.split(source)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    try:
        return _kept(package, place, partial(_targets, folder), (_targets, folder)) if place in package else []
    except BrokenPart:
        return []


def _targets(folder: str, data: bytes | None) -> list[tuple[str, str, str]]:
    found = []
    for element in parsed(data or b""):
        target = element.get("Target", "").replace("\\", "/")
        if target and element.get("TargetMode") != "External":
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((element.get("Type", "").rpartition("/")[2], element.get("Id", ""), place))
    return found
