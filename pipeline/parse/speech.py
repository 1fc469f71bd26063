"""Speeches, reports and notices as structure: outline, demands, figures and their sums (R-SPK-01, R-STA-02)."""

from __future__ import annotations

from pipeline.figures import checks, named
from pipeline.parse.demands import demands
from pipeline.parse.outline import outline
from pipeline.profile import Profile
from pipeline.records import Document, Heading, Speech


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
        outline=_headings(document),
        demands=demands(document, profile),
        figures=tuple(named(document.text)),
        sums=tuple(checks(document.text)),
    )


def _headings(document: Document) -> tuple[Heading, ...]:
    """The numbered parts of the text, or the headings that the file itself marks where nothing is numbered."""
    sections = outline(document.text)
    if sections:
        return tuple(Heading(section.number, section.text, section.level) for section in sections)
    marked = [block for block in document.blocks if block.role == "heading"]
    return tuple(Heading(block.number, block.text, max(block.level, 1)) for block in marked)
