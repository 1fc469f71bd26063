"""Reads the office's labels, rules, register columns, word lists and page furniture."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from pipeline.profile.model import Label, Meaning, Rule
from pipeline.profile.tables import Mistakes, Row, table
from pipeline.records import Severity

LABEL_COLUMNS = ("体系", "类别", "含义", "来源")
RULE_COLUMNS = ("编号", "名称", "级别", "启用", "阈值", "怎样满足", "来源")
COLUMN_COLUMNS = ("字段", "列名")
WORDING_COLUMNS = ("清单", "词语", "说明")
FURNITURE_COLUMNS = ("样式", "原因")
ENTRY_FIELDS = (
    "编号",
    "届次",
    "年度",
    "案由",
    "内容",
    "提出人",
    "附议人",
    "代表团",
    "会议期间",
    "类别",
    "主办",
    "会办",
    "交办日期",
    "答复内容",
    "答复日期",
    "办理结果",
    "满意度",
    "类型",
    "可接受主办",
    "划分",
    "事项组",
    "问题组",
    "来件编码",
    "回执",
    "退回理由",
    "回执日期",
    "建议改办",
    "应有问题",
    "应有结论",
    "应有状态",
    "应有承诺",
)
RULE_IDS = (
    *(f"F{number:02}" for number in range(1, 17)),
    "F06b",
    *(f"C{number:02}" for number in range(1, 11)),
    *(f"P{number:02}" for number in range(1, 13)),
    *(f"L{number:02}" for number in range(1, 6)),
    *(f"X{number:02}" for number in range(1, 8)),
    *("T01", "T02", "D01", "D02", "N01"),
)
_SEVERITIES: dict[str, Severity] = {
    "错误": "error",
    "警告": "warn",
    "提示": "hint",
    "error": "error",
    "warn": "warn",
    "hint": "hint",
}
_EMPTY = ("样式连空行也会命中", "请写得更具体")
_SWITCH = {"是": True, "否": False}


def read_labels(folder: Path, mistakes: Mistakes) -> tuple[Label, ...]:
    """The labels of every family with what they mean there (domain §3-F)."""
    found: dict[tuple[str, str], Label] = {}
    for row in table(folder / "labels.csv", LABEL_COLUMNS, mistakes):
        meanings = row.items("含义")
        for meaning in meanings:
            if meaning not in get_args(Meaning):
                row.wrong(f"不认识含义“{meaning}”", f"只能用：{'、'.join(get_args(Meaning))}")
        if not meanings:
            row.wrong("“含义”为空", "不清楚时请写“未知”")
        label = Label(row.required("体系"), row.required("类别"), cast(tuple[Meaning, ...], meanings))
        if (label.family, label.label) in found:
            row.wrong(f"“{label.family}”的类别“{label.label}”写了两行", "请合并为一行")
        found[label.family, label.label] = label
    return tuple(found.values())


def read_rules(folder: Path, mistakes: Mistakes) -> dict[str, Rule]:
    """The audit rules by id; every id of the domain's checklist must be there, switched on or off."""
    found: dict[str, Rule] = {}
    for row in table(folder / "rules.csv", RULE_COLUMNS, mistakes):
        rule = _rule(row)
        if rule.id in found:
            row.wrong(f"规则“{rule.id}”写了两行", "请删除其中一行")
        found[rule.id] = rule
    missing = [rule for rule in RULE_IDS if rule not in found]
    if missing and (folder / "rules.csv").is_file():
        mistakes.add("rules.csv", f"缺少规则 {'、'.join(missing)}", "不用的规则请把“启用”写作“否”，不要删行")
    return found


def _rule(row: Row) -> Rule:
    return Rule(
        id=row.one_of("编号", RULE_IDS),
        name=row.required("名称"),
        severity=_SEVERITIES.get(row.one_of("级别", tuple(_SEVERITIES)), "hint"),
        enabled=_SWITCH.get(row.one_of("启用", tuple(_SWITCH)), True),
        threshold=_threshold(row),
        remedy=row.required("怎样满足"),
    )


def _threshold(row: Row) -> float | None:
    if not row["阈值"]:
        return None
    try:
        return float(row["阈值"])
    except ValueError:
        row.wrong(f"阈值“{row['阈值']}”不是数字", "请写数字，例如 0.6；没有阈值就留空")
        return None


def read_columns(folder: Path, mistakes: Mistakes) -> dict[str, tuple[str, ...]]:
    """For every field of a register the column names that offices give it."""
    found: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    for row in table(folder / "columns.csv", COLUMN_COLUMNS, mistakes):
        name = row.one_of("字段", ENTRY_FIELDS)
        for column in row.items("列名"):
            if owner.setdefault(column, name) != name:
                row.wrong(f"列名“{column}”同时属于“{owner[column]}”和“{name}”", "请删除其中一处")
        found[name] = (*found.get(name, ()), *row.items("列名"))
    missing = [name for name in ENTRY_FIELDS if not found.get(name)]
    if missing and (folder / "columns.csv").is_file():
        mistakes.add("columns.csv", f"字段 {'、'.join(missing)} 没有列名", "请为每个字段至少写一个列名")
    return found


def read_wording(folder: Path, mistakes: Mistakes) -> dict[str, tuple[str, ...]]:
    """The word lists by name; lines of the same name add up."""
    found: dict[str, dict[str, None]] = {}
    for row in table(folder / "wording.csv", WORDING_COLUMNS, mistakes):
        words = found.setdefault(row.required("清单"), {})
        if not row.items("词语"):
            row.wrong("“词语”为空", "请至少写一个词，词与词之间用“；”隔开")
        words.update(dict.fromkeys(row.items("词语")))
    return {name: tuple(words) for name, words in found.items()}


def read_furniture(folder: Path, mistakes: Mistakes) -> tuple[tuple[str, str], ...]:
    """The patterns of page furniture, each with the reason shown to the clerk."""
    found = []
    for row in table(folder / "furniture.csv", FURNITURE_COLUMNS, mistakes):
        pattern, why = row.required("样式"), row.required("原因")
        fault = _fault(pattern) if pattern else None
        if fault:
            row.wrong(*fault)
        if fault is None or fault is _EMPTY:
            found.append((pattern, why))
    return tuple(found)


@lru_cache(maxsize=1024)
def _fault(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern and how to mend it, None where nothing is; kept, for compiling takes long."""
    try:
        return _EMPTY if re.compile(pattern).fullmatch("") else None
    except re.error as error:
        return f"样式不是正确的正则表达式（{error.pos} 处）", "请对照其他行修改，括号要成对，特殊符号前加“\\”"
