"""OFD, the national format of official documents: a zip of XML, read page by page in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.extract.draft import Draft, inked
from pipeline.extract.glyphs import garbled
from pipeline.extract.grid import grids
from pipeline.extract.layout import laid_out
from pipeline.extract.ofd_page import Drawing, in_rows, named, numbers, text_in
from pipeline.extract.package import Package
from pipeline.extract.pages import Page
from pipeline.extract.pulse import beat
from pipeline.extract.rules import gathered
from pipeline.extract.tables import with_tables
from pipeline.records import Block, Removal

_AGAIN = "请用 OFD 阅读器打开，另存为 PDF 或 Word 后再试"
_POINTS = 72 / 25.4
_PAGES = 3000


def read(data: bytes) -> Draft:
    """One OFD file as blocks; raises UnreadableFile where it holds no text or only glyph numbers."""
    book = _Book(Package(data))
    pages = [page for root in book.roots() for page in _Body(book, root).pages()]
    inky = [page for page in pages if page.lines or page.garbled]
    if not inky:
        raise UnreadableFile("OFD 文件里没有文字（可能是扫描件）", _AGAIN)
    if sum(page.garbled for page in inky) * 2 >= len(inky):
        raise UnreadableFile("OFD 文件的文字是字形编号，不能采用", _AGAIN)
    blocks, removed = laid_out([with_tables(page) for page in pages if not page.garbled])
    book.warnings += [f"第 {page.number} 页的文字是字形编号，读不出来" for page in pages if page.garbled]
    book.warnings += [f"第 {page.number} 页是图片，没有文字" for page in pages if page.pictures]
    return Draft(
        (*blocks, *book.comments),
        book.characters + book.unvisited(),
        (*removed, *book.removed),
        tuple(book.warnings),
    )


@dataclass(slots=True)
class _Book:
    """The package, and what its pages leave beside their text."""

    package: Package
    characters: int = 0
    number: int = 0
    comments: list[Block] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)

    def roots(self) -> list[str]:
        """The places of the document bodies, of which a file may hold several."""
        return [(root.text or "").strip() for root in named(self.tree("OFD.xml"), "DocRoot")]

    def tree(self, place: str, folder: str = "") -> Any:
        """A member as XML; its place is absolute, or relative to a folder."""
        name = _path(folder, place)
        self.visited.add(name)
        return self.package.tree(name)

    def unvisited(self) -> int:
        """The characters of XML members that no page led to: what they hold is lost, and the loss report says so."""
        names = [name for name in self.package.names if name.endswith(".xml") and name not in self.visited]
        return sum(text_in(self.package.tree(name)) for name in names if b"TextCode" in self.package.read(name))

    def set_apart(self, text: str, why: str) -> None:
        """Note text that is not part of the document."""
        if text.strip():
            self.removed.append(Removal(text, why))


def _path(folder: str, place: str) -> str:
    place = place.strip().replace("\\", "/")
    return place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))


class _Body:
    """One document body: its pages, templates, resources and annotations."""

    def __init__(self, book: _Book, root: str) -> None:
        self._book, self._folder = book, posixpath.dirname(_path("", root))
        self._root = book.tree(root)
        self._templates = {
            template.get("ID", ""): template.get("BaseLoc", "") for template in named(self._root, "TemplatePage")
        }

    @cached_property
    def _units(self) -> dict[str, Any]:
        """The composite units of the resource files by their number."""
        places = [part.text or "" for name in ("PublicRes", "DocumentRes") for part in named(self._root, name)]
        trees = [
            self._book.tree(place, self._folder) for place in places if _path(self._folder, place) in self._book.package
        ]
        return {unit.get("ID", ""): unit for tree in trees for unit in named(tree, "CompositeGraphicUnit")}

    def pages(self) -> Iterator[Page]:
        """The pages in order, templates (letter heads) drawn with each page that uses them."""
        boxes = [numbers(box.text) for box in named(self._root, "PhysicalBox")]
        usual = next((box for box in boxes if len(box) >= 4), [0.0, 0.0, 210.0, 297.0])
        leaves = [page for holder in named(self._root, "Pages") for page in named(holder, "Page")]
        if len(leaves) > _PAGES:
            raise UnreadableFile(f"页数过多（{len(leaves)} 页）", "请拆成小文件后再试")
        for leaf in leaves:
            self._book.number += 1
            yield self._page(self._book.tree(leaf.get("BaseLoc", ""), self._folder), usual)
            beat()
        self._annotations()
        self._attachments()

    def _page(self, tree: Any, usual: list[float]) -> Page:
        own = [numbers(box.text) for box in named(tree, "PhysicalBox")]
        size = next((box for box in own if len(box) >= 4), usual)
        drawing = Drawing(self._units)
        for part in (*self._used(tree), tree):
            drawing.add(part)
            self._book.characters += text_in(part)
        self._account(drawing)
        tables = grids(gathered(drawing.strokes)) if drawing.pieces else []
        lines = in_rows(
            drawing.pieces,
            lambda x, y: next((n for n in enumerate(t.cell_at(x, y) for t in tables) if n[1] is not None), None),
        )
        text = "".join(piece.text for piece in drawing.pieces)
        bad = garbled(text) or drawing.blind > inked([text])
        if drawing.blind and not bad:
            self._book.warnings.append(f"第 {self._book.number} 页有 {drawing.blind} 个字是字形编号，读不出来")
        return Page(
            self._book.number,
            size[2] * _POINTS,
            size[3] * _POINTS,
            tuple(lines),
            pictures=bool(drawing.pictures) and not text.strip(),
            garbled=bad,
            grids=tuple(tables),
        )

    def _used(self, tree: Any) -> Iterator[Any]:
        for use in named(tree, "Template"):
            place = self._templates.get(use.get("TemplateID", ""))
            if place:
                yield self._book.tree(place, self._folder)

    def _account(self, drawing: Drawing) -> None:
        book = self._book
        book.characters += drawing.borrowed
        book.comments += [Block(text, "note", page=book.number) for text in drawing.upright]
        book.set_apart("\n".join(drawing.hidden), "不显示的文字")
        book.set_apart("\n".join(drawing.slanting), "斜排的文字（水印）")
        book.set_apart("".join(drawing.doubled), "重影字（同一处印了两遍）")

    def _annotations(self) -> None:
        """Marks laid over the pages: watermarks set apart, a reader's remarks kept as comments."""
        for place in self._linked("Annotations", "FileLoc"):
            for note in named(self._book.tree(place), "Annot"):
                text = "".join(code.text or "" for code in named(note, "TextCode"))
                remark = "\n".join((part.text or "").strip() for part in named(note, "Remark"))
                self._book.characters += inked([text, remark])
                self._book.set_apart(text, "盖在页面上的文字（水印、印章）")
                if remark.strip():
                    self._book.comments.append(Block(remark, "comment"))

    def _attachments(self) -> None:
        names = [
            item.get("Name", "")
            for place in self._members("Attachments")
            for item in named(self._book.tree(place), "Attachment")
        ]
        if names:
            self._book.warnings.append(f"文件里夹带了 {len(names)} 个附件，没有读取：{'、'.join(names)[:80]}")

    def _members(self, name: str) -> Iterator[str]:
        """The places of the files that the document names under a heading, as far as they are there."""
        for part in named(self._root, name):
            place = _path(self._folder, part.text or "")
            if place in self._book.package:
                yield f"/{place}"

    def _linked(self, name: str, link: str) -> Iterator[str]:
        """The places of the files that those name in turn."""
        for listed in self._members(name):
            for part in named(self._book.tree(listed), link):
                place = _path(posixpath.dirname(listed), part.text or "")
                if place.lstrip("/") in self._book.package:
                    yield place
