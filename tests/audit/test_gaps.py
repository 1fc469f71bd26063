"""Names exchanged between the same words, whether or not they say what kind of place they are (C07)."""

import pytest

from pipeline.audit.gaps import gaps, strength
from pipeline.audit.years import misdated

ASKED = "关于硬化瓦子坳至石柳坪产业路的建议。瓦子坳到石柳坪的产业路没有硬化，雨季拉不出茶叶。便民桥始建于1984年。"


@pytest.mark.parametrize(
    ("letter", "pair"),
    [
        ("您提出的关于硬化松毛岭至石柳坪产业路的建议收悉。", ("瓦子坳", "松毛岭")),
        ("经现场查看，瓦子坳到杉木湾的产业路没有硬化，已列入计划。", ("石柳坪", "杉木湾")),
        ("瓦子坳到石柳坪的产业路已硬化，途经杉木湾。", None),
        ("瓦子坳到石柳坪的茶园路没有铺水泥，雨天运不出茶叶。", None),
        ("该路全长三公里，群众出行十分不便，我局将争取资金。", None),
    ],
)
def test_a_name_between_the_same_words_is_another_name(letter: str, pair: tuple[str, str] | None) -> None:
    found = [(gap.asked, gap.said) for gap in gaps(letter, ASKED)]
    assert found[:1] == ([pair] if pair else [])


@pytest.mark.parametrize(("name", "told"), [("瓦子坳", 2), ("文昌镇", 2), ("茶园", 1), ("维修加固", -1), ("四组", -1)])
def test_how_surely_a_stretch_is_a_name(name: str, told: int) -> None:
    assert min(strength(name), 2) == told


@pytest.mark.parametrize(
    ("letter", "fault"),
    [
        ("经核实，该桥始建于1994年，桥面破损。", True),
        ("经核实，该桥始建于1984年，1994年加宽。", False),
        ("便民桥2024年列入改造计划。", False),
    ],
)
def test_another_year_of_the_same_event_is_told(letter: str, fault: bool) -> None:
    assert bool(misdated(letter, ASKED)) == fault
