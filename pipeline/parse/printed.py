"""A letter read in simplified characters, given back in the characters in which it is printed."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from pipeline.records import Commitment, Reply
from pipeline.text import squeezed

_NAME = 4
_WORDED = ("title", "unit_text", "addressee", "contact", "phone", "signer", "copied_to", "reference")


def as_printed(reply: Reply, plain: str) -> Reply:
    """The letter with its wording as its text has it; `plain` is that text or its beginning, simplified one for one."""
    words: dict[str, Any] = {name: _printed(getattr(reply, name), plain, reply.text) for name in _WORDED}
    items = tuple(replace(one, text=reply.text[one.start : one.end]) for one in reply.items)
    promises = tuple(_promise(one, plain, reply.text) for one in reply.commitments)
    return replace(reply, **words, items=items, commitments=promises)


def _promise(one: Commitment, plain: str, text: str) -> Commitment:
    near, own = plain[one.start : one.end], text[one.start : one.end]
    named = (field.name for field in fields(one) if field.type == "str")
    words: dict[str, Any] = {name: _printed(getattr(one, name), near, own) for name in named}
    return replace(one, **words)


def _printed(value: str, plain: str, text: str) -> str:
    """The characters of `text` that stand where `plain` has the value; the value where it is not found whole."""
    place = plain.find(value) if value else -1
    if place >= 0 or not value or len(value) > _NAME:
        return text[place : place + len(value)] if place >= 0 else value
    apart = re.search(r"[ \u3000]{0,3}".join(map(re.escape, value)), plain)
    return squeezed(text[apart.start() : apart.end()]) if apart else value
