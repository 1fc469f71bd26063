"""What a person should look at: fields left empty, or taken from one of two places that disagree."""

from __future__ import annotations

import re

from pipeline.parse.cites import numbers
from pipeline.parse.fields import Sources
from pipeline.parse.names import is_placeholder
from pipeline.records import Ask, Cite, Entry

_LETTERS = re.compile("^[A-Za-z]+[-—]?")


def of_submission(source: Sources, number: str, asked: tuple[Ask, ...], title: str) -> tuple[str, ...]:
    """The doubts about a submission's fields: its number, its proposer, and whether it asks at all."""
    found = [_numbers(source.entry.number, number, numbers(source.head))]
    if is_placeholder(source.form.get("提出人", "")):
        found.append("提出人一栏是占位符，没有取用，请补录。")
    if not asked:
        found.append("没有认出诉求，请补录。")
    elif [ask.text.strip() for ask in asked] == [title]:
        found.append("正文里没有明确的诉求，暂以标题作诉求，请核对。")
    return tuple(one for one in found if one)


def of_reply(
    entry: Entry, cited: tuple[Cite, ...], named: tuple[Cite, ...], labels: tuple[str, str]
) -> tuple[str, ...]:
    """The doubts about a letter's fields: its number and its result label; `named` is what the letter itself cites."""
    found = [_numbers(entry.number, cited[0].number if cited else "", [one.number for one in named if one.number])]
    head, tail = labels
    if not entry.label and head and tail and head != tail:
        found.append(f"信首印的办理结果是{head}，落款处是{tail}，两处不同，没有取用，请核对。")
    return tuple(one for one in found if one)


def _numbers(row: str, taken: str, printed: list[str]) -> str:
    """The doubt where register and paper print different numbers."""
    same = {one.lstrip("0") for one in printed}
    if not row or not taken or not same or _LETTERS.sub("", taken).lstrip("0") in same:
        return ""
    return f"登记行的编号是{taken}，文中印的是{'、'.join(printed)}，已按登记行，请核对。"
