"""The proper names of places in a text, told by their ending: villages, roads, rivers, schools, estates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from pipeline.text import clauses, idioms, rarity, sort_of, words

_ENDINGS = tuple(
    (  # noqa: SIM905
        "镇 乡 村 街道 社区 村委会 居委会 路 大道 街 巷 小区 家园 花园 家属院 小学 中学 学校 水库 桥 大桥 隧道 "
        "河 小河 大河 渠 干渠 灌区 园区"
    ).split()
)
_MARKS = '，；。！？、：,;!?:“”"（）()《》—\n'
_CALLED_ANYTHING = frozenset(("路", "大道", "街", "巷", "桥", "大桥", "河", "小河", "大河"))
RARE_ENOUGH = 0.5
"""In the dictionary's counts 石桥, 文昌 and every unknown name lie above, 加强, 住宅, 工业 and 参与 below."""
_LONGEST = 4
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ROAD = re.compile(r"[GSXY]\d{2,3}(?!\d)")
_NO_NAME = frozenset(
    (  # noqa: SIM905
        "中 中小 农 本 我 我们 各 每 全 该 这 那 其 新 老 旧 乡 村 镇 县 市 区 县城 城区 城乡 农村 乡村 行政 自然 "
        "中心 主干 部分 有关 相关 重点 示范 贫困 偏远 边远 沿线 周边 附近 建设 修建 改造 加固 拓宽 修复 "
        "关于 在 到 至 从 和 与 及 由 对 将 把 是 有 的 通 进 组 村民 居民 工作 领导 专班 界别 联合 学习 研究 学 "
        "水泥 柏油 沥青 砂石 泥巴 断头 盘山 上山 进山 产业 通村 通组 入户 新建 新修 用药 入学 闲置 废弃 公交 客运 旅游 "
        "机耕 人行 过街 立交 高速 高架 步行 石拱 排水 排污 排灌 高压 热线 专线 单行 居家 "
        "寄宿制 小规模 特殊教育 民办 公办 "
        "这条 那条 一条 每条 这座 那座 "
        "请 给 送 让 像 但 不 某 使 为 以 用 于 被 并 就 都 也 还 只 入 出 过 所 收 接 驻 沿 经 去 来 等 或 危 挖 "
        "一 两 二 三 四 五 六 七 八 九 十 几 个 每个 两个 三个 几个 多个 月 向"
    ).split()
)


def places(text: str) -> frozenset[str]:
    """The proper names of places in a text; generic words such as 农村道路 are none.

    >>> sorted(places("关于修复柳溪镇河东村道路和农村公路的建议"))
    ['柳溪镇', '河东村']
    """
    found = set(_ROAD.findall(text))
    for clause in clauses(text, _MARKS):
        found.update(_named(words(clause.text)))
    return frozenset(found)


def called(place: str) -> str:
    """The name without what sort of place it is, which papers often leave out.

    >>> called("河东村"), called("文昌大道"), called("S519")
    ('河东', '文昌', 'S519')
    """
    ending = max((e for e in _ENDINGS if place.endswith(e) and len(place) - len(e) > 1), key=len, default="")
    return place.removesuffix(ending)


def _named(tokens: list[str]) -> Iterator[str]:
    """The names of places among the words of one clause."""
    for index, token in enumerate(tokens):
        if token in _ENDINGS:
            name = _name_before(tokens, index)
            tail = "".join(takewhile(_ENDINGS.__contains__, tokens[index:]))
            yield from (name + tail,) if _telling(name, tail) else ()
        elif token.endswith(_ENDINGS) and not {token[:1], token[:2]} & _NO_NAME:
            before = tokens[index - 1] if index else ""
            if len(token) > 2:
                ending = max((e for e in _ENDINGS if token.endswith(e)), key=len)
                yield from (token,) if _telling(token.removesuffix(ending), ending) else ()
            elif token[-1] in "村镇乡" and _HAN.fullmatch(before) and len(before) == 1 and before not in _NO_NAME:
                yield before + token


def _telling(name: str, ending: str) -> bool:
    """Whether a word can be a name: a road may be called 团结; before 社区 or 村 verbs and common words are none."""
    if not name or name in idioms() or name in _NO_NAME:
        return False
    return ending in _CALLED_ANYTHING or (not sort_of(name) and rarity(name) >= RARE_ENOUGH)


def _name_before(tokens: list[str], index: int) -> str:
    """The proper name in front of an ending: one word, or single characters, the first after a word at most."""
    name = ""
    for token in reversed(tokens[max(0, index - 3) : index]):
        ending, word = token in _ENDINGS and len(name) != 1, len(token) > 1
        if token in _NO_NAME or ending or not _HAN.fullmatch(token) or (word and not _begins(token, name)):
            break
        name = token + name
        if word:
            break
    return name if 2 <= len(name) <= _LONGEST else ""


def _begins(word: str, rest: str) -> bool:
    """Whether a word can stand before the rest of a name: before nothing, or a rare one before one character."""
    return not rest or (len(rest) == 1 and not sort_of(word) and rarity(word) >= RARE_ENOUGH)
