"""The marks of a letter: label, publicity, signer, reference, contact, copies (domain §3-G)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.parse.lines import Line, lines
from pipeline.profile import Profile

_LOOKALIKE = str.maketrans("ＡＢＣＤａｂｃｄ１２３АВСабс", "ABCDABCD123ABCABC")
_LETTER = r"[（(“\"【\[]?\s*(?P<v>[A-Da-d甲乙丙丁][1-9]?)(?![A-Za-z\d])\s*[)）”\"】\]]?"
_CLASS = re.compile(r"(?:^|[\s（(【\[：:号])(?P<v>[A-Da-d甲乙丙丁][1-9]?)\s*[类級级](?!似|别|型|推)")
_ONLY = re.compile(r"^[（(【\[〔]?\s*(?P<v>[A-Da-d甲乙丙丁][1-9]?)\s*类?\s*[)）】\]〕]?\s*类?$")
_AT_END = re.compile(
    r"[（(【\[〔]\s*(?P<v>[A-Da-d甲乙丙丁][1-9]?)\s*类?\s*[)）】\]〕]\s*(?:的?(?:复函|答复函?|函))?\s*$"
)
_SIGN = re.compile(r"[（(【\[〔][^（(【\[〔）)】\]〕]{1,8}[）)】\]〕]")
_SIGNS = re.compile(rf"(?:{_SIGN.pattern}[ \t\u3000]*)+")
_PUBLIC = re.compile(r"[（(【\[〔]?(?P<v>不?公开)[）)】\]〕]?")
_REFERENCE = re.compile(
    r"[一-鿿A-Za-z（）()]{0,14}?[一-鿿]\s*[：:]?"
    r"[〔\[［【（(﹝]\s*(?:19|20)\d\d\s*[〕\]］】）)﹞]\s*第?\s*\d[\d ]{0,6}\s*号"
)
_NOT_NAME = "电话|手机|联系|职务|办公|传真|邮箱|单位"
_NAME = rf"(?:(?:(?!{_NOT_NAME})[一-鿿·]){{2,8}}(?=[^一-鿿]|{_NOT_NAME}|$)|[一-鿿][ 　]{{1,3}}[一-鿿](?![一-鿿]))"
_ROOM = r"[一-鿿]{2,14}(?:局|委|办|股|科|室|处|队|站|所|中心|办公室)[ \t\u3000，,]+"
_PAGE_PHONE = re.compile(r"(?m)^[^\n]*(?:网站|举报|投诉|技术支持|主办单位)[^\n]*$")
_POST = re.compile(r"^[一-鿿]+(?:局|委员会|办公室|中心|股|科|站|所)(?=[一-鿿]{2,3}$)")
_EXTENSION = r"(?: *(?:[-—－]|转|分机号?|内线)[：: ]*[\d*]{1,6}(?!\d)| *[（(](?:转|分机号?|内线)[：: ]*\d{1,6}[）)])"
_PHONE = re.compile(
    rf"(?:\+?86[- ]?)?(?:[（(]?0\d{{2,3}}[)）]?[-—－– ]{{0,2}})?[\d*]{{7,11}}{_EXTENSION}?|"
    r"[\d*]{3,4}[-—－][\d*]{7,13}"
)


def label_of(head: str, tail: str, profile: Profile) -> str:
    """The printed letter of the result (A, B1, 甲 …); empty where head and signature print different ones."""
    first, last = labels_of(head, tail, profile)
    return first if not last or first == last else "" if first else last


def labels_of(head: str, tail: str, profile: Profile) -> tuple[str, str]:
    """The letters that head and tail print: after its word, on a line of its own, or at a title's end."""
    words = profile.wording["结果标注词"]
    return _label_in(head, words, (_CLASS, _ONLY, _AT_END)), _label_in(tail, words, (_ONLY, _AT_END))


def _label_in(stretch: str, words: tuple[str, ...], patterns: tuple[re.Pattern[str], ...]) -> str:
    marked = _after(stretch, words, _LETTER) or _parted(stretch, words)
    if marked:
        return marked.upper()
    for line in _signs(stretch.translate(_LOOKALIKE)):
        for pattern in patterns:
            match = pattern.search(line)
            if match and (pattern is not _CLASS or len(line) <= 40):
                return match["v"].upper()
    return ""


def _signs(stretch: str) -> list[str]:
    """The lines of a stretch, one of bracketed signs alone ([A] [公开]) taken apart."""
    return [
        sign
        for line in lines(stretch)
        for sign in (_SIGN.findall(line.text) if _SIGNS.fullmatch(line.text) else [line.text])
    ]


def _parted(text: str, words: tuple[str, ...]) -> str:
    """The letter that ends a line after its word and blanks alone (结果类别  A)."""
    pattern = re.compile(rf"(?:^|[\s（(])(?:{_spaced(words)})[ \t\u3000]+(?P<v>[A-Da-d甲乙丙丁][1-9]?)[ 类\t]*$", re.M)
    match = pattern.search(text.translate(_LOOKALIKE))
    return match["v"] if match else ""


def letter_of(cell: str) -> str:
    """The letter in a register's result cell; the cell itself where it holds words (已解决)."""
    match = re.search(r"(?<![A-Za-z])[A-Da-d甲乙丙丁][1-9]?(?![A-Za-z\d])", cell.translate(_LOOKALIKE))
    return match.group().upper() if match else cell.strip()


def publicity_of(head: str, tail: str, profile: Profile) -> str:
    """The publicity mark as printed: “同意公开”, “是否公开：是”."""
    words = sorted(profile.wording["公开词"], key=len, reverse=True)
    for stretch in (head, tail):
        marks = "|".join(map(re.escape, sorted(profile.wording["公开标注词"], key=len, reverse=True)))
        match = re.search(rf"(?:{marks})[：:]\s*[^\s，。；（(]{{1,8}}", stretch)
        if match:
            return match.group()
        found = next((word for word in words if word in stretch), "")
        if found:
            return found
        signs = (_PUBLIC.fullmatch(sign) for sign in _signs(stretch))
        sign = next((match["v"] for match in signs if match), "")
        if sign:
            return sign
    return ""


def reference_of(head: str) -> str:
    """The letter's own 文号, blanks left out."""
    for line in lines(head):
        match = _REFERENCE.search(line.text)
        if match and "关于" not in line.text[: match.start()]:
            return re.sub(r"\s", "", match.group())
    return ""


def signer_of(head: str, tail: str, profile: Profile) -> str:
    """Who signed the letter out."""
    words = profile.wording["签发标注词"]
    return _after(head, words, f"(?P<v>{_NAME})") or _after(tail, words, f"(?P<v>{_NAME})")


def contact_of(text: str, profile: Profile) -> str:
    """The contact person: of several, the one beside whom a telephone stands."""
    named = _labelled(profile.wording["联系人标注词"], f"(?:{_ROOM})?(?P<v>{_NAME})")
    found = list(named.finditer(text.translate(_LOOKALIKE)))
    called = (match for match in found if _PHONE.search(text[match.end() :].split("\n", 1)[0]))
    match = next(called, found[0] if found else None)
    return _POST.sub("", re.sub(r"[\s　]", "", match["v"])) if match else ""


def phone_of(text: str, profile: Profile) -> str:
    """The contact's telephone as printed; that of a web page is none."""
    text = _PAGE_PHONE.sub("", text)
    words = (*profile.wording["电话标注词"], *profile.wording["联系人标注词"])
    found = _after(text, words, rf"[^\d*\n。；]{{0,14}}?(?P<v>{_PHONE.pattern})").strip()
    bare = _bare_phone(profile.wording["电话标注词"]).search(text)
    return found or (re.sub(r"[\s　]", "", bare["v"]) if bare else "")


def copied_to(tail: list[Line], profile: Profile) -> str:
    """Who gets a copy, as printed after 抄送, continued lines included."""
    pattern = _label(profile.wording["抄送标注词"])
    for place, line in enumerate(tail):
        match = pattern.match(line.text)
        if match:
            rest = [
                line.text[match.end() :],
                *(one.text for one in tail[place + 1 : place + 4] if _continues(one.text)),
            ]
            return "".join(rest).strip(" 　。")
    return ""


def _continues(line: str) -> bool:
    return bool(re.match(r"[^：:]{2,60}[。，、]$", line)) and not re.search(r"\d{4}年", line)


def _after(text: str, words: tuple[str, ...], value: str) -> str:
    """What stands after one of the labels; `value` is a pattern with the group `v`."""
    match = _labelled(words, value).search(text.translate(_LOOKALIKE))
    return re.sub(r"[\s　]", "", match["v"]) if match else ""


@lru_cache(maxsize=32)
def _labelled(words: tuple[str, ...], value: str) -> re.Pattern[str]:
    also = "(?:[及、和/]?(?:联系)?(?:电话|方式))?"
    return re.compile(rf"(?:{_spaced(words)}){also}(?:[\s　]*[：:][\s　]*|(?: {{2,}}|\t|　+)){value}")


@lru_cache(maxsize=8)
def _bare_phone(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_spaced(words)})[ 　]?(?P<v>{_PHONE.pattern})")


@lru_cache(maxsize=32)
def _label(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_spaced(words)})[\s　]*[：:]")


def _spaced(words: tuple[str, ...]) -> str:
    """The labels, each with blanks allowed between its characters (联 系 人)."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(r"[\s　]*".join(map(re.escape, word)) for word in longest)
