"""Reads yardsticks.csv: what speeches demand of replies, in words, and the rules and rates that check it (R-SPK-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.profile.catalogue import alternatives
from pipeline.profile.lists import RULE_IDS
from pipeline.profile.model import Yardstick
from pipeline.profile.tables import Mistakes, Row, table

YARDSTICK_COLUMNS = ("要点", "条件", "不含", "规则", "说明")
RATE_NAMES = ("按时回复率", "规范率", "解决率", "满意率", "见面率")
_Groups = dict[str, tuple[str, ...]]


def read_yardsticks(folder: Path, mistakes: Mistakes) -> tuple[Yardstick, ...]:
    """The yardsticks in order; a row `@名称` names words that later rows use, `F*` stands for all rules of family F.

    Without rules the point is known but cannot be checked, for the reason in 说明.
    """
    named: _Groups = {}
    found = []
    for row in table(folder / "yardsticks.csv", YARDSTICK_COLUMNS, mistakes):
        needs = tuple(tuple(_spelt(alternatives(group, row), named, row)) for group in row.items("条件"))
        if row["要点"].startswith("@"):
            named[row["要点"]] = tuple(word for group in needs for word in group)
        else:
            found.append(_yardstick(row, needs, named))
    return tuple(found)


def _yardstick(row: Row, needs: tuple[tuple[str, ...], ...], named: _Groups) -> Yardstick:
    if not needs:
        row.wrong("“条件”为空", "请至少写一组词，否则每条要求都会命中")
    excluded = tuple(word.strip() for item in row.items("不含") for word in item.split("|") if word.strip())
    return Yardstick(
        name=row.required("要点"),
        needs=needs,
        excludes=tuple(_spelt(excluded, named, row)),
        rules=_rules(row),
        rates=tuple(name for name in row.items("规则") if name in RATE_NAMES),
        note=row.required("说明"),
    )


def _spelt(words: tuple[str, ...], named: Mapping[str, tuple[str, ...]], row: Row) -> Iterator[str]:
    """The words, with those that name others spelt out."""
    for word in words:
        if word.startswith("@") and word not in named:
            row.wrong(f"“{word}”没有定义", "请在前面加一行：要点写这个名称，条件写它包含的词")
        yield from named.get(word, (word,))


def _rules(row: Row) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in row.items("规则"):
        family = [rule for rule in RULE_IDS if name in (rule, f"{rule[0]}*")]
        if not family and name not in RATE_NAMES:
            row.wrong(f"规则“{name}”不存在", f"用 rules.csv 的编号、F* 这样的一类，或 {'、'.join(RATE_NAMES)}")
        found.update(dict.fromkeys(family))
    return tuple(found)
