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


@pytest.mark.parametrize(
    ("left", "right", "records"),
    [("007", "7", 1), ("B7", "7", 1), ("B-7", "b07", 1), ("A7", "B7", 2), ("B7", "B8", 2)],
)
def test_numbers_are_one_however_they_are_printed(submission: Make, left: str, right: str, records: int) -> None:
    assert (
        len(merge([submission(TITLE, BODY, id="a", number=left), submission(TITLE, id="b", number=right)])) == records
    )


def test_two_full_texts_without_numbers_stay_two(submission: Make) -> None:
    assert len(merge([submission(TITLE, BODY, id="a"), submission(TITLE, BODY + "另行答复。", id="b")])) == 2


def test_joining_units_of_all_rows_are_kept(submission: Make) -> None:
    file = submission(TITLE, BODY, id="file", year=2024, number="7", lead="城市管理局", co=("公安局",))
    row = submission(TITLE, id="row", year=2024, number="7", lead="城市管理局", co=("财政局", "公安局", "城市管理局"))
    (joined,) = merge([file, row])
    assert (joined.lead, joined.co) == ("城市管理局", ("公安局", "财政局"))


SHORT, LONG = "云禾县十六届人大五次会议", "第十六届人民代表大会第五次会议"


@pytest.mark.parametrize(
    ("session", "others", "year"),
    [
        (LONG, [(SHORT, 2026)], 2026),
        (LONG, [(SHORT, 2026), ("县十六届人大第5次会议", 2026)], 2026),
        (LONG, [(SHORT, 2026), ("县十六届人大五次会议", 2025)], None),
        (LONG, [("县十六届人大四次会议", 2025)], None),
        ("市十六届人大五次会议", [(SHORT, 2026)], None),
        ("", [(SHORT, 2026)], None),
    ],
    ids=["one", "several", "contradicting", "another meeting", "another place", "no session"],
)
def test_a_year_is_that_of_the_session(
    submission: Make, session: str, others: list[tuple[str, int]], year: int | None
) -> None:
    bare = submission(TITLE, BODY, id="bare", session=session)
    known = [
        submission(f"关于第{place}件事的建议", BODY, id=str(place), session=other, year=told)
        for place, (other, told) in enumerate(others)
    ]
    assert {one.id: one.year for one in merge([bare, *known])}["bare"] == year
