"""`banli opinions`: from two files to the papers of a unit."""

from pathlib import Path

import pytest
from docx import Document

from pipeline.cli import main

ASKED = """关于在杏花村修建公厕的建议
提出人：凌志
杏花村集市人多，没有公厕。建议：
1.在集市东头建一座公厕；
2.安排专人每天保洁。"""
ANSWER = """长乐县城市管理局
长城管函〔2025〕3号　签发人：欧阳文
办理结果：B　同意公开
关于长乐县第十八届人民代表大会第四次会议第3号建议的答复
凌志代表：
您提出的关于在杏花村修建公厕的建议收悉。现答复如下：
修建公厕一事已列入工作计划，将积极争取早日建成。
感谢您对我们工作的关心，请填写征询意见表。
长乐县城市管理局
2025年5月12日
联系人：欧阳文　联系电话：0560-6030001"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    (folder / "收件").mkdir()
    (folder / "答复").mkdir()
    (folder / "收件" / "建议3.txt").write_text(ASKED, encoding="utf-8")
    (folder / "答复" / "答复3.txt").write_text(ANSWER, encoding="utf-8")
    call = ["extract", folder / "收件", "--replies", folder / "答复", "--store", folder / "a.db"]
    assert main(list(map(str, call))) == 0
    assert [main([stage, "--store", str(folder / "a.db")]) for stage in ("parse", "audit")] == [0, 0]
    return folder / "a.db"


def test_a_returned_letter_has_its_opinion(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opinions", "--store", str(store), "--out", str(tmp_path)]) == 0
    assert "城市管理局" in capsys.readouterr().out
    (paper,) = (tmp_path / "城市管理局").glob("答复审核意见*.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(paper)).paragraphs)
    assert "空头支票（P01）" in text
    assert "关于“安排专人每天保洁”" in text
    assert {path.name for path in tmp_path.iterdir()} == {"城市管理局", "办理情况报告（初稿）.docx"}


def test_one_unit_may_be_named_as_people_call_it(store: Path, tmp_path: Path) -> None:
    assert main(["opinions", "--store", str(store), "--out", str(tmp_path), "--unit", "县城管局"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["城市管理局"]
    assert main(["opinions", "--store", str(store), "--out", str(tmp_path), "--unit", "气象局"]) == 1


def test_without_a_store_the_way_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opinions", "--store", str(tmp_path / "没有.db"), "--out", str(tmp_path)]) == 1
    assert "先运行 banli run" in capsys.readouterr().err


def test_the_rates_can_be_exported(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "rates", "--store", str(store)]) == 0
    out = capsys.readouterr().out
    assert '"rate": "规范率"' in out
    assert "没有满意度反馈 1 件" in out
