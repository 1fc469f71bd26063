"""Evaluation as a user calls it: a labelled table in, scores, rows and a page out."""

import csv
from pathlib import Path

import pytest

from pipeline import evaluate
from pipeline.cli import main
from pipeline.errors import BanliError

UNITS = {"水利局": "疏浚{}村河道，加固堤防", "教育局": "改善{}小学食堂", "交通运输局": "硬化{}村组道路"}
PLACES = ("石桥", "下湾", "柳河", "高岭", "东沟", "上坪", "南塘")
TOPICS = {"水利局": "水利", "教育局": "教育", "交通运输局": "交通"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "标签.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("案由", "内容", "主办", "会办", "类别", "可接受主办", "划分"))
        for unit, wording in UNITS.items():
            for n, place in enumerate(PLACES):
                what = wording.format(place)
                other = "乡镇人民政府" if unit == "交通运输局" else ""
                split = "训练" if n < 3 else "测试"
                rows.writerow(
                    (f"关于{what}的建议", f"建议{what}。", unit, "财政局" * (n == 4), TOPICS[unit], other, split)
                )
        rows.writerow(("关于办公室自己也说不清的建议", "建议研究。", "", "", "", "", "测试"))
    return path


def test_the_table_is_read_with_all_its_labels(table: Path, profile) -> None:
    rows = evaluate.read([table], profile)
    roads = next(r for r in rows if "硬化南塘" in r.submission.title)
    assert roads.leads == ("交通运输局", "乡镇人民政府")
    assert roads.submission.lead == roads.submission.topic == ""
    assert roads.taught.lead == "交通运输局"
    assert roads.topic == "交通"
    assert sum(r.training for r in rows) == 9
    assert {c for r in rows for c in r.co} == {"财政局"}


def test_given_rows_train_and_the_others_are_tested(table: Path, profile) -> None:
    compared = evaluate.units(evaluate.read([table], profile), [], profile)
    assert [judged.method for judged in compared.methods] == [
        "只用规则",
        "训练后",
        "基线：TF-IDF+SVC",
        "基线：触发词计数",
    ]
    assert {len(judged.rows) for judged in compared.methods} == {12}
    assert compared.skipped == 1
    tested = {row.source for row in compared.methods[0].rows}
    taught = {r.submission.source for r in evaluate.read([table], profile) if r.training}
    assert not tested & taught


def test_without_training_rows_every_row_is_tested_once(table: Path, profile) -> None:
    table.write_text(table.read_text(encoding="utf-8-sig").replace("训练", "测试"), encoding="utf-8-sig")
    compared = evaluate.topics(evaluate.read([table], profile), [], profile)
    assert "5 折" in compared.how
    assert [len({row.source for row in judged.rows}) for judged in compared.methods] == [21] * 4
    by_svc = next(judged for judged in compared.methods if "SVC" in judged.method)
    assert (by_svc.place == 0).mean() > 0.9


def test_command_prints_scores_and_writes_rows_and_page(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("evaluate", "route", str(table), "--out", str(tmp_path / "评测"))) == 0
    assert "首选正确" in capsys.readouterr().out
    rows = list(csv.DictReader((tmp_path / "评测" / "predictions.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 4 * 12
    assert {row["应为"] for row in rows} == {"水利局", "教育局", "交通运输局；乡镇人民政府"}
    page = (tmp_path / "评测" / "评测.html").read_text(encoding="utf-8")
    assert page.count("<polyline") == 4
    assert "95% 置信区间" in page


@pytest.mark.parametrize(
    ("lines", "told"), [("案由,内容\n关于路灯的建议,建议装灯。\n", "没有带标签的行"), ("甲,乙\n1,2\n", "没有可用的行")]
)
def test_a_table_without_labels_is_refused_with_a_hint(
    lines: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "表.csv"
    path.write_text(lines, encoding="utf-8")
    assert main(("evaluate", "route", str(path), "--out", str(tmp_path / "o"))) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "--columns" in said


def test_a_missing_table_is_named(profile) -> None:
    with pytest.raises(BanliError, match="没有这张表"):
        evaluate.read([Path("没有这张表.csv")], profile)
