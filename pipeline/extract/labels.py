"""A form that was copied into one line: each of its fields on a line of its own again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.profile import Profile
from pipeline.records import Block, Removal

_FIELDS = (
    "编号",
    "届次",
    "案由",
    "内容",
    "提出人",
    "附议人",
    "代表团",
    "主办",
    "会办",
    "交办日期",
    "答复内容",
    "答复日期",
)
_LEAST, _FEW, _SHORT = 3, 2, 2


def on_lines(blocks: list[Block], profile: Profile) -> tuple[list[Block], list[Removal]]:
    """The blocks with the fields of a one-line form parted.

    Only in a text of one line or two that begins with a label, holds three fields and says which is the title.
    """
    filled = [block for block in blocks if block.text.strip()]
    if not 0 < len(filled) <= _FEW:
        return blocks, []
    made: list[Block] = []
    for block in blocks:
        made += [replace(block, text=part) for part in _parts(block.text, profile)]
    return made, []


def _parts(text: str, profile: Profile) -> Sequence[str]:
    labels = _labels(profile)
    found = list(labels.finditer(text))
    fields = {_field(match[1], profile) for match in found}
    if len(fields) < _LEAST or "案由" not in fields or text[: found[0].start()].strip():
        return [text]
    starts = [match.start() for match in found]
    return [text[a:b].strip() for a, b in zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True)]


def _field(label: str, profile: Profile) -> str:
    return next(field for field in _FIELDS if label in profile.columns.get(field, ()))


@lru_cache(maxsize=4)
def _labels(profile: Profile) -> re.Pattern[str]:
    names = {name for field in _FIELDS for name in profile.columns.get(field, ()) if len(name) >= _SHORT}
    return re.compile(f"({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})[ \u3000]*[：:]")
