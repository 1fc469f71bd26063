"""A collection: several texts that a site put on one page under 篇一, 第2篇, 范文三 (R-ING-03)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.profile import Profile
from pipeline.records import Block, Removal
from pipeline.text import normal, squeezed

_N = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_KIND = r"篇|范文|例文|样本|[一-鿿]{0,12}(?:范文|讲话稿?|发言稿?|报告|汇报)篇"
_MARK = re.compile(
    rf"^\s*[【\[（(#*]*\s*(?:第(?P<n>{_N})篇|(?:{_KIND})(?P<m>{_N}))\s*[】\]）)*]*\s*[:：、\s]?\s*(?P<title>[^。\n]{{0,60}})$"
)
_CONTENTS = re.compile(r"^\s*目\s*录\s*$")
_FIRST = re.compile(
    r"(?P<title>[^。，；]{6,50}?)(?:[第（(]?(?:一|1)[)）]?篇|篇[（(]?(?:一|1)[)）]?|[（(]?(?:范文)(?:一|1)[)）]?)"
)
_LEAST, _HEAD = 120, 12
_WHY = "资料网站的合集标记"


def apart(blocks: Sequence[Block], profile: Profile) -> tuple[list[list[Block]], list[Removal]]:
    """The texts of a collection without its marks and contents, or all blocks in one list.

    A mark counts where a text with a title follows it, so the parts of a book do not; of a mark's own title the
    wording is kept where the text lacks it.
    """
    marks = [place for place, block in enumerate(blocks) if _MARK.match(block.text)]
    spans = list(pairwise([*marks, len(blocks)]))
    heads = [(a, b) for a, b in spans if sum(len(block.text) for block in blocks[a + 1 : b]) >= _LEAST]
    tails = profile.words("题尾词")
    if (
        len(heads) < 2
        or not _in_order([blocks[a] for a, _ in heads])
        or not all(_is_paper(blocks, a, tails) for a, _ in heads)
    ):
        return _opened(blocks, profile)
    removed = [Removal(blocks[a].text.strip(), _WHY) for a, _ in spans]
    intro = [block for block in blocks[: marks[0]] if block.text.strip()]
    removed = [Removal(block.text.strip(), _WHY) for block in intro if _CONTENTS.match(block.text)] + removed
    kept = [block for block in intro if not _CONTENTS.match(block.text)]
    texts = [_titled(blocks[a], list(blocks[a + 1 : b])) for a, b in heads]
    return [kept + texts[0], *texts[1:]], removed


def _opened(blocks: Sequence[Block], profile: Profile) -> tuple[list[list[Block]], list[Removal]]:
    """The first text of a collection that was cut off, without what the site says between its title and 篇一."""
    filled = [place for place, block in enumerate(blocks) if block.text.strip()][:_HEAD]
    for order, place in enumerate(filled):
        found = _FIRST.fullmatch(squeezed(blocks[place].text))
        above = [n for n in filled[:order] if found and squeezed(blocks[n].text) == found["title"]]
        if found and above and found["title"].endswith(profile.words("题尾词")):
            gone = [n for n in filled[:order] if n not in above[:1]] + [place]
            left = [block for n, block in enumerate(blocks) if n not in gone]
            return [left], [Removal(blocks[n].text.strip(), _WHY) for n in gone]
    return [list(blocks)], []


def _is_paper(blocks: Sequence[Block], mark: int, tails: tuple[str, ...]) -> bool:
    """Whether a mark, or the line under it, ends as titles do."""
    found = _MARK.match(blocks[mark].text)
    under = next((block.text for block in blocks[mark + 1 :] if block.text.strip()), "")
    return squeezed(found["title"] if found else "").endswith(tails) or squeezed(under).endswith(tails)


def _in_order(marks: Sequence[Block]) -> bool:
    numbers = [_number(mark) for mark in marks]
    return all(later > earlier for earlier, later in pairwise(numbers))


def _number(mark: Block) -> int:
    found = _MARK.match(mark.text)
    said = (found["n"] or found["m"]) if found else "0"
    return int(said) if said.isdigit() else "一二三四五六七八九十".find(said[-1]) + 1 + 10 * (len(said) > 1)


def _titled(mark: Block, text: list[Block]) -> list[Block]:
    """The text under a mark, with the mark's title above it where the text does not begin with that."""
    found = _MARK.match(mark.text)
    title = found["title"].strip() if found else ""
    first = next((normal(block.text) for block in text if block.text.strip()), "")
    return [Block(title, "title"), *text] if title and normal(title) != first else text
