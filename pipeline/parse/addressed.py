"""Whom a letter addresses: the line that calls the asker, below whatever a page or form prints above it."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.parse.lines import Line, starts_with
from pipeline.profile import Profile
from pipeline.text import squeezed

_HEAD_LINES, _PAGE_LINES, _SHORTEST = 16, 48, 2
_ADDRESS = re.compile(
    r"(?:尊敬的[：:])?(?:[^：:，。！\n（(]|[（(][^）)\n]{0,40}[）)]){2,70}?(?=[：:]|(?<=代表|委员|同志|先生|女士)$)|[^：:，。！\n]{0,30}?(?:您|你)们?好(?=[：:，,！!。])"
)
_CALLS = re.compile(
    r"(?:尊敬的)?[：:]?(?:[^：:，。！；（）()|\n]|[（(][^）)\n]{0,40}[）)]){2,160}?(?:代表团?|委员)们?(?:[（(][^）)\n]{1,30}[）)])?\s*(?:[：:](?P<said>.*)|$)"
)
_OPENS = re.compile(r"收悉|收到|如下|[您你]们?(?:在|提|的|于|好|所|反映|联名)|[办答]复|提案|建议|议案")
_NO_NAME = re.compile(
    r"收悉|如下|答复|办理|第\d+号|关于|类别|公开|签发|[>＞/|]|首页|专栏|^.{0,4}(?:人大代表|政协委员)$|^[领附联]"
)
_LABELLED = ("结果标注词", "公开标注词", "签发标注词", "联系人标注词", "电话标注词", "抄送标注词", "附件标注词")


def addressed(found: list[Line], text: str, profile: Profile) -> tuple[str, int, int]:
    """The addressee, where its line begins, and where what follows it begins; the head alone where there is none."""
    return _called_out(found, profile) or _first(found, text, profile)


def _called_out(found: list[Line], profile: Profile) -> tuple[str, int, int] | None:
    """The line that calls deputies or members by name before the opening, however much a page prints above it."""
    for place, line in enumerate(found[:_PAGE_LINES]):
        match = _CALLS.match(line.text)
        after = (match["said"] or "") if match else ""
        follows = after.strip() or "".join(one.text for one in found[place + 1 : place + 3])
        if match and _OPENS.search(follows[:200]) and _is_name(line, match.group()[: match.start("said")], profile):
            name = line.text[: match.start("said") if match["said"] is not None else match.end()].rstrip(" ：:")
            return _called(name), line.start, line.start + len(line.text) - len(after)
        if re.search(r"收悉|如下[：:]", line.text):
            break
    return None


def _is_name(line: Line, name: str, profile: Profile) -> bool:
    """Whether a line that ends with 代表 or 委员 calls people: no title, no label, no link of a page."""
    bare = squeezed(name).rstrip("：:")
    if any(starts_with(line.text, profile.wording[key]) for key in _LABELLED) or bare in _columns(profile):
        return False
    return not _NO_NAME.search(bare)


def _first(found: list[Line], text: str, profile: Profile) -> tuple[str, int, int]:
    """The first line that may be an address."""
    titles = profile.wording["来信称谓"]
    above = 0
    for line in found[:_HEAD_LINES]:
        if squeezed(line.text).rstrip("：:") in profile.columns.get("答复内容", ()):
            return "", line.start, line.end
        match = _ADDRESS.match(line.text)
        if match and _is_address(line, match.group(), titles, profile):
            after = line.start + match.end() + 1
            return _called(match.group()), line.start, after
        if len(line.text) > 60 or re.search(r"收悉|如下[：:]", line.text):
            break
        above = line.end
    return "", above if above < len(text) else 0, above if above < len(text) else 0


def _is_address(line: Line, name: str, titles: tuple[str, ...], profile: Profile) -> bool:
    bare = squeezed(name)
    if any(starts_with(line.text, profile.wording[key]) for key in _LABELLED):
        return False
    if re.search(r"收悉|如下|答复$|办理|第\d+号|关于|类别|公开|签发", bare) or bare in _columns(profile):
        return False
    if len(line.text) <= len(name) + 1 and not re.match(r"[（(]?[一二三四五六七八九十\d]+[)）、.．]", bare):
        return True
    return any(title in bare for title in titles) or bool(
        re.search(r"(?:局|委|办|办公室|单位|厅|院|政府|中心)$|好$|UU\d", bare)
    )


def _columns(profile: Profile) -> frozenset[str]:
    """The names of a register's columns, which label the lines above some letters (主办单位：…)."""
    return _names(tuple(sorted(profile.columns.items())))


@lru_cache(maxsize=8)
def _names(columns: tuple[tuple[str, tuple[str, ...]], ...]) -> frozenset[str]:
    return frozenset(name for _, names in columns for name in names if len(name) > _SHORTEST)


def _called(name: str) -> str:
    bare = re.sub(r"^(?:尊敬的|敬爱的)[：:]?|[（(][^）)]*(?:手机|电话|\d{5,})[^）)]*[）)]", "", squeezed(name))
    return re.sub(r"[，,]?(?:您|你)们?好$", "", bare)
