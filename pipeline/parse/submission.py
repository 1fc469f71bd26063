"""建议 and 提案: fields, parts and asks (domain §3-E)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.figures import day_of
from pipeline.mentions import units_in_cell
from pipeline.parse import fields
from pipeline.parse.asks import asks
from pipeline.parse.doubts import of_submission
from pipeline.parse.fold import folded
from pipeline.parse.form import unlabelled
from pipeline.parse.head import body_start
from pipeline.parse.heading import titled
from pipeline.parse.sections import joined, parts
from pipeline.parse.signers import signers
from pipeline.profile import Profile
from pipeline.records import Document, Submission
from pipeline.text import one_for_one, simplified


def submission(document: Document, profile: Profile) -> Submission:
    """The submission that a document holds; what a register row says wins over what the text says."""
    document, text = titled(document, profile), document.text
    plain = folded(text, profile)
    start = body_start(plain, simplified(document.title), profile)
    source = fields.sources(document, plain, start, profile)
    title, session = fields.title_of(source), fields.session_of(source)
    day, entry = fields.day_signed(source), source.entry
    plain = unlabelled(plain, start, profile)
    found = parts(plain, start, len(plain), profile)
    said = asks(plain, found, one_for_one(title), profile)
    asked = tuple(replace(ask, text=text[ask.start : ask.end]) for ask in said)
    proposers, cosigners = signers(source, profile)
    lead, co = _units(source, profile)
    number = fields.number_of(source)
    return Submission(
        id=document.id,
        document_id=document.id,
        source=document.source,
        kind=document.kind,
        title=title,
        text=text,
        number=number,
        session=session,
        year=fields.year_of(source, session, day, profile),
        between_sessions=fields.between_of(source, session, day),
        proposers=proposers,
        cosigners=cosigners,
        delegation=fields.delegation_of(source),
        background=joined(text, found, "background", asked),
        problems=joined(text, found, "problems", asked),
        asks=asked,
        day=day,
        handed_over=day_of(source.of(entry.handed_over, "交办日期")),
        lead=lead,
        co=co,
        topic=source.of(entry.topic, "类别"),
        satisfaction=source.of(entry.satisfaction, "满意度"),
        warnings=of_submission(source, number, asked, title),
    )


def _units(source: fields.Sources, profile: Profile) -> tuple[str, tuple[str, ...]]:
    """The leading unit and those that join it, each once."""
    leading = units_in_cell(source.of(source.entry.lead, "主办"), profile)
    joining = units_in_cell(source.of(source.entry.co, "会办"), profile)
    first, *others = dict.fromkeys((*leading, *joining)) if leading else ("", *joining)
    return first, tuple(others)
