"""Classes of problems: the same on every order of the input, their ids kept when a year is added, plain labels."""

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.records import Submission, Theme
from pipeline.recur import Memory, matches, themes
from pipeline.recur.matter import core_title
from tests.recur.stability import tau

Make = Callable[..., Submission]
KINDS = {
    "路灯": ("{0}村主路没有路灯，老人夜里摔伤。建议安装太阳能路灯{1}盏。", "关于安装{0}村路灯的建议"),
    "饮水": ("{0}村人畜饮水困难，枯水季断水{1}天。建议新建蓄水池。", "关于解决{0}村饮水困难的建议"),
    "校车": ("{0}村的小学生走{1}里山路上学。建议开通校车接送。", "关于开通{0}村校车的建议"),
    "野猪": ("野猪在{0}村拱坏苞谷{1}亩。建议组织狩猎队防治。", "关于防治{0}村野猪危害的建议"),
}
PLACES = ("竹洲", "枫林", "石塘", "云岭", "下湾", "高坎", "南塘", "半山")


def paper(make: Make, number: int, kind: str, year: int) -> Submission:
    place, (body, title) = PLACES[number % len(PLACES)], KINDS[kind]
    return make(title.format(place), body.format(place, 3 + number), id=f"{kind}{number}", year=year)


def classes(papers: list[Submission], before: tuple[Theme, ...] = ()) -> list[Theme]:
    memory = Memory.empty()
    return themes(papers, matches(papers, memory), {}, memory, before)


kinds = st.lists(st.sampled_from(sorted(KINDS)), min_size=4, max_size=14)


@given(kinds, st.randoms(use_true_random=False))
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_order_of_the_input_changes_nothing(submission: Make, told: list[str], chance: random.Random) -> None:
    papers = [paper(submission, n, kind, 2022 + n % 3) for n, kind in enumerate(told)]
    mixed = papers[:]
    chance.shuffle(mixed)
    assert matches(mixed) == matches(papers)
    assert classes(mixed) == classes(papers)


@given(kinds, kinds)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_class_keeps_its_id_when_a_year_is_added(submission: Make, old: list[str], new: list[str]) -> None:
    papers = [paper(submission, n, kind, 2022 + n % 2) for n, kind in enumerate(old)]
    more = [paper(submission, n + len(old), kind, 2024) for n, kind in enumerate(new)]
    before = tuple(classes(papers))
    after = classes([*papers, *more], before)
    assert len({theme.id for theme in after}) == len(after)
    home = {member: theme for theme in after for member in theme.members}
    for theme in before:
        heirs = {home[m].id for m in theme.members if m in home}
        if len(heirs) == 1 and not any(home[m].id != theme.id for m in theme.members if m in home):
            assert theme.id in heirs
    whole = [t for t in before if len({home[m].id for m in t.members if m in home}) == 1]
    into = [home[t.members[0]].id for t in whole if t.members[0] in home]
    alone = [(t, key) for t, key in zip(whole, into, strict=False) if into.count(key) == 1]
    for theme, key in alone:
        others = [b for b in before if b is not theme and any(home.get(m) and home[m].id == key for m in b.members)]
        assert others or theme.id == key


def test_a_label_names_no_place_that_few_members_share(submission: Make) -> None:
    papers = [paper(submission, n, "路灯", 2022 + n) for n in range(3)]
    (found,) = classes([*papers, paper(submission, 4, "校车", 2024)])
    assert len(found.members) == 3
    assert found.label == "安装路灯"
    assert "路灯" in found.keywords
    assert not any("建议" in word or word in "竹洲村枫林村石塘村" for word in found.keywords)


def test_what_is_left_over_joins_its_own_matter(submission: Make) -> None:
    papers = [paper(submission, n, kind, 2022) for n, kind in enumerate(("路灯", "路灯", "饮水", "饮水"))]
    for theme in classes(papers):
        assert len({member[:2] for member in theme.members}) == 1


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("12、关于 加强村卫生室建设的建议（重）", "加强村卫生室建设"),
        ("（3）关于修路的提案。", "修路"),
        ("关于3岁以下婴幼儿照护的建议", "3岁以下婴幼儿照护"),
        ("请修石桥（二期）", "请修石桥（二期）"),
        ("关于5.12防灾日活动的建议", "5.12防灾日活动"),
    ],
)
def test_a_register_s_marks_are_no_part_of_a_title(title: str, core: str) -> None:
    assert core_title(title) in {core, core.removesuffix("（二期）")}


def test_the_order_of_the_largest_is_compared() -> None:
    big, small = (Theme(key, key, (), tuple(f"{key}{n}" for n in range(size))) for key, size in (("甲", 5), ("乙", 2)))
    everything = {*big.members, *small.members}
    assert tau([big, small], [big, small], everything) == (pytest.approx(1.0), 2)
    shrunk = Theme("甲", "甲", (), big.members[:1])
    assert tau([big, small], [small, shrunk], everything)[0] == pytest.approx(-1.0)
