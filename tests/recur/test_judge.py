"""One matter in other words: what pairs, what only looks alike, and what each sign says."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from pipeline.records import Ask, Submission
from pipeline.recur import matches
from pipeline.recur.alike import levels, wording
from pipeline.recur.candidates import Looked
from pipeline.recur.judge import INTERCEPT, SIGNS, WEIGHTS, anywhere, probabilities, signs
from pipeline.recur.latent import UNKNOWN, nearness
from pipeline.recur.matter import Matter, matter
from pipeline.recur.places import places
from pipeline.recur.quotes import COPIED
from pipeline.recur.sayings import Sayings

Make = Callable[..., Submission]

LIFT_SAFETY = (
    "近三个月全县住宅电梯困人四十余起，维保单位一张表签到底，钢丝绳起毛刺也不更换，业主提心吊胆。"
    "建议对维保质量逐台抽查，超期未检的停用整改，检验结果贴进轿厢。"
)
LIFT_ADDING = (
    "七十年代建的六层楼没有电梯，腿脚不便的老人几年没下过楼，邻居之间为出资比例争执不下。"
    "建议出台既有住宅加装电梯的补助办法，一个窗口受理图纸、管线和施工手续。"
)
WEIR = (
    "竹洲村拦河坝的闸门锈死三年，汛期放不下水，上游两百亩稻田连年受淹。",
    "建议更换竹洲村拦河坝闸门，清出坝前淤泥，汛前完成。",
)
WEIR_AGAIN = (
    "去年反映过的竹洲村河坝至今没有动静，五月一场大雨，坝上的闸门仍旧提不起来，稻田又泡了四天。",
    "建议今冬把竹洲村河坝的闸门换成钢闸门，并明确由谁启闭、谁养护。",
)


@pytest.fixture
def others(submission: Make) -> list[Submission]:
    """Further papers, so that rarity among the texts means something."""
    told = {
        "增设公共厕所": "步行街一千多米没有公厕，游客四处找地方，商户怨声不断。建议新建两座公厕并延长开放时间。",
        "推广节水灌溉": "井灌区水位逐年下降，大水漫灌浪费严重。建议推广滴灌设备，按亩给予农户补贴。",
        "规范校外托管": "放学后的托管点没有证照，一间屋子挤着三十个孩子。建议登记造册，定期查消防和食品。",
        "开通夜班公交": "开发区工人十点下班，末班车九点就收了。建议加开夜班车，至少开到十一点。",
        "防治松材线虫": "后山松树成片枯死，病木堆在路旁没人清运。建议集中除治，禁止病木外运。",
        "修缮文化馆": "文化馆屋顶漏雨，排练厅地板翘起，演出服装发霉。建议安排资金翻修屋面和地板。",
    }
    return [submission(f"关于{title}的建议", body, id=title, year=2024) for title, body in told.items()]


def asking(make: Make, title: str, told: tuple[str, str], **fields: object) -> Submission:
    body = "".join(told)
    return make(title, body, problems=told[0], asks=(Ask(1, told[1], body.index(told[1]), len(body)),), **fields)


def pairs(submissions: list[Submission], units: dict[str, str] | None = None) -> dict[tuple[str, str], str]:
    return {(m.left, m.right): m.relation for m in matches(submissions, units=units)}


def test_one_matter_in_other_words_is_found(submission: Make, others: list[Submission]) -> None:
    first = asking(submission, "关于更换竹洲村拦河坝闸门的建议", WEIR, id="a", year=2023)
    again = asking(submission, "关于竹洲村河坝年年淹田的建议", WEIR_AGAIN, id="b", year=2024)
    assert pairs([first, again, *others]) == {("a", "b"): "same_matter"}


def test_one_object_with_another_problem_is_no_pair(submission: Make, others: list[Submission]) -> None:
    safety = submission("关于加强住宅电梯安全监管的建议", LIFT_SAFETY, id="a", year=2024)
    adding = submission("关于推进既有住宅加装电梯的建议", LIFT_ADDING, id="b", year=2024)
    assert pairs([safety, adding, *others], {"a": "市场监督管理局", "b": "住房和城乡建设局"}) == {}


def test_general_wishes_are_no_pair(submission: Make, others: list[Submission]) -> None:
    general = [
        submission("关于加快发展的建议", "要进一步加大力度，抓好各项工作，推动全县经济社会又好又快发展。", id="a"),
        submission("关于重视青年的建议", "要高度重视青年工作，加大支持力度，关心青年成长，搭建平台。", id="b"),
        submission("关于加大投入的建议", "要加大农业投入，完善政策，健全机制，促进农民增收。", id="c"),
    ]
    assert pairs([*general, *others]) == {}


def test_bare_titles_pair_by_place(submission: Make, others: list[Submission]) -> None:
    titles = {
        "a": "关于硬化竹洲村通组道路的建议",
        "b": "关于硬化枫林村通组道路的建议",
        "c": "关于竹洲村自来水管网改造的建议",
        "d": "关于尽快硬化竹洲村道路的建议",
    }
    bare = [submission(title, id=key, year=2024) for key, title in titles.items()]
    assert set(pairs([*bare, *others])) == {("a", "d")}


def test_the_unit_in_charge_is_evidence_both_ways(submission: Make, others: list[Submission]) -> None:
    first = asking(submission, "关于更换竹洲村拦河坝闸门的建议", WEIR, id="a", year=2023)
    again = asking(submission, "关于竹洲村河坝年年淹田的建议", WEIR_AGAIN, id="b", year=2024)

    def score(units: dict[str, str]) -> float:
        return {(m.left, m.right): m.score for m in matches([first, again, *others], units=units)}.get(("a", "b"), 0.0)

    apart = score({"a": "水利局", "b": "交通运输局"})
    assert apart < score({"a": "水利局"}) < score({"a": "水利局", "b": "水利局"}) <= 1.0


def test_a_copy_for_another_place_is_called_one(submission: Make) -> None:
    told = (
        "通往{0}的石桥建于六十年代，桥面只有三米宽，护栏缺了大半，去年两辆三轮车翻下河滩，一人重伤。"
        "每逢涨水，桥面漫水，学生上学要绕行八里。建议原址重建石桥，桥面拓宽到六米，两侧装上防撞护栏，年内完工。"
    )
    here = submission("关于重建竹洲村石桥的建议", told.format("竹洲村"), id="a", year=2023)
    there = submission("关于重建枫林村石桥的建议", told.format("枫林村"), id="b", year=2024)
    again = submission("关于重建竹洲村石桥的提案", told.format("竹洲村").replace("两辆", "三辆"), id="c", year=2024)
    found = {(m.left, m.right): m for m in matches([here, there, again])}
    assert found["a", "b"].relation == "near"
    assert found["a", "b"].differs[0] == f"{COPIED}：竹洲村／枫林村"
    assert not any(COPIED in word for word in found["a", "c"].differs)


def test_every_pair_keeps_its_quotes(submission: Make, others: list[Submission]) -> None:
    first = asking(submission, "关于更换竹洲村拦河坝闸门的建议", WEIR, id="a", year=2023)
    again = asking(submission, "关于竹洲村河坝年年淹田的建议", WEIR_AGAIN, id="b", year=2024)
    (match,) = matches([first, again, *others])
    assert match.evidence
    assert all(e.left in first.title + "".join(WEIR) for e in match.evidence)
    assert all(e.right in again.title + "".join(WEIR_AGAIN) for e in match.evidence)


def told(items: list[Matter], units: list[str]) -> tuple[np.ndarray, list[tuple[int, int]]]:
    known = levels([wording(item, masked=False) for item in items])
    every = [(i, j) for i, j in product(range(len(items)), repeat=2) if i < j]
    left, right = (np.array(side, dtype=np.int64) for side in zip(*every, strict=True))
    rows = known.vectors()
    cosines = np.asarray(rows[left].multiply(rows[right]).sum(axis=1)).ravel()
    return signs(items, known, units, Looked(left, right, cosines, cosines)), every


def test_signs_do_not_depend_on_the_batch(
    submission: Make, others: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [matter(s, Sayings()) for s in [asking(submission, "关于竹洲村河坝的建议", WEIR, id="a"), *others]]
    whole, _ = told(items, [""] * len(items))
    monkeypatch.setattr("pipeline.recur.judge.PART", 3)
    assert np.allclose(told(items, [""] * len(items))[0], whole)


def test_signs_say_what_they_say(submission: Make) -> None:
    first = asking(submission, "关于更换竹洲村拦河坝闸门的建议", WEIR, id="a")
    twin = asking(submission, "关于更换竹洲村拦河坝闸门的建议", WEIR, id="b")
    other = submission("关于开通夜班公交的建议", "末班车九点就收了，请加开夜班车。", id="c")
    found, every = told([matter(s, Sayings()) for s in (first, twin, other)], ["水利局", "水利局", "交通运输局"])
    sign = {pair: dict(zip(SIGNS, row, strict=True)) for pair, row in zip(every, found.tolist(), strict=True)}
    assert sign[0, 1]["titles"] == pytest.approx(1.0, abs=1e-5)
    assert sign[0, 1]["asked"] == pytest.approx(1.0, abs=1e-5)
    assert sign[0, 1]["covered"] == pytest.approx(np.log(1.05))
    assert sign[0, 1]["place"] > sign[0, 2]["place"] == 0.0
    assert [sign[pair]["unit"] for pair in every] == [1.0, -1.0, -1.0]


def test_a_probability_grows_with_every_sign_but_places_that_differ() -> None:
    base = np.zeros((1, len(SIGNS)))
    assert probabilities(base)[0] == pytest.approx(1 / (1 + np.exp(-INTERCEPT)))
    assert len(WEIGHTS) == len(SIGNS)
    grown = {n: probabilities(base + step)[0] for n, step in zip(SIGNS, np.eye(len(SIGNS)), strict=True)}
    less = {name for name, chance in grown.items() if chance < probabilities(base)[0]}
    assert less == {"wording", "elsewhere", "placed"}, "wording is told by letters and themes as well"
    assert grown["elsewhere"] < grown["placed"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("关于解决半山村电压低问题的建议", {"半山村"}),
        ("实行统一管理，街道出一半资金；加强社区和学校的联动", set()),
        ("团结路、文昌社区两处积水", {"团结路", "文昌社区"}),
        ("把住宅小区和工业园区的雨污管网分开", set()),
    ],
)
def test_names_of_places(text: str, named: set[str]) -> None:
    assert places(text) == named


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("关于硬化竹洲村道路的建议", "关于硬化枫林村道路的建议", "elsewhere"),
        ("关于硬化竹洲村道路的建议", "关于硬化农村道路的建议", "placed"),
        ("关于硬化竹洲村道路的建议", "关于竹洲村学校操场的建议", "place"),
        ("关于硬化农村道路的建议", "关于农村道路养护的建议", None),
    ],
)
def test_places_of_titles_are_signs(submission: Make, one: str, other: str, sign: str | None) -> None:
    papers = [submission(title, "请尽快办理。", id=key) for key, title in (("a", one), ("b", other))]
    (row,), _ = told([matter(s, Sayings()) for s in papers], ["", ""])
    shown = dict(zip(SIGNS, row.tolist(), strict=True))
    assert {name for name in ("place", "elsewhere", "placed") if shown[name]} == ({sign} if sign else set())


def test_a_class_does_not_ask_for_the_place() -> None:
    base = np.zeros((1, len(SIGNS)))
    away = base + np.eye(len(SIGNS))[SIGNS.index("elsewhere")]
    assert probabilities(away)[0] < probabilities(base)[0] == anywhere(away)[0]


def test_few_texts_teach_no_themes_and_many_bring_words_together() -> None:
    left, right = np.array([0, 0]), np.array([1, 2])
    texts = ["井水发黄", "水质浑浊", "公交太少"] + [
        f"{said} {name}"
        for name in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
        for said in ("井水 水质", "公交 班次")
    ]
    assert set(nearness(levels(texts[:9]), left, right).tolist()) == {np.float32(UNKNOWN)}
    water, bus = nearness(levels(texts), left, right)
    assert water > bus
