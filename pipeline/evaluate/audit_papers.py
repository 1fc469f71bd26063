"""What a measurement of the audit leaves behind: every disagreement as a row, and one page with the scores."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.evaluate.agreement import Agreed, Part
from pipeline.evaluate.audits import Audited, Told
from pipeline.evaluate.counting import met_by
from pipeline.evaluate.marked import SLOTS, Marked
from pipeline.profile import Profile
from pipeline.report.page import written

COLUMNS = ("方法", "来源", "题目", "项目", "对象", "应为", "给出", "对错", "说明")
Line = tuple[str, ...]


def write_audit(
    agreed: Agreed, letters: Sequence[Marked], found: Sequence[Audited], profile: Profile, folder: Path
) -> tuple[Path, Path]:
    """Write `predictions.csv` and `评测.html` into a folder; returns both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, page = folder / "predictions.csv", folder / "评测.html"
    with rows.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(COLUMNS)
        for audited in found:
            for letter, told in zip(letters, audited.told, strict=True):
                lines.writerows(
                    (audited.method, letter.case.reply.source, letter.title, *line) for line in _of(letter, told)
                )
    written(
        page,
        "audited.html",
        heading="答复审核评测",
        how=f"{len(letters)} 份答复",
        methods=agreed.methods,
        table=list(zip(*agreed.table, strict=True)),
        parts=[
            ("各条规则", "规则", _named(agreed.rules, {rule.id: rule.name for rule in profile.rules.values()})),
            ("诉求的状态", "状态", _named(agreed.states, {})),
            ("承诺的要素", "要素", _named(agreed.slots, {slot: name for name, slot in SLOTS.items()})),
        ],
    )
    return rows, page


def _named(parts: Sequence[Part], names: dict[str, str]) -> list[tuple[str, Part]]:
    """Each part with the name that a clerk reads: rules with their id."""
    told = ((names.get(part.key, part.key), part) for part in parts)
    return [
        (f"{part.key} {name}" if part.key[-1:].isdigit() or part.key == "F06b" else name, part) for name, part in told
    ]


def _of(letter: Marked, told: Told) -> Iterator[Line]:
    """The lines of one letter: rules, gate, states, promises; only what was marked."""
    if letter.rules is not None:
        why = {finding.rule: f"{finding.message}　{finding.quote}".strip() for finding in reversed(told.findings)}
        for rule in sorted((letter.rules | told.rules) - letter.silent):
            right = "漏报" if rule not in told.rules else "对" if rule in letter.rules else "多报"
            yield "问题", rule, "有" * (rule in letter.rules), "有" * (rule in told.rules), right, why.get(rule, "")
    if letter.gate:
        yield "结论", "", letter.gate, told.gate, "对" if letter.gate == told.gate else "错", ""
    for (text, right), said in zip(letter.states, told.states, strict=False):
        yield "诉求", text, right, said or "没有找到这条诉求", "对" if right == said else "错", ""
    yield from _promises(letter, told)


def _promises(letter: Marked, told: Told) -> Iterator[Line]:
    for promise in letter.promises or ():
        own = met_by(promise, told.promises)
        said = "、".join(sorted({name for name, slot in SLOTS.items() if any(slot in p.slots for p in own)}))
        wanted = "、".join(name for name, slot in SLOTS.items() if slot in promise.slots)
        yield "承诺", promise.text, wanted, said, "对" if own else "漏报", ""
    for promise in told.promises:
        if letter.promises is not None and not any(promise in met_by(q, told.promises) for q in letter.promises):
            yield "承诺", promise.text, "", "、".join(n for n, s in SLOTS.items() if s in promise.slots), "多报", ""
