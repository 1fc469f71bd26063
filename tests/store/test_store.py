"""What goes in comes out, once, and stale rows go with what they hung on."""

import sys
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import BanliError
from pipeline.records import Block, Decision, Document, Failure, File, Handed, Match, Receipt, Route, Submission, Theme
from pipeline.store import Store, default_model_folder, own_paths


def document(key: str, source: str = "收件/a.docx", text: str = "正文") -> Document:
    return Document(
        id=key, source=source, kind="建议", title="题", text=text, day=date(2024, 3, 1), blocks=(Block("正文"),)
    )


def asked(key: str) -> Submission:
    return Submission(id=key, document_id=key, source="收件/a.docx", kind="建议", title="题", text="正文")


FILE = File("收件/a.docx", "/tmp/a.docx", "1")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_keys_come_in_the_order_of_python(store: Store) -> None:
    keys = ["b", "B", "a", "_", "-", "阿", "不", "中", "Z", "é", "10", "9", "ａ", "𠀀", "a b", "a-b"]
    store.add([Theme(key, "名", ("词",), ("s",), (2024,)) for key in keys], "v")
    assert [theme.id for theme in store.all(Theme)] == sorted(keys)
    assert [theme.id for theme in store.some(Theme, keys)] == sorted(keys)


def test_keys_differ_by_case_and_width(store: Store) -> None:
    store.add([Failure("收件/A.docx", "extract", "坏", ""), Failure("收件/a.docx", "extract", "坏", "")], "v")
    store.add([Failure("收件/ａ.docx", "extract", "坏", "")], "v")
    assert store.count(Failure) == 3


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\uffff", "𠀀", "'; --", '"', "\\", "\r\n", "%s", ":x", "\x7f"])
def test_odd_signs_come_back(store: Store, odd: str) -> None:
    found = document("d", text=f"前{odd}后")
    try:
        store.add_files([FILE], [found], "v")
    except UnicodeEncodeError:
        assert odd == "\ud800"
        return
    assert store.all(Document) == [found]
    decision = Decision(f"件{odd}", "lead", "教育局", "王", datetime(2024, 3, 1, 9))
    failures = [Failure(f"收件/包.zip/坏{odd}.docx", "extract", odd, odd)]
    for _ in range(2):
        store.add(failures, "v")
    store.add([decision], "person")
    assert (store.all(Failure), store.all(Decision)) == (failures, [decision])


def test_more_rows_than_a_statement_takes(store: Store) -> None:
    found = [document(f"{n:05}", f"收件/a.docx#{n}", "长" * 300) for n in range(8200)]
    store.add_files([FILE], found, "v1")
    store.add_parsed(found, [asked(d.id) for d in found], "p")
    matches = [Match(f"{n:05}", f"{n + 1:05}", "near", 0.9) for n in range(1500)]
    for _ in range(2):
        store.replace("recur", (Match,), matches, "s")
        store.add(matches[::2], "s")
    assert store.all(Match) == matches
    assert store.all(Document) == found
    store.add_files([FILE], [document("new")], "v2")
    assert (store.count(Document), store.count(Submission), store.count(Match)) == (1, 0, 0)


def test_the_last_word_on_hand_over_and_receipt_counts(store: Store) -> None:
    at = datetime(2024, 3, 1, 9)
    store.add(
        [Handed("a", "教育局", "主办", date(2024, 3, 1)), Handed("a", "公安局", "会办", date(2024, 3, 1))], "person"
    )
    store.add([Handed("a", "教育局", "主办", date(2024, 3, 4))], "person")
    assert [(h.unit, h.day.day) for h in store.all(Handed)] == [("公安局", 1), ("教育局", 4)]
    for accepted in (False, True):
        store.add([Receipt("a", "教育局", accepted, at), Receipt("b", "教育局", accepted, at)], "receipts")
    assert [(r.subject_id, r.accepted) for r in store.all(Receipt)] == [("a", True), ("b", True)]


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    store.add_files([FILE], [document("d")], "v1")
    store.add_parsed(store.unparsed("p"), [asked("d")], "p")
    with pytest.raises(sqlalchemy.exc.DBAPIError):
        store.add([Route("d", "收件/a.docx", "独办", "教育局"), Route("nobody", "收件/a.docx", "独办", "教育局")], "r")
    assert store.all(Route) == []


def test_the_model_lies_beside_a_file_and_in_the_working_folder_for_a_server() -> None:
    assert default_model_folder("数据/banli.db") == Path("数据/banli.model")
    for driver in ("psycopg", "pg8000"):
        assert default_model_folder(f"postgresql+{driver}://a:b@host:5432/banli") == Path("banli.model")
    assert default_model_folder("postgresql+psycopg://host") == Path("banli.model")


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


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql+pg8000://banli:geheim@127.0.0.1:1/banli", "无法打开数据库"),
        ("postgresql+psycopg://banli:geheim@127.0.0.1:1/banli", "无法打开数据库"),
        ("postgresql+nodriver://127.0.0.1/banli", "看不懂 --store"),
        ("://", "看不懂 --store"),
    ],
)
def test_a_server_that_does_not_answer_is_told_without_its_password(address: str, reason: str) -> None:
    driver = address.partition("+")[2].partition(":")[0]
    if driver in {"pg8000", "psycopg"} and not find_spec(driver):
        reason = "还缺少程序"
    with pytest.raises(BanliError, match=reason) as caught:
        Store(address)
    assert caught.value.hint
    assert "geheim" not in str(caught.value)


def cut_off(url: str) -> None:
    """End all connections to a server's database, as when it is started anew."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with sqlalchemy.create_engine(url).begin() as connection:
        connection.execute(sqlalchemy.text(f"{others} AND pid <> pg_backend_pid()"))


def test_a_database_that_goes_away_is_told(store: Store) -> None:
    if store.url.startswith("sqlite"):
        pytest.skip("a file does not go away")
    cut_off(store.url)
    assert store.count(Document) == 0  # no connection is kept that could be gone
    with pytest.raises(BanliError, match="数据库读写失败") as caught, store._using() as used:
        cut_off(store.url)
        used.execute(sqlalchemy.text("SELECT 1"))
    assert "从中断处继续" in caught.value.hint


def test_a_socket_error_that_a_driver_lets_through_is_told(store: Store) -> None:
    with pytest.raises(BanliError, match="Connection reset"), store._using():
        raise ConnectionResetError(104, "Connection reset by peer")


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pg8000", None)
    with pytest.raises(BanliError, match="pg8000") as caught:
        Store("postgresql+pg8000://127.0.0.1/banli")
    assert "banli[postgres]" in caught.value.hint


def test_what_a_store_writes_on_this_machine() -> None:
    beside = [Path("数据/banli.model"), Path("数据/banli.index")]
    assert own_paths("数据/banli.db") == own_paths("sqlite:///数据/banli.db") == [Path("数据/banli.db"), *beside]
    assert own_paths("postgresql+pg8000://a:b@host:5432/banli") == [Path("banli.model"), Path("banli.index")]
