"""Before filing: the closest past items with their unit and reply; nothing to compare with is said so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.records import Document, File, Pair, Reply, Submission
from pipeline.recur import memory
from pipeline.run import similar
from pipeline.store import Store, default_index_folder

LAMP = "石桥村主干道没有路灯，夜间出行不便，老人摔伤多起。建议安装太阳能路灯四十盏，并落实管护经费。"
RIVER = "柳河淤积严重，汛期漫堤，良田被淹。建议疏浚柳河河道，加固两岸堤防。"
REPLY = "陈平代表：您提出的关于安装路灯的建议收悉。我局将于2024年6月底前安装路灯四十盏。云禾县农业农村局 2024年4月1日"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    table = tmp_path / "2024年建议.csv"
    rows = [("编号", "案由", "内容", "承办单位", "年度", "答复内容", "答复日期", "办理结果")]
    rows.append(("7", "关于安装石桥村路灯的建议", LAMP, "农业农村局", "2024", REPLY, "2024-04-01", "B"))
    rows.append(("8", "关于疏浚柳河的建议", RIVER, "水利局", "2024", "", "", ""))
    table.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    return tmp_path


def test_the_closest_item_comes_first_with_unit_and_reply(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "新.txt").write_text("关于给下湾村装路灯的建议\n" + LAMP.replace("石桥", "下湾"), encoding="utf-8")
    assert main(("run", "2024年建议.csv", "--out", "结果")) == 0
    capsys.readouterr()
    assert main(("similar", "新.txt", "--most", "1")) == 0
    said = "".join(capsys.readouterr().out.split())
    for told in ("关于安装石桥", "农业农村局", "B", "2024-04-01"):
        assert told in said.replace("│", ""), said
    assert "疏浚" not in said


def test_a_text_will_do(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(("run", "2024年建议.csv", "--out", "结果"))
    capsys.readouterr()
    assert main(("similar", "--text", "柳河河道淤积，建议疏浚河道、加固堤防", "--most", "1")) == 0
    assert "水利局" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("similar",), 2, "二者选一"),
        (("similar", "--text", "路灯", "--store", "没有.db"), 1, "找不到数据库"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    arguments: tuple[str, ...], status: int, told: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == status
    assert told in capsys.readouterr().err


def test_nothing_stored_yet(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(("status",))
    capsys.readouterr()
    assert main(("similar", "--text", "路灯")) == 1
    assert "还没有可比的往年件" in capsys.readouterr().err


def test_a_new_item_does_not_have_the_old_ones_read_again(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(("run", "2024年建议.csv", "--out", "结果"))
    (office / "新.txt").write_text("关于给下湾村装路灯的建议\n" + LAMP.replace("石桥", "下湾"), encoding="utf-8")
    read: list[str] = []
    honest = memory.levels
    monkeypatch.setattr(memory, "levels", lambda texts, told=None: read.extend(texts) or honest(texts, told))
    assert main(("run", "新.txt", "--history", "2024年建议.csv", "--out", "结果")) == 0
    assert read
    assert all("下湾" in text or "装路灯" in text for text in read)


def test_a_letter_that_answers_two_stands_with_both(submission: Callable[..., Submission], tmp_path: Path) -> None:
    past = [submission(f"关于{name}的建议", body, id=name) for name, body in (("路灯", LAMP), ("柳河", RIVER))]
    letter = Reply("答", "答", "表.csv#答", "答复", "关于两件建议的答复", REPLY)
    store = Store(str(tmp_path / "办理.db"))
    papers = [Document(r.id, f"表.csv#{r.id}", r.kind, r.title, r.text) for r in (*past, letter)]
    store.add_files([File("表.csv", "表.csv", "甲")], papers, "甲")
    store.add_parsed(papers, [*past, letter], "甲")
    store.add([Pair("答", "路灯", "题目", ("柳河",))], "甲")
    memory.Memory.empty("甲").of_submissions(past).save(default_index_folder(store.url), {})
    found = similar(store, submission("关于柳河的建议", RIVER + LAMP, id="新"))
    assert {p.submission.id: [r.id for r in p.replies] for p in found} == {"路灯": ["答"], "柳河": ["答"]}
