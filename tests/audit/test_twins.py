"""Letters with one slot taken out: that rule changes, and no other does (R-PRC; tests/cases/audit_twins.json)."""

import pytest

from tests.quality.twins import Edited, edited

FOUND, ALONE = 0.45, 0.95


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
