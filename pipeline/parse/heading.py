"""The title of a paper whose own one extraction could not tell: the line above its labelled fields."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.parse.form import is_labelled
from pipeline.profile import Profile
from pipeline.records import Document
from pipeline.text import squeezed

_NAMELESS = re.compile(r"[\dA-Za-z\W_第号件份年届次附编建议提案议稿表新文档本扫描代表委员]*")
_END = re.compile(r"[。；：;:，,、]$")
_SHORTEST, _LONGEST, _HEAD, _PROSE = 4, 60, 3, 40


def titled(document: Document, profile: Profile) -> Document:
    """The document, its title taken from its first lines where it has a file's name or a label for one.

    The line counts that stands above labelled fields (编号：…), or above prose and ends in no stop.
    """
    title = document.title
    if document.entry or not (_NAMELESS.fullmatch(squeezed(title)) or is_labelled(title, profile)):
        return document
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    for line, below in pairwise(lines[: _HEAD + 1]):
        if _may_be_title(line, profile) and (is_labelled(below, profile) or len(below) > _PROSE):
            return replace(document, title=line)
    return document


def _may_be_title(line: str, profile: Profile) -> bool:
    bare = squeezed(line)
    plain = _END.search(bare) is None and _NAMELESS.fullmatch(bare) is None and "\t" not in line
    return plain and _SHORTEST <= len(bare) <= _LONGEST and not is_labelled(line, profile)
