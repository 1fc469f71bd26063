"""What a reader hands to the cleaning: blocks as found in the file, and how many characters the file holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import Block, Removal


@dataclass(frozen=True, slots=True)
class Draft:
    """One text as read. `characters`: non-blank characters in the source's text nodes, counted apart from the walk.

    `flowing` marks lines whose paragraphs are still to be found (plain text, web pages); `title` is what the format
    itself calls the title, empty where it has none; `tail` names a second text of the same file ("@2", "!Sheet1").
    `sure` is how sure the recognition of its worst scanned page was, 1 without one; `links` are the words of links.
    """

    blocks: tuple[Block, ...]
    characters: int
    removed: tuple[Removal, ...] = ()
    warnings: tuple[str, ...] = ()
    flowing: bool = False
    title: str = ""
    tail: str = ""
    sure: float = 1.0
    links: frozenset[str] = frozenset()


def inked(texts: Iterable[str | None]) -> int:
    """The number of non-blank characters."""
    return len("".join("".join(filter(None, texts)).split()))
