from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import BanliError
from pipeline.profile import Boundary, Topic, Trigger, default_folder, load
from pipeline.records import Submission
from pipeline.route.boundary import Boundaries
from pipeline.route.features import Grams, Words
from pipeline.route.lexicon import Lexicon, plain
from pipeline.route.passages import Passages
from pipeline.route.scales import Scales, shares
from pipeline.route.standing import Standing
from pipeline.route.topics import Topics, ranked


def test_plain_keeps_every_place():
    text = "ＡＢ　路燈İ😀﹏（臺）\n"
    assert len(plain(text)) == len(text)
    assert plain(text).startswith("ab")
    assert "路灯" in plain(text)


def test_a_word_inside_a_longer_word_does_not_count():
    words = Lexicon(["公路", "高速公路", "路灯", "公路路灯"])
    assert [word for word, _, _ in words.places("高速公路旁公路路灯")] == ["高速公路", "公路路灯"]
    every = Lexicon(["公路", "高速公路"], inner=True)
    assert sorted(word for word, _, _ in every.places("高速公路")) == ["公路", "高速公路"]


def test_crossing_words_both_count():
    assert [word for word, _, _ in Lexicon(["城管", "管理"]).places("城管理")] == ["城管", "管理"]


def test_passages_cover_the_text_once(paper):
    submission = paper("关于修路的建议", "路坏了。雨天难走；晴天扬尘。", ["修好这条路"])
    passages = Passages([submission])
    assert [p.zone for p in passages.all] == ["title", "ask", "body", "body", "body"]
    for passage in passages.all:
        assert submission.text[passage.start : passage.start + len(passage.text)] == passage.text


@pytest.fixture
def rules(profile):
    rule = Boundary("9.9", "样例", (("村道", "组道"), ("桥头",)), ("机耕路",), "交通运输局", ("公安局",))
    return Boundaries(replace(profile, boundaries=(rule,)))


def fired(rules, *submissions, bare=None):
    bare = bare or load(default_folder())
    return rules.fired(Standing(Passages(submissions), bare)).whole[:, 0].tolist()


def test_a_rule_needs_every_group(rules, paper):
    assert fired(rules, paper("村道桥头"), paper("村道"), paper("桥头"), paper("组道的桥头")) == [1.0, 0.0, 0.0, 1.0]


def test_a_rule_is_stopped_by_an_excluding_word(rules, paper):
    assert fired(rules, paper("村道桥头与机耕路")) == [0.0]


def test_an_ask_is_read_with_the_title(rules, paper):
    strength = fired(rules, paper("关于桥头的建议", "", ["拓宽村道"]), paper("关于桥头的建议", "拓宽村道。"))
    assert 0 < strength[1] < strength[0] < 1


def test_a_sentence_of_the_background_fires_no_rule_beside_asks(rules, paper):
    assert fired(rules, paper("关于学校的建议", "村道桥头有所学校。", ["扩建学校"])) == [0.0]


def test_shares_grow_with_evidence_and_stay_below_one():
    found = shares(np.array([[0.0, 0.0], [1.0, 0.0], [9.0, 0.0], [9.0, 9.0]]))
    assert found[0].tolist() == [0.0, 0.0]
    assert found[1, 0] < found[2, 0] < 1
    assert found[3, 0] == found[3, 1] < 0.5


def test_a_unit_in_a_street_name_is_not_its_matter(profile, paper):
    scales = Scales(profile)
    names = [unit.name for unit in profile.units]
    words = scales.weigh([paper("双拥路"), paper("双拥工作")]).words[:, names.index("退役军人事务局")]
    assert words[0] < 0.5 * words[1]


def test_what_a_title_ends_with_says_more(profile, paper):
    scales = Scales(profile)
    names = [unit.name for unit in profile.units]
    whole = scales.weigh([paper("关于景区旁幼儿园的建议"), paper("关于幼儿园旁景区的建议")]).whole
    school, tour = whole[:, names.index("教育局")], whole[:, names.index("文化广电和旅游局")]
    assert school[0] > school[1]
    assert tour[1] > tour[0]


def test_topics_share_a_word(profile, paper):
    topics = (Topic("甲", "水", (Trigger("河", 3.0), Trigger("坝"))), Topic("甲", "路", (Trigger("坝"), Trigger("路"))))
    found = Topics(replace(profile, topics=topics), "甲")
    rows = found.scores(Standing(Passages([paper("河，坝"), paper("无关")]), profile))
    assert [c.name for c in ranked(found.names, rows[0])] == ["水", "路"]
    assert ranked(found.names, rows[1]) == ()


def test_grams_and_words_are_rows_of_length_one():
    corpus = ["路灯，坏了", "路灯，太少", "河水浑浊", ""]
    for block in (Grams, Words):
        fitted, rows = block.fit(corpus)
        again = fitted.rows(corpus)
        assert np.allclose(rows.toarray(), again.toarray())
        lengths = np.linalg.norm(rows.toarray(), axis=1)
        assert np.allclose(lengths[:2], 1.0)
        assert lengths[3] == 0.0


def test_odd_signs_and_empty_texts_are_rows():
    corpus = ["a\0b\r\nc", "", "路灯\u2028", "路灯", "\n"]
    fitted, rows = Grams.fit(corpus)
    assert rows.shape[0] == len(corpus)
    assert fitted.rows([]).shape[0] == 0
    assert np.allclose(fitted.rows(["路灯"]).toarray(), rows[[3]].toarray())


def test_a_paper_without_title_or_text(profile):
    weighed = Scales(profile).weigh([Submission("1", "1", "x", "建议", "", "")])
    assert not weighed.words.any()


def test_the_level_of_a_rule_is_checked(profile, tmp_path):
    copied = tmp_path / "county"
    shutil.copytree(default_folder(), copied)
    path = copied / "boundaries.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert any(rule.above for rule in profile.boundaries) and not all(rule.above for rule in profile.boundaries)
    path.write_text(text.replace(",上级\n", ",省里\n", 1), encoding="utf-8-sig")
    with pytest.raises(BanliError, match="层级"):
        load(copied)
    lines = csv.reader(io.StringIO(text))
    path.write_text("\n".join(",".join(row[:-1]) for row in lines), encoding="utf-8-sig")
    assert not any(rule.above for rule in load(copied).boundaries)


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("枫林村路灯坏了", "村路", False),
        ("枫林村路灯不亮", "路灯", True),
        ("小区路灯不亮", "路灯", True),
        ("枫林通村路灯具", "通村路", False),
        ("老城停车难题", "停车难", True),
        ("拓宽增收渠道", "渠道", False),
        ("衬砌灌区渠道", "渠道", True),
        ("机动车通行", "动车", False),
    ],
)
def test_a_word_by_chance_does_not_stand(paper, text, word, stands):
    words = Lexicon([word])
    passages = Passages([paper(text)], Lexicon(["增收渠道"]), frozenset(["路灯"]))
    assert bool(passages.counts(words).sum()) == stands


def test_a_word_of_many_matters_gives_way_to_one_of_its_own(router, paper):
    titles = ("关于改善农村学前教育的建议", "关于加强草莓基地治理的建议", "关于发展壮医药产业的建议")
    routes = router.route([paper(title) for title in titles])
    assert [r.candidates[0].name for r in routes] == ["教育局", "农业农村局", "卫生健康局"]
    (alone,) = router.route([paper("关于加强治理的建议")])
    assert alone.candidates[0].score < min(r.candidates[0].score for r in routes)


def test_the_head_of_a_compound_counts(profile, paper):
    scales = Scales(profile)
    at = [unit.name for unit in profile.units].index("教育局")
    school, party = scales.weigh([paper("关于扩建职业学校的建议"), paper("关于学校化管理的建议")]).words[:, at]
    assert school > 0
    assert school >= party


def test_what_a_title_is_for_is_not_its_matter(profile, paper):
    scales = Scales(profile)
    names = [unit.name for unit in profile.units]
    aim, matter = scales.weigh([paper("关于修建水渠，促进茶叶增收的建议"), paper("关于茶叶增收的建议")]).words[
        :, names.index("农业农村局")
    ]
    assert 0 < aim < 0.6 * matter


def test_topics_follow_the_unit_where_words_are_few(router, paper):
    topics = {
        "关于整修石埠渡口的建议": "城乡建设",
        "关于给乡村小学添置课桌的提案": "教育事业",
        "关于畅通欠薪投诉的提案": "社会事业",
        "关于整治乱挖河砂的提案": "农林水利",
    }
    routes = router.route([paper(title) for title in topics])
    assert [route.topics[0].name for route in routes] == list(topics.values())
    (named,) = router.route([paper("关于疏浚柳河的提案")])
    assert "政治建设" not in [topic.name for topic in named.topics]
