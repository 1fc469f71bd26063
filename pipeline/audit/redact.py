"""A copy of a letter for the public, with personal data hidden; a Word file stays one, run by run (`banli redact`)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.audit.private import Private, masked, personal
from pipeline.errors import UnreadableFile
from pipeline.profile import Profile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAYS = (f"{_W}t", f"{_W}delText", f"{_W}instrText")
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\d*\.xml")
_LINKS = re.compile(r"word/_rels/.+\.rels")
_ABOUT = re.compile(r"docProps/(?:core|app|custom)\.xml")
_PEOPLE = re.compile(rb"(<(?:dc:creator|cp:lastModifiedBy|Manager|Company)[^>]*>)[^<]*(</)")
_AUTHORS = (f"{_W}author", f"{_W}initials")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Hidden:
    """One datum that was hidden: what it was, how the copy shows it, and the words before it."""

    kind: str
    shown: str
    before: str


def redacted_text(text: str, profile: Profile) -> tuple[str, list[Hidden]]:
    """A text with its personal data hidden, and what was."""
    found = personal(text, profile)
    copy = masked(text, found)
    return copy, _told(copy, found)


def _told(copy: str, found: list[Private]) -> list[Hidden]:
    return [
        Hidden(p.kind, copy[p.start : p.end], copy[max(0, p.start - 12) : p.start].rstrip().split("\n")[-1])
        for p in found
    ]


def redacted_docx(data: bytes, profile: Profile) -> tuple[bytes, list[Hidden]]:
    """A Word file with its personal data hidden: body, tables, notes, comments, deletions, links and authors.

    Raises UnreadableFile where it is no Word file. Pictures are left as they are.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info: package.read(info) for info in package.infolist()}
        trees = {i.filename: etree.fromstring(d, _PARSER) for i, d in parts.items() if _STORY.fullmatch(i.filename)}
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UnreadableFile("Word 文件已损坏，打不开", "请用 Word 另存一份再试") from error
    if "word/document.xml" not in trees:
        raise UnreadableFile("不是 Word 文件", "请用 .docx 文件")
    hidden = _hide(list(trees.values()), profile)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for info, content in parts.items():
            copy.writestr(info, _copied(info.filename, content, trees, profile))
    return out.getvalue(), hidden


def pictures(data: bytes) -> int:
    """How many pictures a Word file holds: what they show is not hidden."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return sum(name.startswith("word/media/") for name in package.namelist())


def _copied(name: str, content: bytes, trees: dict[str, Any], profile: Profile) -> bytes:
    if name in trees:
        return bytes(etree.tostring(trees[name], xml_declaration=True, encoding="UTF-8", standalone=True))
    if _LINKS.fullmatch(name):
        return redacted_text(content.decode("utf-8"), profile)[0].replace("＊", "*").encode()
    return _PEOPLE.sub(rb"\1\2", content) if _ABOUT.fullmatch(name) else content


def _hide(trees: list[Any], profile: Profile) -> list[Hidden]:
    """Hide the personal data of all parts in place, as one text: a label may stand in the cell before its value."""
    pieces = [piece for tree in trees for piece in _pieces(tree)]
    text = "".join(said for said, _ in pieces)
    found = personal(text, profile)
    copy, at = masked(text, found), 0
    for said, write in pieces:
        write(copy[at : at + len(said)])
        at += len(said)
    for tree in trees:
        for element in tree.iter():
            for name in _AUTHORS:
                if name in element.attrib:
                    element.set(name, "")
    return _told(copy, found)


def _pieces(tree: Any) -> Iterator[tuple[str, Callable[[str], None]]]:
    """The written pieces of a part in order with how to write each anew; paragraphs end with a newline."""
    for paragraph in tree.iter(f"{_W}p"):
        for element in paragraph.iter(*_SAYS):
            if next(element.iterancestors(f"{_W}p")) is paragraph and element.text:
                yield element.text, _writer(element)
        yield "\n", lambda _: None


def _writer(element: Any) -> Callable[[str], None]:
    def write(said: str) -> None:
        element.text = said

    return write
