"""Word files: each test holds one construct that other readers lose."""

from __future__ import annotations

import pytest

from tests.extract.make import CONTENT_TYPES, cell, docx, level, numbering, p, part, table, zipped


def texts(document):
    return [block.text for block in document.blocks]


def test_numbers_of_several_levels_are_printed(one):
    lists = numbering(
        {
            1: [
                level(0, "chineseCounting", "%1、"),
                level(1, "chineseCountingThousand", "（%2）"),
                level(2, "decimalEnclosedCircle", "%3"),
            ]
        },
        {1: (1, "")},
    )
    body = (
        p("修路", list_id=1)
        + p("测量", list_id=1, level=1)
        + p("放线", list_id=1, level=2)
        + p("立桩", list_id=1, level=2)
    )
    document = one("a.docx", docx(body + p("施工", list_id=1, level=1) + p("绿化", list_id=1), numbering=lists))
    assert texts(document) == ["一、修路", "（一）测量", "①放线", "②立桩", "（二）施工", "二、绿化"]
    assert [block.number for block in document.blocks] == ["一、", "（一）", "①", "②", "（二）", "二、"]


def test_articles_get_a_blank_after_the_number(one):
    lists = numbering({1: [level(0, "chineseCountingThousand", "第%1条")]}, {1: (1, "")})
    document = one("a.docx", docx(p("为了规范办理", list_id=1) + p("本办法适用于全县", list_id=1), numbering=lists))
    assert texts(document) == ["第一条 为了规范办理", "第二条 本办法适用于全县"]


def test_a_start_override_restarts_and_a_second_list_goes_on(one):
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = numbering({1: [level(0, "decimal", "%1.")]}, {1: (1, ""), 2: (1, ""), 3: (1, restart)})
    body = p("甲", list_id=1) + p("乙", list_id=2) + p("丙", list_id=3) + p("丁", list_id=3)
    assert texts(one("a.docx", docx(body, numbering=lists))) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_number_comes_from_the_style_and_none_where_the_paragraph_takes_it_away(one):
    lists = numbering({1: [level(0, "chineseCounting", "%1、", '<w:pStyle w:val="B"/>')]}, {1: (1, "")})
    styles = part(
        "styles",
        '<w:style w:styleId="A"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:name w:val="own"/><w:basedOn w:val="A"/></w:style>',
    )
    body = p("总则", "A") + p("附则", "B") + p("无号", "A", list_id=0)
    document = one("a.docx", docx(body, numbering=lists, styles=styles))
    assert texts(document) == ["一、总则", "二、附则", "无号"]
    assert next((block.role, block.level) for block in document.blocks) == ("heading", 1)


def test_deeper_levels_restart_and_legal_numbers_are_arabic(one):
    lists = numbering(
        {1: [level(0, "chineseCounting", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")]}, {1: (1, "")}
    )
    body = "".join(p(t, list_id=1, level=n) for t, n in (("甲", 0), ("子", 1), ("丑", 1), ("乙", 0), ("寅", 1)))
    assert texts(one("a.docx", docx(body, numbering=lists))) == ["一 甲", "1.1 子", "1.2 丑", "二 乙", "2.1 寅"]


def test_a_lower_level_before_any_upper_one_does_not_count_for_it(one):
    lists = numbering(
        {1: [level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%1.%3")]},
        {1: (1, "")},
    )
    body = "".join(p(t, list_id=1, level=n) for t, n in (("子", 1), ("细", 2), ("丑", 1), ("甲", 0), ("乙", 0)))
    assert texts(one("a.docx", docx(body, numbering=lists))) == ["（一）子", "一.1 细", "（二）丑", "一、甲", "二、乙"]


def test_an_empty_list_paragraph_counts_but_gives_no_block(one):
    lists = numbering({1: [level(0, "decimal", "%1.")]}, {1: (1, "")})
    body = p("甲", list_id=1) + p("", list_id=1) + p("丙", list_id=1)
    assert texts(one("a.docx", docx(body, numbering=lists))) == ["1.甲", "3.丙"]


def test_insertions_stay_and_deletions_go(one):
    body = "<w:p><w:r><w:t>三月</w:t></w:r><w:ins><w:r><w:t>底前</w:t></w:r></w:ins>"
    body += "<w:del><w:r><w:delText>中旬</w:delText></w:r></w:del>"
    body += "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:r><w:t>完工</w:t></w:r></w:p>"
    assert texts(one("a.docx", docx(body))) == ["三月底前完工"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(one):
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句</w:t></w:r></w:p>" + p("后半句")
    assert texts(one("a.docx", docx(body))) == ["前半句后半句"]


def test_content_controls_and_hyperlinks_are_text(one):
    link = "<w:p><w:hyperlink><w:r><w:t>县政府网站</w:t></w:r></w:hyperlink></w:p>"
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件里的字')}</w:sdtContent></w:sdt>{link}"
    assert texts(one("a.docx", docx(body))) == ["控件里的字", "县政府网站"]


def test_a_text_box_is_read_once(one):
    box = f"<w:txbxContent>{p('框里的字')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document = one("a.docx", docx(body))
    assert texts(document) == ["框外", "框里的字"]
    assert not document.warnings


def test_field_codes_are_no_text(one):
    body = (
        '<w:p><w:r><w:t>见第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t>页</w:t></w:r></w:p>"
    )
    assert texts(one("a.docx", docx(body))) == ["见第3页"]


def test_notes_and_comments_are_set_apart(one):
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    body = f"<w:p><w:r><w:t>正文</w:t></w:r>{marks}</w:p>"
    notes = part("footnotes", f'<w:footnote w:id="2">{p("脚注的字")}</w:footnote>')
    comments = part("comments", f'<w:comment w:id="0">{p("批注的字")}</w:comment>')
    document = one("a.docx", docx(body, footnotes=notes, comments=comments))
    assert [(block.role, block.text) for block in document.blocks[1:]] == [
        ("note", "脚注的字"),
        ("comment", "批注的字"),
    ]
    assert document.text == "正文"


def test_headers_and_footers_are_set_apart(one):
    document = one(
        "a.docx", docx(p("正文一段。"), header1=part("hdr", p("页眉的字")), footer1=part("ftr", p("页脚的字")))
    )
    assert [block.role for block in document.blocks] == ["header", "paragraph", "footer"]
    assert document.text == "正文一段。"


def test_merged_and_nested_cells(one):
    wide = cell(p("合并"), '<w:gridSpan w:val="2"/>')
    tall, below = cell(p("竖并"), '<w:vMerge w:val="restart"/>'), cell(p(""), "<w:vMerge/>")
    inner = table([cell(p("内一")), cell(p("内二"))])
    body = table(
        [wide, cell(p("丙"))], [tall, cell(p("乙")), cell(inner + p(""))], [below, cell(p("丁")), cell(p("戊"))]
    )
    document = one("a.docx", docx(body))
    assert [block.cells for block in document.blocks] == [
        ("合并", "", "丙"),
        ("竖并", "乙", "内一\t内二"),
        ("", "丁", "戊"),
    ]
    assert {block.role for block in document.blocks} == {"row"}


def test_strict_documents_are_read(one):
    body = part("document", f"<w:body>{p('严格格式的文件')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    document = one("a.docx", zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": body}))
    assert document.text == "严格格式的文件"


def test_contents_are_removed_with_their_reason(one):
    styles = part("styles", '<w:style w:styleId="T1"><w:name w:val="toc 1"/></w:style>')
    document = one("a.docx", docx(p("一、概况3", "T1") + p("一、概况") + p("全县共有村庄四十个。"), styles=styles))
    assert texts(document) == ["一、概况", "全县共有村庄四十个。"]
    assert [removal.why for removal in document.removed] == ["目录（由标题自动生成）"]


def test_text_that_no_block_holds_is_warned_of(one, monkeypatch):
    from pipeline.extract.docx_rows import Rows

    monkeypatch.setattr(Rows, "of", lambda self, table: [])
    document = one("a.docx", docx(p("表外的字") + table([cell(p("表里的字丢了"))])))
    assert any("未能读出" in warning for warning in document.warnings)


def test_a_form_in_one_table_gives_its_title(one):
    body = table([cell(p("案由")), cell(p("关于整修河堤的建议"))], [cell(p("内容")), cell(p("河堤年久失修。"))])
    assert one("a.docx", docx(body)).title == "关于整修河堤的建议"


def test_line_breaks_inside_a_paragraph_part_its_items(one):
    run = "<w:r><w:t>建议：</w:t><w:br/><w:t>一、修路。</w:t><w:br/><w:t>二、架桥。</w:t></w:r>"
    document = one("a.docx", docx(f"<w:p>{run}</w:p>"))
    assert [(block.text, block.number) for block in document.blocks] == [
        ("建议：", ""),
        ("一、修路。", "一、"),
        ("二、架桥。", "二、"),
    ]


def test_a_title_broken_by_hand_is_whole(one):
    run = "<w:r><w:t>关于云禾县第十七届人民代表大</w:t><w:br/><w:t>会第三次会议第3号建议的答复</w:t></w:r>"
    document = one("a.docx", docx(p("云禾县水利局") + f"<w:p>{run}</w:p>" + p("甲代表：") + p("您的建议收悉。")))
    assert document.title == "关于云禾县第十七届人民代表大会第三次会议第3号建议的答复"
    assert document.kind == "答复"


def test_a_numbered_default_style_numbers_what_names_no_style(one):
    lists = numbering({1: [level(0, "chineseCounting", "%1、")]}, {1: (1, "")})
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="正"><w:name w:val="Normal"/>'
    styles = part("styles", style + '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    document = one("a.docx", docx(p("修路") + p("架桥", list_id=0) + p("引水"), numbering=lists, styles=styles))
    assert texts(document) == ["一、修路", "架桥", "二、引水"]


def test_a_style_takes_the_level_that_the_list_gives_to_what_it_is_based_on(one):
    lists = numbering(
        {1: [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2", '<w:pStyle w:val="A"/>')]}, {1: (1, "")}
    )
    own = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = part(
        "styles",
        f'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/>{own}</w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="乙"/><w:basedOn w:val="A"/></w:style>',
    )
    body = p("总", list_id=1) + p("分", "A") + p("再分", "B")
    assert texts(one("a.docx", docx(body, numbering=lists, styles=styles))) == ["1.总", "1.1 分", "1.2 再分"]


def test_hidden_paragraphs_give_no_text_and_no_number(one):
    lists = numbering({1: [level(0, "decimal", "%1.")]}, {1: (1, "")})
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    secret = f"<w:p><w:pPr>{number}{hidden}</w:pPr><w:r>{hidden}<w:t>内部掌握</w:t></w:r></w:p>"
    document = one("a.docx", docx(p("甲", list_id=1) + secret + p("乙", list_id=1), numbering=lists))
    assert texts(document) == ["1.甲", "2.乙"]
    assert [removal.text for removal in document.removed] == ["内部掌握"]


def test_a_hidden_style_hides_what_is_based_on_it_and_a_run_can_show_itself(one):
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="乙"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="丙"/><w:basedOn w:val="A"/>'
        '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>',
    )
    shown = (
        '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>露出</w:t></w:r></w:p>'
    )
    runs = p("藏起", "B").replace("</w:p>", "<w:r><w:t>两处</w:t></w:r></w:p>")
    document = one("a.docx", docx(runs + shown + p("又露出", "C"), styles=styles))
    assert texts(document) == ["露出", "又露出"]
    assert [removal.text for removal in document.removed] == ["藏起", "两处"]


def test_contents_that_never_end_take_nothing_with_them(one):
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert texts(one("a.docx", docx(f"<w:p>{begin}<w:r><w:t>一、概况</w:t></w:r></w:p>" + p("全县有四十个村。")))) == [
        "一、概况",
        "全县有四十个村。",
    ]


def test_a_text_box_inside_a_text_box_is_read_once_and_in_order(one):
    def box(inner: str) -> str:
        return f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>"

    inner = f"<w:p><w:r><w:t>外框前</w:t></w:r>{box(p('里框'))}<w:r><w:t>外框后</w:t></w:r></w:p>"
    body = f"<w:p><w:r><w:t>文前</w:t></w:r>{box(inner)}<w:r><w:t>文后</w:t></w:r></w:p>"
    document = one("a.docx", docx(body + p("末段。")))
    assert texts(document) == ["文前文后", "外框前外框后", "里框", "末段。"]
    assert not document.warnings


@pytest.mark.parametrize("tag", ["w:del", "w:vanish", "w:tab", "w:trPr", "w:gridSpan", "w:pStyle", "w:p", "w:t"])
def test_a_part_of_another_shape_is_no_bug(read, tag):
    inner = "<w:del/><w:vanish/><w:gridSpan/><w:pStyle w:val='A'/><w:tab/>" + p("一段。")
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    body = part("document", inner).replace("w:document", tag)
    (found,) = read("a.docx", zipped({"word/document.xml": body, "word/styles.xml": styles}))
    assert found.source == "inbox/a.docx"
