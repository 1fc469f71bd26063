"""The five rates and the statistics: exact on a year counted by hand, silent where data are missing, parts sum up."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.profile import RATE_NAMES, Profile
from pipeline.records import Audit, Cite, Finding, Pair, Reply, Submission, Verdict
from pipeline.report import Results, rows, workbook
from pipeline.report.handled import handled
from pipeline.report.meeting import met
from pipeline.report.rates import MEASURES, rates
from pipeline.report.statistics import DIMENSIONS, Group, groups

MEETINGS = json.loads((Path(__file__).parents[1] / "cases" / "report_meetings.json").read_text(encoding="utf-8"))
HANDED, TODAY = date(2025, 3, 3), date(2025, 12, 1)
Year = Callable[..., Results]


@pytest.fixture
def year(profile: Profile) -> Year:
    """A maker of a year of n items, all answered well; `reply(n)` and `item(n)` give what differs in the nth."""

    def make(
        count: int,
        reply: Callable[[int], dict[str, object]] = lambda n: {},
        item: Callable[[int], dict[str, object]] = lambda n: {},
        faults: Callable[[int], tuple[str, ...]] = lambda n: (),
    ) -> Results:
        items = [_item(n, item(n)) for n in range(count)]
        letters = [_letter(n, reply(n)) for n in range(count)]
        audits = [
            Audit(
                f"r{n}",
                f"s{n}",
                Verdict(f"r{n}", "通过"),
                tuple(Finding(f"r{n}", f, "error", "有误") for f in faults(n)),
            )
            for n in range(count)
        ]
        return Results(
            submissions=items, replies=letters, audits=audits, profile=profile, today=TODAY,
            pairs=[Pair(f"r{n}", f"s{n}", "编号相同") for n in range(count)],
        )  # fmt: skip

    return make


def _item(n: int, fields: dict[str, object]) -> Submission:
    usual = {"number": str(n), "year": 2025, "lead": ("教育局", "水利局", "公安局")[n % 3], "handed_over": HANDED}
    kind = "建议" if n % 4 else "提案"
    base = Submission(f"s{n}", f"s{n}", f"收件/{n}.docx", kind, f"第{n}件的案由", "正文", satisfaction="满意")
    return replace(base, **(usual | fields))  # type: ignore[arg-type]


def _letter(n: int, fields: dict[str, object]) -> Reply:
    text = "4月2日，我局与您当面商定了办法。"
    base = Reply(f"r{n}", f"r{n}", f"答复/{n}.docx", "答复", "答复", text, label="A", day=date(2025, 5, 6))
    return replace(base, **fields)  # type: ignore[arg-type]


def shown(results: Results) -> dict[str, str]:
    return {rate.measure.name: rate.shown for rate in rates(handled(results))}


def test_a_year_of_99_items_comes_out_as_counted_by_hand(year: Year) -> None:
    results = year(
        99,
        reply=lambda n: {
            "day": date(2025, 6, 9) if n < 9 else date(2025, 6, 3),
            "label": "A" if n < 65 else "B",
            "text": "经研究，予以办理。" if n >= 60 else "3月9日，我局到您单位走访。",
        },
        item=lambda n: {"satisfaction": ("不满意", "不满意", "基本满意")[n] if n < 3 else "" if n == 98 else "满意"},
        faults=lambda n: ("F01", "F12", "X01") if n < 9 else ("F01",) if n < 11 else (),
    )
    assert shown(results) == {
        "按时回复率": "90.9%（90/99）",
        "规范率": "88.9%（88/99）",
        "解决率": "65.7%（65/99）",
        "满意率": "98.0%（96/98）",
        "见面率": "60.6%（60/99）",
    }


def test_missing_data_are_told_and_never_counted_as_met(year: Year) -> None:
    bare = year(
        5,
        reply=lambda n: {"label": "A9", "text": "已收悉。", "from_register": True},
        item=lambda n: {"handed_over": None, "satisfaction": ""},
    )
    found = {rate.measure.name: rate for rate in rates(handled(bare), frozenset({"见面"}))}
    assert {rate.shown for rate in found.values()} == {"无法计算"}
    for name, told in (
        ("按时回复率", "缺交办日期 5 件"),
        ("规范率", "没有公文格式 5 件"),
        ("解决率", "“A9”的含义不明 5 件"),
        ("满意率", "没有满意度反馈 5 件"),
        ("见面率", "走访记录"),
    ):
        assert told in found[name].missing


def test_a_few_known_items_do_not_pass_for_the_whole(year: Year) -> None:
    results = year(10, item=lambda n: {"satisfaction": "满意" if n < 4 else ""})
    told = next(rate for rate in rates(handled(results)) if rate.measure.name == "满意率")
    assert told.value is None
    assert "6 件；有资料的只有 4 件" in told.missing


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("满意", "是"),
        ("比较满意", "是"),
        ("不太满意", "否"),
        ("不满意（态度）", "否"),
        ("一般", "否"),
        ("已阅", "缺"),
        ("未反馈", "缺"),
    ],
)
def test_satisfaction_as_offices_write_it(year: Year, said: str, state: str) -> None:
    (item,) = handled(year(1, item=lambda n: {"satisfaction": said}))
    assert item.facts["满意"].state == state


def test_what_is_not_due_yet_does_not_count_and_what_is_overdue_does(year: Year) -> None:
    results = replace(year(2), replies=[], pairs=[], audits=[])
    assert shown(results)["按时回复率"] == "0.0%（0/2）"
    early = replace(results, today=date(2025, 4, 1))
    (told, *_) = rates(handled(early))
    assert told.value is None
    assert "期限没到 2 件" in told.missing


def test_a_late_letter_that_was_given_more_time_is_on_time(year: Year) -> None:
    results = year(3, reply=lambda n: {"day": date(2025, 7, 1)}, faults=lambda n: ("X01",) if n else ())
    assert shown(results)["按时回复率"] == "33.3%（1/3）"


def test_a_label_that_the_audit_doubts_is_remarked(year: Year) -> None:
    results = year(4, faults=lambda n: ("L01",) if n == 0 else ())
    told = next(rate for rate in rates(handled(results)) if rate.measure.name == "解决率")
    assert (told.shown, told.remark) == ("100.0%（4/4）", "其中 1 件审核认为类别虚高")


def test_a_letter_without_its_item_is_an_item_of_its_own(year: Year) -> None:
    results = year(2)
    loose = replace(results, submissions=results.submissions[:1], pairs=results.pairs[:1])
    loose = replace(
        loose,
        replies=[
            results.replies[0],
            replace(results.replies[1], unit="水利局", cites=(Cite("提案", "", "8", "修渠"),)),
        ],
    )
    item = handled(loose)[-1]
    assert (item.submission, item.unit, item.kind, item.title) == (None, "水利局", "提案", "修渠")


@pytest.mark.parametrize("case", MEETINGS, ids=lambda case: case["text"][:14])
def test_meetings_as_letters_tell_them(case: dict[str, str], profile: Profile) -> None:
    found = met(case["text"], profile)
    assert bool(found) == bool(case["form"])
    if found and case["form"] in ("面商", "座谈", "现场"):
        assert (found.form, found.when) == (case["form"], case["when"])


@pytest.fixture
def mixed(year: Year) -> Results:
    return year(
        40,
        reply=lambda n: {
            "label": "ABC"[n % 3],
            "day": date(2025, 5 + n % 3, 20),
            "kind": "会办意见" if n % 7 == 0 else "答复",
        },
        item=lambda n: {"year": 2023 + n % 3, "between_sessions": (None, True, False)[n % 3]},
    )


def test_the_parts_sum_to_the_whole(mixed: Results) -> None:
    found = groups(mixed)
    whole = found[0]
    for dimension in (*DIMENSIONS, "年度"):
        parts = [group for group in found if group.dimension == dimension]
        keys = [item.key for group in parts for item in group.items]
        assert sorted(keys) == sorted(item.key for item in whole.items), dimension
        assert sum(group.answered for group in parts) == whole.answered
        for place, rate in enumerate(whole.rates):
            split = [group.rates[place] for group in parts]
            assert sum(part.numerator for part in split) == rate.numerator, (dimension, rate.measure.name)
            assert sum(part.denominator for part in split) == rate.denominator


def test_every_figure_of_the_workbook_leads_to_its_rows(mixed: Results, tmp_path: Path) -> None:
    workbook(mixed, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    figures, details = book["办理情况统计"], book["统计明细"]
    titles = [cell.value for cell in figures[1]]
    for row in figures.iter_rows(min_row=2):
        block = _block(details, row[2].hyperlink.location)
        assert len(block) == row[2].value, [cell.value for cell in row]
        for measure in MEASURES:
            cell = row[titles.index(measure.name)]
            assert cell.hyperlink.location == row[2].hyperlink.location
            states = [line[measure.fact] for line in block]
            if cell.value != "无法计算":
                assert f"（{states.count('是')}/{states.count('是') + states.count('否')}）" in cell.value


def _block(sheet: openpyxl.worksheet.worksheet.Worksheet, location: str) -> list[dict[str, object]]:
    """The lines of 统计明细 that one link leads to: its row and those after it with the same 统计组."""
    titles = [cell.value for cell in sheet[1]]
    found = []
    for values in sheet.iter_rows(min_row=int(location.rpartition("A")[2]), values_only=True):
        if found and values[0] != found[0]["统计组"]:
            break
        found.append(dict(zip(titles, values, strict=True)))
    return found


def test_the_rows_of_the_contract_name_their_items(mixed: Results) -> None:
    told = [row for row in rows("rates", mixed) if row["scope"] == "全部"]
    assert [row["rate"] for row in told] == [measure.name for measure in MEASURES]
    for row in told:
        assert (len(row["counted"]), len(row["ids"])) == (row["numerator"], row["denominator"])
        assert set(row["counted"]) <= set(row["ids"])
    figures = list(rows("statistics", mixed))
    assert all(len(row["ids"]) == row["count"] for row in figures)
    assert {row["made_by"] for row in (*told, *figures)} == {told[0]["made_by"]}


def test_the_profile_knows_the_rates_by_the_same_names() -> None:
    assert tuple(measure.name for measure in MEASURES) == RATE_NAMES


def test_a_group_is_named_by_its_dimension() -> None:
    assert (Group("承办单位", "教育局", (), ()).key, Group("全部", "全部", (), ()).key) == ("承办单位：教育局", "全部")
