"""Plain text and Markdown: lines, whose paragraphs the cleaning finds."""

from __future__ import annotations

import re

from pipeline.extract.draft import Draft, inked
from pipeline.extract.encoding import decoded
from pipeline.records import Block

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"\s*([-*_=])(\s*\1){2,}\s*$")
_MARK = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_TABLE = re.compile(r"\s*\|.*\|\s*$")


def read(data: bytes) -> Draft:
    """One text file as lines; an empty line stays as an empty block, for it parts paragraphs."""
    text = decoded(data)
    return Draft(tuple(Block(line.rstrip()) for line in text.split("\n")), inked([text]), flowing=True)


def read_markdown(data: bytes) -> Draft:
    """One Markdown file: headings, table rows and emphasis by their marks, the rest as lines."""
    text = decoded(data)
    blocks = tuple(_block(line) for line in text.split("\n") if not _RULE.match(line))
    return Draft(blocks, inked(block.text for block in blocks), flowing=True)


def _block(line: str) -> Block:
    line = _MARK.sub(r"\2", line.rstrip())
    if heading := _HEADING.match(line):
        level = len(heading.group(1))
        return Block(heading.group(2), "title" if level == 1 else "heading", level - 1)
    if _TABLE.match(line):
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        return Block("\t".join(filter(None, cells)) if set(line) - set("|-: \t") else "", "row", cells=cells)
    return Block(line)
