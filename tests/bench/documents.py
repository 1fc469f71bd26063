"""A table over every file of a folder: what was read, set apart and lost, and how long it took.

`python -m tests.bench.documents [folder]`; without a folder, the one named by BANLI_DOCUMENTS.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.extract import extract, find_files
from pipeline.extract.draft import inked
from pipeline.profile import default_folder, load
from pipeline.records import Document, Failure


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BANLI_DOCUMENTS", "documents"))
    if not folder.is_dir():
        print(f"no folder {folder}: nothing to measure")
        return 0
    profile = load(default_folder())
    print("seconds\tread\tset apart\tlost\trows\tblocks\tfile\tnotes")
    for file in find_files(folder):
        start = time.perf_counter()
        found = extract([file], profile)
        seconds = time.perf_counter() - start
        for item in found:
            print(f"{seconds:.2f}\t{_line(item)}")
    return 0


def _line(item: Document | Failure) -> str:
    if isinstance(item, Failure):
        return f"-\t-\t-\t-\t-\t{item.source}\t{item.reason}"
    apart = Counter(removal.why for removal in item.removed)
    lost = next((warning for warning in item.warnings if "未能读出" in warning), "0")
    roles = Counter(block.role for block in item.blocks)
    notes = "；".join([*apart, *(warning[:40] for warning in item.warnings)])
    read, gone = inked([item.text]), inked(removal.text for removal in item.removed)
    return f"{read}\t{gone}\t{lost}\t{roles['row']}\t{len(item.blocks)}\t{item.source}\t{notes}"


if __name__ == "__main__":
    raise SystemExit(main())
