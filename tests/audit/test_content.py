"""Rules C, coverage, relevance and abstention: whether the letter answers what was asked (§5-B)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audit import Case, audit
from pipeline.audit.letter import matter, parts
from pipeline.audit.rules import RULES
from pipeline.profile import Profile, default_folder, load
from tests.audit.letters import ASK, case, reply, submission

MATTERS: dict[str, tuple[str, str, str]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "audit_matters.json").read_text(encoding="utf-8")
)
"""Title, ask and a good answer of unlike matters."""


def batch(swap: dict[str, str] | None = None) -> list[Case]:
    cases = []
    for name, (title, ask, _) in MATTERS.items():
        answer = MATTERS[(swap or {}).get(name, name)][2]
        letter = replace(reply(answer, matter=title[2:-3]), id=f"r-{name}")
        cases.append(Case(letter, submission(title, [ask], id=f"s-{name}")))
    return cases


def rules_of(cases: list[Case], profile: Profile) -> list[set[str]]:
    return [{f.rule for f in result.findings} for result in audit(cases, profile)]


def test_a_batch_of_good_letters_raises_nothing(profile: Profile) -> None:
    assert rules_of(batch(), profile) == [set()] * len(MATTERS)
    assert {result.verdict.gate for result in audit(batch(), profile)} == {"通过"}


def test_swapped_answers_are_found_and_the_rest_stays_silent(profile: Profile) -> None:
    results = audit(batch({"桥": "医保", "医保": "桥"}), profile)
    for name, result in zip(MATTERS, results, strict=True):
        wrong = {f.rule for f in result.findings} & {"C01", "C02"}
        assert bool(wrong) == (name in ("桥", "医保")), name
        assert (result.verdict.gate == "退回重写") == (name in ("桥", "医保"))
    relevant = [result.verdict.relevance or 0.0 for result in results]
    own = [r for name, r in zip(MATTERS, relevant, strict=True) if name not in ("桥", "医保")]
    assert max(relevant[0], relevant[4]) < min(own)


def test_relevance_orders_single_pairs_too(profile: Profile) -> None:
    names = list(MATTERS)
    right = [audit([c], profile)[0].verdict.relevance or 0.0 for c in batch()]
    shifted = dict(zip(names, names[1:] + names[:1], strict=True))
    wrong = [audit([c], profile)[0].verdict.relevance or 0.0 for c in batch(shifted)]
    assert min(right) > max(wrong)


def test_left_out_ask_is_named_and_half_of_them_is_an_error(profile: Profile) -> None:
    asks = [ASK, "给三组老人发放过渡船票补贴", "在渡口安装救生设备"]
    good = "一、便民桥。三组渡口便民桥11月底前建成，由局农村公路股负责，先招标后施工。"
    [result] = audit([case(good + "\n二、救生设备。5月6日已在渡口安装救生圈8个。", asks)], profile)
    assert [c.state for c in result.coverage] == ["列入计划", "未回应", "已采纳落实"]
    [finding] = [f for f in result.findings if f.rule == "C03"]
    assert finding.severity == "warn" and "船票补贴" in finding.message
    [result] = audit([case(good, asks)], profile)
    assert [f.severity for f in result.findings if f.rule == "C03"] == ["error"]


def test_one_open_ask_of_a_letter_to_the_point_is_a_warning(profile: Profile) -> None:
    good = "三组渡口便民桥11月底前建成，由局农村公路股负责，先招标后施工。"
    [result] = audit([case(good, [ASK, "给老人发放渡船票补贴"])], profile)
    assert [f.severity for f in result.findings if f.rule == "C03"] == ["warn"]


@pytest.mark.parametrize(
    ("ask", "severity"),
    [
        ("为什么渡船票涨了价", "hint"),
        ("老人坐渡船还要交钱吗？", "hint"),
        ("恳请领导替我们老人做主", "hint"),
        ("二是从去年公布的船票价格来看，涨了一倍", "hint"),
        ("安装渡船护栏", "warn"),
    ],
)
def test_only_an_ask_for_an_act_can_be_left_out(ask: str, severity: str, profile: Profile) -> None:
    good = "三组渡口便民桥11月底前建成，由局农村公路股负责，先招标后施工。"
    [result] = audit([case(good, [ASK, ask])], profile)
    assert [f.severity for f in result.findings if f.rule == "C03"] == [severity]


def test_less_than_asked_is_told_unless_explained(profile: Profile) -> None:
    asks = ["在青禾村主路安装路灯60盏"]
    title = "关于在青禾村安装路灯的建议"
    less = "青禾村主路5月6日已安装路灯40盏。"
    assert "C07" in rules_of([case(less, asks, title, label="A")], profile)[0]
    told = "青禾村主路首批5月6日已安装路灯40盏。"
    assert "C07" not in rules_of([case(told, asks, title, label="A")], profile)[0]


def test_a_copy_without_its_head_owes_no_number(profile: Profile) -> None:
    answer = "三组渡口便民桥11月底前建成，由局农村公路股负责，先招标后施工。"
    letter = (
        f"白水生代表：\n您的建议收悉。{answer}\n松溪县交通运输局\n2025年5月12日\n联系人：方同　联系电话：0560-6030001"
    )
    copy = replace(reply(answer), text=letter, cites=(), number="", reference="", title="")
    [result] = audit([Case(copy, submission())], profile)
    assert {f.severity for f in result.findings if f.rule == "F07"} == {"hint"}


def test_replacement_done_does_not_meet_a_declined_ask(profile: Profile) -> None:
    answer = "因三组渡口在行洪区，依法不能修建便民桥。作为替代，5月6日已开通渡船2艘。"
    [result] = audit([case(answer, label="C")], profile)
    assert [c.state for c in result.coverage] == ["解释不采纳"]


def test_states_quote_the_letter(profile: Profile) -> None:
    asks = [ASK, "给三组老人发放过渡船票补贴"]
    answer = (
        "（一）便民桥11月底前建成，由局农村公路股负责，先招标后施工。\n"
        "（二）关于船票补贴。因渡船已由县财政全额包干，没有采纳船票补贴。"
    )
    found = case(answer, asks)
    [result] = audit([found], profile)
    assert [c.state for c in result.coverage] == ["列入计划", "解释不采纳"]
    assert all(found.reply.text[c.start : c.end] == c.quote for c in result.coverage)


def test_stock_text_for_different_matters(profile: Profile) -> None:
    stock = (
        "我局始终坚持以人民为中心，扎实开展服务提升行动，取得明显成效。"
        "下一步，我局将进一步加大工作力度，不断提升服务水平，切实维护群众利益，努力让群众满意。"
    )
    cases = [
        Case(replace(c.reply, text=c.reply.text.replace(MATTERS[n][2], stock)), c.submission)
        for n, c in zip(MATTERS, batch(), strict=True)
    ]
    found = rules_of(cases, profile)
    assert all("C06" in rules for rules in found)
    assert all("C06" not in rules for rules in rules_of(batch(), profile))


def test_work_report(profile: Profile) -> None:
    answer = (
        "近年来，我局认真贯彻落实上级决策部署，扎实推进交通强县建设，各项工作取得显著成效，走在前列。"
        "全县累计完成公路投资3亿元，先后荣获先进单位称号，群众满意度不断提升。便民桥一事已收到。"
    )
    assert "C05" in rules_of([case(answer)], profile)[0]


def test_passing_on(profile: Profile) -> None:
    assert "C08" in rules_of([case("青禾村渡口不属于我局职责，请您与县水利局联系。")], profile)[0]
    assert "C08" in rules_of([case("您反映的问题已转县水利局阅处。")], profile)[0]
    assert "C08" not in rules_of([case("经与县水利局会商，便民桥由我局建设，11月底前建成，先招标后施工。")], profile)[0]


def test_restated_submission_is_no_answer() -> None:
    asked = "在青禾村三组渡口修建一座便民桥，方便群众出行"
    letter = f"白水生代表：\n您的建议收悉，现答复如下：\n您提出{asked}。\n便民桥11月底前建成。"
    assert [s.part for s in parts(letter, asked)][-2:] == ["quote", "body"]


def test_title_and_opening_do_not_flatter_relevance() -> None:
    assert "便民桥" not in matter(reply("答复内容。", matter="在青禾村修建便民桥").text)


def test_missing_submission_abstains_and_stays_quiet(profile: Profile) -> None:
    [result] = audit([Case(case("便民桥11月底前建成，由局农村公路股负责，先招标后施工。").reply, None)], profile)
    assert result.submission_id is None and result.verdict.relevance is None
    assert result.verdict.abstained and not result.findings


def test_unknown_label_abstains(profile: Profile) -> None:
    [result] = audit([case("便民桥11月底前建成，由局农村公路股负责，先招标后施工。", label="A1")], profile)
    assert any("A1" in reason for reason in result.verdict.abstained) and not result.findings


def test_attachment_abstains(profile: Profile) -> None:
    [result] = audit([case("便民桥办理情况详见附件。")], profile)
    assert any("附件" in reason for reason in result.verdict.abstained)


def test_every_rule_has_help_and_a_row_in_the_profile(profile: Profile) -> None:
    for rule_id, rule in RULES.items():
        assert rule_id in profile.rules, rule_id
        assert rule.__doc__, rule_id


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="一二、。；：（）1.关于建议修路桥已将计划完成不能因为2025年6月底前\n《》“”", max_size=300))
def test_any_letter_is_judged_and_quoted_verbatim(text: str) -> None:
    profile = load(default_folder())
    letter = replace(reply(""), text=text)
    [result] = audit([Case(letter, submission())], profile)
    for finding in result.findings:
        assert finding.start == -1 or text[finding.start : finding.end] == finding.quote
    for covered in result.coverage:
        assert covered.start == -1 or text[covered.start : covered.end] == covered.quote
    assert all(text[s.start : s.end] == s.text for s in parts(text, "修路"))


def test_a_letter_that_answers_several_meets_the_asks_of_each(profile: Profile) -> None:
    (bridge, asked, good), (other, wanted, met) = (MATTERS[name] for name in ("桥", "医保"))
    further = replace(submission(other, [wanted], id="s15"), number="15")
    for answer, left_out in ((f"一、{good}\n二、{met}", False), (good, True)):
        case = Case(reply(answer, matter=bridge[2:-3]), submission(bridge, [asked], id="s14"), (further,))
        [result] = audit([case], profile)
        assert [(c.submission_id, c.state == "未回应") for c in result.coverage] == [("", False), ("s15", left_out)]
        named = [f.message for f in result.findings if f.rule == "C03"]
        assert [message.startswith(f"第15号《{other}》没有回应") for message in named] == [True] * left_out
