"""Word files: the body in document order, with all that a reader sees and nothing that he does not (R-ING-09)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.extract import plain, web
from pipeline.extract.docx_lines import PLAIN, TEXTS, Lines, P, Said
from pipeline.extract.docx_parts import Parts
from pipeline.extract.docx_rows import TABLE, Rows
from pipeline.extract.docx_unseen import Unseen
from pipeline.extract.draft import Draft, inked
from pipeline.extract.numbering import Lists, Numbering, lists
from pipeline.extract.package import Package, parsed
from pipeline.extract.sniff import format_of
from pipeline.extract.styles import Style, Styles, W, value
from pipeline.records import Block, Removal, Role
from pipeline.text import squeezed

_SDT, _CHUNK = W + "sdt", W + "altChunk"
_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CONTENTS = "目录（由标题自动生成）"
_OVER_CONTENTS = frozenset(("目录", "目次"))
_DEEPEST, _SHORT = 3, 60
_DRAWN = ("diagramData", "chart")
_PROPERTIES = frozenset(W + name for name in ("tcPr", "tblPr", "tblGrid", "trPr", "tblPrEx", "sectPr", "sdtPr"))


def read(data: bytes, depth: int = 0) -> Draft:
    """One Word file as blocks; raises UnreadableFile where it is encrypted, broken or no Word file.

    `depth`: how many Word files it is embedded in.
    """
    parts = Parts(Package(data))
    body = parts.body()
    story = _Story(parts, parts.made("styles", Styles), depth)
    blocks = story.blocks_of(body)
    heads, feet = story.edges("header"), story.edges("footer")
    title = next((block.text for block in blocks if block.role == "title"), "")
    broken = [
        f"文件的一部分已损坏（{name}），其中的编号、样式、注释或页眉没有读出" for name in sorted(set(parts.broken))
    ]
    warnings = (*story.warnings, *broken, *_pictures(parts, story.characters))
    drawn = [Block(text, "note") for kind in _DRAWN for text in parts.texts(kind, _words, kind)]
    story.characters += inked(block.text for block in drawn)
    return Draft((*heads, *blocks, *drawn, *feet), story.characters, tuple(story.removed), warnings, title=title)


def _words(data: bytes) -> str:
    """The words of a diagram or chart, a line for each of its texts."""
    return "\n".join(text.strip() for text in parsed(data).itertext(*TEXTS) if text.strip())


def _pictures(parts: Parts, characters: int) -> tuple[str, ...]:
    """A warning where a text is so short that its pictures may be what the paper says; refuses pictures alone."""
    count = parts.pictures if characters < _SHORT else 0
    if count and not characters:
        raise UnreadableFile(
            f"文件里只有 {count} 张图片，没有文字", "请提供原始的 Word 文字稿；或把图片存成 .jpg、.pdf 再试"
        )
    return (f"正文很短，另有 {count} 张图片没有读；图片里有文字的，请补录或提供文字稿",) if count else ()


class _Story:
    """The walk over one package: styles, numbers and notes at hand."""

    def __init__(self, parts: Parts, shapes: Styles, depth: int = 0, *, numbered: bool = True) -> None:
        self._parts, self._styles, self._depth = parts, shapes, depth
        self._numbering = Numbering(lambda: parts.made("numbering", lists) if numbered else Lists(), shapes)
        self._notes: dict[str, dict[str, str]] = {}
        self._lines, self._special = Lines(), set[Any]()
        self._usual = shapes.get("")
        self._unseen = Unseen()
        self._carried = ""
        self.characters = 0
        self.removed: list[Removal] = []
        self.warnings: list[str] = []

    def blocks_of(self, root: Any) -> list[Block]:
        """The blocks of a part in document order, deleted text and doubled drawings left out."""
        unseen = self._unseen = Unseen()
        unseen.take_out(root, self._styles.hidden)
        self._lines = Lines(root, *(box for boxes in unseen.boxes.values() for box in boxes))
        self._special = self._lines.said.keys() | unseen.boxes.keys() | unseen.contents
        if self._usual.list != "0":
            self._special |= self._lines.texts.keys()
        self.removed += unseen.removed
        self.characters += inked(self._lines.texts.values()) + inked(removal.text for removal in unseen.removed)
        return self._blocks(root)

    def _lines_of(self, root: Any) -> list[str]:
        """The lines of a header, footer, note or comment, without numbers and notes of their own."""
        blocks = _Story(self._parts, self._styles, numbered=False).blocks_of(root)
        return [block.text for block in blocks if block.text.strip()]

    def _edge(self, data: bytes) -> str:
        return "\n".join(self._lines_of(parsed(data)))

    def edges(self, kind: str) -> tuple[Block, ...]:
        """The different headers or footers of the sections, each once."""
        role: Role = "header" if kind == "header" else "footer"
        texts = dict.fromkeys(self._parts.texts(kind, self._edge, self._styles))
        self.characters += inked(texts)
        return tuple(Block(text, role) for text in texts if text)

    def _blocks(self, element: Any) -> list[Block]:
        """The blocks of a body, a cell or a text box."""
        blocks: list[Block] = []
        texts = self._lines.texts
        for child in element:
            text = texts.get(child)
            if text is not None:
                if child in self._special or self._carried:
                    self._add_paragraph(blocks, child, text)
                elif text := text.strip():
                    blocks.append(Block(text, *self._usual.role))
            elif (tag := child.tag) == _CHUNK:
                blocks += self._chunk(child)
            elif tag not in _PROPERTIES and len(child):
                blocks += self._part(child)
        return blocks

    def _part(self, element: Any) -> list[Block]:
        """The blocks of what is no paragraph: a table, an embedded document, a content control or another holder."""
        if element.tag == TABLE:
            rows = Rows(self._lines.shapes, self._blocks)
            blocks = rows.of(element)
            self.removed += rows.removed
            return blocks
        if element.tag == _SDT and value(element, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
            lines = "\n".join(filter(None, map(self._lines.texts.get, element.iter(P))))
            self.removed.append(Removal(lines, _CONTENTS))
            return []
        return self._blocks(element)

    def _add_paragraph(self, blocks: list[Block], paragraph: Any, text: str) -> None:
        said, text = self._lines.said.get(paragraph, PLAIN), self._carried + text
        self._carried = text if said.joined else ""
        if paragraph in self._unseen.contents:
            self._drop_contents(blocks, text.strip())
        elif not said.joined:
            self._add_block(blocks, text.strip(), said)
        for part, number in said.notes:
            blocks += self._note(part, number)
        if self._unseen.boxes:
            for box in self._unseen.boxes.get(paragraph, ()):
                blocks += self._blocks(box)

    def _drop_contents(self, blocks: list[Block], text: str) -> None:
        """Set a line of a table of contents apart, with the heading that stands over it."""
        if blocks and squeezed(blocks[-1].text) in _OVER_CONTENTS:
            self.removed.append(Removal(blocks.pop().text, _CONTENTS))
        self.removed += [Removal(text, _CONTENTS)] if text else []

    def _note(self, part: str, number: str) -> Iterator[Block]:
        if part not in self._notes:
            notes = self._notes[part] = {}
            for root in self._parts.trees(part):
                for element in root:
                    notes[element.get(W + "id", "")] = "\n".join(self._lines_of(element)).strip()
        if text := self._notes[part].pop(number, ""):
            self.characters += inked([text])
            yield Block(text, "comment" if part == "comments" else "note", number=number)

    def _chunk(self, element: Any) -> Iterator[Block]:
        """The text of a document of another format that is embedded whole."""
        data = self._parts.target(element.get(_EMBEDDED, "")) or b""
        try:
            reader = _CHUNKS.get(format_of(data, ".html"))
            draft = reader(data, self._depth + 1) if reader is not None and self._depth < _DEEPEST else None
        except UnreadableFile:
            draft = None
        if draft is None:
            self.warnings.append("文件里嵌入的一部分内容读不出，请用 Word 打开后另存为 .docx 再试")
            return
        self.characters += draft.characters
        self.removed += draft.removed
        yield from (block for block in draft.blocks if block.role not in {"header", "footer"})

    def _add_block(self, blocks: list[Block], text: str, said: Said) -> None:
        """Add a paragraph under its style: title, heading, numbered item or plain; an empty one only counts."""
        style = self._styles.get(said.style)
        list_id = said.list or style.list
        number, depth = ("", 0) if list_id == "0" or (said.hidden and not text) else self._number(list_id, style, said)
        if not text:
            return
        if style.contents and text[-1].isdigit():
            self._drop_contents(blocks, text)
            return
        role, rank = style.role if said.outline is None else style.role_at(said.outline)
        if depth and role == "paragraph":
            role, rank = "item", depth
        gap = " " if number and _parted(number, text) else ""
        blocks.append(Block(number + gap + text, role, rank, number.strip()))

    def _number(self, list_id: str, style: Style, own: Said) -> tuple[str, int]:
        """The number of a paragraph in a list and its depth there (from 1)."""
        level = own.level if own.level is not None else style.level
        if level is None:
            level = self._numbering.level_of(list_id, style.ids)
        return self._numbering.next(list_id, level), level + 1


_CHUNKS: dict[str, Callable[[bytes, int], Draft]] = {
    ".docx": read,
    ".html": lambda data, _: web.read(data),
    ".mht": lambda data, _: web.read_archive(data),
    ".txt": lambda data, _: plain.read(data),
}


def _parted(number: str, text: str) -> bool:
    """Whether a blank stands between number and text: after a letter or figure, and after “1.” before a figure."""
    if number.endswith((".", "·")):
        return text[:1].isdigit()
    return number[-1].isalnum() and not "①" <= number[-1] <= "㊿"
