"""Where the head of a paper ends and its own text begins."""

from __future__ import annotations

import re

from pipeline.parse.sections import is_heading
from pipeline.profile import Profile
from pipeline.text import normal, squeezed

_PAIR = re.compile(r"[一-鿿（）()/、 \u3000]{2,16}[：:]\s*\S{0,60}")
_MARK = re.compile(r"[【\[〔（(].{1,20}[】\]〕）)]")
_PROSE = re.compile(r"[，。；！？]")
_CONTENT = re.compile(r"^(?:建议|提案|议案)?(?:内容|正文|全文|摘要)\s*[：:\t]")
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]|第[一二三][，、]|[一二]是|首先")
_BODY = re.compile(r"(?:(?<=\n)|\A)[ \u3000]*(?:正文|内容|主要内容|(?:建议|提案)(?:内容|正文|摘要))[：:]")
_LINES = 40
_REACH = 1200
_NARROW = 26


def body_start(text: str, title: str, profile: Profile) -> int:
    """The offset at which the text proper begins: after title lines, labelled fields, form cells and by-lines."""
    marked = _BODY.search(text, 0, _REACH)
    if marked:
        return marked.end()
    place, wanted, prose = 0, normal(title), False
    for line in text.split("\n")[:_LINES]:
        content = _CONTENT.match(line)
        if content and len(line) > content.end():
            return place + content.end()
        label, _, said = line.partition("\t")
        told = _PROSE.search(said) is not None and is_heading(label, profile)
        if told or is_heading(line, profile) or not _is_head(line, wanted):
            prose = True
            break
        place += len(line) + 1
    return min(place, len(text)) if prose or place < len(text) else 0


def _is_head(line: str, title: str) -> bool:
    bare = squeezed(line)
    if not bare or _MARK.fullmatch(bare):
        return True
    plain = normal(line)
    if title and (plain in title or title in plain) and len(plain) <= len(title) + 12:
        return True
    if _ORDINAL.match(bare):
        return False
    if "\t" in line:
        return all(len(cell) <= _NARROW * 3 and not _PROSE.search(cell[_NARROW:]) for cell in line.split("\t"))
    if _PAIR.fullmatch(line.strip()) and not bare.startswith(("建议", "为此", "情况", "问题", "案据", "方案")):
        return not bare.endswith("。")
    return len(bare) <= _NARROW * 2 and not _PROSE.search(bare) and not bare.endswith(("：", ":"))
