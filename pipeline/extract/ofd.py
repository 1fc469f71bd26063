"""OFD, the national format of official documents: a zip of XML, read in the order of its pages."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.extract.draft import Draft, inked
from pipeline.extract.glyphs import garbled, mapped
from pipeline.extract.layout import laid_out
from pipeline.extract.package import Package
from pipeline.extract.pages import Line, Page

_AGAIN = "请用 OFD 阅读器打开，另存为 PDF 或 Word 后再试"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_POINTS = 72 / 25.4


def read(data: bytes) -> Draft:
    """One OFD file as blocks; raises UnreadableFile where it holds no text or only glyph numbers."""
    package = Package(data)
    pages = [page for start in _bodies(package) for page in _pages(package, start)]
    inky = [page for page in pages if page.lines]
    if not inky:
        raise UnreadableFile("OFD 文件里没有文字（可能是扫描件）", _AGAIN)
    if sum(page.garbled for page in inky) * 2 >= len(inky):
        raise UnreadableFile("OFD 文件的文字是字形编号，不能采用", _AGAIN)
    blocks, removed = laid_out([page for page in pages if not page.garbled])
    return Draft(blocks, inked(line.text for page in inky for line in page.lines), tuple(removed))


def _named(element: Any, name: str) -> Iterator[Any]:
    """The elements of a local name below an element, whatever their namespace."""
    return (found for found in element.iter() if isinstance(found.tag, str) and found.tag.rpartition("}")[2] == name)


def _bodies(package: Package) -> Iterator[str]:
    for root in _named(package.tree("OFD.xml"), "DocRoot"):
        yield (root.text or "").strip().lstrip("/")


def _pages(package: Package, start: str) -> Iterator[Page]:
    """The pages of one document body, templates (letter heads) before the page's own text."""
    folder, root = posixpath.dirname(start), package.tree(start)
    size = [_numbers(box.text) for box in _named(root, "PhysicalBox")]
    width, height = size[0][2:4] if size and len(size[0]) >= 4 else (210.0, 297.0)
    templates = {t.get("ID", ""): t.get("BaseLoc", "") for t in _named(root, "TemplatePage")}
    pages = [page for holder in _named(root, "Pages") for page in _named(holder, "Page")]
    for number, page in enumerate(pages, 1):
        tree = package.tree(_path(folder, page.get("BaseLoc", "")))
        lines = []
        for use in _named(tree, "Template"):
            place = templates.get(use.get("TemplateID", ""))
            lines += _lines(package.tree(_path(folder, place))) if place else []
        lines += _lines(tree)
        text = "".join(line.text for line in lines)
        yield Page(number, width * _POINTS, height * _POINTS, tuple(_ordered(lines)), garbled=garbled(text))


def _path(folder: str, place: str) -> str:
    return place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBERS.findall(text or "")]


def _lines(tree: Any) -> list[Line]:
    """The pieces of text of a page with their places."""
    found = []
    for item in _named(tree, "TextObject"):
        box = _numbers(item.get("Boundary"))
        text = "".join(code.text or "" for code in _named(item, "TextCode"))
        if text.strip() and len(box) >= 4:
            left, top, wide, high = (number * _POINTS for number in box[:4])
            size = next(iter(_numbers(item.get("Size"))), 0.0) * _POINTS or high
            found.append(Line(mapped(text), left, top, left + wide, top + min(high, size * 1.4)))
    return found


def _ordered(lines: list[Line]) -> Iterator[Line]:
    """Pieces in reading order: by line, then from left to right; pieces of one line put together."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and abs(middle - (rows[-1][0].top + rows[-1][0].bottom) / 2) < rows[-1][0].size * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.left)
        text = row[0].text
        for before, line in itertools.pairwise(row):
            text += (" " if line.left - before.right > before.size * 0.8 else "") + line.text
        yield Line(text.strip(), row[0].left, row[0].top, max(line.right for line in row), row[0].bottom)
