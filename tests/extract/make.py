"""Builds the files that the extraction tests read: real packages, made by script."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pipeline.records import File

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{{0}} xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def part(name: str, inner: str) -> str:
    return _HEAD.format(name) + inner + f"</w:{name}>"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


def p(text: str, style: str = "", list_id: int | None = None, level: int = 0) -> str:
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_id is not None:
        own += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f'<w:p><w:pPr>{own}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    return "<w:tbl>" + "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows) + "</w:tbl>"


def level(number: int, form: str, text: str, extra: str = "") -> str:
    start = '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{number}">{start}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'


def numbering(abstract: Mapping[int, Sequence[str]], numbers: Mapping[int, tuple[int, str]]) -> str:
    lists = "".join(f'<w:abstractNum w:abstractNumId="{k}">{"".join(v)}</w:abstractNum>' for k, v in abstract.items())
    nums = "".join(
        f'<w:num w:numId="{k}"><w:abstractNumId w:val="{of}"/>{extra}</w:num>' for k, (of, extra) in numbers.items()
    )
    return part("numbering", lists + nums)


def docx(body: str, **parts: str) -> bytes:
    members = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    return zipped(members | {f"word/{name}.xml": content for name, content in parts.items()})


def pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]],
    size: float = 16,
    rules: Sequence[tuple[float, ...]] = (),
    every: bool = False,
) -> bytes:
    """A PDF of placed lines (x, y from the top, text) in a Chinese font; `rules` on the first page or on every one."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream, pagesize=A4, invariant=True)
    for number, lines in enumerate(pages):
        sheet.setFont("STSong-Light", size)
        for x, y, text in lines:
            sheet.drawString(x, A4[1] - y, text)
        for left, top, right, bottom in rules if every or number == 0 else ():
            sheet.line(left, A4[1] - top, right, A4[1] - bottom)
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def ofd(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """An OFD of placed lines (x, y in millimetres from the top, text)."""
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    places = "".join(f'<ofd:Page ID="{n}" BaseLoc="P{n}/c.xml"/>' for n in range(len(pages)))
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {name}><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "D/Document.xml": f"<ofd:Document {name}><ofd:Pages>{places}</ofd:Pages></ofd:Document>",
    }
    for number, lines in enumerate(pages):
        texts = "".join(
            f'<ofd:TextObject Boundary="{x} {y} {len(text) * 5} 6" Size="5">'
            f"<ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>"
            for x, y, text in reversed(lines)
        )
        members[f"D/P{number}/c.xml"] = (
            f"<ofd:Page {name}><ofd:Content><ofd:Layer>{texts}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(members)


def register() -> bytes:
    """A workbook with a title row, a header of two lines with merged cells, a date and two units in one cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "2024年提案"
    sheet.append(["政协云禾县委员会提案交办表"])
    sheet.append(["提案号", "案由", "提案人信息", None, "办理单位", None, "交办日期"])
    sheet.append([None, None, "姓名", "界别", "主办", "会办", None])
    for area in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
        sheet.merge_cells(area)
    sheet.append([7, "关于保护古树名木的提案", "丙", "农业", "林业局", "财政局、自然资源局", date(2024, 3, 5)])
    sheet.append([8, "关于增设公厕的提案", "丁", "工商联", "城管局", None, 45356])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def file(folder: Path, name: str, data: bytes) -> File:
    path = folder / name
    path.write_bytes(data)
    return File(f"inbox/{name}", str(path), "")
