"""三沟通 and 五定: contacts with the proposers at every stage, and who is fixed for what (R-PRC-01…03)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.figures import moments
from pipeline.profile import Profile
from pipeline.records import Document, Reply
from pipeline.report.meeting import met
from pipeline.report.results import Results
from pipeline.report.sheets import Cell, Sheet
from pipeline.text import clauses, sentences

STAGES = ("办前", "办中", "办后")
FIXED = ("分管领导", "责任科室", "责任人", "办理标准", "完成时限")
"""The five that a card must fix (五定)."""
_CALLED, _PEOPLE, _COMING, _OTHERS = "会见方式词·电话", "会见对象词", "会见未然词", "会见误词"
_ITEM, _TITLE = re.compile(r"^(?:建议|提案|件)?(?:编?号|序号)$"), re.compile(r"案由|标题|题目|建议名称|提案名称|事项")
_NUMBER = re.compile(
    r"(?:联系|办公|咨询|值班|热线)?(?:电话|手机|微信|邮件)(?:号码?)?[:： ]{0,2}(?=[\d*（(])|联系(?:电话|方式)"
)
_LEAST = 3
_EMPTY = re.compile(r"[\s/／—_\-无暂待定]*$")


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact with the people who asked; `stage` is empty where neither words nor day tell it."""

    stage: str
    form: str
    quote: str


@dataclass(frozen=True, slots=True)
class Card:
    """One item of a card or list that fixes who does what by when; `missing` names what is not filled in."""

    source: str
    number: str
    title: str
    filled: tuple[tuple[str, str], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What of the five is empty or has no place on the card."""
        return tuple(name for name in FIXED if not dict(self.filled).get(name))


def contacts(reply: Reply, handed: date | None, profile: Profile) -> list[Contact]:
    """The contacts that a letter reports as held, each with its stage: by its words, else by its day.

    A day in the first third between hand-over and reply is 办前, a later one 办中; what is only offered does not count.
    """
    found = []
    for part in (p.text for s in sentences(reply.text) for p in clauses(s.text, "；;")):
        meeting = met(part, profile)
        form = meeting.form if meeting else "电话" if _called(part, profile) else ""
        for stage in _stages(part, reply, handed, profile) if form else ():
            found.append(Contact(stage, form, part.strip()))
    return found


def _called(text: str, profile: Profile) -> bool:
    bare = _NUMBER.sub("※", profile.pattern(_OTHERS).sub("※", text))
    there = profile.pattern(_PEOPLE).search(bare) and profile.pattern(_CALLED).search(bare)
    return bool(there) and not profile.pattern(_COMING).search(bare)


def _stages(text: str, reply: Reply, handed: date | None, profile: Profile) -> list[str]:
    """The stages of handling that a sentence names; by its day where it names none."""
    named = [stage for stage in STAGES if profile.pattern(f"沟通环节词·{stage}").search(text)]
    days = [m.last for m in moments(text, reply.day) if m.last and m.strength in ("T4", "T5")]
    if named or not days or handed is None or reply.day is None or not handed <= days[0] <= reply.day:
        return named or [""]
    return ["办前" if (days[0] - handed).days * 3 <= (reply.day - handed).days else "办中"]


def cards(documents: list[Document], profile: Profile) -> list[Card]:
    """The items of every table that has places for three of the five or more: cards of one item, lists of many."""
    return [card for document in documents for card in _cards(document, profile)]


def _cards(document: Document, profile: Profile) -> Iterator[Card]:
    rows = [block.cells for block in document.blocks if block.cells]
    for at, row in enumerate(rows):
        names = [_field(cell, profile) for cell in row]
        if len({name for name in names if name in FIXED}) >= _LEAST:
            for line in rows[at + 1 :]:
                yield _card(document, dict(zip(names, line, strict=False)))
            return
    pairs = {_field(a, profile): b for row in rows for a, b in zip(row[::2], row[1::2], strict=False)}
    if len(pairs.keys() & set(FIXED)) >= _LEAST:
        yield _card(document, pairs)


def _field(label: str, profile: Profile) -> str:
    """What a label of a card asks for; empty where it is none of ours."""
    plain = re.sub(r"[\s:：*（(].*$|\s", "", label.strip())
    if _ITEM.search(plain):
        return "编号"
    if _TITLE.search(plain):
        return "案由"
    return next((name for name in FIXED if plain in profile.words(f"五定栏·{name}")), "")


def _card(document: Document, values: dict[str, str]) -> Card:
    filled = tuple((name, values.get(name, "").strip()) for name in FIXED if not _EMPTY.match(values.get(name, "")))
    return Card(document.source, values.get("编号", "").strip(), values.get("案由", "").strip(), filled)


def contact_sheets(results: Results) -> Iterator[Sheet]:
    """三沟通, where any letter tells of a contact, and 五定, where there is a card."""
    talked = _talked(results)
    if talked.rows:
        yield talked
    fixed = _fixed(results)
    if fixed.rows:
        yield fixed


def _talked(results: Results) -> Sheet:
    """三沟通: one row a letter, with the contacts of each stage and the stages without one."""
    sheet = Sheet.of("三沟通", "编号:10 案由:34 承办单位:16 办前:24 办中:24 办后:24 未分环节:24 缺:14 来源:26")
    if results.profile is None:
        return sheet
    told = False
    for reply in (r for r in results.letters() if r.kind == "答复"):
        asked = results.answered(reply)
        held = contacts(reply, asked.handed_over if asked else None, results.profile)
        told = told or bool(held)
        parts = ["\n".join(f"{c.form}：{c.quote}" for c in held if c.stage == stage) for stage in (*STAGES, "")]
        lacks = [stage for stage, text in zip(STAGES, parts, strict=False) if not text]
        missing = Cell("、".join(lacks), tone="warn" if len(lacks) == len(STAGES) and not parts[-1] else "hint")
        head = (reply.number, asked.title if asked else reply.title, reply.unit or reply.unit_text)
        sheet.add(reply.id, *head, *parts, missing if lacks else "", Cell(reply.source, source=reply.source))
    return sheet if told else Sheet(sheet.name, sheet.columns)


def _fixed(results: Results) -> Sheet:
    """五定: one row an item of a card, with what it leaves open."""
    sheet = Sheet.of("五定", f"编号:10 案由:34 {' '.join(f'{name}:18' for name in FIXED)} 缺:24 来源:30")
    for place, card in enumerate(cards(list(results.documents), results.profile) if results.profile else ()):
        filled, lacks = dict(card.filled), "、".join(card.missing)
        values = (filled.get(name, "") for name in FIXED)
        missing = Cell(lacks, tone="error" if lacks else "good")
        source = Cell(card.source, source=card.source)
        sheet.add(f"{card.source}·{place}", card.number, card.title, *values, missing, source)
    return sheet
