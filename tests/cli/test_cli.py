"""The command line speaks Chinese, fails politely, and starts fast."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main


def call(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        status = main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    told = capsys.readouterr()
    return status, told.out, told.err


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call("run", "--help", capsys=capsys)
    assert status == 0
    assert out.startswith("用法：")
    for english in ("usage", "options", "positional", "show this"):
        assert english not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "缺少必填参数"),
        (("run",), "缺少必填参数"),
        (("run", "没有这个文件夹", "--out", "o"), "找不到 没有这个文件夹"),
        (("run", ".", "--out", "o", "--engine", "spark"), "不认识的运行方式"),
        (("run", ".", "--out", "o", "--fast"), "不认识的参数"),
        (("fly",), "这个选项，可选："),
        (("export", "nothing"), "没有 nothing 这一类"),
    ],
)
def test_a_wrong_call_is_status_two_with_a_hint(
    arguments: tuple[str, ...],
    told: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = call(*arguments, capsys=capsys)
    assert (status, out) == (2, "")
    assert told in err
    assert "提示：" in err


def test_a_missing_store_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = call("export", "routes", "--store", str(tmp_path / "none.db"), capsys=capsys)
    assert status == 1
    assert "找不到数据库" in err
    assert not (tmp_path / "none.db").exists()


def test_profile_can_be_copied_and_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert call("profile", "init", str(mine), capsys=capsys)[0] == 0
    assert call("profile", "check", str(mine), capsys=capsys)[0] == 0
    units = mine / "units.csv"
    units.write_text(units.read_text(encoding="utf-8-sig").replace("城市管理局,政府", ",政府", 1), encoding="utf-8-sig")
    status, out, _ = call("profile", "check", str(mine), capsys=capsys)
    assert status == 1
    assert "units.csv" in out
    assert call("profile", "init", str(mine), capsys=capsys)[0] == 2


def spent(*command: str) -> float:
    """The processor seconds of a command: other tests may run beside it."""
    before = os.times()
    subprocess.run(command, capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def test_help_starts_fast() -> None:
    spent(sys.executable, "-m", "pipeline", "--help")
    assert spent(sys.executable, "-m", "pipeline", "--help") < 0.3 + spent(sys.executable, "-c", "import argparse")


def test_a_closed_pipe_ends_quietly() -> None:
    done = subprocess.run(
        f"{sys.executable} -m pipeline export --help | head -1", shell=True, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
