"""PDF pages as writers really print them: names, indents, watermarks, tables over page ends, fonts left out."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from pipeline.extract import faces
from pipeline.extract import pdf as reader
from pipeline.extract.glyphs import closed_up
from tests.extract.make import pdf

FULL = "全镇十九个村的农网改造只完成了七个，其余各村一到夏"
REST = "天用电高峰就跳闸停电。"


def texts(data):
    return [block.text for block in reader.read(data).blocks if block.role == "paragraph"]


def rows(data):
    return [block.cells for block in reader.read(data).blocks if block.cells]


def drawn(draw):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream, pagesize=A4, invariant=True)
    sheet.setFont("STSong-Light", 16)
    draw(sheet)
    sheet.save()
    return stream.getvalue()


@pytest.mark.parametrize(
    "line",
    ["附议人：陶月英 万里 司徒静", "提案人：万 里", "联名 人：陶月英 万里 司徒静 乐平", "联系人：陶月英 电话：6610023"],
)
def test_blanks_between_names_stay(one, line):
    assert closed_up(line) == line
    assert texts(pdf([[(72, 100, line)]])) == [line]


def test_names_set_apart_by_place_alone_are_parted():
    names = ["陶月英", "万里", "司徒静"]
    places = [(72, 100, "附议人："), *((145 + 70 * n, 100, name) for n, name in enumerate(names))]
    assert texts(pdf([places])) == ["附议人：陶月英 万里 司徒静"]


def test_a_list_of_names_goes_on_in_the_next_line():
    lines = [
        "附议人：陶月英 万里 司徒静 乐平 时光 费雪梅 段",
        "志远 房玉 计划生 向阳",
        "　　" + FULL[:21],
        FULL[:23],
        FULL[:23],
    ]
    found = texts(pdf([[(72, 100 + 26 * n, line) for n, line in enumerate(lines)]]))
    assert found[0] == "附议人：陶月英 万里 司徒静 乐平 时光 费雪梅 段志远 房玉 计划生 向阳"


def test_a_line_that_is_indented_by_two_blanks_begins_a_paragraph():
    lines = ["　　" + FULL[:26], REST + "群众多次反映，一直没有人来处理。", "　　" + FULL[:26], REST]
    found = texts(pdf([[(72, 100 + 26 * n, line) for n, line in enumerate(lines)]]))
    assert [text.strip() for text in found] == [FULL + lines[1], FULL + REST]


def test_a_number_that_runs_over_a_line_end_stays_one():
    lines = ["　　经测算，改造这十二个村的线路和台区共需要资金约1,2", "00万元，建议列入明年的预算。"]
    (text,) = texts(pdf([[(72, 100 + 26 * n, line) for n, line in enumerate(lines)]]))
    assert "1,200万元" in text


def test_narrow_letters_side_by_side_are_not_doubled():
    line = "The committee will still carry out all the annual surveys."
    assert texts(pdf([[(72, 100, line)]])) == [line]


def test_a_line_of_one_character_in_a_font_that_is_not_in_the_file_is_read():
    lines = ["　　" + FULL[:26] + "现在答复如下", "："]
    assert "".join(texts(pdf([[(72, 100 + 26 * n, line) for n, line in enumerate(lines)]]))).endswith("如下：")


def test_what_is_read_does_not_hang_on_the_fonts_of_the_machine():
    data = pdf([[(72, 100 + 26 * n, FULL) for n in range(3)]])
    with faces.boxed():
        boxed = pdfium.PdfDocument(data)[0].get_textpage().get_text_range()
    assert boxed == pdfium.PdfDocument(data)[0].get_textpage().get_text_range()
    assert reader.read(data).characters == 3 * len(FULL)


def test_the_fonts_of_the_machine_are_back_after_reading():
    data = pdf([[(72, 100, FULL)]])
    before = pdfium.PdfDocument(data)[0].render().to_numpy().sum()
    reader.read(data)
    assert pdfium.PdfDocument(data)[0].render().to_numpy().sum() == before


def watermarked(sheet):
    for n, line in enumerate((FULL, REST)):
        sheet.drawString(72, A4[1] - 100 - 26 * n, line)
    sheet.saveState()
    sheet.translate(150, 300)
    sheet.rotate(40)
    sheet.drawString(0, 0, "内部资料")
    sheet.restoreState()


def test_text_that_runs_askew_is_set_apart():
    draft = reader.read(drawn(watermarked))
    assert [block.text for block in draft.blocks] == [FULL + REST]
    assert [(removal.text, removal.why) for removal in draft.removed] == [("内部资料", "斜排的水印")]


def test_italics_and_upright_turns_are_no_watermark():
    def italic(sheet):
        text = sheet.beginText()
        text.setTextTransform(1, 0, 0.33, 1, 72, A4[1] - 100)
        text.textOut("路")
        sheet.drawText(text)

    assert texts(drawn(italic)) == ["路"]


HEAD = [(80, 110, "序号"), (180, 110, "项目"), (310, 110, "单位")]


def lattice(ys, xs=(72, 170, 300, 420)):
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def test_a_head_on_every_page_of_a_long_table_is_kept_once():
    pages = [[*HEAD, (80, 140, str(n)), (180, 140, f"{n}号桥"), (310, 140, "交通运输局")] for n in (1, 2, 3, 4)]
    found = rows(pdf(pages, size=12, rules=lattice((90, 120, 150)), every=True))
    assert found == [("序号", "项目", "单位"), *((str(n), f"{n}号桥", "交通运输局") for n in (1, 2, 3, 4))]


def test_a_row_that_breaks_at_the_page_end_is_put_together():
    first = [*HEAD, (80, 140, "1"), (180, 140, "柳溪镇老街"), (310, 140, "水利局")]
    second = [(180, 110, "排水改造"), (80, 140, "2"), (180, 140, "新桥"), (310, 140, "交通运输局")]
    found = rows(pdf([first, second], size=12, rules=lattice((90, 120, 150)), every=True))
    assert found == [("序号", "项目", "单位"), ("1", "柳溪镇老街排水改造", "水利局"), ("2", "新桥", "交通运输局")]


def test_a_first_cell_that_holds_for_rows_on_the_next_page_joins_nothing():
    first = [*HEAD, (80, 140, "一"), (180, 140, "柳溪镇老街"), (310, 140, "水利局")]
    second = [(180, 110, "新桥"), (310, 110, "交通运输局"), (180, 140, "旧桥"), (310, 140, "交通运输局")]
    found = rows(pdf([first, second], size=12, rules=lattice((90, 120, 150)), every=True))
    assert found[1:] == [("一", "柳溪镇老街", "水利局"), ("", "新桥", "交通运输局"), ("", "旧桥", "交通运输局")]


def test_rows_without_rules_at_the_page_edge_are_no_running_lines():
    def page(n, name):
        body = [(72, 100 + 40 * k, f"{n}.{k}") for k in range(1, 16)]
        return [*body, (72, 790, name), (200, 790, f"{n}公里"), (300, 790, "交通运输局")]

    found = reader.read(pdf([page(1, "沿江路"), page(2, "人民路"), page(3, "朝阳路")], size=12))
    assert [block.role for block in found.blocks if "交通运输局" in block.text] == ["paragraph"] * 3


@pytest.mark.parametrize(
    "mark", ["共 3 页 第 1 页", "第一页", "（1）", "[1]", "～1～", "P.1", "1 of 3", "第 1 页，共 3 页"]
)
def test_more_shapes_of_page_numbers(mark):
    assert texts(pdf([[(72, 100, "关于修路的建议"), (280, 815, mark)]])) == ["关于修路的建议"]


PRINTED = [(72, 100, "关于修路的建议"), (72, 130, "村道破损，请尽快修复。")]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("11/22/26, 3:52 AM", "file:///C:/Users/wang/a.html"),
        ("2026/11/22 15:52", "https://www.example.gov.cn/art/2026/11/a.html"),
        ("2026-11-22 下午3:52", "http://example.cn/a.html 1/1"),
    ],
)
def test_what_a_browser_prints_around_a_single_page_goes(above, below):
    found = reader.read(
        pdf([[(30, 25, above), (300, 25, "县政府网站"), *PRINTED, (30, 830, below), (560, 830, "1/1")]], 9)
    )
    said = [block.text for block in found.blocks if block.role == "paragraph"]
    assert said == [text for *_, text in PRINTED]


@pytest.mark.parametrize("line", ["2026年3月5日", "15:30 开会", "见 https://www.example.cn 的通知"])
def test_a_time_or_address_of_the_text_stays(line):
    assert line in " ".join(texts(pdf([[(72, 40, line), *PRINTED]], 10)))


@pytest.mark.parametrize("pitch", [24, 46, 52])
def test_lines_that_stand_far_apart_are_joined(pitch):
    said = "县城南片区居住着两万多名群众，至今没有一所公办幼儿园，"
    text = said * 4 + "请尽快建设。"
    lines = [text[:24], *(text[start : start + 26] for start in range(24, len(text), 26))]
    page = [(72 + 32 * (n == 0), 100 + pitch * n, line) for n, line in enumerate(lines)]
    after = (104, 100 + pitch * len(lines), "请教育部门研究。")
    assert texts(pdf([[*page, after]])) == [text, after[2]]


def test_short_paragraphs_that_stand_far_apart_stay_apart():
    page = [(72, 100 + 52 * n, f"第{n}村有水渠三百米没有修好应当尽快安排资金") for n in range(1, 6)]
    assert len(texts(pdf([page]))) == 5
