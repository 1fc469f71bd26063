"""What looks like a slip in a text: reported with its place, never changed (R-ING-05, R-ING-06)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from pipeline.extract import lint_doubled, lint_idioms, lint_lost, lint_typos
from pipeline.extract.lint_numbering import gaps, strays
from pipeline.profile import Profile
from pipeline.records import BODY_ROLES, Block

Slip = tuple[int, int, str]
"""Where in a paragraph a slip begins and ends, and what it is."""
Hints = Callable[[str, Profile], Iterable[int]]
"""The places of many paragraphs, a line each, near which a check may find something."""
Check = Callable[[str, Profile], Iterator[Slip]]

_CHECKS: tuple[tuple[Hints, Check], ...] = (
    (lint_doubled.hints, lint_doubled.doubled),
    (lint_typos.hints, lint_typos.typos),
    (lint_idioms.hints, lint_idioms.slips),
    (lint_lost.hints, lint_lost.lost),
)
_BATCH = 20_000
"""Characters that are gone through at once: many paragraphs, and little memory however long the text."""
_IN_ROWS = 3
"""The number of checks that table rows go through; words fall out of these on purpose."""
_AROUND = 6
_SHOWN = 20


def _apart(slips: set[Slip]) -> list[Slip]:
    """The slips in order, those inside a longer one left out (交通云输 in 交通云输局)."""
    kept, reach = list[Slip](), 0
    for (_, end), same in groupby(sorted(slips, key=lambda s: (s[0], -s[1], s)), key=lambda s: s[:2]):
        kept += same if end > reach else ()
        reach = max(reach, end)
    return sorted(kept)


def linted(blocks: Sequence[Block], profile: Profile) -> list[str]:
    """A warning for every suspected slip, with its paragraph (the title is the first) and the words around it."""
    body = [block for block in blocks if block.role in BODY_ROLES]
    found: list[tuple[int, str]] = [(number, said) for number, said in (*gaps(body), *strays(body))]
    for number, checks in sorted(_suspects(body, profile)):
        text = body[number - 1].text
        for start, end, said in _apart({slip for check in checks for slip in _CHECKS[check][1](text, profile)}):
            around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
            found.append((number, f"{said}：第 {number} 段“{around}”"))
    told = [said for _, said in sorted(found, key=lambda slip: slip[0])]
    return told if len(told) <= _SHOWN else [*told[:_SHOWN], f"另有 {len(told) - _SHOWN} 处疑似差错没有列出"]


def _suspects(body: Sequence[Block], profile: Profile) -> Iterator[tuple[int, list[int]]]:
    """The numbers of the paragraphs that may hold a slip, and of the checks that are to look at them."""
    first = 0
    while first < len(body):
        sizes = list(accumulate((len(block.text) + 1 for block in body[first : first + _BATCH]), initial=0))
        count = max(1, bisect_right(sizes, _BATCH) - 1)
        joined = "\n".join(block.text for block in body[first : first + count])
        checks: dict[int, list[int]] = {}
        for check, (hints, _) in enumerate(_CHECKS):
            for place in {bisect_right(sizes, hint) - 1 for hint in hints(joined, profile)}:
                if check < _IN_ROWS or body[first + place].role != "row":
                    checks.setdefault(first + place + 1, []).append(check)
        yield from checks.items()
        first += count
