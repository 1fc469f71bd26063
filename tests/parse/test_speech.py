"""Speeches as structure: demands with actor, duty, deadline and target, outline, figures (R-SPK-01, R-SPK-02)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.parse.speech import speech
from pipeline.profile import Profile
from pipeline.records import Block, Document, Kind, Speech

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def spoken(text: str, profile: Profile, kind: Kind = "讲话", blocks: tuple[Block, ...] = ()) -> Speech:
    return speech(Document("d", "讲话.txt", kind, "", text, date(2025, 3, 12), blocks), profile)


@pytest.mark.parametrize(
    ("text", "actor", "deadline", "target"),
    [
        ("各承办单位要在6月20日前书面答复代表。", "各承办单位", "6月20日前", ""),
        ("县政府督查室必须逐件回访，确保见面率达到100%。", "县政府督查室", "", "见面率达到100%"),
        ("各乡镇务必于5月底前报送台账。", "各乡镇", "5月底前", ""),
        ("严禁以会议纪要代替答复。", "", "", ""),
        ("会办单位应当在15个工作日内提出意见。", "会办单位", "15个工作日内", ""),
        ("坚决防止答非所问。", "", "", ""),
    ],
)
def test_a_demand_and_its_slots(text: str, actor: str, deadline: str, target: str, profile: Profile) -> None:
    (demand,) = spoken(text, profile).demands
    assert (demand.actor, demand.deadline, demand.target) == (actor, deadline, target)
    assert text[demand.start : demand.end] == demand.text


@pytest.mark.parametrize(
    "text",
    [
        "主要做法有三条，重要的是抓落实。",
        "今年需要办理的建议较多，需求也很集中。",
        "会议要求已经传达，各项应用全部上线。",
        "建议办理工作取得了明显成效。",
        "全县共办理建议六十件。",
    ],
)
def test_narrative_is_no_demand(text: str, profile: Profile) -> None:
    assert spoken(text, profile).demands == ()


def test_a_demand_without_subject_is_on_the_one_before(profile: Profile) -> None:
    demands = spoken("各承办单位要建立台账。要明确专人负责。\n要加强宣传。", profile).demands
    assert [demand.actor for demand in demands] == ["各承办单位", "各承办单位", ""]


def test_a_report_demands_only_what_it_says_outright(profile: Profile) -> None:
    text = "县政府办多次要求各单位按时答复，确保交办准确。下一步，各单位必须按月报送进度。"
    assert [d.text for d in spoken(text, profile, "办理情况报告").demands] == ["下一步，各单位必须按月报送进度。"]


def test_outline_figures_and_sums_come_together(profile: Profile) -> None:
    text = "一、基本情况\n共承办70件，其中建议30件、提案40件。\n二、下步工作\n（一）抓进度。\n（二）抓质量。"
    found = spoken(text, profile, "办理情况报告")
    assert [(h.number, h.level) for h in found.outline] == [("一、", 1), ("二、", 1), ("（一）", 2), ("（二）", 2)]
    assert [(f.value, f.unit) for f in found.figures] == [(70, "件"), (30, "件"), (40, "件")]
    assert [(s.says, s.holds) for s in found.sums] == [("70 = 30 + 40", True)]


def test_headings_of_the_file_stand_in_where_nothing_is_numbered(profile: Profile) -> None:
    blocks = (Block("总体要求", "heading", 1), Block("要抓紧。"), Block("时间安排", "heading", 2))
    found = spoken("总体要求\n要抓紧。\n时间安排", profile, blocks=blocks)
    assert [(h.text, h.level) for h in found.outline] == [("总体要求", 1), ("时间安排", 2)]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seeds are not here")
def test_the_seed_speeches_give_demands(profile: Profile) -> None:
    counts = {}
    for path in sorted(SEEDS.glob("*.txt")):
        kind: Kind = "办理情况报告" if path.name.startswith("004") else "讲话"
        counts[path.name[:3]] = len(spoken(path.read_text(encoding="utf-8"), profile, kind).demands)
    assert min(counts[name] for name in ("000", "001", "002", "003")) >= 10
