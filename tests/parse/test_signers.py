"""Who proposes and who joins (R-ING-07), and forms without colons."""

import pytest

from pipeline.parse import parse
from pipeline.profile import Profile
from pipeline.records import Document, Submission

ASK = "北门没有路灯，天黑以后村民不敢出门，去年摔伤三人。\n建议县城管局在北门装十盏路灯。"
TITLE = "关于北门装灯的建议"


def _read(text: str, profile: Profile, title: str = TITLE) -> Submission:
    [found] = parse([Document("d", "收件/d.docx", "建议", title, text)], profile)
    assert isinstance(found, Submission)
    return found


@pytest.mark.parametrize(
    ("head", "proposers", "cosigners"),
    [
        ("领衔代表　骆冰　　附议代表　古今、唐诗", ("骆冰",), ("古今", "唐诗")),
        ("提出人：骆冰（领衔）、古今、唐诗", ("骆冰",), ("古今", "唐诗")),
        ("建议人：骆冰 柳林镇中心小学校长", ("骆冰",), ()),
        ("代 表 姓 名　骆冰", ("骆冰",), ()),
        ("领衔代表\n骆冰\n附议代表\n古今", ("骆冰",), ("古今",)),
        ("［提出人］骆冰　［联名人］古今　唐诗", ("骆冰",), ("古今", "唐诗")),
        ("县人大代表骆冰：", ("骆冰",), ()),
        ("骆冰代表提出：", ("骆冰",), ()),
        ("县人大代表、县二小校长　骆冰", ("骆冰",), ()),
        ("（民革溪口县总支部）", ("民革溪口县总支部",), ()),
        ("代表：骆冰、古今", ("骆冰", "古今"), ()),
        ("领衔代表：骆冰、古今", ("骆冰",), ("古今",)),
        ("提案人：骆冰（界别：教育）\n附议人：古今（界别：医卫）、唐诗（界别：妇联）", ("骆冰",), ("古今", "唐诗")),
        ("第一提案人：骆冰、古今、唐诗", ("骆冰",), ("古今", "唐诗")),
        ("代表　骆冰  2024年2月", ("骆冰",), ()),
        ("（农业和农村委员会）", ("农业和农村委员会",), ()),
        ("骆冰  县人大代表、县二小教师", ("骆冰",), ()),
        ("联合提案：民进溪口县委会\n　　　　　农工党溪口县委会", ("民进溪口县委会", "农工党溪口县委会"), ()),
        ("（柳林镇代表小组）", ("柳林镇代表小组",), ()),
        ("提出代表\t骆冰\t代表团\t柳林镇代表团", ("骆冰",), ()),
        ("领衔代表\t骆冰\n联名代表签名\t古今\t唐诗", ("骆冰",), ("古今", "唐诗")),
        (
            "领衔代表：骆冰•阿里（代表证号：0231）\n附议代表（共2人）：古今、唐诗（0120）",
            ("骆冰·阿里",),
            ("古今", "唐诗"),
        ),
        ("提出人：柳林镇代表团 骆冰\n附议人：柳林镇代表团 古今 唐诗。", ("骆冰",), ("古今", "唐诗")),
        ("提出人：柳林镇代表团", ("柳林镇代表团",), ()),
        ("县政协委员第三活动小组", (), ()),
        ("（县政协委员第三活动小组）", ("县政协委员第三活动小组",), ()),
        ("县人大代表建议", (), ()),
        ("代　表　建　议", (), ()),
        ("致县人大代表联络站：", (), ()),
    ],
)
def test_heads(head: str, proposers: tuple[str, ...], cosigners: tuple[str, ...], profile: Profile) -> None:
    found = _read(f"{head}\n{TITLE}\n{ASK}", profile)
    assert (found.proposers, found.cosigners) == (proposers, cosigners)
    assert found.title == TITLE


@pytest.mark.parametrize(
    ("end", "proposers"),
    [
        ("骆 冰\n2025年3月1日", ("骆冰",)),
        ("此致\n敬礼\n骆冰", ("骆冰",)),
        ("此致\n敬礼", ()),
        ("谢谢", ()),
        ("（签名）\n　　年　月　日", ()),
    ],
)
def test_a_bare_signature(end: str, proposers: tuple[str, ...], profile: Profile) -> None:
    assert _read(f"{TITLE}\n{ASK}\n{end}", profile).proposers == proposers


def test_one_who_tells_his_name(profile: Profile) -> None:
    assert _read(f"作为县人大代表，我叫骆冰，住在北门。{ASK}", profile).proposers == ("骆冰",)
    assert _read(f"前天一位大娘说，我叫骆冰，住在北门。{ASK}", profile).proposers == ()
    assert _read(f"本人不服，住在北门。{ASK}本人不服。", profile).proposers == ()


def test_one_who_introduces_himself(profile: Profile) -> None:
    text = f"尊敬的常委会：\n我是第九届县人大代表骆冰，在九届二次会议期间走访了北门。{ASK}"
    found = _read(text, profile)
    assert (found.proposers, found.session) == (("骆冰",), "九届二次会议")


def test_a_form_without_colons(profile: Profile) -> None:
    text = f"编号 011\n题　目 {TITLE}\n提 案 人 骆冰\n所在代表团 官渡镇\n正文\n{ASK}"
    found = _read(text, profile, "表")
    assert (found.title, found.number, found.proposers) == (TITLE, "011", ("骆冰",))
    assert found.delegation == "官渡镇"
    assert [ask.text for ask in found.asks] == ["建议县城管局在北门装十盏路灯。"]


def test_a_title_that_ran_into_the_next_label(profile: Profile) -> None:
    found = _read(f"标题：{TITLE}领　衔：骆冰\n{ASK}", profile, f"{TITLE}领衔：骆冰")
    assert (found.title, found.proposers) == (TITLE, ("骆冰",))


def test_a_month_under_the_paper_tells_the_year(profile: Profile) -> None:
    assert _read(f"{TITLE}\n{ASK}\n骆冰 2024年2月", profile).year == 2024
    assert _read(f"{TITLE}\n路灯坏于2021年3月。{ASK}\n骆冰", profile).year is None


@pytest.mark.parametrize(("line", "proposers"), [("骆冰", ("骆冰",)), ("教育类", ()), ("北门村", ())])
def test_a_line_under_the_title_may_be_the_name(line: str, proposers: tuple[str, ...], profile: Profile) -> None:
    assert _read(f"{TITLE}\n{line}\n{ASK}", profile).proposers == proposers
