"""The demonstration county on disk: its build modules, its texts and gold, and what stands in a built file."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import openpyxl
import pypdfium2
from lxml import etree

ROOT = Path(__file__).parents[2] / "corpora" / "yunhe"
FILES = ROOT / "files"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def module(name: str) -> ModuleType:
    """A build module; the folder goes last on the path, since `build` is also a packaging tool's name."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    spec = importlib.util.spec_from_file_location("yunhe_" + name, ROOT / f"{name}.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


ITEMS = {item.id: item for item in module("build_texts").read_items(ROOT / "texts")}
GOLD = [json.loads(line) for line in (ROOT / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
BROKEN = [row["file"] for row in MANIFEST if row["kind"] == "broken"]


def bare(text: str) -> str:
    """The text without blanks."""
    return re.sub(r"\s", "", text)


@cache
def member(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def shown(path: Path) -> list[str]:
    """The paragraphs of a DOCX as Word shows them, list numbers counted here by Word's rules."""
    counts: Counter[tuple[str, int]] = Counter()
    lines = []
    for paragraph in member(path, "word/document.xml").iter(f"{W}p"):
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if level is not None:
            number, depth = paragraph.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val"), int(level.get(f"{W}val"))
            counts[number, depth] += 1
            for deeper in range(depth + 1, 9):
                counts[number, deeper] = 0
            text = label(path, depth, counts[number, depth]) + text
        lines.append(text)
    return lines


def label(path: Path, depth: int, count: int) -> str:
    levels = member(path, "word/numbering.xml").findall(f"{W}abstractNum/{W}lvl")
    form = levels[depth].find(f"{W}lvlText").get(f"{W}val")
    chinese = levels[depth].find(f"{W}numFmt").get(f"{W}val") == "chineseCountingThousand"
    return re.sub(r"%\d", "零一二三四五六七八九十"[count] if chinese else str(count), form)


def written(place: str) -> str:
    """All text at a place of the gold file."""
    name, _, row = place.partition("#")
    path = FILES / name.partition("!")[0]
    if row:
        book = openpyxl.load_workbook(path)
        sheet = book[name.partition("!")[2]] if "!" in name else book.active
        return "".join(str(cell.value or "") for cell in sheet[int(row.removesuffix("/答复"))])
    if path.suffix == ".docx":
        return "".join(shown(path))
    if path.suffix == ".pdf":
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")
