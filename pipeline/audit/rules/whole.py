"""What of a letter its copy shows: what a web page or a copy without its head leaves out is no fault (domain §5-A)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.audit.case import Abstention, Objection, Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.audit.wording import pattern
from pipeline.records import Reply
from pipeline.text import squeezed

_BOARD = re.compile(r"网友|留言(?:已)?收悉|来信人|UU\d")
_TITLE_END = re.compile(r"答复|复函|会办意见|回复|函复")
_MARKED = re.compile(r"签发|类别|结果|[A-D甲乙丙丁]\d?类|公开")
_TOP, _HEAD_LINES, _REACH = 400, 6, 2500
_UNSEEN = "，原件是否写明无法判断"
_Judged = Callable[[Reading, Context], Outcome]


def head(reply: Reply) -> str:
    """The lines above the address without blanks between them: the title, and what stands over it."""
    called = reply.addressee[: _HEAD_LINES + 2]
    at = reply.text.find(called, 0, _REACH) if called else -1
    lines = [bare for line in reply.text[: at if at >= 0 else _REACH].splitlines() if (bare := squeezed(line))]
    if at >= 0:
        return "".join(lines)
    ends = next((i for i, line in enumerate(lines) if line.endswith(("：", ":")) and len(line) > 1), len(lines))
    return "".join(lines[: min(_HEAD_LINES, ends)])


def headed(reply: Reply) -> bool:
    """Whether the text begins as a letter does, with a title or a reference."""
    return bool(reply.reference or _TITLE_END.search(head(reply)))


def bare(reply: Reply) -> bool:
    """Whether a copy may lack what its paper bears: one of a web page, or one that prints nothing above its title."""
    return reply.online or not headed(reply) or not (reply.reference or _MARKED.search(head(reply)))


def whole(reply: Reply) -> bool:
    """Whether the text is a letter from salutation to signature, not a cell or a message on a board."""
    if reply.from_register or _BOARD.search(reply.text[:_TOP]):
        return False
    signed = bool(reply.unit_text or reply.unit)
    return bool(reply.addressee and signed) or (headed(reply) and bool(reply.addressee or signed))


def unprinted(reading: Reading, context: Context) -> Outcome:
    """What a copy of a web page or without its head does not show, so that nobody can say whether the paper has it."""
    reply = reading.reply
    if reply.kind != "答复" or not whole(reply) or not bare(reply):
        return None
    public = reply.publicity or pattern(context.profile, "公开词").search(reply.text)
    shown = {
        "标题": headed(reply),
        "文号": reply.reference,
        "签发人": reply.signer,
        "办理结果类别": reply.label,
        "公开意见": public,
        "抄送": reply.copied_to,
    }
    lacks = "、".join(name for name, there in shown.items() if not there)
    copy = "网上公开的文本" if reply.online else "没有信头的文本"
    return Abstention(f"{copy}看不出{lacks}{_UNSEEN}") if lacks else None


def of_letters(rule: _Judged) -> _Judged:
    """The rule, silent on co-unit opinions, cells and messages; only a hint where a copy may lack what is missing."""

    def guarded(reading: Reading, context: Context) -> Outcome:
        if reading.reply.kind != "答复" or not whole(reading.reply):
            return None
        found = rule(reading, context)
        if isinstance(found, Objection) and not found.quote and bare(reading.reply):
            return replace(found, message=f"{found.message}（文本可能有删略{_UNSEEN}）", severity="hint")
        return found

    guarded.__doc__ = rule.__doc__
    return guarded


def of_heads(rule: _Judged) -> _Judged:
    """The same rule of what stands in a letter's head or below it; `unprinted` tells what such a copy does not show."""
    judged = of_letters(rule)

    def guarded(reading: Reading, context: Context) -> Outcome:
        found = judged(reading, context)
        return None if isinstance(found, Objection) and not found.quote and bare(reading.reply) else found

    guarded.__doc__ = rule.__doc__
    return guarded
