"""Files that mean harm: each ends as a document or a failure with a reason, and hurts no other."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import subprocess
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import pytest

from pipeline.engines import engine
from pipeline.errors import CallError
from pipeline.extract import batch, extract, find_files, limits, scratch, unpack
from pipeline.records import Document, Failure, File
from tests.extract import books, hostile
from tests.extract.make import zipped

HEAVY = {
    "million.docx", "million.txt", "million.csv", "line.txt", "blanks.txt", "form.pdf", "deep.mht", "many.zip",
    "units.ofd", "shattered.ofd", "soft.mht", "parts.eml", "cells.html", "cells.xls", "empty.xlsx",
}  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")
LIGHT = sorted(hostile.FILES.keys() - HEAVY)


@pytest.fixture
def put(tmp_path, profile):
    def puts(name: str, data: bytes) -> File:
        (tmp_path / name).write_bytes(data)
        return File(f"inbox/{name}", str(tmp_path / name), "")

    return puts


@pytest.fixture
def fresh(monkeypatch):
    """No worker from before, none left behind."""
    monkeypatch.setattr(batch, "_idle", idle := [])
    yield idle
    while idle:
        idle.pop().close()


def well_told(found):
    assert found
    for item in found:
        assert isinstance(item, Document) or (item.reason and item.hint and "Error" not in item.reason), item
        text = item.text if isinstance(item, Document) else item.reason
        assert "root:" not in text and "\u202e" not in text + item.source and "\x07" not in text + item.source
        (text + item.source).encode()


@pytest.mark.parametrize("name", LIGHT)
def test_light_ones_end_well(put, profile, name):
    begun = time.monotonic()
    well_told(extract([put(name, hostile.FILES[name]())], profile))
    assert time.monotonic() - begun < 20


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HEAVY))
def test_heavy_ones_end_well(put, profile, name):
    begun = time.monotonic()
    found = extract([put(name, hostile.FILES[name]())], profile)
    well_told(found)
    assert time.monotonic() - begun < limits.SECONDS + 30


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("laughs.docx", "实体"), ("entity.docx", "实体"), ("laughs.xlsx", "实体"),
        ("bomb.zip", "过大"), ("bombs.zip", "过大"), ("bomb.docx", "过大"), ("lying.zip", "损坏"),
        ("deep.html", "一层套一层"), ("lists.html", "一层套一层"), ("pages100000.pdf", "页数过多"),
        ("same.ofd", "页数过多"), ("up.ofd", "不完整"), ("deep.eml", "损坏"), ("packed.gz", "压缩包读不了"),
    ],
)  # fmt: skip
def test_the_reason_names_the_harm(put, profile, name, reason):
    (found,) = extract([put(name, hostile.FILES[name]())], profile)
    assert isinstance(found, Failure) and reason in found.reason


def test_what_a_drawing_leaves_out_is_a_warning(put, profile):
    (document,) = extract([put("units.ofd", hostile.units_in_a_circle())], profile)
    assert "未能读出" in document.warnings[0]


@pytest.mark.slow
@pytest.mark.parametrize("run", hostile.RUNS, ids=ascii)
def test_a_text_of_one_thing_over_and_over_takes_seconds(put, profile, run):
    begun = time.monotonic()
    text = f"关于修路的建议\n村道破损，{run * (150_000 // len(run.encode()))}终。"
    well_told(extract([put("a.txt", text.encode())], profile))
    assert time.monotonic() - begun < 10


def test_attachments_of_a_mail_stay_inside(put, profile):
    outward = hostile.mail(("../../etc/a.txt", hostile.TEXT), ("好.txt", hostile.TEXT), ("..\\..\\c.txt", hostile.TEXT))
    found = extract([put("a.eml", outward)], profile)
    assert all(item.source.startswith("inbox/a.eml/") for item in found) and len(found) == 3
    well_told(found)


def test_archives_inside_archives_are_read_to_a_depth(put, profile):
    found = extract([put("a.zip", hostile.nested(2))], profile)
    assert sorted(item.source for item in found) == [
        "inbox/a.zip/inner.zip/inner.zip/x.txt", "inbox/a.zip/inner.zip/y.txt", "inbox/a.zip/y.txt",
    ]  # fmt: skip
    deep = [item for item in extract([put("b.zip", hostile.nested(40))], profile) if isinstance(item, Failure)]
    assert len(deep) == 1 and "套了 3 层" in deep[0].reason


def test_links_and_outward_names_are_not_followed(put, profile):
    link, good = extract([put("a.zip", hostile.link_in_zip())], profile)
    assert sorted(type(item).__name__ for item in (link, good)) == ["Document", "Failure"]
    found = extract([put("b.zip", hostile.outward_names())], profile)
    assert sum(isinstance(item, Document) for item in found) == 1
    assert sum("指向包外" in item.reason for item in found if isinstance(item, Failure)) == 5


def test_members_keep_names_that_can_be_told_apart(put, profile):
    found = extract([put("a.zip", hostile.twice_the_name())], profile)
    assert [item.source for item in found] == ["inbox/a.zip/a.txt", "inbox/a.zip/a（2）.txt"]
    assert all(len(item.source) < 200 for item in extract([put("b.zip", hostile.odd_names())], profile))


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in its folders")
def test_odd_things_in_a_folder(tmp_path, profile, monkeypatch):
    hostile.special(tmp_path)
    files = find_files(tmp_path)
    found = {Path(item.source).name: item for item in extract(files, profile)}
    well_told(list(found.values()))
    assert isinstance(found["inner.docx"], Document)
    assert "管道" in found["pipe.docx"].reason and "管道" in found["door.docx"].reason
    assert "打不开" in found["circle.docx"].reason
    assert isinstance(found["关.txt"], Failure) and isinstance(found["😀修 路.txt"], Document)
    if os.geteuid() != 0:
        assert "权限" in found["closed.docx"].reason


def hang(folder: Path) -> File:
    """A file that takes ten times as long as it may."""
    path = folder / "hang.txt"
    path.write_bytes(hostile.blanks())
    return File("inbox/hang.txt", str(path), "")


@pytest.mark.parametrize("name", ["local", "processes:2"])
def test_a_file_that_hangs_is_killed_and_hurts_no_other(tmp_path, put, profile, name, monkeypatch, fresh):
    good = put("good.docx", hostile.LETTER)
    batches = [[good, hang(tmp_path), good], [good]]
    first, second = engine(name)(partial(impatient, profile=profile), batches)
    assert [type(item) for item in first] == [Document, Failure, Document] and isinstance(second[0], Document)
    assert first[1].reason == "读取超时" and first[1].hint


def impatient(files, profile):
    """Reads with five seconds a file; may run in a process of its own."""
    limits.SECONDS, before = 5, limits.SECONDS
    try:
        return extract(files, profile)
    finally:
        limits.SECONDS = before
        while batch._idle:
            batch._idle.pop().close()


def test_a_file_that_takes_all_memory_is_given_up(put, profile, monkeypatch, fresh):
    monkeypatch.setattr(limits, "MEMORY", 520 * 2**20)
    data = ("村道破损，群众出行不便。\n" * 1_500_000).encode()
    large, good = extract([put("a.txt", data), put("b.docx", hostile.LETTER)], profile)
    assert isinstance(large, Failure) and "内存" in large.reason and isinstance(good, Document)


def test_a_crash_costs_one_member_of_an_archive(put, profile, monkeypatch, fresh):
    data = zipped(
        {"a.docx": hostile.LETTER, "b.txt": "村道破损，群众出行不便。\n" * 1_500_000, "c.docx": hostile.LETTER}
    )
    monkeypatch.setattr(limits, "MEMORY", 520 * 2**20)
    found = extract([put("a.zip", data)], profile)
    assert [(item.source, type(item)) for item in found] == [
        ("inbox/a.zip/a.docx", Document), ("inbox/a.zip/b.txt", Failure), ("inbox/a.zip/c.docx", Document),
    ]  # fmt: skip


def test_nothing_is_left_in_the_temporary_folder(put, profile, monkeypatch, tmp_path, fresh):
    places = tmp_path / "temporary"
    places.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(places))
    extract([put("a.docx", hostile.LETTER)], profile)
    assert len(list(places.iterdir())) == 1
    fresh.pop().close()
    assert not list(places.iterdir())


def test_a_full_disk_is_told_before_anything_is_read(put, profile, monkeypatch, tmp_path, fresh):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(CallError, match="磁盘"):
        extract([put("a.docx", hostile.LETTER)], profile)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
def test_what_a_killed_run_left_goes_and_what_is_in_use_stays(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_FRESH", -1)
    left, log = scratch.opened()
    other = tmp_path / "banli-tmp-mine"
    other.mkdir()
    with scratch.folder() as used:
        assert left.is_dir() and used.is_dir()
        log.close()
        with scratch.folder():
            assert not left.exists() and used.is_dir() and other.is_dir()


def test_the_worker_stays_for_the_next_batch_and_follows_the_profile(put, profile, fresh):
    file = put("a.docx", hostile.LETTER)
    extract([file], profile)
    first = fresh[0]
    extract([file], profile)
    assert fresh == [first] and first.used == 2
    assert first.profile == pickle.dumps(profile)


@pytest.mark.skipif(not any(map(shutil.which, unpack._PROGRAMS)), reason="needs 7-Zip, unar or bsdtar")
def test_other_archives_are_taken_apart_by_a_program(put, profile):
    found = extract([put("a.7z", zipped({"甲/b.docx": hostile.LETTER}))], profile)
    assert found


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_for_archives_is_watched(tmp_path, put, read, profile, monkeypatch):
    tool = tmp_path / "bsdtar"
    monkeypatch.setattr(unpack, "_PROGRAMS", {str(tool): ("{archive}", "{folder}")})
    rar = b"Rar!\x1a\x07\x00" + bytes(30)
    script(tool, 'printf "关于修路的建议" > "$2/a.txt"; ln -s /etc/passwd "$2/b.txt"')
    good, link = sorted(read("a.rar", rar), key=lambda item: item.source)
    assert good.text == "关于修路的建议" and "链接" in link.reason
    script(tool, "exit 2")
    assert "损坏或加密" in read("a.rar", rar)[0].reason
    monkeypatch.setattr(limits, "ARCHIVE_SIZE", 1000)
    script(tool, 'head -c 5000 /dev/zero > "$2/a.txt"')
    assert "过大" in read("a.rar", rar)[0].reason


def script(path: Path, body: str) -> None:
    path.write_text("#!/bin/sh\n" + body + "\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_killed_parent_leaves_nothing_behind(put, tmp_path):
    put("a.docx", hostile.LETTER)
    places = tmp_path / "temporary"
    places.mkdir()
    code = (
        "import os, pathlib; from pipeline.extract import *; from pipeline.profile import *;"
        f"extract(find_files(pathlib.Path({str(tmp_path / 'a.docx')!r})), load(default_folder())); os._exit(1)"
    )
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(places), "TEMP": str(places)}
    assert subprocess.run([sys.executable, "-c", code], env=os.environ | paths, check=False).returncode == 1
    end = time.monotonic() + 20
    while list(places.iterdir()) and time.monotonic() < end:
        time.sleep(0.1)
    assert not list(places.iterdir())


def test_a_member_without_a_name_is_no_bug(read):
    data = zipped({"a.txt": hostile.TEXT, "bb.txt": hostile.TEXT}).replace(b"a.txt", b"\0.txt")
    assert any(isinstance(item, Document) for item in read("a.zip", data))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="A99999999999"'),
        (b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B99999999999"/></mergeCells>'),
    ],
    ids=["row", "merged"],
)
def test_a_row_number_beyond_excel_is_refused_at_once(put, profile, old, new):
    with zipfile.ZipFile(io.BytesIO(books.book([("编号", "案由"), ("1", "关于修路的建议")]))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    begun = time.monotonic()
    (found,) = extract([put("a.xlsx", zipped({**parts, sheet: parts[sheet].replace(old, new)}))], profile)
    assert isinstance(found, Failure) and time.monotonic() - begun < 10
