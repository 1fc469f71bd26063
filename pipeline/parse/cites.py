"""How papers name a session, a number, a title, and one another."""

from __future__ import annotations

import re

from pipeline.figures import number as value_of
from pipeline.records import Cite

_NUM = "[一二三四五六七八九十百零〇\\d]{1,5}"
_PLACE = "(?:[^\\W\\d_在于对的就向您你们出关由提年次届第人大政协和与及]{1,7}[省市县区州旗盟]|全国|[省市县区州旗])"
_BODY = "(?:人大|政协|人民代表大会)"
_SESSION = re.compile(
    f"(?:中国人民政治协商会议|政协)?{_PLACE}{{0,2}}{_BODY}?第?{_NUM}届"
    f"(?:[^\\W\\d_第次]{{0,9}}?委员会|人民代表大会|人大|政协)?(?:常委会|常务委员会)?"
    f"第?{_NUM}次(?:全体)?(?:会议|大会|人代会|全会)?"
)
_SINGLE = "(?:[A-Za-z]{1,4}[-—]?)?\\d{1,12}"
_NUMBERS = re.compile(
    f"(?:第|编号[：:]?|№|No\\.?)\\s*(?P<n>{_SINGLE}(?:号?\\s*[、，,和及与]\\s*第?{_SINGLE})*)\\s*号"
    f"|(?<![〕\\])）\\d])(?P<m>{_SINGLE})\\s*号(?=\\s*(?:重点|代表|委员|人大|政协|闭会|平时|大会)*\\s*(?:建议|提案|议案))"
    f"|(?:建议|提案|议案)(?:(?:19|20)\\d\\d[-—])?(?P<p>\\d{{1,6}})号"
    f"|第(?P<c>[一二三四五六七八九十百零〇]{{1,6}})号(?!线|楼|院|坑|井|地块|台风)"
)
_RUN = re.compile(r"\d+")
_MARKED = re.compile(r"《((?:[^《》]|《[^》]*》){2,120})》")
_QUOTED = re.compile(r"[“\"](关于[^”\"]{2,80})[”\"]")
_BARE = re.compile(r"关于(?P<t>[^，。；：\n《》“”]{2,60}?)的?(?P<k>建议|提案|议案)(?!提案|办理|人)")
_KIND = re.compile("建议|提案|议案")
_PLAIN_BLANK = re.compile(r"[ \t\u3000]+")


def sessions(text: str) -> list[str]:
    """The sessions that a text names, as printed, blanks left out.

    >>> sessions("您在云禾县第十八届人民代表大会第三次会议上提出的建议，与县政协十届二次会议第5号提案")
    ['云禾县第十八届人民代表大会第三次会议', '县政协十届二次会议']
    """
    return [match.group() for match in _SESSION.finditer(_PLAIN_BLANK.sub("", text))]


def numbers(text: str) -> list[str]:
    """The numbers by which a text names submissions, digits as printed; a paper's own 文号 is none.

    >>> numbers("云政函〔2024〕9号 关于第012、35号建议和第7号提案的答复")
    ['012', '35', '7']
    """
    found: list[str] = []
    for match in _NUMBERS.finditer(text):
        if match["c"]:
            value = value_of(match["c"])
            found += [str(int(value))] if value else []
            continue
        found += _RUN.findall(match["n"] or match["m"] or match["p"])
    return list(dict.fromkeys(found))


def titles(text: str) -> list[str]:
    """The titles of submissions that a text names: in title marks, in quotes, or bare after 关于."""
    plain = text.replace("\n", "")
    marked = [match[1] for match in _MARKED.finditer(plain) if _is_title(plain, match)]
    if marked:
        return marked
    quoted = [match[1] for match in _QUOTED.finditer(plain)]
    return quoted or [
        f"关于{m['t']}的{m['k']}"
        for m in _BARE.finditer(plain)
        if not _SESSION.search(m["t"]) and not _NUMBERS.search(m["t"] + m["k"])
    ]


def cites(text: str) -> tuple[Cite, ...]:
    """The submissions that the head of a letter answers, in order, one for each number or, without numbers, title."""
    plain = _PLAIN_BLANK.sub("", text)
    named, called = titles(plain), numbers(plain)
    session = next(iter(sessions(plain)), "")
    kind = kind_named(plain, session)
    if not called and not named:
        return (Cite(kind, session, "", ""),) if session else ()
    count = max(len(called), 1)
    padded = [*called, ""][:count]
    return tuple(Cite(kind, session, one, _nth(named, i, count)) for i, one in enumerate(padded))


def kind_named(text: str, session: str = "") -> str:
    """建议 or 提案 as a text calls what it is about; by the session where only that tells; empty where nothing does."""
    if "政协" in session:
        return "提案"
    if "人大" in session or "人民代表大会" in session:
        return "建议"
    after = re.search(r"号(?:代表|委员|人大|政协|重点)*(建议|提案|议案)", text)
    if after:
        return "提案" if after[1] == "提案" else "建议"
    match = _KIND.search(text)
    return "" if not match else "提案" if match.group() == "提案" else "建议"


def _nth(named: list[str], place: int, count: int) -> str:
    if len(named) >= count:
        return named[place]
    return named[0] if named and count == 1 else ""


def _is_title(text: str, match: re.Match[str]) -> bool:
    """Whether what stands in title marks is a submission, not a law or a plan."""
    before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 8]
    if re.search(r"(?:建议|提案|议案)$", match[1]) or re.match(r"的?(?:建议|提案|议案|（)", after):
        return True
    return bool(re.search(r"(?:提出|提交|反映|所提)的?$", before)) or (match[1].startswith("关于") and "收悉" in after)
