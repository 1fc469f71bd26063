"""The title of a document: what a form, a label or the head of the text says it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.profile import Profile
from pipeline.records import BODY_ROLES, Block, Removal
from pipeline.text import simplified, squeezed

_LIMIT = 70
_HEAD = 8
_ENDS = tuple("。！？!?；;，,、：:")
_MARK = re.compile(r"[：:】\]］〗 \t\u3000]")
_NOTE = re.compile(r"[（(][^（）()]{1,24}[）)]$")
_DATE = re.compile(r"[（(](?:19|20|二)[^（）()]{2,14}[）)]$")
_FORM_HEAD = re.compile(r".{0,24}(?:代表|委员|政协|人大|大会|会议).{0,8}(?:建议|提案|议案|意见)(?:表|纸|书|稿|函)?")
_ORDINAL = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.．、](?!\d)\s*(?=关于)")
_GLUED = re.compile(r"^(.{4,}?(?:建议|提案|议案))[ \t\u3000]*[一-鿿][一-鿿 \u3000]{1,10}[：:].*$")
_IN_TEXT = re.compile(
    r"(?:提出|提交|提|呈上|反映)(?:一件|一个|一份|了|的是|如下|以下)?[“《]?(关于[^，。；：:、“”《》\n]{4,50}?的(?:建议|提案|议案))"
)
_NO_TITLE = re.compile(
    r".*[〔\[【(（](?:19|20)\d\d[〕\]】)）].{0,6}号$|[A-DＡ-Ｄ]类?|【.{1,10}】"
    r"|[\d\s年月日.．/\-—〇一二三四五六七八九十:：]+|附件\d*|.{0,30}文件$|[^《（]{1,12}[:：].{1,60}"
)
_ORGAN = re.compile(r"[一-鿿]{2,16}(?:政府|委员会|常委会|办公室|局|网|门户网站)")
_HELD = re.compile("(?:召开|举行|举办|开幕|闭幕)$")
_LISTED = re.compile(r"\|\s*标\s*题\s*[:：]\s*([^|\n]{6,80}?)\s*\|")
_COLUMN = re.compile(r"^【[一-鿿]{2,8}】(?=.{6})")
_MATTER = re.compile("建议|提案|办理")
_TITLE, _NAME = 10, 5


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
    if given or (mentioned := _mentioned(blocks)):
        return _plain(given or mentioned), list(blocks)
    leading = [i for i in places if candidates and i < candidates[0]]
    if candidates and all(_NO_TITLE.fullmatch(squeezed(blocks[i].text)) for i in leading):
        return _marked(blocks, *_first(blocks, candidates))
    return stem, list(blocks)


def listed(removed: Sequence[Removal]) -> str:
    """The title that a portal gives in its table over the text, empty without one."""
    found = (_LISTED.search(removal.text) for removal in removed)
    return next((match[1].strip() for match in found if match), "")


def _first(blocks: Sequence[Block], candidates: Sequence[int]) -> tuple[int, int]:
    """The place and number of lines of a title that no word tells: the first line of the head.

    A line of a title's length counts before one above it that only names an organ or site. Two lines are one title
    where the text says them in one.
    """
    heads = [i for n, i in enumerate(candidates) if i - candidates[0] == n]
    lines = [squeezed(blocks[i].text) for i in heads]
    if len(lines) > 1 and len(lines[0]) + len(lines[1]) <= _LIMIT:
        text = squeezed("".join(block.text for block in blocks[heads[1] + 1 : heads[1] + 4]))
        if _HELD.sub("", lines[0] + lines[1]) in text:
            return heads[0], 2
    if not _ORGAN.fullmatch(lines[0]) and len(lines[0]) > _NAME:
        return heads[0], 1
    named = (i for i, line in zip(heads, lines, strict=True) if len(line) >= _TITLE and not _ORGAN.fullmatch(line))
    return next(named, heads[0]), 1


def _said(blocks: Sequence[Block], wording: _Wording) -> str:
    """The title that a form gives: the cell after one that says 案由, or a line that begins so."""
    pattern = _label(wording.labels)
    for block in blocks[:30]:
        cells = [cell.strip() for cell in block.cells if cell.strip()]
        for label, text in itertools.pairwise(cells):
            if simplified(squeezed(label)).strip(":：【】[]") in wording.labels and 6 <= len(squeezed(text)) <= _LIMIT:
                return _plain(text)
        labelled = block.role != "row" and _MARK.search(block.text)
        match = pattern.match(simplified(block.text)) if labelled else None
        text = block.text[match.end() :].strip() if match else ""
        text = _GLUED.sub(r"\1", text)
        sure = match is not None and (match["mark"].strip() or _named(text, wording.tails))
        if sure and 6 <= len(text) <= _LIMIT and "。" not in text:
            return _plain(text)
    return ""


@lru_cache(maxsize=8)
def _label(labels: frozenset[str]) -> re.Pattern[str]:
    """A title's label at the start of a line, blanks allowed inside, before a colon, bracket or blank."""
    blanks = r"[ \t\u3000]*"
    words = "|".join(blanks.join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))
    mark = r"(?P<mark>[】\]］〗]?[：:]|[】\]］〗]|[ \t\u3000]+|(?<=[ \u3000]))"
    return re.compile(rf"{blanks}[【\[［〖]?{blanks}(?:{words}){blanks}{mark}")


def _mentioned(blocks: Sequence[Block]) -> str:
    """The title that a letter gives in its opening sentences (现提出关于…的建议)."""
    opening = "\n".join(block.text for block in blocks[:_HEAD] if block.role != "row")[:400]
    match = _IN_TEXT.search(opening)
    return _plain(match[1]) if match else ""


def _named(text: str, tails: tuple[str, ...]) -> bool:
    return _NOTE.sub("", simplified(squeezed(text))).endswith(tails)


def _rank(text: str) -> int:
    """What makes the better title: “关于…”, then any other line, and last the printed head of a form or letter."""
    text = simplified(squeezed(text))
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
    opens = opens or (
        len(end) <= _TITLE and bool(_MATTER.search(start)) and end.endswith(("情况说明", "情况报告", "总结"))
    )
    return is_line and opens and not whole and _named(start + end, tails)


def _marked(blocks: Sequence[Block], first: int, count: int = 1) -> tuple[str, list[Block]]:
    """The title out of one or two lines, and the blocks with these marked as title."""
    made = list(blocks)
    for place in range(first, first + count):
        made[place] = replace(made[place], role="title", level=0)
    return _plain(_ORDINAL.sub("", "".join(block.text.strip() for block in blocks[first : first + count]))), made


def _plain(text: str) -> str:
    """A title without line breaks, layout blanks or the date behind it; blanks between Latin words stay."""
    text = " ".join(text.split()) if re.search("[A-Za-z] +[A-Za-z]", text) else squeezed(text)
    return _COLUMN.sub("", _DATE.sub("", text))
