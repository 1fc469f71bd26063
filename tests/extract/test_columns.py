"""Reading order: columns, side bars, and pages whose file holds the lines in no order."""

from __future__ import annotations

import pytest

from tests.extract.make import pdf

LEFT = [
    "县城东部三条主干道的排水管",
    "道建于二十年前，管径小、淤",
    "积重，一遇大雨就积水，车辆",
    "熄火、行人绊倒的事每年都有",
    "发生，沿街商户损失不小，群",
    "众多次反映。",
]
RIGHT = [
    "建议把东部排水管网改造列入",
    "明年的城建计划，先测后改，",
    "分两年实施，由住建部门牵头",
    "负责，城管部门配合，资金从",
    "城市维护费中列支，不足部分",
    "由财政统筹。",
]


def interlaced(top=120):
    lines = [(130, 80, "关于改造东部排水管网的建议")]
    for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        lines += [(60, top + 20 * n, left), (310, top + 20 * n, right)]
    return lines


def test_two_columns_are_read_one_after_the_other(one):
    document = one("a.pdf", pdf([interlaced()]))
    assert document.text == "关于改造东部排水管网的建议\n" + "".join(LEFT) + "\n" + "".join(RIGHT)


def test_a_paragraph_that_goes_on_in_the_next_column_stays_one(one):
    lines = [(60, 120 + 20 * n, text) for n, text in enumerate(LEFT[:5])]
    lines += [(310, 120 + 20 * n, text) for n, text in enumerate([LEFT[5], *RIGHT[:5]])]
    assert "".join(LEFT) in one("a.pdf", pdf([lines])).text


def test_a_line_over_both_columns_parts_them(one):
    wide = (60, 260, "上面两栏说的是情况和打算，下面两栏说的是历年投入和办理结果。")
    below = [(x, y + 180, text) for x, y, text in interlaced()[1:]]
    text = one("a.pdf", pdf([[*interlaced(), wide, *below]])).text
    first, middle, second = text.index(RIGHT[5]), text.index(wide[2]), text.rindex(LEFT[0])
    assert first < middle < second


def test_a_side_bar_is_not_mixed_into_the_text(one):
    lines = []
    for n, text in enumerate(LEFT):
        lines.append((60, 120 + 20 * n, text))
        if n < 5:
            lines.append((330, 127 + 20 * n, f"来源{n}"))
    text = one("a.pdf", pdf([lines])).text
    assert "".join(LEFT) in text


def test_the_halves_of_a_form_are_read_row_by_row(one):
    lines = []
    for n, (name, value) in enumerate(
        [("姓名", "甲"), ("单位", "乙厂"), ("电话", "0000"), ("届次", "十届"), ("编号", "七")]
    ):
        lines += [(60, 120 + 24 * n, f"{name}：{value}"), (310, 120 + 24 * n, f"{name}二：{value}")]
    text = one("a.pdf", pdf([lines])).text.replace("\n", " ")
    assert text.index("姓名：") < text.index("姓名二") < text.index("单位：")


@pytest.mark.parametrize("order", [slice(None, None, -1), slice(None)])
def test_a_page_in_no_order_is_read_from_the_top(one, order):
    lines = [(72, 100 + 30 * n, f"第{n}行到此为止。") for n in range(1, 9)]
    assert one("a.pdf", pdf([lines[order]])).text.split("\n") == [text for _, _, text in lines]


def test_words_are_neither_split_nor_glued(one):
    lines = [
        (60, 120, "本县引进的设备型号为 TX 2000 COVID-"),
        (60, 142, "19 疫情期间暂停，预计二〇二五年"),
        (60, 164, "六月底前恢复。"),
    ]
    text = one("a.pdf", pdf([lines])).text
    assert "COVID-19" in text and "二〇二五年六月底前" in text


def test_a_label_inside_a_sentence_begins_no_paragraph(one):
    lines = [
        (92, 120, "您提出的关于加强农村饮水安全保障的提案收悉，现答"),
        (60, 142, "复如下："),
        (92, 164, "一、已列入计划。"),
    ]
    assert "现答复如下：" in one("a.pdf", pdf([lines])).text


def test_bold_by_double_print_is_read_once(one):
    text = "关于整治东街占道经营的建议"
    lines = [(100, 100, text), (100.4, 100, text), (72, 140, "占道严重。")]
    assert one("a.pdf", pdf([lines])).text == f"{text}\n占道严重。"


def test_a_label_under_a_title_begins_a_paragraph(one):
    lines = [(60, 120, "关于在石桥村主干道安装太阳能路灯的建议"), (60, 145, "建议编号：3"), (60, 170, "代表团：青石镇")]
    assert one("a.pdf", pdf([lines])).text.split("\n") == [text for _, _, text in lines]
