"""Column names given for one run (`--columns 主办=承办部门`): part of the profile, and of its fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.errors import CallError
from pipeline.profile.lists import ENTRY_FIELDS
from pipeline.profile.model import Profile
from pipeline.text import normal

_EXAMPLE = "例如 --columns 主办=承办部门；一个字段有几个列名时写作 --columns 主办=承办部门；责任部门"


def with_columns(profile: Profile, given: Sequence[str]) -> Profile:
    """The profile with column names that a person gave; they go before all others, and mean no other field.

    Raises CallError for a field that registers do not have.
    """
    if not given:
        return profile
    columns = dict(profile.columns)
    for pair in given:
        field, names = _parted(pair)
        if not names:
            raise CallError(f"--columns {pair} 写法不对", _EXAMPLE)
        if field.strip() not in ENTRY_FIELDS:
            raise CallError(f"没有“{field.strip()}”这个字段", f"可用：{' '.join(ENTRY_FIELDS)}；{_EXAMPLE}")
        taken = set(map(normal, names))
        columns = {f: tuple(n for n in known if normal(n) not in taken) for f, known in columns.items()}
        columns[field.strip()] = (*names, *columns.get(field.strip(), ()))
    digest = hashlib.sha256("\0".join((profile.digest, *given)).encode()).hexdigest()
    return replace(profile, columns=columns, digest=digest)


def _parted(pair: str) -> tuple[str, tuple[str, ...]]:
    field, _, text = pair.replace("＝", "=").partition("=")
    return field, tuple(name.strip() for name in re.split("[；;]", text) if name.strip())


def unfitted(given: Sequence[str], texts: Sequence[str]) -> list[str]:
    """What to tell of given column names of which none is in any of the texts (heads of registers, forms)."""
    said = list(map(normal, texts)) if given else []
    found = ((pair, _parted(pair)[1]) for pair in given)
    return [
        f"--columns {pair}：读到的文件里没有名叫“{'”“'.join(names)}”的列，这一项没有用上；请核对列名"
        for pair, names in found
        if not any(normal(name) in text for name in names for text in said)
    ]
