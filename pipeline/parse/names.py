"""Who signed: names of people and bodies out of a cell or a line, placeholders left out (R-ING-07)."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[、，,；;/\n\t|]+|\s{2,}|　+")
_PLACEHOLDER = re.compile(
    r"[XxＸｘ×*＊✕╳○◯]{2,}|某|_{2,}|\.{3,}|…|[XxＸｘ×*＊○◯](?=[省市县区镇乡村局届次年月日号委]|$|同志|代表)|^[XxＸｘ×*＊○◯]"
    r"|^(?:年月日?|签名|签字|盖章|签章)$"
)
_SHORT = re.compile(r"[一-鿿]{2,4}|[一-鿿]{2,6}·[一-鿿·]{1,8}")
_LEADING = re.compile(r"([^（()）]{2,16})[（(](?:领衔|领銜|牵头|第一|主提)[^）)]{0,8}[）)]")
_DOTS = str.maketrans("•‧∙・●", "·····")
_NOTE = re.compile(r"[（(][^）)]*[）)]")
_CROWD = re.compile(r"等?\s*[\d一二三四五六七八九十两百]+\s*(?:名|位|人)(?:代表|委员|人)?$|等(?:代表|委员|人|同志)?$")
_COUNT = re.compile(r"[、，, ]*(?:等|共|计)\s*[\d一二三四五六七八九十两百]+\s*(?:名|位|人)(?:代表|委员|人)?")
_OFFICE = re.compile(
    r"(?:[^\s]{0,8}(?:人大|政协))?(?:代表|委员)?(?:：|:)|^(?:县|市|区|省)?(?:人大|政协)(?:代表|委员)(?![第会]|小组|活动|联络|界)"
)
_TITLE = re.compile(r"(?:代表|委员|同志|先生|女士)$")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d|二[〇○零O]\S{1,2})\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*(?:月|[.\-/])?[^、，,；;]{0,5}$"
)
_SPACED = re.compile(r"(?<![一-鿿])([一-鿿])[ 　]{1,3}([一-鿿])(?![一-鿿])")
_PERSON = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{1,8})*|[一-鿿·]{5,12}")


def names(text: str, posts: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The people and bodies of a cell in order; `posts` are last words of posts, which stand beside names and go.

    >>> names("张 三（领衔）、李小四、王五等5名代表")
    ('张三', '李小四', '王五')
    >>> names("民革云禾县支部"), names("柳林镇中心小学校长 何平", ("校长",))
    (('民革云禾县支部',), ('何平',))
    """
    joined = _SPACED.sub(r"\1\2", _COUNT.sub(" ", _DATE.sub(" ", _NOTE.sub("", text.translate(_DOTS)))))
    parts = [_bare(part) for part in _split(joined, posts)]
    found = tuple(dict.fromkeys(part for part in parts if part and not is_placeholder(part)))
    return tuple(part for part in found if not part.endswith("代表团")) or found


def led(text: str, posts: tuple[str, ...] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a cell as those who lead and those who join: by a note such as （领衔）, else all lead.

    >>> led("张三（领衔）、李小四"), led("张三、李小四")
    ((('张三',), ('李小四',)), (('张三', '李小四'), ()))
    """
    everyone = names(text, posts)
    noted = {name for part in _LEADING.findall(text) for name in names(_MARKS.split(part)[-1], posts)[-1:]}
    first = tuple(name for name in everyone if name in noted)
    return (first, tuple(name for name in everyone if name not in noted)) if first else (everyone, ())


def is_placeholder(text: str) -> bool:
    """Whether a value only holds the place of one: XX县, 张某某, 20xx, ____.

    >>> [is_placeholder(t) for t in ("XX县人民政府", "李某", "20xx", "李明")]
    [True, True, True, False]
    """
    return bool(_PLACEHOLDER.search(text))


def _split(text: str, posts: tuple[str, ...]) -> list[str]:
    found = [one for part in _MARKS.split(text) if part.strip() for one in _words(part.strip(), posts)]
    people = [one for one in found if _SHORT.fullmatch(_bare(one)) and not _bare(one).endswith(posts)]
    return [one for one in found if not _bare(one).endswith(posts)] if people else found


def _words(part: str, posts: tuple[str, ...]) -> list[str]:
    """The names of a stretch without marks: apart at blanks, if all are names or one is a post beside a name."""
    words = part.split()
    if len(words) < 2:
        return [part]
    if all(_PERSON.fullmatch(_bare(word)) for word in words):
        return words
    beside = any(_SHORT.fullmatch(word) for word in words) and posts and any(word.endswith(posts) for word in words)
    return words if beside else [part]


def _bare(part: str) -> str:
    part = _OFFICE.sub("", part.strip(" \t\u3000。"))
    part = _CROWD.sub("", part.strip())
    part = re.sub(r"\s+", "", part)
    cut = _TITLE.sub("", part)
    return cut if len(cut) >= 2 else part
