"""What looks like a slip in a text: reported with its place, never changed (R-ING-05, R-ING-06)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.extract.lint_doubled import doubled
from pipeline.extract.lint_lost import lost
from pipeline.extract.lint_numbering import gaps
from pipeline.extract.lint_typos import typos
from pipeline.profile import Profile
from pipeline.records import BODY_ROLES, Block

Slip = tuple[int, int, str]
"""Where in a paragraph a slip begins and ends, and what it is."""

_CHECKS: tuple[Callable[[str, Profile], Iterator[Slip]], ...] = (doubled, typos, lost)
_AROUND = 6
_SHOWN = 20


def linted(blocks: Sequence[Block], profile: Profile) -> list[str]:
    """A warning for every suspected slip, with its paragraph (the title is the first) and the words around it."""
    body = [block for block in blocks if block.role in BODY_ROLES]
    found: list[tuple[int, str]] = [(number, said) for number, said in gaps(body)]
    for number, block in enumerate(body, 1):
        text = block.text
        checks = _CHECKS if block.role != "row" else _CHECKS[:2]
        slips = sorted({slip for check in checks for slip in check(text, profile)})
        for start, end, said in slips:
            around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
            found.append((number, f"{said}：第 {number} 段“{around}”"))
    told = [said for _, said in sorted(found, key=lambda slip: slip[0])]
    return told if len(told) <= _SHOWN else [*told[:_SHOWN], f"另有 {len(told) - _SHOWN} 处疑似差错没有列出"]
