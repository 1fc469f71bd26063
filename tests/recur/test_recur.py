"""Pairs by the ladder, themes without chains, the same on every order of the input."""

import random
from collections.abc import Callable
from itertools import pairwise

from pipeline.records import Submission
from pipeline.recur import matches, themes
from pipeline.recur.matter import core_title
from pipeline.recur.places import places

Make = Callable[..., Submission]
LAMPS = (
    "河东村主路长约两公里，至今没有一盏路灯，老人孩子晚上出门摸黑，去年冬天已有三人摔伤。"
    "建议沿村主路安装太阳能路灯四十盏，并明确专人管护。"
)
BUS = "县城到北部各村的班车每天只有两趟，学生周五回家常常挤不上车。建议增开早晚两班，并延伸到终点村。"


def family(make: Make) -> list[Submission]:
    return [
        make("关于安装河东村路灯的建议", LAMPS, id="a", year=2023),
        make("关于安装河东村路灯的提案", LAMPS.replace("，", ", "), id="b", year=2024),
        make(
            "关于河东村亮化的建议",
            LAMPS.replace("三人摔伤", "四名老人摔伤").replace("两公里", "三公里"),
            id="c",
            year=2024,
        ),
        make("关于增开北部班车的建议", BUS, id="d", year=2023),
        make(
            "关于方便北部群众出行、增加班车的建议",
            "北部几个村的班车一天两趟，学生周末挤不上车，请增开班车并延伸线路。",
            id="e",
            year=2025,
        ),
    ]


def test_the_ladder_names_each_relation(submission: Make) -> None:
    found = {(m.left, m.right): m.relation for m in matches(family(submission))}
    assert found["a", "b"] == "identical"
    assert found["a", "c"] == found["b", "c"] == "near"
    assert found["d", "e"] == "same_matter"
    assert not any({"a", "d"} <= set(pair) for pair in found)


def test_a_match_quotes_both_sides_and_says_what_differs(submission: Make) -> None:
    (near,) = [m for m in matches(family(submission)) if (m.left, m.right) == ("a", "c")]
    assert near.evidence[0].left in LAMPS + "安装河东村路灯"
    assert any("两公里" in told and "三公里" in told for told in near.differs) or near.differs == ()


def test_the_same_words_at_another_place_are_no_same_matter(submission: Make) -> None:
    here = submission("关于修复柳溪镇大桥的建议", "柳溪镇大桥栏杆断裂，请尽快修复。", id="x", year=2024)
    there = submission("关于修复白沙乡大桥的建议", "白沙乡渡口的大桥桥面开裂，请加固。", id="y", year=2024)
    assert [m for m in matches([here, there]) if m.relation == "same_matter"] == []


def test_order_does_not_matter(submission: Make) -> None:
    items = family(submission)
    shuffled = items[:]
    random.Random(3).shuffle(shuffled)
    assert matches(items) == matches(shuffled)
    assert themes(items, matches(items), {}) == themes(shuffled, matches(shuffled), {})


def test_a_theme_has_years_units_and_a_label(submission: Make) -> None:
    items = family(submission)
    first = themes(items, matches(items), {"a": "城市管理局", "b": "城市管理局"})[0]
    assert first.members == ("a", "b", "c")
    assert (first.years, first.units) == ((2023, 2024), ("城市管理局",))
    assert "路灯" in first.label + "".join(first.keywords)


def test_a_chain_does_not_make_a_theme(submission: Make) -> None:
    told = {
        "路灯": "河堤一带入夜漆黑，行人常跌进沟里，盼装上照明。",
        "校车": "初中生放学要走六公里山路，求开通接送班次。",
        "水渠": "渠底淤了半米厚的泥，下游三百亩稻子浇不上。",
        "公厕": "老街游客多，如厕只能借商户后院，亟需新建。",
        "球场": "年轻人打球翻墙进工厂，场地应当尽早铺设。",
        "诊所": "发烧要进城看大夫，药品断档已有半年光景。",
    }
    chain = [submission(f"{a}和{b}", told[a] + told[b], id=a, year=2024) for a, b in pairwise(told)]
    groups = themes(chain, matches(chain), {})
    assert groups
    assert all(len(theme.members) <= 3 for theme in groups)


def test_titles_lose_their_frame_only() -> None:
    assert core_title("关于加强校园周边停车管理的几点建议") == "加强校园周边停车管理"
    assert core_title("建议修路") == "建议修路"


def test_places_are_proper_names() -> None:
    assert "青石镇" in places("关于修复青石镇河东村道路的建议")
    assert places("关于改善农村道路的建议") == frozenset()
