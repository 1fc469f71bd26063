"""Word files for the golden tests, made by script: each holds what other readers lose or double."""

from __future__ import annotations

from tests.extract.make import CONTENT_TYPES, cell, docx, level, numbering, p, part, table, zipped

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (_RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def control(inner: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="栏"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def field(code: str, result: str = "") -> str:
    found = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        f'</w:r>{found}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


def drawn_twice(first: str, second: str) -> str:
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{first}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{second}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )


def related(*targets: tuple[str, str, str]) -> str:
    """A relationships part of (id, kind, target)."""
    items = "".join(f'<Relationship Id="{i}" Type="{_RELATIONS}/{kind}" Target="{to}"/>' for i, kind, to in targets)
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{items}</Relationships>'


def document(body: str) -> str:
    return part("document", f"<w:body>{body}</w:body>")


CONTROLS = docx(
    control(p("关于增设公交站的建议"))
    + paragraph(run("领衔代表："), control(run("田某")), run("，"), "<w:smartTag>" + run("电话") + "</w:smartTag>")
    + f"<w:tbl>{control('<w:tr>' + cell(p('控件里的行')) + cell(p('甲')) + '</w:tr>')}"
    + f"<w:tr>{control(cell(p('控件里的格')))}{cell(control(p('格里的控件')))}</w:tr></w:tbl>"
    + "<w:customXml>"
    + p("自定义标记里的段落。")
    + "</w:customXml>"
)
TRACKED = docx(
    paragraph(
        run("站台"),
        "<w:ins>" + run("和雨棚") + "</w:ins>",
        "<w:del><w:r><w:delText>、广告牌</w:delText></w:r></w:del>",
        run("由运输局修建。"),
    )
    + paragraph("<w:moveFrom>" + run("搬走的句子。") + "</w:moveFrom>", properties="<w:rPr><w:moveFrom/></w:rPr>")
    + paragraph("<w:moveTo>" + run("搬来的句子。") + "</w:moveTo>")
    + paragraph(
        "<w:ins>" + run("先插入") + "<w:del><w:r><w:delText>又删去</w:delText></w:r></w:del></w:ins>", run("的话。")
    )
    + paragraph(run("前半"), properties="<w:rPr><w:del/></w:rPr>")
    + p("后半。")
    + paragraph(
        run("改过格式的字。", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"),
        properties='<w:pPrChange><w:pPr><w:pStyle w:val="旧"/><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>',
    )
    + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
    + cell(p("删去的行"))
    + "</w:tr><w:tr>"
    + cell(p("留下的行"))
    + "</w:tr></w:tbl>"
)
BOXES = docx(
    paragraph(run("框前"), drawn_twice(box("两支都有的字"), box("两支都有的字")), run("框后。"))
    + paragraph(drawn_twice("", box("只有后一支有的字")))
    + paragraph(
        "<w:r><w:pict><v:group><v:textbox>"
        + box("组中第一框")
        + "</v:textbox><v:textbox>"
        + box("组中第二框")
        + "</v:textbox></v:group></w:pict></w:r>"
    )
    + table([cell(paragraph(run("格内"), drawn_twice(box("格内框"), box("格内框"))))])
    + paragraph("<w:hyperlink>" + run("链接的字") + "</w:hyperlink>", run("在后。"))
)
_NOTE = '<w:r><w:{}Reference w:id="{}"/></w:r>'
NOTES = docx(
    paragraph(
        run("全县人口三十万"),
        _NOTE.format("footnote", 1),
        run("，其中农村十万"),
        _NOTE.format("endnote", 1),
        run("。"),
        _NOTE.format("comment", 4),
    )
    + table([cell(paragraph(run("格中"), _NOTE.format("footnote", 2))), cell(p("邻格"))]),
    footnotes=part(
        "footnotes",
        f'<w:footnote w:id="-1">{p("分隔")}</w:footnote>'
        f'<w:footnote w:id="1">{p("据统计公报。")}</w:footnote><w:footnote w:id="2">{p("格中的脚注。")}</w:footnote>',
    ),
    endnotes=part("endnotes", f'<w:endnote w:id="1">{p("尾注一段。")}{p("尾注又一段。")}</w:endnote>'),
    comments=part("comments", f'<w:comment w:id="4">{p("请核实。")}</w:comment>'),
    header1=part("hdr", p("云禾县政协提案")),
    header2=part("hdr", p("云禾县政协提案")),
    footer1=part("ftr", paragraph(run("第"), field("PAGE", "7"), run("页"))),
)
MERGED = docx(
    table(
        [cell(p("案由"), '<w:tcW w:w="900"/>'), cell(p("关于疏浚河道的建议"), '<w:gridSpan w:val="2"/>')],
        [
            cell(p("内容"), '<w:vMerge w:val="restart"/>'),
            cell(p("淤积严重。")),
            cell(table([cell(p("里一")), cell(p("里二"))]) + p("")),
        ],
        [cell(p("被盖住的字"), "<w:vMerge/>"), cell(p("建议清淤。") + p("建议护坡。")), cell(p("附图"))],
        [cell(p("承办"), '<w:vMerge w:val="continue"/>'), cell(p("水利局")), cell(p(""))],
    )
    + "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    + cell(p("缩进的格"))
    + cell(p("末格"))
    + "</w:tr></w:tbl>"
)
FIELDS = docx(
    p("目　录")
    + paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run("一、现状"),
        field("PAGEREF _a", "1"),
    )
    + paragraph(run("二、建议"), field("PAGEREF _b", "2"))
    + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    + p("一、现状")
    + paragraph(
        run("全文共"),
        field("NUMPAGES", "2"),
        run("页，见"),
        '<w:fldSimple w:instr=" REF _b ">' + run("第二部分") + "</w:fldSimple>",
        run("。"),
    )
    + p("二、建议")
    + paragraph(field("eq \\o\\ac(○,1)"), run("清淤；"))
    + paragraph(field('EQ \\* jc2 \\* "Font:楷体" \\o\\ad(\\s\\up 9(bàn),办)'), run("好实事。"))
    + paragraph("<w:r><w:instrText>DATE</w:instrText></w:r>", run("落款。"))
)
INLINE = docx(
    paragraph(
        run("甲"),
        "<w:r><w:tab/></w:r>",
        run("乙"),
        "<w:r><w:ptab/></w:r>",
        run("丙"),
        "<w:r><w:noBreakHyphen/></w:r>",
        run("丁"),
        "<w:r><w:softHyphen/></w:r>",
        run("戊"),
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:r><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>',
        properties='<w:tabs><w:tab w:val="left"/></w:tabs>',
    )
    + paragraph(run("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>'), run("已阅。"))
    + paragraph(run("上一行"), "<w:r><w:br/></w:r>", run("下一行"), '<w:r><w:br w:type="page"/></w:r>', run("后一页"))
    + paragraph(
        "<w:r><w:ruby><w:rt>" + run("nóng") + "</w:rt><w:rubyBase>" + run("农") + "</w:rubyBase></w:ruby></w:r>",
        run("村。"),
    )
    + paragraph(run("露"), run("藏", "<w:vanish/>"), run("出", '<w:vanish w:val="0"/>'))
    + paragraph('<w:bdo w:val="rtl">' + run("双向") + "</w:bdo>", run("文字。"), properties="<w:bidi/>")
    + paragraph("<w:r><w:t><![CDATA[A<B]]></w:t></w:r>", "<!-- 注 -->", run("&amp;&#22909;"))
)
_LEVELS = [
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
]
_OVER = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
_OTHER = f'<w:lvlOverride w:ilvl="0">{level(0, "ideographTraditional", "%1、")}</w:lvlOverride>'
_CUSTOM = (
    '<w:lvl w:ilvl="0"><mc:AlternateContent>'
    '<mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
    '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
    '</mc:AlternateContent><w:lvlText w:val="%1号"/></w:lvl>'
)
_LISTS = numbering(
    {
        1: _LEVELS,
        2: [
            level(0, "chineseCountingThousand", "第%1章"),
            level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
        ],
        3: [level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")],
        4: [level(0, "bullet", "●")],
        5: [level(0, "none", "附件：")],
        6: [_CUSTOM],
    },
    {1: (1, ""), 2: (2, ""), 3: (3, ""), 4: (4, ""), 5: (5, ""), 6: (6, ""), 7: (1, _OVER), 8: (1, _OTHER)},
)
_HEADS = part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="一"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="二"><w:name w:val="heading 2"/><w:basedOn w:val="一"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="自"><w:name w:val="自定标题"/><w:basedOn w:val="二"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="无"><w:name w:val="无号标题"/><w:basedOn w:val="一"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>',
)
NUMBERS = docx(
    p("总体情况", "一")
    + p("基本数字", "二")
    + p("另起一节", "自")
    + p("不编号的标题", "无")
    + p("自己去掉编号", "一", list_id=0)
    + p("主要做法", "一")
    + p("细目", list_id=1, level=2)
    + p("小点", list_id=1, level=3)
    + p("小点", list_id=1, level=3)
    + p("", list_id=1, level=2)
    + p("细目三", list_id=1, level=2)
    + p("总则", list_id=2)
    + p("为了规范", list_id=2, level=1)
    + p("附则", list_id=2)
    + p("本办法自即日起施行", list_id=2, level=1)
    + p("概况", list_id=3)
    + p("范围", list_id=3, level=1)
    + p("圆点不算编号", list_id=4)
    + p("名单", list_id=5)
    + p("三位", list_id=6)
    + p("从头再数", list_id=7)
    + p("接着数", list_id=7)
    + p("换一种数法", list_id=8)
    + p("没有这个列表", list_id=99),
    numbering=_LISTS,
    styles=_HEADS,
)


def strict() -> bytes:
    """Every part in the strict namespaces."""
    members = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": document(
            p("总则", list_id=2) + p("为了规范", list_id=2, level=1) + paragraph(_NOTE.format("footnote", 1))
        ),
        "word/numbering.xml": _LISTS,
        "word/footnotes.xml": part("footnotes", f'<w:footnote w:id="1">{p("严格格式的脚注。")}</w:footnote>'),
    }
    for usual, own in _STRICT:
        members = {name: text.replace(usual, own) for name, text in members.items()}
    return zipped(members)


def renamed() -> bytes:
    """Parts under other names, found by their relationships; one of them broken."""
    return zipped(
        {
            "_rels/.rels": related(("a", "officeDocument", "/doc/main.xml")),
            "doc\\main.xml": document(p("改名的部件", list_id=1) + paragraph(run("有注"), _NOTE.format("footnote", 1))),
            "doc/_rels/main.xml.rels": related(
                ("a", "numbering", "Lists7.xml"), ("b", "footnotes", "../doc/fn.xml"), ("c", "header", "broken.xml")
            ),
            "doc/lists7.xml": _LISTS,
            "doc/fn.xml": part("footnotes", f'<w:footnote w:id="1">{p("改名的脚注。")}</w:footnote>'),
            "doc/broken.xml": "<w:hdr",
            "word/settings.xml": "<x/>",
        }
    )


def embedded() -> bytes:
    """A web page, a Word file and a picture put into the body whole."""
    chunks = "".join(f'<w:altChunk r:id="{i}"/>{p(f"块{i}之后。")}' for i in "abc")
    return zipped(
        {
            "word/document.xml": document(p("主体一段。") + chunks),
            "word/_rels/document.xml.rels": related(
                ("a", "aFChunk", "page.html"), ("b", "aFChunk", "/word/inner.docx"), ("c", "aFChunk", "picture.png")
            ),
            "word/page.html": "<html><body><p>嵌入网页的一段。</p></body></html>",
            "word/inner.docx": docx(p("嵌入文件的一段。")),
            "word/picture.png": b"\x89PNG\r\n\x1a\n",
        }
    )


FILES = {
    "controls.docx": CONTROLS,
    "tracked.docx": TRACKED,
    "boxes.docx": BOXES,
    "notes.docx": NOTES,
    "merged.docx": MERGED,
    "fields.docx": FIELDS,
    "inline.docx": INLINE,
    "numbers.docx": NUMBERS,
    "strict.docx": strict(),
    "renamed.docx": renamed(),
    "embedded.docx": embedded(),
}
