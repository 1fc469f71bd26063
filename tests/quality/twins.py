"""Slot-ablated twins and injected slips: letters changed in one thing, and which findings change with it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.audit import Case, audit
from pipeline.evaluate.letters import read_letters
from pipeline.parse import parse
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Audit, Block, Document, Reply
from tests.quality.county import COUNTY, Score

TWINS = Path(__file__).parents[1] / "cases" / "audit_twins.json"
SEED = 5
FEW = 3
ALLOWED = {
    "P01": {"P01", "P02", "P04"},
    "P02": {"P02", "L03"},
    "P04": {"P04", "P02", "C09", "C03"},
    "P10": {"P10", "L04"},
}
"""What an edit may raise besides nothing: the rules that the gold reads as said together (README of the county)."""
COUNT = re.compile(r"(?<![\d.年月第〔])(\d{1,4})(?:盏|公里|户|座|台|个|处|亩|米|人|张|间|条|套|棵|辆|名|平方米|万元)")
FOUND_BY = frozenset({"C01", "C02", "C03", "C07", "N01", "F07", "P08"})


@dataclass(frozen=True)
class Edited:
    """A letter before and after; the rule that the edit should raise, and what it raised and silenced."""

    name: str
    before: str
    after: str
    rule: str
    raised: frozenset[str]
    silenced: frozenset[str]

    @property
    def right(self) -> bool:
        """Whether the rule was raised, and none that does not go with it."""
        return (
            self.rule in self.raised and not (self.raised - ALLOWED.get(self.rule, {self.rule})) and not self.silenced
        )


@cache
def edited() -> list[Edited]:
    """Every edit of the twins, each letter audited alone with its submission."""
    profile = load(default_folder())
    rows = [json.loads(line) for line in (COUNTY / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    files = {row["id"]: f"files/{row.get('file')}" for row in rows}
    asked = {m.case.reply.source: m.case.submission for m in read_letters(COUNTY, profile)}
    found = []
    for row in json.loads(TWINS.read_text(encoding="utf-8")):
        submission = asked.get(files[row["reply"]])
        day = date.fromisoformat(row["day"])

        def rules(text: str, submission=submission, day=day) -> frozenset[str]:  # type: ignore[no-untyped-def]
            [one] = audit([Case(letter(text, day, profile), submission)], profile)
            return told(one)

        whole = rules(row["text"])
        for edit in row["edits"]:
            text = row["text"].replace(edit["text_before"], edit["text_after"])
            changed = rules(text)
            name = f"{row['reply']} {edit['slot']}"
            found.append(Edited(name, row["text"], text, edit["rule"], changed - whole, whole - changed))
    return found


def letter(text: str, day: date, profile: Profile) -> Reply:
    """The letter that a text is read as."""
    title = next((line for line in text.split("\n") if line.startswith("关于")), "")
    blocks = tuple(Block(line) for line in text.split("\n"))
    document = Document("twin", "twin.txt", "答复", title, text, day, blocks)
    return next(r for r in parse([document], profile) if isinstance(r, Reply))


def told(one: Audit) -> frozenset[str]:
    """The rules raised as warning or error."""
    return frozenset(f.rule for f in one.findings if f.severity != "hint")


def twins() -> Iterator[Score]:
    """The share of edits that raise their rule, and of those that raise or silence nothing else either."""
    found = edited()
    yield Score("孪生.该报的报出", sum(edit.rule in edit.raised for edit in found) / len(found), len(found))
    yield Score("孪生.只有该变的变", sum(edit.right for edit in found) / len(found), len(found))
    alone = [not edit.others and not edit.silenced for edit in found]
    yield Score("孪生.别的不变", sum(alone) / len(found), len(found))


def injected() -> Iterator[Score]:
    """Clean letters of the county with another place, or another number, everywhere in the answer: found, or not."""
    profile = load(default_folder())
    clean = [m for m in read_letters(COUNTY, profile) if not m.rules and m.case.submission]
    before = [told(one) for one in audit([m.case for m in clean], profile)]
    for name, change in (("地点", _other_place), ("数量", _other_number)):
        cases = [(i, text) for i, m in enumerate(clean) if (text := change(m.case, i))]
        after = audit([replace(clean[i].case, reply=_reread(clean[i].case.reply, text)) for i, text in cases], profile)
        hits = [bool((told(one) - before[i]) & FOUND_BY) for (i, _), one in zip(cases, after, strict=True)]
        yield Score(f"错误植入.{name}查出", sum(hits) / max(len(hits), 1), len(hits))
    silent = [not rules & (FOUND_BY - {"C03"}) for rules in before]
    yield Score("错误植入.未改的不报", sum(silent) / len(silent), len(silent))


def _reread(reply: Reply, text: str) -> Reply:
    profile = load(default_folder())
    found = letter(text, reply.day or date(2024, 5, 1), profile)
    return replace(reply, text=text, commitments=found.commitments, items=found.items)


def _other_place(case: Case, seed: int) -> str:
    """The answer about another village or town: one that the submission names, replaced by one that it does not."""
    assert case.submission is not None
    asked = case.submission.title + "".join(ask.text for ask in case.submission.asks)
    for place in (place for place in _places() if place in asked):
        others = [p for p in _places() if p[-1] == place[-1] and p not in case.submission.text and p not in asked]
        if text := _swapped(case.reply.text, place, others, seed):
            return text
    return ""


def _other_number(case: Case, seed: int) -> str:
    """The answer with a tenth of a number that the submission asks for."""
    assert case.submission is not None
    for match in COUNT.finditer("".join(ask.text for ask in case.submission.asks)):
        size = int(match[1])
        less = match.group().replace(match[1], str(max(2, size // 10)), 1)
        if size > FEW and (text := _swapped(case.reply.text, match.group(), [less], seed)):
            return text
    return ""


@cache
def _places() -> tuple[str, ...]:
    known = tomllib.loads((COUNTY / "places.toml").read_text(encoding="utf-8"))
    return (*known["towns"], *(name for names in known["villages"].values() for name in names))


def _swapped(text: str, said: str, others: Sequence[str], seed: int) -> str:
    """The letter with one thing changed everywhere behind its opening, "" where it does not say that."""
    head, mark, body = text.partition("收悉")
    if said not in body or not others:
        return ""
    random = np.random.default_rng((SEED, seed))
    return head + mark + body.replace(said, others[int(random.integers(len(others)))])
