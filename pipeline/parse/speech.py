"""Speeches, reports and notices as structure: outline, demands, figures and their sums (R-SPK-01, R-STA-02)."""

from __future__ import annotations

import re

from pipeline.figures import checks, named
from pipeline.parse.demands import demands
from pipeline.parse.outline import outline
from pipeline.parse.promise_cues import alternatives
from pipeline.parse.roles import roles
from pipeline.profile import Profile
from pipeline.records import Document, Heading, Speech
from pipeline.text import word_starts

_SHORT, _LONG = 8, 44
_BOUND = frozenset("的地得和与及、，,。；：之中上下里为是了等者")


def speech(document: Document, profile: Profile) -> Speech:
    """The outline, the demands with actor, duty, deadline and target, the named figures and their checks."""
    return Speech(
        id=document.id,
        document_id=document.id,
        source=document.source,
        kind=document.kind,
        title=document.title,
        text=document.text,
        day=document.day,
        outline=_headings(document, profile),
        demands=demands(document, profile),
        figures=tuple(named(document.text)),
        sums=tuple(checks(document.text)),
        roles=roles(document.text, profile),
    )


def _cut(text: str, profile: Profile) -> str:
    """A heading without the sentence that is glued to it.

    It ends at the first noun that headings end with (重要性, 水平, 工作 …) where a word of its own follows that goes
    on for more than a heading's length.
    """
    if len(text) <= _LONG:
        return text
    tail, starts = re.compile(alternatives(profile.words("标题尾词"))), frozenset(word_starts(text))
    for match in tail.finditer(text, _SHORT, _LONG):
        rest = text[match.end() :]
        if len(rest) >= _SHORT and rest[0] not in _BOUND and match.end() in starts and not tail.match(rest):
            return text[: match.end()]
    return text


def _headings(document: Document, profile: Profile) -> tuple[Heading, ...]:
    """The numbered parts of the text, or the headings that the file itself marks where nothing is numbered."""
    sections = outline(document.text)
    if sections:
        return tuple(
            Heading(section.number, _cut(section.text, profile) if section.level == 1 else section.text, section.level)
            for section in sections
        )
    marked = [block for block in document.blocks if block.role == "heading"]
    return tuple(Heading(block.number, block.text, max(block.level, 1)) for block in marked)
