"""Numbers under their names (人大代表建议 27 件, 走访率 100 %), as reports give them (R-STA-02, R-SPK)."""

from __future__ import annotations

import re

from pipeline.figures.moments import moments
from pipeline.figures.numerals import folded
from pipeline.figures.quantities import Quantity, quantities
from pipeline.records import Figure

_BARE = re.compile(
    r"(?:建议|提案|议案|意见|来信|问题|案件|事项)(?P<n>\d{1,6})(?=[一-龥])(?!年"
    r"|月|日|号|个|件|条|项|人|名|次|多|余|万|亿|份|篇|起|家|户|天|位)"
)
_BEFORE = re.compile(r"[^，,。；;：:！？\n（）()]*$")
_VERBS = (
    "承办了?|办理了?|收到了?|提出了?|交办了?|交由|受理了?|办结了?|完成了?|解决了?"
    "|答复了?|征集了?|转交|涉及|需要?|分解到?|立案|采纳了?|召开了?|开展了?|投入"
)
_TAIL = re.compile(
    r"(?:共计?|总共|合计|一共|总计|累计|达到了?|高达|已?达|约|近|为|是|有|计|占到?"
    r"|分别|的|只|仅|各|超过|大于|小于|不低于|上升到?|提高到?|以上|全部)+$"
)
_LEAD = re.compile(
    rf"^(?:其中|截至目前|目前|并且?|和|及|以及|另有|还有|今年|去年|全年|全县|全市"
    rf"|我县|我市|我局|共|又|再|等|{_VERBS})+(?=[一-龥]{{2}})"
)
_CONNECTED = re.compile(r"^(?:其中|截至目前|目前|并且?|以及|及|和|使得?|全县|全市|我县|我市)+(?=[一-龥]{2})")
_LAST_VERB = re.compile(rf"^.*(?:{_VERBS}|的(?=[^的]{{4,}}$))(?=[一-龥]{{2,}})")
_AFTER = re.compile(r"^(?P<noun>[一-龥]{1,8}?)(?=[，。；：、）()的和及与研承参对进已都被]|办理|提出|开展|$|[0-9])")
_NOUN_AFTER = frozenset("个名位家条项份次件处所座场台辆户人")


def named(text: str) -> list[Figure]:
    """The numbers of a text with their names and units in order; lengths of time are left out.

    A name is looked for before the number, else behind its count word (“27个部门”). A number that lost its unit
    keeps an empty one.

    >>> [(f.name, f.value, f.unit) for f in named("收到人大代表建议31件，涉及12个部门，满意率达96.5%。")]
    [('人大代表建议', 31.0, '件'), ('部门', 12.0, '个'), ('满意率', 96.5, '%')]
    """
    found = [_figure(quantity, text) for quantity in quantities(text) if _counts(quantity)]
    taken = [(moment.start, moment.end) for moment in moments(text)]
    for match in _BARE.finditer(folded(text)):
        start, end = match.span("n")
        if not any(begin < end and start < stop for begin, stop in taken):
            found.append(Figure(_name_before(text, start), float(match["n"]), "", text[start:end], start, end))
    return sorted(found, key=lambda figure: figure.start)


def _counts(quantity: Quantity) -> bool:
    """A small Chinese number of 个 (“三个方面”) is manner of speaking; a length of time is no figure."""
    spoken = quantity.unit == "个" and quantity.value < 10 and not re.search(r"\d", folded(quantity.text))
    return quantity.kind != "duration" and not spoken


def _figure(quantity: Quantity, text: str) -> Figure:
    name = _name_before(text, quantity.start)
    if quantity.kind == "count" and quantity.unit in _NOUN_AFTER:
        name = _name_after(text, quantity.end, name)
    return Figure(name, quantity.value, quantity.unit, quantity.text.strip(), quantity.start, quantity.end)


def _name_before(text: str, start: int) -> str:
    match = _BEFORE.search(text[max(0, start - 60) : start])
    clause = re.sub(r"\s", "", match.group()) if match else ""
    clause = re.split(r"\d[\d.]*[件个项条名人次份位家户万元%％]*[、和及与]?(?=[一-龥])", clause)[-1]
    clause = _TAIL.sub("", clause)
    share = re.fullmatch(r"(?P<part>.{2,}?)的?占.{2,14}(?:总数|总量|总额|总件数)?", clause)
    if share:
        return share["part"]
    if clause.endswith(("率", "比例", "比重")):
        return _CONNECTED.sub("", clause)
    name = _LAST_VERB.sub("", clause)
    return _LEAD.sub("", name) or _LEAD.sub("", clause)


def _name_after(text: str, end: int, before: str) -> str:
    """The noun behind the count word, where nothing before the number names it."""
    match = _AFTER.match(text[end : end + 12])
    noun = match["noun"] if match else ""
    nameless = not before or bool(re.search(rf"(?:{_VERBS}|[在从对向由给将把以])$", before)) or len(before) > 14
    return noun if noun and (nameless or not re.search("建议|提案|议案|意见|率$", before)) else before
