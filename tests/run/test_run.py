"""The whole job on real files: done, incremental, the same on every engine, and safe to kill."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from tests.run.conftest import FILES, Ran, banli, job, whole_job

pytestmark = pytest.mark.slow


def rows(folder: Path, kind: str) -> list[dict[str, object]]:
    path = folder / "out" / "data" / f"{kind}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "out" / "data").iterdir())}


def test_the_job_is_done_and_says_so_in_chinese(ran: Ran) -> None:
    assert ran.status == 0, ran.errors
    assert "办理结果" in ran.said
    assert "交办建议表.xlsx" in ran.said
    for kind in ("submissions", "routes", "replies", "findings", "matches", "themes", "commitments", "failures"):
        assert rows(ran.folder, kind), kind
    assert (ran.folder / "out" / "总览.html").stat().st_size > 5000


def test_every_submission_has_a_route_and_every_reply_a_verdict(ran: Ran) -> None:
    routed = {row["submission_id"] for row in rows(ran.folder, "routes")}
    assert routed == {row["id"] for row in rows(ran.folder, "submissions")}
    audited = {row["reply_id"] for row in rows(ran.folder, "verdicts")}
    assert audited == {row["id"] for row in rows(ran.folder, "replies")}
    assert all(len(row["candidates"]) >= 5 for row in rows(ran.folder, "routes"))


def test_spans_quote_the_document(ran: Ran) -> None:
    texts = {row["id"]: row["text"] for row in rows(ran.folder, "documents")}
    for submission in rows(ran.folder, "submissions"):
        for ask in submission["asks"]:
            assert texts[submission["document_id"]][ask["start"] : ask["end"]] == ask["text"]
    replies = {row["id"]: row["document_id"] for row in rows(ran.folder, "replies")}
    for commitment in rows(ran.folder, "commitments"):
        text = texts[replies[commitment["reply_id"]]]
        assert text[commitment["start"] : commitment["end"]] == commitment["text"]
    for finding in rows(ran.folder, "findings"):
        if finding["start"] >= 0:
            text = texts[replies[finding["reply_id"]]]
            assert text[finding["start"] : finding["end"]] == finding["quote"]


def test_no_input_is_lost(ran: Ran) -> None:
    files = [path for path in FILES.rglob("*") if path.is_file() and path.parts[-2] != "讲话"]
    told = [str(row["source"]) for kind in ("documents", "failures") for row in rows(ran.folder, kind)]
    for path in files:
        assert any(path.name in source for source in told), path


def test_input_files_are_never_changed(ran: Ran) -> None:
    changed = subprocess.run(
        ["git", "status", "--porcelain", str(FILES)], cwd=FILES, capture_output=True, text=True, check=False
    )
    assert changed.returncode != 0 or not [line for line in changed.stdout.splitlines() if line[:2].strip() == "M"]


def test_a_second_run_has_nothing_to_do(ran: Ran) -> None:
    before = contents(ran.folder)
    begin = os.times()
    again = whole_job(ran.folder)
    assert again.status == 0
    assert "没有新内容" in again.said
    assert contents(ran.folder) == before
    end = os.times()  # of its processor, for other tests may run beside it
    assert end.children_user + end.children_system - begin.children_user - begin.children_system < 20


def test_processes_give_the_same_result(few: Path, ran_few: Ran, tmp_path: Path) -> None:
    assert banli(*job(few), "--engine", "processes:2", folder=tmp_path).status == 0
    assert contents(tmp_path) == contents(ran_few.folder)


def stored(folder: Path, kind: str) -> bool:
    """Whether the store of a run that is going on has records of a kind."""
    if not (folder / "banli.db").exists():
        return False
    with closing(sqlite3.connect(folder / "banli.db", timeout=60)) as store:
        known = store.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (kind,)).fetchone()[0]
        return bool(known and store.execute(f"SELECT count(*) FROM {kind}").fetchone()[0])


@pytest.mark.parametrize("kind", ["documents", "replies", "routes"])
def test_a_killed_run_goes_on_without_loss_or_repetition(few: Path, ran_few: Ran, tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-m", "pipeline", *job(few)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not stored(tmp_path, kind):
            time.sleep(0.05)
        process.kill()
    assert process.returncode == -signal.SIGKILL, "the run ended before it was killed"
    assert banli(*job(few), folder=tmp_path).status == 0
    assert contents(tmp_path) == contents(ran_few.folder)


def test_a_changed_file_changes_its_rows_only(ran: Ran, tmp_path: Path) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    (inbox / "甲.txt").write_text("关于修桥的建议\n建议修复石桥。", encoding="utf-8")
    (inbox / "乙.txt").write_text("关于增开公交的建议\n建议增开三路公交。", encoding="utf-8")
    assert banli("run", "收件", "--out", "out", folder=tmp_path).status == 0
    before = {row["source"]: row["id"] for row in rows(tmp_path, "submissions")}
    (inbox / "甲.txt").write_text("关于修桥的建议\n建议重建石桥，并加装护栏。", encoding="utf-8")
    assert banli("run", "收件", "--out", "out", folder=tmp_path).status == 0
    after = {row["source"]: row["id"] for row in rows(tmp_path, "submissions")}
    assert after["收件/乙.txt"] == before["收件/乙.txt"]
    assert after["收件/甲.txt"] != before["收件/甲.txt"]
    assert len(after) == len(before) == 2


def test_what_is_no_longer_given_stays_in_the_store_only(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("关于修桥的建议\n建议修复石桥。", encoding="utf-8")
    (tmp_path / "乙.txt").write_text("关于增开公交的建议\n建议增开三路公交。", encoding="utf-8")
    banli("run", "甲.txt", "--out", "out", folder=tmp_path)
    banli("run", "乙.txt", "--out", "out", folder=tmp_path)
    assert [row["source"] for row in rows(tmp_path, "submissions")] == ["乙.txt"]
    exported = banli("export", "submissions", folder=tmp_path).said.splitlines()
    assert len(exported) == 2


def test_results_and_store_inside_the_inbox_are_no_input(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("关于修桥的建议\n建议修复石桥。", encoding="utf-8")
    for _ in range(2):
        assert banli("run", ".", "--out", "out", folder=tmp_path).status == 0
    assert [Path(str(row["source"])).name for row in rows(tmp_path, "documents")] == ["甲.txt"]
    assert rows(tmp_path, "failures") == []


def test_results_of_another_run_are_no_input_either(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("关于修桥的建议\n建议修复石桥。", encoding="utf-8")
    banli("run", "甲.txt", "--out", "旧结果", "--store", "旧.db", folder=tmp_path)
    banli("run", "甲.txt", "旧结果", "--out", "out", folder=tmp_path)
    assert [row["source"] for row in rows(tmp_path, "submissions")] == ["甲.txt"]
    assert any("banli 写出的结果" in str(row["reason"]) for row in rows(tmp_path, "failures"))


def test_only_broken_files_end_with_status_one(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no zip")
    done = banli("run", "坏.docx", "--out", "out", folder=tmp_path)
    assert done.status == 1
    (failure,) = rows(tmp_path, "failures")
    assert failure["reason"] and failure["hint"]
    sheet = openpyxl.load_workbook(tmp_path / "out" / "交办建议表.xlsx")["未能处理"]
    assert sheet["A2"].value == "坏.docx"


def test_a_decision_is_respected_and_kept_apart(ran: Ran, tmp_path: Path) -> None:
    shutil.copytree(ran.folder, tmp_path / "copy")
    folder = tmp_path / "copy"
    first = rows(folder, "routes")[0]
    done = banli("decide", str(first["submission_id"]), "--lead", "教育局", "--by", "王敏", folder=folder)
    assert done.status == 0, done.errors
    assert whole_job(folder).status == 0
    (decision,) = rows(folder, "decisions")
    assert (decision["value"], decision["by"]) == ("教育局", "王敏")
    assert rows(folder, "routes")[0] == first


def test_what_is_of_no_known_kind_is_shown_and_a_person_can_name_it(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("菜谱\n豆腐切块，下锅煎黄。", encoding="utf-8")
    assert banli("run", "甲.txt", "--out", "out", folder=tmp_path).status == 0
    sheet = openpyxl.load_workbook(tmp_path / "out" / "交办建议表.xlsx")["需人工研判"]
    assert "没有认出文种" in str(sheet["D2"].value)
    done = banli("decide", "甲.txt", "--kind", "提案", "--by", "王敏", folder=tmp_path)
    assert done.status == 0, done.errors
    assert banli("run", "甲.txt", "--out", "out", folder=tmp_path).status == 0
    assert [row["kind"] for row in rows(tmp_path, "submissions")] == ["提案"]


def test_nothing_talks_to_the_network(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("关于修桥的建议\n建议修复石桥。", encoding="utf-8")
    program = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from pipeline.cli import main\n"
        "sys.exit(main(['run', '甲.txt', '--out', 'out']))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no browser here")
def test_the_page_shows_its_charts_in_a_browser(ran: Ran, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        *quiet,
        f"--user-data-dir={tmp_path / 'user'}",
    ]
    address = (ran.folder / "out" / "总览.html").as_uri()
    shot = [*command, f"--screenshot={picture}", "--window-size=1200,1600", address]
    subprocess.run(shot, capture_output=True, check=True, timeout=120)
    assert picture.stat().st_size > 20_000
    page = subprocess.run([*command, "--dump-dom", address], capture_output=True, text=True, check=True, timeout=120)
    assert page.stdout.count('class="bar"') > 5
    assert page.stdout.count('class="dot"') > 5
