"""Words and numbers that fell out: 届人大次会议, 以下个方面, 建议140政协提案, a bracket without its partner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.profile import Profile

_NUMBER = "0-9０-９〇零○一二三四五六七八九十百千万两"
_BODY = "人大|人民代表大会|政协|全国|中央|省委|市委|县委|党代会|党代表|委员会|常委会|次会议|次全|全会|全体会议"
_MEASURE = (
    "件个条项份篇次名位人户家处座盏台辆套所间栋幢站段期批类章节页级层轮天年月日时分秒号万亿千百十余多几来元角米公里平立亩吨斤"
    "克升度倍成届场组支只头匹片块根棵株路岁周季字行列卷册部幅辖款笔宗起例把张排班队%％‰"
)
_STUMP = re.compile(r"^\s*[）)](?=[一-鿿])", re.MULTILINE)
_COUNTER = "方面|问题|环节|部分|阶段|重点|层面|要点|领域|关键|步骤|方向|着力点"
_THING = "万元|亿元|余万元|多万元|公里|余公里|平方米|万平方米|万人次|人次|余户|余人"


def hints(text: str, profile: Profile) -> Iterator[int]:
    """Where something may lack."""
    for pattern, _ in _patterns(profile.words("件数名词"), profile.words("数前词")):
        yield from (match.start() for match in pattern.finditer(text))
    yield from (match.end() - 1 for match in _STUMP.finditer(text))


def lost(text: str, profile: Profile) -> Iterator[tuple[int, int, str]]:
    """The places of a paragraph at which something must have stood."""
    for pattern, said in _patterns(profile.words("件数名词"), profile.words("数前词")):
        for match in pattern.finditer(text):
            yield (*match.span(), said)


@lru_cache(maxsize=4)
def _patterns(things: tuple[str, ...], leads: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    thing, lead = ("|".join(map(re.escape, words)) for words in (things, leads))
    return (
        (
            re.compile(rf"届(?<![{_NUMBER}本上下历换首往应新每各前当同该这那多几数某跨XxＸ×*]届)(?={_BODY})"),
            "疑似漏字，缺少届数",
        ),
        (
            re.compile(rf"次(?<![{_NUMBER}本此这那该上下每多历首前后各几数某再屡依末XxＸ×*]次)(?:全体)?会议"),
            "疑似漏字，缺少次数",
        ),
        (
            re.compile(
                rf"个(?<=[一-鿿]个)(?<![{_NUMBER}几多数各每某这那哪整半首单逐余来有是成个对XxＸ×*]个)(?={_COUNTER})"
            ),
            "疑似漏字，缺少数目",
        ),
        (
            re.compile(rf"(?:{thing})[共计合达有]{{0,2}}(?!(?:19|20)\d\d)\d{{1,4}}(?=[一-鿿，；。])(?![{_MEASURE}])"),
            "疑似漏字，数目后缺少“件”等单位",
        ),
        (
            re.compile(rf"(?:{lead})(?:[一-鿿]{{2,6}}(?<![{_NUMBER}几数每余多]))?(?:{_THING})(?![以之左上内外数级])"),
            "疑似漏字，缺少数目",
        ),
        (re.compile(r"[%％](?<=[一-鿿].)(?<![几数百].)(?!\w)"), "疑似漏字，百分号前缺少数目"),
        (re.compile(r"^\s*[）)](?=[一-鿿])"), "疑似编号残缺"),
    )
