"""Sources longer than any database indexes: rows are found, replaced and told apart all the same."""

from datetime import datetime

import pytest

from pipeline.records import Decision, Document, Failure, File, Receipt
from pipeline.store import Store


def document(key: str, source: str) -> Document:
    return Document(id=key, source=source, kind="其他", title="题", text="正文")


def long_name(length: int) -> str:
    """Signs without order, which no database packs into less room."""
    return "".join(chr(0x4E00 + n * n * 7919 % 20_011) for n in range(length))


@pytest.mark.parametrize("length", [600, 1000, 30_000])
def test_a_source_of_any_length_is_stored_found_and_replaced(store: Store, length: int) -> None:
    deep = File(f"收件/{long_name(length)}/a.zip", "/tmp/a.zip", "1")
    other = File(deep.source.replace("a.zip", "b.zip"), "/tmp/b.zip", "1")
    inside = [Failure(f"{deep.source}/{name}.docx", "extract", "坏", "换") for name in ("甲", "乙")]
    unread = Failure(other.source, "extract", "坏", "换")
    store.set_roster({deep.source: "inbox", other.source: "history"})
    store.add_files([deep, other], [document("d", f"{deep.source}/丙.docx"), *inside, unread], "v1")
    assert store.unread([deep, other], "v1") == []
    assert store.parts() == {"d": "inbox"}
    assert set(store.all(Failure)) == {*inside, unread}
    store.add_files([deep], [document("e", deep.source)], "v2")
    assert [d.id for d in store.all(Document)] == ["e"]
    assert store.all(Failure) == [unread]


def test_long_keys_that_begin_alike_stay_apart(store: Store) -> None:
    decisions = [Decision(long_name(3000) + end, "lead", "教育局", "王", datetime(2024, 3, 1, 9)) for end in "甲乙"]
    store.add(decisions, "person")
    assert store.all(Decision) == decisions
    receipts = [Receipt(long_name(3000) + end, "教育局", True, datetime(2024, 3, 1, 9)) for end in "甲乙甲"]
    store.add(receipts, "receipts")
    assert set(store.all(Receipt)) == set(receipts)


def test_failures_of_a_file_with_a_like_name_stay(store: Store) -> None:
    first = File("收件/a.docx", "/tmp/a.docx", "1")
    twin = File("收件/a.docx.docx", "/tmp/aa.docx", "1")
    store.add_files([first, twin], [Failure(file.source, "extract", "坏", "换") for file in (first, twin)], "v1")
    store.add_files([first], [document("d", first.source)], "v2")
    assert [failure.source for failure in store.all(Failure)] == [twin.source]
