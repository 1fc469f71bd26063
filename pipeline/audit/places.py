"""The proper places that a text names (湾里村, 城西), told from words that only end alike (所有乡, 施工路)."""

from __future__ import annotations

import re

_KIND = r"村|社区|小区|大道|小学|中学|大桥|水库|镇|乡|路|街"
_PLACE = re.compile(
    rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2}}(?P<first>{_KIND})|"
    rf"(?P<name>[\u4e00-\u9fff]{{2}})(?P<kind>{_KIND})(?![\u4e00-\u9fff]?(?:委|级|庄建|民|道办|灯|段|面|网|口|基|况|政|干部|组织))"
)
_TOWNS = {"镇": "乡镇", "乡": "乡镇"}
_COMMON = re.compile(
    r"[各全本该每此个条段道公通主支干行政自然城乡农镇县市区内的在和与及等新老旧改造修建一二三四五六七八九十多几某到至从沿向对把将已由这那我您局逐绕来出有提停让请给往]"
)
_BARE = re.compile(
    r"(?:在|到|于)(?P<names>[\u4e00-\u9fff]{2}(?:、[\u4e00-\u9fff]{2}){0,3})(?=各|增|新建|修建|建|设|开|安装|装)"
)
_LEADS = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在到从于至把对向往与和及请由的给该是镇乡县市区村])$")


def places(text: str, *, sure: bool = False) -> dict[str, set[str]]:
    """The places by their kind, each with the two characters before it: 村 → {湾里村}.

    `sure`: only those that begin where a name can (after a mark, 在, 从, another place).
    """
    found: dict[str, set[str]] = {}
    for match in _PLACE.finditer(text):
        kind = match["kind"] or match["first"]
        name = match.group()[-len(kind) - 2 :]
        before = text[: match.end() - len(name)]
        if _COMMON.search(name[:-1] if len(kind) == 1 else name[:2]) or (sure and not _LEADS.search(before)):
            continue
        found.setdefault(_TOWNS.get(kind, kind), set()).add(name)
    return found


def bare(text: str) -> dict[str, set[str]]:
    """The places without a kind, where one stands before what is to be built there (在双塘、柳溪各建)."""
    names = {name for match in _BARE.finditer(text) for name in match["names"].split("、")}
    return {"": names} if names else {}
