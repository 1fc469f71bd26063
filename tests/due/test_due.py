"""Time limits in months and in working days, with public holidays."""

from datetime import date

import pytest

from pipeline.due import is_workday, next_workday, opinion_due, reply_due, return_due, standing, workdays_later
from pipeline.profile import Clock
from pipeline.records import Owed, Sequel


@pytest.mark.parametrize(
    ("start", "number", "day"),
    [
        (date(2025, 2, 20), 7, date(2025, 3, 3)),
        (date(2025, 9, 28), 3, date(2025, 10, 9)),  # the autumn holidays lie between; 28 September is worked
        (date(2025, 1, 24), 2, date(2025, 1, 27)),  # Sunday 26 January is worked for the New Year
        (date(2040, 6, 1), 5, date(2040, 6, 8)),  # beyond the calendar: Monday to Friday
        (date(2025, 2, 20), 0, date(2025, 2, 20)),
    ],
)
def test_working_days(start: date, number: int, day: date) -> None:
    assert workdays_later(start, number) == day


def test_a_working_sunday_and_a_free_monday() -> None:
    assert is_workday(date(2025, 9, 28))
    assert not is_workday(date(2025, 10, 6))


def test_limits_of_the_profile() -> None:
    clock = Clock(return_days=5)
    assert reply_due(date(2025, 11, 30), clock) == date(2026, 2, 28)
    assert opinion_due(date(2025, 1, 31), clock) == date(2025, 2, 28)
    assert return_due(date(2025, 3, 3), clock) == date(2025, 3, 10)


def test_a_fixed_day_holds_until_it_is_past() -> None:
    clock = Clock(final_day=(6, 30))
    assert reply_due(date(2025, 2, 20), clock) == date(2025, 6, 30)
    assert reply_due(date(2025, 9, 1), clock) == date(2025, 12, 1)


def test_a_limit_on_a_holiday_ends_with_the_next_working_day() -> None:
    assert next_workday(date(2025, 5, 1)) == date(2025, 5, 6)
    assert next_workday(date(2025, 5, 6)) == date(2025, 5, 6)


def owed(*said: str) -> Owed:
    told = tuple(
        Sequel("r", "r", "", word, "同一件", date(2025, 1, day))  # type: ignore[arg-type]
        for day, word in enumerate(said, start=1)
    )
    return Owed("r@0", "r", None, "", "", 0, 0, due=date(2024, 12, 31), sequels=told)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((), "到期未见后续"),
        (("未提", "提及", "重申"), "到期未见后续"),
        (("再承诺", "说明"), "已说明不能兑现"),
        (("说明", "再承诺"), "重复承诺"),
        (("再承诺", "兑现", "再承诺"), "已兑现有据"),
        (("再承诺", "部分兑现"), "称已兑现无据"),
        (("再承诺", "未提", "再提"), "重复承诺"),
    ],
)
def test_the_last_firm_word_decides_and_done_is_done(said: tuple[str, ...], state: str) -> None:
    assert standing(owed(*said), date(2025, 6, 1))[0] == state
