"""What a submission is about, freed of what differs between two copies of it: number, names, date, frame words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from pipeline.records import Submission
from pipeline.recur.sayings import Sayings
from pipeline.text import clauses, normal, rarity, simplified, sort_of, squeezed, words

_FRAME = re.compile(r"^(?:关于|有关|对|就)+|(?:的)?(?:几点|若干|一些)?(?:建议|提案|意见|议案|请示|报告|思考)+$")
_MARKED = re.compile(r"^[（(]?\d{1,4}[、.．)）](?!\d)|[（(〔\[][^（(〔\[]{1,3}[）)〕\]]$|[。！!]+$")
"""What a register puts around a title: its place in the list, a remark in brackets, a mark at its end."""
_ENDINGS = (
    "镇",
    "乡",
    "村",
    "街道",
    "社区",
    "路",
    "大道",
    "街",
    "小区",
    "小学",
    "中学",
    "学校",
    "水库",
    "桥",
    "大桥",
    "河",
    "渠",
    "园区",
)
_MARKS = '，；。！？、：,;!?:“”"（）()《》—\n'
_CALLED_ANYTHING = frozenset(("路", "大道", "街", "桥", "大桥", "河"))
RARE_ENOUGH = 0.5
"""In the dictionary's counts 石桥, 文昌 and every unknown name lie above, 加强, 住宅, 工业 and 参与 below."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ROAD = re.compile(r"[GSXY]\d{2,3}(?!\d)")
_NO_NAME = frozenset(
    (  # noqa: SIM905
        "中 中小 农 本 我 我们 各 每 全 该 这 那 其 新 老 旧 乡 村 镇 县 市 区 县城 城区 城乡 农村 乡村 行政 自然 "
        "中心 主干 部分 有关 相关 重点 示范 贫困 偏远 边远 沿线 周边 附近 建设 修建 改造 加固 拓宽 修复 "
        "关于 在 到 至 从 和 与 及 由 对 将 把 是 有 的 通 进 组 "
        "水泥 柏油 沥青 砂石 泥巴 断头 盘山 上山 进山 产业 通村 通组 入户 新建 新修 用药 入学 闲置 废弃 公交 客运 旅游 "
        "这条 那条 一条 每条 这座 那座 "
        "请 给 送 让 像 但 不 某 使 为 以 用 于 被 并 就 都 也 还 只 入 出 过 所 "
        "一 两 二 三 四 五 六 七 八 九 十 几 个 每个 两个 三个 几个 多个 月 向"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One submission as the comparison sees it: title, asks and body in one way of saying.

    `places` are proper names of places, in simplified characters. `print` is the normal form of what is printed: equal
    for texts that differ in blanks, marks, width and script only.
    """

    id: str
    title: str
    asks: str
    body: str
    places: frozenset[str]
    print: str


def core_title(title: str) -> str:
    """The title without its frame.

    >>> core_title("关于修复青石镇河东村路灯的建议")
    '修复青石镇河东村路灯'
    """
    previous = ""
    title = squeezed(title)
    while title != previous:
        previous, title = title, _FRAME.sub("", _MARKED.sub("", title)) or title
    return title


def places(text: str) -> frozenset[str]:
    """The proper names of places in a text, told by their ending; generic words such as 农村道路 are none.

    >>> sorted(places("关于修复柳溪镇河东村道路和农村公路的建议"))
    ['柳溪镇', '河东村']
    """
    found = set(_ROAD.findall(text))
    for clause in clauses(text, _MARKS):
        found.update(_named(words(clause.text)))
    return frozenset(found)


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
    return bool(name) and (ending in _CALLED_ANYTHING or (not sort_of(name) and rarity(name) >= RARE_ENOUGH))


def _name_before(tokens: list[str], index: int) -> str:
    """The proper name in front of an ending: one word, or up to three single characters."""
    name = ""
    for token in reversed(tokens[max(0, index - 3) : index]):
        if token in _NO_NAME or token in _ENDINGS or not _HAN.fullmatch(token) or (name and len(token) > 1):
            break
        name = token + name
        if len(token) > 1:
            break
    return name if 2 <= len(name) <= 4 else ""


def matter(submission: Submission, sayings: Sayings) -> Matter:
    """The comparable parts of a submission."""
    title, asks, body = _printed(submission)
    named = places(simplified(title + "\n" + asks))
    heading, asked, said = (sayings.plain(part) or part for part in (title, asks, body))
    return Matter(submission.id, heading, asked, said, named, normal(body) or normal(title))


def plain(submission: Submission, sayings: Sayings) -> str:
    """Title and body as a Matter has them, without looking for places: that needs the dictionary's counts."""
    title, _, body = _printed(submission)
    return f"{sayings.plain(title) or title}\n{sayings.plain(body) or body}"


def _printed(submission: Submission) -> tuple[str, str, str]:
    """Title without its frame, asks, and body."""
    asks = "\n".join(ask.text for ask in submission.asks)
    parts = (submission.background, submission.problems, asks)
    body = "\n".join(part for part in parts if part) if submission.background or submission.problems else ""
    return core_title(submission.title), asks, body or submission.text.replace(submission.title, "", 1)


def age(submission: Submission) -> tuple[int, str, int, str]:
    """The order of time: year, kind, number."""
    number = int(submission.number) if submission.number.isdecimal() else 0
    return submission.year or 9999, submission.kind, number, submission.id
