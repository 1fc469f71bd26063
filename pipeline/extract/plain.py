"""Plain text and Markdown: lines, whose paragraphs the cleaning finds."""

from __future__ import annotations

import re

from pipeline.extract.draft import Draft, inked
from pipeline.extract.encoding import damaged, decoded
from pipeline.records import Block, Removal

_HEADING = re.compile(r"(#{1,6})\s+(\S.{0,400}?)[\s#]*$")
_RULE = re.compile(r"\s{0,9}([-*_=])(\s{0,9}\1){2,}\s*$")
_TABLE = re.compile(r"\s{0,9}\|.*\|\s*$")
_BORDER = re.compile(r"[\s|:+-]+$")
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(?:[^\n]{0,500}\n){0,60}?\1[ \t]*(?:\n|$)")
_QUOTE = re.compile(r"\s{0,9}(?:>\s?){1,9}")
_BULLET = re.compile(r"\s{0,12}[-*+]\s{1,4}(?:\[[ xX]\]\s)?(?=\S)")
_PICTURE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"(?<!!)\[([^\]\n]{1,300})\]\([^)\n]{0,2000}\)")
_MARKS = (
    re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1"),
    re.compile(r"(?<![*0-9A-Za-z])(\*)(?=[^\s*])([^*\n]{1,500})(?<=\S)\1(?!\*)"),
    re.compile(r"(`)([^`\n]{1,300})`"),
)


def read(data: bytes) -> Draft:
    """One text file as lines; an empty line stays as an empty block, for it parts paragraphs."""
    text = decoded(data)
    blocks = tuple(Block(line.rstrip()) for line in text.split("\n"))
    return Draft(blocks, inked([text]), warnings=damaged(text), flowing=True)


def read_markdown(data: bytes) -> Draft:
    """One Markdown file: headings, table rows, links and emphasis by their marks, the rest as lines."""
    text = decoded(data)
    front = _FRONT.match(text.lstrip("\n"))
    head = front.group() if front else ""
    marks: list[str] = []
    blocks = tuple(_block(line, marks) for line in text.lstrip("\n")[len(head) :].split("\n"))
    removed = [
        Removal(said, why) for said, why in ((head.strip(), "文件头信息"), ("\n".join(marks), "Markdown 标记")) if said
    ]
    return Draft(blocks, inked([text]), tuple(removed), damaged(text), flowing=True)


def _block(line: str, marks: list[str]) -> Block:
    """One line without its marks, which are added to the others."""
    line = line.rstrip()
    if _RULE.match(line) or (_TABLE.match(line) and _BORDER.match(line)):
        marks.append(line.strip())
        return Block("")
    if _TABLE.match(line):
        cells = tuple(_bare(cell, marks).strip() for cell in line.strip().strip("|").split("|"))
        marks.append("|" * line.count("|"))
        return Block("\t".join(filter(None, cells)), "row", cells=cells)
    line = _bare(line, marks)
    if heading := _HEADING.match(line):
        level = len(heading.group(1))
        marks.append(line[: heading.start(2)] + line[heading.end(2) :])
        return Block(heading.group(2), "title" if level == 1 else "heading", level - 1)
    for pattern in (_QUOTE, _BULLET):
        if found := pattern.match(line):
            marks.append(found.group())
            line = line[found.end() :]
    return Block(line)


def _bare(line: str, marks: list[str]) -> str:
    """A line without pictures, addresses of links and emphasis."""
    marks += _PICTURE.findall(line)
    line = _PICTURE.sub("", line)
    for link in _LINK.finditer(line):
        marks.append(link.group().replace(link.group(1), "", 1))
    line = _LINK.sub(r"\1", line)
    for pattern in _MARKS:
        marks += [found.group(1) * 2 for found in pattern.finditer(line)]
        line = pattern.sub(r"\2", line)
    return line
