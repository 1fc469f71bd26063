"""A place or an amount of a letter that stands where the submission has another one (C07), and what only looks so."""

import pytest

from pipeline.audit import audit
from pipeline.audit.elsewhere import retitled
from pipeline.audit.places import places
from pipeline.profile import Profile
from tests.audit.letters import case

TITLE = "关于硬化湾里村四组入户路的建议"
ASKS = ["把湾里村四组2.6公里入户路铺成水泥路", "在村口装太阳能路灯35盏"]


@pytest.mark.parametrize(
    "answer",
    [
        "石柳村四组2.6公里入户路9月底前铺成水泥路，由公路股负责。村口35盏太阳能路灯已装好。",
        "湾里村四组3.9公里入户路9月底前铺成水泥路，由公路股负责。村口35盏太阳能路灯已装好。",
        "湾里村四组2.6公里入户路9月底前铺成水泥路，由公路股负责。村口53盏太阳能路灯已装好。",
        "湾里村四组2.6公里入户路9月底前铺成水泥路，由公路股负责。村口已装太阳能路灯20盏。",
        "石柳村入户路9月底前铺成水泥路，由公路股负责。石柳村口35盏太阳能路灯已装好。",
    ],
)
def test_another_place_or_amount_is_told(answer: str, profile: Profile) -> None:
    [result] = audit([case(answer, ASKS, TITLE)], profile)
    assert "C07" in {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    "answer",
    [
        "湾里村四组2.6公里入户路9月底前铺成水泥路，由公路股负责。村口35盏太阳能路灯已装好。",
        "湾里村四组入户路实测2.9公里，9月底前铺成水泥路。村口35盏太阳能路灯已装好。",
        "湾里村四组入户路先做其中1.5公里，其余明年完成。村口35盏太阳能路灯已装好。",
        "湾里村四组2.6公里入户路9月底前铺成水泥路。村口太阳能路灯已装20盏，另外15盏年底前装好。",
        "湾里村四组不宜硬化，改在石柳村四组铺2.6公里入户路。村口35盏太阳能路灯已装好。",
        "湾里村四组2.6公里入户路9月底前铺成水泥路，投资88万元，宽3.5米。村口35盏太阳能路灯已装好。",
        "白河镇湾里村四组2.6公里入户路9月底前铺成水泥路。村口35盏太阳能路灯已装好。",
        "经查，湾里村四组2.6公里入户路9月底前铺成水泥路。全县去年铺路120公里，白杨村、石柳村已先做。村口35盏路灯已装。",
    ],
)
def test_more_exact_explained_or_further_ones_are_no_fault(answer: str, profile: Profile) -> None:
    [result] = audit([case(answer, ASKS, TITLE)], profile)
    assert "C07" not in {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        ("关于硬化石柳村四组入户路的建议", ("湾里村", "石柳村")),
        ("关于湾里村四组入户路的建议", None),
        ("关于尽快硬化湾里村四组入户路的建议", None),
        ("关于修建湾里村四组入户路的建议", None),
    ],
)
def test_a_title_with_another_place_is_another_title(cited: str, told: tuple[str, str] | None) -> None:
    assert retitled(cited, TITLE) == told


def test_words_are_no_places() -> None:
    assert places("4月起街道到场，新增路灯，乡镇配合，村支书签字", sure=True) == {}
