"""The sheets about how the items were handled: five rates, figures by group, and the items behind every figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.report.handled import FACTS, Handled
from pipeline.report.rates import Rate
from pipeline.report.results import Results
from pipeline.report.sheets import Cell, Sheet, Tone
from pipeline.report.statistics import ALL, Group, groups

RATES, FIGURES, DETAILS = "办理指标", "办理情况统计", "统计明细"
MOST = 1000
"""Items shown for one group; the export `statistics` has all."""
STATE_TONE: dict[str, Tone] = {"是": "good", "否": "error", "缺": "hint", "不计": ""}


def handled_sheets(results: Results) -> Iterator[Sheet]:
    """办理指标, 办理情况统计 and 统计明细; none where nothing came in."""
    found = groups(results)
    if found:
        yield headline(found)
        yield figures(found)
        yield details(found)


def headline(found: Sequence[Group]) -> Sheet:
    """办理指标: the five rates in total and by unit, each with what is divided by what."""
    sheet = Sheet.of(
        RATES, "范围:24 指标:12 数值:12 分子:8 分母:8 未计入与无法计算的原因:52 说明:22 定义:60 数据来源:40"
    )
    for group in found:
        if group.dimension in (ALL, "承办单位"):
            for rate in group.rates:
                _headline(sheet, group, rate)
    return sheet


def _headline(sheet: Sheet, group: Group, rate: Rate) -> None:
    rows = (DETAILS, group.key)
    told = "无法计算" if rate.value is None else f"{rate.value:.1%}"
    sheet.add(
        f"{group.key}·{rate.measure.name}",
        Cell(group.name if group.dimension != ALL else ALL, row=(FIGURES, group.key)),
        rate.measure.name,
        Cell(told, row=rows, tone="hint" if rate.value is None else ""),
        Cell(rate.numerator, row=rows),
        Cell(rate.denominator, row=rows),
        rate.missing,
        rate.remark,
        rate.measure.definition,
        rate.measure.source,
    )


def figures(found: Sequence[Group]) -> Sheet:
    """办理情况统计: one row a group; every figure leads to the items behind it."""
    sheet = Sheet.of(
        FIGURES,
        "统计项:12 分组:26 件数:8 占比:9 已答复:8 未答复:8 "
        + " ".join(f"{rate.measure.name}:18" for rate in found[0].rates),
    )
    total = 0
    for group in found:
        rows, size = (DETAILS, group.key), len(group.items)
        total = size if group.name == group.dimension else total
        sheet.add(
            group.key,
            group.dimension,
            group.name,
            Cell(size, row=rows),
            Cell(f"{size / total:.1%}", row=rows),
            Cell(group.answered, row=rows),
            Cell(size - group.answered, row=rows),
            *(Cell(rate.shown, row=rows, tone="hint" if rate.value is None else "") for rate in group.rates),
        )
    return sheet


def details(found: Sequence[Group]) -> Sheet:
    """统计明细: for every group its items, with what counts for each rate and why; a rate is 是 ÷ (是 + 否)."""
    names = " ".join(f"{fact}:8 {fact}依据:26" for fact in FACTS)
    sheet = Sheet.of(
        DETAILS, f"统计组:26 序号:6 类型:6 编号:8 案由:34 承办单位:18 办理结果:9 答复日期:12 {names} 来源:24"
    )
    for group in found:
        for place, item in enumerate(group.items[:MOST], start=1):
            sheet.add(group.key, Cell(group.key, row=(FIGURES, group.key)), place, *_item(item))
        if (left := len(group.items) - MOST) > 0:
            sheet.add(group.key, group.key, "", "", "", f"还有 {left} 件，用 banli export statistics 查看")
    return sheet


def _item(item: Handled) -> Iterator[Cell]:
    asked = item.submission
    yield Cell(item.kind)
    yield Cell(item.number)
    yield Cell(item.title, row=("交办建议", asked.id) if asked else None)
    yield Cell(item.unit)
    yield Cell(item.label)
    day = item.letters[0].day if item.letters else None
    yield Cell(str(day or "") if item.letters else "未答复")
    for fact in item.facts.values():
        yield Cell(fact.state, tone=STATE_TONE[fact.state])
        yield Cell(fact.why)
    source = item.letters[-1].source if item.letters else item.source
    yield Cell(source, source=source)
