"""The marks of a letter: label, publicity, signer, reference, contact, copies (domain §3-G)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.parse.letter import Line, lines
from pipeline.profile import Profile

_LOOKALIKE = str.maketrans("ＡＢＣＤａｂｃｄ１２３АВСабс", "ABCDABCD123ABCABC")
_LETTER = r"[（(“\"【\[]?\s*(?P<v>[A-Da-d甲乙丙丁][1-9]?)(?![A-Za-z\d])\s*[)）”\"】\]]?"
_CLASS = re.compile(r"(?:^|[\s（(【\[：:])(?P<v>[A-Da-d甲乙丙丁][1-9]?)\s*[类級级](?!似|别|型|推)")
_ONLY = re.compile(r"^[（(【\[]?\s*(?P<v>[A-Da-d甲乙丙丁][1-9]?)\s*[)）】\]]?$")
_AT_END = re.compile(r"[（(【\[]\s*(?P<v>[A-Da-d甲乙丙丁][1-9]?)\s*类?\s*[)）】\]]\s*$")
_REFERENCE = re.compile(
    r"[一-鿿A-Za-z（）()]{0,14}?[一-鿿]\s*[〔\[［【（(﹝]\s*(?:19|20)\d\d\s*[〕\]］】）)﹞]\s*第?\s*\d[\d ]{0,6}\s*号"
)
_NOT_NAME = "电话|手机|联系|职务|办公|传真|邮箱|单位"
_NAME = rf"(?:(?:(?!{_NOT_NAME})[一-鿿·]){{2,8}}(?=[^一-鿿]|{_NOT_NAME}|$)|[一-鿿][ 　]{{1,3}}[一-鿿](?![一-鿿]))"
_PHONE = re.compile(
    r"(?:\+?86[- ]?)?(?:[（(]?0\d{2,3}[)）]?[-—－– ]?)?[\d*]{7,11}(?:[-—－转][\d*]{1,6})?|[\d*]{3,4}[-—－][\d*]{7,13}"
)


def label_of(head: str, tail: str, profile: Profile) -> str:
    """The printed letter of the result (A, B1, 甲 …): after its word, on a line of its own, or at the title's end."""
    marked = _after(head, profile.wording["结果标注词"], _LETTER) or _after(
        tail, profile.wording["结果标注词"], _LETTER
    )
    if marked:
        return marked.upper()
    plain = head.translate(_LOOKALIKE)
    for line in lines(plain):
        for pattern in (_CLASS, _ONLY, _AT_END):
            match = pattern.search(line.text)
            if match and (pattern is not _CLASS or len(line.text) <= 40):
                return match["v"].upper()
    return ""


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
    """The contact person."""
    return _after(text, profile.wording["联系人标注词"], f"(?P<v>{_NAME})")


def phone_of(text: str, profile: Profile) -> str:
    """The contact's telephone as printed."""
    words = (*profile.wording["电话标注词"], *profile.wording["联系人标注词"])
    return _after(text, words, rf"[^\d*\n。；]{{0,14}}(?P<v>{_PHONE.pattern})").strip()


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
    return re.compile(rf"(?:{_spaced(words)})[\s　]*[：:][\s　]*{value}")


@lru_cache(maxsize=32)
def _label(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_spaced(words)})[\s　]*[：:]")


def _spaced(words: tuple[str, ...]) -> str:
    """The labels, each with blanks allowed between its characters (联 系 人)."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(r"[\s　]*".join(map(re.escape, word)) for word in longest)
