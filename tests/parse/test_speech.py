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
        ("第六条 承办单位收到建议后，应在5日内清点。", "承办单位", "5日内", ""),
        ("县政府督查室应对办理质量逐件检查。", "县政府督查室", "", ""),
        ("各单位要力争见面率、办结率、满意率100%。", "各单位", "", "见面率、办结率、满意率100%"),
        ("能办的事情应尽快办好。", "", "", ""),
        ("三个月内难以办结的，要及时说明原因。", "", "", ""),
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
        "但我们也要看到，少数单位办理还不够细。",
        "做好办理工作，要从以下三个方面着手。",
    ],
)
def test_narrative_is_no_demand(text: str, profile: Profile) -> None:
    assert spoken(text, profile).demands == ()


def test_a_notice_tells_a_unit_also_without_a_word_of_duty(profile: Profile) -> None:
    text = "各承办单位在同委员见面以后，及时向县政府报告办理情况。"
    assert [d.actor for d in spoken(text, profile, "通知").demands] == ["各承办单位"]
    assert spoken(text, profile).demands == ()


def test_a_demand_without_subject_is_on_the_one_before(profile: Profile) -> None:
    demands = spoken("各承办单位要建立台账。要明确专人负责。\n要加强宣传。", profile).demands
    assert [demand.actor for demand in demands] == ["各承办单位", "各承办单位", ""]


def test_a_report_demands_only_what_it_says_outright(profile: Profile) -> None:
    text = "县政府办多次要求各单位按时答复，确保交办准确。下一步，各单位必须按月报送进度。"
    assert [d.text for d in spoken(text, profile, "办理情况报告").demands] == ["下一步，各单位必须按月报送进度。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "督查室要在6月底前集中督查，各承办单位务必于8月31日前办结。",
            [("督查室", "6月底前"), ("各承办单位", "8月31日前")],
        ),
        ("4月底前走访率要达到95%以上，10月底前要逐件回头看。", [("", "4月底前"), ("", "10月底前")]),
        ("县政府督查室每半月通报一次进度。", [("县政府督查室", "每半月")]),
        ("各单位8月25日前报送正式复函。", [("各单位", "8月25日前")]),
        ("县交通局牵头，5月底前完成初稿，县财政局同步测算补贴。", [("县交通局", "5月底前"), ("县财政局", "")]),
        ("请县政协提案委继续跟踪监督。", [("县政协提案委", "")]),
        ("希望县水利局以此为契机，改进作风。", [("县水利局", "")]),
        ("对两次排名末位的，由县政府办公室约谈。", [("县政府办公室", "")]),
        ("大家务必要严肃对待。", [("大家", "")]),
        ("切忌照抄照搬。", [("", "")]),
        (
            "县人大常委会将落实督办制度，6月份和10月份，由主任领衔督办；11月底听取报告。",
            [("县人大常委会", "6月份、10月份"), ("县人大常委会", "11月底")],
        ),
    ],
)
def test_each_unit_and_each_limit_is_a_demand_of_its_own(
    text: str, expected: list[tuple[str, str]], profile: Profile
) -> None:
    found = spoken(text, profile).demands
    assert [(demand.actor, demand.deadline) for demand in found] == expected
    assert all(text[demand.start : demand.end] == demand.text for demand in found)


@pytest.mark.parametrize(
    "text",
    [
        "件件都要满意，做得到吗？",
        "站位要高。",
        "为政之要，在于落实。",
        "今年要办成的几件实事，都在城区。",
        "去年12月底前，各单位办结了全部建议。",
        "请予审议。",
        "各乡镇要",
    ],
)
def test_a_question_a_slogan_or_the_past_is_no_demand(text: str, profile: Profile) -> None:
    assert spoken(text, profile).demands == ()


def test_plans_of_a_report_count_where_it_looks_ahead(profile: Profile) -> None:
    text = "一、主要做法\n3月底前，逐件走访代表。\n二、下步打算\n6月底前，逐件回访代表。"
    assert [d.text for d in spoken(text, profile, "办理情况报告").demands] == ["6月底前，逐件回访代表。"]


def test_a_heading_ends_before_the_text_that_is_glued_to_it(profile: Profile) -> None:
    text = (
        "一、统一思想，充分认识民主评议的重要性政协对部门开展评议，是履行职能的重要形式，也是改进作风的有力抓手。"
        "二、压实责任，推动整改落地见效县委对这项工作十分重视，常委会会议专门研究，书记多次过问，提出明确意见和殷切希望。"
    )
    assert [h.text for h in spoken(text, profile).outline] == [
        "统一思想，充分认识民主评议的重要性",
        "压实责任，推动整改落地见效",
    ]


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
