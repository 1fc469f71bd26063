"""The fixed parts of a Word package: styles, numbering, headers and footers as Chinese Word writes them."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
PARTS = ("document", "styles", "settings", "numbering", "header", "footer", "fontTable")


def content_types() -> str:
    """[Content_Types].xml for the parts that every built file has."""
    kinds = {"document": "document.main"}
    rows = "".join(
        f'<Override PartName="/word/{name}{"1" if name in ("header", "footer") else ""}.xml" '
        f'ContentType="{WORD}{kinds.get(name, name)}+xml"/>'
        for name in PARTS
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{rows}"
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def relationships(rows: Iterable[tuple[str, str]]) -> str:
    """A .rels part: (type, target) in order rId1, rId2 …"""
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows, 1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


PACKAGE_RELS = relationships(
    [
        (f"{R}/officeDocument", "word/document.xml"),
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
)
DOCUMENT_RELS = relationships(
    [
        (f"{R}/styles", "styles.xml"),
        (f"{R}/settings", "settings.xml"),
        (f"{R}/numbering", "numbering.xml"),
        (f"{R}/header", "header1.xml"),
        (f"{R}/footer", "footer1.xml"),
        (f"{R}/fontTable", "fontTable.xml"),
    ]
)
SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/></w:compat></w:settings>"
)
FONTS = (
    f'{HEAD}<w:fonts xmlns:w="{W}"><w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/></w:font>'
    '<w:font w:name="方正小标宋简体"><w:altName w:val="黑体"/></w:font></w:fonts>'
)


def core(title: str) -> str:
    """docProps/core.xml with a fixed day."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>云禾县</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2025-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


def _style(style: str, name: str, paragraph: str = "", run: str = "", kind: str = "paragraph") -> str:
    default = ' w:default="1"' if style == "a" else ""
    based = "" if style == "a" or kind == "table" else '<w:basedOn w:val="a"/>'
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{style}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _font(name: str, size: int) -> str:
    return (
        f'<w:rFonts w:ascii="Times New Roman" w:eastAsia="{name}" w:hAnsi="Times New Roman"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


STYLES = (
    f'{HEAD}<w:styles xmlns:w="{W}">'
    + _style(
        "a", "Normal", '<w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/>', _font("仿宋_GB2312", 32)
    )
    + _style("1", "heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>', _font("黑体", 32))
    + _style(
        "a3",
        "Title",
        '<w:spacing w:before="240" w:after="240" w:line="600"/><w:jc w:val="center"/>',
        _font("方正小标宋简体", 44),
    )
    + _style(
        "a4",
        "header",
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr><w:jc w:val="center"/>',
        _font("宋体", 18),
    )
    + _style("a5", "footer", '<w:jc w:val="center"/>', _font("宋体", 24))
    + _style(
        "a8",
        "红头",
        '<w:spacing w:line="900"/><w:jc w:val="center"/>',
        '<w:color w:val="FF0000"/>' + _font("方正小标宋简体", 56),
    )
    + _style("a6", "List Paragraph", '<w:ind w:firstLineChars="200" w:firstLine="640"/>')
    + '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="a7"><w:name w:val="Table Grid"/><w:basedOn w:val="a1"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style></w:styles>"
)
