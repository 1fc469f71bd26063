"""Measuring the audit: worked out by hand, read from a register and a folder, and through the command."""

import csv
import json
import math
from datetime import date
from pathlib import Path

import pytest

from pipeline import evaluate
from pipeline.audit import Case
from pipeline.cli import main
from pipeline.errors import BanliError
from pipeline.evaluate import marked
from pipeline.evaluate.audits import OURS, Audited, Told, alike
from pipeline.evaluate.marked import Marked, Promise
from pipeline.records import Reply

COLUMNS = ("编号", "案由", "内容", "答复内容", "答复日期", "应有问题", "应有结论", "应有状态", "应有承诺")
ASKED = "我村主干道没有路灯，老人夜间摔伤多起。建议：一、安装太阳能路灯四十盏。二、明确专人管护。"
DATED = (
    "一、我局已将你村列入2025年亮化工程，2025年9月30日前装好太阳能路灯40盏，资金26万元，由市政股负责。"
    "二、路灯交付后由你村两名公益岗管护，2025年10月15日前签订管护协议。"
)
PROMISED = (
    "2025年9月30日前装好太阳能路灯40盏，资金26万元，由市政股负责（要素 做法、数量、时限、资金、主体；时限 2025-09-30）"
)
BARE = "一、路灯一事我局将列入计划，积极争取。二、管护问题我局高度重视，将进一步加强管理。"


def letter(rules: str | None, gate: str = "", **more: object) -> Marked:
    reply = Reply("r", "r", "r", "答复", "", "")
    return Marked(Case(reply, None), None if rules is None else frozenset(rules.split()), gate, **more)  # type: ignore[arg-type]


def told(rules: str, gate: str = "", *, errors: str = "", promises: tuple[Promise, ...] = ()) -> Told:
    return Told(frozenset(rules.split()), frozenset(errors.split()), gate, (), promises)


def scores(letters: list[Marked], said: list[Told], profile) -> tuple[evaluate.Agreed, dict[str, float]]:
    agreed = evaluate.agreement(letters, [Audited(OURS, tuple(said))], profile)
    return agreed, {score.name: score.value for score in agreed.table[0]}


def test_rules_and_gates_by_hand(profile) -> None:
    letters = [letter("P02 C03", "补充"), letter("", "通过"), letter("P02", "补充"), letter(None, "通过")]
    said = [told("P02", "补充"), told("C03", "补充", errors="C03"), told("P02 X01", "补充"), told("T01", "通过")]
    agreed, whole = scores(letters, said, profile)
    assert (whole["问题准确"], whole["问题召回"]) == (2 / 4, 2 / 3)
    assert whole["每百件报出"] == pytest.approx(100 * 4 / 3)
    assert whole["每百件误报"] == pytest.approx(100 * 2 / 3)
    assert whole["好答复不报错误"] == 0
    assert whole["结论一致"] == 3 / 4
    assert [(part.key, part.wanted, part.told) for part in agreed.rules] == [
        ("C03", 1, 1),
        ("P02", 2, 2),
        ("X01", 0, 1),
    ]
    assert [score.value for score in agreed.rules[1].scores[0]] == [1, 1, 1]
    assert math.isnan(whole["要素F1"])


def test_the_interval_holds_the_value_and_narrows_with_letters(profile) -> None:
    widths = []
    for copies in (4, 40):
        letters = [letter("P02"), letter("P02"), letter("")] * copies
        said = [told("P02"), told(""), told("P02")] * copies
        score = evaluate.agreement(letters, [Audited(OURS, tuple(said))], profile).rules[0].scores[0][2]
        assert score.value == pytest.approx(2 / 4)
        assert score.low < score.value < score.high
        widths.append(score.high - score.low)
    assert widths[1] < widths[0] / 2


def test_what_was_not_marked_completely_does_not_count(profile) -> None:
    _, whole = scores([letter("P02", silent=frozenset({"P08"}))], [told("P02 P08")], profile)
    assert (whole["问题准确"], whole["每百件误报"]) == (1, 0)


def test_slots_count_over_all_clauses_of_a_promise(profile) -> None:
    right = Promise(
        "9月30日前装好太阳能路灯40盏，由市政股负责",
        frozenset({"act", "deadline", "quantity", "actor"}),
        date(2025, 9, 30),
    )
    clauses = (
        Promise("9月30日前装好太阳能路灯40盏", frozenset({"act", "deadline", "quantity"}), date(2025, 9, 30)),
        Promise("请继续支持工作", frozenset({"act"})),
    )
    _, whole = scores([letter(None, promises=(right,))], [told("", promises=clauses)], profile)
    assert whole["要素F1"] == pytest.approx(2 * 3 / (4 + 4))
    assert whole["承诺F1"] == pytest.approx(2 * 0.5 * 1 / 1.5)
    assert whole["时限日期正确"] == 1


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("安装太阳能路灯四十盏", "安装太阳能路灯四十盏。", True),
        ("明确专人管护", "二、明确专人管护，落实经费", True),
        ("明确专人管护", "安装路灯", False),
        ("", "安装路灯", False),
    ],
)
def test_texts_that_are_one(left: str, right: str, *, same: bool) -> None:
    assert alike(left, right) is same


def test_cells_as_people_write_them(profile) -> None:
    assert marked.faults("P02、漏答", profile, "表") == {"P02", "C03"}
    assert marked.faults("无", profile, "表") == frozenset()
    assert marked.faults(" ", profile, "表") is None
    assert marked.states("装灯：列入计划；未回应", "表") == (("装灯", "列入计划"), ("", "未回应"))
    assert marked.promises("9月底前装灯40盏（主城区）（要素 主体、数量、时限；时限 2025-09-30）\n签协议") == (
        Promise("9月底前装灯40盏（主城区）", frozenset({"actor", "quantity", "deadline"}), date(2025, 9, 30)),
        Promise("签协议"),
    )
    assert marked.promises("") is None
    assert marked.promises("无") == ()
    for wrong in (
        lambda: marked.faults("迟到", profile, "表#2"),
        lambda: marked.gate("优秀", "表#2"),
        lambda: marked.states("办好了", "表#2"),
    ):
        with pytest.raises(BanliError, match="表#2"):
            wrong()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "标注.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS)
        rows.writerow(
            (
                1,
                "关于石桥村安装路灯的建议",
                ASKED,
                DATED,
                "2025-05-20",
                "无",
                "通过",
                "列入计划；列入计划",
                PROMISED,
            )
        )
        rows.writerow((2, "关于下湾村安装路灯的建议", ASKED, BARE, "2025-05-21", "P01；P02；P04", "退回重写", "", ""))
        rows.writerow((3, "关于上坪村安装路灯的建议", ASKED, BARE, "2025-05-22", "", "", "", ""))
    return path


def test_a_register_gives_its_marked_rows(table: Path, profile) -> None:
    good, bare = evaluate.read_letters(table, profile)
    assert good.rules == frozenset()
    assert [state for _, state in good.states] == ["列入计划", "列入计划"]
    assert good.promises and good.promises[0].due == date(2025, 9, 30)
    assert good.case.submission and good.case.submission.title == "关于石桥村安装路灯的建议"
    assert bare.rules == {"P01", "P02", "P04"}
    assert bare.promises is None
    ours, *baselines = evaluate.audited([good, bare], profile)
    assert "P01" in ours.told[1].rules - ours.told[0].rules
    assert len(baselines) == 2


def test_a_folder_gives_the_letters_of_its_gold(tmp_path: Path, profile) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "建议.txt").write_text(f"关于石桥村安装路灯的建议\n{ASKED}", encoding="utf-8")
    (tmp_path / "files" / "答复.txt").write_text(
        f"关于县十七届人大四次会议第1号建议的答复\n李大山代表：\n您提出的关于石桥村安装路灯的建议收悉，现答复如下：\n{DATED}\n某县城市管理局\n2025年5月20日",
        encoding="utf-8",
    )
    gold = [
        {"record": "submission", "id": "s1", "file": "建议.txt", "gold": {
            "asks": ["安装太阳能路灯四十盏", "明确专人管护"],
        }},
        {"record": "reply", "id": "r1", "answers": "s1", "file": "答复.txt", "gold": {
            "findings": ["F12"], "gate": "补充", "ask_states": ["列入计划", "列入计划"], "hints": ["F08"],
            "commitments": [],
        }},
    ]  # fmt: skip
    (tmp_path / "gold.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in gold), encoding="utf-8"
    )
    [found] = evaluate.read_letters(tmp_path, profile)
    assert (found.gate, found.silent) == ("补充", {"F08"})
    assert found.states[0] == ("安装太阳能路灯四十盏", "列入计划")
    assert found.case.submission and found.case.submission.asks


def test_command_prints_scores_and_writes_rows_and_page(table: Path, tmp_path: Path, capsys) -> None:
    assert main(("evaluate", "audit", str(table), "--out", str(tmp_path / "评测"))) == 0
    said = capsys.readouterr().out
    assert "每百件误报" in said
    assert "空头" in said
    rows = list(csv.DictReader((tmp_path / "评测" / "predictions.csv").open(encoding="utf-8-sig")))
    assert {row["项目"] for row in rows} == {"问题", "结论", "诉求", "承诺"}
    assert {row["题目"] for row in rows} == {"关于石桥村安装路灯的建议", "关于下湾村安装路灯的建议"}
    page = (tmp_path / "评测" / "评测.html").read_text(encoding="utf-8")
    assert "P01 空头支票" in page
    assert "各条规则" in page


@pytest.mark.parametrize(("cell", "hint"), [("P99", "不是审核规则"), ("", "没有标注了的答复")])
def test_a_wrong_or_empty_table_is_refused_with_a_hint(cell: str, hint: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "表.csv"
    path.write_text(f"案由,答复内容,应有问题\n关于路灯的建议,{BARE},{cell}\n", encoding="utf-8")
    assert main(("evaluate", "audit", str(path), "--out", str(tmp_path / "o"))) == 1
    assert hint in capsys.readouterr().err
