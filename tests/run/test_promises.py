"""`banli promises` on the demonstration county: the list, the calendars, the same for the same day."""

from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.run.conftest import Ran, banli

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def listed(ran: Ran) -> Ran:
    return banli("promises", "--day", "2025-06-15", "--out", "到期", folder=ran.folder)


def keys(path: Path) -> list[str]:
    return [str(event["uid"]) for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]


def test_list_and_calendars(listed: Ran) -> None:
    assert listed.status == 0, listed.errors
    out = listed.folder / "到期"
    book = load_workbook(out / "承诺到期清单.xlsx", read_only=True)
    assert book.sheetnames == ["到期清单", "按单位按月", "承诺台账"]
    rows = list(book["到期清单"].iter_rows(min_row=2, values_only=True))
    whole = keys(out / "承诺日历.ics")
    parts = [key for path in sorted((out / "各单位日历").glob("*.ics")) for key in keys(path)]
    assert len(rows) == len(whole) == len(parts) > 100
    assert len(set(whole)) == len(whole)


def test_the_same_day_gives_the_same_files(listed: Ran) -> None:
    again = banli("promises", "--day", "2025-06-15", "--out", "再次", folder=listed.folder)
    assert again.said.splitlines()[0] == listed.said.splitlines()[0]
    first, second = (listed.folder / name / "承诺日历.ics" for name in ("到期", "再次"))
    assert first.read_bytes() == second.read_bytes()


def test_one_unit_one_month(listed: Ran) -> None:
    one = banli(
        "promises",
        "--day",
        "2025-06-15",
        "--unit",
        "教体局",
        "--month",
        "2025年6月",
        "--out",
        "教",
        folder=listed.folder,
    )
    assert one.status == 0
    assert [path.stem for path in (listed.folder / "教" / "各单位日历").iterdir()] == ["教育局"]
    rows = load_workbook(listed.folder / "教" / "承诺到期清单.xlsx")["到期清单"].iter_rows(min_row=2, values_only=True)
    assert {(row[0], row[1]) for row in rows} == {("教育局", "2025-06")}


@pytest.mark.parametrize("wrong", [("--month", "2025-13"), ("--day", "昨天"), ("--notice", "-1")])
def test_a_wrong_call_is_told(wrong: tuple[str, str], ran: Ran) -> None:
    told = banli("promises", *wrong, folder=ran.folder)
    assert told.status == 2
    assert "提示" in told.errors
