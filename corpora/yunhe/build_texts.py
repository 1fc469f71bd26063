"""The written texts of the county: TOML front matter between `+++` lines, then the body."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDERS = ("submissions", "replies", "speeches")
ORDINAL = re.compile(
    r"(?P<cn>[一二三四五六七八九十]{1,3})、|（(?P<paren>[一二三四五六七八九十]{1,3})）|"
    r"(?P<dot>\d{1,2})[.．](?!\d)|(?P<comma>\d{1,2})、|（(?P<round>\d{1,2})）"
)


@dataclass(frozen=True)
class Item:
    """One text: its folder ("submissions", …), front matter without `gold`, the gold table, the body."""

    folder: str
    fields: dict[str, Any]
    gold: dict[str, Any]
    body: str

    @property
    def id(self) -> str:
        return str(self.fields["id"])

    def get(self, key: str) -> str:
        value = self.fields.get(key, "")
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)

    @property
    def year(self) -> int:
        """The year in the id: s2023-017 belongs to 2023."""
        found = re.match(r"[a-z]+(\d{4})", self.id)
        return int(found[1]) if found else int(self.fields["year"])

    def pick(self, of: int, salt: str = "") -> int:
        """A choice 0 … of-1 that stays the same for this item on every run."""
        return zlib.crc32(f"{self.id}{salt}".encode()) % of

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.body.split("\n") if line.strip()]


def read_item(path: Path) -> Item:
    """Read one text file; a fault names the file."""
    parts = path.read_text(encoding="utf-8").lstrip("\ufeff").split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ValueError(f"{path}: no front matter between +++ lines")
    try:
        fields = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    gold = fields.pop("gold", {})
    return Item(folder=path.parent.name, fields=fields, gold=gold, body=parts[2].strip("\n"))


def read_items(texts: Path) -> list[Item]:
    """All texts in the order submissions, replies, speeches, then by file name; ids must be unique."""
    items = [read_item(path) for folder in FOLDERS for path in sorted((texts / folder).glob("*.md"))]
    ids = [item.id for item in items]
    double = sorted({i for i in ids if ids.count(i) > 1})
    if double:
        raise ValueError(f"the same id twice: {double}")
    return items


def of_folder(items: Sequence[Item], folder: str) -> list[Item]:
    """The items of one folder."""
    return [item for item in items if item.folder == folder]


def chinese_day(value: object) -> str:
    """A day as a letter writes it: 2025年3月12日; other text unchanged."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.year}年{day.month}月{day.day}日"
