"""STAGE 2: documents become submissions with asks, replies with commitments, speeches."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.parse.outline import Section, outline
from pipeline.parse.reply import reply
from pipeline.parse.submission import submission
from pipeline.profile import Profile
from pipeline.records import Document, Failure, Reply, Speech, Submission

__all__ = ["Section", "outline", "parse"]


def parse(documents: Sequence[Document], profile: Profile) -> list[Submission | Reply | Speech | Failure]:
    """One record for each document in its order; a paper of kind 其他 gives nothing."""
    found: list[Submission | Reply | Speech | Failure] = []
    for document in documents:
        found += _parsed(document, profile)
    return found


def _parsed(document: Document, profile: Profile) -> list[Submission | Reply | Speech | Failure]:
    from pipeline.parse.speech import speech

    if document.kind == "其他":
        return []
    if not document.text.strip():
        reason = "没有可读的正文"
        return [Failure(document.source, "parse", reason, "请打开原件核对；扫描件请先转成文字，或补录正文。")]
    if document.kind in ("建议", "提案"):
        return [submission(document, profile)]
    if document.kind in ("答复", "会办意见"):
        return [reply(document, profile)]
    return [speech(document, profile)]
