"""Time limits in months and in working days, with public holidays."""

from datetime import date

import pytest

from pipeline.due import is_workday, opinion_due, reply_due, return_due, workdays_later
from pipeline.profile import Clock


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
