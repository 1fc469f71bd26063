"""Demands of speeches against the replies: which point, which letters count, met or not, and what cannot be told."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.parse.demands import demands
from pipeline.profile import Profile
from pipeline.records import (
    Ask,
    Audit,
    Commitment,
    Coverage,
    Demand,
    Document,
    Finding,
    Pair,
    Reply,
    Speech,
    Submission,
    Verdict,
)
from pipeline.report import Results, page, rows, workbook
from pipeline.report.demanded import Check, checks
from pipeline.report.scope import falls_under, letters
from pipeline.report.yardstick import points

CASES = json.loads((Path(__file__).parents[1] / "cases" / "report_yardsticks.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:16])
def test_a_demand_makes_its_points_and_no_others_like_them(case: dict[str, object], profile: Profile) -> None:
    text = str(case["text"])
    found = demands(Document("d", "d", "讲话", "在交办会上的讲话", text), profile) or (Demand(text),)
    names = {point.name for demand in found for point in points(demand, profile)}
    assert set(case.get("points", ())) <= names  # type: ignore[call-overload]
    assert not names & set(case.get("not", ()))  # type: ignore[call-overload]


def test_a_point_within_another_is_told_once(profile: Profile) -> None:
    demand = Demand("列入计划的要写明方案、步骤、措施和时限。")
    assert [point.name for point in points(demand, profile)] == ["计划件写明方案步骤措施时限"]


def test_words_far_apart_make_no_point(profile: Profile) -> None:
    text = "措施，" + "各单位都来参加会议听取情况介绍，" * 4 + "具体"
    assert not [point for point in points(Demand(text), profile) if point.name == "措施具体"]


def test_nearly_every_rule_of_the_catalogue_can_be_demanded(profile: Profile) -> None:
    reached = {rule for point in profile.yardsticks for rule in point.rules}
    assert len(set(profile.rules) - reached) <= 4


@pytest.fixture
def office(profile: Profile) -> Results:
    """Three letters: one promises with a day, one promises without, one refuses with a reason."""
    asked = [
        Submission(
            f"s{n}", f"s{n}", f"收件/{n}.docx", "建议", f"第{n}件", "正文", number=str(n), asks=(Ask(1, "修路", 0, 2),)
        )
        for n in range(3)
    ]
    promise = Commitment("修路", "修路", 0, 2, deadline_text="9月底前", deadline_to=date(2025, 9, 30), strength="T4")
    replies = [
        Reply(f"r{n}", f"r{n}", f"答复/{n}.docx", "答复", "答复", "修路", number=str(n), unit="交通运输局",
              commitments=(promise,) if n < 2 else ())
        for n in range(3)
    ]  # fmt: skip
    states = ("列入计划", "列入计划", "解释不采纳")
    findings = (
        (),
        (Finding("r1", "P02", "error", "没有时限", "修路", 0, 2),),
        (Finding("r2", "F09", "hint", "没有结束语"),),
    )
    audits = [
        Audit(f"r{n}", f"s{n}", Verdict(f"r{n}", "通过"), findings[n], (Coverage(1, states[n]),))  # type: ignore[arg-type]
        for n in range(3)
    ]
    return Results(
        submissions=asked, replies=replies, audits=audits, profile=profile,
        pairs=[Pair(f"r{n}", f"s{n}", "编号相同") for n in range(3)],
    )  # fmt: skip


def heard(office: Results, *said: str, title: str = "在建议提案交办会上的讲话") -> list[Check]:
    told = tuple(Demand(text, start=n) for n, text in enumerate(said))
    return checks(replace(office, speeches=[Speech("z", "z", "讲话/1.docx", "讲话", title, "", demands=told)]))


def test_only_letters_that_a_rule_is_about_are_counted(office: Results) -> None:
    (time,) = heard(office, "承诺的事项要明确完成时间。")
    assert (time.checked, time.met, time.outcome) == (2, 1, "部分达到")
    assert [reply.id for reply in time.unmet] == ["r1"]
    (reason,) = heard(office, "不能采纳的要说明理由。")
    assert (reason.checked, reason.met, reason.outcome) == (1, 1, "达到")


def test_a_hint_on_format_is_no_breach(office: Results) -> None:
    by_rules = next(check for check in heard(office, "答复要符合公文格式。") if len(check.by) > 1)
    assert (by_rules.checked, by_rules.met) == (3, 3)


def test_a_demanded_rate_is_compared(office: Results) -> None:
    rated = replace(
        office, submissions=[replace(s, satisfaction="满意" if s.id != "s0" else "不满意") for s in office.submissions]
    )
    low, high = heard(rated, "满意率要达到95%以上。", "满意率不低于60%。")
    assert (low.outcome, low.checked, low.met, low.why) == ("未达到", 3, 2, "要求 95.0%，现为 66.7%")
    assert high.outcome == "达到"


def test_each_of_two_rates_has_its_own_target(office: Results) -> None:
    rated = replace(office, submissions=[replace(s, satisfaction="满意") for s in office.submissions])
    found = {check.by: check for check in heard(rated, "解决率要达到60%，满意率要达到100%。")}
    assert found["满意率",].outcome == "达到"
    assert found["解决率",].outcome == "无法检查"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("单位一把手要亲自抓。", "属于单位内部的领导和分工"),
        ("会场要保持安静。", "规则目录里没有检查这一点的规则"),
        ("见面率要达到100%。", "没有一份答复写明见面"),
        ("要向上级争取支持。", "没有适用的答复"),
    ],
)
def test_what_cannot_be_checked_says_why(office: Results, said: str, why: str) -> None:
    (check,) = heard(office, said)
    assert (check.outcome, check.checked, check.share) == ("无法检查", 0, None)
    assert why in check.why


def test_demands_on_other_work_are_left_out(office: Results) -> None:
    (check,) = heard(office, "要逐一核对47个小区，明确改造时限。", title="在老旧小区改造推进会上的讲话")
    assert check.why == "不是对办理、答复的要求"
    (check,) = heard(office, "代表提的意见要逐条答复。", title="在老旧小区改造推进会上的讲话")
    assert check.point == "逐条回应"


def test_a_rule_that_is_switched_off_checks_nothing(office: Results, profile: Profile) -> None:
    off = {name: replace(rule, enabled=False) for name, rule in profile.rules.items()}
    (check,) = heard(replace(office, profile=replace(profile, rules=off, digest="off")), "不能采纳的要说明理由。")
    assert check.why == "规则 P10、L04 没有启用"


def test_a_poor_scan_is_not_counted(office: Results) -> None:
    poor = replace(office, replies=[replace(reply, sure=0.5) for reply in office.replies])
    assert letters(poor) == []


def test_a_found_fault_counts_wherever_it_is_found(office: Results) -> None:
    first, _, refusal = letters(office)
    assert not falls_under(refusal, "P02")
    assert falls_under(
        replace(refusal, audit=replace(refusal.audit, findings=(Finding("r2", "P02", "error", ""),))), "P02"
    )
    assert not falls_under(first, "F16")


def test_the_sheet_the_page_and_the_rows_agree(office: Results, tmp_path: Path) -> None:
    told = (
        Demand("承诺的事项要明确完成时间。", actor="各单位", start=3, end=9),
        Demand("单位一把手要亲自抓。", start=20),
    )
    results = replace(office, speeches=[Speech("z", "z", "讲话/1.docx", "讲话", "在交办会上的讲话", "", demands=told)])
    workbook(results, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["对照要求"]
    titles = [cell.value for cell in sheet[1]]
    first, second = (dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=2))
    assert [first[name].value for name in ("检查数", "符合", "不符合", "符合率", "结果")] == [
        2,
        1,
        1,
        "50.0%",
        "部分达到",
    ]
    assert first["不符合"].hyperlink.location == "'答复审核'!A3"
    assert first["不符合的答复"].value == "1（交通运输局）"
    assert second["结果"].value == "无法检查"
    row, other = rows("yardsticks", results)
    assert (row["checked"], row["met"], row["unmet"], row["by"]) == (2, 1, ["r1"], ["P02", "L03"])
    assert (other["share"], other["outcome"]) == (None, "无法检查")
    page(results, tmp_path / "a.html", "云禾县")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "读到要求 2 条，其中 1 条能对照答复检查" in text
    assert "写明时限" in text
