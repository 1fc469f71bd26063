"""Damaged files by the thousand: `python -m tests.extract.fuzz 20000` reads that many and counts what went wrong.

Every case is a good file of one format with random harm done to its bytes or, in a package, to the bytes of a member.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from pathlib import Path
from unittest.mock import patch

from pipeline.extract import batch, extract
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Document, Failure, File
from tests.extract import make

TOKENS = (
    b"\0", b"\xff" * 8, b"<", b">", b"&#0;", b"&amp;" * 50, b"<!DOCTYPE a [", b"]]>", b"%", b"-1", b"9" * 14,
    b"1e309", b"/Kids", b"2 0 R", b"stream", b"endobj", b"w:numId", b'w:val="', b"</w:tbl>", b"<w:tbl>", b"PK\3\4",
    b"\xd0\xcf\x11\xe0", "\u202e".encode(), "（一）".encode(), "第九百九十九条".encode(), b"\xed\xa0\x80",
    b"\r\n\r\n", b"\t" * 300, b'"', b"," * 500, b"#REF!",
    b"=" * 200, b"boundary=", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
)  # fmt: skip
ODD = (b"-1", b"0", b"1", b"2", b"7", b"99999", b"9" * 14, b"1e309", b"NaN", b"0.0001", b"")
BROKEN, SLOW = "读取时程序中断", "读取超时"
READ, TOLD, CRASHED, HUNG = "read", "refused", "crashed", "hung"


def good_files() -> dict[str, list[bytes]]:
    """One or more good files for every reader."""
    lines = "\n".join(
        ["关于修路的建议", "一、情况", "村道破损，群众出行不便。", "（一）修路。", "1.架桥。", "张三", "2024年3月5日"]
    )
    rows = "编号,案由,内容,主办单位,交办日期,答复内容\n" + "".join(
        f"{n},关于修第{n}条路的建议,村道破损。,交通局,2024-03-0{n},已修。\n" for n in range(1, 6)
    )
    page = f"<html><head><meta charset=utf-8></head><body><div class=nav><a>首页</a></div><p>{lines}</p>"
    page += "<table><tr><td>项目<td>3</table></body></html>"
    archive = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
    table = "<table>" + "".join(f"<tr><td>{row.replace(',', '<td>')}" for row in rows.split("\n")) + "</table>"
    placed = [(72, 100 + 20 * n, line) for n, line in enumerate(lines.split("\n"))]
    files = {
        ".txt": [lines.encode(), lines.encode("gb18030"), lines.encode("utf-16")],
        ".md": [f"---\na: 1\n---\n# {lines}\n> *甲* [乙](丙)\n|a|b|\n|-|-|".encode()],
        ".csv": [rows.encode(), rows.encode("gb18030")], ".html": [page.encode()],
        ".mht": [f"{archive}{page}\n--b--\n".encode()], ".eml": [_mail(lines)],
        ".docx": [_docx()], ".xlsx": [_xlsx(rows)], ".ofd": [_ofd()],
        ".pdf": [make.pdf([placed] * 2, rules=[(60, 90, 300, 90)])],
    }  # fmt: skip
    files[".xls.html"] = [f"<html><body>{table}</body></html>".encode("gb18030")]
    files[".zip"] = [make.zipped({"a.docx": _docx(), "甲/b.txt": lines, "c.zip": make.zipped({"d.csv": rows})})]
    return files | _old(rows)


def _docx() -> bytes:
    lists = make.numbering(
        {1: [make.level(0, "chineseCounting", "%1、"), make.level(1, "decimal", "%2.")]}, {1: (1, "")}
    )
    styles = make.part("styles", '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/></w:style>')
    body = make.p("关于修路的建议", "h") + make.p("情况", list_id=1) + make.p("村道破损。", list_id=1, level=1)
    body += make.table([make.cell(make.p("案由")), make.cell(make.p("修路"))])
    body += '<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = make.part("footnotes", f'<w:footnote w:id="2">{make.p("注")}</w:footnote>')
    return make.docx(body, numbering=lists, styles=styles, footnotes=notes)


def _xlsx(rows: str) -> bytes:
    from openpyxl import Workbook

    book, stream = Workbook(), io.BytesIO()
    book.active.append(["云禾县建议交办表"])
    book.active.merge_cells("A1:F1")
    for row in rows.splitlines():
        book.active.append(row.split(","))
    book.save(stream)
    return stream.getvalue()


def _mail(lines: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "关于修路的建议"
    message.set_content(lines)
    message.add_alternative(f"<p>{lines}</p>", subtype="html")
    message.add_attachment(_docx(), maintype="application", subtype="octet-stream", filename="建议.docx")
    return bytes(message)


def _ofd() -> bytes:
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    text = (
        '<ofd:TextObject Boundary="20 60 30 6" Size="5" CTM="1 0 0 1 2 3"><ofd:CGTransform><ofd:Glyphs>7 8</ofd:Glyphs>'
        '</ofd:CGTransform><ofd:TextCode X="0" Y="5" DeltaX="g 4 5" DeltaY="0 0">村道破损。</ofd:TextCode>'
        "</ofd:TextObject>"
        '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 0 C</ofd:AbbreviatedData></ofd:PathObject>'
        '<ofd:CompositeObject ResourceID="9" Boundary="0 0 9 9"/>'
    )
    unit = '<ofd:TextObject Boundary="1 9 30 6" Size="5"><ofd:TextCode>修路</ofd:TextCode></ofd:TextObject>'
    return make.zipped(
        {
            "OFD.xml": f"<ofd:OFD {name}><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "D/D.xml": f"<ofd:Document {name}><ofd:PublicRes>R.xml</ofd:PublicRes><ofd:Pages><ofd:Page "
            'BaseLoc="P/c.xml"/></ofd:Pages></ofd:Document>',
            "D/R.xml": f'<ofd:Res {name}><ofd:CompositeGraphicUnit ID="9">{unit}</ofd:CompositeGraphicUnit></ofd:Res>',
            "D/P/c.xml": f"<ofd:Page {name}><ofd:Content><ofd:Layer>{text}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def _old(rows: str) -> dict[str, list[bytes]]:
    """An old workbook, where LibreOffice is there to write one."""
    soffice = batch.office.program()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.csv").write_text(rows, encoding="utf-8-sig")
        own = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        table = "--infilter=CSV:44,34,76,1"
        command = [
            soffice or "",
            "--headless",
            own,
            table,
            "--convert-to",
            "xls",
            "--outdir",
            folder,
            f"{folder}/a.csv",
        ]
        if soffice:
            subprocess.run(command, capture_output=True, check=False, timeout=60)
        made = [path.read_bytes() for path in Path(folder).glob("*.xls")]
    return {".xls": made} if made else {}


def harmed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, lost, doubled, moved or put in."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, size = chance.randrange(len(changed) + 1), chance.choice((1, 2, 8, 64, 512))
        kind, figures = chance.randrange(8), list(re.finditer(rb"\d{1,9}", changed)) if len(changed) < 20_000 else []
        if kind == 0 and at < len(changed):
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size] * chance.choice((1, 3, 50))
        elif kind == 3:
            changed[at:at] = chance.choice(TOKENS)
        elif kind >= 6 and figures:
            changed[slice(*chance.choice(figures).span())] = chance.choice(ODD)
        elif kind == 4:
            changed[at : at + size] = chance.randbytes(size)
        else:
            other = chance.randrange(len(changed) + 1)
            changed[at:at] = changed[other : other + size]
    return bytes(changed[: chance.randrange(len(changed) + 1)] if chance.random() < 0.05 else changed)


def case(files: dict[str, list[bytes]], seed: int) -> tuple[str, str, bytes]:
    """The format of one case, the suffix that it goes by, and its bytes; the same for the same seed."""
    chance = random.Random(seed)
    kind = chance.choice(sorted(files))
    data = chance.choice(files[kind])
    if data.startswith(b"PK") and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {name: package.read(name) for name in package.namelist()}
        name = chance.choice(sorted(members))
        members[name] = harmed(members[name], chance)
        data = make.zipped(members)
    else:
        data = harmed(data, chance)
    suffix = ".xls" if kind == ".xls.html" else kind
    return kind, chance.choice((suffix, suffix, suffix, ".docx", ".txt", ".pdf", "")), data


def results(cases: Iterable[int], folder: Path, profile: Profile) -> Iterator[tuple[int, str, list[str]]]:
    """For every case its seed and format, and what came out: READ or TOLD, or the fault."""
    files = good_files()
    with patch.object(batch.office, "program", lambda: None):  # the cases are for our own readers
        for seed in cases:
            kind, suffix, data = case(files, seed)
            path = folder / f"case{suffix}"
            path.write_bytes(data)
            found = extract([File(f"inbox/{path.name}", str(path), "")], profile)
            yield seed, kind, [_said(item) for item in found] or ["nothing came out"]


def faults(cases: Iterable[int], folder: Path, profile: Profile) -> Iterator[tuple[int, str]]:
    """The seeds of cases that crashed or hung, with what was said."""
    for seed, _, said in results(cases, folder, profile):
        yield from ((seed, fault) for fault in said if fault not in {READ, TOLD})


def _said(item: Document | Failure) -> str:
    """What a result is: a document, a failure that a clerk understands, or a fault."""
    if isinstance(item, Document):
        return READ
    if item.reason.startswith((BROKEN, SLOW)):
        return item.reason
    return TOLD if item.reason and item.hint else "a failure without reason or hint"


def main(count: int, first: int = 0) -> int:
    """Read the cases, print every fault, and a table: cases by format, what was read, refused, crashed, hung."""
    begun, table = time.monotonic(), dict[str, Counter[str]]()
    with tempfile.TemporaryDirectory() as folder:
        for seed, kind, found in results(range(first, first + count), Path(folder), load(default_folder())):
            row = table.setdefault(kind, Counter())
            bad = [said for said in found if said not in {READ, TOLD}]
            row[(HUNG if bad[0].startswith(SLOW) else CRASHED) if bad else READ if READ in found else TOLD] += 1
            for said in bad:
                print(seed, kind, said, flush=True)
    columns = (READ, TOLD, CRASHED, HUNG)
    print("format", "cases", *columns, sep="\t")
    for kind, row in sorted([*table.items(), ("all", sum(table.values(), Counter()))]):
        print(kind, row.total(), *(row[column] for column in columns), sep="\t")
    print(f"{count} cases in {time.monotonic() - begun:.0f} s")
    return int(any(row[CRASHED] + row[HUNG] for row in table.values()))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
