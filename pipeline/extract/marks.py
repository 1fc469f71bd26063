"""Warnings about a text that was made unrecognisable or cut off (R-ING-03, R-ING-07)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.figures.ordinals import leads
from pipeline.records import BODY_ROLES, Block
from pipeline.text import squeezed

_PLACEHOLDER = re.compile(
    r"(?:[XxＸｘ×*＊○]{1,4}|某{1,3})(?:省|市|县|区|镇|乡|街道|村|社区|局|委|办|单位|部门|同志|代表|委员|书记|县长|市长|区长|主任|主席|届|次|年|月|日|号|件|万元|路|公司|学校)"
    r"|(?:19|20)[xX＊*×]{2}|[XxＸ×]{2,}|(?<![A-Za-z0-9])[XＸ](?=[一-鿿])|(?<=[一-鿿])[*＊](?=[一-鿿])|[*＊]{2,4}(?![*＊])(?=$|[一-鿿，。、])"
)
_HINT = re.compile("[XxＸｘ×*＊○某]")
_SHOWN = 6
_ENDS = tuple("。！？!?…”」』）)】》：:.")
_DOTS = ("...", "……")
_BEGUN = re.compile(r"(?:此外|另外|同时|因此|但是|其中|下一步|对此|为此|首先|其次|最后)[，,]")
_SIGNED = re.compile(r".*(?:[\d〇零一二三四五六七八九十]日|[:：].*|政府|办公室|委员会|局|中心|公司|附件.*)$")


def placeholders(blocks: Sequence[Block]) -> list[str]:
    """A warning that names the placeholders of an anonymised text ("XX县", "20xx")."""
    found = dict.fromkeys(
        match.group()
        for block in blocks
        if block.role in BODY_ROLES and _HINT.search(block.text)
        for match in _PLACEHOLDER.finditer(block.text)
    )
    if not found:
        return []
    shown = "、".join(list(found)[:_SHOWN]) + ("等" if len(found) > _SHOWN else "")
    return [f"文中有代替真名、真数的符号：{shown}，不作名称和年份统计"]


def truncated(blocks: Sequence[Block]) -> list[str]:
    """A warning where the text breaks off: its last long paragraph has no end and nothing signed follows."""
    body = [block for block in blocks if block.role in BODY_ROLES and block.text.strip()]
    if len(body) < 2 or body[-1].role not in {"paragraph", "item"}:
        return []
    text = squeezed(body[-1].text)
    whole = text.endswith(_ENDS) and not text.endswith(_DOTS)
    begun = _BEGUN.match(text) and not _SIGNED.fullmatch(text)
    if whole or (len(text) < 30 and not begun and (leads(text) is False or _SIGNED.fullmatch(text) is not None)):
        return []
    if len(text) < 60 and _SIGNED.fullmatch(text):
        return []
    return [f"正文末尾不完整（truncated）：“…{text[-20:]}”，请对照原件"]
