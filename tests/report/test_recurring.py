"""What a class of problems calls for, by its years, replies and promises."""

from datetime import date

import pytest

from pipeline.records import Commitment, Owed, Pair, Reply, Submission, Theme
from pipeline.report import Results
from pipeline.report.recurring import cases

TODAY = date(2025, 6, 1)
BARE = "路灯已列入计划，将于六月底前安装。"
RULED = "已制定《路灯管护办法》，建立长效机制。"


def asked(key: str, year: int) -> Submission:
    return Submission(key, key, key, "建议", f"关于{key}路灯的建议", "", year=year, proposers=(key,))


def letter(key: str, label: str, text: str, promise: Commitment | None = None) -> Reply:
    return Reply(f"r{key}", f"r{key}", key, "答复", "", text, label=label, commitments=(promise,) if promise else ())


def results(profile, papers: list[Submission], letters: dict[str, Reply], inbox: set[str]) -> Results:
    years = tuple(sorted({s.year or 0 for s in papers}))
    theme = Theme("t", "路灯", (), tuple(s.id for s in papers), years, (), ("石桥村", "下湾村"))
    return Results(
        submissions=papers,
        themes=[theme],
        replies=list(letters.values()),
        pairs=[Pair(reply.id, key, "编号") for key, reply in letters.items()],
        parts={s.id: "inbox" if s.id in inbox else "history" for s in papers},
        promises=[
            Owed(f"{r.id}@{c.start}", r.id, key, "", c.text, c.start, c.end, due=c.deadline_to)
            for key, r in letters.items()
            for c in r.commitments
        ],
        profile=profile,
    )


def advice(found: Results) -> dict[str, str]:
    (case,) = cases(found, TODAY)
    return dict(line.split("：", 1) for line in case.advice)


def test_several_years_of_single_answers_call_for_everything(profile) -> None:
    promise = Commitment("六月底前安装", "安装", 0, 6, deadline_to=date(2024, 6, 30))
    papers = [asked("甲", 2023), asked("乙", 2024), asked("丙", 2025), asked("丁", 2025)]
    letters = {"甲": letter("甲", "B", BARE), "乙": letter("乙", "B", BARE, promise)}
    told = advice(results(profile, papers, letters, {"丙", "丁"}))
    assert told["并案"].startswith("本次 2 件")
    assert told["续办"] == "2024年答复为B类，2025年又提"
    assert told["重点督办"] == "3年提出4件，涉及2处，2件答复没有办结，1项承诺到期未见后续"
    assert "没有一份提到制度" in told["长效机制"]


def test_a_reply_with_a_mechanism_ends_that_advice(profile) -> None:
    papers = [asked("甲", 2024), asked("乙", 2025)]
    told = advice(results(profile, papers, {"甲": letter("甲", "A", RULED)}, {"乙"}))
    assert told == {}


@pytest.mark.parametrize(("said", "again"), [("满意", True), ("不满意", False), ("", False)])
def test_content_but_asked_again_goes_on(profile, said: str, again: bool) -> None:
    from dataclasses import replace

    papers = [replace(asked("甲", 2024), satisfaction=said), asked("乙", 2025)]
    told = advice(results(profile, papers, {"甲": letter("甲", "A", RULED)}, {"乙"}))
    assert ("续办" in told) == again


def test_one_year_without_replies_calls_for_joint_handling_only(profile) -> None:
    papers = [asked("甲", 2025), asked("乙", 2025)]
    assert list(advice(results(profile, papers, {}, {"甲", "乙"}))) == ["并案"]


def test_the_heavier_class_comes_first(profile) -> None:
    light = [asked("甲", 2025), asked("乙", 2025)]
    heavy = [asked("丙", 2023), asked("丁", 2024), asked("戊", 2025)]
    both = results(profile, light + heavy, {"丙": letter("丙", "B", BARE)}, {"戊"})
    themes = [
        Theme("a", "轻", (), ("甲", "乙"), (2025,)),
        Theme("b", "重", (), ("丙", "丁", "戊"), (2023, 2024, 2025)),
    ]
    from dataclasses import replace

    assert [case.theme.label for case in cases(replace(both, themes=themes), TODAY)] == ["重", "轻"]
