"""Cleaning: what goes, what stays, and that both are said."""

from __future__ import annotations

import time

import pytest

from tests.extract.conftest import cases

SPEECH = (
    "在全县安全生产会议上的讲话同志们：今天的会议很重要，我讲三点意见。一、提高认识。安全生产事关群众生命财产，"
    "各单位要绷紧这根弦，决不能有丝毫的侥幸心理，必须时时放心不下。二、突出重点。（一）抓好道路交通。要在六月底前排查完所有急弯陡坡，"
    "逐处建立台账，落实整改责任。（二）抓好消防安全。要对商场、学校、医院逐家检查，发现隐患当场交办，限期整改到位。三、严格落实。首先，要压实责任。"
    "主要领导要亲自抓，分管领导要具体抓。其次，要强化督查。县安委办每月通报一次，对工作不力的严肃问责。第一，看有没有台账。第二，看有没有整改。"
    "各单位要举一反三，把问题解决在萌芽状态，确保全年不发生较大以上事故，确保全县安全形势持续稳定向好，让群众过上安心的日子。"
    "同志们，安全责任重于泰山，让我们共同努力，把各项措施一项一项落到实处，一件一件抓出成效，以实际行动向全县人民交上合格答卷。"
    "会后请各乡镇、各部门立即传达本次会议精神，结合实际拿出具体方案，本周五下班前报县安委办。这项工作纳入年度考核，请大家务必高度重视，不得敷衍应付，不得弄虚作假，不得拖延时间。谢谢大家！"
)
SECOND = (
    "在全县防汛工作会议上的讲话同志们：入汛以来，全县降雨比常年偏多两成，防汛形势十分严峻，请大家认真听清楚下面几项要求。"
    "一、备足物资。各乡镇要在五月二十日前把编织袋、救生衣、发电机备齐。二、盯住险工险段。要对"
)


@pytest.mark.parametrize("case", cases("clean"), ids=lambda case: case["what"])
def test_cleaning(one, case):
    document = one("a.txt", case["text"])
    texts = [block.text for block in document.blocks]
    if "starts" in case:
        assert len(texts) == 1 and texts[0].startswith(case["starts"])
        assert texts[0] in case["blocks"][0]
    elif "blocks" in case:
        assert texts == case["blocks"]
    else:
        assert len(texts) == case["blocks_count"]
    assert sorted(removal.why for removal in document.removed) == sorted(case["removed"])
    assert document.title == case.get("title", document.title)


def test_a_text_on_one_line_is_parted_at_its_ordinals(one):
    document = one("a.txt", SPEECH)
    assert document.title == "在全县安全生产会议上的讲话"
    assert [(b.number, b.level) for b in document.blocks if b.number] == [
        ("一、", 1), ("二、", 1), ("（一）", 2), ("（二）", 2), ("三、", 1),
        ("首先，", 3), ("其次，", 3), ("第一，", 3), ("第二，", 3),
    ]  # fmt: skip
    assert "".join(block.text for block in document.blocks) == SPEECH


def test_two_speeches_in_one_file_are_parted_and_the_cut_off_end_is_marked(read):
    first, second = read("a.txt", SPEECH + SECOND)
    assert (first.source, second.source) == ("inbox/a.txt", "inbox/a.txt@2")
    assert second.title == "在全县防汛工作会议上的讲话"
    assert any("truncated" in warning for warning in second.warnings)
    assert not any("truncated" in warning for warning in first.warnings)
    assert first.text.endswith("谢谢大家！")


def test_a_report_that_quotes_a_letter_stays_whole(one):
    letter = "关于感谢县医院的信\n\n县医院：\n\n　　感谢你们的救治。\n\n"
    report = (
        "县医院年度工作总结\n\n　　" + "今年以来，医院狠抓服务质量，群众满意度稳步提升。" * 8 + "\n\n附：\n\n" + letter
    )
    assert one("a.txt", report).title == "县医院年度工作总结"


def test_foreign_machine_text_goes_and_chinese_stays(one):
    foreign = (
        "In order to improve the quality of work, we must strengthen the leadership of all units and departments. "
    )
    text = (
        "关于提高服务质量的建议\n\n"
        + "窗口单位要进一步改进服务，做到一次办好，让群众少跑腿。" * 6
        + foreign * 3
        + "\n\n以上建议，请研究。"
    )
    document = one("a.txt", text)
    assert "leadership" not in document.text and document.text.endswith("以上建议，请研究。")
    assert [removal.why for removal in document.removed] == ["夹在中文里的外文（机器生成）"]


def test_a_paragraph_that_stands_twice_is_kept_once(one):
    long = "县城东部三条主干道的排水管道建于二十年前，管径小、淤积重，一遇大雨就积水，"
    long += "车辆熄火、行人绊倒的事每年都有发生，沿街商户损失不小，群众多次向有关部门反映。"
    document = one("a.txt", f"关于改造排水管道的建议\n\n{long}\n\n建议列入明年计划。\n\n{long}")
    assert document.text.count("排水管道建于") == 1
    assert [removal.why for removal in document.removed] == ["重复的段落"]


def test_placeholders_are_named_in_a_warning(one):
    document = one("a.txt", "关于XX县道路建设的建议\n\n20xx年，X局已安排资金。")
    assert any("XX县" in warning and "20xx" in warning for warning in document.warnings)


def test_plain_figures_are_no_placeholders(one):
    assert one("a.txt", "关于道路建设的建议\n\n2024年，县交通局已安排资金300万元，长2×3公里。").warnings == ()


def test_the_day_stands_in_the_signature_block(one):
    document = one(
        "a.txt",
        "关于第12号建议的答复\n\n张三代表：\n\n您在2023年3月1日提出的建议收悉。\n\n云禾县交通运输局\n\n二〇二三年六月九日",
    )
    assert document.day is not None and document.day.isoformat() == "2023-06-09"


def test_a_title_on_two_lines_is_one_title(one):
    document = one(
        "a.txt",
        "云禾县人大代表建议\n\n关于进一步加强全县农村公路\n\n日常养护管理工作的建议\n\n　　公路养护跟不上。",
    )
    assert document.title == "关于进一步加强全县农村公路日常养护管理工作的建议"
    assert [block.role for block in document.blocks] == ["paragraph", "title", "title", "paragraph"]


COLLECTED = "".join(
    f"{mark}：{title}\n{title}\n同志们：\n" + body * 6 + "\n"
    for mark, title, body in (
        ("篇一", "在抗旱工作会议上的讲话", "各乡镇要抓紧抢修水利设施，保障群众饮水。"),
        ("篇二", "在防火工作会议上的讲话", "护林员要天天巡山，见烟就查，见火就报。"),
    )
)


def test_the_texts_of_a_collection_are_parted_and_its_marks_go(read):
    first, second = read("a.txt", "目录\n篇一：在抗旱工作会议上的讲话\n篇二：在防火工作会议上的讲话\n" + COLLECTED)
    assert (first.title, second.title) == ("在抗旱工作会议上的讲话", "在防火工作会议上的讲话")
    assert "篇一" not in first.text and "目录" not in first.text and "篇二" not in second.text
    assert {removal.why for removal in first.removed} == {"资料网站的合集标记"}


def test_the_parts_of_a_book_stay_together(one):
    book = "".join(
        f"第{n}篇 {name}\n" + "水库的管理制度包括巡查、养护和调度。" * 10 + "\n"
        for n, name in (("一", "总则"), ("二", "调度"))
    )
    assert "第一篇" in one("a.txt", "水库管理手册\n" + book).text


OFFICIAL = [
    "县政府网站维护费用清单",
    "办理系统登录地址：http://banli.example",
    "邮箱 yunhe@banli.example",
    "2023.05.06",
    "校对：云小禾　打印：禾小云　　　共印80份",
    "会议时间：2023年5月6日 9:30:00",
    "关于开发办事APP的建议",
    "县长 | 副县长",
    "教育局>财政局",
    "（代表团：城关团）",
    "第二，优化页面",
    "附件：办事APP、公众号下载说明",
    "2023年代表扫码评价情况表",
]


@pytest.mark.parametrize("line", OFFICIAL)
def test_lines_of_a_paper_after_its_text_stay(one, line):
    text = "在全县抗旱工作会议上的讲话\n同志们：\n入春以来，全县持续干旱，各乡镇要抓紧抢修水利设施。\n"
    assert line in one("a.txt", text + line).text


@pytest.mark.parametrize("word", ["打印 ", "登录 ", "责编：云小禾 ", "精品文档 ", "微信 ", "下载\n"])
def test_a_line_of_the_same_word_again_and_again_takes_no_time(one, word):
    begin = time.perf_counter()
    assert one("a.txt", word * 40 + "甲乙").text.endswith("甲乙")
    assert time.perf_counter() - begin < 2


LINKED = (
    "<html><body><h1>关于疏通西渠的提案</h1><p>西渠淤塞三年，下游四个村的水田无水可灌，群众反映强烈。</p>"
    "<p>去年夏天又有两百亩水稻减产。</p><p>建议今冬清淤，明春通水。</p>{}</body></html>"
)


def test_two_links_under_their_label_go(one):
    page = LINKED.format("<h3>相关链接</h3><ul><li><a>水利局召开座谈会</a></li><li><a>春灌开始</a></li></ul>")
    document = one("a.html", page)
    assert document.text.endswith("明春通水。")
    assert [removal.text for removal in document.removed] == ["相关链接", "水利局召开座谈会", "春灌开始"]


@pytest.mark.parametrize(
    "below",
    [
        "<h3>相关链接</h3><p>西渠全长九公里</p>",
        "<h3>附件</h3><ul><li><a>西渠平面图</a></li><li><a>预算表</a></li></ul>",
    ],
    ids=["no link", "no such label"],
)
def test_what_is_no_link_or_under_another_word_stays(one, below):
    assert one("a.html", LINKED.format(below)).text.endswith(("西渠全长九公里", "预算表"))
