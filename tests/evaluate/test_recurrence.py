"""Measuring repetition: worked out by hand, and through the command."""

import csv
from pathlib import Path

import pytest

from pipeline import evaluate
from pipeline.cli import main
from pipeline.evaluate.recurrence import b_cubed, together

LAMPS = "{}村主干道没有路灯，夜间出行不便，老人摔伤多起。建议安装太阳能路灯四十盏，并落实管护经费。"
OTHERS = {
    "医": "乡镇卫生院缺少全科医生，群众看病要进城。建议定向培养医生，提高待遇。",
    "河": "柳河淤积严重，汛期漫堤。建议疏浚河道，加固两岸堤防。",
    "校": "乡村小学食堂简陋，学生吃冷饭。建议改造食堂，配备炊事员。",
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "标签.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("编号", "案由", "内容", "事项组", "问题组"))
        for n, place in enumerate(("石桥", "石桥", "下湾"), 1):
            text = LAMPS.format(place) + ("请尽快。" if n == 2 else "")
            rows.writerow((n, f"关于{place}村安装路灯的建议", text, "石桥路灯" * (place == "石桥"), "路灯"))
        for n, (name, text) in enumerate(OTHERS.items(), 4):
            rows.writerow((n, f"关于{name}的建议", text, "", ""))
    return path


def test_b_cubed_by_hand() -> None:
    right = {"a": "1", "b": "1", "c": "2", "d": "2"}
    precision, recall, f1 = b_cubed(right, {"a": "x", "b": "x", "c": "x", "d": "y"})
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_items_without_a_group_stand_alone() -> None:
    assert together({"a": "1", "b": "1", "c": "", "d": ""}) == {("a", "b")}


def test_scores_of_pairs_and_classes(table: Path, profile) -> None:
    ours, baseline, classes, alone = evaluate.recurrence(evaluate.read([table], profile), profile)
    recall = {score.name: score for score in ours.scores}["召回"]
    assert recall.value == 1.0
    assert ours.missed == ()
    assert {title for pair in ours.wrong for title in pair} <= {"关于石桥村安装路灯的建议", "关于下湾村安装路灯的建议"}
    assert 0 < baseline.scores[2].value <= 1
    assert "阈值" in baseline.method
    assert classes.scores[2].value >= alone.scores[2].value == pytest.approx(2 * (4 / 6) / (1 + 4 / 6))


def test_command_prints_scores_and_writes_the_pairs(table: Path, tmp_path: Path, capsys) -> None:
    assert main(("evaluate", "recur", str(table), "--out", str(tmp_path / "评测"))) == 0
    assert "同一事项（1 对）" in capsys.readouterr().out.replace("\n", "")
    rows = list(csv.reader((tmp_path / "评测" / "pairs.csv").open(encoding="utf-8-sig")))
    assert rows[0] == ["任务", "方法", "对错", "题目一", "题目二"]


def test_a_table_without_groups_is_refused(tmp_path: Path, capsys) -> None:
    path = tmp_path / "表.csv"
    path.write_text("案由,内容\n关于路灯的建议,建议装灯。\n", encoding="utf-8")
    assert main(("evaluate", "recur", str(path), "--out", str(tmp_path / "o"))) == 1
    assert "事项组" in capsys.readouterr().err
