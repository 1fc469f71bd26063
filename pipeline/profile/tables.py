"""Reads the tables of a profile folder as an office leaves them: any column order, UTF-8 or Excel's GB18030."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Mistakes:
    """What is wrong in a folder, collected to the end so that an office mends all of it at once."""

    found: list[str] = field(default_factory=list)

    def add(self, where: str, what: str, remedy: str) -> None:
        """Notes one mistake: where it stands, what it is and what to do (Chinese)."""
        self.found.append(f"{where}：{what}。{remedy}。")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `line` counts from 1 with the header as line 1, as Excel shows it."""

    file: str
    line: int
    cells: dict[str, str]
    mistakes: Mistakes

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def items(self, column: str) -> tuple[str, ...]:
        """The entries of a list cell, blank ones left out, repeated ones once."""
        if not self[column]:
            return ()
        parts = self[column].replace(";", "；").replace("\n", "；").split("；")
        return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))

    def wrong(self, what: str, remedy: str) -> None:
        """Notes a mistake of this line."""
        self.mistakes.add(f"{self.file} 第 {self.line} 行", what, remedy)

    def required(self, column: str) -> str:
        """The cell's value; an empty one is a mistake."""
        if not self[column]:
            self.wrong(f"“{column}”为空", f"请填写“{column}”，或删除整行")
        return self[column]

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        """The cell's value, which must be one of the allowed words."""
        if self[column] not in allowed:
            self.wrong(f"“{column}”写作“{self[column]}”，不在可用范围", f"请改为其中之一：{'、'.join(allowed)}")
        return self[column]


def decoded(path: Path, mistakes: Mistakes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030."""
    data = path.read_bytes()
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    mistakes.add(path.name, "文字编码无法识别", "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”")
    return ""


def table(path: Path, columns: tuple[str, ...], mistakes: Mistakes) -> Iterator[Row]:
    """The filled lines of a table that must have `columns`; a missing file or column is a mistake."""
    if not path.is_file():
        mistakes.add(path.name, "文件不存在", "请从默认配置复制该文件到配置文件夹")
        return
    name, text = path.name, decoded(path, mistakes)
    if "\x00" in text:
        mistakes.add(name, "不是文本表格", "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”")
        return
    header_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in header_line else ",")
    header = [title.strip() for title in next(reader, [])]
    if _header_is_wrong(name, header, columns, mistakes):
        return
    for line, cells in enumerate(reader, start=2):
        if len(cells) > len(header) and any(cells[len(header) :]):
            mistakes.add(f"{name} 第 {line} 行", "列数多于表头", "单元格内请用全角“；”“，”，不要用半角逗号")
        values = {title: cell.strip() for title, cell in zip(header, cells, strict=False)}
        if any(values.values()):
            yield Row(name, line, values, mistakes)


def _header_is_wrong(name: str, header: list[str], columns: tuple[str, ...], mistakes: Mistakes) -> bool:
    missing = [column for column in columns if column not in header]
    if missing:
        mistakes.add(f"{name} 第 1 行", f"缺少列“{'”“'.join(missing)}”", f"表头应为：{','.join(columns)}")
    return bool(missing)
