"""Mail files (.eml), read in place like an archive: the letter itself and its attachments."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from functools import partial
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.extract.encoding import decoded

_SLASH = re.compile(r"[/\\\x00-\x1f]+")
_LONGEST = 2000
_NAMELESS = "没有名字的附件"


class _AsWritten(email.policy.Compat32):
    """Headers with their bytes as they stand: old mail programs write GBK there without saying so."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ARG002 - the signature of the library
        """The value of a header, unchanged."""
        return value


_AS_WRITTEN = _AsWritten()


def entries(data: bytes, _suffix: str, _folders: ExitStack) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The words of a mail under its subject, then its attachments; a name, and a way to the bytes.

    Raises UnreadableFile where the file is no mail.
    """
    try:
        message = email.message_from_bytes(data, policy=_AS_WRITTEN)
        subject = _named(message.get("Subject")) or "邮件正文"
        parts = list(_leaves(message))
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError, MessageError) as error:
        raise UnreadableFile("邮件文件已损坏，打不开", "请用邮件程序打开，把附件另存出来后再试") from error
    words = [part for part in parts if not _is_attached(part) and part.get_content_maintype() == "text"]
    for kind in ("text/plain", "text/html"):
        said = [part for part in words if part.get_content_type() == kind and _bytes(part).strip()]
        if said:
            yield f"{subject}.{'txt' if kind == 'text/plain' else 'html'}", partial(_words, said)
            break
    for part in parts:
        if _is_attached(part):
            yield _name(part), partial(_bytes, part)


def _leaves(part: Message[Any, Any]) -> Iterator[Message[Any, Any]]:
    """The parts that hold no others; a mail inside the mail is one."""
    inner = part.get_payload()
    if not isinstance(inner, list) or part.get_content_type() == "message/rfc822":
        yield part
        return
    for piece in inner:
        if isinstance(piece, Message):
            yield from _leaves(piece)


def _is_attached(part: Message[Any, Any]) -> bool:
    """Whether a part is a file of its own rather than words or a picture among them."""
    if part.get_content_disposition() == "attachment" or part.get_content_type() == "message/rfc822":
        return True
    return bool(_filename(part)) and not (part.get_content_maintype() == "image" and part.get("Content-ID"))


def _name(part: Message[Any, Any]) -> str:
    inner = part.get_payload()
    if isinstance(inner, list) and isinstance(inner[0], Message) and part.get_content_type() == "message/rfc822":
        name = _named(_filename(part)) or _named(inner[0].get("Subject")) or _NAMELESS
        return name if name.lower().endswith(".eml") else f"{name}.eml"
    return _named(_filename(part)) or _NAMELESS


def _filename(part: Message[Any, Any]) -> str:
    """The name of a part as it is written, empty where it cannot be made out."""
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError):
        return ""


def _named(name: object) -> str:
    """A name or subject as it was typed."""
    pieces, written = [], str(name or "")[:_LONGEST]
    try:
        found = decode_header(written)
    except HeaderParseError:
        found = [(written, None)]
    for text, charset in found:
        raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        pieces.append(decoded(raw, charset or "") if raw.strip() else "")
    return _SLASH.sub(" ", "".join(pieces)).strip(" .~")


def _words(parts: list[Message[Any, Any]]) -> bytes:
    return "\n".join(decoded(_bytes(part), part.get_content_charset() or "") for part in parts).encode("utf-8")


def _bytes(part: Message[Any, Any]) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        return inner.as_bytes() if isinstance(inner, Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
