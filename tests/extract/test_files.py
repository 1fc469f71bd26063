"""Any file in: a document, or a failure that a clerk understands."""

from __future__ import annotations

import io
import random
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import CallError
from pipeline.extract import extract, find_files, office, web
from pipeline.records import Document, Failure, File
from tests.extract import fuzz, hostile
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
        zipped(
            {"甲/b.docx": LETTER, "c.txt": "关于治水的建议", "../d.txt": "外", "e.zip": inner, "~$b.docx": "锁"}
            | {"甲/Thumbs.db": "x", "desktop.ini": "[x]", "__MACOSX/._b.docx": "x"}
        ),
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


def test_what_a_page_hides_is_set_apart_and_its_lists_are_numbered(one):
    page = (
        "<html><body><h1>关于治水的建议</h1><p style='display: none'>旧稿一段</p><p hidden>又一段</p>"
        "<button>纠错</button><p>建议：</p><ol><li><p>清淤。</p></li><li>护岸。</li></ol>"
        "<ol start=3 type=I><li>巡河。</li></ol><ol><li>1、已编。</li></ol>"
        "<ul><li>散项。</li></ul><pre>第一行\n第二行</pre><textarea>来信内容</textarea></body></html>"
    )
    document = one("a.html", page)
    assert document.text.split("\n") == [
        "关于治水的建议", "建议：", "1.清淤。", "2.护岸。", "III.巡河。", "1、已编。", "散项。", "第一行", "第二行",
        "来信内容",
    ]  # fmt: skip
    assert [removal.text for removal in document.removed] == ["旧稿一段", "又一段", "纠错"]
    assert document.warnings == ()


def test_text_that_a_web_page_keeps_outside_its_body_is_a_warning(one, monkeypatch):
    monkeypatch.setattr(web, "_rows", lambda _table: iter(()))
    page = "<html><body><p>关于治水的建议</p><table><tr><td>河段<td>长度</table></body></html>"
    assert "有 4 个字未能读出" in one("a.html", page).warnings[0]


def test_cells_of_a_web_table_keep_their_columns_and_paragraphs(one):
    page = (
        "<table><tr><td rowspan=2>序号<td colspan=2>工程</tr><tr><td>路段<td>长度</tr>"
        "<tr><td>1<td><p>解放路</p><p>含桥</p><td>3公里</tr></table>"
    )
    rows = [block.cells for block in one("a.html", f"<html><body>{page}</body></html>").blocks]
    assert rows == [("序号", "工程", ""), ("", "路段", "长度"), ("1", "解放路\n含桥", "3公里")]


def test_a_page_without_words_says_how_to_get_them(failed):
    found = failed("a.html", "<html><body><div id=app></div><script>show('关于治水的建议')</script></body></html>")
    assert "没有正文" in found.reason and "浏览器" in found.hint


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xls", "<table><tr><td>案由<td>主办单位<tr><td>关于治水的建议<td>水利局</table>".encode("gbk")),
        ("a.xls", "案由\t主办单位\n关于治水的建议\t水利局\n".encode("utf-16")),
        ("a.xlsx", "案由,主办单位\n关于治水的建议,水利局\n".encode("gbk")),
    ],
)
def test_registers_under_the_name_of_a_workbook(one, name, data):
    document = one(name, data)
    assert document.title == "关于治水的建议" and document.entry is not None and document.entry.lead == "水利局"


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.wps"])
def test_text_under_the_name_of_a_word_file(one, name):
    assert one(name, "关于治水的建议\n河道淤塞。".encode("gbk")).text == "关于治水的建议\n河道淤塞。"


def test_a_few_broken_bytes_are_a_warning(one):
    data = ("关于治水的建议\n" + "河道淤塞，雨季漫堤。" * 20).encode()
    document = one("a.txt", data[:50] + b"\xff" + data[50:])
    assert document.title == "关于治水的建议" and "编码已损坏" in document.warnings[0]


@pytest.mark.parametrize("end", ["\r", "\r\r\n", "\u2028", "\x85", "\x0b"])
def test_line_ends_of_all_systems(one, end):
    assert one("a.txt", f"关于治水的建议{end}河道淤塞。").text == "关于治水的建议\n河道淤塞。"


def test_markdown_marks_are_set_apart(one):
    text = (
        "---\ntitle: x\n---\n# 关于治水的建议\n\n> 引文。\n\n* 见[文件](http://a/b)与*图*。![图](c.png)\n\n3*4*5=60\n"
    )
    document = one("a.md", text)
    assert document.text == "关于治水的建议\n引文。\n见文件与图。\n3*4*5=60"
    assert [removal.why for removal in document.removed] == ["文件头信息", "Markdown 标记"]


def test_a_mail_is_read_in_place(read):
    message = EmailMessage()
    message["Subject"] = "报送答复"
    message.set_content("县人大办：\n附件请查收。\n")
    message.add_attachment(LETTER, maintype="application", subtype="octet-stream", filename="答复.docx")
    inner = EmailMessage()
    inner["Subject"] = "来件"
    inner.set_content("请办理。\n")
    message.add_attachment(inner)
    found = {item.source: item.text for item in read("a.eml", bytes(message))}
    assert found == {
        "inbox/a.eml/报送答复.txt": "县人大办：\n附件请查收。",
        "inbox/a.eml/答复.docx": "关于修路的建议\n村道破损。",
        "inbox/a.eml/来件.eml/来件.txt": "请办理。",
    }


def test_an_old_mail_in_gbk_without_saying_so(read):
    head = (
        "Subject: 报送\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain"
    )
    part = '--b\nContent-Disposition: attachment; filename="答复.txt"\n\n已修好。\n--b--\n'
    found = read("a.eml", f"{head}\n\n请查收。\n{part}".encode("gbk"))
    assert {item.source: item.text for item in found} == {
        "inbox/a.eml/报送.txt": "请查收。",
        "inbox/a.eml/答复.txt": "已修好。",
    }


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


def code(text, x=0.0, y=5.0, steps="", down=""):
    return f'<ofd:TextCode X="{x}" Y="{y}" DeltaX="{steps}" DeltaY="{down}">{text}</ofd:TextCode>'


def drawn(codes, box="20 20 99 9", more=""):
    return f'<ofd:TextObject Boundary="{box}" Size="5" {more}>{codes}</ofd:TextObject>'


TITLE = drawn(code("关于治水的建议", steps="g 6 5"))


@pytest.mark.parametrize(
    "page",
    [
        drawn(code("河道淤塞。", 20, 45) + code("关于治水的建议", 20, 25), "0 0 210 297"),
        drawn(code("关于治水的建议河道淤塞。", 20, 25, "g 6 5 -30 g 4 5", "g 6 0 20 g 4 0"), "0 0 210 297"),
        drawn(code("河道淤塞。", 40, 90) + code("关于治水的建议", 40, 50), "0 0 210 297", 'CTM=".5 0 0 .5 0 0"'),
        TITLE + '<ofd:CompositeObject Boundary="0 20 99 99" ResourceID="9"/>',
        TITLE + TITLE.replace("20 20", "20.2 20") + drawn(code("河道淤塞。"), "20 40 99 9"),
        TITLE + drawn(code("河道淤塞。"), "20 40 99 9") + drawn(code("旧字"), "20 60 99 9", 'Visible="false"'),
        TITLE + drawn(code("河道淤塞。"), "20 40 99 9") + drawn(code("水印"), more='CTM=".7 -.7 .7 .7 0 0"'),
    ],
    ids=["codes", "steps", "matrix", "unit", "twice", "hidden", "slanting"],
)
def test_ofd_text_stands_where_it_is_drawn(one, page):
    unit = f'<ofd:CompositeGraphicUnit ID="9">{drawn(code("河道淤塞。"), "20 20 99 9")}</ofd:CompositeGraphicUnit>'
    data = hostile.ofd(page, document="<ofd:PublicRes>r.xml</ofd:PublicRes>", r=unit)
    document = one("a.ofd", data)
    assert document.text == "关于治水的建议\n河道淤塞。" and document.warnings == ()


def test_glyph_numbers_pictures_and_attachments_of_an_ofd_are_told(one, failed):
    blind = "<ofd:CGTransform><ofd:Glyphs>7 8 9</ofd:Glyphs></ofd:CGTransform><ofd:TextCode></ofd:TextCode>"
    assert "字形编号" in failed("a.ofd", hostile.ofd(drawn(blind))).reason
    files = "<ofd:Attachments>f.xml</ofd:Attachments>"
    data = hostile.ofd(TITLE + drawn(blind), document=files, f='<ofd:Attachment Name="清单"/>')
    assert [warning[:12] for warning in one("a.ofd", data).warnings] == [
        "第 1 页有 3 个字是",
        "文件里夹带了 1 个附件"[:12],
    ]
    stray = hostile.ofd(TITLE, x=drawn(code("没有页引到的字")))
    assert "有 7 个字未能读出" in one("a.ofd", stray).warnings[0]


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


@pytest.mark.parametrize("name", ["录音.mp3", "办理系统.exe", "视频.MP4"])
def test_what_can_be_no_paper_may_be_left(failed, name):
    assert "如不是来件，可不处理" in failed(name, b"\x01\x02MZ").hint
