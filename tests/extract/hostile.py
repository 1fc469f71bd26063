"""Files that mean harm or went wrong, made by script: each must end as a document or a failure, within the limits."""

from __future__ import annotations

import io
import os
import socket
import stat
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.extract.make import docx, p, part, zipped

TEXT = "关于修路的建议\n村道破损。"
LETTER = docx(p("关于修路的建议") + p("村道破损。"))


def laughs(tag: str) -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "笑">{levels}]><{tag}>&l11;</{tag}>'


def billion_laughs_docx() -> bytes:
    return zipped({"word/document.xml": laughs("w")})


def billion_laughs_xlsx() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": laughs("workbook")})


def billion_laughs_html() -> bytes:
    return laughs("html").encode()


def billion_laughs_ofd() -> bytes:
    return zipped({"OFD.xml": laughs("OFD")})


def outside_entity() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return zipped({"word/document.xml": head + "<a>&x;</a>"})


def outside_entity_html() -> bytes:
    return b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;abc</p></body></html>'


def utf16_entity() -> bytes:
    return zipped({"word/document.xml": laughs("w").replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")})


def bomb(*, count: int = 1, name: str = "a{}.txt", size: int = 60 * 2**20) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for number in range(count):
            package.writestr(name.format(number), b" " * size)
    return stream.getvalue()


def bomb_of_many() -> bytes:
    """Ten gigabytes of blanks, 16 million bytes a member, in about 10 MB."""
    inner = bomb(size=16 * 2**20)
    (member,) = zipfile.ZipFile(io.BytesIO(inner)).infolist()
    raw = inner[30 + len(member.filename) : 30 + len(member.filename) + member.compress_size]
    head = struct.pack("<HHHHHLLL", 20, 0, 8, 0, 33, member.CRC, len(raw), member.file_size)
    body, index = io.BytesIO(), io.BytesIO()
    for number in range(640):
        name = b"%03d.txt" % number
        index.write(
            b"PK\1\2"
            + struct.pack("<H", 20)
            + head
            + struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, body.tell())
            + name
        )
        body.write(b"PK\3\4" + head + struct.pack("<HH", len(name), 0) + name + raw)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 640, 640, index.tell(), body.tell(), 0)
    return body.getvalue() + index.getvalue() + end


def bomb_docx() -> bytes:
    return bomb(name="word/document.xml", size=80 * 2**20)


def lying_size() -> bytes:
    """A member of 90 MB that says it has 10 bytes."""
    data = bytearray(bomb(size=90 * 2**20, name="a.txt"))
    place = data.rindex(b"PK\1\2")
    data[place + 24 : place + 28] = struct.pack("<L", 10)
    data[22:26] = struct.pack("<L", 10)
    return bytes(data)


def nested(depth: int) -> bytes:
    data = zipped({"x.txt": TEXT})
    for _ in range(depth):
        data = zipped({"inner.zip": data, "y.txt": TEXT})
    return data


def link_in_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        info = zipfile.ZipInfo("link.txt")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        package.writestr(info, "/etc/passwd")
        package.writestr("a.txt", TEXT)
    return stream.getvalue()


def outward_names() -> bytes:
    names = ("../../etc/a.txt", "/etc/b.txt", "..\\c.txt", "C:\\d.txt", "e/../../f.txt")
    return zipped({name: TEXT for name in names} | {"好.txt": TEXT})


def odd_names() -> bytes:
    names = ("a\u202etxt.exe", "控\x07制.txt", "长" * 3000 + ".txt", " .txt", "b\nc.txt", "con.txt")
    return zipped({name: TEXT for name in names})


def twice_the_name() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", TEXT)
        package.writestr("a.txt", TEXT)
    return stream.getvalue()


def many_members() -> bytes:
    return zipped({f"{number}.txt": "字" for number in range(5000)})


def deep_docx() -> bytes:
    body = "<w:sdt><w:sdtContent>" * 20_000 + p("底") + "</w:sdtContent></w:sdt>" * 20_000
    return zipped({"word/document.xml": part("document", f"<w:body>{body}</w:body>")})


def deep_tables() -> bytes:
    open_, close = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return zipped({"word/document.xml": part("document", f"<w:body>{open_ * 60}{p('底')}{close * 60}</w:body>")})


def deep_html() -> bytes:
    return ("<html><body>" + "<div>" * 100_000 + "底" + "</div>" * 100_000).encode()


def deep_table_html() -> bytes:
    return ("<html><body>" + "<table><tr><td>字" * 3000).encode()


def deep_mail() -> bytes:
    head = "MIME-Version: 1.0\n"
    parts = "".join(f"Content-Type: multipart/related; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    return (head + parts + "Content-Type: text/html\n\n<p>底</p>\n").encode()


def million_paragraphs_docx() -> bytes:
    return zipped({"word/document.xml": part("document", "<w:body>" + p("字") * 1_000_000 + "</w:body>")})


def million_paragraphs_txt() -> bytes:
    return "村道破损，群众出行不便。\n".encode() * 1_000_000


def million_rows_csv() -> bytes:
    return ("编号,案由\n" + "1,修路\n" * 1_000_000).encode()


def one_long_line() -> bytes:
    return ("村道破损，" * 2_000_000).encode()


def brackets() -> bytes:
    return ("（" * 300_000 + "一、" * 100_000).encode()


def blanks() -> bytes:
    return b"a" + b" " * 20_000_000 + b"b"


def wide_merge() -> bytes:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" '
        't="inlineStr"><is><t>案由</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    return workbook(sheet)


def workbook(sheet: str) -> bytes:
    from openpyxl import Workbook

    stream = io.BytesIO()
    Workbook().save(stream)
    with zipfile.ZipFile(stream) as package:
        members = {name: package.read(name) for name in package.namelist()}
    return zipped(members | {"xl/worksheets/sheet1.xml": sheet})


def endless_pages() -> bytes:
    """A page tree whose node is its own child and says it has a billion pages."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1000000000/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def endless_form() -> bytes:
    """A page whose drawing draws itself."""
    draw = b"/F Do /F Do /F Do"
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length %d>>stream\n%s\n"
        b"endstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%%%EOF" % (len(draw), draw)
    )


def many_pages_pdf() -> bytes:
    """A hundred thousand empty pages."""
    count = 100_000
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    pages = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" % (number + 3) for number in range(count))
    tree = b"2 0 obj<</Type/Pages/MediaBox[0 0 9 9]/Count %d/Kids[%s]>>endobj\n" % (count, kids)
    root = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    return root + tree + pages + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (count + 3)


def huge_page_pdf() -> bytes:
    """A page of 35 kilometres, empty."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999 99999999]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"
    )


OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(page: str, pages: int = 1, document: str = "", **more: str) -> bytes:
    body = f"<ofd:Page {OFD}>{page}</ofd:Page>"
    leaves = '<ofd:Page BaseLoc="p.xml"/>' * pages
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "D.xml": f"<ofd:Document {OFD}>{document}<ofd:Pages>{leaves}</ofd:Pages></ofd:Document>",
            "p.xml": body,
        }
        | {f"{name}.xml": f"<ofd:Res {OFD}>{content}</ofd:Res>" for name, content in more.items()}
    )


def said(text: str, steps: str = "") -> str:
    code = f'<ofd:TextCode X="0" Y="5" DeltaX="{steps}">{text}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="20 20 99 6" Size="5">{code}</ofd:TextObject>'


def template_in_a_circle() -> bytes:
    use = '<ofd:Template TemplateID="1"/>'
    document = '<ofd:TemplatePage ID="1" BaseLoc="t.xml"/>'
    return ofd(use + said("村道破损"), document=document, t=use + said("模板"))


def units_in_a_circle() -> bytes:
    """A drawing that draws itself three thousand times."""
    again = '<ofd:CompositeObject ResourceID="1"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="1">{again * 3000}{said("字")}</ofd:CompositeGraphicUnit>'
    return ofd(again, document="<ofd:PublicRes>r.xml</ofd:PublicRes>", r=unit)


def endless_steps() -> bytes:
    far = said("村道破损", "g 999999999 1e308 " * 10_000).replace("20 20", "1e999 -9999999999999999")
    return ofd(far.replace('Size="5"', 'Size="1e300" CTM="1e300 1e300 1e300 1e300 1e300 1e300"'))


def shattered_ofd() -> bytes:
    """Sixty thousand pieces of one character, and as many rules."""
    line = "<ofd:AbbreviatedData>M 0 0 L 200 0</ofd:AbbreviatedData>"
    rule = f'<ofd:PathObject Boundary="0 {{}} 200 1">{line}</ofd:PathObject>'
    pieces = (said("村").replace("20 20", f"{n % 200} {n // 200}") + rule.format(n / 100) for n in range(60_000))
    return ofd("".join(pieces))


def soft_ends_mht() -> bytes:
    """Twenty million soft line ends of quoted-printable."""
    head = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>"
    return head + b"=\n" * 20_000_000


def mail(*parts: tuple[str, str]) -> bytes:
    """A mail with attachments: name and text."""
    head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    told = 'Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename="{}"\n\n{}\n'
    return (head + "".join(f"--b\n{told.format(*part)}" for part in parts) + "--b--\n").encode()


def deep_letters() -> bytes:
    parts = (f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    return ("".join(parts) + "Content-Type: text/plain\n\n底\n").encode()


def long_subject() -> bytes:
    return b"Subject: " + b"=?utf-8?B?5L+u?= " * 300_000 + b"\n\n" + "村道破损".encode()


def wide_cells() -> bytes:
    row = "<tr>" + "<td rowspan=65534 colspan=1000>村" * 50
    return ("<html><table>" + row * 1000 + "</table></html>").encode()


def listed_lists() -> bytes:
    return ("<html><body>" + "<ol><li>字" * 5000).encode()


def million_empty_rows() -> bytes:
    first = '<c r="A1" t="inlineStr"><is><t>案由</t></is></c>'
    rows = (f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_000_002))
    return _sheet(f'<row r="1">{first}</row>{"".join(rows)}')


def far_cell() -> bytes:
    return _sheet('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>')


def _sheet(rows: str) -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return workbook(f'<worksheet xmlns="{name}"><sheetData>{rows}</sheetData></worksheet>')


def packed_blanks() -> bytes:
    import gzip

    return gzip.compress(bytes(50 * 2**20), 1)


RUNS = (
    *(
        " ",
        ".",
        "…",
        "1",
        "一",
        "的",
        "局",
        "是",
        "（",
        "《",
        "“",
        "，",
        "、",
        "：",
        "-",
        "\t",
        "　",
        "A",
        "a ",
        "the ",
    ),
    *(
        "1、",
        "（一）",
        "2024年",
        "2024年6月30日",
        "万元",
        "建议",
        "建议：",
        "张三、",
        "局、",
        "届",
        "次会议",
        "首页>",
        "XX",
    ),
    *("\n", "　　\n", "一\n", "1.\n", "。\n", "建议\n", "1、a\n", "第1页\n", "|\n"),
)
"""What a text may hold over and over, each the worst case of some pattern."""


def controls() -> bytes:
    return "关于\x07修路\x1b的建议\u202e。\u200b村道\u0000破损\ufeff。".encode()


def directions() -> bytes:
    return docx(p("关于\u202e修路\u202c的建议") + p("村道\u200f破损。"))


def letter() -> bytes:
    return LETTER


FILES: dict[str, Callable[[], bytes]] = {
    "laughs.docx": billion_laughs_docx, "laughs.xlsx": billion_laughs_xlsx, "laughs.html": billion_laughs_html,
    "laughs.ofd": billion_laughs_ofd, "utf16.docx": utf16_entity, "entity.docx": outside_entity,
    "entity.html": outside_entity_html,
    "bomb.zip": bomb, "bombs.zip": bomb_of_many, "bomb.docx": bomb_docx, "lying.zip": lying_size,
    "nested.zip": lambda: nested(2), "nested-deep.zip": lambda: nested(40), "link.zip": link_in_zip,
    "outward.zip": outward_names, "odd.zip": odd_names, "twice.zip": twice_the_name, "many.zip": many_members,
    "deep.docx": deep_docx, "tables.docx": deep_tables, "deep.html": deep_html, "tables.html": deep_table_html,
    "deep.mht": deep_mail,
    "million.docx": million_paragraphs_docx, "million.txt": million_paragraphs_txt, "million.csv": million_rows_csv,
    "line.txt": one_long_line, "brackets.txt": brackets, "blanks.txt": blanks, "merge.xlsx": wide_merge,
    "pages.pdf": endless_pages, "form.pdf": endless_form, "controls.txt": controls, "directions.docx": directions,
    "长" * 70 + ".docx": letter, "pages100000.pdf": many_pages_pdf, "page35km.pdf": huge_page_pdf,
    "template.ofd": template_in_a_circle, "units.ofd": units_in_a_circle, "steps.ofd": endless_steps,
    "same.ofd": lambda: ofd(said("村道破损"), pages=100_000), "shattered.ofd": shattered_ofd,
    "up.ofd": lambda: ofd("").replace(b"p.xml", b"../p1"), "soft.mht": soft_ends_mht, "deep.eml": deep_letters,
    "parts.eml": lambda: mail(*[("a.txt", "字")] * 3000), "subject.eml": long_subject,
    "cells.html": wide_cells, "cells.xls": wide_cells, "lists.html": listed_lists, "empty.xlsx": million_empty_rows,
    "far.xlsx": far_cell, "packed.gz": packed_blanks,
}  # fmt: skip


def special(folder: Path) -> None:
    """What a file system has beside files: a pipe, folders named like files, closed doors, links in a circle."""
    (folder / "folder.docx").mkdir()
    (folder / "folder.docx" / "inner.docx").write_bytes(LETTER)
    (folder / "closed.docx").write_bytes(LETTER)
    (folder / ("长" * 80 + ".docx")).write_bytes(LETTER)
    (folder / "closed.docx").chmod(0)
    if sys.platform != "win32":
        (folder / "😀\u202e修\n\x07路.txt").write_text(TEXT, encoding="utf-8")
        os.mkfifo(folder / "pipe.docx")
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(os.path.relpath(folder / "door.docx"))
        (folder / "circle.docx").symlink_to(folder / "circle.docx")
        Path(os.fsdecode(os.fsencode(folder) + b"/\xb9\xd8.txt")).write_text(TEXT, encoding="utf-8")
