from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from pipeline.route import Router, joint, train
from pipeline.route.called import Calls
from pipeline.route.model import Model


@pytest.fixture(scope="module")
def called(router: Router):
    calls = Calls(router.profile, {})
    return lambda text: [unit for unit, _ in calls.places(text, ())]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("请交警优化路口信号", ["公安局"]),
        ("水政人员联合公安开展夜间检查", ["公安局"]),
        ("由水利、供电、财政三家碰头定下来", ["水利局", "供电公司", "财政局"]),
        ("自然资源、林业部门保障指标", ["自然资源局", "林业局"]),
        ("请县财政安排八十万元", ["财政局"]),
        ("由街道牵头成立调解队", ["街道办事处"]),
        ("请水利会同镇里检查渠道", ["水利局", "乡镇人民政府"]),
        ("两个街道的路灯都不亮", []),
        ("由电力线路老化引起的火灾", []),
        ("完善水利、交通等基础设施", []),
        ("均衡教育、医疗等资源", []),
    ],
)
def test_short_names_are_calls_only_where_something_is_to_be_done(called, text, units):
    assert list(dict.fromkeys(called(text))) == units


def test_a_street_joins_where_homes_in_town_are_the_matter(router, paper):
    (homes,) = router.route([paper("关于规范锦绣家园小区物业收费的建议", "", ["公开物业费收支"])])
    (firm,) = router.route([paper("关于提高物业企业服务水平的建议", "", ["评选优秀物业企业"])])
    assert "街道办事处" in homes.co
    assert "街道办事处" not in firm.co


def test_an_upper_body_is_reached_through_its_bureau(router, paper):
    (route,) = router.route([paper("关于清理208国道两侧杂草的建议")])
    assert route.mode == "向上级反映"
    assert route.lead == "交通运输局"
    assert route.co[0] == "公路事务中心"


def test_an_office_that_only_tells_where_is_not_called(router, paper):
    (route,) = router.route([paper("关于翻修油坊巷路面的建议", "路面坑洼。", ["统计局宿舍一段重新铺沥青"])])
    assert "统计局" not in route.co


def test_a_paper_whose_only_ask_is_its_title_is_read_whole(router, paper):
    body = "巷口早晚高峰拥堵。请交警优化巷口信号配时，加强违停管理。"
    (route,) = router.route([paper("关于打通城北支路断头路的建议", body, ["关于打通城北支路断头路的建议"])])
    assert "公安局" in (*route.co, route.lead)


def test_a_tie_names_the_rule_that_decides(router):
    boundaries = router._scales.boundaries
    at = next(r for r, rule in enumerate(boundaries.rules) if rule.note and rule.co)
    rule, strengths = boundaries.rules[at], np.zeros(len(boundaries.rules))
    assert boundaries.between(rule.co[0], rule.lead, strengths) == ""
    strengths[at] = 1.0
    assert rule.note in boundaries.between(rule.co[0], rule.lead, strengths)


def test_letters_are_believed_less_than_proposals(router, paper):
    asks = ["把街边的路灯修好", "晚上派人巡查路灯"]
    plain = paper("街上路灯不亮", "县城北街路灯坏了多盏。", asks)
    letter = paper("街上路灯不亮了", "尊敬的领导，您好！县城北街路灯坏了多盏。", asks)
    first, second = (route.candidates[0] for route in router.route([plain, letter]))
    assert first.name == second.name
    assert first.score > second.score


def _register() -> tuple[sparse.csr_matrix, list[str], list[set[str]]]:
    """A hundred rows: the roads bureau calls in the treasury where the first word stands, the school bureau never."""
    words = np.array([[row % 2, row % 3 == 0, 1.0] for row in range(100)], dtype=np.float64)
    leads = ["交通运输局" if row % 4 < 2 else "教育局" for row in range(100)]
    co = [
        {"财政局"} if lead == "交通运输局" and word else {"公安局"}
        for lead, word in zip(leads, words[:, 0], strict=True)
    ]
    return sparse.csr_matrix(words), leads, co


def test_co_units_are_learned_from_lead_and_words_together():
    words, leads, co = _register()
    found = joint.fit(words, leads, co, [()] * 100)
    assert found is not None
    learned, scores = found
    assert scores["f1"] > 0.9 > scores["f1_catalogue"]
    chances = learned.chances(words, leads, [()] * 100)
    assert {*learned.chosen(chances[1], "交通运输局", ())} == {"财政局"}
    assert "税务局" in learned.chosen(chances[1], "交通运输局", ("税务局",))
    assert "财政局" not in learned.chosen(chances[1], "财政局", ())
    again = joint.Joint.of(learned.arrays())
    assert np.allclose(again.chances(words, leads, [()] * 100), chances, atol=1e-4)


def test_a_catalogue_that_knows_as_much_is_kept():
    words, leads, co = _register()
    assert joint.fit(words, leads, co, co) is None
    assert joint.fit(words[:20], leads[:20], co[:20], [()] * 20) is None


def test_models_keep_learned_co_units(tmp_path, profile, paper):
    roads = [paper(f"关于修补第{n}段县道的建议", "路面破损。", id=f"r{n}") for n in range(60)]
    schools = [paper(f"关于给第{n}小学配备课桌的建议", "课桌破旧。", id=f"s{n}") for n in range(40)]
    rows = [replace(s, lead="交通运输局", co=("气象局",)) for s in roads]
    rows += [replace(s, lead="教育局", co=("财政局",)) for s in schools]
    model = train(rows, profile)
    assert model is not None
    assert model.joint is not None
    model.save(tmp_path)
    (route,) = Router(profile, Model.load(tmp_path)).route([roads[0]])
    assert "气象局" in route.co
    assert any("往年" in reason.says and "气象局" in reason.says for reason in route.reasons)
