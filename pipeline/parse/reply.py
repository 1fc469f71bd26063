"""答复 and 会办意见: the elements of a letter (domain §3-G). What a register row says wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.figures import day_of
from pipeline.mentions import Mention, mentions, unit_named, units_in_cell
from pipeline.parse import elements
from pipeline.parse.cites import cites, numbers
from pipeline.parse.commitments import commitments
from pipeline.parse.doubts import of_reply
from pipeline.parse.fold import folded
from pipeline.parse.letter import Frame, appended_at, frame
from pipeline.parse.lines import Line, lines
from pipeline.parse.outline import outline
from pipeline.parse.page import is_page
from pipeline.parse.printed import as_printed
from pipeline.parse.promise_day import shown_day
from pipeline.profile import Profile
from pipeline.records import Cite, Commitment, Document, Entry, Item, Reply
from pipeline.text import clauses, one_for_one, squeezed

_TITLE_END = re.compile(
    r"(?:答复|复函|答复函|回复|复文|会办意见|协办意见|会办意见的函|意见|函)(?:的函|函)?(?:[（(【\[](?:[^(（)）】\]]|[（(]\d+[)）]){0,20}[)）】\]])?$"
)
_TITLE_START = re.compile(r"(?:[一-鿿]{2,20}(?:局|委|办|室|院|府|会|中心|大队|公司|支行))?(?:关于|对|《关于)")
_TITLE_UNIT = re.compile(r"(?P<unit>[一-鿿（）]{3,26}?)(?:关于|对)")
_TITLE_NOTE = re.compile(r"[（(](?P<unit>[一-鿿]{2,20})[)）]$")
_ABOUT = re.compile(
    r"^[ 　]*(?:对|关于|针对)(?:您|你|提出|所提|的|们)*(?P<n>第[一二三四五六七八九十\d]{1,3}(?:条|个|项|点))", re.M
)
_TOPIC = re.compile(r"^[ 　]*(?:关于|针对)[^。：:\n]{2,40}[。：:]", re.M)
_OWN_NUMBER = re.compile(
    r"(?:建议|提案|议案)?(?:编号|案号|件号)[：:\s]*(?:[A-Z]?[〔\[（(](?:19|20)\d\d[〕\]）)])?(?:第\s*)?(\d{1,8})\s*号?(?=[\s，,；;）)]|$)",
    re.M,
)
_OWN_DAY = re.compile(r"(?:答复|办复|回复|复函|办结)(?:日期|时间)[：:]\s*(\S+)")
_BRANCH = r"[一-鿿]{0,5}(?:分局|分公司|分中心|支队|大队|支行|营业管理部|两个街道办事处)"
_ZERO = str.maketrans("Oo○零", "〇〇〇〇")
_LAST_WORDS = 60
_DRESSED = re.compile(r"^[•·●◆■*]+|(?:文件|便函|（函）|\(函\))$")
_WRAPPED = re.compile(r"^[（(](.*)[)）]$")
_WITH_NUMBER, _LONGEST = re.compile(r"\d\s*号"), 120
_NO_UNIT = re.compile(r"[：:、/]|^关于|^对|答复|复函|建议|提案")
_SEAL = re.compile(r"[（(【\[]?\s*(?:盖章|公章|印章|印)\s*[)）】\]]?")


def reply(document: Document, profile: Profile) -> Reply:
    """The reply that a document holds, read in simplified characters and given back as printed."""
    text = one_for_one(document.text[: appended_at(document.text, profile)])
    if document.text.startswith(text):
        return _read(document, text, profile)
    return as_printed(_read(replace(document, title=one_for_one(document.title)), text, profile), text)


def _read(document: Document, text: str, profile: Profile) -> Reply:
    entry = document.entry or Entry()
    at = frame(text, profile)
    head, tail = text[slice(*at.head)], text[slice(*at.signed)]
    title = _title(document, head)
    named = _numbered(cites(f"{title}\n{text[at.head[1] : at.opening[1]]}"), head)
    cited = _cited(entry, named) if document.entry else named
    unit, unit_text = _unit(entry, at, text, title, profile)
    day = _day(entry, at, head)
    return Reply(
        id=document.id,
        document_id=document.id,
        source=document.source,
        kind=document.kind,
        title=title,
        text=document.text,
        cites=cited,
        number=cited[0].number if cited else "",
        session=cited[0].session if cited else "",
        unit=unit,
        unit_text=unit_text,
        co=_co(entry, text[at.head[1] : at.body[1]], unit, profile),
        label=elements.letter_of(entry.label) if entry.label else elements.label_of(head, tail, profile),
        day=day,
        day_text=at.day_text or entry.replied,
        addressee=at.addressee,
        contact=elements.contact_of(tail, profile) or elements.contact_of(text[at.body[0] :], profile),
        phone=elements.phone_of(tail, profile) or elements.phone_of(text[_last(at) :], profile),
        signer=elements.signer_of(head, tail, profile),
        copied_to=elements.copied_to(lines(tail), profile),
        publicity=elements.publicity_of(head, tail, profile),
        reference=elements.reference_of(head),
        items=_items(text, at, profile),
        commitments=_commitments(text, at, day or shown_day(text, at.head[1], profile), unit, profile),
        satisfaction=entry.satisfaction,
        from_register=document.entry is not None,
        sure=document.sure,
        online=document.entry is None and is_page(document, f"{head}\n{tail}", profile),
        warnings=(*document.warnings, *of_reply(entry, cited, named, elements.labels_of(head, tail, profile))),
    )


def _day(entry: Entry, at: Frame, head: str) -> date | None:
    """The day of the letter: the register's, that below it, else one that a label above it gives (答复日期：…)."""
    printed = at.day_text or next(iter(_OWN_DAY.findall(head)), "")
    return day_of(entry.replied) or day_of(squeezed(printed).translate(_ZERO))


def _last(at: Frame) -> int:
    """Where the last words of the body begin, which may hold the telephone of a letter that runs on."""
    return max(at.body[0], at.body[1] - _LAST_WORDS)


def _title(document: Document, head: str) -> str:
    """The title of the letter, its line breaks mended: of several the first that names a number; else extraction's."""
    titles = list(_titles(lines(head)))
    return next((title for title in titles if _WITH_NUMBER.search(title)), titles[0] if titles else document.title)


def _titles(found: list[Line]) -> Iterator[str]:
    """The lines of a head, one to three joined, that begin and end as a title does."""
    for place, line in enumerate(found):
        if not _TITLE_START.match(squeezed(line.text).strip("|")):
            continue
        joins = ("".join(squeezed(one.text) for one in found[place : place + count]).strip("|") for count in (1, 2, 3))
        title = next((joined for joined in joins if _TITLE_END.search(joined) and len(joined) <= _LONGEST), "")
        if title:
            yield title


def _cited(entry: Entry, named: tuple[Cite, ...]) -> tuple[Cite, ...]:
    """What the letter answers; a register row's own number, session and title stand before those `named` in it."""
    first = named[0] if named else Cite("", "", "", "")
    number = (
        re.findall(r"\d+", re.sub(r"(?:19|20)\d\d\s*年|[〔\[（(](?:19|20)\d\d[〕\]）)]", "", entry.number))
        or numbers(entry.number)
        or [""]
    )[-1]
    kind = (
        "提案" if "提案" in entry.kind + entry.number else "建议" if "建议" in entry.kind + entry.number else first.kind
    )
    row = Cite(kind, entry.session or first.session, number or first.number, entry.title or first.title)
    return (row, *named[1:]) if any((row.session, row.number, row.title)) else named


def _numbered(cited: tuple[Cite, ...], head: str) -> tuple[Cite, ...]:
    """The citations, the first with the number that a label above the letter gives (编号：15) where it has none."""
    match = _OWN_NUMBER.search(head)
    if match is None or any(one.number for one in cited):
        return cited
    first, *others = cited or (Cite("", "", "", ""),)
    return (replace(first, number=match[1]), *others)


def _unit(entry: Entry, at: Frame, text: str, title: str, profile: Profile) -> tuple[str, str]:
    """The canonical unit that signs and its wording: register, signature, letterhead, the title's beginning."""
    head, tail = text[slice(*at.head)], text[slice(*at.signed)]
    if entry.lead:
        lead = units_in_cell(entry.lead, profile)
        return (lead[0] if lead else "", entry.lead.strip())
    for stretch in (tail.replace(at.day_text, "\n") if at.day_text else tail, head):
        for line in lines(stretch)[:6]:
            label, mark, value = line.text.partition("：")
            signs = mark and squeezed(label) in (*profile.columns.get("主办", ()), *profile.wording["落款标注词"])
            said = value if signs else line.text
            name = _WRAPPED.sub(r"\1", _SEAL.sub("", _DRESSED.sub("", squeezed(said))).strip("。，"))
            unit = unit_named(name, profile) if 2 < len(name) <= 30 and not _NO_UNIT.search(name) else None
            if unit:
                return unit, name
    match = _TITLE_UNIT.match(title) or _TITLE_NOTE.search(title)
    name = match["unit"] if match else ""
    unit = unit_named(name, profile) if name else None
    return (unit, name) if unit else ("", "")


def _co(entry: Entry, text: str, own: str, profile: Profile) -> tuple[str, ...]:
    """The co-units: the register's, and those that the letter says it acted with or had an opinion of."""
    found = dict.fromkeys(units_in_cell(entry.co, profile)) if entry.co else {}
    before, after = (re.compile("|".join(profile.wording[name])) for name in ("会办前词", "会办后词"))
    for clause in clauses(text, "。；！？\n"):
        if before.search(clause.text) or after.search(clause.text):
            found.update(dict.fromkeys(_acted_with(clause.text, mentions(clause.text, profile), before, after)))
    return tuple(unit for unit in found if unit != own)


def _acted_with(clause: str, named: list[Mention], before: re.Pattern[str], after: re.Pattern[str]) -> Iterator[str]:
    """The units of the lists (甲局、乙局和丙局) that such a word leads in or closes."""
    for group in _lists(clause, named):
        lead_in = clause[max(0, group[0].start - 8) : group[0].start]
        if re.search(rf"(?:{before.pattern})[^，]{{0,4}}$", lead_in) or after.match(clause, _named_end(clause, group)):
            yield from (mention.unit for mention in group)


def _named_end(clause: str, group: list[Mention]) -> int:
    """Where the last unit's name ends, a branch's own name after it included (市生态环境局云川分局)."""
    match = re.compile(_BRANCH).match(clause, group[-1].end)
    return match.end() if match else group[-1].end


def _lists(clause: str, named: list[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for mention in named:
        joint = clause[groups[-1][-1].end : mention.start] if groups else "。"
        if re.fullmatch(rf"(?:{_BRANCH})?[、和与及以，县市区\s]{{0,4}}", joint):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _items(text: str, at: Frame, profile: Profile) -> tuple[Item, ...]:
    """The answered parts: the topmost numbered ones, else paragraphs on 第一条… or 关于…."""
    start, end = at.body
    inside = [section for section in outline(folded(text, profile)) if start <= section.start < end]
    if len(inside) >= 2:
        top = min(section.level for section in inside)
        return tuple(
            Item(
                text[one.start : one.start + len(one.number)].strip(),
                text[one.start : min(one.end, end)].strip(),
                one.start,
                min(one.end, end),
            )
            for one in inside
            if one.level == top
        )
    for pattern in (_ABOUT, _TOPIC):
        starts = [match for match in pattern.finditer(text, start, end)]
        if len(starts) >= 2:
            ends = [*(match.start() for match in starts[1:]), end]
            return tuple(_item(text, match, stop) for match, stop in zip(starts, ends, strict=True))
    return ()


def _item(text: str, match: re.Match[str], stop: int) -> Item:
    number = match.groupdict().get("n") or ""
    body = text[match.start() : stop]
    start = match.start() + len(body) - len(body.lstrip())
    return Item(number, body.strip(), start, start + len(body.strip()))


def _commitments(text: str, at: Frame, day: date | None, unit: str, profile: Profile) -> tuple[Commitment, ...]:
    start, end = at.body
    found = commitments(text[start:end], day, profile, unit)
    return tuple(replace(one, start=one.start + start, end=one.end + start) for one in found)
