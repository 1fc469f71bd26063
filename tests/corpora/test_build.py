"""The demonstration county's files are what its written texts say."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.corpora.county_files import BROKEN, FILES, ITEMS, MANIFEST, ROOT, W, member, module

pytest.importorskip("reportlab")

build = module("build")
numbers = module("build_docx_numbers")
pdf = module("build_pdf")
texts = module("build_texts")


def test_committed_files_are_what_the_texts_give():
    assert build.main(["--check"]) == 0


def test_same_bytes_on_every_run():
    items = list(ITEMS.values())
    assert build.build(items).files == build.build(items).files


def test_check_names_what_differs(tmp_path, monkeypatch, capsys):
    copy = shutil.copytree(ROOT, tmp_path / "yunhe")
    changed = next((copy / "files" / "讲话").glob("*.txt"))
    changed.write_bytes(changed.read_bytes() + b"!")
    (copy / "files" / "多余.txt").write_text("x")
    monkeypatch.setattr(build, "HERE", copy)
    assert build.main(["--check"]) == 1
    assert set(capsys.readouterr().out.split()) == {f"files/讲话/{changed.name}", "files/多余.txt"}


def test_manifest_lists_every_file_with_its_fingerprint():
    on_disk = {p.relative_to(FILES).as_posix(): p for p in FILES.rglob("*") if p.is_file()}
    assert {row["file"]: row["sha256"] for row in MANIFEST} == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in on_disk.items()
    }
    assert sum(path.stat().st_size for path in on_disk.values()) < 4_000_000


def test_word_numbers_are_automatic_in_many_files():
    automatic = [p for p in FILES.rglob("*.docx") if p.relative_to(FILES).as_posix() not in BROKEN and has_numbers(p)]
    assert len(automatic) >= 15


def has_numbers(path: Path) -> bool:
    return member(path, "word/document.xml").find(f".//{W}numPr") is not None


def test_every_docx_has_a_page_number_and_no_other_field():
    for path in FILES.rglob("*.docx"):
        if path.relative_to(FILES).as_posix() not in BROKEN:
            codes = [node.text.split()[0] for node in member(path, "word/footer1.xml").iter(f"{W}instrText")]
            assert codes in (["PAGE"], ["PAGE", "NUMPAGES"])


@pytest.mark.parametrize(
    ("lines", "lists"),
    [
        (["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"], [1, 1, 1, 1, 1]),
        (["1.甲", "2.乙", "1.丙"], [1, 1, 2]),
        (["一、甲", "三、乙"], [1, None]),
        (["2.甲"], [None]),
        (["1.5公里的路", "十分需要"], [None, None]),
        (["1、甲"], [None]),
    ],
)
def test_numberer_takes_only_what_word_would_show(lines, lists):
    numberer = numbers.Numberer(comma=False)
    taken = [numberer.take(line) for line in lines]
    assert [t and t[0] for t in taken] == lists


@pytest.mark.parametrize(("count", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (32, "三十二")])
def test_chinese_counting(count, text):
    assert numbers.chinese(count) == text


def test_pdf_lines_break_in_mid_sentence_but_not_before_a_closing_mark():
    lines = pdf.wrapped("全县共有危桥14座，其中9座在石鼓乡。" * 8, 16, 440)
    assert len(lines) > 4
    assert not any(line[0] in pdf.NOT_FIRST for line in lines)
    assert not all(line.endswith("。") for line in lines)
    assert "".join(lines) == "全县共有危桥14座，其中9座在石鼓乡。" * 8


def test_pdf_pages_are_numbered_and_carry_the_header():
    longest = max((p for p in FILES.rglob("*案[0-9]*[0-9].pdf")), key=lambda p: len(pypdfium2.PdfDocument(p)))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(longest)]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert re.search(rf"^(第 {number} 页 共 {len(pages)} 页|[-—] {number} [-—])$", page.strip().splitlines()[-1])
    heads = {page.strip().splitlines()[0] for page in pages}
    assert len(heads) == 1


def test_registers_have_titles_two_line_headers_and_mixed_dates():
    registers = sorted(FILES.rglob("*.xlsx"))
    assert len(registers) >= 3
    two_line, dates = 0, set()
    for sheet in (sheet for path in registers for sheet in openpyxl.load_workbook(path)):
        assert any(str(area).startswith("A1:") for area in sheet.merged_cells.ranges)
        two_line += any(area.min_row == 3 and area.max_row == 3 for area in sheet.merged_cells.ranges)
        for row in sheet.iter_rows(min_row=4):
            dates |= {
                type(cell.value) for cell in row if re.match(r"20\d\d", str(cell.value)) and len(str(cell.value)) < 20
            }
    assert two_line >= 3
    assert dates == {str, datetime}


def test_broken_files_are_broken_each_in_its_way():
    assert len(BROKEN) == 3
    data = {Path(name).suffix + str(len((FILES / name).read_bytes()) == 0): FILES / name for name in BROKEN}
    assert not zipfile.is_zipfile(io.BytesIO(data[".docxFalse"].read_bytes()))
    assert "EncryptedPackage".encode("utf-16-le") in data[".docxFalse"].read_bytes()
    assert data[".docxTrue"].stat().st_size == 0
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data[".pdfFalse"])[0].get_textpage()


@pytest.mark.parametrize("text", ["没有开头", "+++\nid = \n+++\n正文", "前言\n+++\nid='a'\n+++\n正文"])
def test_a_faulty_text_is_named(tmp_path, text):
    path = tmp_path / "s2025-999.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"s2025-999\.md"):
        texts.read_item(path)


def test_an_id_may_stand_only_once(tmp_path):
    (tmp_path / "submissions").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "submissions" / name).write_text('+++\nid = "s2025-001"\n+++\n正文', encoding="utf-8")
    with pytest.raises(ValueError, match="s2025-001"):
        texts.read_items(tmp_path)


def test_letters_keep_text_where_plain_readers_lose_it():
    xml = [path.read_bytes() for path in FILES.rglob("*答复.docx")]
    documents = [zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode() for data in xml]
    for mark in ("<w:txbxContent>", "<w:sdtContent>", "<w:delText>"):
        assert sum(mark in document for document in documents) >= 2
