"""Web pages: the article without navigation, side bars and footers (R-ING-01)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from pipeline.errors import UnreadableFile
from pipeline.extract.draft import Draft, inked
from pipeline.extract.encoding import decoded
from pipeline.records import Block, Removal

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_MUTE = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "input",
    "textarea",
}
_SIDE = {"nav", "header", "footer", "aside", "menu"}
_SIDE_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|bread\w*|crumb\w*|foot\w*|copyright|share\w*|side\w*|aside|related|recommend\w*|hot\w*|ad|ads|banner|"
    r"comment\w*|login|search\w*|toolbar|pagination|pager|prev-?next|qrcode|friend\w*|links?)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_LINE = frozenset(
    (
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "ul",
        "ol",
        "section",
        "article",
        "main",
        "blockquote",
        "pre",
        "dd",
        "dt",
        "dl",
        "body",
        "form",
        "center",
        "td",
        "th",
        "tbody",
        "thead",
        "figure",
    )
)
_BLANK = re.compile(r"[ \t\r\n\u00a0\u200b]+")


def read(data: bytes) -> Draft:
    """One web page as blocks; raises UnreadableFile where it holds no markup that can be read."""
    found = _CHARSET.search(data[:4096])
    text = decoded(data, found.group(1).decode("ascii") if found else "")
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=True)
    try:
        root: Any = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("网页文件是空的或已损坏", "请用浏览器打开原网页，重新保存后再试") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile("网页里一层套一层，深得读不了", "文件可能已损坏或有害，请用浏览器打开原网页，另存后再试")
    for element in list(root.iter(*_MUTE)):
        element.drop_tree()
    removed = list(_aside(root))
    blocks = tuple(_blocks(root.body if root.body is not None else root))
    characters = inked(block.text for block in blocks) + inked(removal.text for removal in removed)
    return Draft(blocks, characters, tuple(removed), flowing=True, title="")


def read_archive(data: bytes) -> Draft:
    """The page of a web archive (.mht): its first HTML part, else its first text part."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = {part.get_content_type(): part for part in reversed(list(message.walk()))}
    part = parts.get("text/html") or parts.get("text/plain")
    content = part.get_payload(decode=True) if part is not None else None
    if not isinstance(content, bytes) or not content.strip():
        raise UnreadableFile("网页存档里没有正文", "请用浏览器打开原网页，另存为 .html 后再试")
    charset = part.get_content_charset() if part is not None else None
    mark = f"<meta charset={charset}>".encode() if charset else b""
    return read(mark + content)


def _aside(root: Any) -> Iterator[Removal]:
    """Take out navigation, side bars and footers; one that holds most of the page's text stays."""
    total = inked([root.text_content()])
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in {"body", "html"}:
            continue
        name = f"{element.get('class', '')} {element.get('id', '')}"
        if (
            element.tag in _SIDE
            or element.get("role") == "navigation"
            or _SIDE_NAME.search(name)
            or _only_links(element)
        ):
            text = _BLANK.sub(" ", element.text_content()).strip()
            if inked([text]) * 3 < total:
                element.drop_tree()
                if text:
                    yield Removal(text, "网页的导航、侧栏或页脚")


def _only_links(element: Any) -> bool:
    """Whether a list or box holds three links and hardly anything else."""
    if element.tag not in {"ul", "ol", "div", "p", "table"}:
        return False
    links = element.findall(".//a")
    said = inked([element.text_content()])
    return len(links) >= 3 and inked(link.text_content() for link in links) >= said * 0.8


def _blocks(element: Any) -> Iterator[Block]:
    """The lines of an element in document order; table rows with their cells."""
    line: list[str] = []
    yield from _walk(element, line)
    yield from _flush(line, "p")


def _walk(element: Any, line: list[str]) -> Iterator[Block]:
    line.append(element.text or "")
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            yield from _flush(line, "p")
        elif tag == "table" and not _is_layout(child):
            yield from _flush(line, "p")
            yield from _rows(child)
        elif tag in _LINE:
            yield from _flush(line, "p")
            yield from _walk(child, line)
            yield from _flush(line, tag)
        elif tag:
            yield from _walk(child, line)
        line.append(child.tail or "")


def _is_layout(table: Any) -> bool:
    """Whether a table only places text on the page: tables inside it, paragraphs of text, or one column."""
    cells = table.findall(".//td") + table.findall(".//th")
    long = max((len(cell.text_content()) for cell in cells), default=0)
    return table.find(".//table") is not None or long > 400 or len(cells) <= len(table.findall(".//tr"))


def _rows(table: Any) -> Iterator[Block]:
    for row in table.iter("tr"):
        cells = tuple(_BLANK.sub(" ", cell.text_content()).strip() for cell in row if cell.tag in {"td", "th"})
        if any(cells):
            yield Block("\t".join(filter(None, cells)), "row", cells=cells)


def _flush(line: list[str], tag: str) -> Iterator[Block]:
    text = _BLANK.sub(" ", "".join(line)).strip()
    line.clear()
    if not text:
        return
    if tag == "h1":
        yield Block(text, "title")
    elif tag in {"h2", "h3", "h4"}:
        yield Block(text, "heading", int(tag[1]) - 1)
    else:
        yield Block(text)
    yield Block("")
