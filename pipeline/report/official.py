"""Papers in the format of official documents (GB/T 9704-2012): type area, fonts, headings, page numbers.

A4; margins 37 mm top, 35 mm bottom, 28 mm left, 26 mm right; body 仿宋 16 pt on a 28.95 pt line, 22 lines of 28
characters; title 小标宋 22 pt, headings 黑体 and 楷体 16 pt; page number “— 1 —” 宋体 14 pt. Fonts are named, not
embedded: where one is not installed, the word processor takes the nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE_FONT, BODY_FONT, HEAD_FONT, SUBHEAD_FONT, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
TITLE_SIZE, BODY_SIZE, TABLE_SIZE, PAGE_SIZE, LINE = Pt(22), Pt(16), Pt(10.5), Pt(14), Pt(28.95)
TWO_CHARACTERS, FOUR_CHARACTERS = Pt(32), Pt(64)
BLANK = "＿＿＿＿"


class Paper:
    """One paper, written from the top down."""

    def __init__(self) -> None:
        self._doc = Document()
        section = self._doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(28)
        style = self._doc.styles["Normal"]
        style.font.size = BODY_SIZE
        _font(style.element.get_or_add_rPr(), BODY_FONT)
        _page_number(section.footer.paragraphs[0])

    def title(self, text: str) -> None:
        """The title, centred, with an empty line under it."""
        self._line(text, TITLE_FONT, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER)
        self._line("")

    def to(self, text: str) -> None:
        """The receiver (主送机关), from the margin, with a colon."""
        self._line(f"{text}：")

    def body(self, text: str, *, head: str = "") -> None:
        """A paragraph, indented by two characters; `head` is its heading in the same line, in 黑体."""
        paragraph = self._line("", indent=TWO_CHARACTERS)
        for part, font in ((head, HEAD_FONT), (text, BODY_FONT)):
            if part:
                _run(paragraph, part, font, BODY_SIZE)

    def quote(self, text: str) -> None:
        """Wording taken from a text, in 楷体."""
        self._line(text, SUBHEAD_FONT, indent=TWO_CHARACTERS)

    def signed(self, office: str, day: str) -> None:
        """Office and day at the right, the day four characters from the margin."""
        self._line("")
        for text in (office, day):
            shape = self._line(text, align=WD_ALIGN_PARAGRAPH.RIGHT).paragraph_format
            shape.right_indent, shape.keep_with_next = FOUR_CHARACTERS, text is office

    def new_page(self) -> None:
        """Go on on a new page."""
        self._doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """A ruled table; widths in millimetres, the head repeated on every page."""
        table = self._doc.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        for column, (_, width) in zip(table.columns, columns, strict=True):
            column.width = Mm(width)
        head = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(head)
        _row(table.rows[0], [name for name, _ in columns], columns, HEAD_FONT)
        for cells in rows:
            _row(table.add_row(), cells, columns, SONG)

    def save(self, path: Path) -> Path:
        """Write the paper; returns its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._doc.save(str(path))
        return path

    def to_stream(self, stream: IO[bytes]) -> None:
        """Write the paper into an open stream."""
        self._doc.save(stream)

    def _line(
        self, text: str, font: str = BODY_FONT, size: Pt = BODY_SIZE, align: Any = None, indent: Pt | None = None
    ) -> Any:
        paragraph = self._doc.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        shape.first_line_indent, paragraph.alignment = indent, align
        if text:
            _run(paragraph, text, font, size)
        return paragraph


def _row(row: Any, cells: Sequence[str], columns: Sequence[tuple[str, float]], font: str) -> None:
    for cell, text, (_, width) in zip(row.cells, cells, columns, strict=True):
        cell.width = Mm(width)
        _run(cell.paragraphs[0], text, font, TABLE_SIZE)


def _run(paragraph: Any, text: str, font: str, size: Pt) -> None:
    run = paragraph.add_run("".join(sign for sign in text if sign >= " " or sign in "\n\t"))
    run.font.size = size
    _font(run._r.get_or_add_rPr(), font)


def _font(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for which in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(which), name if which == "w:eastAsia" else "Times New Roman")


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", SONG, PAGE_SIZE)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _run(paragraph, " —", SONG, PAGE_SIZE)
