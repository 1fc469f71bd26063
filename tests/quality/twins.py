"""Slot-ablated twins and injected slips: letters changed in one thing, and which findings change with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.audit import Case, audit
from pipeline.parse import parse
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Audit, Block, Document, Reply
from tests.quality.county import Score, gold, letters
from tests.quality.swaps import other_amounts, other_item, other_part, other_places

TWINS = Path(__file__).parents[1] / "cases" / "audit_twins.json"
ALLOWED: dict[str, frozenset[str]] = {
    "P01": frozenset({"P01", "P02", "P04"}),
    "P02": frozenset({"P02", "L03"}),
    "P04": frozenset({"P04", "P02", "C09", "C03"}),
    "P10": frozenset({"P10", "L04"}),
}
"""What an edit may raise besides nothing: the rules that the gold reads as said together (README of the county)."""
MARKED = frozenset({"C01", "C02", "C03", "C06", "C07", "N01", "F07"})
FOUND_BY = frozenset({"C01", "C02", "C07", "N01", "F07"})
KINDS = {"地点": other_places, "数量": other_amounts, "件号": other_item, "合计": other_part}


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
    def others(self) -> frozenset[str]:
        """What the edit raised besides its rule and those that the gold reads as said together with it."""
        return self.raised - ALLOWED.get(self.rule, frozenset()) - {self.rule}

    @property
    def right(self) -> bool:
        """Whether the rule was raised, and nothing else was raised or silenced."""
        return self.rule in self.raised and not self.others and not self.silenced


@cache
def edited() -> list[Edited]:
    """Every edit of the twins, each letter audited alone with its submission."""
    profile = load(default_folder())
    files = {key: f"files/{row.get('file')}" for key, row in gold().items()}
    asked = {m.case.reply.source: m.case.submission for m in letters()}
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
    """Good letters with another place, amount, item number or part of a sum: found, and silent as they are."""
    profile = load(default_folder())
    good = [m for m in letters() if m.case.submission and not (m.rules or frozenset()) & MARKED]
    before = [told(one) for one in audit([_reread(m.case, m.case.reply.text, profile) for m in good], profile)]
    for name, change in KINDS.items():
        cases = [(i, _reread(m.case, swap.text, profile)) for i, m in enumerate(good) for swap in change(m.case, i)]
        after = [told(one) for [one] in (audit([case], profile) for _, case in cases)]
        hits = [bool((rules - before[i]) & FOUND_BY) for (i, _), rules in zip(cases, after, strict=True)]
        yield Score(f"错误植入.{name}查出", sum(hits) / max(len(hits), 1), len(hits))
    silent = [not rules & FOUND_BY for rules in before]
    yield Score("错误植入.未改的不报", sum(silent) / len(silent), len(silent))


def _reread(case: Case, text: str, profile: Profile) -> Case:
    """The case with another wording of its letter; the cell of a register keeps the columns beside it."""
    own = case.reply
    found = letter(text, own.day or date(2024, 5, 1), profile)
    if own.from_register:
        return replace(case, reply=replace(own, text=text, commitments=found.commitments, items=found.items))
    return replace(case, reply=replace(found, id=own.id, document_id=own.document_id, source=own.source, kind=own.kind))
