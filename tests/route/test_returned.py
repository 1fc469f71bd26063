"""A unit that gave an item back is never named for it again, and what it said is shown."""

from datetime import date, datetime

import pytest

from pipeline.records import Receipt
from pipeline.route import Router

NOW = datetime(2025, 3, 1, 9)


def slip(paper, unit: str, *, suggests: tuple[str, ...] = ()) -> Receipt:
    return Receipt(paper.id, unit, False, NOW, "不属我局职责", suggests, date(2025, 2, 24))


@pytest.fixture
def road(submission):
    return submission("关于硬化石桥村组道路的建议", "建议硬化村组道路，并由交通运输局、财政局安排资金。")


def test_the_next_candidate_takes_its_place(profile, road) -> None:
    (before,) = Router(profile).route([road])
    assert before.lead == "交通运输局"
    (after,) = Router(profile).route([road], {road.id: [slip(road, "交通运输局")]})
    named = {after.lead, *after.co, *(ask.lead for ask in after.asks), *(u for ask in after.asks for u in ask.co)}
    assert "交通运输局" not in named
    assert after.candidates[0].name == before.candidates[1].name
    assert "交通运输局" not in {c.name for c in after.candidates if c.score}
    assert after.flags[0] == "交通运输局已退回（2025-02-24）：不属我局职责"


def test_other_items_are_untouched(profile, road, submission) -> None:
    other = submission("关于硬化下湾村组道路的建议", "建议硬化村组道路。")
    alone = Router(profile).route([other])
    assert Router(profile).route([other], {road.id: [slip(road, "交通运输局")]}) == alone


def test_the_unit_named_instead_leads_where_the_text_speaks_for_it(profile, road) -> None:
    (plain,) = Router(profile).route([road], {road.id: [slip(road, "交通运输局")]})
    second = plain.candidates[1]
    assert second.score > 0
    asked = slip(road, "交通运输局", suggests=(second.name,))
    (after,) = Router(profile).route([road], {road.id: [asked]})
    assert after.candidates[0].name == second.name
    assert f"建议由{second.name}办理" in after.flags[0]


def test_a_far_unit_named_instead_is_listed_first_for_a_person(profile, road) -> None:
    (after,) = Router(profile).route([road], {road.id: [slip(road, "交通运输局", suggests=("气象局",))]})
    assert after.lead is None
    assert after.candidates[0].name == "气象局"
    assert after.candidates[0].score < 0.5
