"""Who signed: names of people and bodies out of a cell or a line, placeholders left out (R-ING-07)."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[、，,；;/\n\t|]+|\s{2,}|　+")
_PLACEHOLDER = re.compile(
    r"[XxＸｘ×*＊✕╳○◯]{2,}|某|_{2,}|\.{3,}|…|[XxＸｘ×*＊○◯](?=[省市县区镇乡村局届次年月日号委]|$|同志|代表)|^[XxＸｘ×*＊○◯]"
)
_NOTE = re.compile(r"[（(][^）)]*[）)]")
_CROWD = re.compile(r"等?\s*[\d一二三四五六七八九十两百]+\s*(?:名|位|人)(?:代表|委员|人)?$|等(?:代表|委员|人|同志)?$")
_COUNT = re.compile(r"[、，, ]*(?:等|共|计)\s*[\d一二三四五六七八九十两百]+\s*(?:名|位|人)(?:代表|委员|人)?")
_OFFICE = re.compile(r"(?:[^\s]{0,8}(?:人大|政协))?(?:代表|委员)?(?:：|:)|^(?:县|市|区|省)?(?:人大|政协)(?:代表|委员)")
_TITLE = re.compile(r"(?:代表|委员|同志|先生|女士)$")
_SPACED = re.compile(r"(?<![一-鿿])([一-鿿])[ 　]{1,3}([一-鿿])(?![一-鿿])")
_PERSON = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{1,8})*|[一-鿿·]{5,12}")


def names(text: str) -> tuple[str, ...]:
    """The people and bodies of a cell in order.

    >>> names("张 三（领衔）、李小四、王五等5名代表")
    ('张三', '李小四', '王五')
    >>> names("民革云禾县支部")
    ('民革云禾县支部',)
    """
    joined = _SPACED.sub(r"\1\2", _COUNT.sub(" ", _NOTE.sub("", text)))
    parts = [_bare(part) for part in _split(joined)]
    return tuple(dict.fromkeys(part for part in parts if part and not is_placeholder(part)))


def is_placeholder(text: str) -> bool:
    """Whether a value only holds the place of one: XX县, 张某某, 20xx, ____.

    >>> [is_placeholder(t) for t in ("XX县人民政府", "李某", "20xx", "李明")]
    [True, True, True, False]
    """
    return bool(_PLACEHOLDER.search(text))


def _split(text: str) -> list[str]:
    parts = [part for part in _MARKS.split(text) if part.strip()]
    if len(parts) == 1 and " " in parts[0].strip():
        words = parts[0].split()
        if all(_PERSON.fullmatch(_bare(word)) for word in words):
            return words
    return parts


def _bare(part: str) -> str:
    part = _OFFICE.sub("", part.strip())
    part = _CROWD.sub("", part.strip())
    part = re.sub(r"\s+", "", part)
    cut = _TITLE.sub("", part)
    return cut if len(cut) >= 2 else part
