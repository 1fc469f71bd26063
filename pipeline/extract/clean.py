"""Cleaning: a list of small named steps, each of which says what it removed and why (R-ING-01 to R-ING-08).

Official text itself is never changed: a step takes out what is not part of the document, or joins and parts lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from pipeline.extract.draft import Draft
from pipeline.extract.foreign import without_foreign
from pipeline.extract.marks import placeholders, truncated
from pipeline.extract.parts import headed, parted
from pipeline.extract.repeats import without_repeats
from pipeline.extract.wraps import reparagraphed, unwrapped
from pipeline.profile import Profile
from pipeline.records import Block, Removal

Cleaned = tuple[list[Block], list[Removal]]
Step = Callable[[list[Block], Profile], Cleaned]

_IMAGE = re.compile(
    r"<(?:\w+:)?image\b[^>]*>.*?</(?:\w+:)?image>|!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|data:image/[\w.+-]+(?:;base64)?,[A-Za-z0-9+/=:.\-]{40,}",
    re.DOTALL,
)
_LEADER = re.compile(r".{0,80}?(?:\.{6,}|…{3,}|·{6,}|．{6,})\s*[-—]?\s*[\dIVXivxⅠ-Ⅻ]{1,4}\s*[-—]?\s*$")
_STOP = re.compile("[。！？]")
_CHUNK = re.compile(r"\s*(\d{1,3})、")
_SENTENCE_END = tuple("。！？!?；;：:…”」』）)")
_LONG_CHUNK = 80


def cleaned(draft: Draft, profile: Profile) -> list[Draft]:
    """The texts of a draft, cleaned; more than one where the file holds several documents."""
    blocks, removed = list(draft.blocks), list(draft.removed)
    for step in (*STEPS, *(FLOWING if draft.flowing else FIXED)):
        blocks, gone = step(blocks, profile)
        removed += gone
    blocks = [block for block in blocks if block.text.strip()]
    texts = parted(blocks, profile)
    return [_text(draft, part, removed if number == 0 else [], len(texts)) for number, part in enumerate(texts)]


def _text(draft: Draft, blocks: Sequence[Block], removed: Sequence[Removal], count: int) -> Draft:
    """One text of a draft with its warnings."""
    warnings = [*draft.warnings, *placeholders(blocks), *truncated(blocks)]
    if count > 1:
        warnings.append(f"原文件里有 {count} 篇文章，已分开")
    title = draft.title if count == 1 else ""
    return replace(draft, blocks=tuple(blocks), removed=tuple(removed), warnings=tuple(warnings), title=title)


def without_images(blocks: list[Block], _profile: Profile) -> Cleaned:
    """Pictures that a web page was saved with as text."""
    return _cut(blocks, [(_IMAGE, "图片")])


def without_furniture(blocks: list[Block], profile: Profile) -> Cleaned:
    """Lines and stretches of the site that a text was copied from, by the profile's patterns (R-ING-01)."""
    return _cut(blocks, [(re.compile(pattern, re.MULTILINE), why) for pattern, why in profile.furniture])


def _cut(blocks: list[Block], patterns: Sequence[tuple[re.Pattern[str], str]]) -> Cleaned:
    """The blocks without what the patterns match; a pattern may run over lines.

    What is long and holds two sentences is running text, whatever a pattern says of it.
    """
    removed = []
    for pattern, why in patterns:
        text, spans = "\n".join(block.text for block in blocks), []
        for match in pattern.finditer(text):
            if match.group().strip() and not _is_prose(match.group()):
                spans.append(match.span())
                removed.append(Removal(match.group().strip(), why))
        if spans:
            blocks = _without(blocks, spans)
    return blocks, removed


def _is_prose(text: str) -> bool:
    stops = len(_STOP.findall(text))
    return (len(text) > 150 and stops >= 2) or (len(text) > 80 and stops >= 3)


def _without(blocks: list[Block], spans: Sequence[tuple[int, int]]) -> list[Block]:
    """The blocks without some spans of their joined text; a block that had only these goes."""
    kept, start = [], 0
    for block in blocks:
        end = start + len(block.text)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
        text = block.text
        for a, b in reversed(inside):
            text = text[:a] + text[b:]
        if not inside or text.strip():
            kept.append(replace(block, text=text) if inside else block)
        start = end + 1
    return kept


def without_contents(blocks: list[Block], _profile: Profile) -> Cleaned:
    """The lines of a table of contents, known by their dot leaders."""
    lines = [block for block in blocks if block.role != "row" and _LEADER.match(block.text)]
    gone = [Removal("\n".join(line.text for line in lines), "目录")] if lines else []
    return [block for block in blocks if block not in lines], gone


def without_chunk_numbers(blocks: list[Block], _profile: Profile) -> Cleaned:
    """Numbers that a sharing site set before each page of a text, in mid-sentence (R-ING-02).

    A run of lines numbered 1、2、3、 is such a paging where the lines are long and at least a third of them
    (and two) break off in mid-sentence; the items of a genuine list end where a sentence ends.
    """
    kept: list[Block] = []
    removed: list[Removal] = []
    index = 0
    while index < len(blocks):
        run = _chunk_run(blocks, index)
        if run:
            kept.append(replace(blocks[index], text="".join(text for _, text in run)))
            removed += [Removal(mark, "网站分页序号") for mark, _ in run]
        else:
            kept.append(blocks[index])
        index += max(len(run), 1)
    return kept, removed


def _chunk_run(blocks: Sequence[Block], start: int) -> list[tuple[str, str]]:
    """The page numbers and texts of a paging that begins at a block, none where none does."""
    run: list[tuple[str, str]] = []
    for block in blocks[start:]:
        found = _CHUNK.match(block.text)
        if not found or int(found.group(1)) != len(run) + 1:
            break
        run.append((found.group().strip(), block.text[found.end() :].strip()))
    inner = [text for _, text in run[:-1]]
    broken = sum(not text.endswith(_SENTENCE_END) for text in inner)
    long = sum(len(text) >= _LONG_CHUNK for text in inner)
    flowing = sum(bool(re.search("[。；;！？]", text[:-1])) for text in inner)
    is_paging = broken >= 2 and broken * 3 >= len(inner) and min(long, flowing) * 3 >= len(inner) * 2
    return run if is_paging or (len(run) == 2 and broken and long and flowing and _halved(run)) else []


def _halved(run: Sequence[tuple[str, str]]) -> bool:
    """Whether the second page of two goes on in the middle of a word or clause."""
    return len(run[0][1]) >= 200 and run[0][1][-1].isalnum() and run[1][1][:1].isalnum()


STEPS: tuple[Step, ...] = (without_images, without_furniture, without_contents)
FLOWING: tuple[Step, ...] = (without_chunk_numbers, without_foreign, unwrapped, reparagraphed, headed, without_repeats)
FIXED: tuple[Step, ...] = (partial(reparagraphed, least=1000), headed)
