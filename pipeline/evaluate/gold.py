"""Labelled tables for measuring: registers with the right unit or topic in a column, read as any register is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import BanliError
from pipeline.extract import extract, find_files
from pipeline.mentions import units_in_cell
from pipeline.parse import parse
from pipeline.profile import Profile
from pipeline.records import Document, Failure, Submission

TRAINING = ("训练", "train")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A submission without its labels, the labels beside it, and whether the table gives it for training.

    `leads` are the acceptable lead units, the register's own first; empty where the register names none. `matter` and
    `problem` are equal for items about one matter, and of one class of problem; empty for an item that stands alone.
    """

    submission: Submission
    leads: tuple[str, ...]
    co: frozenset[str]
    topic: str
    training: bool = False
    matter: str = ""
    problem: str = ""

    @property
    def taught(self) -> Submission:
        """The submission as a register of past years gives it: with its labels."""
        return replace(
            self.submission, lead=self.leads[0] if self.leads else "", co=tuple(sorted(self.co)), topic=self.topic
        )


def read(paths: Sequence[Path], profile: Profile) -> list[Labelled]:
    """Read registers (CSV, XLSX …). Raises BanliError where a path is missing or no row could be read.

    Old names of units count for today's. Columns: title, text, 主办, 会办, 类别, and for measuring only 可接受主办
    (other right leads), 划分 (训练 or 测试), 事项组 and 问题组 (equal in rows that belong together).
    """
    for path in paths:
        if not path.exists():
            raise BanliError(f"找不到 {path}", "检查路径")
    found = extract([file for path in paths for file in find_files(path)], profile)
    documents = [item for item in found if isinstance(item, Document)]
    entries = {document.id: document.entry for document in documents}
    rows = []
    for item in parse(documents, profile):
        entry = entries.get(item.document_id) if isinstance(item, Submission) else None
        if isinstance(item, Submission) and entry is not None:
            accepted = (*(item.lead,) * bool(item.lead), *units_in_cell(entry.accepted, profile))
            bare = replace(item, lead="", co=(), topic="")
            split = entry.split.strip().lower() in TRAINING
            leads, co, topic = tuple(dict.fromkeys(accepted)), frozenset(item.co), item.topic.strip()
            rows.append(Labelled(bare, leads, co, topic, split, entry.matter.strip(), entry.problem.strip()))
    if not rows:
        why = next((item.reason for item in found if isinstance(item, Failure)), "没有读到带标签的行")
        raise BanliError(
            f"{paths[0]} 里没有可用的行：{why}", "表里要有题目一列，和主办或类别一列；列名不同时用 --columns 写明"
        )
    return rows
