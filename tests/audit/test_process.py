"""Rules X01, X03, X05: time limits with extensions, co-units, letters of one round that contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.audit import Case, audit
from pipeline.parse.commitments import commitments
from pipeline.profile import Profile
from tests.audit.letters import reply, submission

HANDED = date(2025, 2, 20)
ANSWER = "三组渡口便民桥11月30日前建成，资金86万元由县财政安排，先招标后施工。"


def found(rule: str, cases: list[Case], profile: Profile) -> list[str]:
    return [f.message for result in audit(cases, profile) for f in result.findings if f.rule == rule]


@pytest.mark.parametrize(
    ("day", "said", "late"),
    [
        (date(2025, 5, 20), "", False),
        (date(2025, 5, 21), "", True),
        (date(2025, 7, 10), "经县人大代工委同意延期答复，5月16日已书面告知您。", False),
        (date(2025, 8, 21), "经县人大代工委同意延期答复，5月16日已书面告知您。", True),
        (date(2025, 7, 10), "经县人大代工委同意，延期到7月15日答复。", False),
        (date(2025, 7, 20), "经县人大代工委同意，延期到7月15日答复。", True),
        (date(2025, 7, 10), "因汛期影响，桥梁工程延期两个月。", True),
    ],
)
def test_a_late_letter_and_what_extends_the_limit(day: date, said: str, late: bool, profile: Profile) -> None:
    case = Case(reply(said + ANSWER, day=day), submission(handed_over=HANDED))
    assert bool(found("X01", [case], profile)) == late


def test_a_limit_on_a_holiday_ends_after_it(profile: Profile) -> None:
    case = Case(reply(ANSWER, day=date(2025, 5, 6)), submission(handed_over=date(2025, 2, 1)))
    assert not found("X01", [case], profile)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("", True),
        ("我局将会同有关部门研究。", True),
        ("县水利局4月12日来函：桥址不影响行洪。", False),
        ("经与水利部门协商，桥址上移40米。", False),
        ("我局会同水利、林业等部门到现场看过。", False),
    ],
)
def test_a_co_unit_must_be_heard_in_the_letter(said: str, missing: bool, profile: Profile) -> None:
    case = Case(reply(said + ANSWER), submission(co=("水利局",)))
    assert bool(found("X03", [case], profile)) == missing


def test_a_copy_to_the_co_unit_is_no_opinion(profile: Profile) -> None:
    letter = reply(ANSWER)
    copied = letter.copied_to + "，县水利局"
    letter = replace(letter, copied_to=copied, text=letter.text.replace(letter.copied_to, copied))
    assert found("X03", [Case(letter, submission(co=("水利局",)))], profile)


def pair(left: str, right: str, profile: Profile, day: date = date(2025, 5, 22)) -> list[Case]:
    """Two letters of one round to two items on the bridge, with the promises that the parser reads in them."""
    cases = []
    for key, answer, when in (("a", left, date(2025, 5, 12)), ("b", right, day)):
        letter = reply(answer, day=when)
        at = letter.text.index(answer)
        moved = (replace(c, start=c.start + at, end=c.end + at) for c in commitments(answer, when, profile))
        asked = submission(asks=["在三组渡口修建便民桥"], id=f"s-{key}")
        cases.append(Case(replace(letter, id=f"r-{key}", commitments=tuple(moved)), asked))
    return cases


BRIDGE = "三组渡口便民桥"


@pytest.mark.parametrize(
    ("left", "right", "against"),
    [
        (f"{BRIDGE}2025年11月底前建成通行。", f"{BRIDGE}2026年10月底前建成通行。", True),
        (f"{BRIDGE}2025年11月底前建成通行。", f"{BRIDGE}2025年11月底前建成通行。", False),
        (f"{BRIDGE}2025年11月底前建成通行。", f"{BRIDGE}2025年12月15日前建成通行。", False),
        (f"{BRIDGE}2025年6月底前开工。", f"{BRIDGE}2026年10月底前建成通行。", False),
        (f"{BRIDGE}原定2025年11月底前建成。", f"{BRIDGE}2026年10月底前建成通行。", False),
        (f"{BRIDGE}2025年11月底前建成通行。", "候船亭2026年10月底前建成。", False),
        (f"{BRIDGE}总投资86万元，年底前建成。", f"{BRIDGE}总投资140万元，年底前建成。", True),
        (f"{BRIDGE}总投资86万元，年底前建成。", f"{BRIDGE}总投资87万元，年底前建成。", False),
        (f"{BRIDGE}总投资86万元，年底前建成。", f"{BRIDGE}县财政补助40万元，年底前建成。", False),
        (f"{BRIDGE}11月底前建成，资金86万元。", f"{BRIDGE}在行洪区，依法不能修建。", True),
    ],
)
def test_days_totals_and_words_that_contradict(left: str, right: str, against: bool, profile: Profile) -> None:
    told = found("X05", pair(left, right, profile), profile)
    assert bool(told) == against, told


def test_the_next_year_may_say_otherwise(profile: Profile) -> None:
    left, right = f"{BRIDGE}2025年11月底前建成通行。", f"{BRIDGE}2026年10月底前建成通行。"
    assert not found("X05", pair(left, right, profile, day=date(2026, 4, 1)), profile)
