"""Files as offices really send them: under another name, of another program, half in another code, on their side."""

from __future__ import annotations

import io

import openpyxl
import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from pipeline.extract import open_sheets, pdf
from tests.extract import make

LINES = ("关于加固西门水塔的建议", "领衔代表：石磊", "水塔已用三十年，塔身有裂缝。", "1.请县水利局年内完成检测。")
HEAD = ("编号", "案由", "提出人", "主办单位")
ROWS = (("001", "关于加固西门水塔的建议", "石磊", "县水利局"), ("002", "关于增设早市摊位的建议", "万里", "县城管局"))
EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"


def cells(row):
    return "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row)


def excel_2003(*rows, options=""):
    sheet = f'<Worksheet ss:Name="交办表"><Table>{"".join(rows)}</Table>{options}</Worksheet>'
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return f'{head}<Workbook xmlns="{EXCEL}" xmlns:ss="{EXCEL}">{sheet}</Workbook>'.encode()


TITLE = '<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">交办一览表</Data></Cell></Row>'


@pytest.mark.parametrize("name", ["a.xls", "a.xml"])
def test_a_workbook_in_the_xml_of_2003(read, name):
    later = f'<Row ss:Index="6">{cells(ROWS[1])}</Row>'
    found = read(name, excel_2003(TITLE, f"<Row>{cells(HEAD)}</Row>", f"<Row>{cells(ROWS[0])}</Row>", later))
    assert [(d.source[-2:], d.entry.number, d.title, d.entry.lead) for d in found] == [
        ("#3", "001", "关于加固西门水塔的建议", "县水利局"),
        ("#6", "002", "关于增设早市摊位的建议", "县城管局"),
    ]


def test_the_cells_of_such_a_workbook():
    row = (
        '<Row><Cell ss:Index="2" ss:MergeDown="1"><Data ss:Type="Number">7.0</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Error">#REF!</Data></Cell></Row><Row><Cell ss:Index="4"><Data>尾</Data></Cell></Row>'
    )
    space = "urn:schemas-microsoft-com:office:excel"
    hidden = f'<WorksheetOptions xmlns="{space}"><Visible>SheetHidden</Visible></WorksheetOptions>'
    (sheet,) = open_sheets.excel_2003(excel_2003(row, options=hidden))
    assert sheet.rows == (("", "7", "2024-03-05", ""), ("", "7", "", "尾")) and sheet.hidden


OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def open_table(rows):
    spaces = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    inner = f'<table:table table:name="交办表">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{inner}</office:spreadsheet></office:body>"
    return f"<office:document {spaces}>{body}</office:document>"


def open_row(row):
    inner = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
    return f"<table:table-row>{inner}</table:table-row>"


@pytest.mark.parametrize("packed", [True, False])
def test_an_opendocument_workbook(read, packed):
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    xml = open_table("".join(map(open_row, (HEAD, *ROWS))) + filler)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    whole = make.zipped({"mimetype": kind, "META-INF/manifest.xml": "<m/>", "content.xml": xml})
    flat = f'<?xml version="1.0"?>{xml}'.replace("<office:document ", f'<office:document office:mimetype="{kind}" ', 1)
    found = read("a.ods" if packed else "a.xml", whole if packed else flat)
    assert [(d.source[-2:], d.title) for d in found] == [("#2", ROWS[0][1]), ("#3", ROWS[1][1])]


def test_repeated_cells_and_blanks_of_an_opendocument_sheet():
    repeated = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2">'
        "<text:p>甲<text:s/>乙</text:p><text:p>丙</text:p></table:table-cell></table:table-row>"
    )
    (sheet,) = open_sheets.opendocument(open_table(repeated).encode())
    assert sheet.rows == (("甲 乙\n丙", "甲 乙\n丙"),) * 2


def test_cells_in_the_millions_are_refused(failed):
    data = excel_2003(f'<Row ss:Index="900000">{cells(HEAD)}<Cell ss:Index="399"><Data>尾</Data></Cell></Row>')
    assert "过大" in failed("a.xls", data).reason


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
def test_lines_in_two_codes(one, first):
    second = {"utf-8": "gb18030", "gb18030": "utf-8"}[first]
    data = (LINES[0] + "\n").encode(first) + "\n".join(LINES[1:]).encode(second)
    assert one("a.txt", data).text == "\n".join(LINES)


def test_a_broken_byte_does_not_make_two_codes(one):
    data = "\n".join(LINES).encode().replace("裂".encode(), b"\xe8\xa3", 1)
    assert one("a.txt", data).text.startswith("\n".join(LINES[:2])) and "�" in one("b.txt", data).text


def drawn(turn=0, **fields):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    paper = canvas.Canvas(stream)
    paper.setFont("STSong-Light", 14)
    paper.translate(297, 421)
    paper.rotate(turn)
    for number, line in enumerate((*LINES, *fields)):
        paper.drawString(-200, 200 - 30 * number, line)
    paper.rotate(-turn)
    paper.translate(-297, -421)
    for number, (name, text) in enumerate(fields.items(), len(LINES)):
        paper.acroForm.textfield(name=name, x=180, y=611 - 30 * number, width=200, height=24, value=text)
    paper.save()
    return stream.getvalue()


@pytest.mark.parametrize(("text", "page"), [(0, 90), (90, 0), (90, 90), (180, 0), (270, 180)])
def test_a_page_on_its_side_is_read_along_its_lines(text, page):
    document = pypdfium2.PdfDocument(drawn(text))
    document[0].set_rotation(page)
    stream = io.BytesIO()
    document.save(stream)
    assert [block.text for block in pdf.read(stream.getvalue()).blocks] == list(LINES)


def test_what_is_filled_into_a_form_stands_beside_its_label():
    blocks = pdf.read(drawn(编号="No. 17", 电话="", 备注="PUBLIC")).blocks
    assert [block.cells or block.text for block in blocks][len(LINES) :] == [
        ("编号", "No. 17"),
        "电话",
        ("备注", "PUBLIC"),
    ]


def test_a_cell_whose_formula_failed_is_blank_and_told(one):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(("001", "关于加固西门水塔的建议", "石磊", "#REF!"))
    stream = io.BytesIO()
    book.save(stream)
    document = one("a.xlsx", stream.getvalue())
    assert document.entry.lead == "" and any("D2" in warning for warning in document.warnings)


def test_a_label_written_downwards_is_one_word(one):
    down = make.cell("".join(map(make.p, "建议内容")))
    lines = make.cell(make.p("第一段。") + make.p("第二段。"))
    document = one("a.docx", make.docx(make.p(LINES[0]) + make.table([down, lines])))
    assert document.blocks[-1].cells == ("建议内容", "第一段。\n第二段。")


def packed(body, **members):
    return make.zipped({"word/document.xml": make.part("document", f"<w:body>{body}</w:body>"), **members})


def test_pictures_in_place_of_text_are_told(one, failed):
    picture = {"word/media/image1.png": "x"}
    assert "1 张图片" in failed("a.docx", packed("<w:p/>", **picture)).reason
    assert any("1 张图片" in warning for warning in one("b.docx", packed(make.p(LINES[0]), **picture)).warnings)
    assert not any(
        "张图片" in w for w in one("c.docx", packed(make.p(LINES[0]) + make.p("话" * 80), **picture)).warnings
    )


FORM = (
    "建议编号:017 建议标题:关于加固西门水塔的建议建议人:石磊 "
    "建议内容:水塔有裂缝，建议县水利局年内完成检测。 承办单位:县水利局"
)


def test_a_form_on_one_line_gets_its_lines_back(one):
    document = one("a.txt", FORM)
    assert document.title == "关于加固西门水塔的建议"
    assert [block.text.partition(":")[0] for block in document.blocks] == [
        "建议编号",
        "建议标题",
        "建议人",
        "建议内容",
        "承办单位",
    ]


@pytest.mark.parametrize(
    "text", ["代表建议内容：修路。标题另定。", "一、标题：修路 建议人：石磊，编号：7，都写在封面上。"]
)
def test_labels_in_a_sentence_part_nothing(one, text):
    assert len(one("a.txt", text).blocks) == 1


def test_words_in_drawings_are_kept(one):
    art = '<w:p><w:r><w:pict><v:shape><v:textpath string="云川县水利局文件"/></v:shape></w:pict></w:r></w:p>'
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    parts = {
        "word/diagrams/data1.xml": f"<d {space}><a:t>先交办</a:t><a:t>再答复</a:t></d>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}" Target="diagrams/data1.xml"/></Relationships>',
    }
    blocks = one("a.docx", packed(art + make.p(LINES[0]), **parts)).blocks
    assert [(block.role, block.text) for block in blocks] == [
        ("paragraph", "云川县水利局文件"),
        ("title", LINES[0]),
        ("note", "先交办\n再答复"),
    ]


def test_files_inside_a_pdf_are_named(one):
    document = pypdfium2.PdfDocument(drawn())
    document.new_attachment("建议二.txt").set_data(b"x")
    stream = io.BytesIO()
    document.save(stream)
    assert any("建议二.txt" in warning for warning in one("a.pdf", stream.getvalue()).warnings)


def test_a_binary_workbook_is_told(failed):
    assert ".xlsb" in failed("a.xlsx", make.zipped({"xl/workbook.bin": "x"})).reason
