"""办理情况报告（初稿）: a draft in the format of official papers; every number comes from the statistics (R-STA-06)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.report.handled import NO_UNIT
from pipeline.report.official import BLANK, Paper
from pipeline.report.rates import Rate
from pipeline.report.results import Results
from pipeline.report.skeleton import FILL
from pipeline.report.statistics import ALL, Group, groups

SHOWN = 10
_UNITS = (("承办单位", 52.0), ("件数", 20.0), ("已答复", 20.0), ("按时回复率", 32.0), ("解决率", 32.0))
_SOURCES = (("统计组", 60.0), ("件数", 20.0), ("已答复", 20.0), ("五项指标", 56.0))


def progress(results: Results) -> Paper | None:
    """The draft on the present run; None where nothing came in. What a person must add stands as 【请填写】."""
    found = groups(results)
    if not found:
        return None
    by = {name: [group for group in found if group.dimension == name] for name in {g.dimension for g in found}}
    (whole,), paper = by[ALL], Paper()
    place = results.profile.place if results.profile and results.profile.place else ""
    paper.title(f"{place}人大代表建议、政协提案\n办理情况报告（初稿）")
    paper.body(_overview(whole, by["类型"]), head="一、总体情况。")
    paper.body("".join(_rate(rate) for rate in whole.rates), head="二、办理指标。")
    paper.body(
        f"按办理结果分：{_listed(by['办理结果'])}。按审核结论分：{_listed(by['审核结论'])}。", head="三、办理结果。"
    )
    paper.body(_spread(by), head="四、单位和内容分布。")
    paper.table(_UNITS, [_unit_row(group) for group in by["承办单位"][:SHOWN]])
    paper.body(_recurring(results), head="五、一类问题。")
    paper.body(FILL, head="六、主要做法。")
    paper.body(FILL, head="七、存在的问题和下一步打算。")
    paper.signed(f"{place}人民政府办公室" if place else BLANK, FILL)
    paper.new_page()
    paper.body("（各数的来处，逐件见工作簿“统计明细”的同名统计组；报出前删去本页。）", head="附：数字出处")
    shown = [group for group in found if group.dimension not in ("年度", "历年")]
    paper.table(_SOURCES, [_source_row(group) for group in shown])
    return paper


def _overview(whole: Group, kinds: Sequence[Group]) -> str:
    size, answered = len(whole.items), whole.answered
    told = f"本次办理{size}件，其中{_listed(kinds)}。已答复{answered}件"
    return told + (f"，尚未答复{size - answered}件。" if size > answered else "，全部答复。")


def _rate(rate: Rate) -> str:
    """One sentence on one rate; what cannot be told is left to be filled in, with the reason."""
    if rate.value is None:
        return f"{rate.measure.name}{FILL}（{rate.missing}）。"
    left_out = f"（{rate.missing}）" if rate.missing else ""
    return f"{rate.measure.name}{rate.value:.1%}，{rate.denominator}件中有{rate.numerator}件{left_out}。"


def _listed(found: Sequence[Group]) -> str:
    return "、".join(f"{group.name}{len(group.items)}件" for group in found)


def _spread(by: dict[str, list[Group]]) -> str:
    units, topics = [group for group in by["承办单位"] if group.name != NO_UNIT], by["主题"]
    told = f"涉及承办单位{len(units)}个，件数较多的是{_listed(units[:5])}。内容上，{_listed(topics[:5])}。"
    return told + f"件数居前的{min(SHOWN, len(units))}个单位如下表。"


def _recurring(results: Results) -> str:
    """The classes of problems that more than one year knows, the largest first."""
    past = sorted((t for t in results.themes if len(t.years) > 1), key=lambda t: (-len(t.members), t.label))
    if not past:
        return "没有发现跨年度的一类问题。"
    named = "；".join(f"{theme.label}（{len(theme.members)}件，{len(theme.years)}个年度）" for theme in past[:5])
    return f"跨年度重复提出的一类问题{len(past)}组，件数较多的是：{named}。"


def _unit_row(group: Group) -> tuple[str, ...]:
    shown = {rate.measure.name: rate.shown for rate in group.rates}
    return group.name, str(len(group.items)), str(group.answered), shown["按时回复率"], shown["解决率"]


def _source_row(group: Group) -> tuple[str, ...]:
    return group.key, str(len(group.items)), str(group.answered), "、".join(_short(group))


def _short(group: Group) -> Iterator[str]:
    return (f"{rate.measure.fact} {rate.shown}" for rate in group.rates if rate.value is not None)
