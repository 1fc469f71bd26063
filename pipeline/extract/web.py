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
from pipeline.extract.encoding import damaged, decoded
from pipeline.extract.web_lists import numbered
from pipeline.records import Block, Removal

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_SILENT = ("script", "style", "template", "head")
_CONTROLS = ("noscript", "svg", "iframe", "object", "select", "button")
_SIDE = {"nav", "header", "footer", "aside", "menu"}
_SIDE_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|bread\w*|crumb\w*|foot\w*|copyright|share\w*|side\w*|aside|related|recommend\w*|hot\w*|ad|ads|banner|"
    r"comment\w*|login|search\w*|toolbar|pagination|pager|prev-?next|qrcode|friend\w*|links?)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_LINE = frozenset(
    (
        *(
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
        ),
        *("blockquote", "dd", "dt", "dl", "body", "form", "center", "td", "th", "tbody", "thead", "figure", "fieldset"),
        *("figcaption", "caption", "details", "summary", "address", "legend", "hr", "footer", "header", "aside", "nav"),
    )
)
_KEPT_LINES = frozenset(("pre", "textarea", "listing", "xmp"))
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_PREFORMATTED = re.compile(r"white-space\s{0,3}:\s{0,3}(?:pre|break-spaces)", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\u00a0\u200b]+")
_WIDEST, _COLUMNS = 100, 400
_NO_TEXT = "网页里没有正文"
_SHOWN = "正文可能要联网才显示；请在浏览器里打开，把正文复制到 Word，或打印成 PDF 后再试"


def read(data: bytes) -> Draft:
    """One web page as blocks; raises UnreadableFile where it holds no markup that can be read."""
    text, root = parsed(data)
    for element in list(root.iter(*_SILENT)):
        element.drop_tree()
    numbered(root)
    characters = inked([root.text_content()])
    removed = [*_unseen(root), *_aside(root)]
    links = frozenset(_BLANK.sub(" ", link.text_content()).strip() for link in root.iter("a"))
    blocks = tuple(_blocks(root.body if root.body is not None else root))
    if not any(block.text for block in blocks):
        raise UnreadableFile(_NO_TEXT, _SHOWN)
    return Draft(blocks, characters, tuple(removed), damaged(text), flowing=True, links=links)


def parsed(data: bytes) -> tuple[str, Any]:
    """The text of a page and its root element; raises UnreadableFile where it holds no markup that can be read."""
    found = _CHARSET.search(data[:4096])
    text = decoded(data, found.group(1).decode("ascii") if found else "")
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=True)
    try:
        root: Any = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("网页文件是空的或已损坏", "请用浏览器打开原网页，重新保存后再试") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile("网页里一层套一层，深得读不了", "文件可能已损坏或有害，请用浏览器打开原网页，另存后再试")
    return text, root


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


def _unseen(root: Any) -> Iterator[Removal]:
    """Take out what a browser does not show as text: controls, and hidden boxes unless they hold much of the text."""
    for element in root.iter("input"):
        if {"readonly", "disabled"} & element.keys() and element.get("type", "text") == "text":
            element.tail = f"{element.get('value', '')} {element.tail or ''}"
    total = inked([root.text_content()])
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or _gone(element, root):
            continue
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
        if hidden or element.tag in _CONTROLS:
            yield from _dropped(element, total, "网页里不显示的文字" if hidden else "网页的按钮、选项")


def _gone(element: Any, root: Any) -> bool:
    """Whether an element has been taken out with one above it, or holds the whole page."""
    return element.tag in {"body", "html"} or element.getroottree().getroot() is not root


def _dropped(element: Any, total: int, why: str) -> Iterator[Removal]:
    """Take an element out; one that holds a third of the page's text stays."""
    text = _BLANK.sub(" ", element.text_content()).strip()
    if inked([text]) * 3 < total:
        element.drop_tree()
        if text:
            yield Removal(text, why)


def _aside(root: Any) -> Iterator[Removal]:
    """Take out navigation, side bars and footers."""
    total = inked([root.text_content()])
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or _gone(element, root):
            continue
        name = f"{element.get('class', '')} {element.get('id', '')}"
        if (
            element.tag in _SIDE
            or element.get("role") == "navigation"
            or _SIDE_NAME.search(name)
            or _only_links(element)
        ):
            yield from _dropped(element, total, "网页的导航、侧栏或页脚")


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
        elif tag in _KEPT_LINES or _PREFORMATTED.search(child.get("style", "") if tag else ""):
            yield from _flush(line, "p")
            yield from _written(child)
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


def _written(element: Any) -> Iterator[Block]:
    """The lines of an element whose line ends are kept."""
    for end in element.iter("br"):
        end.tail = "\n" + (end.tail or "")
    for text in element.text_content().split("\n"):
        yield from _flush([text], "p")


def _rows(table: Any) -> Iterator[Block]:
    """The rows of a table, cells by column; a merged cell holds its text once, its other places are empty."""
    for caption in table.iter("caption"):
        yield from _flush([caption.text_content()], "p")
    below: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        below = {column: rows - 1 for column, rows in below.items() if rows > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in below:
                cells.append("")
            if len(cells) > _COLUMNS:
                break
            wide, high = span(cell, "colspan"), span(cell, "rowspan")
            if high > 1:
                below |= dict.fromkeys(range(len(cells), len(cells) + wide), high)
            text = "\n".join(block.text for block in _blocks(cell) if block.text)
            cells += [text, *[""] * (wide - 1)]
        if any(cells):
            yield Block("\t".join(filter(None, cells)), "row", cells=tuple(cells))


def span(cell: Any, name: str) -> int:
    """How many columns or rows a cell takes up."""
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 6 else 1


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
