"""What goes in comes out, once, and stale rows go with what they hung on."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import BanliError
from pipeline.records import Block, Decision, Document, Failure, File, Match, Route, Submission
from pipeline.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "banli.db"))


def document(key: str, source: str = "收件/a.docx", text: str = "正文") -> Document:
    return Document(
        id=key, source=source, kind="建议", title="题", text=text, day=date(2024, 3, 1), blocks=(Block("正文"),)
    )


def asked(key: str) -> Submission:
    return Submission(id=key, document_id=key, source="收件/a.docx", kind="建议", title="题", text="正文")


FILE = File("收件/a.docx", "/tmp/a.docx", "1")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80), title=st.text(max_size=20))
def test_any_text_survives_the_store(store: Store, text: str, title: str) -> None:
    found = Document(id="d", source="收件/a.docx", kind="其他", title=title, text=text)
    try:
        (title + text).encode()
    except UnicodeEncodeError:
        return
    store.add_files([FILE], [found], "reader")
    assert store.all(Document) == [found]


def test_a_file_is_read_once_until_it_or_the_reader_changes(store: Store) -> None:
    assert store.unread([FILE], "v1") == [FILE]
    store.add_files([FILE], [document("d")], "v1")
    assert store.unread([FILE], "v1") == []
    assert store.unread([FILE], "v2") == [FILE]
    changed = File(FILE.source, FILE.path, "2")
    assert store.unread([changed], "v1") == [changed]


def test_a_changed_file_takes_its_old_rows_along(store: Store) -> None:
    store.add_files([FILE], [document("old"), document("old2", "收件/a.docx@2")], "v1")
    store.add_parsed(store.unparsed("p"), [asked("old"), asked("old2")], "p")
    store.add([Route("old", "收件/a.docx", "独办", "教育局"), Match("old", "old2", "near", 0.9)], "r")
    store.add_files([FILE], [document("new")], "v1")
    assert [d.id for d in store.all(Document)] == ["new"]
    assert store.all(Submission) == store.all(Route) == store.all(Match) == []


def test_a_failure_goes_when_its_file_is_read_again(store: Store) -> None:
    store.add_files(
        [FILE], [Failure("收件/a.docx", "extract", "坏", "换"), Failure("收件/a.docx#3", "extract", "坏", "换")], "v1"
    )
    assert store.count(Failure) == 2
    store.add_files([FILE], [document("new")], "v2")
    assert store.count(Failure) == 0


def test_rows_of_a_register_belong_to_their_file(store: Store) -> None:
    register = File("收件/2024.xlsx", "/tmp/2024.xlsx", "1")
    store.set_roster({register.source: "history"})
    store.add_files([register], [document("r1", "收件/2024.xlsx!一#3"), document("r2", "收件/2024.xlsx#4/答复")], "v1")
    assert store.parts() == {"r1": "history", "r2": "history"}


def test_pending_follows_the_fingerprint(store: Store) -> None:
    store.add_files([FILE], [document("d")], "v1")
    assert [d.id for d in store.unparsed("p1")] == ["d"]
    store.add_parsed([document("d")], [asked("d")], "p1")
    assert store.unparsed("p1") == []
    assert [d.id for d in store.unparsed("p2")] == ["d"]
    store.add([Route("d", "收件/a.docx", "独办", "教育局")], "r1")
    assert store.made_by(Route) == {"d": "r1"}


def test_replacing_a_set_remembers_its_state_until_the_input_changes(store: Store) -> None:
    store.add_files([FILE], [document("a"), document("b")], "v1")
    store.add_parsed(store.unparsed("p"), [asked("a"), asked("b")], "p")
    store.replace("recur", (Match,), [Match("a", "b", "near", 0.8)], "s1")
    store.replace("recur", (Match,), [Match("a", "b", "identical", 1.0)], "s2")
    assert [m.relation for m in store.all(Match)] == ["identical"]
    assert store.state("recur") == "s2"
    store.add_files([File("收件/b.docx", "/tmp/b", "1")], [], "v1")
    assert store.state("recur") is None


def test_a_decision_is_a_row_of_its_own(store: Store) -> None:
    at = datetime(2024, 3, 1, 9)
    store.add([Decision("d", "lead", "教育局", "王", at), Decision("d", "lead", "公安局", "李", at)], "person")
    assert [d.value for d in store.all(Decision)] == ["教育局", "公安局"]


def test_a_file_that_is_no_database_is_named_with_a_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "banli.db"
    broken.write_bytes(b"not a database" * 100)
    with pytest.raises(BanliError, match="无法打开数据库") as caught:
        Store(str(broken))
    assert "--store" in caught.value.hint


def test_a_store_of_a_newer_version_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setattr("pipeline.store.SCHEMA_VERSION", 0)
    with pytest.raises(BanliError, match="更新版本"):
        Store(store.url)
