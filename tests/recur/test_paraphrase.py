"""One matter told in other words: one way of saying, single characters, and how much of our hard cases is found."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import read, recurrence
from pipeline.profile import default_folder, load
from pipeline.records import Submission
from pipeline.recur import Memory, matches, nearest
from pipeline.recur.letters import NEAREST, beyond_chance, characters, sharing
from pipeline.recur.quotes import COPIED
from pipeline.recur.sayings import EMPTY, SAME, Sayings, sayings

Make = Callable[..., Submission]
CASES = Path(__file__).parents[1] / "cases" / "recur_paraphrases.csv"


def test_many_ways_of_saying_become_one() -> None:
    plain = sayings().plain
    assert plain("电瓶车乱停") == plain("电动自行车违停") == plain("電瓶車亂停")
    assert plain("群众反映强烈，亟待解决") == "，"
    assert plain("竹洲村的水泥路") == "竹洲村的水泥路"


def test_ways_of_saying_are_the_profile_s() -> None:
    profile = load(default_folder())
    groups = [group.split("=") for group in profile.words(SAME)]
    ways = [way for group in groups for way in group]
    assert all(len(group) > 1 for group in groups)
    assert len(ways) == len(set(ways)), "a way of saying stands in two groups"
    assert not set(ways) & set(profile.words(EMPTY))
    assert min(map(len, ways)) > 1


@given(st.text(alphabet="电瓶动自行车老人年高度重视路灯", max_size=20))
def test_plain_text_stays_plain(text: str) -> None:
    once = sayings().plain(text)
    assert len(once) <= 4 * len(text) + 4
    assert Sayings().plain(text) == text


def test_shared_characters_pair_the_nearest_of_each_other() -> None:
    texts = [f"{a}{b}{c}" for a in "甲乙丙丁" for b in "子丑寅卯" for c in "天地"]
    rows = characters(texts)
    left, right = sharing(rows)
    assert (left < right).all()
    assert len(left) <= NEAREST * len(texts) // 2 + NEAREST
    cosines = np.asarray(rows[left].multiply(rows[right]).sum(axis=1)).ravel()
    assert cosines.min() > 0.3


def test_long_texts_share_characters_by_chance() -> None:
    close = np.array([0.4, 0.4], dtype=np.float32)
    short, long = beyond_chance(close, (np.array([60.0, 900.0]), np.array([80.0, 1000.0])))
    assert short > long > 0.0


@pytest.mark.parametrize("texts", [[], ["路"], ["", ""], ["路灯", "路灯"]])
def test_few_and_empty_texts_do_no_harm(texts: list[str]) -> None:
    left, right = sharing(characters(texts))
    assert len(left) == len(right) <= 1


def test_traditional_and_simplified_are_one_matter(submission: Make) -> None:
    one = submission(
        "关于治理禾水污染的建议", "上游养殖场粪污直排，河水发黑。建议取缔养殖场并清淤。", id="a", year=2023
    )
    two = submission(
        "關於整治禾水水質的提案", "養豬場把污水排進河裡，河道淤積發臭。請關停豬場，疏浚河道。", id="b", year=2024
    )
    three = submission("关于增开夜班公交的建议", "工人十点下班没有车坐，请加开夜班车。", id="c", year=2024)
    (found,) = matches([one, two, three])
    assert (found.left, found.right) == ("a", "b")
    assert all(e.left in one.title + one.text and e.right in two.title + two.text for e in found.evidence)


def test_years_amounts_and_places_that_differ_are_told(submission: Make) -> None:
    told = "乡村教师生活补助每月{0}元，低于邻县，去年调离{1}人。建议提高到每月{2}元，按艰苦程度分档发放。"
    one = submission("关于提高乡村教师补助的建议", told.format(400, 46, 600), id="a", year=2022)
    two = submission("关于提高乡村教师补助的建议", told.format(400, 58, 800), id="b", year=2023)
    (found,) = matches([two, one])
    assert (found.left, found.relation) == ("a", "near")
    assert any(word.startswith("数字：") and "600元" in word and "800元" in word for word in found.differs)
    assert found.differs[-1] == "年度：2022／2023"
    assert not any(COPIED in word for word in found.differs)


def test_a_bare_title_about_a_place_is_no_bare_title_about_none(submission: Make) -> None:
    titles = {"a": "关于开通县城至桃园镇公交车的建议", "b": "开通桃园镇到县城的班车", "c": "关于优化城区公交线路的建议"}
    others = [submission(f"关于{word}的建议", id=word, year=2024) for word in ("增设公厕", "防治野猪", "修缮祠堂")]
    bare = [submission(title, id=key, year=2024) for key, title in titles.items()]
    assert {(m.left, m.right) for m in matches([*bare, *others])} == {("a", "b")}


def test_what_is_looked_up_is_said_in_the_memory_s_way(submission: Make, tmp_path: Path) -> None:
    papers = [
        submission("关于整治电动自行车违规充电的建议", "住户把电动自行车推进楼道充电。建议增建充电桩。", id="a"),
        submission("关于防治野猪的建议", "野猪拱坏庄稼。建议组织狩猎队。", id="b"),
    ]
    Memory.empty("甲").of_submissions(papers).save(tmp_path / "索引", {})
    (best, score, _), *_ = nearest(tmp_path / "索引", submission("电瓶车", "电瓶车拉线充电太危险", id="新"), 2)
    assert best == "a"
    assert score > 0.1


@pytest.mark.slow
def test_our_hard_cases_are_found_as_measured() -> None:
    ours, baseline, *_ = recurrence(read([CASES], load(default_folder())), load(default_folder()))
    precision, recall, f1, _ = (score.value for score in ours.scores)
    assert precision >= 0.8
    assert recall >= 0.44
    assert f1 > baseline.scores[2].value + 0.06
