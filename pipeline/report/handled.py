"""The items of a run, each with its letters and what can be said of how it was handled (R-STA-01, R-STA-03).

An item is a submission with all letters that answer it, or a letter whose submission is not in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.due import handed_over, reply_due
from pipeline.profile import Profile
from pipeline.records import Reply, Submission
from pipeline.report.meeting import met
from pipeline.report.results import CURRENT, Results, natural

State = Literal["是", "否", "不计", "缺"]
LATE = "X01"
"""The rule that knows of extensions and of limits on holidays: what it lets pass is on time."""
UNCLEAR = 0.9
"""Below this confidence of recognition the audit leaves a scanned letter to a person."""
SOLVED = frozenset({"已解决", "部分解决"})
DEGREES: Mapping[str, State] = {"不满意": "否", "基本满意": "是", "满意": "是"}
NO_UNIT, NO_LABEL, NO_LETTER, NOT_DUE = "（未定）", "未写类别", "未答复", "未答复，期限没到"


@dataclass(frozen=True, slots=True)
class Fact:
    """Whether something holds of an item (是, 否), is not asked of it (不计), or cannot be told (缺), and by what."""

    state: State
    why: str = ""


@dataclass(frozen=True, slots=True)
class Handled:
    """One item: `letters` are its replies (答复), the first one first; `facts` go by the names of `FACTS`."""

    key: str
    submission: Submission | None
    letters: tuple[Reply, ...]
    unit: str
    kind: str
    number: str
    title: str
    source: str
    label: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class _Case:
    submission: Submission | None
    letters: tuple[Reply, ...]
    results: Results
    profile: Profile


def handled(results: Results, *, every_year: bool = False) -> list[Handled]:
    """The items of the present run, or of all years, in the order of submissions; letters without one come last.

    Without the office's rules nothing can be said: none.
    """
    if results.profile is None:
        return []
    letters = [r for r in results.replies if every_year or results.part(r.document_id) in CURRENT]
    answers: dict[str, list[Reply]] = {}
    for reply in letters:
        asked = results.answered(reply)
        for one in (asked, *results.also_answered(reply)) if asked else ():
            answers.setdefault(one.id, []).append(reply)
    known = [s for s in results.submissions if every_year or results.part(s.document_id) == "inbox" or s.id in answers]
    loose = [reply for reply in letters if results.answered(reply) is None and reply.kind == "答复"]
    known.sort(key=lambda s: (s.year or 0, s.kind, natural(s.number), natural(s.source)))
    cases = [_Case(s, _in_order(answers.get(s.id, ())), results, results.profile) for s in known]
    return [_item(case) for case in (*cases, *(_Case(None, (r,), results, results.profile) for r in loose))]


def _in_order(letters: list[Reply] | tuple[()]) -> tuple[Reply, ...]:
    return tuple(sorted((r for r in letters if r.kind == "答复"), key=lambda r: (r.day or date.max, r.source)))


def _item(case: _Case) -> Handled:
    asked, last = case.submission, case.letters[-1] if case.letters else None
    signed = (last.unit or last.unit_text) if last else ""
    cited = next((cite for cite in last.cites if cite.kind), None) if last else None
    label = next((reply.label for reply in reversed(case.letters) if reply.label), "")
    return Handled(
        key=asked.id if asked else last.id if last else "",
        submission=asked,
        letters=case.letters,
        unit=(case.results.lead(asked) if asked else "") or signed or NO_UNIT,
        kind=asked.kind if asked else cited.kind if cited else "不明",
        number=asked.number if asked else last.number if last else "",
        title=asked.title if asked else (cited.title if cited and cited.title else last.title) if last else "",
        source=asked.source if asked else last.source if last else "",
        label=label,
        facts={name: judge(case) for name, judge in FACTS.items()},
    )


def _on_time(case: _Case) -> Fact:
    """答复按时：第一份答复不晚于办理期限，延期的以经同意的说明为准。"""
    handed = handed_over(case.submission, case.profile.clock) if case.submission else None
    if handed is None:
        return Fact("缺", "缺交办日期")
    limit = reply_due(handed, case.profile.clock)
    if not case.letters:
        return Fact("否", f"期限 {limit}，没有答复") if limit < case.results.today else Fact("不计", NOT_DUE)
    first = case.letters[0]
    if first.day is None:
        return Fact("缺", "答复没有日期")
    told = f"期限 {limit}，答复 {first.day}"
    if first.day <= limit:
        return Fact("是", told)
    rule, audit = case.profile.rules.get(LATE), case.results.audit.get(first.id)
    excused = rule and rule.enabled and audit and not any(f.rule == LATE for f in audit.findings)
    return Fact("是", f"{told}，期限顺延或已说明延期") if excused else Fact("否", told)


def _in_form(case: _Case) -> Fact:
    """答复规范：各份答复都没有错误级的格式问题（F 类规则）。"""
    if not case.letters:
        return Fact("不计", NO_LETTER)
    faults: list[str] = []
    for reply in case.letters:
        audit = case.results.audit.get(reply.id)
        if reply.from_register:
            return Fact("不计", "登记表里的答复没有公文格式")
        if audit is None or reply.sure < UNCLEAR:
            return Fact("缺", "答复没有审核，或扫描件识别不清")
        faults += [f.rule for f in audit.findings if f.rule.startswith("F") and f.severity == "error"]
    return Fact("否", "、".join(dict.fromkeys(faults))) if faults else Fact("是")


def _solved(case: _Case) -> Fact:
    """解决：最后一份写明类别的答复，其类别在本地体系里只有已解决、部分解决的意思。"""
    if not case.letters:
        return Fact("不计", NO_LETTER)
    reply = next((one for one in reversed(case.letters) if one.label), None)
    if reply is None:
        return Fact("缺", "答复没有写办理结果类别")
    meanings = case.profile.meanings(reply.label)
    if not meanings:
        return Fact("缺", f"类别“{reply.label}”的含义不明")
    audit = case.results.audit.get(reply.id)
    doubted = "，审核认为类别虚高（L01）" if audit and any(f.rule == "L01" for f in audit.findings) else ""
    return Fact("是" if meanings <= SOLVED else "否", f"{reply.label}：{'、'.join(sorted(meanings))}{doubted}")


def _content(case: _Case) -> Fact:
    """满意：征询意见表或登记表上的满意度是满意或基本满意。"""
    said = case.submission.satisfaction if case.submission else ""
    said = next((r.satisfaction for r in reversed(case.letters) if r.satisfaction), said).strip()
    if not said or case.profile.pattern("满意度答词·没有").search(said):
        return Fact("缺" if case.letters else "不计", "没有满意度反馈" if case.letters else NO_LETTER)
    for degree, state in DEGREES.items():
        if case.profile.pattern(f"满意度答词·{degree}").search(said):
            return Fact(state, said)
    return Fact("缺", f"看不懂满意度“{said}”")


def _seen(case: _Case) -> Fact:
    """见面：答复写明同提出人见过面（面商、走访、座谈、现场察看），电话不算。"""
    if not case.letters:
        return Fact("不计", NO_LETTER)
    for reply in case.letters:
        if found := met(reply.text, case.profile):
            return Fact("是", f"{found.form}{'，' + found.when if found.when else ''}：“{found.quote}”")
    return Fact("否", "答复没有写明见面")


FACTS: Mapping[str, Callable[[_Case], Fact]] = {
    "按时回复": _on_time,
    "规范": _in_form,
    "解决": _solved,
    "满意": _content,
    "见面": _seen,
}
"""What is asked of every item, by name; a function's docstring is the definition that a person reads."""
