"""Cleaning: a list of small named steps, each of which says what it removed and why (R-ING-01 to R-ING-08).

Official text itself is never changed: a step takes out what is not part of the document, or joins and parts lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from pipeline.extract.collection import apart
from pipeline.extract.draft import Draft
from pipeline.extract.edges import is_chrome, is_linked, without_edges
from pipeline.extract.foreign import without_foreign
from pipeline.extract.glued import entitled, headed
from pipeline.extract.labels import on_lines
from pipeline.extract.marks import placeholders, truncated
from pipeline.extract.paging import without_chunk_numbers
from pipeline.extract.parts import parted
from pipeline.extract.repeats import without_repeats
from pipeline.extract.wraps import reparagraphed, unwrapped
from pipeline.profile import Profile, Sieve
from pipeline.records import Block, Removal
from pipeline.text import squeezed

Cleaned = tuple[list[Block], list[Removal]]
Step = Callable[[list[Block], Profile], Cleaned]

_IMAGE = re.compile(
    r"<(?:\w+:)?image\b[^>]*>.*?</(?:\w+:)?image>|!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|data:image/[\w.+-]+(?:;base64)?,[A-Za-z0-9+/=:.\-]{40,}",
    re.DOTALL,
)
_LEADER = re.compile(r".{0,80}?(?:\.{6,}|…{3,}|·{6,}|．{6,})\s*[-—]?\s*[\dIVXivxⅠ-Ⅻ]{1,4}\s*[-—]?\s*$")
_NOTE = re.compile(r"[（(【\[][^（()）】\]]{1,12}[）)】\]]\s*$")
_LINKS = "网站推荐链接"
_TITLE = 50
_STOP = re.compile("[。！？]")


def cleaned(draft: Draft, profile: Profile) -> list[Draft]:
    """The texts of a draft, cleaned; more than one where the file holds several documents."""
    first = (without_images, partial(without_link_lists, links=draft.links), without_furniture, without_contents)
    blocks, removed = _through(first, draft.blocks, profile)
    collected, marks = apart(blocks, profile)
    removed = [*draft.removed, *removed, *marks]
    texts: list[list[Block]] = []
    for part in collected:
        blocks, gone = _through(FLOWING if draft.flowing else FIXED, part, profile)
        removed += gone
        texts += parted(entitled([block for block in blocks if block.text.strip()], removed), profile)
    return [_text(draft, text, removed if number == 0 else [], len(texts)) for number, text in enumerate(texts)]


def _through(steps: Sequence[Step], blocks: Sequence[Block], profile: Profile) -> Cleaned:
    """The blocks after some steps, and all that these took out."""
    left, removed = list(blocks), []
    for step in steps:
        left, gone = step(left, profile)
        removed += gone
    return left, removed


def _text(draft: Draft, blocks: Sequence[Block], removed: Sequence[Removal], count: int) -> Draft:
    """One text of a draft with its warnings."""
    warnings = [*draft.warnings, *placeholders(blocks), *truncated(blocks)]
    if count > 1:
        warnings.append(f"原文件里有 {count} 篇文章，已分开")
    title = draft.title if count == 1 else ""
    return replace(draft, blocks=tuple(blocks), removed=tuple(removed), warnings=tuple(warnings), title=title)


def without_images(blocks: list[Block], _profile: Profile) -> Cleaned:
    """Pictures that a web page was saved with as text."""
    return _cut(blocks, _IMAGE, "图片")


def without_furniture(blocks: list[Block], profile: Profile) -> Cleaned:
    """Lines and stretches of the site that a text was copied from, by the profile's patterns (R-ING-01)."""
    sieve, text = _furniture(profile), _inky(blocks)
    candidates, removed = sieve.candidates(text), list[Removal]()
    for number, (_, why) in enumerate(profile.furniture):
        if number not in candidates:
            continue
        blocks, gone = _cut(blocks, sieve.pattern(number), why)
        if gone:
            removed += gone
            candidates = sieve.candidates(_inky(blocks))
    return blocks, removed


@lru_cache(maxsize=2)
def _furniture(profile: Profile) -> Sieve:
    return Sieve((pattern for pattern, _ in profile.furniture), re.MULTILINE)


def without_link_lists(blocks: list[Block], profile: Profile, *, links: frozenset[str] = frozenset()) -> Cleaned:
    """The titles of other texts that a site lists at the end under 猜你喜欢 or 相关文章; `links` are known for such."""
    labels = _labels(profile)
    filled = [place for place, block in enumerate(blocks) if block.text.strip()]
    for index in range(len(filled) // 2, len(filled)):
        place = filled[index]
        if any(label.match(blocks[place].text) for label in labels):
            after = filled[index + 1 :]
            listed = [blocks[n] for n in after if not is_chrome(blocks[n].text, profile)]
            linked = all(block.text in links or _is_link(block, profile) for block in listed)
            if listed and (linked or is_linked(listed)):
                return blocks[:place], [Removal(blocks[n].text.strip(), _LINKS) for n in (place, *after)]
            return blocks, []
    return blocks, []


@lru_cache(maxsize=2)
def _labels(profile: Profile) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern, why in profile.furniture if why == _LINKS)


def _is_link(block: Block, profile: Profile) -> bool:
    """Whether a line is the title of a text and nothing else."""
    text = squeezed(_NOTE.sub("", block.text))
    return len(text) <= _TITLE and not _STOP.search(text) and text.endswith(profile.words("题尾词"))


def _cut(blocks: list[Block], pattern: re.Pattern[str], why: str) -> Cleaned:
    """The blocks without what a pattern matches, which may run over lines.

    What is long and holds two sentences is running text, whatever a pattern says of it.
    """
    matches = [match for match in pattern.finditer(_inky(blocks)) if match.group().strip()]
    matches = [match for match in matches if not _is_prose(match.group())]
    if not matches:
        return blocks, []
    removed = [Removal(match.group().strip(), why) for match in matches]
    return _without(blocks, [match.span() for match in matches]), removed


def _inky(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks if block.text.strip())


def _is_prose(text: str) -> bool:
    stops = len(_STOP.findall(text))
    return (len(text) > 150 and stops >= 2) or (len(text) > 80 and stops >= 3)


def _without(blocks: list[Block], spans: Sequence[tuple[int, int]]) -> list[Block]:
    """The blocks without some spans of the joined text of its inky ones; a block that had only these goes."""
    kept, start, first = [], 0, 0
    for block in blocks:
        if not block.text.strip():
            kept.append(block)
            continue
        end = start + len(block.text)
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        last = first
        while last < len(spans) and spans[last][0] < end:
            last += 1
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans[first:last]]
        text = block.text
        for a, b in reversed(inside):
            text = text[:a] + text[b:]
        if not inside or text.strip():
            kept.append(replace(block, text=text) if inside else block)
        start = end + 1
    return kept


def without_contents(blocks: list[Block], _profile: Profile) -> Cleaned:
    """The lines of a table of contents, known by their dot leaders."""
    found = [block.role != "row" and _LEADER.match(block.text) is not None for block in blocks]
    lines = [block.text for block, leads in zip(blocks, found, strict=True) if leads]
    gone = [Removal("\n".join(lines), "目录")] if lines else []
    return [block for block, leads in zip(blocks, found, strict=True) if not leads], gone


FLOWING: tuple[Step, ...] = (
    without_edges,
    without_chunk_numbers,
    without_foreign,
    unwrapped,
    on_lines,
    reparagraphed,
    headed,
    without_repeats,
)
FIXED: tuple[Step, ...] = (partial(reparagraphed, least=1000), headed)
