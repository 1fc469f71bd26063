"""yardsticks.csv: named words are spelt out, families of rules too, and mistakes are told with line and remedy."""

from pathlib import Path

import pytest

from pipeline.profile import load
from pipeline.profile.tables import Mistakes
from pipeline.profile.yardsticks import read_yardsticks

HEAD = "要点,条件,不含,规则,说明\n"


def read(folder: Path, *lines: str) -> tuple[object, Mistakes]:
    (folder / "yardsticks.csv").write_text(HEAD + "\n".join(lines), encoding="utf-8-sig")
    mistakes = Mistakes()
    return read_yardsticks(folder, mistakes), mistakes


def test_named_words_and_families_are_spelt_out(tmp_path: Path) -> None:
    (point,), mistakes = read(tmp_path, "@何时,时限|期限,,,词组", "写明时限,@何时|几时；写明,废,P02；L*；满意率,说明")
    assert not mistakes.found
    assert point.needs == (("时限", "期限", "几时"), ("写明",))
    assert point.rules == ("P02", "L01", "L02", "L03", "L04", "L05")
    assert point.rates == ("满意率",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("甲,@没有的,,P02,说明", "第 2 行：“@没有的”没有定义"),
        ("甲,时限,,P99,说明", "第 2 行：规则“P99”不存在"),
        ("甲,,,P02,说明", "第 2 行：“条件”为空"),
        ("甲,时限,,P02,", "第 2 行：“说明”为空"),
        (",时限,,P02,说明", "第 2 行：“要点”为空"),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, line: str, told: str) -> None:
    _, mistakes = read(tmp_path, line)
    assert any(told in mistake for mistake in mistakes.found), mistakes.found


def test_a_folder_of_an_older_version_borrows_them(tmp_path: Path) -> None:
    import shutil

    from pipeline.profile import default_folder

    folder = tmp_path / "旧"
    shutil.copytree(default_folder(), folder)
    (folder / "yardsticks.csv").unlink()
    old = load(folder)
    assert old.yardsticks == load(default_folder()).yardsticks
    (folder / "yardsticks.csv").write_text(HEAD + "甲,时限,,P02,说明\n", encoding="utf-8-sig")
    new = load(folder)
    assert (len(new.yardsticks), new.digest) == (1, old.digest)
