"""Any file in: a document, or a failure that a clerk understands."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import CallError
from pipeline.extract import extract, find_files, office
from pipeline.records import Document, Failure, File
from tests.extract import fuzz
from tests.extract.make import docx, p, part, pdf, zipped

LETTER = docx(p("关于修路的建议") + p("村道破损。"))
PRINT = pdf([[(72, 100, "关于修路的建议"), (72, 130, "村道破损。")]])


def test_files_are_found_and_lock_files_are_not(tmp_path):
    for name in ("b.docx", "a/c.txt", "~$b.docx", ".hidden", "a/.git/x", "Thumbs.db"):
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("字")
    found = find_files(tmp_path / "inbox")
    assert [file.source for file in found] == ["inbox/b.docx", "inbox/a/c.txt"]
    assert len(found[0].digest) == 64
    assert [file.source for file in find_files(tmp_path / "inbox" / "b.docx")] == ["b.docx"]


def test_a_missing_folder_is_a_wrong_call(tmp_path):
    with pytest.raises(CallError):
        find_files(tmp_path / "none")


def test_a_missing_file_is_a_failure(profile):
    (found,) = extract([File("inbox/x.docx", "/nowhere/x.docx", "")], profile)
    assert isinstance(found, Failure) and found.reason == "文件不存在"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"", "空"),
        ("a.txt", b" \n\0", "空"),
        ("a.docx", LETTER[: len(LETTER) // 2], "损坏"),
        ("a.pdf", PRINT[:200], "损坏"),
        ("a.pdf", b"hello there, no pdf at all", "损坏"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<a/>"}), "损坏"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加密"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(60), "图片"),
        ("a.xyz", b"abc def", "不认识"),
        ("a.pptx", zipped({"ppt/presentation.xml": "<a/>"}), "演示文稿"),
        ("a.rar", b"Rar!\x1a\x07\x00" + bytes(30), "压缩包"),
        ("a.txt", bytes(range(1, 32)) * 40, "编码"),
        ("a.docx", docx(""), "没有文字"),
        ("a.zip", zipped({}), "压缩包"),
    ],
)
def test_what_cannot_be_read_says_why(failed, name, data, reason):
    assert reason in failed(name, data).reason


def test_one_bad_file_hurts_no_other(tmp_path, profile):
    files = []
    for name, data in (("a.docx", b"PK\x03\x04 rubbish"), ("b.docx", LETTER), ("c.pdf", b"%PDF-1.4 rubbish")):
        (tmp_path / name).write_bytes(data)
        files.append(File(name, str(tmp_path / name), ""))
    assert [type(item) for item in extract(files, profile)] == [Failure, Document, Failure]


@pytest.mark.parametrize(("name", "data"), [("a.docx", PRINT), ("a.pdf", LETTER), ("a.txt", PRINT), ("a.doc", LETTER)])
def test_content_outweighs_the_suffix(one, name, data):
    assert one(name, data).text == "关于修路的建议\n村道破损。"


def test_an_old_word_file_without_the_program(failed, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: None)
    found = failed("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(600))
    assert "缺少 LibreOffice" in found.reason and ".docx" in found.hint


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + "关于修路的建议".encode(),
        "关于修路的建议".encode("gb18030"),
        "关于修路的建议".encode("utf-16"),
    ],
)
def test_encodings_of_plain_text(one, data):
    assert one("a.txt", data).text == "关于修路的建议"


def test_an_archive_is_read_in_place(read):
    inner = zipped({"x.txt": "套娃"})
    found = read(
        "a.zip",
        zipped({"甲/b.docx": LETTER, "c.txt": "关于治水的建议", "../d.txt": "外", "e.zip": inner, "~$b.docx": "锁"}),
    )
    texts = {item.source: item for item in found}
    assert texts["inbox/a.zip/甲/b.docx"].text.startswith("关于修路")
    assert texts["inbox/a.zip/c.txt"].text == "关于治水的建议"
    assert "指向包外" in texts["inbox/a.zip/../d.txt"].reason and texts["inbox/a.zip/e.zip/x.txt"].text == "套娃"
    assert len(found) == 4


def test_markup_is_boilerplate_free(one):
    page = (
        "<html><head><meta charset=gb2312><title>x</title><script>var a=1</script></head><body>"
        "<div class='nav'><a>首页</a><a>新闻</a><a>公开</a></div><div id=content><h1>关于第3号建议的答复</h1>"
        "<p>李四代表：</p><p>您提出的建议<b>收悉</b>。<br>现答复如下：</p><table><tr><td>项目</td><td>金额</td></tr>"
        "<tr><td>路灯</td><td>3万元</td></tr></table></div><div class=footer>某网站地图</div></body></html>"
    )
    document = one("a.html", page.encode("gb2312"))
    assert document.text == "关于第3号建议的答复\n李四代表：\n您提出的建议收悉。\n现答复如下：\n项目\t金额\n路灯\t3万元"
    assert [removal.text for removal in document.removed] == ["首页新闻公开", "某网站地图"]


def test_a_web_archive_is_read(one):
    data = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    data += "--b\nContent-Type: text/html; charset=utf-8\n\n"
    assert one("a.mht", data + "<html><body><p>关于修路的建议</p></body></html>\n--b--\n").text == "关于修路的建议"


def test_markdown_headings_and_tables(one):
    document = one(
        "a.md", "# 关于修路的建议\n\n## 一、情况\n\n村道**破损**。\n\n| 村 | 里程 |\n|---|---|\n| 东村 | 3公里 |\n"
    )
    assert [(block.role, block.text) for block in document.blocks] == [
        ("title", "关于修路的建议"), ("heading", "一、情况"), ("paragraph", "村道破损。"), ("row", "村\t里程"),
        ("row", "东村\t3公里"),
    ]  # fmt: skip


@pytest.mark.parametrize("size", ["5", "w:numId5", ""])
def test_ofd_is_read_in_reading_order(one, size):
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'

    def text(box, words):
        return f'<ofd:TextObject Boundary="{box}" Size="{size}"><ofd:TextCode>{words}</ofd:TextCode></ofd:TextObject>'

    page = text("20 60 30 6", "村道破损。") + text("40 20 60 6", "关于修路的建议")
    members = {
        "OFD.xml": f"<ofd:OFD {name}><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "D/Document.xml": f'<ofd:Document {name}><ofd:Pages><ofd:Page BaseLoc="P/c.xml"/></ofd:Pages></ofd:Document>',
        "D/P/c.xml": f"<ofd:Page {name}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>",
    }
    assert one("a.ofd", zipped(members)).text == "关于修路的建议\n村道破损。"


def test_entities_are_refused(failed):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    assert "恶意" in failed("a.docx", zipped({"word/document.xml": bomb})).reason


def test_a_zip_bomb_is_refused(failed):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(70 * 2**20))
    assert "过大" in failed("a.docx", stream.getvalue()).reason


def test_deep_nesting_is_refused(failed):
    depth = 5000
    body = part("document", "<w:body>" + "<w:sdt>" * depth + "</w:sdt>" * depth + "</w:body>")
    assert failed("a.docx", zipped({"word/document.xml": body})).reason


def test_control_characters_do_not_reach_the_text(one):
    assert one("a.txt", "关于修路\x07的建议\x1b。").text == "关于修路的建议。"


@pytest.mark.slow
def test_two_thousand_damaged_files_neither_crash_nor_hang(tmp_path, profile):
    assert list(fuzz.faults(range(2000), tmp_path, profile)) == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([("a.docx", LETTER), ("a.pdf", PRINT)]), st.integers(0, 2**32))
def test_mutated_files_give_a_document_or_a_failure(tmp_path, profile, seed_file, seed):
    name, data = seed_file
    chance, changed = random.Random(seed), bytearray(data)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    path = Path(tmp_path, name)
    path.write_bytes(bytes(changed[: chance.randint(1, len(changed))] if seed % 5 == 0 else changed))
    assert all(isinstance(item, Document | Failure) for item in extract([File(name, str(path), "")], profile))
