"""Letters copied from web pages (domain §3-G): what a page prints around them, and what its copying loses."""

from dataclasses import replace

import pytest

from pipeline.parse import parse
from pipeline.profile import Profile
from pipeline.records import Document, Removal, Reply

PAGE = """今天是：
政务公开
栏目甲：
• 索引号：
• 0453-77/2024-00031
• 文 号：
• 松水函〔2024〕31号
• 发布机构：
• 松溪县水利局
松溪县水利局关于县十八届人大三次会议第31号建议的答复
类别：B
温泉、冷杉代表：
您们提出的“关于疏浚芦沟河的建议”，已交我局办理，现答复如下：
芦沟河疏浚9月底前完成。
希望以后多提宝贵意见，以利我们改进水利工作。
松溪县水利局
20240603
承办责任人：方同
承办人及联系电话：石磊 0560——6030031
站点导航与链接
本页二维码"""
PAPER = """松溪县水利局
关于县十八届人大三次会议第31号建议的答复
温泉代表：
您提出的关于疏浚芦沟河的建议收悉。现答复如下：
芦沟河疏浚9月底前完成。
{foot}"""


def read(text: str, profile: Profile, **fields: object) -> Reply:
    document = Document("d", "d.docx", "答复", text.split("\n", maxsplit=1)[0], text)
    [found] = parse([replace(document, **fields)], profile)  # type: ignore[arg-type]
    assert isinstance(found, Reply)
    return found


def test_a_page_around_the_letter(profile: Profile) -> None:
    found = read(PAGE, profile)
    assert (found.addressee, found.number, found.label, found.reference) == (
        "温泉、冷杉代表",
        "31",
        "B",
        "松水函〔2024〕31号",
    )
    assert (found.unit_text, str(found.day), found.contact, found.phone) == (
        "松溪县水利局",
        "2024-06-03",
        "石磊",
        "0560——6030031",
    )
    assert found.title == "松溪县水利局关于县十八届人大三次会议第31号建议的答复" and found.online


@pytest.mark.parametrize(
    ("line", "day"),
    [("2024629", "2024-06-29"), ("20241120", "2024-11-20"), ("2024111", "None"), ("20241350", "None")],
)
def test_a_date_that_lost_its_marks(line: str, day: str, profile: Profile) -> None:
    assert str(read(PAPER.format(foot=f"松溪县水利局\n{line}"), profile).day) == day


@pytest.mark.parametrize(
    ("foot", "label"),
    [
        ("松溪县水利局\n2024年6月3日\n办复类别：C\n注：办复类别分三类。\nA类——已经解决的；\nC类——留作参考的。", "C"),
        ("松溪县水利局\n2024年6月3日\n联系人：方同", ""),
    ],
)
def test_a_legend_of_the_labels_below(foot: str, label: str, profile: Profile) -> None:
    found = read(PAPER.format(foot=foot), profile)
    assert (found.label, str(found.day)) == (label, "2024-06-03")


@pytest.mark.parametrize(
    ("line", "label"), [("松水函〔2024〕31号B类", "B"), ("（A）类", "A"), ("关于第31号提案办理情况（C）的函", "C")]
)
def test_labels_where_pages_put_them(line: str, label: str, profile: Profile) -> None:
    text = f"{line}\n温泉委员：\n您的提案收悉。现答复如下：\n芦沟河疏浚9月底前完成。\n松溪县水利局\n2024年6月3日"
    assert read(text, profile).label == label


def test_the_site_s_telephone_is_not_the_letter_s(profile: Profile) -> None:
    foot = "松溪县水利局\n2024年6月3日\n网站监督举报热线：0560-6039999"
    assert read(PAPER.format(foot=foot), profile).phone == ""


@pytest.mark.parametrize(
    ("source", "removed", "online"),
    [
        ("d.docx", (), False),
        ("d.html", (), True),
        ("d.txt", (Removal("浏览次数：9", "网页的发布信息"),), True),
        ("d.docx", (Removal("- 1 -", "页码"),), False),
    ],
)
def test_what_was_copied_from_a_page(source: str, removed: tuple[Removal, ...], online: bool, profile: Profile) -> None:
    foot = "松溪县水利局\n2024年6月3日"
    assert read(PAPER.format(foot=foot), profile, source=source, removed=removed).online is online
