"""A model that is worse on unseen rows does not replace the one in use."""

from dataclasses import replace
from itertools import product

import pytest

from pipeline.route import gated
from pipeline.route.gate import _held_out

WORDING = {"水利局": "疏浚{}河道", "教育局": "改善{}小学食堂", "气象局": "为{}安装喜鹊牌小黑盒"}
PLACES = [f"{a}{b}" for a, b in product("石下柳高东上南茶枫白", "桥湾河岭沟坪")]


@pytest.fixture(scope="module")
def history():
    from pipeline.records import Ask, Submission

    rows = []
    for (lead, wording), place in product(WORDING.items(), PLACES):
        what = wording.format(place)
        title, body = f"关于{what}的建议", f"建议{what}。"
        text = f"{title}\n{body}"
        ask = Ask(1, body, len(title) + 1, len(text))
        rows.append(Submission(title, title, title, "建议", title, text, asks=(ask,), lead=lead))
    return rows


@pytest.fixture(scope="module")
def first(history, profile):
    """What the gate says of a first model."""
    return gated(history, None, profile)


def test_a_first_model_passes_and_its_card_tells_the_rows_held_out(history, first) -> None:
    assert first.new
    assert first.other is None
    assert first.model.card.gate["held_out"] == sum(map(_held_out, history)) >= 20
    assert first.model.card.rows == len(history) - first.model.card.gate["held_out"]
    assert first.model.card.gate["new"] > 0.9


def test_wrong_labels_do_not_replace_a_good_model(history, first, profile) -> None:
    good = first.model
    swapped = {"水利局": "教育局", "教育局": "气象局", "气象局": "水利局"}
    spoilt = [s if _held_out(s) else replace(s, lead=swapped[s.lead]) for s in history]
    gate = gated(spoilt, good, profile)
    assert gate.model is good
    assert not gate.new
    if gate.other is not None:
        assert gate.other.gate["new"] < gate.other.gate["old"]


def test_an_equal_model_replaces_the_old_one(history, first, profile) -> None:
    good = first.model
    gate = gated(history, good, profile)
    assert gate.new
    assert gate.other == good.card


def test_few_rows_are_trained_on_without_a_gate(history, profile) -> None:
    few = [s for n, s in enumerate(history) if n % 4 == 0]
    assert sum(map(_held_out, few)) < 20
    assert gated(few, None, profile).model.card.gate == {}
