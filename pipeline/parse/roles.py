"""Who is reviewed, who is graded and who reviews, in papers of an appraisal (评议, 测评; R-STA-09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.mentions import mentions
from pipeline.parse.promise_cues import alternatives
from pipeline.profile import Profile
from pipeline.records import Reviewed

_GOAL, _GRADED, _BY = "评议对象", "测评对象", "评议主体"
_COUNT = r"(?:这|等)?[\d一二三四五六七八九十两]{1,3}个?(?:单位|部门|机关|局|家单位|地区|乡镇)?"
_LIST = r"[^，,。；;：:！？!?\n（）()]{2,80}?"
_PAST = re.compile("去年|上年|前年|往年|近年|上届|曾经?对|[^今本此]年度?曾")
_REVIEW = r"(?:民主|专项|工作|专题|履职|代表|年度|集中|全面|跟踪){0,3}(?:评议|测评)"
_OF = re.compile(
    rf"(?:(?P<by>[^，。；：\n]{{0,24}}?(?:人大(?:常委会)?|政协(?:常委会)?|评议组|县委|区委|市委|纪委[一-鿿]{{0,3}}))"
    r"(?:决定|将|拟|今年|组织|计划|会同|常委会|[\d一二三四五六七八九十]+月份?|今后|还要|要|继续){0,4})?"
    rf"对(?P<names>[^，,。；;：:！？!?\n（）()]{{2,80}})(?:进行|开展|实施|组织开展|作出){_REVIEW}"
)
_WITH = re.compile(
    rf"(?P<names>[^，,。；;：:！？!?\n]{{2,60}}?)(?:{_COUNT})?[,，]?(?:都|均)?要?以(?:此次|这次|本次|这一次|此){_REVIEW}(?:活动|工作)?为"
)
_EDGE = re.compile(
    rf"(?:{_COUNT}|等(?:单位|部门)?|(?:都|均|也)?(?:作)?为|被?确定|列)+$|^(?:希望|请|其中|具体|分别|我|今天|同时|这次|此次|本次)+"
)
_NAME = re.compile(
    r"(?:人大|政协|常委会|[县区市]委|组|局|委(?:员会)?|办(?:公室)?|院|部门?|政府|机构|单位|中心|公司|队|[镇乡]|街道|负责人|人员|班子|同志|代表|委员|常委|室)$"
)
_JOIN = re.compile(r"[、]|(?<=[局委办院校会部])(?:和|与|及|以及)(?=[一-鿿])")
_GENERAL = re.compile("各|所有|全体|有关|职能部门|组成部门")
_PLACE = re.compile(r"^[省市县区州旗]")


def roles(text: str, profile: Profile) -> tuple[Reviewed, ...]:
    """One entry a role, with all that the text names in it; what was reviewed in past years is left out."""
    found: dict[str, list[tuple[str, re.Match[str]]]] = {}
    for role, names, match in _mentions(text, profile):
        if not _PAST.search(text[max(0, match.start() - 12) : match.end()]):
            found.setdefault(role, []).extend((name, match) for name in _split(names))
    return tuple(_entry(role, named, profile) for role, named in found.items() if _names(named, profile))


def _entry(role: str, named: list[tuple[str, re.Match[str]]], profile: Profile) -> Reviewed:
    names = _names(named, profile)
    match = next(match for name, match in named if name in names)
    return Reviewed(role, names, match.group().strip(), match.start(), match.end())


def _names(named: list[tuple[str, re.Match[str]]], profile: Profile) -> tuple[str, ...]:
    """The units among some names; such as 政府各部门 only where no unit is named."""
    names = [name for name, _ in named]
    own = [name for name in names if mentions(name, profile) and not _GENERAL.search(name)]
    return _distinct(own or [name for name in names if _NAME.search(name)])


def _mentions(text: str, profile: Profile) -> Iterator[tuple[str, str, re.Match[str]]]:
    for role in (_GOAL, _GRADED, _BY):
        for pattern in _patterns(profile.words(f"{role}词")):
            for match in pattern.finditer(text):
                yield role, match["names"], match
    for match in _OF.finditer(text):
        if match["by"]:
            yield _BY, match["by"], match
        yield _GOAL, match["names"], match
    for match in _WITH.finditer(text):
        yield _GOAL, match["names"], match


@lru_cache(maxsize=16)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """评议组由甲、乙组成; 作为评议对象的甲局; 评议对象为甲局、乙局; 甲局、乙局为评议对象."""
    word = alternatives(words)
    return (
        re.compile(rf"(?:{word})由(?P<names>[^，,。；;\n]{{2,60}}?)(?:共同)?组成"),
        re.compile(rf"作为(?:这次|本次|此次)?(?:{word})的(?P<names>{_LIST})(?=[，,。；;])"),
        re.compile(
            rf"(?:{word})(?:和范围|范围|单位)?(?:为|是|[：:]|有|包括|确定为|共有)+(?!(?:要|在|此次|这次|本次|一项))(?P<names>{_LIST})(?=[，,。；;（(]|$)",
            re.MULTILINE,
        ),
        re.compile(
            rf"(?:^|(?<=[，,。；;：:\n]))(?P<names>{_LIST})(?:被)?(?:确定为|列为|作为|定为|为|是)(?:这次|本次|此次|今年)?(?:的)?(?:{word})(?=[，,。；;])"
        ),
    )


def _split(names: str) -> list[str]:
    """The names of a list without its count and lead words."""
    cut = [_EDGE.sub("", _EDGE.sub("", part.strip().split("的")[0])) for part in _JOIN.split(names)]
    return [part for part in cut if 2 <= len(part) <= 24]


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Each name once, a short form left out beside its long one (发改 beside 区发改经贸局)."""
    kept: list[str] = []
    for name in sorted(dict.fromkeys(names), key=len, reverse=True):
        if not any(_PLACE.sub("", name) in long for long in kept):
            kept.append(name)
    return tuple(sorted(kept, key=names.index))
