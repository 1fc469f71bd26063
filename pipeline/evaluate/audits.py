"""The audit beside its gold: what the program says of every marked letter, and what simple methods would say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.audit import audit
from pipeline.audit.gate import gate
from pipeline.evaluate.marked import Marked, Promise, promised
from pipeline.profile import Profile
from pipeline.records import Audit, Finding
from pipeline.text import sentences

OURS, PLAIN, USUAL = "本程序", "基线：关键词和时限正则", "基线：总报最常见的"
_HALF = 0.5
_TIME = re.compile(r"\d年|\d月|[年月季]底|月前|日前|年内|季度|工作日")
_AHEAD = re.compile(r"将|拟|计划|列入|纳入|下一步|争取")
_SLOTS: Mapping[str, re.Pattern[str]] = {
    "deadline": _TIME,
    "money": re.compile(r"万?元"),
    "quantity": re.compile(r"\d+(?:\.\d+)?(?:公里|米|盏|个|处|户|台|辆|亩|座|套)"),
    "actor": re.compile(r"我局|我委|局|镇人民政府|乡人民政府|公司"),
    "plan": re.compile(r"方案|规划|项目"),
}
_STATES = (("解释不采纳", "不能|无法|暂不"), ("已采纳落实", "已|完成"), ("列入计划", "将|计划|拟"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a method says of a letter: rules (and those as errors), gate, the state of each marked ask, promises.

    A state is "" where the ask was not found in the submission.
    """

    rules: frozenset[str]
    errors: frozenset[str]
    gate: str
    states: tuple[str, ...]
    promises: tuple[Promise, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Audited:
    """One method on all letters, in their order."""

    method: str
    told: tuple[Told, ...]


def audited(letters: Sequence[Marked], profile: Profile, audits: Sequence[Audit] | None = None) -> list[Audited]:
    """The program and two baselines on the same letters; `audits` where they have been audited already."""
    found = audit([letter.case for letter in letters], profile) if audits is None else audits
    named = marked_rules(letters)
    counted = {rule.id for rule in profile.rules.values() if rule.severity == "hint" and rule.id in named}
    ours = tuple(_told(letter, one, counted) for letter, one in zip(letters, found, strict=True))
    plain = tuple(_plain(letter, profile) for letter in letters)
    usual = _usual(letters)
    return [Audited(OURS, ours), Audited(PLAIN, plain), Audited(USUAL, tuple(usual for _ in letters))]


def marked_rules(letters: Iterable[Marked]) -> frozenset[str]:
    """The rules that the gold names for any letter."""
    return frozenset(chain.from_iterable(letter.rules or () for letter in letters))


def alike(left: str, right: str) -> bool:
    """Whether two texts are one: one holds the other, or they share half the pairs of characters of the longer."""
    a, b = ("".join(char for char in text if char.isalnum()) for text in (left, right))
    shared = Counter(a[i : i + 2] for i in range(len(a) - 1)) & Counter(b[i : i + 2] for i in range(len(b) - 1))
    return bool(a and b) and (a in b or b in a or shared.total() >= _HALF * max(len(a), len(b), 2))


def _told(letter: Marked, one: Audit, counted: Container[str]) -> Told:
    """Warnings and errors, and of the rules that are but hints those that are `counted`: somebody marked them."""
    kept = tuple(f for f in one.findings if f.severity != "hint" or f.rule in counted)
    errors = frozenset(f.rule for f in kept if f.severity == "error")
    said = {c.ordinal: c.state for c in one.coverage if not c.submission_id}
    asks = letter.case.submission.asks if letter.case.submission else ()
    met = [(ask.text, said.get(ask.ordinal, "")) for ask in asks]
    states = tuple(_state_of(text, at, met, len(letter.states)) for at, (text, _) in enumerate(letter.states))
    return Told(
        frozenset(f.rule for f in kept), errors, one.verdict.gate, states, promised(letter.case.reply), one.findings
    )


def _state_of(text: str, at: int, met: Sequence[tuple[str, str]], count: int) -> str:
    """The state of the ask with that text; of the ask in the same place where as many were found as marked."""
    if len(met) == count:
        return met[at][1]
    return next((state for other, state in met if text and alike(text, other)), "")


def _plain(letter: Marked, profile: Profile) -> Told:
    """One pattern for each of the common faults, a time or a plan in a sentence makes a promise."""
    text = letter.case.reply.text
    rules = {rule for rule, faulty in _FAULTY.items() if faulty(text)}
    levels = {rule: profile.rules[rule].severity for rule in rules}
    findings = tuple(Finding(letter.case.reply.id, rule, level, "") for rule, level in sorted(levels.items()))
    state = next((state for state, words in _STATES if re.search(words, text)), "仅介绍情况")
    said = (s.text for s in sentences(text) if _AHEAD.search(s.text))
    promises = tuple(Promise(s, frozenset({"act", *(n for n, sign in _SLOTS.items() if sign.search(s))})) for s in said)
    return Told(
        frozenset(rules),
        frozenset(rule for rule, level in levels.items() if level == "error"),
        gate(findings, (), profile.gate),
        (state,) * len(letter.states),
        promises,
        findings,
    )


def _untimed(text: str) -> bool:
    return any(_AHEAD.search(s.text) for s in sentences(text)) and not any(
        _AHEAD.search(s.text) and _TIME.search(s.text) for s in sentences(text)
    )


def _says(words: str, unless: str) -> Callable[[str], bool]:
    """Whether a text says one of the words and none of the others."""
    return lambda text: bool(re.search(words, text)) and not re.search(unless, text)


_FAULTY: Mapping[str, Callable[[str], bool]] = {
    "P01": _says("列入计划|纳入规划|积极争取", _TIME.pattern),
    "P02": _untimed,
    "L03": _untimed,
    "P04": _says("高度重视|进一步加强|加大力度", r"\d+(?:个|处|公里|万元)"),
    "P05": _says("条件成熟|资金到位后|待[^，。]{1,12}后", r"\d月"),
    "P06": _says("有关部门|相关部门", "负责人|联系人"),
    "P10": _says("不能|无法|暂不具备", "因|由于|规定"),
    "P11": _says("上报|向上争取|向上级", r"\d月|〔"),
    "C03": lambda text: "一、" not in text,
    "C05": _says("近年来|成效|成绩", "村"),
    "C08": _says("转交|请向|职责范围", "我局将"),
    "F02": lambda text: "〔" not in text,
    "F11": lambda text: not re.search(r"\d{4}年\d{1,2}月\d{1,2}日", text),
    "F12": lambda text: not re.search(r"\d{7,}", text),
}


def _usual(letters: Sequence[Marked]) -> Told:
    """The most frequent rule, gate and state for every letter."""
    rule = _most(chain.from_iterable(letter.rules or () for letter in letters))
    state = _most(state for letter in letters for _, state in letter.states)
    longest = max((len(letter.states) for letter in letters), default=0)
    rules = frozenset({rule} - {""})
    return Told(rules, rules, _most(letter.gate for letter in letters if letter.gate), (state,) * longest, ())


def _most(values: Iterable[str]) -> str:
    return next((value for value, _ in Counter(sorted(values)).most_common(1)), "")
