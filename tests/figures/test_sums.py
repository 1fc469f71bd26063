"""Named figures of reports and their arithmetic (R-STA-02)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.figures import checks, named

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("本年共承办63件，其中建议25件，提案38件。", [("63 = 25 + 38", True)]),
        ("本年共承办63件，其中建议25件，提案36件。", [("63 ≠ 25 + 36（合计 61）", False)]),
        (
            "收回测评表318份，满意301份，占94.7%，不满意19份。",
            [("318 ≠ 301 + 19（合计 320）", False), ("301 ÷ 318 = 94.7%", True)],
        ),
        ("收回测评表320份，其中满意301份，占96.1%。", [("301 ÷ 320 ≠ 96.1%（应为 94.06%）", False)]),
        ("概算500万元，其中县级300万元、乡镇200万元。", [("500 = 300 + 200", True)]),
        ("共80件，其中重点件90件。", [("部分大于总数：90 > 80", False)]),
        ("道路类31件、教育类24件、其他11件，共68件。", [("68 ≠ 31 + 24 + 11（合计 66）", False)]),
        ("道路类31件、教育类24件、其他11件，共66件。", [("66 = 31 + 24 + 11", True)]),
        ("见面率达到108%。", [("见面率 108% 超过 100%", False)]),
        ("全县共承办代表建议31件、委员提案44件。", []),
        ("收到建议31件，提案44件。", []),
        (
            "三年来共提出建议640件。2021年210件、2022年214件、2023年226件。",
            [("640 ≠ 210 + 214 + 226（合计 650）", False)],
        ),
        ("共收到建议90件。甲类30件、乙类40件、丙类20件。", [("90 = 30 + 40 + 20", True)]),
        (
            "共收到建议200件。A类120件，占60%；B类60件，占40%；C类20件，占10%。",
            [
                ("120 ÷ 200 = 60%", True),
                ("60 ÷ 200 ≠ 40%（应为 30.0%）", False),
                ("20 ÷ 200 = 10%", True),
            ],
        ),
        ("代表建议共80件。满意78件、基本满意4件。", [("部分之和大于总数：78 + 4 = 82 > 80", False)]),
    ],
)  # fmt: skip
def test_sums_are_checked(text: str, says: list[tuple[str, bool]]) -> None:
    assert [(check.says, check.holds) for check in checks(text)] == says


@pytest.mark.parametrize(
    "text",
    [
        "去年办理100件，今年办理60件，其中满意45件。",
        "共120件，其中重点20件、联名15件。",
        "产值增长120%，完成年度任务的135%。",
        "去年投入3000万元。今年道路1500万元、桥梁1000万元、绿化450万元。",
        "新建公路12公里。改造渠道3公里、管网2公里、围墙1公里。",
        "涉及18个单位、240户群众。",
        "共召开会议3次，走访代表45人。",
    ],
)
def test_what_cannot_be_checked_is_left_alone(text: str) -> None:
    assert checks(text) == []


def test_figures_come_with_their_names() -> None:
    text = (
        "全年共收到人大代表建议41件、政协提案76件，分解到19个承办单位，"
        "按期答复率100%，解决或基本解决的占总件数的58.5%。"
    )
    found = [(f.name, f.value, f.unit) for f in named(text)]
    assert found == [
        ("人大代表建议", 41, "件"), ("政协提案", 76, "件"), ("承办单位", 19, "个"), ("按期答复率", 100, "%"),
        ("解决或基本解决", 58.5, "%"),
    ]  # fmt: skip
    assert all(text[f.start : f.end] == f.text for f in named(text))


def test_a_number_that_lost_its_unit_keeps_its_name() -> None:
    assert [(f.name, f.value, f.unit) for f in named("办理代表建议96委员提案150件")] == [
        ("代表建议", 96, ""),
        ("委员提案", 150, "件"),
    ]


def _seed(start: str) -> str:
    return next(SEEDS.glob(f"{start}*")).read_text(encoding="utf-8")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seeds are not here")
def test_the_seed_figures_add_up() -> None:
    values = {(f.value, f.unit) for f in named(_seed("000"))}
    assert {(82, "件"), (27, "件"), (55, "件"), (27, "个"), (65, "%"), (98, "%")} <= values
    assert [f.name for f in named(_seed("000")) if f.unit == "%"][1:2] == ["答复意见规范率"]
    assert [check.says for check in checks(_seed("000"))] == ["82 = 27 + 55"]
    assert [check.says for check in checks(_seed("004"))] == ["140 = 135 + 5"]
    assert (227, "件") in {(f.value, f.unit) for f in named(_seed("004"))}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("今年共承办建议86件、提案104件，合计190件。", True),
        ("交办建议86件、提案104件，共191件，办结180件。", False),
    ],
)
def test_a_total_at_the_end_sums_up_what_stands_before_it(text: str, holds: bool) -> None:
    (found,) = checks(text)
    assert (found.holds, "部分大于总数" in found.says) == (holds, False)
