"""Reads letters with what an audit should say: a register with four more columns, or a folder with `gold.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.audit import Case
from pipeline.errors import BanliError
from pipeline.evaluate import marked
from pipeline.evaluate.marked import Marked, Promise
from pipeline.extract import extract, find_files
from pipeline.parse import parse
from pipeline.parse.merge import merge
from pipeline.profile import Profile
from pipeline.records import Document, Reply, Submission

GOLD, FILES = "gold.jsonl", "files"
_NO_LETTERS = "表里要有答复内容一列，和应有问题、应有结论、应有状态、应有承诺中的至少一列"


def read_letters(path: Path, profile: Profile) -> list[Marked]:
    """The marked letters of a table, or of a folder with `gold.jsonl` and the papers under `files`.

    Raises BanliError where the path is missing, a mark is no rule, gate or state, or nothing is marked.
    """
    if not path.exists():
        raise BanliError(f"找不到 {path}", "检查路径")
    found = _of_folder(path, profile) if (path / GOLD).is_file() else _of_table(path, profile)
    if not found:
        raise BanliError(f"{path} 里没有标注了的答复", _NO_LETTERS)
    return found


def _of_table(path: Path, profile: Profile) -> list[Marked]:
    documents = [d for d in extract(find_files(path), profile) if isinstance(d, Document)]
    entries = {d.id: d.entry for d in documents}
    records = parse(documents, profile)
    asked = {r.source: r for r in records if isinstance(r, Submission)}
    found = []
    for reply in (r for r in records if isinstance(r, Reply)):
        entry, row = entries[reply.document_id], reply.source.removesuffix("/答复")
        if entry is None or not any((entry.faults, entry.verdict, entry.states, entry.promised)):
            continue
        found.append(
            Marked(
                Case(reply, asked.get(row)),
                marked.faults(entry.faults, profile, row),
                marked.gate(entry.verdict, row),
                marked.states(entry.states, row),
                marked.promises(entry.promised),
            )
        )
    return found


def _of_folder(path: Path, profile: Profile) -> list[Marked]:
    rows = [json.loads(line) for line in (path / GOLD).read_text(encoding="utf-8").splitlines() if line.strip()]
    home = path / FILES if (path / FILES).is_dir() else path
    documents = [d for d in extract(find_files(home), profile) if isinstance(d, Document)]
    records = parse(documents, profile)
    asked = merge(r for r in records if isinstance(r, Submission))
    by_source: dict[str, Submission | Reply] = {source: s for s in asked for source in (s.source, *s.also)}
    by_source |= {r.source: r for r in records if isinstance(r, Reply)}
    return of_gold(rows, {row["id"]: by_source.get(f"{home.name}/{row.get('file')}") for row in rows})


def of_gold(rows: Sequence[Mapping[str, Any]], read: Mapping[str, Any]) -> list[Marked]:
    """The marked letters among gold rows; `read` holds the record that was read for each id.

    Rules under `hints` and `archive` are not marked completely; a letter that could not be read is left out.
    """
    gold = {row["id"]: row["gold"] for row in rows}
    found = []
    for row in rows:
        reply = read.get(row["id"])
        if row["record"] != "reply" or not isinstance(reply, Reply):
            continue
        own = row["gold"]
        asks = gold.get(row["answers"], {}).get("asks", [])
        also = tuple(s for id_ in row.get("also_answers", ()) if isinstance(s := read.get(id_), Submission))
        submission = read.get(row["answers"])
        texts = asks if len(asks) == len(own["ask_states"]) else [""] * len(own["ask_states"])
        found.append(
            Marked(
                Case(reply, submission if isinstance(submission, Submission) else None, also),
                frozenset(own["findings"]),
                own["gate"],
                tuple(zip(texts, own["ask_states"], strict=True)),
                tuple(map(_promise, own["commitments"])),
                frozenset((*own.get("hints", ()), *own.get("archive", ()))),
            )
        )
    return found


def _promise(row: Mapping[str, Any]) -> Promise:
    due = date.fromisoformat(row["deadline_to"]) if row.get("deadline_to") else None
    return Promise(row["text"], frozenset(row["has"]), due)
