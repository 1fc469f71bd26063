"""What was read once is not read again, and nothing but time is saved by that."""

import numpy as np
import pytest

from pipeline.recur import Memory, matches, nearest, themes

MATTERS = {
    "路灯": "石桥村主干道没有路灯，夜间出行不便。建议安装太阳能路灯四十盏，并落实管护经费。",
    "路灯二": "下湾村主干道没有路灯，学生晚自习回家害怕。建议安装太阳能路灯，落实管护经费。",
    "医生": "乡镇卫生院缺少全科医生，群众看病要进城。建议定向培养医生，提高待遇。",
    "河道": "柳河淤积严重，汛期漫堤。建议疏浚河道，加固两岸堤防。",
}


@pytest.fixture
def papers(submission):
    years = {"路灯": 2023, "路灯二": 2024, "医生": 2024, "河道": 2025}
    return [submission(f"关于{name}的建议", body, id=name, year=years[name]) for name, body in MATTERS.items()]


def test_a_grown_memory_equals_one_made_at_once(papers, tmp_path) -> None:
    Memory.empty("甲").of_submissions(papers[:2]).save(tmp_path / "索引", {})
    grown = Memory.open(tmp_path / "索引", "甲").of_submissions(papers)
    fresh = Memory.empty("甲").of_submissions(papers)
    assert grown.ids == fresh.ids
    for form in ("plain", "masked"):
        a, b = getattr(grown, form), getattr(fresh, form)
        assert (a.rows != b.rows).nnz == 0
        assert (a.told == b.told).all()
    assert matches(papers, grown) == matches(papers)
    assert themes(papers, matches(papers), {}, grown) == themes(papers, matches(papers), {})


def test_only_new_ones_are_read(papers, tmp_path, monkeypatch) -> None:
    Memory.empty("甲").of_submissions(papers[:3]).save(tmp_path / "索引", {})
    read: list[str] = []
    import pipeline.recur.memory as module

    honest = module.levels
    monkeypatch.setattr(module, "levels", lambda texts, told=None: read.extend(texts) or honest(texts, told))
    Memory.open(tmp_path / "索引", "甲").of_submissions(papers)
    assert len(read) == 2  # one new paper, with and without its places


def test_other_code_starts_afresh(papers, tmp_path) -> None:
    Memory.empty("甲").of_submissions(papers).save(tmp_path / "索引", {})
    assert Memory.open(tmp_path / "索引", "乙").ids == ()
    assert Memory.open(tmp_path / "没有", "甲").ids == ()


def test_a_kill_while_saving_leaves_the_old_memory(papers, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "索引"
    Memory.empty("甲").of_submissions(papers[:2]).save(folder, {})
    monkeypatch.setattr(np, "save", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Memory.empty("甲").of_submissions(papers).save(folder, {})
    assert len(Memory.open(folder, "甲").ids) == 2


def test_the_nearest_are_told_with_their_unit(papers, submission, tmp_path) -> None:
    Memory.empty("甲").of_submissions(papers).save(tmp_path / "索引", {"路灯": "农业农村局"})
    asked = submission("关于安装路灯的建议", "高岭村没有路灯，建议安装太阳能路灯。")
    (first, score, unit), (second, other, _), *_ = nearest(tmp_path / "索引", asked, 4)
    assert {first, second} == {"路灯", "路灯二"}
    assert score >= other > 0.1
    assert "农业农村局" in {unit, dict((k, u) for k, _, u in nearest(tmp_path / "索引", asked, 4))["路灯"]}
    (same, cosine, _), *_ = nearest(tmp_path / "索引", papers[3], 1)
    assert same == "河道"
    assert cosine == pytest.approx(1.0, abs=0.01)


def test_a_theme_keeps_its_id_when_a_year_is_added(papers, submission) -> None:
    old = themes(papers, matches(papers), {})
    assert len(old) == 1
    more = [
        submission(
            f"关于路灯的建议{n}", MATTERS["路灯"].replace("石桥", place) + "请尽快安装。", id=f"新{n}", year=2025
        )
        for n, place in enumerate(("东沟", "上坪", "南塘"))
    ]
    everything = [*papers, *more]
    plain = themes(everything, matches(everything), {})
    kept = themes(everything, matches(everything), {}, None, old)
    assert [t.members for t in kept] == [t.members for t in plain]
    assert old[0].id in {t.id for t in kept}
    assert len({t.id for t in kept}) == len(kept)
