"""Letters with one slot taken out: that rule changes, and no other does (R-PRC; tests/cases/audit_twins.json)."""

import pytest

from pipeline.audit.wording import in_turn, refusal, stance
from pipeline.profile import default_folder, load
from tests.quality.twins import Edited, edited

FOUND, ALONE = 0.95, 0.95


@pytest.fixture(scope="module")
def edits() -> list[Edited]:
    return edited()


def test_every_edit_changes_its_letter(edits: list[Edited]) -> None:
    assert len(edits) >= 50
    assert all(edit.before != edit.after for edit in edits)
    assert len({edit.rule for edit in edits}) >= 5


def test_a_missing_slot_raises_its_rule_and_no_other(edits: list[Edited]) -> None:
    assert sum(edit.rule in edit.raised for edit in edits) >= FOUND * len(edits)
    assert sum(not edit.others and not edit.silenced for edit in edits) >= ALONE * len(edits)


@pytest.mark.parametrize(
    ("sentence", "ahead"),
    [
        ("施工队先清表，再浇筑路基。", True),
        ("其余四百米随后加装护栏。", True),
        ("由青山镇人民政府登记，列入护林范围。", True),
        ("当时先清了表，再浇筑了路基。", False),
        ("申请人应先登记，再领取材料。", False),
        ("该路由青山镇人民政府管理。", False),
    ],
)
def test_acts_in_turn_or_left_over_are_promised_in_the_plain_tense(sentence: str, ahead: bool) -> None:
    assert (stance(sentence, load(default_folder())) == "promised") is ahead


def test_an_order_that_is_still_open_or_told_is_none() -> None:
    assert in_turn("先建两处，其余三处明春接着建")
    assert not in_turn("先进单位再接再厉")


def test_an_excuse_beside_what_cannot_be_done_declines_it() -> None:
    profile = load(default_folder())
    assert refusal("停车费目前不能免收，敬请谅解。", profile)
    assert not refusal("施工期间给大家带来不便，敬请谅解。", profile)
