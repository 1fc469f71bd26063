"""Pages of lines to blocks: running lines apart, tables over page ends whole, columns in order, lines joined."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.columns import in_columns
from pipeline.extract.pages import Page, running_apart
from pipeline.extract.paragraphs import joined
from pipeline.extract.tables import continued
from pipeline.records import Block, Removal


def laid_out(pages: Sequence[Page]) -> tuple[tuple[Block, ...], list[Removal]]:
    """The blocks of a paged document in reading order, headers first and footers last, and what was set apart."""
    body, edges, removed = running_apart(pages)
    body, heads = continued(body)
    text = joined([part for page in body for part in in_columns(page)])
    first, last = ([block for block in edges if block.role == role] for role in ("header", "footer"))
    return (*first, *text, *last), [*removed, *heads]
