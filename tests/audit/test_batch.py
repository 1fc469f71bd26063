"""A batch cut into portions gives the audits of the whole: what a letter's neighbours say goes along with it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import pytest

from pipeline.audit import Case, audit, audited, portions
from pipeline.profile import Profile
from tests.audit.letters import reply, submission
from tests.audit.test_content import batch
from tests.audit.test_history import GOOD, letter, with_promise


def year_of_a_unit() -> list[Case]:
    """Letters that are judged by others: swapped, of one text, with a promise repeated or contradicted, in haste."""
    swapped = batch({"桥": "医保", "医保": "桥"})
    old = with_promise(letter("a", GOOD, 2024), GOOD, "11月底前", date(2024, 11, 30))
    again, no = letter("b", GOOD, 2025), letter("c", "因三组渡口在行洪区，依法不能修建便民桥。已开通渡船2艘。", 2025)
    stock = "我局高度重视，已列入2025年计划，6月底前完成勘查，9月底前完成施工，由城建股负责，资金12万元已落实。" * 2
    copies = [
        Case(replace(reply(stock), id=f"r{n}", day=date(2025, 5, 10 + n)), submission(title, [ask], id=f"s{n}"))
        for n, (title, ask) in enumerate((("关于安装路灯的建议", "安装路灯"), ("关于增设公厕的建议", "增设公厕")))
    ]
    hasty = [
        Case(
            replace(reply(f"第{n}座桥：{GOOD}"), id=f"h{n}", day=date(2025, 5, 10 + n % 3)),
            replace(submission(id=f"t{n}"), handed_over=date(2025, 2, 14)),
        )
        for n in range(6)
    ]
    return [old, *swapped, *copies, *hasty, no, again, Case(replace(reply(GOOD), id="alone"), None)]


@pytest.fixture(scope="module")
def whole(profile: Profile) -> list[object]:
    return list(audit(year_of_a_unit(), profile))


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_portions_give_the_audits_of_the_whole(size: int, whole: list[object], profile: Profile) -> None:
    sent = (pickle.loads(pickle.dumps(portion)) for portion in portions(year_of_a_unit(), profile, size))
    assert [found for portion in sent for found in audited(portion, profile)] == whole


def test_neighbours_matter_here(whole: list[object], profile: Profile) -> None:
    alone = [found for case in year_of_a_unit() for found in audit([case], profile)]
    told, missed = ({f.rule for one in found for f in one.findings} for found in (whole, alone))  # type: ignore[attr-defined]
    assert told - missed >= {"C02", "C06", "P12", "X02", "X05"}


def test_a_portion_holds_no_more_than_it_needs(profile: Profile) -> None:
    cases = year_of_a_unit()
    assert max(len(portion.cases) for portion in portions(cases, profile, 1)) < len(cases)
    assert list(portions([], profile, 10)) == []
