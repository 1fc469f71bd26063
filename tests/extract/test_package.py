"""XML parts and zip packages from strangers: no document type in any encoding, names as writers write them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from pipeline.errors import UnreadableFile
from pipeline.extract import docx, ofd, sheets
from pipeline.extract.package import Package, parsed
from tests.extract.make import docx as letter
from tests.extract.make import p, part, register, zipped

LEVELS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<!DOCTYPE a [<!ENTITY l0 "lol">{LEVELS}]>'
HARMFUL = {
    "laughs": LAUGHS + "<a>&l11;</a>",
    "laughs in an attribute": LAUGHS + '<a b="&l11;"/>',
    "laughs after a long comment": "<!--" + "x" * 9000 + "-->" + LAUGHS + "<a>&l11;</a>",
    "a file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "a parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><a/>',
    "a document type far away": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "a bare document type": "<!DOCTYPE a><a/>",
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "gb18030", "cp037")


def written(xml: str, encoding: str) -> bytes:
    name = {"utf-8-sig": "UTF-8", "cp037": "IBM037"}.get(encoding, encoding.upper())
    return f'<?xml version="1.0" encoding="{name}"?>{xml}'.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("harm", HARMFUL)
def test_no_encoding_hides_a_document_type(harm, encoding):
    data = written(HARMFUL[harm], encoding)
    tracemalloc.start()
    with pytest.raises(UnreadableFile):
        parsed(data)
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


@pytest.mark.parametrize("encoding", ENCODINGS[:-1])
def test_every_encoding_is_read(encoding):
    assert parsed(written("<a>村道</a>", encoding)).text == "村道"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("harm", HARMFUL)
def test_the_readers_refuse_it_too(harm, encoding):
    data = written(HARMFUL[harm], encoding)
    with pytest.raises(UnreadableFile):
        docx.read(zipped({"word/document.xml": data}))
    with pytest.raises(UnreadableFile):
        ofd.read(zipped({"OFD.xml": data}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("harm", HARMFUL)
@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/sheet.bin"]
)
def test_a_workbook_is_refused_before_its_own_reader_sees_it(harm, encoding, name):
    with zipfile.ZipFile(io.BytesIO(register())) as package:
        members = {member: package.read(member) for member in package.namelist()}
    with pytest.raises(UnreadableFile, match="实体声明"):
        sheets.xlsx(zipped(members | {name: written(HARMFUL[harm], encoding)}))


def test_a_harmful_side_part_spoils_the_file_and_a_broken_one_does_not():
    with pytest.raises(UnreadableFile, match="实体声明"):
        docx.read(letter(p("正文。"), header1=HARMFUL["a file"]))
    draft = docx.read(letter(p("正文。", list_id=1), numbering="<w:numbering", styles="<w:styles", footer1="<w:ftr"))
    assert [block.text for block in draft.blocks] == ["正文。"]
    assert sum("已损坏" in warning for warning in draft.warnings) == 3


@pytest.mark.parametrize("name", ["word\\document.xml", "Word/Document.XML", "/word/document.xml"])
def test_names_are_found_however_they_are_written(name):
    data = zipped({name: part("document", f"<w:body>{p('正文。')}</w:body>")})
    assert [block.text for block in docx.read(data).blocks] == ["正文。"]


def test_names_that_differ_in_case_only_stay_apart():
    package = Package(zipped({"a.txt": "小", "A.txt": "大"}))
    assert [package.read(name).decode() for name in ("a.txt", "A.txt")] == ["小", "大"]


def test_what_is_kept_of_a_template_is_not_mixed_up():
    def styled(name: str) -> bytes:
        style = f'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="{name}"/></w:style>'
        return letter(p("同一段", "A"), styles=part("styles", style))

    for _ in range(2):
        roles = [docx.read(styled(name)).blocks[0].role for name in ("Title", "heading 1", "Titel")]
        assert roles == ["title", "heading", "paragraph"]


@pytest.mark.parametrize("name", ["vbaProject.bin", "media/a.emf", "embeddings/a.bin"])
def test_macros_and_pictures_are_left_alone(name):
    data = zipped(
        {"word/document.xml": part("document", f"<w:body>{p('正文。')}</w:body>"), f"word/{name}": b"\xd0\xcf"}
    )
    assert [block.text for block in docx.read(data).blocks] == ["正文。"]
