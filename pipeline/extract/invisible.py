"""Characters that nobody sees: controls, direction marks and joiners, which hide or turn round what a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.extract.draft import Draft
from pipeline.records import Block

_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text without characters that nobody sees; line breaks and tabs stay.

    >>> visible("关于\u202e修路\u200b的建议\x07")
    '关于修路的建议'
    """
    return _INVISIBLE.sub("", text)


def unveiled(draft: Draft) -> Draft:
    """A draft without invisible characters; direction marks, which can turn a text round, are a warning."""
    hidden = _INVISIBLE.findall("".join(_texts(draft)))
    if not hidden:
        return draft
    turned = len(_DIRECTION.findall("".join(hidden)))
    told = [f"去掉了 {turned} 个看不见的文字方向控制符，它们会颠倒字的显示顺序"] if turned else []
    inked = sum(not character.isspace() for character in hidden)
    return replace(
        draft,
        blocks=tuple(map(_block, draft.blocks)),
        removed=tuple(replace(removal, text=visible(removal.text)) for removal in draft.removed),
        characters=draft.characters - inked,
        title=visible(draft.title),
        warnings=(*draft.warnings, *told),
    )


def _texts(draft: Draft) -> Iterable[str]:
    yield from (block.text for block in draft.blocks)
    yield from (removal.text for removal in draft.removed)


def _block(block: Block) -> Block:
    if not _INVISIBLE.search(block.text) and not any(map(_INVISIBLE.search, block.cells)):
        return block
    return replace(block, text=visible(block.text), cells=tuple(map(visible, block.cells)))
