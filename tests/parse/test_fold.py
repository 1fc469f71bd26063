"""The reading form of a text: headings found in it, every offset kept."""

import pytest

from pipeline.parse.fold import folded
from pipeline.profile import Profile


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("建　议：\n修桥", "建议：\n修桥"),
        ("提 案 人 毕升", "提案人 毕升"),
        ("办\n法\t一、修桥", "办法\t一、修桥"),
        ("關於修橋的建議", "关于修桥的建议"),
        ("【建议】修桥", "建议：修桥"),
        ("●修桥\n●装灯", "① 修桥\n② 装灯".replace(" ", "")),
        ("Ⅰ修桥\nⅡ装灯", "①修桥\n②装灯"),
        ("A、修桥\nB、装灯", "① 修桥\n② 装灯"),
        ("1;修桥；2；装灯", "1、修桥；2、装灯"),
        ("1，修桥。2，装灯", "1、修桥。2、装灯"),
        ("1、修桥.2、装灯", "1、修桥。2、装灯"),
        ("长1.2、宽3米", "长1.2、宽3米"),
        ("3；修桥；5；装灯", "3；修桥；5；装灯"),
        ("姓名 张 三", "姓名 张 三"),
        ("王五\n李四\n赵六", "王五\n李四\n赵六"),
        ("—修桥", "—修桥"),
        ("C、修桥\nD、装灯", "C、修桥\nD、装灯"),
        ("Ⅱ类水质", "Ⅱ类水质"),
    ],
)
def test_reading_form(text: str, read: str, profile: Profile) -> None:
    found = folded(text, profile)
    assert len(found) == len(text)
    assert found.strip() == read


def test_offsets_hold_in_every_script(profile: Profile) -> None:
    text = "辦　法：\n㈠在東門加裝護欄；\n㈡徵收閒置廠房。\n後\n記\t乾隆年間，裡程錶"
    assert len(folded(text, profile)) == len(text)
    assert folded(text, profile).split("\n")[0].strip() == "办法："
