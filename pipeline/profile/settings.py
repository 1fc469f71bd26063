"""Reads profile.toml: name, place, towns, chosen schemes, time limits and gate."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from pipeline.profile.lists import RULE_IDS
from pipeline.profile.model import Clock
from pipeline.profile.tables import Mistakes, decoded
from pipeline.records import Gate, Severity


@dataclass(frozen=True, slots=True)
class Settings:
    """What profile.toml says."""

    name: str
    place: str
    towns: tuple[str, ...]
    topic_scheme: str
    label_family: str
    clock: Clock
    gate: Mapping[str, tuple[str, ...]]


def read_settings(folder: Path, mistakes: Mistakes) -> Settings:
    """profile.toml; wrong values are noted and replaced by neutral ones."""
    path = folder / "profile.toml"
    data: dict[str, Any] = {}
    if not path.is_file():
        mistakes.add(path.name, "文件不存在", "请从默认配置复制该文件到配置文件夹")
    else:
        try:
            data = tomllib.loads(decoded(path, mistakes))
        except tomllib.TOMLDecodeError as error:
            mistakes.add(path.name, f"格式有误（{_place_of(error)}）", '文字要用英文双引号括起，清单写作 ["甲", "乙"]')
            return Settings("", "", (), "", "", Clock(), {})
    texts = {key: _text(data, key, mistakes) for key in ("name", "place", "topic_scheme", "label_family")}
    for key in ("name", "topic_scheme", "label_family"):
        if path.is_file() and not texts[key]:
            mistakes.add(path.name, f"缺少 {key}", f'请写一行：{key} = "……"')
    towns = _names(data.get("towns", []), "towns", mistakes)
    gate = {name: _names(ids, f"[gate] {name}", mistakes) for name, ids in data.get("gate", {}).items()}
    _check_gate(gate, mistakes)
    return Settings(**texts, towns=towns, clock=_clock(data.get("clock", {}), mistakes), gate=gate)


def _place_of(error: tomllib.TOMLDecodeError) -> str:
    match = re.search(r"line (\d+)", str(error))
    return f"第 {match[1]} 行附近" if match else "文件末尾附近"


def _text(data: dict[str, Any], key: str, mistakes: Mistakes) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        mistakes.add("profile.toml", f"{key} 应为文字", f'请写作：{key} = "……"')
        return ""
    return value.strip()


def _names(value: object, key: str, mistakes: Mistakes) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        mistakes.add("profile.toml", f"{key} 应为文字清单", f'请写作：{key.rpartition(" ")[2]} = ["甲", "乙"]')
        return ()
    return tuple(dict.fromkeys(item.strip() for item in value))


def _check_gate(gate: Mapping[str, tuple[str, ...]], mistakes: Mistakes) -> None:
    for name, ids in gate.items():
        if name not in get_args(Gate):
            mistakes.add("profile.toml [gate]", f"不认识“{name}”", f"只能用：{'、'.join(get_args(Gate))}")
        for rule in ids:
            if rule not in (*RULE_IDS, *get_args(Severity)):
                mistakes.add(
                    "profile.toml [gate]",
                    f"“{name}”中的规则“{rule}”不存在",
                    "请用 rules.csv 的编号，或 error、warn、hint",
                )


def _clock(data: dict[str, Any], mistakes: Mistakes) -> Clock:
    known = {item.name for item in fields(Clock)}
    for key in data.keys() - known:
        mistakes.add("profile.toml [clock]", f"不认识 {key}", f"只能用：{'、'.join(sorted(known))}")
    numbers: dict[str, int] = {}
    for key in ("reply_months", "hard_months", "co_opinion_months", "return_days"):
        value = data.get(key, getattr(Clock(), key))
        if type(value) is not int or value <= 0:
            mistakes.add("profile.toml [clock]", f"{key} 应为正整数", f"例如：{key} = 3")
        else:
            numbers[key] = value
    return Clock(**numbers, final_day=_final_day(data, mistakes), sessions=_sessions(data, mistakes))


def _final_day(data: dict[str, Any], mistakes: Mistakes) -> tuple[int, int] | None:
    value = data.get("final_day", "")
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value) if isinstance(value, str) else None
    if value == "":
        return None
    try:
        day = date(2000, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        mistakes.add(
            "profile.toml [clock]", "final_day 不是有效的月日", '请写作：final_day = "06-30"，没有统一日期则写 ""'
        )
        return None
    return day.month, day.day


def _sessions(data: dict[str, Any], mistakes: Mistakes) -> tuple[tuple[str, date], ...]:
    value = data.get("sessions", {})
    if not isinstance(value, dict):
        mistakes.add("profile.toml", "[clock.sessions] 写法不对", '请写作："十八届三次" = 2024-01-10')
        return ()
    found = []
    for name, day in value.items():
        if not isinstance(day, date) or isinstance(day, datetime):
            mistakes.add("profile.toml [clock.sessions]", f"“{name}”的日期写法不对", "请写作 2024-01-10，不加引号")
        else:
            found.append((name, day))
    return tuple(found)


def check_choice(choice: str, known: Iterable[str], key: str, mistakes: Mistakes) -> None:
    """Notes a scheme or family of profile.toml that no table holds."""
    names = tuple(dict.fromkeys(known))
    if choice and names and choice not in names:
        mistakes.add("profile.toml", f"{key} 写作“{choice}”，表中没有", f"请改为其中之一：{'、'.join(names)}")
