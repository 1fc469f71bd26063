"""Text PDFs as an office prints them: running header, page numbers, lines that break in mid-sentence."""

from __future__ import annotations

import io
import re

from build_sheets import Part, Sheet, apart
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # one of the standard Chinese fonts of PDF: no font file needed
WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 79.0, 74.0, 96.0, 90.0
SIZES = {"title": 20.0, "letterhead": 24.0, "centre": 16.0, "head": 15.0}
ALIGN = {"title": "centre", "letterhead": "centre", "centre": "centre", "right": "right", "label": "right"}
NOT_FIRST = "，。、；：？！）》”’〕】%"
TOKEN = re.compile(r"[0-9A-Za-z.%]+|.")


def pdf_bytes(page: Sheet) -> bytes:
    """The sheet as a PDF; two passes, since "共 n 页" needs the count."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    count = _Printer(page, total=0).run()[1]
    return _Printer(page, total=count).run()[0]


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break at the margin, never before a closing mark and never inside a number."""
    lines, line = [], ""
    for token in TOKEN.findall(text):
        if line and token not in NOT_FIRST and pdfmetrics.stringWidth(line + token, FONT, size) > width:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line] if line else lines


class _Printer:
    def __init__(self, page: Sheet, *, total: int) -> None:
        self.page, self.total, self.number = page, total, 0
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
        self.size = 14.0 + page.seed % 2 * 2
        self.y = 0.0

    def run(self) -> tuple[bytes, int]:
        self._new_page()
        for part in self.page.parts:
            if part.role == "fields":
                self._fields(part)
            elif part.role in ("pair", "label") and len(apart(part.text)) > 1:
                self._pair(*apart(part.text)[:2])
            else:
                self._paragraph(part)
        self._close_page()
        self.canvas.save()
        return self.buffer.getvalue(), self.number

    def _new_page(self) -> None:
        self.number += 1
        self.y = HEIGHT - TOP
        if self.page.header:
            self._show(self.page.header, 10.5, HEIGHT - 56, "centre")
            self.canvas.setLineWidth(0.5)
            self.canvas.line(LEFT, HEIGHT - 61, WIDTH - RIGHT, HEIGHT - 61)

    def _close_page(self) -> None:
        forms = ("- {} -", "第 {} 页 共 {} 页", "— {} —")
        self._show(forms[self.page.numbers].format(self.number, self.total), 11, 50, "centre")
        if self.page.boxed:
            self.canvas.rect(LEFT - 8, BOTTOM - 18, WIDTH - LEFT - RIGHT + 16, HEIGHT - TOP - BOTTOM + 34)
        self.canvas.showPage()

    def _show(self, text: str, size: float, y: float, align: str) -> None:
        self.canvas.setFont(FONT, size)
        width = pdfmetrics.stringWidth(text, FONT, size)
        x = {"centre": (WIDTH - width) / 2, "right": WIDTH - RIGHT - width}.get(align, LEFT)
        self.canvas.drawString(x, y, text)

    def _need(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self._close_page()
            self._new_page()

    def _paragraph(self, part: Part) -> None:
        size = SIZES.get(part.role, self.size)
        align = ALIGN.get(part.role, "left")
        indent = "　　" if part.role == "body" else ""
        for line in wrapped(indent + part.text, size, WIDTH - LEFT - RIGHT):
            self._need(size * 1.75)
            self.y -= size * 1.75
            self._show(line, size, self.y, align)
        self.y -= size * 0.8 if part.role == "title" else 0

    def _pair(self, left: str, right: str) -> None:
        self._need(self.size * 1.75)
        self.y -= self.size * 1.75
        self._show(left, self.size, self.y, "left")
        self._show(right, self.size, self.y, "right")

    def _fields(self, part: Part) -> None:
        for row in part.rows:
            self._row(row)
        self.y -= 8

    def _row(self, row: tuple[str, ...]) -> None:
        whole = WIDTH - LEFT - RIGHT
        widths = [72.0, whole - 72] if len(row) == 2 else [72.0, whole / 2 - 72, 72.0, whole / 2 - 72]
        cells = [wrapped(text, 12, width - 8) for text, width in zip(row, widths, strict=True)]
        height = max(map(len, cells)) * 18 + 8
        self._need(height)
        x = LEFT
        for lines, width in zip(cells, widths, strict=True):
            self.canvas.rect(x, self.y - height, width, height)
            self.canvas.setFont(FONT, 12)
            for index, line in enumerate(lines):
                self.canvas.drawString(x + 4, self.y - 17 - index * 18, line)
            x += width
        self.y -= height
