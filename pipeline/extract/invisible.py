"""Characters that are not what a reader sees: controls, direction marks, joiners, codes of symbol fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.extract.draft import Draft
from pipeline.extract.glyphs import mapped

_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SYMBOL = re.compile("[\uf020-\uf0ff]")


def visible(text: str) -> str:
    """The text without characters that nobody sees; line breaks and tabs stay.

    >>> visible("关于\u202e修路\u200b的建议\x07")
    '关于修路的建议'
    """
    return _INVISIBLE.sub("", text)


def unveiled(draft: Draft) -> Draft:
    """A draft without invisible characters; direction marks, which can turn a text round, are a warning.

    Codes of the symbol fonts (Wingdings) become the signs that they are shown as.
    """
    whole = "".join(_texts(draft))
    if _SYMBOL.search(whole):
        draft = _changed(draft, lambda text: _SYMBOL.sub(lambda code: mapped(code.group()), text))
    hidden = _INVISIBLE.findall(whole)
    if not hidden:
        return draft
    turned = len(_DIRECTION.findall("".join(hidden)))
    told = [f"去掉了 {turned} 个看不见的文字方向控制符，它们会颠倒字的显示顺序"] if turned else []
    inked = sum(not character.isspace() for character in hidden)
    draft = _changed(draft, visible)
    return replace(draft, characters=draft.characters - inked, warnings=(*draft.warnings, *told))


def _texts(draft: Draft) -> Iterable[str]:
    yield from (block.text for block in draft.blocks)
    yield from (removal.text for removal in draft.removed)


def _changed(draft: Draft, change: Callable[[str], str]) -> Draft:
    """A draft with every text changed alike."""
    return replace(
        draft,
        blocks=tuple(
            replace(block, text=change(block.text), cells=tuple(map(change, block.cells))) for block in draft.blocks
        ),
        removed=tuple(replace(removal, text=change(removal.text)) for removal in draft.removed),
        title=change(draft.title),
    )
