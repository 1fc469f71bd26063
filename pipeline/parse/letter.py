"""The frame of a letter: what is head, opening, body, closing and signature (domain §3-G)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.mentions import unit_named
from pipeline.parse.addressed import addressed
from pipeline.parse.lines import Line, lines, starts_with
from pipeline.profile import Profile
from pipeline.text import sentences, squeezed

_TAIL_LINES = 20
_FORM_FROM = 4
_DAY = (
    r"(?:(?:19|20)\d\d\s*[年.．/-]\s*\d{1,2}\s*[月.．/-]\s*\d{1,2}\s*日?|[二○〇零Oo0一][\s○〇零Oo0一二三四五六七八九]{2,7}"
    r"年[\s一二三四五六七八九十]{1,5}月[\s一二三四五六七八九十]{1,6}日)"
)
_NOTE = r"(?:[（(【\[〔][^）)】\]〕]{1,14}[)）】\]〕])?"
_NOTED = re.compile(r"[（(【\[〔][^）)】\]〕]{1,14}[)）】\]〕]\s*$")
_DAY_LINE = re.compile(rf"[^。；]{{0,40}}?(?P<day>{_DAY})[\s（(盖公印章)）]*(?:印发)?{_NOTE}\s*$")
_BARE_DAY = re.compile(r"(?P<year>20[0-4]\d)(?P<rest>\d{3,4})")
_RUN_ON = re.compile(
    rf"(?:(?<=[。！；!.…）)])|(?<=\d)(?= ))\s*(?P<unit>[^\s。！；，,：:]{{4,40}}?)?\s*(?P<day>{_DAY})[\s。]*{_NOTE}\s*"
    r"(?:(?:来源|发布|编辑|责任编辑|审核|浏览|作者|信息来源)[^。]{0,80})?[|\s]*$"
)
_LAST_WORDS = re.compile(r"(?<=[。！!])\s*(?P<unit>[^\s。！；，,：:]{4,24})\s*$")
_GREETING = re.compile(r"[\s，,]*(?:(?:您|你)们?好[！!。，,：:\s]*)?")
_WEB = re.compile(r"发布|来源|时间[：:]|浏览|点击|访问|更新")
_LEGEND = re.compile(
    r"[（(]?(?:注[：:].{0,6})?.{0,6}[A-D甲乙丙丁]{1,4}\d?(?:类|[）)]|\s*——|[：:、])[^\n]*(?:解决|采纳|参考|类)|注[：:].{0,12}分"
)
_LONG, _FOUR = 80, 4
_LABELLED = ("联系人标注词", "电话标注词", "抄送标注词", "附件标注词")
_ENDS = re.compile(r"[。！？；：:!?;，,、]$")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of a letter lie; `day_text` is the printed date under it, empty where it has none.

    `head` spans the lines above the address, `opening` the sentences up to 答复如下, `body` the answer itself,
    `signed` all below it.
    """

    head: tuple[int, int]
    opening: tuple[int, int]
    body: tuple[int, int]
    signed: tuple[int, int]
    addressee: str = ""
    day_text: str = ""


def frame(text: str, profile: Profile) -> Frame:
    """The frame of a letter; a bare web copy without head or signature gives empty stretches."""
    found = lines(text)
    name, head_end, start = addressed(found, text, profile)
    signed, day_text = _signature(found, text, start, profile)
    opening_end = _opening_end(text, start, signed, profile)
    return Frame(
        head=(0, head_end),
        opening=(head_end, opening_end),
        body=(opening_end, _closing(text, opening_end, signed, profile)),
        signed=(signed, len(text)),
        addressee=name,
        day_text=day_text,
    )


def appended_at(text: str, profile: Profile) -> int:
    """Where a form to be filled in by the receiver (征询意见表) begins below the letter; else the text's end."""
    title = _joined(profile.wording["附表题"])
    found = lines(text)
    for place, line in enumerate(found[_FORM_FROM:], start=_FORM_FROM):
        below = "".join(one.text for one in found[place + 1 : place + 1 + _TAIL_LINES])
        if len(line.text) <= _LONG // 2 and title.search(squeezed(line.text)) and "满意" in below:
            return line.start
    return len(text)


def _signature(found: list[Line], text: str, head_end: int, profile: Profile) -> tuple[int, str]:
    """Where the signature begins and the printed day in it; a page's remains may stand below the day."""
    start, day_text, last = len(text), "", len(text)
    for line in _tail(found, head_end):
        dated = _dated(line.text)
        ends = not _is_below(line.text, profile) if day_text else _is_prose(line.text, profile)
        if ends and not dated and not _is_copied(line, found, profile):
            last = line.end
            break
        start, day_text = line.start, day_text or dated
    return (start, day_text) if day_text else _run_on(text, head_end, last) or _undated(found, text, head_end, profile)


def _undated(found: list[Line], text: str, head_end: int, profile: Profile) -> tuple[int, str]:
    """The signature of a letter without its day: the unit alone behind the last sentence, else the lines below it."""
    end = len(text)
    for line in _tail(found, head_end):
        if not _is_below(line.text, profile) and not _is_copied(line, found, profile):
            break
        end = line.start
    last = _LAST_WORDS.search(text, max(head_end, end - 60), end)
    return (last.start("unit"), "") if last and unit_named(last["unit"], profile) else (end, "")


def _tail(found: list[Line], head_end: int) -> list[Line]:
    """The last lines of a letter below its head, the last first."""
    return [one for one in found if one.end > head_end][-_TAIL_LINES:][::-1]


def _dated(line: str) -> str:
    """The day that a line ends with, empty where it has none or is a page's; 20240603 is 2024年6月3日."""
    bare = _BARE_DAY.fullmatch(line)
    if bare:
        return _spelt(bare["year"], bare["rest"])
    match = _DAY_LINE.fullmatch(line)
    return match["day"] if match and not _WEB.search(_NOTED.sub("", line)) and len(squeezed(line)) <= _LONG else ""


def _spelt(year: str, rest: str) -> str:
    """The day of digits that have lost 年月日, empty where they may be two (2024111)."""
    cuts = [(int(rest[:at]), int(rest[at:])) for at in (1, 2) if len(rest) < _FOUR or at > 1]
    days = {(month, day) for month, day in cuts if 1 <= month <= 12 and 1 <= day <= 31}
    return f"{year}年{days.copy().pop()[0]}月{days.pop()[1]}日" if len(days) == 1 else ""


def _is_prose(line: str, profile: Profile) -> bool:
    """Whether a line belongs to the text of a letter, not to what stands below its day."""
    if any(starts_with(line, profile.wording[key]) for key in _LABELLED) or _LEGEND.match(line):
        return False
    return bool(_ENDS.search(line)) or "\t" in line or len(squeezed(line)) > _LONG


def _is_below(line: str, profile: Profile) -> bool:
    """Whether a line may stand under a letter: unit, seal, contact, copies, enclosures, page furniture."""
    if any(starts_with(line, profile.wording[key]) for key in _LABELLED) or (
        len(line) <= 60 and _WEB.search(line) and not line.endswith("。")
    ):
        return True
    return (
        "\t" not in line
        and len(line) <= 36
        and not _ENDS.search(line)
        and not re.match(r"[（(]?[一二三四五六七八九十\d]+[)）、.．]", line)
    )


def _is_copied(line: Line, found: list[Line], profile: Profile) -> bool:
    """Whether a line goes on with the receivers of copies named above it."""
    place = found.index(line)
    above = [one for one in found[max(0, place - 3) : place] if starts_with(one.text, profile.wording["抄送标注词"])]
    return bool(above) and len(line.text) <= 60


def _run_on(text: str, begin: int, end: int) -> tuple[int, str] | None:
    """A signature with its day that runs on after the last sentence, as in web copies."""
    match = _RUN_ON.search(text, max(begin, end - 120), end)
    return ((match.start("unit") if match["unit"] else match.start("day")), match["day"]) if match else None


def _opening_end(text: str, start: int, limit: int, profile: Profile) -> int:
    """The end of the sentences that say what was received and that the answer follows."""
    greeting = _GREETING.match(text, start, limit)
    end = greeting.end() if greeting else start
    for pattern in _openings(profile.wording["收悉式"]):
        match = pattern.match(text, end, min(limit, end + 420))
        end = match.end() if match else end
        if re.search(r"如下[：:。]?$", text[start:end]):
            break
    return end


@lru_cache(maxsize=8)
def _openings(entries: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry) for entry in entries)


def _closing(text: str, start: int, end: int, profile: Profile) -> int:
    """Where thanks and invitations begin at the end of the body."""
    pattern = _joined(profile.wording["答复结束语"])
    stop = end
    for sentence in reversed(sentences(text[start:end])):
        if not pattern.match(sentence.text):
            break
        stop = start + sentence.start
    return stop if stop > start else end


@lru_cache(maxsize=8)
def _joined(entries: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(entries))
