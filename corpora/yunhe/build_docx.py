"""DOCX files the way Word makes them: split runs, automatic numbering, header, footer with PAGE, tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from build_docx_numbers import Numberer
from build_docx_parts import (
    DOCUMENT_RELS,
    FONTS,
    HEAD,
    NAMESPACES,
    PACKAGE_RELS,
    SETTINGS,
    STYLES,
    content_types,
    core,
)
from build_docx_shapes import DELETED, content_control, text_box
from build_sheets import Part, Sheet, apart

RUN = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]+")  # Word starts a new run where the script changes
FIXED_TIME = (2025, 1, 1, 0, 0, 0)
RIGHT_TAB = '<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>'
BROAD = 8600  # text width in twentieths of a point


def docx_bytes(page: Sheet) -> bytes:
    """The sheet as a .docx, the same bytes on every run."""
    writer = _Writer(page)
    body = writer.body()
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": PACKAGE_RELS,
        "docProps/core.xml": core(next((p.text for p in page.parts if p.role == "title"), "")),
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{_section()}</w:body></w:document>",
        "word/_rels/document.xml.rels": DOCUMENT_RELS,
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/numbering.xml": writer.numberer.part(),
        "word/header1.xml": _margin("hdr", "a4" if page.header else "", runs(page.header)),
        "word/footer1.xml": _margin("ftr", "a5", _page_number(page.numbers)),
        "word/fontTable.xml": FONTS,
    }
    return packed({name: text.encode() for name, text in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip with fixed times, in the given order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, data)
    return buffer.getvalue()


def runs(text: str, properties: str = "") -> str:
    """The text in runs as Word splits them."""
    made = []
    for chunk in RUN.findall(text):
        hint = "" if chunk[0] <= "\x7e" else '<w:rFonts w:hint="eastAsia"/>'
        style = f"<w:rPr>{hint}{properties}</w:rPr>" if hint or properties else ""
        made.append(f'<w:r>{style}<w:t xml:space="preserve">{escape(chunk)}</w:t></w:r>')
    return "".join(made)


def paragraph(inner: str, style: str = "", properties: str = "") -> str:
    """One w:p."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def _align(side: str) -> str:
    return f'<w:jc w:val="{side}"/>' if side else ""


def _tabbed(text: str) -> str:
    return "<w:r><w:tab/></w:r>".join(map(runs, apart(text)))


def _field(code: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} \\* MERGEFORMAT </w:instrText></w:r>'
    return mark.format("begin") + instruction + mark.format("separate") + runs("1") + mark.format("end")


def _page_number(form: int) -> str:
    if form == 1:
        return runs("第 ") + _field("PAGE") + runs(" 页 共 ") + _field("NUMPAGES") + runs(" 页")
    dash = "-" if form == 0 else "—"
    return runs(f"{dash} ") + _field("PAGE") + runs(f" {dash}")


def _margin(tag: str, style: str, inner: str) -> str:
    return f"{HEAD}<w:{tag} {NAMESPACES}>{paragraph(inner, style)}</w:{tag}>"


def _section() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" '
        'w:header="851" w:footer="1400" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
    )


class _Writer:
    def __init__(self, page: Sheet) -> None:
        self.page = page
        comma = any(re.match(r"\d{1,2}、", part.text) for part in page.parts)
        self.numberer = Numberer(comma=comma)

    def body(self) -> str:
        if not self.page.boxed:
            return "".join(map(self.part, self.page.parts))
        name, fields, *rest = self.page.parts
        return self.part(name) + self.box(fields.rows, rest) + paragraph("")

    def part(self, part: Part) -> str:
        makers = {
            "fields": lambda: table([cells(row) for row in part.rows]) + paragraph(""),
            "label": lambda: self._label(part.text),
            "body": lambda: self._numbered(part.text),
            "title": lambda: paragraph(self._title(part.text), "a3"),
            "letterhead": lambda: paragraph(runs(part.text), "a8"),
            "head": lambda: paragraph(runs(part.text), "1"),
            "pair": lambda: paragraph(_tabbed(part.text), properties=RIGHT_TAB),
            "right": lambda: self._signed(part.text),
            "centre": lambda: paragraph(runs(part.text), properties=_align("center")),
        }
        return makers.get(part.role, lambda: paragraph(runs(part.text)))()

    def _label(self, text: str) -> str:
        pieces = apart(text)
        if self.page.seed % 3 == 0:
            return text_box("".join(paragraph(runs(piece), properties=_align("right")) for piece in pieces))
        if len(pieces) > 1:
            return paragraph(_tabbed(text), properties=RIGHT_TAB)
        return paragraph(runs(text), properties=_align("right"))

    def _signed(self, text: str) -> str:
        signed = paragraph(runs(text), properties=_align("right"))
        return content_control(signed) if self.page.seed % 3 == 1 else signed

    def _title(self, text: str) -> str:
        return self._broken(text) + (DELETED if self.page.seed % 7 == 0 and text.endswith(("答复", "意见")) else "")

    def _broken(self, text: str) -> str:
        middle = len(text) // 2
        if len(text) > 20 and self.page.seed % 4 == 0 and text[middle - 1 : middle + 1].isalpha():
            return runs(text[:middle]) + "<w:r><w:br/></w:r>" + runs(text[middle:])
        return runs(text)

    def _numbered(self, text: str) -> str:
        taken = self.numberer.take(text) if self.page.automatic else None
        if taken is None:
            return paragraph(runs(text), "a6")
        number, level, rest = taken
        bold = "<w:b/>" if len(rest) < 30 and not rest.endswith(("。", "；")) else ""
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return paragraph(runs(rest, bold), "a6", numbering)

    def box(self, rows: Sequence[tuple[str, ...]], rest: Sequence[Part]) -> str:
        """The whole submission in one bordered table: fields, the text beside a merged label, empty office rows."""
        half = max(1, len(rest) // 2)
        content = [("内容", 1, "restart"), ("".join(map(self.part, rest[:half])), 3, "")]
        more = [("", 1, "continue"), ("".join(map(self.part, rest[half:])) or paragraph(""), 3, "")]
        office = [[(name, 1, ""), (paragraph(""), 3, "")] for name in ("审查意见", "交办意见")]
        return table([*map(cells, rows), content, more, *office])


def cells(row: tuple[str, ...]) -> list[tuple[str, int, str]]:
    """Cells as (text or paragraphs, columns spanned, vertical merge); a row of two spans the four columns."""
    if len(row) == 2:
        return [(row[0], 1, ""), (row[1], 3, "")]
    return [(text, 1, "") for text in row]


def table(rows: Sequence[Sequence[tuple[str, int, str]]]) -> str:
    """A bordered table of four columns."""
    grid = (1500, BROAD // 2 - 1500, 1500, BROAD // 2 - 1500)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    made = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="a7"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl>"
    )


def _cell(cell: tuple[str, int, str]) -> str:
    text, span, merge = cell
    width = (1500, 0, 7100)[span - 1] if span != 1 else 2150
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += {"": "", "continue": "<w:vMerge/>"}.get(merge, f'<w:vMerge w:val="{merge}"/>')
    inner = text if text.startswith("<w:p>") else paragraph(runs(text))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"
