"""A volume: several suggestions or proposals bound in one file, each with its own title and proposer (R-ING-03)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pipeline.figures.ordinals import leads
from pipeline.kinds import kind_of
from pipeline.profile import Profile
from pipeline.records import BODY_ROLES, Block
from pipeline.text import normal, simplified, squeezed

_TITLE = re.compile(r"(?:关于|对).{3,60}(?:建议|提案|议案)(?:[（(][^（）()]{1,20}[）)])?")
_NUMBER = re.compile(
    r"[（(【]?.{0,14}?(?:第|编号[：:]?|[Nn][Oo][.．]?)[A-Za-z\d一二三四五六七八九十百零〇\-—]{1,10}号?.{0,10}[）)】]?"
)
_ORDINAL = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.．、]\s*|^[（(][一二三四五六七八九十\d]{1,3}[）)]\s*")
_PROSE = re.compile(r"[，。；！？]")
_NEAR, _BACK, _LEAST, _SHORT = 4, 5, 30, 40


@dataclass(frozen=True, slots=True)
class _Labels:
    """The patterns of a line that gives a title, and of one that names who proposes."""

    title: re.Pattern[str]
    proposer: re.Pattern[str]


def bound(blocks: Sequence[Block], profile: Profile) -> list[list[Block]]:
    """The papers of a volume, one list where the file is none.

    A paper begins at the head lines before a title that stands beside a number or proposer and before a text of its
    own. Every part must be a submission by itself: a report that goes through papers, or a paper that cites others,
    stays whole. What the volume's own head says goes to later parts as a header.
    """
    labels = _labels(profile)
    lines = [_line(block) for block in blocks]
    titles = _titles(lines, labels)
    starts = [_start(lines, place, floor) for (place, _), floor in zip(titles, _floors(titles), strict=True)]
    parts = [list(blocks[a:b]) for a, b in pairwise([0, *starts[1:], len(blocks)])]
    papers = zip(parts, (title for _, title in titles), strict=False)
    if len(starts) < 2 or not all(_is_paper(part, title, profile) for part, title in papers):
        return [list(blocks)]
    usual = max(place - start for (place, _), start in zip(titles[1:], starts[1:], strict=True))
    head = [replace(one, role="header") for one in blocks[: max(0, titles[0][0] - usual)] if one.role in BODY_ROLES]
    places = {id(blocks[place]) for place, _ in titles if blocks[place].role in {"paragraph", "item", "heading"}}
    parts = [[replace(b, role="title", level=0) if id(b) in places else b for b in part] for part in parts]
    return [parts[0], *([*head, *part] for part in parts[1:])]


def _line(block: Block) -> str:
    text = block.text if block.role in BODY_ROLES else ""
    return simplified(re.sub(r"[ \u3000]+", "", text).replace("\t", "：").replace(":", "："))


def _titles(lines: Sequence[str], labels: _Labels) -> list[tuple[int, str]]:
    """The places and wordings of titles, those that come again right after (a cover, a page head) left out."""
    found: list[tuple[int, str]] = []
    for place, line in enumerate(lines):
        title = _title(line, labels)
        if title and normal(title) not in {normal(known) for _, known in found} and _is_headed(lines, place, labels):
            found.append((place, title))
    return found


def _title(line: str, labels: _Labels) -> str:
    match = labels.title.match(line)
    bare = line[match.end() :] if match else _ORDINAL.sub("", line)
    bare = re.split(r"[：\n]", bare)[0] if match else bare
    return bare if _TITLE.fullmatch(bare) or (match and 6 <= len(bare) <= _SHORT and not _PROSE.search(bare)) else ""


def _is_headed(lines: Sequence[str], place: int, labels: _Labels) -> bool:
    """Whether a number or a proposer stands beside a title; lines of prose are not looked across."""
    for step in (-1, 1):
        for near in range(1, _NEAR + 1):
            line = lines[place + step * near] if 0 <= place + step * near < len(lines) else ""
            if _PROSE.search(line) and not labels.proposer.match(line):
                break
            if labels.proposer.match(line) or (_NUMBER.fullmatch(line) and len(line) <= _SHORT):
                return True
    return _NUMBER.search(lines[place][-14:]) is not None


def _floors(titles: Sequence[tuple[int, str]]) -> list[int]:
    return [0, *(place + 1 for place, _ in titles)][: len(titles)]


def _start(lines: Sequence[str], place: int, floor: int) -> int:
    """Where the paper of a title begins: at the first of the head lines right before it."""
    start = place
    while start > max(floor, place - _BACK) and _is_head(lines[start - 1]):
        start -= 1
    return start


def _is_head(line: str) -> bool:
    return len(line) <= _SHORT and not _PROSE.search(line) and not leads(line) and not _SIGNED.search(line)


_SIGNED = re.compile(r"^(?:联系人|联系电话|电话|附议|联名|日期|\d{4}年|二[〇○零])|日$")


def _is_paper(part: Sequence[Block], title: str, profile: Profile) -> bool:
    """Whether a part is a submission of its own, with a text under its head."""
    text = "\n".join(block.text for block in part if block.role in BODY_ROLES)
    prose = sum(len(block.text) for block in part if _PROSE.search(block.text))
    return prose >= _LEAST and kind_of(title, text, profile) in ("建议", "提案")


def _words(profile: Profile, field: str) -> tuple[str, ...]:
    return tuple(sorted({squeezed(name) for name in profile.columns.get(field, ())}, key=len, reverse=True))


@lru_cache(maxsize=8)
def _labels(profile: Profile) -> _Labels:
    titles, people = ("|".join(map(re.escape, _words(profile, field))) for field in ("案由", "提出人"))
    return _Labels(
        re.compile(rf"(?:.{{0,20}}：)?[【\[]?(?:{titles})[】\]]?："),
        re.compile(
            rf"[（(【\[]?(?:县|市|区)?(?:{people})(?:（[^）]*）)?[】\]]?：|[（(]?(?:县|市|区)?(?:人大代表|政协委员|代表|委员)[一-鿿·]{{2,4}}[）)]?$"
        ),
    )
