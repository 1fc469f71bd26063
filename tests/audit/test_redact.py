"""Personal data hidden in public copies: what goes, what stays, and Word files run by run (D01)."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from pipeline.audit.private import personal
from pipeline.audit.redact import pictures, redacted_docx, redacted_text
from pipeline.errors import UnreadableFile
from pipeline.profile import Profile

CITIZEN, CARD = "110101199003070011", "6222021001122336688"


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (f"身份号码{CITIZEN}在册", f"身份号码{'＊' * 18}在册"),
        ("流水号110101199003070012在册", "流水号110101199003070012在册"),
        ("身份证号110101199003070012", f"身份证号{'＊' * 18}"),
        ("请打13912345678找他", f"请打{'＊' * 11}找他"),
        ("联系电话：0560-6030001", "联系电话：＊＊＊＊-＊＊＊＊＊＊＊"),
        ("总投资6030001元", "总投资6030001元"),
        ("松交函〔2025〕6030001号", "松交函〔2025〕6030001号"),
        ("卡号6222 0210 0112 2336 688", "卡号＊＊＊＊ ＊＊＊＊ ＊＊＊＊ ＊＊＊＊ ＊＊＊"),
        ("家庭住址：松溪县青禾村三组，务农", "家庭住址：＊＊＊＊＊＊＊＊，务农"),
        ("住柳园小区3号楼2单元501室", "住柳园小区＊号楼＊单元＊＊＊室"),
        ("联系人：方同　联系电话见文末", "联系人：方某　联系电话见文末"),
        ("当事人：温小泉，温小泉已签字", "当事人：温某某，温某某已签字"),
        ("白水生代表：请与联系人联系", "白水生代表：请与联系人联系"),
        ("2025年5月12日前修好1200米", "2025年5月12日前修好1200米"),
    ],
)
def test_what_is_hidden(text: str, copy: str, profile: Profile) -> None:
    found, hidden = redacted_text(text, profile)
    assert found == copy and bool(hidden) == (text != copy)
    assert len(found) == len(text)
    assert not personal(found, profile) or found == redacted_text(found, profile)[0]


def word() -> bytes:
    document = Document()
    paragraph = document.add_paragraph("联系人：方")
    paragraph.add_run("同").bold = True
    paragraph.add_run("，手机139")
    paragraph.add_run("12345678")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "身份证号", CITIZEN
    document.sections[0].footer.paragraphs[0].text = "电话：6030001"
    document.core_properties.author = "方同"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_stays_word(profile: Profile) -> None:
    data = word()
    content, hidden = redacted_docx(data, profile)
    copy = Document(io.BytesIO(content))
    assert copy.paragraphs[0].text == f"联系人：方某，手机{'＊' * 11}"
    assert [run.bold for run in copy.paragraphs[0].runs] == [None, True, None, None]
    assert copy.tables[0].cell(0, 1).text == "＊" * 18
    assert copy.sections[0].footer.paragraphs[0].text == "电话：＊＊＊＊＊＊＊"
    assert copy.core_properties.author == ""
    assert {one.kind for one in hidden} == {"姓名", "手机号", "身份证号", "电话"}
    assert not any(b"13912345678" in part or CITIZEN.encode() in part for part in unpacked(content))
    assert pictures(data) == 0


def unpacked(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist()]


def test_what_is_no_word_file_is_told(profile: Profile) -> None:
    with pytest.raises(UnreadableFile):
        redacted_docx(b"PK\x03\x04 broken", profile)
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(UnreadableFile):
        redacted_docx(empty.getvalue(), profile)
