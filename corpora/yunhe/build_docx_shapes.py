"""What Word keeps beside plain paragraphs: text boxes, content controls, tracked deletions."""

from __future__ import annotations

# A reader that takes deleted text for text shows it by these words.
DELETED = (
    '<w:del w:id="1" w:author="办公室" w:date="2025-01-01T00:00:00Z">'
    "<w:r><w:delText>（征求意见稿）</w:delText></w:r></w:del>"
)
SHAPE = (
    '<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" '
    'relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="column"><wp:posOffset>3600000</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>-1800000</wp:posOffset></wp:positionV>'
    '<wp:extent cx="2000000" cy="900000"/><wp:wrapNone/><wp:docPr id="1" name="文本框 1"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="900000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/>'
    "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
FALLBACK = (
    '<w:pict><v:shape style="position:absolute;margin-left:280pt;margin-top:-142pt;width:158pt;height:72pt" '
    'stroked="f"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
)


def text_box(paragraphs: str) -> str:
    """A floating box at the right top, with the fallback copy that Word writes for old readers."""
    content = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{SHAPE.format(content=content)}</mc:Choice>'
        f"<mc:Fallback>{FALLBACK.format(content=content)}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def content_control(paragraphs: str) -> str:
    """Paragraphs inside a content control, as template fields for day and signature are."""
    return f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{paragraphs}</w:sdtContent></w:sdt>"
