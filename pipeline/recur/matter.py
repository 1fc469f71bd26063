"""What a submission is about, freed of what differs between two copies of it: number, names, date, frame words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.records import Submission
from pipeline.recur.places import places
from pipeline.recur.sayings import Sayings
from pipeline.text import normal, squeezed

_FRAME = re.compile(r"^(?:关于|有关|对|就)+|(?:的)?(?:几点|若干|一些)?(?:建议|提案|意见|议案|请示|报告|思考)+$")
_MARKED = re.compile(r"^[（(]?\d{1,4}[、.．)）](?!\d)|[（(〔\[][^（(〔\[]{1,3}[）)〕\]]$|[。！!]+$")
"""What a register puts around a title: its place in the list, a remark in brackets, a mark at its end."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One submission as the comparison sees it: title, asks and body in one way of saying.

    `places` are proper names of places in title and asks, in simplified characters. `print` is the normal form of what
    is printed: equal for texts that differ in blanks, marks, width and script only.
    """

    id: str
    title: str
    asks: str
    body: str
    places: frozenset[str]
    print: str


def core_title(title: str) -> str:
    """The title without its frame.

    >>> core_title("关于修复青石镇河东村路灯的建议")
    '修复青石镇河东村路灯'
    """
    previous = ""
    title = squeezed(title)
    while title != previous:
        previous, title = title, _FRAME.sub("", _MARKED.sub("", title)) or title
    return title


def matter(submission: Submission, sayings: Sayings) -> Matter:
    """The comparable parts of a submission."""
    title, asks, body = _printed(submission)
    heading, asked, said = (sayings.plain(part) or part for part in (title, asks, body))
    named = places(heading + "\n" + asked)
    return Matter(submission.id, heading, asked, said, named, normal(body) or normal(title))


def plain(submission: Submission, sayings: Sayings) -> str:
    """Title and body as a Matter has them, without looking for places: that needs the dictionary's counts."""
    title, _, body = _printed(submission)
    return f"{sayings.plain(title) or title}\n{sayings.plain(body) or body}"


def _printed(submission: Submission) -> tuple[str, str, str]:
    """Title without its frame, asks, and body."""
    asks = "\n".join(ask.text for ask in submission.asks)
    parts = (submission.background, submission.problems, asks)
    body = "\n".join(part for part in parts if part) if submission.background or submission.problems else ""
    return core_title(submission.title), asks, body or submission.text.replace(submission.title, "", 1)


def age(submission: Submission) -> tuple[int, str, int, str]:
    """The order of time: year, kind, number."""
    number = int(submission.number) if submission.number.isdecimal() else 0
    return submission.year or 9999, submission.kind, number, submission.id
