"""The ledger as people get it: the sheet, the due list by unit and month, the calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from pipeline.records import Owed, Sequel
from pipeline.report import Results
from pipeline.report.ics import calendar
from pipeline.report.promises import by_month, due_list, ledger, lines, standings
from pipeline.report.rows import rows

DUE = date(2025, 6, 30)


def on(results: Results, day: date, *said: Sequel) -> Results:
    first, *rest = results.promises
    return replace(results, today=day, promises=[replace(first, sequels=said), *rest])


def sequel(said: str, day: date = date(2025, 7, 10)) -> Sequel:
    return Sequel("r9", "答复/9.docx", "关于路灯的建议", said, "同一事项", day, "路灯7月8日已装好")  # type: ignore[arg-type]


def events(book: bytes) -> list:
    return list(Calendar.from_ical(book).walk("VEVENT"))


@pytest.mark.parametrize(
    ("day", "said", "state"),
    [
        (date(2025, 6, 30), "", "未到期"),
        (date(2025, 7, 1), "", "到期未见后续"),
        (date(2025, 7, 15), "兑现", "已兑现有据"),
        (date(2025, 7, 1), "兑现", "到期未见后续"),
        (date(2025, 7, 15), "再承诺", "重复承诺"),
        (date(2025, 7, 15), "未提", "到期未见后续"),
    ],
)
def test_the_sheet_tells_state_reason_and_quote(results: Results, day: date, said: str, state: str) -> None:
    found = on(results, day, *([sequel(said)] if said else []))
    sheet = ledger(found)
    names = [name for name, _ in sheet.columns]
    row = dict(zip(names, (cell.value for cell in sheet.rows[0]), strict=True))
    assert row["状态"] == state
    assert row["判断理由"] or state == "未到期"
    assert bool(row["后续原文"]) == (bool(said) and day > date(2025, 7, 10))
    assert dict(zip(names, (cell.value for cell in sheet.rows[1]), strict=True))["状态"] == "无期限"


def test_counts_and_months_of_what_is_open(results: Results) -> None:
    found = lines(on(results, date(2025, 6, 1)))
    assert standings(found) == dict.fromkeys(standings(found), 0) | {"未到期": 1, "无期限": 1}
    assert [name for name, _ in by_month(found, date(2025, 6, 1)).columns] == [
        "单位",
        "合计",
        "2025-06以前到期",
        "2025-06",
    ]
    late = lines(on(results, date(2025, 8, 1)))
    [row] = by_month(late, date(2025, 8, 1)).rows
    assert [cell.value for cell in row] == ["城市管理局", 1, 1]
    [line] = due_list(late, date(2025, 8, 1)).rows
    assert [cell.value for cell in line[:5]] == ["城市管理局", "2025-06", "2025-06-30", -32, "到期未见后续"]
    kept = lines(on(results, date(2025, 8, 1), sequel("兑现")))
    assert due_list(kept, date(2025, 8, 1)).rows == by_month(kept, date(2025, 8, 1)).rows == []


def test_the_calendar_has_one_all_day_event_a_dated_promise(results: Results) -> None:
    found = lines(on(results, date(2025, 6, 1)))
    book = calendar(found, "承诺到期", date(2025, 6, 1), 7)
    [event] = events(book)
    assert event.decoded("dtstart") == DUE
    assert event.decoded("dtend") == DUE + timedelta(days=1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert "6月底前装好路灯" in event["summary"]
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-7)
    assert all(len(line) <= 75 for line in book.split(b"\r\n"))
    assert book == calendar(found, "承诺到期", date(2025, 6, 1), 7)


def test_the_key_of_an_event_outlasts_day_and_file(results: Results) -> None:
    moved = replace(results, replies=[replace(results.replies[0], source="别处/a.docx")])
    keys = {
        str(events(calendar(lines(on(found, day)), "x", day, 3))[0]["uid"])
        for found, day in ((results, date(2025, 6, 1)), (moved, date(2025, 9, 1)))
    }
    assert len(keys) == 1


def test_an_overdue_event_is_marked_and_a_kept_one_gone(results: Results) -> None:
    [event] = events(calendar(lines(on(results, date(2025, 8, 1))), "x", date(2025, 8, 1), 7))
    assert str(event["summary"]).startswith("【已过期】")
    assert not event.walk("VALARM")
    assert not events(calendar(lines(on(results, date(2025, 8, 1), sequel("兑现"))), "x", date(2025, 8, 1), 7))


def test_the_same_words_twice_keep_two_keys(results: Results) -> None:
    first, bare = results.promises
    twice: list[Owed] = [first, replace(bare, due=DUE)]
    doubled = replace(
        results.replies[0], commitments=tuple(replace(c, text="同样的话") for c in results.replies[0].commitments)
    )
    found = lines(replace(results, promises=twice, replies=[doubled], today=date(2025, 6, 1)))
    assert len({str(event["uid"]) for event in events(calendar(found, "x", date(2025, 6, 1), 7))}) == 2


def test_exported_rows_carry_the_state_and_its_day(results: Results) -> None:
    first, _ = rows("promises", on(results, date(2025, 7, 15), sequel("兑现")))
    assert (first["state"], first["as_of"], first["due"]) == ("已兑现有据", "2025-07-15", "2025-06-30")
    assert first["sequels"][0]["quote"] == "路灯7月8日已装好"
