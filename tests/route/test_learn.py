from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from pipeline.errors import BanliError
from pipeline.route import Model, Router, train

PLACES = ("石桥", "下湾", "柳河", "高岭", "东沟", "上坪", "南塘", "茶亭", "枫树", "白沙")
LEARNED = {
    "水利局": "疏浚{}河道",
    "教育局": "改善{}小学食堂",
    "工商局": "查处{}集市假冒商品",
    "气象局": "为{}安装喜鹊牌小黑盒",
}


@pytest.fixture(scope="module")
def history(paper):
    rows = []
    for (lead, wording), place in product(LEARNED.items(), PLACES):
        title = f"关于{wording.format(place)}的建议"
        rows.append(
            paper(
                title,
                f"{place}群众盼望{wording.format(place)}。",
                id=title,
                lead=lead,
                topic="甲" if lead == "水利局" else "乙",
            )
        )
    return rows


@pytest.fixture(scope="module")
def model(history, profile):
    return train(history, profile)


def test_learns_what_the_catalogue_cannot_know(profile, model, paper):
    unseen = paper("关于为青石安装喜鹊牌小黑盒的建议", "青石群众盼望安装喜鹊牌小黑盒。")
    (cold,) = Router(profile).route([unseen])
    (warm,) = Router(profile, model).route([unseen])
    assert cold.candidates[0].name != "气象局"
    assert (warm.lead, warm.topics[0].name) == ("气象局", "乙")


def test_old_names_count_for_todays_units(model):
    assert "市场监督管理局" in model.units.labels
    assert model.card.units["市场监督管理局"] == len(PLACES)
    assert "工商局" not in model.card.units


def test_units_without_examples_keep_the_catalogue(profile, model, paper):
    (route,) = Router(profile, model).route([paper("关于保护古树名木的建议")])
    assert route.candidates[0].name == "林业局"


def test_too_few_rows_teach_nothing(profile, history):
    assert train(history[:29], profile) is None
    assert train([replace(s, lead="水利局", topic="") for s in history], profile) is None
    assert train([replace(s, lead="", topic="") for s in history], profile) is None
    assert train([], profile) is None


def test_topics_alone_can_be_learned(profile, history):
    model = train([replace(s, lead="") for s in history], profile)
    assert model.units is None
    assert model.topics.labels == ("乙", "甲")


def test_saved_and_loaded_model_says_the_same(profile, model, paper, tmp_path):
    model.save(tmp_path / "router", date(2024, 3, 1))
    again = Model.load(tmp_path / "router")
    papers = [paper("关于疏浚青石河道的建议"), paper("关于为青石安装小黑盒的建议")]
    for one, other in zip(Router(profile, model).route(papers), Router(profile, again).route(papers), strict=True):
        assert one.lead == other.lead
        assert [c.score for c in one.candidates] == pytest.approx([c.score for c in other.candidates], abs=1e-3)
    card = json.loads((tmp_path / "router" / "card.json").read_text(encoding="utf-8"))
    assert card["day"] == "2024-03-01"
    assert card["corpus"] == model.card.corpus
    assert {"top1", "top3", "macro_f1", "ece", "top1_catalogue"} <= card["scores"]["units"].keys()


def test_loading_runs_no_code_and_says_what_is_missing(model, tmp_path):
    with pytest.raises(BanliError, match="没有训练好的模型"):
        Model.load(tmp_path)
    model.save(tmp_path)
    with np.load(tmp_path / "router.npz") as arrays:
        changed = {**arrays, "outside": np.array([print], dtype=object)}
    np.savez(tmp_path / "router.npz", **changed)
    with pytest.raises(BanliError, match="损坏"):
        Model.load(tmp_path)


def test_a_profile_with_other_units_reads_the_model(profile, model, paper):
    smaller = replace(profile, units=tuple(u for u in profile.units if u.name not in ("林业局", "水利局")))
    (route,) = Router(smaller, model).route([paper("关于为青石安装喜鹊牌小黑盒的建议")])
    assert route.candidates[0].name == "气象局"
    assert "水利局" not in [candidate.name for candidate in route.candidates]


def test_training_again_gives_the_same_model(profile, history, model):
    other = train(list(reversed(history)), profile)
    assert model.card.corpus == other.card.corpus
    again = train(history, profile)
    assert np.array_equal(model.units.margins, again.units.margins)
    assert model.card == again.card


def test_what_is_no_better_than_the_catalogue_is_not_used(profile, paper):
    known = {"水利局": "疏浚{}河道", "教育局": "增加{}幼儿园学位", "林业局": "复壮{}古树"}
    rows = [paper(f"关于{w.format(p)}的建议", lead=lead) for (lead, w), p in product(known.items(), PLACES)]
    assert train(rows, profile) is None


def test_asks_are_routed_by_what_was_learned(profile, model, paper):
    asks = ["疏浚柳河河道", "为青石安装喜鹊牌小黑盒"]
    submission = paper("关于两件事的建议", "", asks)
    (cold,) = Router(profile).route([submission])
    (warm,) = Router(profile, model).route([submission])
    assert cold.asks[1].lead != "气象局"
    assert [ask.lead for ask in warm.asks] == ["水利局", "气象局"]
