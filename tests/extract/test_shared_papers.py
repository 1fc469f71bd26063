"""Speeches, notices and reports as sharing sites and portals print them: what goes, what stays, title and day."""

from __future__ import annotations

from datetime import date

import pytest

BODY = (
    "今年全县共收到建议九十六件，任务不轻。各单位要逐件明确专人，六月底前答复代表，"
    "办理中要上门听取意见，办完后要请代表到现场看一看，不能只写一纸答复就算交差。"
)


def texts(document):
    return [block.text for block in document.blocks]


@pytest.mark.parametrize(
    "line",
    (
        "云上素材网 首页",
        "10-28 云上素材网",
        "2021-08-24 00:40:39云上高考网",
        "云川公文网--中国最大的公文网站",
        "DSC01426",
        "微信图片_20240512093011.jpg",
        "格式：DOC 上传日期：2023-11-09",
        "发布 收藏 共计2688个字，预计阅读时长9分钟。",
        "资源描述",
        "时间：2023-11-09 10:42:11     小编：云小禾",
        "此处隐藏1387个字。会员可见",
        "交办会讲话.docx_第2页",
        "编辑：云小禾纠错：0000-1234",
    ),
)
def test_lines_of_a_site_go_wherever_they_stand(one, line):
    document = one("a.txt", f"在全县建议交办会上的讲话\n\n{line}\n\n同志们：\n{BODY}\n")
    assert document.title == "在全县建议交办会上的讲话"
    assert line not in texts(document) and any(line in removal.text for removal in document.removed)


@pytest.mark.parametrize(
    "line", ["一是织密供水管网", "完善农村公路网", "图片说明：新桥护栏已经装好", "2024年3月5日", "字号统一用三号"]
)
def test_lines_of_a_paper_that_look_like_them_stay(one, line):
    assert line in texts(one("a.txt", f"在全县建议交办会上的讲话\n\n同志们：\n{BODY}\n{line}\n{BODY[20:]}再说一遍。\n"))


def test_buttons_side_by_side_go_also_before_another_line(one):
    document = one("a.txt", f"无障碍浏览长者模式\n\n返回首页\n\n关于做好建议办理工作的通知\n各承办单位：\n{BODY}\n")
    assert texts(document)[0] == "关于做好建议办理工作的通知"


def test_a_masthead_is_no_title_and_two_lines_are_one_where_the_text_says_so(one):
    news = "9月4日，云川县政协九届一次会议提案集中交办会在县城举行，八家单位作了表态发言。"
    document = one("a.txt", f"云川县人民政府\n\n我县集中交办一百零二件提案\n\n{news}\n")
    assert document.title == "我县集中交办一百零二件提案"
    document = one("b.txt", f"2026年01月02日\n\n云川县政协九届一次会议\n提案集中交办会举行\n\n{news}\n")
    assert document.title == "云川县政协九届一次会议提案集中交办会举行"


def test_the_day_of_posting_counts_and_that_of_the_visit_does_not(one):
    head = "2026年01月02日\n\n我县召开建议办理工作推进会\n\n来源：县政府办 发布日期：2015-10-15 09:20 打印\n\n"
    assert one("a.txt", f"{head}{BODY}\n").day == date(2015, 10, 15)
    assert one("b.txt", f"在全县交办会上的讲话\n时间：2023-11-09 10:42:11 小编：小禾\n同志们：\n{BODY}").day is None
    assert one("c.txt", f"2024年3月5日\n\n在全县交办会上的讲话\n同志们：\n{BODY}").day == date(2024, 3, 5)


def test_a_cut_off_collection_loses_what_the_site_says_first(one):
    title = "建议提案交办会上的讲话"
    talk = "四季更替，岁月如歌，写好总结能让人少走弯路，下面的文章或许能给您启发。"
    document = one("a.txt", f"{title}\n\n{talk}\n\n{title}篇一\n\n同志们：\n{BODY}\n")
    assert texts(document)[:2] == [title, "同志们："]
    assert {removal.text for removal in document.removed} >= {talk, f"{title}篇一"}
    kept = one("b.txt", f"{title}\n\n{talk}\n\n第一篇　认识篇\n\n同志们：\n{BODY}\n")
    assert talk in texts(kept)


LONG = (
    "1县长在建议交办会上的讲话同志们：今天开这个会，是把代表的建议交到各单位手上。下面，我讲两点意见。2一、认清责任代表的"
    "建议来自田间地头，来自厂矿车间，句句都是实话。各单位要把这项工作抓在手上，主要负责同志要亲自过问，分管同志要具体落3实，"
    "做到件件有人管。二、抓好落实办得成的马上办，一时办不成的讲清原因，不许推来推去。"
)


def test_bare_page_numbers_glued_to_the_text_go(one):
    document = one("a.txt", LONG)
    assert document.title == "县长在建议交办会上的讲话"
    assert [removal.text for removal in document.removed] == ["1", "2", "3"]
    assert "具体落实，做到件件" in document.text and [b.number for b in document.blocks if b.number] == ["一、", "二、"]


@pytest.mark.parametrize(
    "text", [LONG.replace("落3实", "落实"), LONG.removeprefix("1"), LONG.replace("1县长", "1次县长")]
)
def test_figures_that_are_no_run_of_pages_stay(one, text):
    assert not any(removal.why == "网站分页序号" for removal in one("a.txt", text).removed)


def test_pages_parted_by_blank_lines_are_joined(one):
    pages = [f"{BODY}{BODY}{BODY}会后各单位要马上开会，把任务分", "解到人，把时限定到天。" + BODY]
    document = one("a.txt", "交办会讲话\n\n" + "\n\n".join(f"{n}、{page}" for n, page in enumerate(pages, 1)))
    assert "把任务分解到人" in document.text


def test_blanks_that_were_line_ends_part_headings_from_text(one):
    text = (
        "副县长在交办会上的讲话 主任、主席、 同志们: 今天开会交办建议。下面，我讲两点。 一、认清责任，把任务扛在肩上 "
        "今年的建议比去年多两成，各单位要早作安排。 二、抓好落实，让代表看到结果 各单位要在六月底前答复。"
    )
    document = one("a.txt", text)
    assert document.title == "副县长在交办会上的讲话"
    assert [b.text for b in document.blocks if b.level == 1] == [
        "一、认清责任，把任务扛在肩上",
        "二、抓好落实，让代表看到结果",
    ]


def test_a_title_after_the_salutation_and_one_that_only_the_site_names(one):
    document = one("a.txt", f"同志们：在全县建议交办会上的讲话经过认真筹备，今天我们开会。{BODY}")
    assert document.title == "在全县建议交办会上的讲话" and texts(document)[2].startswith("经过认真筹备")
    shared = f"《县建议办理工作制度.docx》由会员分享，可在线阅读\n\n县建议办理工作制度为把建议办好，制定本制度。{BODY}"
    document = one("b.txt", shared)
    assert (document.title, document.kind) == ("县建议办理工作制度", "通知")


def test_a_line_of_a_page_in_the_wrong_code_goes(one):
    wrong = "对不起，您要访问的页面暂时没有找到，请稍后再试一次".encode().decode("gb18030", "ignore")
    document = one("a.txt", f"建议办理情况通报\n\n{BODY}{BODY}\n{wrong}\n")
    assert wrong not in document.text and any(removal.text == wrong for removal in document.removed)


@pytest.mark.parametrize(("end", "cut"), [("还要把建议...", True), ("还要把建议……", True), ("还要把建议办好。", False)])
def test_dots_at_the_end_are_a_text_cut_off(one, end, cut):
    document = one("a.txt", f"在交办会上的讲话\n同志们：\n{BODY}{end}")
    assert any("truncated" in warning for warning in document.warnings) == cut


@pytest.mark.parametrize("text", ["各位政协委员积极建言。", "县政府把办理摆上日程。"])
def test_a_word_that_goes_on_is_no_slip(one, text):
    assert not any("错别字" in warning for warning in one("a.txt", f"在会上的讲话\n同志们：\n{BODY}{text}").warnings)


@pytest.mark.parametrize(
    ("start", "title"),
    [
        ("县代表建议办理工作总结现将今年的办理工作总结如下：", "县代表建议办理工作总结"),
        ("【年度材料】 建议办理情况汇报 我局今年承办建议七件，", "建议办理情况汇报"),
        ("县建议交办大会上的话 县建议交办大会上的话各单位：", "县建议交办大会上的话"),
    ],
)
def test_a_title_glued_to_the_first_sentence(one, start, title):
    document = one("a.txt", f"{start}{BODY}")
    assert document.title == title and texts(document)[1].endswith(BODY[-20:])


def test_a_sentence_that_holds_the_word_of_a_title_stays_whole(one):
    text = f"这份报告根据各单位的材料写成。{BODY}"
    assert texts(one("a.txt", text)) == [text]


def test_a_title_in_the_table_over_a_text_and_one_with_its_last_word_below(one):
    title = "| 标 题： 县政府办关于办理代表建议的通知 | 成文日期：2024年03月08日 |"
    table = f"| 索 引 号：1/2024-7 | 效力状态： |\n{title}\n我要收藏\n"
    document = one("a.txt", f"{table}各承办单位：\n{BODY}\n")
    assert (document.title, document.day) == ("县政府办关于办理代表建议的通知", date(2024, 3, 8))
    assert one("b.txt", f"2024年代表建议办理工作\n情况说明\n{BODY}\n").title == "2024年代表建议办理工作情况说明"
    assert one("c.txt", f"【工作制度】代表建议办理工作制度\n第一条 {BODY}\n").title == "代表建议办理工作制度"
