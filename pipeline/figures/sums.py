"""Arithmetic of reports: parts and their total, shares and their percentage, impossible rates (R-STA-02, N01)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

from pipeline.figures.named import named
from pipeline.records import Figure, Sum

_SENTENCE = re.compile(r"[^。！？\n]+")
_WITHIN = re.compile(r"其中|包括|分别(?:是|为)")
_TOTAL = re.compile(
    r"(?:共计?|总共|合计|一共|总计|(?:收到|收回|回收|发出|发放|承办|交办|受理)[^，。；]{0,12}"
    r"|总数[^，。；]{0,4}|反馈[^，。；]{0,8}"
    r"|应[^，。；]{0,8})$"
)
_SUMMED = re.compile(r"(?:共计?|总共|合计|一共|总计)为?$")
_EACH = re.compile(r"每[^，。；]{0,14}$|至少[^，。；]{0,6}$|不少于$")
_COMPARED = re.compile(r"去年|上年|前年|同比|环比|比.{0,6}[增减多少]|较.{0,6}[增减多少]|上届|往年")
_SHARE = re.compile(r"^[，,、]?(?:约|大约)?(?:占|比例为?|占比为?|[一-龥]{0,8}率(?:达到?|为|是)?)[^，。；\d]{0,14}$")
_UNBOUNDED = re.compile(r"增长|增加|增幅|提高|上升|完成|超额|同比|环比|利用|产能|入住|投资|收入|下降|提升")
_GRADE = re.compile(
    "(?:代表|委员|其中)?(?:表示)?(?:非常满意|很满意|满意|比较满意|基本满意|较满意|一般|不满意|基本了解|不了解)(?:的)?"
)
_LEAST, _SLIP, _SHOWN = 3, 0.05, 120
_NEAR = 0.15
"""Parts that miss their total by more than this are taken for a selection, not for a mistake."""


def checks(text: str) -> list[Sum]:
    """The sums, shares and rates of a text that can be checked, in order, each with its verdict.

    >>> [(s.says, s.holds) for s in checks("共收到建议82件，其中办结60件，正在办理21件。")]
    [('82 ≠ 60 + 21（合计 81）', False)]
    """
    found: list[Sum] = []
    before: list[Figure] = []
    latest: list[Figure] = []
    for match in _SENTENCE.finditer(text):
        figures = [_moved(figure, match.start()) for figure in named(match.group())]
        found += _parts(text, figures, match) or _listed(text, figures, latest) or _beyond(figures, before)
        found += _shares(text, figures, before)
        found += _rates(text, figures)
        before += _totals(text, figures)
        latest = figures if text[match.end() : match.end() + 1] != "\n" else []
    return found


def _moved(figure: Figure, by: int) -> Figure:
    return Figure(figure.name, figure.value, figure.unit, figure.text, figure.start + by, figure.end + by)


def _parts(text: str, figures: Sequence[Figure], sentence: re.Match[str]) -> list[Sum]:
    mark = _WITHIN.search(sentence.group())
    split = sentence.start() + mark.start() if mark else -1
    for unit in dict.fromkeys(f.unit for f in figures if f.unit not in {"", "%", "个百分点"}):
        same = [f for f in figures if f.unit in {unit, ""} and not _compared(text, f)]
        totals, parts = _sides(text, same, split)
        verdict = _compare(totals, parts, text)
        if verdict is not None:
            return [verdict]
    return []


def _sides(text: str, same: list[Figure], split: int) -> tuple[list[Figure], list[Figure]]:
    """Totals and parts of figures of one unit: around 其中, else what calls itself a total and the rest.

    A total that follows two figures or more (“甲3件、乙4件，共7件”) sums up those, whatever led them in (承办甲3件…).
    """
    if split >= 0:
        end = text.find("；", split)
        stop = end if end >= 0 else len(text)
        return [f for f in same if f.start < split], [f for f in same if split < f.start < stop]
    summed = (n for n, f in enumerate(same) if n > 1 and _SUMMED.search(text[max(0, f.start - 4) : f.start]))
    if last := next(summed, 0):
        return [same[last]], same[:last]
    for place, figure in enumerate(same):
        if _TOTAL.search(text[max(0, figure.start - 24) : figure.start]):
            return [figure], same[:place] if place > 1 else same[place + 1 :]
    return [], []


def _compared(text: str, figure: Figure) -> bool:
    clause = re.split(r"[，。；]", text[max(0, figure.start - 30) : figure.start])[-1]
    return bool(_COMPARED.search(clause))


def _compare(totals: Sequence[Figure], parts: Sequence[Figure], text: str) -> Sum | None:
    if not totals or not parts:
        return None
    quote = text[min(totals[0].start, parts[0].start) : max(totals[-1].end, parts[-1].end)]
    return _adds_up(totals, parts, quote) or _contradicts(totals, parts, text, quote)


def _adds_up(totals: Sequence[Figure], parts: Sequence[Figure], quote: str) -> Sum | None:
    """The largest choice of parts that makes one of the totals."""
    for size in range(len(parts), 1, -1):
        for chosen in combinations(parts, size) if len(parts) < 8 else ():
            total = next((t for t in totals if _equal(t.value, sum(p.value for p in chosen))), None)
            if total is not None:
                return Sum(f"{_shown(total.value)} = {_added(chosen)}", True, quote)
    return None


def _contradicts(totals: Sequence[Figure], parts: Sequence[Figure], text: str, quote: str) -> Sum | None:
    """A part above every total, or parts that miss theirs narrowly."""
    nearest = totals[-1]
    if _EACH.search(text[max(0, nearest.start - 16) : nearest.start]):
        return None
    stated = _WITHIN.search(quote) or _SUMMED.search(text[max(0, nearest.start - 4) : nearest.start])
    over = next((part for part in parts if part.value > max(t.value for t in totals)), None)
    if over is not None:
        if not stated:
            return None
        return Sum(f"部分大于总数：{_shown(over.value)} > {_shown(nearest.value)}", False, quote)
    added = sum(part.value for part in parts)
    whole = min(totals, key=lambda total: abs(total.value - added))
    if len(parts) > 1 and abs(added - whole.value) <= _NEAR * whole.value:
        return Sum(f"{_shown(whole.value)} ≠ {_added(parts)}（合计 {_shown(added)}）", False, quote)
    return None


def _listed(text: str, figures: Sequence[Figure], latest: Sequence[Figure]) -> list[Sum]:
    """The parts that a sentence lists and nothing else, against the one total that the sentence before ends with.

    Where they miss it by more than a slip, they are parts of something else.
    """
    if len(figures) < _LEAST or not latest or len({figure.unit for figure in figures}) > 1:
        return []
    total, quote = latest[-1], text[latest[-1].start : figures[-1].end]
    between = [text[left.end : right.start] for left, right in pairwise(figures)]
    listed = all(re.match("[、，,]", gap) and not re.search("[；]|其中", gap) for gap in between)
    added = sum(figure.value for figure in figures)
    if (
        not listed
        or total.unit != figures[0].unit
        or total.unit in {"%", ""}
        or any(_compared(text, f) for f in (total, figures[0]))
    ):
        return []
    if _equal(total.value, added):
        return [Sum(f"{_shown(total.value)} = {_added(figures)}", True, quote)]
    if 0 < abs(added - total.value) <= _SLIP * total.value:
        return [Sum(f"{_shown(total.value)} ≠ {_added(figures)}（合计 {_shown(added)}）", False, quote)]
    return []


def _beyond(figures: Sequence[Figure], before: Sequence[Figure]) -> list[Sum]:
    """Grades of satisfaction that add up to more than everything counted so far."""
    graded = [f for f in figures if _GRADE.fullmatch(f.name) and f.unit not in {"%", ""}]
    wholes = [total.value for total in before if graded and total.unit == graded[0].unit]
    added = sum(figure.value for figure in graded)
    if len(graded) < 2 or not wholes or added <= max(wholes):
        return []
    return [Sum(f"部分之和大于总数：{_added(graded)} = {_shown(added)} > {_shown(max(wholes))}", False, graded[0].text)]


def _shares(text: str, figures: Sequence[Figure], before: Sequence[Figure]) -> list[Sum]:
    """Each “460 件，占 95.4 %” against the totals named so far.

    Which total a share is of is often not said: one that fits any is right, and only a total of the same sentence, or
    one that two other shares of the sentence are of, can prove it wrong.
    """
    pairs = [
        (part, rate)
        for part, rate in pairwise(figures)
        if rate.unit == "%" and part.unit not in {"%", ""} and _SHARE.match(text[part.end : rate.start])
    ]
    known = {id(rate): [f for f in [*before, *figures] if _can_hold(f, part)] for part, rate in pairs}
    common = Counter(whole.value for part, rate in pairs for whole in known[id(rate)] if _fits(part, rate, whole))
    found = []
    for part, rate in pairs:
        wholes = known[id(rate)]
        here = [f for f in _totals(text, figures) if _can_hold(f, part)] or [f for f in wholes if common[f.value] > 1]
        fits = [f for f in wholes if _fits(part, rate, f)]
        if fits or here:
            best = fits[0] if fits else min(here, key=lambda whole: abs(part.value / whole.value * 100 - rate.value))
            quote = text[max(best.start, part.start - _SHOWN) : rate.end]
            found.append(_share(part, rate, best, holds=bool(fits), quote=quote))
    return found


def _fits(part: Figure, rate: Figure, whole: Figure) -> bool:
    return abs(part.value / whole.value * 100 - rate.value) <= 10.0 ** -_digits(rate)


def _digits(rate: Figure) -> int:
    """The decimals that a rate is printed with."""
    return len(rate.text.partition(".")[2].rstrip("%％ "))


def _can_hold(whole: Figure, part: Figure) -> bool:
    """Whether `part` can be a share of `whole`: the same unit, named before it, not smaller."""
    return whole.unit in {part.unit, ""} and whole.start < part.start and whole.value >= part.value > 0


def _share(part: Figure, rate: Figure, whole: Figure, *, holds: bool, quote: str) -> Sum:
    digits = _digits(rate)
    exact = "" if holds else f"（应为 {part.value / whole.value * 100:.{digits + 1}f}%）"
    says = f"{_shown(part.value)} ÷ {_shown(whole.value)} {'=' if holds else '≠'} {_shown(rate.value)}%{exact}"
    return Sum(says, holds, quote)


def _totals(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that call themselves totals (共, 收到…)."""
    return [figure for figure in figures if _TOTAL.search(text[max(0, figure.start - 24) : figure.start])]


def _rates(text: str, figures: Sequence[Figure]) -> list[Sum]:
    """Rates above 100 % that cannot be; growth and over-fulfilment can."""
    found = []
    for figure in figures:
        head = re.split(r"[，。；\n]", text[max(0, figure.start - 30) : figure.start])[-1]
        bounded = re.search("率|占|比重|比例", head) and not _UNBOUNDED.search(head)
        if figure.unit == "%" and figure.value > 100 and bounded:
            found.append(Sum(f"{figure.name or '比率'} {_shown(figure.value)}% 超过 100%", False, head + figure.text))
    return found


def _equal(left: float, right: float) -> bool:
    return abs(left - right) <= 1e-6 * max(1.0, abs(left))


def _shown(value: float) -> str:
    return f"{value:g}" if value < 1e6 else f"{value:,.0f}".replace(",", "")


def _added(parts: Sequence[Figure]) -> str:
    return " + ".join(_shown(part.value) for part in parts)
