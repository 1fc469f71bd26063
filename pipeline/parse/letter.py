"""The frame of a letter: what is head, opening, body, closing and signature (domain §3-G)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.mentions import unit_named
from pipeline.profile import Profile
from pipeline.text import sentences, squeezed

_HEAD_LINES = 16
_TAIL_LINES = 14
_FORM_FROM = 4
_DAY = (
    r"(?:(?:19|20)\d\d\s*[年.．/-]\s*\d{1,2}\s*[月.．/-]\s*\d{1,2}\s*日?|[二○〇零Oo0一][\s○〇零Oo0一二三四五六七八九]{2,7}"
    r"年[\s一二三四五六七八九十]{1,5}月[\s一二三四五六七八九十]{1,6}日)"
)
_NOTE = r"(?:[（(【\[〔][^）)】\]〕]{1,14}[)）】\]〕])?"
_NOTED = re.compile(r"[（(【\[〔][^）)】\]〕]{1,14}[)）】\]〕]\s*$")
_DAY_LINE = re.compile(rf"[^。；]{{0,40}}?(?P<day>{_DAY})[\s（(盖公印章)）]*{_NOTE}\s*$")
_RUN_ON = re.compile(
    rf"(?<=[。！；!.…）)])\s*(?P<unit>[^\s。！；，,：:]{{4,40}}?)?\s*(?P<day>{_DAY})[\s。]*{_NOTE}\s*(?:(?:来源|发布|编辑|责任编辑|审核|浏览|作者|信息来源)[^。]{{0,80}})?$"
)
_LAST_WORDS = re.compile(r"(?<=[。！!])\s*(?P<unit>[^\s。！；，,：:]{4,24})\s*$")
_GREETING = re.compile(r"[\s，,]*(?:(?:您|你)们?好[！!。，,：:\s]*)?")
_WEB = re.compile(r"发布|来源|时间[：:]|浏览|点击|访问|更新")
_ADDRESS = re.compile(
    r"(?:尊敬的[：:])?(?:[^：:，。！\n（(]|[（(][^）)\n]{0,40}[）)]){2,70}?(?=[：:]|(?<=代表|委员|同志|先生|女士)$)|[^：:，。！\n]{0,30}?(?:您|你)们?好(?=[：:，,！!。])"
)
_TITLE_RUN = re.compile(
    r"([一-鿿]{0,26}?(?:关于|对)[^。！？]{4,90}?(?:答复|复函|回复|会办意见|协办意见)(?:的函)?(?:[（(][^）)]{1,8}[）)])?)"
    r"(?:[ \t\u3000]+|(?=[^，。：:]{2,40}(?:代表|委员)们?[：:]))"
)
_LONG, _SHORTEST = 80, 2
_ENDS = re.compile(r"[。！？；：:!?;，,、]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text with its span, blanks at its ends left out."""

    text: str
    start: int
    end: int


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
    name, head_end, start = _address(found, text, profile)
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


def lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    found, place = [], 0
    for raw in text.split("\n"):
        bare = raw.strip(" \t\u3000\r")
        start = place + raw.index(bare)
        title = _TITLE_RUN.match(bare) if len(bare) > _LONG or bare.endswith(("：", ":")) else None
        if title:
            found.append(Line(title[1], start, start + title.end(1)))
            start, bare = start + title.end(), bare[title.end() :]
        if bare:
            found.append(Line(bare, start, start + len(bare)))
        place += len(raw) + 1
    return found


def starts_with(line: str, words: tuple[str, ...]) -> bool:
    """Whether a line begins with one of the labels, blanks inside it ignored, and a colon or blank after it."""
    return bool(_labels(words).match(squeezed(line[:40])))


@lru_cache(maxsize=32)
def _labels(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"[（(]?(?:{'|'.join(longest)})\d?[：:]")


def _address(found: list[Line], text: str, profile: Profile) -> tuple[str, int, int]:
    """The addressee, where its line begins, and where what follows it begins; the head alone where there is none."""
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


_LABELLED = ("结果标注词", "公开标注词", "签发标注词", "联系人标注词", "电话标注词", "抄送标注词", "附件标注词")


def _columns(profile: Profile) -> set[str]:
    """The names of a register's columns, which label the lines above some letters (主办单位：…)."""
    return {name for names in profile.columns.values() for name in names if len(name) > _SHORTEST}


def _called(name: str) -> str:
    bare = re.sub(r"^(?:尊敬的|敬爱的)[：:]?|[（(][^）)]*(?:手机|电话|\d{5,})[^）)]*[）)]", "", squeezed(name))
    return re.sub(r"[，,]?(?:您|你)们?好$", "", bare)


def _signature(found: list[Line], text: str, head_end: int, profile: Profile) -> tuple[int, str]:
    """Where the signature begins and the printed day in it."""
    start, day_text = len(text), ""
    for line in reversed([one for one in found if one.start >= head_end][-_TAIL_LINES:]):
        dated = _DAY_LINE.fullmatch(line.text)
        if dated and not _WEB.search(_NOTED.sub("", line.text)) and len(line.text) <= 60:
            day_text = day_text or dated["day"]
        elif not _is_below(line.text, profile) and not _is_copied(line, found, profile):
            break
        start = line.start
    return (start, day_text) if day_text else _run_on(text, head_end, start, profile)


def _is_below(line: str, profile: Profile) -> bool:
    """Whether a line may stand under a letter: unit, seal, contact, copies, enclosures, page furniture."""
    if any(starts_with(line, profile.wording[key]) for key in _LABELLED[3:]) or (
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


def _run_on(text: str, begin: int, end: int, profile: Profile) -> tuple[int, str]:
    """A signature that runs on after the last sentence, as in web copies, with or without its day."""
    match = _RUN_ON.search(text, max(begin, end - 120), end)
    if match:
        return (match.start("unit") if match["unit"] else match.start("day")), match["day"]
    last = _LAST_WORDS.search(text, max(begin, end - 60), end)
    return (last.start("unit"), "") if last and unit_named(last["unit"], profile) else (end, "")


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
