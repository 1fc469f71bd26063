"""A file and a register row of one item are one record; nothing else is."""

from collections.abc import Callable

import pytest

from pipeline.parse.merge import merge
from pipeline.records import Submission

Make = Callable[..., Submission]
TITLE, BODY = "关于安装河东村路灯的建议", "村主路没有路灯。建议安装四十盏。"


def test_the_text_comes_from_the_file_and_the_unit_from_the_register(submission: Make) -> None:
    file = submission(TITLE, BODY, id="file", year=2024, number="7")
    row = submission(TITLE, id="row", year=2024, number="7", lead="城市管理局", co=("财政局",))
    for order in ([file, row], [row, file]):
        (joined,) = merge(order)
        assert (joined.id, joined.asks, joined.lead, joined.co) == ("file", file.asks, "城市管理局", ("财政局",))
        assert joined.also == (row.source,)


def test_a_bare_row_gives_its_number_to_the_file(submission: Make) -> None:
    (joined,) = merge([submission(TITLE, BODY, id="file"), submission(TITLE, id="row", number="7", year=2024)])
    assert (joined.number, joined.year) == ("7", 2024)


@pytest.mark.parametrize(
    "other",
    [{"year": 2023, "number": "7"}, {"year": 2024, "number": "8"}, {"year": 2024, "number": "7", "kind": "提案"}],
    ids=["year", "number", "kind"],
)
def test_another_item_stays_another_item(submission: Make, other: dict[str, object]) -> None:
    assert (
        len(merge([submission(TITLE, BODY, id="a", year=2024, number="7"), submission(TITLE, BODY, id="b", **other)]))
        == 2
    )


def test_two_full_texts_without_numbers_stay_two(submission: Make) -> None:
    assert len(merge([submission(TITLE, BODY, id="a"), submission(TITLE, BODY + "另行答复。", id="b")])) == 2


def test_joining_units_of_all_rows_are_kept(submission: Make) -> None:
    file = submission(TITLE, BODY, id="file", year=2024, number="7", lead="城市管理局", co=("公安局",))
    row = submission(TITLE, id="row", year=2024, number="7", lead="城市管理局", co=("财政局", "公安局", "城市管理局"))
    (joined,) = merge([file, row])
    assert (joined.lead, joined.co) == ("城市管理局", ("公安局", "财政局"))
