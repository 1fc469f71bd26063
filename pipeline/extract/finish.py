"""From a reader's draft to finished documents: cleaned, shaped, titled, dated, and accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.errors import UnreadableFile
from pipeline.extract import limits
from pipeline.extract.clean import cleaned
from pipeline.extract.draft import Draft, inked
from pipeline.extract.invisible import unveiled
from pipeline.extract.lint import linted
from pipeline.extract.structure import day, shaped
from pipeline.extract.titles import listed, titled
from pipeline.kinds import kind_of
from pipeline.profile import Profile
from pipeline.records import BODY_ROLES, Block, Document, Entry, File, Removal

_LOSS = 0.01


def finished(file: File, draft: Draft, profile: Profile) -> list[Document]:
    """The documents of a draft, more than one where the file holds several; raises UnreadableFile where it is empty."""
    if len(draft.blocks) > limits.BLOCKS:
        raise UnreadableFile(f"文件过长（{len(draft.blocks)} 段，超过 {limits.BLOCKS} 段）", "请拆成几个文件后再试")
    draft = unveiled(draft)
    parts = cleaned(draft, profile)
    if not any(part.blocks for part in parts):
        raise UnreadableFile("文件里没有文字", "如果是图片或扫描件，请提供原始的 Word 或文字版 PDF")
    lost, stem = _loss(draft, parts), PurePosixPath(file.source).stem
    made = []
    for number, part in enumerate(parts, 1):
        source = file.source + draft.tail + (f"@{number}" if number > 1 else "")
        title, blocks = titled(shaped(part.blocks), part.title or listed(part.removed), stem, profile)
        text = body_text(blocks)
        made.append(
            Document(
                id=identity(source, text),
                source=source,
                kind=kind_of(title, text, profile),
                title=title,
                text=text,
                day=day(blocks, part.removed),
                blocks=tuple(blocks),
                removed=part.removed,
                sure=part.sure,
                warnings=(*part.warnings, *linted(blocks, profile), *(lost if number == 1 else ())),
            )
        )
    return made


def body_text(blocks: Sequence[Block]) -> str:
    """The text of a document: its body blocks joined with newlines."""
    return "\n".join(block.text for block in blocks if block.role in BODY_ROLES)


def identity(source: str, text: str) -> str:
    """The id of a document."""
    return hashlib.sha256(f"{source}\0{text}".encode()).hexdigest()[:16]


def _loss(draft: Draft, parts: Sequence[Draft]) -> list[str]:
    """A warning where more than 1 % of the file's characters are in no block and no removal."""
    kept = inked(block.text for part in parts for block in part.blocks)
    gone = inked(removal.text for part in parts for removal in part.removed)
    missing = draft.characters - kept - gone
    if missing <= max(draft.characters * _LOSS, 2):
        return []
    return [f"有 {missing} 个字未能读出（共 {draft.characters} 字），请对照原件核对"]


__all__ = ["Entry", "Removal", "body_text", "finished", "identity"]
