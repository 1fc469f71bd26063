from __future__ import annotations

import csv
import json
import pickle
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ProfileError
from pipeline.profile import FILES, Profile, check, default_folder, load

CASES = Path(__file__).parents[1] / "cases"
COUNTY = load(default_folder())
FURNITURE = json.loads((CASES / "profile_furniture.json").read_text(encoding="utf-8"))
MISTAKES = json.loads((CASES / "profile_mistakes.json").read_text(encoding="utf-8"))
CATALOGUE = json.loads((CASES / "profile_units.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes((default_folder() / name).read_bytes())
    return tmp_path


def changed(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))


def test_two_loads_of_one_folder_give_one_object_and_an_edit_another(folder: Path) -> None:
    first = load(folder)
    assert load(folder) is first
    assert pickle.loads(pickle.dumps(first)) is first
    with (folder / "wording.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert load(folder) is not first


def test_the_catalogue_is_whole() -> None:
    names = [unit.name for unit in COUNTY.units]
    assert set(CATALOGUE) <= set(names)
    assert len(names) == len(set(names))


def test_every_bureau_says_what_it_does() -> None:
    thin = [u.name for u in COUNTY.units if u.system == "政府" and (len(u.duties) < 3 or len(u.triggers) < 10)]
    assert thin == []


def test_no_word_is_both_trigger_and_anti_trigger() -> None:
    assert [(u.name, t.word) for u in COUNTY.units for t in u.triggers if t.word in u.anti_triggers] == []


def test_every_boundary_rule_can_be_met() -> None:
    for rule in COUNTY.boundaries:
        for group in rule.needs:
            free = [word for word in group if not any(bar in word for bar in rule.excludes)]
            assert free, (rule.id, group)
        assert rule.lead not in rule.co, rule.id


def test_boundary_numbers_survive_a_spreadsheet() -> None:
    assert [rule.id for rule in COUNTY.boundaries if not re.match("[A-Z]", rule.id)] == []


@pytest.mark.parametrize(
    "scheme, size", [("五位一体", 5), ("江苏政协14类", 14), ("县人大6类", 6), ("一级分类15类", 15)]
)
def test_topic_schemes(scheme: str, size: int) -> None:
    classes = [topic for topic in COUNTY.topics if topic.scheme == scheme]
    assert len(classes) == size
    assert all(len(topic.triggers) >= 20 for topic in classes)


def test_label_families_disagree_about_b() -> None:
    meanings = {label.family: label.meanings for label in COUNTY.labels if label.label == "B"}
    assert meanings["三类（佛坪式）"] == ("列入计划",)
    assert meanings["四类乙式"] == ("正在解决",)
    assert meanings["A1类（含义待定）"] == ("未知",)
    assert COUNTY.label_family in meanings


def test_gate_and_rules_are_those_of_the_checklist() -> None:
    assert COUNTY.gate["退回重写"] == ("C01", "C02", "P01", "P10", "L01", "X03")
    assert (COUNTY.rules["C01"].severity, COUNTY.rules["C07"].severity, COUNTY.rules["X07"].severity) == (
        "error",
        "warn",
        "hint",
    )
    assert all(rule.remedy for rule in COUNTY.rules.values())


@pytest.mark.parametrize("line", FURNITURE["goes"])
def test_furniture_goes(line: str) -> None:
    for pattern, _ in COUNTY.furniture:
        line = re.sub(pattern, "", line, flags=re.MULTILINE)
    assert line.strip() == ""


@pytest.mark.parametrize("line", FURNITURE["stays"])
def test_official_text_stays(line: str) -> None:
    hits = [pattern for pattern, _ in COUNTY.furniture if re.search(pattern, line, re.MULTILINE)]
    assert hits == []


def fastest(job: Callable[[], object]) -> float:
    times = []
    for _ in range(7):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def test_it_loads_fast() -> None:
    def plainly() -> None:
        for name in (*FILES, "yardsticks.csv"):
            list(csv.reader((default_folder() / name).read_text(encoding="utf-8-sig").splitlines()))

    assert fastest(lambda: load(default_folder())) < 100 * fastest(plainly)


def test_a_profile_can_be_a_key_and_a_pattern_joins_its_words() -> None:
    assert {COUNTY: 1}[load(default_folder())] == 1
    assert COUNTY.pattern("转办词").search("此事已转县水利局阅处")
    with pytest.raises(KeyError):
        COUNTY.words("没有这个清单")


def test_a_profile_that_is_sent_twice_is_held_once() -> None:
    sent, again = (pickle.loads(pickle.dumps((COUNTY, n)))[0] for n in (1, 2))
    assert sent is again
    assert sent == COUNTY and sent.digest == COUNTY.digest


def test_any_change_shows_in_the_digest(folder: Path) -> None:
    assert load(folder).digest == COUNTY.digest
    changed(folder, "units.csv", "路灯=3", "路灯=2")
    assert load(folder).digest != COUNTY.digest


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_tables_as_excel_saves_them(folder: Path, encoding: str) -> None:
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_bytes().decode("utf-8-sig").encode(encoding))
    read = load(folder)
    assert (read.units, read.wording) == (COUNTY.units, COUNTY.wording)


def test_tables_with_tabs_and_other_column_order(folder: Path) -> None:
    (folder / "labels.csv").write_text("类别\t来源\t体系\t含义\nA\t\t三类（浙江式）\t已解决\n", encoding="utf-8")
    assert [(label.family, label.label) for label in load(folder).labels] == [("三类（浙江式）", "A")]


def test_years_of_predecessors() -> None:
    old = {name.name: (name.first, name.last) for unit in COUNTY.units for name in unit.predecessors}
    assert old["卫计局"] == (2014, 2018)
    assert old["工商局"] == (None, 2018)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["says"][0])
def test_a_mistake_names_file_line_and_remedy(folder: Path, case: dict[str, Any]) -> None:
    changed(folder, case["file"], case["old"], case["new"])
    found = check(folder)
    assert any(all(word in line for word in [case["file"], *case["says"]]) for line in found), found
    with pytest.raises(ProfileError, match=re.escape(case["file"])):
        load(folder)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    changed(folder, "units.csv", "路灯=3", "路灯=很多")
    changed(folder, "labels.csv", "列入计划", "也许")
    (folder / "topics.csv").unlink()
    found = "\n".join(check(folder))
    assert all(name in found for name in ("units.csv 第", "labels.csv 第", "topics.csv：文件不存在"))
    with pytest.raises(ProfileError) as error:
        load(folder)
    assert "共 3 处错误" in error.value.reason
    assert "profile check" in error.value.hint


def test_a_line_number_is_that_of_the_spreadsheet(folder: Path) -> None:
    rows = '体系,类别,含义,来源\r\n三类（浙江式）,A,已解决,"两行\r\n说明"\r\n三类（浙江式）,B,也许,\r\n'
    (folder / "labels.csv").write_bytes(rows.encode())
    assert [line for line in check(folder) if line.startswith("labels.csv 第 3 行")]


def test_a_missing_folder_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="不存在") as error:
        load(tmp_path / "无此县")
    assert "profile init" in error.value.hint


def test_towns_take_after_the_generic_unit(folder: Path) -> None:
    changed(folder, "profile.toml", "towns = []", 'towns = ["青石镇", "北门街道", "白马乡"]')
    units = {unit.name: unit for unit in load(folder).units}
    assert {"青石镇人民政府", "北门街道办事处", "白马乡人民政府", "乡镇人民政府"} <= set(units)
    assert units["青石镇人民政府"].system == "乡镇"
    assert "青石镇" in units["青石镇人民政府"].aliases
    assert units["青石镇人民政府"].duties == units["乡镇人民政府"].duties


def test_clock_of_the_profile(folder: Path) -> None:
    changed(folder, "profile.toml", 'final_day = ""', 'final_day = "06-30"')
    changed(folder, "profile.toml", "[gate]", '"三届二次" = 2025-02-10\n\n[gate]')
    clock: Any = load(folder).clock
    assert clock.final_day == (6, 30)
    assert [(name, str(day)) for name, day in clock.sessions] == [("三届二次", "2025-02-10")]


def test_default_profile_is_a_profile() -> None:
    assert isinstance(COUNTY, Profile)
    assert check(default_folder()) == []


def test_a_folder_made_for_an_older_version_borrows_the_lists_it_lacks(folder: Path) -> None:
    path = folder / "wording.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("空泛词,")), encoding="utf-8-sig")
    assert load(folder).words("空泛词") == COUNTY.words("空泛词")


def test_every_list_that_the_code_names_exists() -> None:
    source = Path(__file__).parents[2] / "pipeline"
    called = re.compile(r"(?:\.words|\.pattern|\.wording\.get|\.wording)[\(\[]\s*\"([^\"]+)\"")
    named = {name for path in source.rglob("*.py") for name in called.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 20
    assert named - COUNTY.wording.keys() == set()
