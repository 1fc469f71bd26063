"""Make the files of the demonstration county from its written texts: `python corpora/yunhe/build.py [--check]`."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from build_broken import protected, truncated
from build_columns import HAND_OVER, HISTORY, INBOX, REPLIES, numbered
from build_docx import docx_bytes
from build_pdf import pdf_bytes
from build_registers import Table, reply_row, submission_row, workbook
from build_sheets import plain, sheet
from build_texts import Item, of_folder, read_items

HERE = Path(__file__).resolve().parent
CURRENT = 2025
KINDS = {"建议": "人大代表建议", "提案": "政协提案"}
RECORD = {"submissions": "submission", "replies": "reply", "speeches": "speech"}


@dataclass
class Corpus:
    """What a build makes: file name → bytes, and item id → where it stands."""

    files: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        if name in self.files:
            raise ValueError(f"two items want the name {name}")
        self.files[name] = data


def build(items: Sequence[Item]) -> Corpus:
    """All files and the place of every item."""
    corpus = Corpus()
    submissions = {item.id: item for item in of_folder(items, "submissions")}
    for item in items:
        if item.get("format") != "register":
            name = f"{folder_of(item)}/{stem_of(item, submissions)}.{item.get('format')}"
            corpus.add(name, file_bytes(item))
            corpus.places[item.id] = name
    add_registers(corpus, items)
    add_broken(corpus)
    return corpus


def folder_of(item: Item) -> str:
    """Where an item's file lies: the inbox and replies of this year, the history, the speeches."""
    if item.folder == "speeches":
        return "讲话"
    if item.year == CURRENT:
        return f"收件{CURRENT}" if item.folder == "submissions" else f"答复{CURRENT}"
    return f"往年/{item.year}"


def stem_of(item: Item, submissions: dict[str, Item]) -> str:
    """建议017, 提案008答复, 建议017会办意见2; a speech has its title."""
    if item.folder == "speeches":
        return item.get("title").replace("\n", "")
    subject = submissions.get(item.get("answers"), item)
    number = subject.get("number")
    stem = subject.get("kind") + (f"{int(number):03d}" if number.isdigit() else f"（{subject.id}）")
    if item.folder == "submissions":
        return stem
    unit = f"（{item.get('unit')}）" if item.get("kind") == "会办意见" else ""
    return stem + item.get("kind") + unit


def file_bytes(item: Item) -> bytes:
    """The item in its format; a speech in TXT stands as it was copied, every fifth text file is in GB18030."""
    if item.get("format") == "docx":
        return docx_bytes(sheet(item))
    if item.get("format") == "pdf":
        return pdf_bytes(sheet(item))
    text = item.body + "\n" if item.folder == "speeches" else plain(sheet(item))
    if item.get("encoding") == "gb18030" or item.pick(3, "encoding") == 0:
        return text.replace("\n", "\r\n").encode("gb18030")
    return text.encode("utf-8-sig" if item.pick(3, "encoding") == 1 else "utf-8")


def add_registers(corpus: Corpus, items: Sequence[Item]) -> None:
    """History registers by year and kind, the inbox register, and replies that belong to no register row."""
    rows = [item for item in of_folder(items, "submissions") if item.get("format") == "register"]
    replies = [item for item in of_folder(items, "replies") if item.get("format") == "register"]
    by_item = {reply.get("answers"): reply for reply in replies if reply.year != CURRENT}
    for name, tables in history(rows, by_item):
        put_tables(corpus, name, tables)
    inbox = Table("登记表", f"{CURRENT}年闭会期间及补交建议提案登记表", INBOX)
    inbox.rows = [(item.id, submission_row(item, None)) for item in rows if item.year == CURRENT]
    put_tables(corpus, f"收件{CURRENT}/补交建议提案登记表.xlsx", [inbox])
    submissions = {item.id: item for item in of_folder(items, "submissions")}
    add_hand_over_lists(corpus, list(submissions.values()))
    for year in sorted({reply.year for reply in replies}):
        loose = [r for r in replies if r.year == year and r.id not in corpus.places]
        table = Table("答复汇总", f"{year}年建议提案答复汇总表", REPLIES)
        table.rows = [("", reply_row(r, submissions.get(r.get("answers")))) for r in loose]
        folder = f"答复{year}" if year == CURRENT else "往年"
        put_tables(corpus, f"{folder}/{year}年答复汇总表.xlsx", [table])


def add_hand_over_lists(corpus: Corpus, items: Sequence[Item]) -> None:
    """交办清单 of past years: unit and dates of the items that came as files, without their text."""
    filed = [item for item in items if item.get("format") != "register" and item.gold.get("lead")]
    for year in sorted({item.year for item in filed} - {CURRENT}):
        table = Table("交办清单", f"云禾县{year}年建议提案交办清单", HAND_OVER)
        table.rows = [("", submission_row(item, None)) for item in filed if item.year == year]
        put_tables(corpus, f"往年/{year}年建议提案交办清单.xlsx", [table])


def history(rows: Sequence[Item], replies: dict[str, Item]) -> Iterator[tuple[str, list[Table]]]:
    """One workbook of two sheets for the first year, one workbook a kind for later years."""
    years = sorted({item.year for item in rows} - {CURRENT})
    for year in years:
        of_year = [item for item in rows if item.year == year]
        tables = [
            history_table([item for item in of_year if item.get("kind") == kind], replies, kind, year) for kind in KINDS
        ]
        if year == years[0]:
            for table in tables:
                table.note = f"注：本表共{len(table.rows)}件，并案办理的由主办单位分别答复。"
                table.spread = True
            yield f"往年/{year}年建议提案办理登记表.xlsx", tables
        else:
            yield from ((f"往年/{year}年{table.name}办理登记表.xlsx", [table]) for table in tables)


def history_table(items: Sequence[Item], replies: dict[str, Item], kind: str, year: int) -> Table:
    """One register of a year and kind, with leads and replies."""
    table = Table(kind, f"云禾县{year}年{KINDS[kind]}办理情况登记表", numbered(HISTORY, kind))
    for number, (item, joint) in enumerate(joint_order(items), 1):
        row = submission_row(item, replies.get(item.id))
        table.rows.append((item.id, row | {"row": number, "joint": joint}))
    return table


def joint_order(items: Sequence[Item]) -> list[tuple[Item, str]]:
    """By number, with items that were handled jointly next to each other under one name."""
    group = {item.id: item.id for item in items}
    for item in items:
        for other in item.gold.get("same_as", []):
            if other["id"] in group:
                group[item.id] = group[other["id"]] = min(group[item.id], group[other["id"]])
    return [(item, group[item.id]) for item in sorted(items, key=lambda item: (group[item.id], item.id))]


def put_tables(corpus: Corpus, name: str, tables: Sequence[Table]) -> None:
    """Write a workbook of the tables that have rows, and note the place of every row."""
    filled = [table for table in tables if table.rows]
    if not filled:
        return
    corpus.add(name, workbook(filled))
    for table in filled:
        sheet_name = f"!{table.name}" if len(filled) > 1 else ""
        for number, (id_, row) in zip(table.tops(), table.rows, strict=False):
            place = f"{name}{sheet_name}#{number}"
            corpus.places |= {id_: place} if id_ else {}
            if row.get("reply"):
                corpus.places[str(row["reply_id"])] = f"{place}/答复"


def add_broken(corpus: Corpus) -> None:
    """Three files that cannot be read."""
    pdf = next((data for name, data in corpus.files.items() if name.endswith(".pdf")), b"%PDF-1.3\n" * 60)
    corpus.add(f"收件{CURRENT}/补充材料.docx", b"")
    corpus.add(f"收件{CURRENT}/提案附件扫描.pdf", truncated(pdf))
    corpus.add(f"收件{CURRENT}/建议（加密）.docx", protected())


def gold_rows(items: Sequence[Item], corpus: Corpus) -> Iterator[dict[str, Any]]:
    """One row an item: record, fields, gold and the place under files/."""
    for item in items:
        fields = {key: value.isoformat() if isinstance(value, date) else value for key, value in item.fields.items()}
        yield {"record": RECORD[item.folder], **fields, "gold": item.gold, "file": corpus.places[item.id]}


def manifest(corpus: Corpus) -> list[dict[str, str]]:
    """File name, fingerprint, and what the file is."""
    broken = {f"收件{CURRENT}/{name}" for name in ("补充材料.docx", "提案附件扫描.pdf", "建议（加密）.docx")}
    rows = []
    for name, data in sorted(corpus.files.items()):
        kind = "broken" if name in broken else "register" if name.endswith(".xlsx") else "file"
        rows.append({"file": name, "sha256": hashlib.sha256(data).hexdigest(), "kind": kind})
    return rows


def save(target: Path, items: Sequence[Item]) -> None:
    """Write files/, manifest.json and gold.jsonl below target; files/ is made new."""
    corpus = build(items)
    shutil.rmtree(target / "files", ignore_errors=True)
    for name, data in corpus.files.items():
        path = target / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    dump = json.dumps(manifest(corpus), ensure_ascii=False, indent=1)
    (target / "manifest.json").write_text(dump + "\n", encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in gold_rows(items, corpus)]
    (target / "gold.jsonl").write_text("".join(lines), encoding="utf-8")


def content(path: Path) -> object:
    """What a file says whatever the compressor: the members of a package, else the bytes."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(info.filename, package.read(info)) for info in package.infolist()]


def differences(left: Path, right: Path) -> list[str]:
    """Names that only one side has, or whose content differs; the manifest follows from the files."""
    names = [
        {path.relative_to(root).as_posix() for path in (root / "files").rglob("*") if path.is_file()}
        for root in (left, right)
    ]
    both = (names[0] & names[1]) | {"gold.jsonl"}
    return sorted((names[0] ^ names[1]) | {name for name in both if content(left / name) != content(right / name)})


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, or with --check compare a new build with what is committed (exit 1 on a difference)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with files/, change nothing")
    options = parser.parse_args(arguments)
    items = read_items(HERE / "texts")
    if not options.check:
        save(HERE, items)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        save(Path(folder), items)
        different = differences(HERE, Path(folder))
    sys.stdout.writelines(f"{name}\n" for name in different)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
