"""Golden files: whole documents of every format as they come out. `PIN=1` rewrites them; a missing one fails."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline.extract import office
from tests.extract import word
from tests.extract.books import BOOKS, handover, old
from tests.extract.make import cell, docx, level, numbering, ofd, p, part, pdf, register, table, zipped
from tests.extract.test_columns import interlaced
from tests.extract.test_pdf_tables import TABLE, WORDS

GOLDEN = Path(__file__).parents[1] / "golden" / "extract"
LISTS = numbering(
    {
        1: [
            level(0, "chineseCountingThousand", "%1、"),
            level(1, "chineseCountingThousand", "（%2）"),
            level(2, "decimal", "%3."),
        ]
    },
    {1: (1, "")},
)
STYLES = part(
    "styles",
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="H"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
)
PROPOSAL = docx(
    p("关于加强农村饮水安全保障的提案", "T")
    + p("基本情况", "H")
    + p("全县还有六个村靠山泉水，枯水季每天供水不足两小时。")
    + p("存在问题", "H")
    + p("水源不足", list_id=1, level=1)
    + p("管网老化，漏损率高达三成。", list_id=1, level=1)
    + p("几点建议", "H")
    + p("新建两处集中水源；", list_id=1, level=2)
    + p("更换主管网十二公里；", list_id=1, level=2)
    + table(
        [cell(p("项目")), cell(p("资金"))],
        [cell(p("水源")), cell(p("80万元"))],
        [cell(p("合计"), '<w:gridSpan w:val="2"/>')],
    )
    + p("提案人：甲"),
    numbering=LISTS,
    styles=STYLES,
    header1=part("hdr", p("政协云禾县第十届委员会第三次会议提案")),
)
HIDDEN = docx(
    "<w:p><w:r><w:t>建议在六月底前修好。</w:t></w:r>"
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部意见：缓办。</w:t></w:r></w:p>"
    "<w:p><w:r><w:rPr><w:rStyle w:val='Z'/></w:rPr><w:t>样式里藏的字</w:t></w:r></w:p>"
    "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>只藏段落标记。</w:t></w:r></w:p>",
    styles=part("styles", '<w:style w:styleId="Z"><w:name w:val="z"/><w:rPr><w:vanish/></w:rPr></w:style>'),
)
REPLY = pdf(
    [
        [(150, 60, "云禾县水利局文件"), (130, 130, "关于第21号提案的答复"), (72, 180, "甲委员："),
         (104, 210, "您提出的关于加强农村饮水安全保障的提案收悉，现答复如"), (72, 240, "下："),
         (104, 270, "一、已列入今年水利建设计划，五月开工，十月底前通水。"),
         (104, 300, "二、主管网更换分两年实施。"), (285, 815, "- 1 -")],
        [(150, 60, "云禾县水利局文件"), (300, 130, "云禾县水利局"), (300, 160, "2024年5月20日"), (285, 815, "- 2 -")],
    ]
)  # fmt: skip
PAGE = (
    "<html><body><ul class=menu><li><a>首页</a><li><a>公开</a><li><a>互动</a></ul><div class=article>"
    "<h1>在全县建议提案交办会上的讲话</h1><p>来源：本站 发布时间：2024-03-12</p><p>同志们：</p><p>一、提高认识</p>"
    "<p>办好建议提案是法定职责。<p>二、压实责任</p><p>各单位要在六月底前办结。</div>"
    "<p>上一篇：春耕简讯</p><div id=footer>版权所有 某网 云ICP备00000000号</div></body></html>"
)
NOTICE = (
    "关于做好2024年建议提案办理工作的通知\n\n各乡镇人民政府、县直各单位：\n\n　　为了做好办理工作，现通知如下。\n\n"
    "　　一、办理时限\n\n　　自交办之日起三个月内答复。\n\n"
    "　　二、有关要求\n\n　　（一）加强沟通。\n\n　　（二）规范格式。\n\n"
    "云禾县人民政府办公室\n\n2024年3月15日\n"
)
PLAN = (
    "# 在全县建议提案交办会上的讲话\n\n同志们：\n\n## 一、提高认识\n\n办好建议提案是法定**职责**。\n\n"
    "| 单位 | 件数 |\n|---|---|\n| 水利局 | 6 |\n\n1. 六月底前办结。\n2. 当面沟通。\n"
)
ARCHIVE = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    + base64.encodebytes(PAGE.encode("gb2312")).decode()
    + "\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
)


def rtf(lines, cells):
    """An RTF of paragraphs and one table row, every character by its code."""

    def coded(text):
        return "".join(f"\\u{ord(char) - (65536 if ord(char) > 32767 else 0)}?" for char in text)

    row = r"\trowd" + "".join(rf"\cellx{3000 * (n + 1)}" for n in range(len(cells))) + r"\intbl "
    row += "".join(coded(text) + r"\cell " for text in cells) + r"\row\pard "
    body = "".join(coded(line) + r"\par " for line in lines) + row
    return (r"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0\fcharset134 SimSun;}}\f0 " + body + r"\par}").encode()


OLD = rtf(["关于第21号提案的答复", "甲委员：", "您的提案收悉。十月底前通水。"], ["项目", "资金"])
CSV = '建议编号,案由,建议内容,承办单位\n12,关于整治占道经营的建议,"占道严重。\n建议整治。",城管局、公安局\n'
FILES = {
    "register.xlsx": register(),
    "register.csv": CSV.encode("gb18030"),
    "reply.ofd": ofd(
        [
            [
                (40, 20, "关于第21号提案的答复"),
                (20, 60, "甲委员："),
                (28, 72, "您的提案收悉。十月底前通水。"),
                (120, 100, "云禾县水利局"),
            ]
        ]
    ),
    "speech.md": PLAN.encode(),
    "speech.mht": ARCHIVE.encode(),
    "inbox.zip": zipped({"甲/建议.docx": PROPOSAL, "通知.txt": NOTICE.encode("gb18030"), "~$建议.docx": "锁"}),
    "columns.pdf": pdf([interlaced()]),
    "table.pdf": pdf([WORDS], size=12, rules=TABLE),
    "hidden.docx": HIDDEN,
    "proposal.docx": PROPOSAL,
    **word.FILES,
    **BOOKS,
    "reply.pdf": REPLY,
    "speech.html": PAGE.encode(),
    "notice.txt": NOTICE.encode("gb18030"),
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_golden(read, name):
    same_as_pinned(name, read(name, FILES[name]))


@pytest.mark.slow
@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_golden_of_an_old_format(read):
    same_as_pinned("reply.rtf", read("reply.rtf", OLD))


@pytest.mark.slow
@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_golden_of_an_old_workbook(read):
    same_as_pinned("handover.xls", read("handover.xls", old(handover())))


def same_as_pinned(name, found):
    """Columns that a register does not fill are left out, so a new column of the record changes no file."""
    kept = [asdict(item) for item in found]
    for item in kept:
        if item["entry"]:
            item["entry"] = {column: value for column, value in item["entry"].items() if value}
    text = json.dumps(kept, ensure_ascii=False, indent=1, default=str) + "\n"
    path = GOLDEN / f"{name}.json"
    if os.environ.get("PIN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"{path.name} is missing: write it with PIN=1 and read it"
    assert text == path.read_text("utf-8")
