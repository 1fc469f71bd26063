"""Word files: the body in document order, with all that a reader sees and nothing that he does not (R-ING-09)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.extract.draft import Draft, inked
from pipeline.extract.glyphs import symbol
from pipeline.extract.numbering import Numbering
from pipeline.extract.package import Package
from pipeline.extract.styles import Properties, Style, Styles, W, hides, properties_of, value
from pipeline.records import Block, Removal, Role

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TBL, _TR, _TC, _TXBX, _SDT = W + "p", W + "tbl", W + "tr", W + "tc", W + "txbxContent", W + "sdt"
_TEXTS = (W + "t", _M + "t", _A + "t")
_MARK = W + "rPr"
_VANISH, _RUNS = W + "vanish", (W + "r", _P)
_GONE = (W + "del", W + "moveFrom", W + "rt", _MC + "Fallback")
_MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes", W + "commentReference": "comments"}
_RARE = (*_MARKS, *_NOTES, W + "sym", _TXBX)


def read(data: bytes) -> Draft:
    """One Word file as blocks; raises UnreadableFile where it is encrypted, broken or no Word file."""
    package = Package(data)
    main = _main_part(package)
    root = package.tree(main)
    story = _Story(package, main.rpartition("/")[0] + "/")
    story.characters = _seen(root)
    blocks = story.blocks_of(root)
    heads, feet = story.edges("header"), story.edges("footer")
    if not any(block.text for block in blocks) and "afchunk" in "".join(package.names).lower():
        raise UnreadableFile("文件内容以嵌入方式保存，读不出正文", "请用 Word 打开后另存为 .docx")
    title = next((block.text for block in blocks if block.role == "title"), "")
    return Draft((*heads, *blocks, *feet), story.characters, tuple(story.removed), title=title)


def _seen(root: Any) -> int:
    """The number of characters in the text nodes that a reader sees: all but those inside deletions and fallbacks."""
    hidden = [e for e in root.iter(*_GONE) if next(e.iterancestors(*_GONE), None) is None]
    return inked(root.itertext(*_TEXTS, with_tail=False)) - sum(
        inked(e.itertext(*_TEXTS, with_tail=False)) for e in hidden
    )


def _main_part(package: Package) -> str:
    if "word/document.xml" in package:
        return "word/document.xml"
    for name in package.names:
        if name.startswith("word/document") and name.endswith(".xml"):
            return name
    raise UnreadableFile("不是 Word 文档，或文件不完整", "请用 Word 或 WPS 打开原件，另存为 .docx 后再试")


class _Story:
    """The walk over one package: styles, numbers and notes at hand."""

    def __init__(self, package: Package, folder: str, styles: Styles | None = None) -> None:
        self._package, self._folder = package, folder
        self._styles = styles or Styles(package.read_if(folder + "styles.xml"))
        lists = folder + ("" if styles else "numbering.xml")
        self._numbering = Numbering(partial(package.tree_if, lists), self._styles)
        self._hidden = frozenset() if styles else self._styles.hidden()
        self._notes: dict[str, dict[str, str]] = {}
        self._rare: set[Any] = set()
        self._carried = ""
        self.characters = 0
        self.removed: list[Removal] = []

    def blocks_of(self, root: Any) -> list[Block]:
        """The blocks of a part in document order, deleted text and doubled drawings left out."""
        for element in list(root.iter(*_GONE, _VANISH)):
            parent = element.getparent()
            if element.tag == _VANISH:
                if hides(element):
                    self._hide(element)
            elif parent is not None and parent.tag != _MARK:
                _cut(element)
        for mark in list(root.iter(W + "rStyle", W + "pStyle")) if self._hidden else ():
            if mark.get(W + "val") in self._hidden:
                self._hide(mark)
        for element in root.iter(*_RARE):
            self._rare.update(element.iterancestors(_P))
        return [*self._container(root)]

    def _hide(self, mark: Any) -> None:
        """Take out what a `w:vanish` or a hidden style is set on; a hidden paragraph mark takes nothing with it."""
        parent = mark.getparent()
        holder = None if parent is None else parent.getparent()
        if holder is not None and holder.tag in _RUNS:
            text = "".join(holder.itertext(*_TEXTS, with_tail=False))
            self.removed += [Removal(text, "隐藏文字（Word 里不显示）")] if text.strip() else []
            _cut(holder)

    def _lines_of(self, root: Any) -> list[str]:
        """The lines of a header, footer, note or comment, without numbers and notes of their own."""
        blocks = _Story(self._package, self._folder, self._styles).blocks_of(root)
        return [block.text for block in blocks if block.text.strip()]

    def edges(self, kind: str) -> tuple[Block, ...]:
        """The different headers or footers of the sections, each once."""
        role: Role = "header" if kind == "header" else "footer"
        texts: dict[str, None] = {}
        for name in self._package.names:
            if name.startswith(f"{self._folder}{kind}") and name.endswith(".xml"):
                root = self._package.tree(name)
                lines = self._lines_of(root)
                self.characters += inked(lines) if "\n".join(lines) not in texts else 0
                texts.setdefault("\n".join(lines))
        return tuple(Block(text, role) for text in texts if text)

    def _container(self, element: Any) -> Iterator[Block]:
        for child in element:
            tag = child.tag
            if tag == _P:
                yield from self._paragraph(child)
            elif tag == _TBL:
                for cells in self._rows(child):
                    yield Block("\t".join(filter(None, cells)), "row", cells=cells)
            elif tag == _SDT and value(child, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
                self._drop_contents(child)
            elif isinstance(tag, str):
                yield from self._container(child)

    def _drop_contents(self, element: Any) -> None:
        lines = ["".join(line.itertext(*_TEXTS, with_tail=False)) for line in element.iter(_P)]
        self.removed.append(Removal("\n".join(filter(None, lines)), "目录（由标题自动生成）"))

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        boxes: list[Any] = []
        notes: list[Block] = []
        if paragraph in self._rare:
            boxes = [box for box in paragraph.iter(_TXBX) if next(box.iterancestors(_TXBX), None) is None]
            for box in boxes:
                _cut(box)
            text, notes = self._line(paragraph)
        else:
            text = "".join(paragraph.itertext(*_TEXTS, with_tail=False))
        properties = properties_of(paragraph)
        if properties.mark_deleted:
            self._carried += text
        else:
            text, self._carried = self._carried + text, ""
            yield from self._shaped(text.strip(), properties)
        yield from notes
        for box in boxes:
            yield from self._container(box)

    def _line(self, paragraph: Any) -> tuple[str, list[Block]]:
        """What a paragraph with tabs, line breaks, symbols or notes says, and the notes it refers to."""
        parts: list[str] = []
        notes: list[Block] = []
        for element in paragraph.iter(*_TEXTS, *_RARE):
            tag = element.tag
            if tag in _MARKS:
                parts.append(_MARKS[tag] if element.getparent().tag != W + "tabs" else "")
            elif tag in _NOTES:
                notes += self._note(_NOTES[tag], element.get(W + "id", ""))
            elif tag in _TEXTS:
                parts.append(element.text or "")
            else:
                parts.append(symbol(element.get(W + "char", "")))
        return "".join(parts), notes

    def _note(self, part: str, number: str) -> list[Block]:
        if part not in self._notes:
            self._notes[part] = {}
            root = self._package.tree_if(f"{self._folder}{part}.xml")
            for element in () if root is None else root:
                self._notes[part][element.get(W + "id", "")] = "\n".join(self._lines_of(element)).strip()
        text = self._notes[part].pop(number, "")
        self.characters += inked([text])
        role: Role = "comment" if part == "comments" else "note"
        return [Block(text, role, number=number)] if text else []

    def _shaped(self, text: str, own: Properties) -> Iterator[Block]:
        """The block of a paragraph under its style: title, heading, numbered item or plain."""
        style = self._styles.get(own.style)
        number, depth = self._number(style, own)
        if not text:
            return
        if style.contents and text[-1:].isdigit():
            self.removed.append(Removal(text, "目录（由标题自动生成）"))
            return
        level = own.outline if own.outline is not None else style.outline
        role, rank = style.role(level) if level is not None or style.name else ("paragraph", 0)
        if role == "paragraph" and depth:
            role, rank = "item", depth
        gap = " " if number and _parted(number, text) else ""
        yield Block(number + gap + text if number else text, role, rank, number.strip())

    def _number(self, style: Style, own: Properties) -> tuple[str, int]:
        """The number of a paragraph and its depth in its list (from 1), 0 outside any list."""
        list_id = own.list or style.list or "0"
        if list_id == "0":
            return "", 0
        level = own.level if own.level is not None else style.level
        if level is None:
            level = self._numbering.level_of(list_id, own.style)
        return self._numbering.next(list_id, level), level + 1

    def _rows(self, table: Any) -> Iterator[tuple[str, ...]]:
        """The rows of a table, cells by grid column; a merged cell holds its text once, its other places are empty."""
        for row in _inside(table, _TR):
            cells: list[str] = [""] * int(value(row.find(W + "trPr"), "gridBefore") or 0)
            for cell in _inside(row, _TC):
                properties = cell.find(W + "tcPr")
                cells.append("\n".join(block.text for block in self._container(cell)).strip())
                span = value(properties, "gridSpan") or "1"
                cells += [""] * (min(int(span), 100) - 1 if span.isdigit() else 0)
            if any(cells):
                yield tuple(cells)


def _cut(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """The rows or cells of a table, those inside content controls and insertions included, nested tables not."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in {_TBL, _TR, _TC, _P}:
            yield from _inside(child, tag)


def _parted(number: str, text: str) -> bool:
    """Whether a blank stands between number and text: after a letter or figure, and after “1.” before a figure."""
    if number.endswith((".", "·")):
        return text[:1].isdigit()
    return number[-1].isalnum() and not "①" <= number[-1] <= "㊿"
