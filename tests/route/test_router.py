from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.records import Submission
from pipeline.route import Router

CASES = Path(__file__).parent.parent / "cases"
TITLES = json.loads((CASES / "route_titles.json").read_text(encoding="utf-8"))
MODES = json.loads((CASES / "route_modes.json").read_text(encoding="utf-8"))


def test_bare_titles_reach_their_units(router, paper):
    routes = router.route([paper(case["title"]) for case in TITLES])
    ranked = [[candidate.name for candidate in route.candidates] for route in routes]
    first = [names[0] in case["leads"] for names, case in zip(ranked, TITLES, strict=True)]
    three = [bool({*names[:3]} & {*case["leads"]}) for names, case in zip(ranked, TITLES, strict=True)]
    assert sum(first) >= 0.9 * len(TITLES), [c["title"] for c, ok in zip(TITLES, first, strict=True) if not ok]
    assert sum(three) >= 0.95 * len(TITLES)


@pytest.mark.parametrize("case", MODES, ids=[case["name"] for case in MODES])
def test_modes(router, paper, case):
    (route,) = router.route([paper(case["title"], case["body"], case["asks"])])
    assert route.mode in case["mode"], route
    if case["lead"]:
        assert route.lead in case["lead"], route
    assert {*case.get("co", ())} <= {*route.co}
    assert not {*case.get("not_co", ())} & {*route.co}
    flags = " ".join(route.flags)
    assert case.get("flag", "") in flags
    assert "not_flag" not in case or case["not_flag"] not in flags


def test_abstention_says_why_and_still_ranks(router, paper):
    routes = router.route([paper(case["title"], case["body"], case["asks"]) for case in MODES])
    for route in routes:
        assert route.needs_person == (route.lead is None) == bool(route.why)
        assert not route.needs_person or route.mode in ("需人工研判", "分办")
        assert len({candidate.name for candidate in route.candidates}) >= 5
        scores = [candidate.score for candidate in route.candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_reasons_quote_the_text(router, paper):
    submissions = [paper(case["title"], case["body"], case["asks"]) for case in MODES]
    for submission, route in zip(submissions, router.route(submissions), strict=True):
        quoted = [reason for reason in route.reasons if reason.start >= 0]
        assert all(submission.text[reason.start : reason.end] == reason.quote for reason in quoted)
        assert quoted or route.lead is None


def test_every_ask_is_routed(router, paper):
    asks = ["清理柳河河道垃圾", "给村小学配备校医", "在村口增设红绿灯"]
    (route,) = router.route([paper("关于石桥村几个问题的建议", "", asks)])
    assert [ask.ordinal for ask in route.asks] == [1, 2, 3]
    assert route.asks[2].lead == "公安局"


def test_own_unit_is_flagged(router, paper):
    (route,) = router.route([paper("关于扩建县二小操场的建议", proposers=("林一（教育局）",))])
    assert route.lead == "教育局"
    assert any(flag.startswith("谁提谁办") for flag in route.flags)
    (other,) = router.route([paper("关于扩建县二小操场的建议", proposers=("林一（水利局）",))])
    assert not any(flag.startswith("谁提谁办") for flag in other.flags)


def test_vague_paper_gets_at_most_three_questions(router, paper):
    (route,) = router.route([paper("关于加强管理的建议", "请重视。")])
    (flag,) = [flag for flag in route.flags if flag.startswith("要素不全")]
    assert 1 <= flag.count("？") <= 3


def test_a_batch_is_routed_as_its_members_are(router, paper):
    submissions = [paper(case["title"], case["body"], case["asks"]) for case in MODES]
    together = router.route(submissions)
    assert together == [router.route([submission])[0] for submission in submissions]
    assert together == router.route(submissions)
    assert router.route([]) == []


def test_a_router_can_be_sent_to_a_worker(router, paper):
    submission = paper("关于更换背街小巷路灯的建议")
    assert pickle.loads(pickle.dumps(router)).route([submission]) == router.route([submission])


def test_a_town_of_the_profile_joins(profile, paper):
    unit = replace(profile.units[0], name="青石镇人民政府", system="乡镇", aliases=(), triggers=(), duties=())
    own = Router(replace(profile, towns=("青石镇",), units=(*profile.units, unit)))
    asks = ["修复青石镇到邻镇的县道", "请财政部门安排资金"]
    (route,) = own.route([paper("关于修复青石镇县道的建议", "", asks)])
    assert route.lead == "交通运输局"
    assert "青石镇人民政府" in route.co


def test_a_title_that_the_text_lacks_is_read_too(router):
    submission = Submission("1", "1", "a.xlsx#2", "建议", "关于新建公办幼儿园的建议", "群众盼望已久。")
    (route,) = router.route([submission])
    assert route.candidates[0].name == "教育局"
    assert all(reason.start == -1 for reason in route.reasons if "幼儿园" in reason.quote)


@pytest.mark.parametrize("text", ["", "\n\n", "😀" * 5, "\ud800", "。；！" * 40, "a" * 3000])
def test_strange_texts_are_routed_to_a_person(router, text):
    (route,) = router.route([Submission("1", "1", "x", "提案", "", text)])
    assert route.needs_person
    assert len(route.candidates) == 5


def cases(name: str):
    return pytest.mark.parametrize(
        "case", rows := json.loads((CASES / name).read_text(encoding="utf-8")), ids=[row["name"] for row in rows]
    )


@cases("route_place.json")
def test_the_thing_asked_about_outweighs_its_place(router, paper, case):
    (route,) = router.route([paper(case["title"])])
    assert route.candidates[0].name in case["leads"], route
    assert route.candidates[0].name not in case.get("not_first", ())


@cases("route_above.json")
def test_what_the_county_cannot_decide_is_passed_on(router, profile, paper, case):
    (route,) = router.route([paper(case["title"], "", case["asks"])])
    assert (route.mode == "向上级反映") == case["above"], route
    assert not case["leads"] or route.lead in case["leads"], route
    if case["above"]:
        assert next(unit for unit in profile.units if unit.name == route.lead).system in ("政府", "垂直")


@cases("route_person.json")
def test_what_a_person_must_decide(router, paper, case):
    (route,) = router.route([paper(case["title"], case["body"], case["asks"])])
    assert route.needs_person == case["person"], route


@cases("route_co.json")
def test_who_joins(router, paper, case):
    (route,) = router.route([paper(case["title"], case["body"], case["asks"])])
    assert not case["lead"] or route.lead == case["lead"], route
    assert {*case["co"]} <= {*route.co, route.lead}
    assert not {*case["not_co"]} & {*route.co}


def test_reasons_speak_for_the_decision(router, paper):
    submissions = [paper(case["title"], case["body"], case["asks"]) for case in MODES]
    for route in (route for route in router.route(submissions) if route.lead):
        for reason in route.reasons:
            if "边界规则" in reason.says:
                assert f"由{route.lead}主办" in reason.says
        for unit in route.co:
            assert any(reason.says.startswith("会办依据") for reason in route.reasons), (unit, route)
        assert sum(reason.says.startswith("会办依据") for reason in route.reasons) == len(route.co)


def test_a_title_out_of_a_table_is_quoted_as_the_text_has_it(router):
    text = "题　目\t关于疏浚ＡＢ河道的建议\n河道淤积。"
    submission = Submission("1", "1", "a.docx", "建议", "题目关于疏浚AB河道的建议", text)
    (route,) = router.route([submission])
    assert route.lead == "水利局"
    assert any(reason.quote for reason in route.reasons)
    assert all(text[r.start : r.end] == r.quote for r in route.reasons if r.quote)
