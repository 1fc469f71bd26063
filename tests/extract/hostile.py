"""Files that mean harm or went wrong, made by script: each must end as a document or a failure, within the limits."""

from __future__ import annotations

import io
import os
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
    "长" * 70 + ".docx": letter,
}  # fmt: skip


def special(folder: Path) -> None:
    """What a file system has beside files: a pipe, folders named like files, closed doors, links in a circle."""
    (folder / "folder.docx").mkdir()
    (folder / "folder.docx" / "inner.docx").write_bytes(LETTER)
    (folder / "closed.docx").write_bytes(LETTER)
    (folder / "closed.docx").chmod(0)
    if sys.platform != "win32":
        os.mkfifo(folder / "pipe.docx")
        (folder / "circle.docx").symlink_to(folder / "circle.docx")
        Path(os.fsdecode(os.fsencode(folder) + b"/\xb9\xd8.txt")).write_text(TEXT, encoding="utf-8")
