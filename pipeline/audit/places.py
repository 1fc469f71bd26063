"""The proper places that a text names (湾里村, 城西), told from words that only end alike (所有乡, 施工路)."""

from __future__ import annotations

import re
from collections.abc import Iterator

KIND = (
    r"村|河(?![道水长流堤岸段底湾])|社区|小区|花园|家园|新城|家属院|宿舍|"
    r"大道|小学|中学|大桥|水库|市场|公园|街道|镇|乡|路|街"
)
_PLACE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2}}(?P<first>{KIND})|"
    rf"(?P<name>[\u4e00-\u9fff]{{2}})(?P<kind>{KIND}))"
    r"(?!(?<=[路街])(?:灯|段|面|网|基|况|政|道办)|(?<![路街])(?:[委级民支医]|庄建|干部|组织|道办|主[任干职])|(?<=乡)[镇村]|(?<=镇)办)"
)
_GROUPS = (
    dict.fromkeys(("镇", "乡", "街道"), "乡镇")
    | dict.fromkeys(("路", "街", "大道"), "路")
    | dict.fromkeys(("小区", "花园", "家园", "新城", "家属院", "宿舍"), "小区")
    | dict.fromkeys(("小学", "中学"), "学校")
)
_COMMON = re.compile(
    r"[各全本该每此个条段道公通主支干行政自然城乡农镇县市区内的在和与及等老旧改造修建一二三四五六七八九十多几某到至从沿向对把将已由这那我您局逐绕来出有提停让请给往列纳月日时]"
)
_BARE = re.compile(
    r"(?:在|到|于)(?P<names>[\u4e00-\u9fff]{2}(?:、[\u4e00-\u9fff]{2}){0,3})(?=各|增|新建|修建|建|设|开|安装|装)"
)
_LEADS = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在到从于至把对向往与和及请由的给该是镇乡县市区村])$")


_KINDS = rf"{KIND}|组(?!织)|社(?!区|会|保)|屯|寨|庄|沟|河(?!道)|桥|巷|幼儿园|学校|卫生院|广场|渠|园区?"
_ENDS, _BEGINS = re.compile(rf"(?:{_KINDS})$"), re.compile(rf"(?:{_KINDS})")


def kind_of(name: str) -> str:
    """The kind of a place that a name ends with; empty where it says none."""
    found = _ENDS.search(name)
    return _GROUPS.get(found.group(), found.group()) if found else ""


def kind_behind(text: str) -> str:
    """The kind of a place that a text begins with: what follows a name says what it is the name of."""
    return _GROUPS.get(kind_word(text), kind_word(text))


def kind_word(text: str) -> str:
    """The word for a kind of place that a text begins with; empty where it begins otherwise."""
    found = _BEGINS.match(text)
    return found.group() if found else ""


def own_name(name: str) -> str:
    """A name without the word for its kind; as it is where nothing else would be left.

    >>> own_name("湾里村"), own_name("湾里")
    ('湾里', '湾里')
    """
    found = _ENDS.search(name)
    return name[: found.start()] if found and found.start() > 1 else name


def places(text: str, *, sure: bool = False) -> dict[str, set[str]]:
    """The places by their kind, each with the two characters before it: 村 → {湾里村}.

    `sure`: only those that begin where a name can (after a mark, 在, 从, another place).
    """
    found: dict[str, set[str]] = {}
    for kind, match, start in _named(text):
        if not sure or leads(text[:start]):
            found.setdefault(kind, set()).add(text[start : match.end()])
    return found


def leads(before: str) -> bool:
    """Whether a name can begin behind `before`: after a mark, 在, 从, another place."""
    return bool(_LEADS.search(before[-2:]))


def named(text: str) -> Iterator[tuple[str, int, int]]:
    """Every place with its kind and span, the unsure ones too."""
    return ((kind, start, match.end()) for kind, match, start in _named(text))


def _named(text: str) -> Iterator[tuple[str, re.Match[str], int]]:
    for match in _PLACE.finditer(text):
        kind = match["kind"] or match["first"]
        start = match.end() - len(kind) - 2
        if not _COMMON.search(text[start : match.end() - (len(kind) == 1)][:2]):
            yield _GROUPS.get(kind, kind), match, start


def bare(text: str) -> dict[str, set[str]]:
    """The places without a kind, where one stands before what is to be built there (在双塘、柳溪各建)."""
    names = {name for match in _BARE.finditer(text) for name in match["names"].split("、")}
    return {"": names} if names else {}
