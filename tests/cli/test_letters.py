"""`banli audit SUBMISSION REPLY` and `banli redact FILE` at the terminal."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.cli import main

ASKED = """关于在青禾村修建便民桥的建议
提出人：白水生
青禾村三组群众过河靠渡船，很不方便。建议：
1.在三组渡口修建一座便民桥；
2.给三组老人发放过渡船票补贴。"""
ANSWER = """松溪县交通运输局
松交函〔2025〕14号　签发人：方同
办理结果：B　{publicity}
关于松溪县第十八届人民代表大会第四次会议第14号建议的答复
白水生代表：
您提出的关于在青禾村修建便民桥的建议收悉。现答复如下：
便民桥已列入工作计划，将积极争取早日建成。
感谢您对我们工作的关心，请填写征询意见表。
松溪县交通运输局
2025年5月12日
联系人：方同　联系电话：0560-6030001
抄送：县人大常委会代表工委，县政府办公室。"""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    asked, reply = tmp_path / "建议.txt", tmp_path / "答复.txt"
    asked.write_text(ASKED, encoding="utf-8")
    reply.write_text(ANSWER.format(publicity="同意公开"), encoding="utf-8")
    return asked, reply


def test_one_letter_is_judged_on_the_screen(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", *map(str, pair)]) == 0
    said = capsys.readouterr().out
    assert "便民桥已列入工作计划，将积极争取早日建成。〔P01、P02、P04〕" in said
    assert "未回应" in said and "结论：退回重写" in said


def test_a_wrong_call_says_what_was_read(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(pair[1]), str(pair[0])]) == 2
    assert "没有读到建议或提案" in capsys.readouterr().err
    assert main(["audit", str(pair[0])]) == 2
    assert "还要写明答复的文件" in capsys.readouterr().err


def test_the_public_copy_leaves_the_letter_alone(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    before = hashlib.sha256(pair[1].read_bytes()).digest()
    assert main(["redact", str(pair[1])]) == 0
    copy = pair[1].with_name("答复（公开稿）.txt")
    assert "联系人：方某" in copy.read_text(encoding="utf-8") and "6030001" not in copy.read_text(encoding="utf-8")
    assert hashlib.sha256(pair[1].read_bytes()).digest() == before
    assert "隐去 2 处" in capsys.readouterr().out
    assert main(["redact", str(pair[1]), "--out", str(pair[1])]) == 2


def test_a_closed_letter_gets_no_public_copy(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    pair[1].write_text(ANSWER.format(publicity="不予公开"), encoding="utf-8")
    assert main(["redact", str(pair[1])]) == 2
    assert "不出公开稿" in capsys.readouterr().err
    assert not pair[1].with_name("答复（公开稿）.txt").exists()
