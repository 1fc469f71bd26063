"""The fields of a submission: each from the register row, else the form, else the head of the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.figures import day_of
from pipeline.parse import cites
from pipeline.parse.form import labelled
from pipeline.parse.names import is_placeholder
from pipeline.profile import Profile
from pipeline.records import Document, Entry
from pipeline.text import simplified, squeezed

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"(?:^|[ \u3000\t）)])(20\d\d)年\d{1,2}月[ \u3000）)]*$")
_ALONE = re.compile(r"^[ 　]*(?:代表|委员)?(?:建议|提案|议案)[ 　]*[（(][ 　]*(\d{1,5})[ 　]*[）)][ 　]*$", re.M)
_MADE = re.compile(r"[（(](20\d\d)年(?:\d{1,2}月)?(?:提交|提出|撰写|报送)?[）)]\s*$")
_DIGITS = re.compile(r"\d+")
_OF_CLASS = re.compile(r"(?<![A-Za-z])(?!no)[A-Z]{1,2}[-—]?\d+", re.IGNORECASE)
_OF_YEAR = re.compile(r"[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]|(?:19|20)\d\d\s*(?:年度?|[-—](?=\d))")
_TITLE = re.compile(r"^[ 　#]*((?:关于|对)[^\n。；\t]{2,90}|(?:建议|恳请)(?!编?号)[^\n。；：:\t]{2,90})$", re.M)
_WHOLE = re.compile(r"(?:建议|提案|议案|意见)$")
_REST = re.compile(r"[^，。；：\n]{0,24}?(?:建议|提案|议案|意见|议|案)(?=\s*(?:\n|$))")
_DELEGATION = re.compile(r"(?:^|[\s（(：:])([一-鿿]{2,10}?代表团)")
_WRITER = re.compile(r"(?:我|本人)是[^，。；\n]{0,24}(?:代表|委员)(?!会)")
_OPENING = 160
_OPEN = re.compile("次(?:会议|大会|人代会|全会|$)")
_LAST_MONTH, _FIRST_MONTH = 4, 12
"""Sessions meet from December to March; what is handed over later may have come after one."""
_IN, _BETWEEN = ("大会", "会议期间", "会上", "会间", "会期", "会中"), ("闭会", "平时", "会后")


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the fields of one document are looked for, the surest first."""

    document: Document
    entry: Entry
    form: dict[str, str]
    head: str
    tail: str
    margin: str
    body: str
    printed: str
    """What stands before the body in the reading form: an offset in it is one in the text."""

    @property
    def title(self) -> str:
        """The title that extraction or the paper's first lines give, in simplified characters."""
        return simplified(self.document.title)

    def of(self, value: str, field: str) -> str:
        """The register's value, else the form's under that name of columns.csv; placeholders are none."""
        form = self.form.get(field, "")
        return value.strip() or ("" if is_placeholder(form) else form.strip())


def sources(document: Document, plain: str, start: int, profile: Profile) -> Sources:
    """The sources of a document whose own text begins at `start`; `plain` is the text's reading form."""
    return Sources(
        document,
        document.entry or Entry(),
        labelled(document, profile),
        f"{simplified(document.title)}\n{plain[:start]}",
        plain[max(start, len(plain) - 240) :],
        "\n".join(block.text for block in document.blocks if block.role == "header"),
        plain[start:],
        plain[:start],
    )


def title_of(source: Sources) -> str:
    """The title: 关于… where row, form or paper print it, else what extraction took for it."""
    known = source.entry.title or source.form.get("案由", "")
    if 4 <= len(known) <= 120 and "。" not in known:
        return squeezed(known)
    document = source.document
    if simplified(document.title).startswith(("关于", "对")):
        return _mended(document.title, document.text)
    match = _TITLE.search(source.printed) or _TITLE.search(source.head)
    if match is None:
        return document.title
    own = document.text[slice(*match.span(1))] if match.string is source.printed else match[1]
    return _mended(squeezed(own), document.text)


def _mended(title: str, text: str) -> str:
    """A title that a line break cut (“…的建” + “议”), put together again."""
    if _WHOLE.search(title):
        return title
    place = text.find(title)
    rest = text[place + len(title) : place + len(title) + 40].lstrip() if place >= 0 else ""
    match = _REST.match(rest)
    whole = title + squeezed(match.group()) if match else title
    return whole if _WHOLE.search(whole) else title


def session_of(source: Sources) -> str:
    """The session as printed."""
    printed = source.of(source.entry.session, "届次")
    return printed or next(
        iter(cites.sessions(source.head) or cites.sessions(source.margin) or _own_session(source)), ""
    )


def _own_session(source: Sources) -> list[str]:
    """The session that a deputy or member names in introducing himself (我是…代表，在…会议期间)."""
    opening = source.body[:_OPENING]
    match = _WRITER.search(opening)
    return (
        [one for one in cites.sessions(opening[match.start() :]) if f"{one}期间" in squeezed(opening)] if match else []
    )


def number_of(source: Sources) -> str:
    """The number as printed: 第17号 → 17; a year before it is none of it, a letter that tells a class is (B17)."""
    printed = source.of(source.entry.number, "编号")
    bare = _OF_YEAR.sub("", printed)
    digits = _OF_CLASS.findall(bare) or _DIGITS.findall(bare) or _DIGITS.findall(printed)
    if digits:
        return str(digits[-1])
    named = cites.numbers(printed) or cites.numbers(source.head) or _ALONE.findall(source.head)
    return next(iter(named), "")


def year_of(source: Sources, session: str, day: date | None, profile: Profile) -> int | None:
    """The year: as printed, else that of the session, the day, or the file's name."""
    entry, document = source.entry, source.document
    for text in (
        source.of(entry.year, "年度"),
        session,
        entry.number,
        source.form.get("编号", ""),
        source.head,
        _made(source),
    ):
        match = _YEAR.search(text)
        if match:
            return int(match[1])
    for name, opened in profile.clock.sessions:
        if session and (name in session or session in name):
            return opened.year
    known = day or document.day or day_of(entry.handed_over or source.form.get("交办日期", ""))
    if known:
        return known.year
    signed = [match[1] for line in source.tail.split("\n")[-4:] if (match := _MONTH.search(line))]
    if signed:
        return int(signed[-1])
    named = _YEAR.findall(document.source.partition("#")[0])
    return int(named[-1]) if named else None


def _made(source: Sources) -> str:
    """What a paper says of the time when it was made: a labelled date without its day, a note at its end."""
    noted = _MADE.search(source.tail)
    return f"{source.form.get('交办日期', '')} {noted[1] if noted else ''}"


def between_of(source: Sources, session: str, signed: date | None) -> bool | None:
    """Whether made between sessions; None where nothing tells, as where paper or hand-over bear a day after one."""
    entry, printed = source.entry, source.of(source.entry.between, "会议期间")
    for text in (printed, entry.kind, session, source.head):
        if any(word in text for word in _BETWEEN):
            return True
    if any(word in printed for word in _IN):
        return False
    handed = day_of(entry.handed_over or source.form.get("交办日期", ""))
    known = handed or signed
    return False if _OPEN.search(session) and (known is None or not _LAST_MONTH < known.month < _FIRST_MONTH) else None


def delegation_of(source: Sources) -> str:
    """The delegation or circle (界别)."""
    printed = source.of(source.entry.delegation, "代表团")
    match = _DELEGATION.search(source.head)
    return printed or (match[1] if match and not is_placeholder(match[1]) else "")


def day_signed(source: Sources) -> date | None:
    """The day under the text, else in its head, else what extraction found."""
    last = [line for line in source.tail.split("\n")[-4:] if len(squeezed(line)) <= 24]
    days = [day for line in last if (day := day_of(squeezed(line)))]
    return (days[-1] if days else None) or day_of(source.head) or source.document.day
