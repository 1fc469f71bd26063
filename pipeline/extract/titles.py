"""The title of a document: what a form, a label or the head of the text says it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.profile import Profile
from pipeline.records import BODY_ROLES, Block
from pipeline.text import squeezed

_LIMIT = 70
_HEAD = 8
_ENDS = tuple("。！？!?；;，,、：:")
_NOTE = re.compile(r"[（(][^（）()]{1,24}[）)]$")
_DATE = re.compile(r"[（(](?:19|20|二)[^（）()]{2,14}[）)]$")
_FORM_HEAD = re.compile(r".{0,24}(?:代表|委员|政协|人大|大会|会议).{0,8}(?:建议|提案|议案|意见)(?:表|纸|书|稿|函)?")
_NO_TITLE = re.compile(
    r".*[〔\[【(（](?:19|20)\d\d[〕\]】)）].{0,6}号$|[A-DＡ-Ｄ]类?|【.{1,10}】"
    r"|[\d\s年月日.．/\-—〇一二三四五六七八九十:：]+|附件\d*|.{0,30}文件$|[^《（]{1,12}[:：].{1,60}"
)


@dataclass(frozen=True, slots=True)
class _Wording:
    """What titles end with (建议, 讲话 …), and what a form calls its title (案由, 标题 …)."""

    tails: tuple[str, ...]
    labels: frozenset[str]


def titled(blocks: Sequence[Block], given: str, stem: str, profile: Profile) -> tuple[str, list[Block]]:
    """The title and the blocks with it marked; `given` is the format's own title, `stem` the file's name.

    First what a form says (案由：…), then a line near the head that ends as titles do, “关于…” before others and the
    printed head of a form last; then the format's own title, a short first line, the file's name.
    """
    wording = _Wording(profile.words("题尾词"), frozenset(profile.columns.get("案由", ())))
    places = [i for i, block in enumerate(blocks) if block.role in BODY_ROLES and block.text.strip()][:_HEAD]
    said = _said(blocks, wording)
    if said:
        return said, list(blocks)
    candidates = [i for i in places if _may_be_title(blocks[i])]
    broken = [i for i in candidates if i + 1 in places and _is_broken(blocks[i], blocks[i + 1], wording.tails)]
    named = [i for i in candidates if _named(blocks[i].text, wording.tails) and i - 1 not in broken]
    named = sorted({*named, *broken}, key=lambda i: (_rank(blocks[i].text), i))
    if named:
        return _marked(blocks, named[0], 2 if named[0] in broken else 1)
    if given:
        return _plain(given), list(blocks)
    return _marked(blocks, places[0]) if candidates and candidates[0] == places[0] else (stem, list(blocks))


def _said(blocks: Sequence[Block], wording: _Wording) -> str:
    """The title that a form gives: the cell after one that says 案由, or a line that begins so."""
    for block in blocks[:30]:
        cells = [cell.strip() for cell in block.cells if cell.strip()]
        for label, text in itertools.pairwise(cells):
            if squeezed(label).strip(":：") in wording.labels and 6 <= len(squeezed(text)) <= _LIMIT:
                return _plain(text)
        label, mark, text = block.text.replace(":", "：", 1).partition("：")
        is_label = mark and block.role != "row" and len(label) <= 12 and squeezed(label) in wording.labels
        if is_label and 6 <= len(text.strip()) <= _LIMIT and "。" not in text:
            return _plain(text)
    return ""


def _named(text: str, tails: tuple[str, ...]) -> bool:
    return _NOTE.sub("", squeezed(text)).endswith(tails)


def _rank(text: str) -> int:
    """What makes the better title: “关于…”, then any other line, and last the printed head of a form or letter."""
    text = squeezed(text)
    return 0 if "关于" in text or text.startswith("对") else 2 if _FORM_HEAD.fullmatch(text) else 1


def _may_be_title(block: Block) -> bool:
    text = squeezed(block.text)
    return (
        block.role in {"paragraph", "heading", "title"}
        and not block.number
        and 2 <= len(text) <= _LIMIT
        and not text.endswith(_ENDS)
        and _NO_TITLE.fullmatch(text) is None
    )


def _is_broken(first: Block, second: Block, tails: tuple[str, ...]) -> bool:
    """Whether two lines are one title that was too long for one line."""
    start, end = squeezed(first.text), squeezed(second.text)
    whole = start.endswith(tails) and not end.startswith(("的", "答复", "建议", "提案", "回复"))
    is_line = second.role in {"paragraph", "heading", "title"} and not second.number and len(end) <= 30
    opens = start.startswith(("关于", "对", "在")) and not end.startswith(("关于", "对"))
    return is_line and opens and not whole and _named(start + end, tails)


def _marked(blocks: Sequence[Block], first: int, count: int = 1) -> tuple[str, list[Block]]:
    """The title out of one or two lines, and the blocks with these marked as title."""
    made = list(blocks)
    for place in range(first, first + count):
        made[place] = replace(made[place], role="title", level=0)
    return _plain("".join(block.text.strip() for block in blocks[first : first + count])), made


def _plain(text: str) -> str:
    """A title without line breaks, layout blanks or the date behind it; blanks between Latin words stay."""
    text = " ".join(text.split()) if re.search("[A-Za-z] +[A-Za-z]", text) else squeezed(text)
    return _DATE.sub("", text)
