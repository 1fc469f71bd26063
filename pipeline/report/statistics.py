"""办理情况统计: figures by kind, session, result, unit, topic, verdict, year; every figure with its items (R-STA)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.report.handled import NO_LABEL, NO_LETTER, Handled, handled
from pipeline.report.rates import Rate, rates, unevidenced
from pipeline.report.results import Results, natural

ALL, EVERY_YEAR = "全部", "历年"


@dataclass(frozen=True, slots=True)
class Group:
    """One line of the statistics: the items of one group of a dimension, and their rates."""

    dimension: str
    name: str
    items: tuple[Handled, ...]
    rates: tuple[Rate, ...]

    @property
    def key(self) -> str:
        """What names the group everywhere: 承办单位：教育局."""
        return self.name if self.name == self.dimension else f"{self.dimension}：{self.name}"

    @property
    def answered(self) -> int:
        """How many of its items have a reply."""
        return sum(bool(item.letters) for item in self.items)


def _session(item: Handled, _: Results) -> str:
    between = item.submission.between_sessions if item.submission else None
    return "未注明" if between is None else "闭会期间" if between else "大会期间"


def _result(item: Handled, results: Results) -> str:
    """The label with its meaning in the office's family; what has no letter or no label has a group of its own."""
    if not item.letters:
        return NO_LETTER
    if not item.label:
        return NO_LABEL
    meanings = results.profile.meanings(item.label) if results.profile else ()
    return f"{item.label}（{'、'.join(sorted(meanings)) or '含义不明'}）"


def _topic(item: Handled, results: Results) -> str:
    route = results.route.get(item.submission.id) if item.submission else None
    if route and route.topics:
        return route.topics[0].name
    return (item.submission.topic if item.submission else "") or "未分类"


def _verdict(item: Handled, results: Results) -> str:
    audits = [results.audit[reply.id] for reply in item.letters if reply.id in results.audit]
    return audits[-1].verdict.gate if audits else "未审核" if item.letters else NO_LETTER


DIMENSIONS: Mapping[str, Callable[[Handled, Results], str]] = {
    "类型": lambda item, _: item.kind,
    "会议期间": _session,
    "办理结果": _result,
    "审核结论": _verdict,
    "承办单位": lambda item, _: item.unit,
    "主题": _topic,
}
"""How the items of the present run are split; each dimension splits all of them."""


def groups(results: Results) -> list[Group]:
    """The whole, then every dimension's groups; last the years, which split the items of all years."""
    items = handled(results)
    silent = unevidenced(items)
    found = [_group(ALL, ALL, items, silent)] if items else []
    for dimension, name in DIMENSIONS.items():
        found += _split(dimension, items, partial(_named, name, results), silent)
    past = handled(results, every_year=True)
    if len({_year(item) for item in past}) > 1:
        silent = unevidenced(past)
        found += [_group(EVERY_YEAR, EVERY_YEAR, past, silent), *_split("年度", past, _year, silent)]
    return found


def _named(name: Callable[[Handled, Results], str], results: Results, item: Handled) -> str:
    return name(item, results)


def _year(item: Handled) -> str:
    year = item.submission.year if item.submission else None
    return str(year) if year else "年度不明"


def _split(
    dimension: str, items: Sequence[Handled], name: Callable[[Handled], str], silent: frozenset[str]
) -> Iterator[Group]:
    """The groups of one dimension: units and topics by size, the rest by name."""
    found: dict[str, list[Handled]] = {}
    for item in items:
        found.setdefault(name(item), []).append(item)
    by_size = dimension in ("承办单位", "主题")
    for group in sorted(found, key=lambda one: (-len(found[one]) if by_size else 0, natural(one))):
        yield _group(dimension, group, found[group], silent)


def _group(dimension: str, name: str, items: Sequence[Handled], silent: frozenset[str]) -> Group:
    return Group(dimension, name, tuple(items), tuple(rates(items, silent)))
