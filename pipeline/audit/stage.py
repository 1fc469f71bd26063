"""The audit of a batch: read every case once, run every enabled rule, pass the gate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pipeline.audit.batch import Portion, portions
from pipeline.audit.case import Abstention, Case, Objection, Outcome
from pipeline.audit.coverage import coverage
from pipeline.audit.forward import forward_only
from pipeline.audit.gate import gate
from pipeline.audit.letter import parts
from pipeline.audit.passages import Passage, passages
from pipeline.audit.reading import Context, Likeness, Reading
from pipeline.audit.result import result
from pipeline.audit.rules import DOUBTS, RULES
from pipeline.audit.slots import slots
from pipeline.audit.stretches import stretches
from pipeline.audit.terms import terms
from pipeline.figures import day_of
from pipeline.profile import Profile, Rule
from pipeline.records import Audit, Coverage, Finding, Reply, Submission, Verdict

_ORDER = {"error": 0, "warn": 1, "hint": 2}
_ENDS = re.compile(
    r"(?<=[。！\s局委办府])[12]\d{3}年\d{1,2}月\d{1,2}日(?=\s*(?:$|\n|网友|你好|您好|[\u4e00-\u9fff]{2,4}(?:代表|委员)))"
)
_LEFT_OUT = "C03"
_RELEVANT = 0.3
_UNCLEAR = 0.9  # measured: at this confidence every tenth character of a scan is wrong


def audit(cases: Sequence[Case], profile: Profile) -> list[Audit]:
    """One `Audit` per case, in order; the batch as a whole feeds C02, C06 and X02 and the weights of words."""
    return [found for portion in portions(cases, profile, len(cases) or 1) for found in audited(portion, profile)]


def audited(portion: Portion, profile: Profile) -> list[Audit]:
    """The audits of a portion's own letters, in order: the same in whatever portions a batch is cut."""
    readings = _Readings(portion, profile)
    compared = (portion.twins, portion.days_of_unit, portion.last_of_unit, portion.kin, portion.latest)
    context = Context(profile, portion.cases, readings, *compared)
    return [_audited(readings[i], context) for i in portion.own]


class _Readings(dict[int, Reading]):
    """The letters of a portion by place, each read when it is first looked at."""

    def __init__(self, portion: Portion, profile: Profile) -> None:
        super().__init__()
        self._portion, self._profile = portion, profile

    def __missing__(self, place: int) -> Reading:
        case, like = self._portion.cases[place], self._portion.likes[place]
        self[place] = _reading(case, like, self._profile)
        return self[place]


def _reading(case: Case, like: Likeness, profile: Profile) -> Reading:
    reply, submission = case.reply, case.submission
    sentences = parts(reply.text, case.asked)
    found = passages(sentences, profile, reply.day)
    cut = found if case.also else stretches(submission, found, profile)
    return Reading(
        case=case,
        sentences=sentences,
        likeness=like,
        passages=found,
        stretches=cut,
        slots=tuple(slots(part, reply.commitments, _written(part, reply), profile, case.asked) for part in cut),
        coverage=_coverage(case, submission, like, found, profile),
        forwarded=forward_only(sentences, profile),
        meanings=profile.meanings(reply.label),
    )


def _coverage(
    case: Case, submission: Submission | None, like: Likeness, found: Sequence[Passage], profile: Profile
) -> tuple[Coverage, ...]:
    """What became of the asks; of a letter that answers several item by item, the item about the submission counts."""
    items, relevant = case.reply.items, (like.relevance or 0.0) >= _RELEVANT
    if submission is None or not case.also:
        return coverage(submission, found, profile, relevant=relevant, day=case.reply.day)
    if len(items) != len(case.also) + 1:
        return coverage(submission, found, profile, relevant=relevant and len(submission.asks) == 1, day=case.reply.day)
    named = terms(submission.title, profile)
    own = max(items, key=lambda item: named.share_in(item.text))
    inside = [p for p in found if p.lines and own.start <= p.lines[0].sentence.start < own.end]
    return coverage(submission, inside, profile, relevant=relevant, day=case.reply.day)


def _written(passage: Passage, reply: Reply) -> date | None:
    """The day of the reply that holds a passage: of several pasted into one text, the next date that ends one."""
    if reply.day is None or not passage.lines:
        return reply.day
    end = _ENDS.search(reply.text, passage.lines[0].sentence.start)
    own = day_of(end.group()) if end else None
    return min(own, reply.day) if own else reply.day


def _audited(reading: Reading, context: Context) -> Audit:
    if reading.reply.sure < _UNCLEAR:
        return _unclear(reading)
    findings: list[Finding] = []
    doubts = [doubt(reading, context) for doubt in DOUBTS]
    abstained = [doubt.reason for doubt in doubts if isinstance(doubt, Abstention)]
    for rule_id, rule in RULES.items():
        setting = context.profile.rules.get(rule_id)
        if setting is not None and setting.enabled:
            _collect(rule(reading, context), setting, reading.case, (findings, abstained))
    further = list(_further(reading, context.profile))
    if (setting := context.profile.rules.get(_LEFT_OUT)) is not None and setting.enabled:
        for other in further:
            _collect(_named(other, RULES[_LEFT_OUT](other, context)), setting, reading.case, (findings, abstained))
    findings.sort(key=lambda finding: (_ORDER[finding.severity], finding.rule, finding.start))
    reasons = tuple(dict.fromkeys(abstained))
    outcome = gate(findings, reasons, context.profile.gate)
    said = result(reading, context.profile) or ""
    verdict = Verdict(reading.reply.id, outcome, reading.likeness.relevance, reasons, said)
    submission_id = reading.submission.id if reading.submission else None
    met = (replace(one, submission_id=r.case.submission.id) for r in further if r.case.submission for one in r.coverage)
    covered = (replace(one, quote=reading.case.printed[one.start : one.end]) for one in (*reading.coverage, *met))
    return Audit(reading.reply.id, submission_id, verdict, tuple(findings), tuple(covered))


def _further(reading: Reading, profile: Profile) -> Iterator[Reading]:
    """The letter as the answer to each further submission, for what it leaves out of them."""
    for submission in reading.case.also:
        met = _coverage(reading.case, submission, reading.likeness, reading.passages, profile)
        yield replace(reading, case=Case(reading.reply, submission), coverage=met)


def _named(reading: Reading, outcome: Outcome) -> Outcome:
    """The objection with the submission that it is about."""
    if not isinstance(outcome, Objection) or reading.submission is None:
        return outcome
    number = f"第{reading.submission.number}号" if reading.submission.number else ""
    return replace(outcome, message=f"{number}《{reading.submission.title}》{outcome.message}")


def _unclear(reading: Reading) -> Audit:
    """A scan too poor to judge: no findings, a person has to look at it (§5-B)."""
    reply, submission = reading.reply, reading.submission
    reason = f"答复是扫描件，文字识别把握低（{reply.sure:.2f}），请对照原件核对"
    verdict = Verdict(reply.id, "建议抽检", None, (reason,))
    return Audit(reply.id, submission.id if submission else None, verdict, (), ())


def _collect(outcome: Outcome, setting: Rule, case: Case, found: tuple[list[Finding], list[str]]) -> None:
    reply, printed = case.reply, case.printed
    findings, abstained = found
    if isinstance(outcome, Abstention):
        abstained.append(outcome.reason)
        return
    objections = outcome if isinstance(outcome, list) else [outcome] if outcome is not None else []
    for objection in objections:
        start = objection.start if objection.start >= 0 else reply.text.find(objection.quote) if objection.quote else -1
        findings.append(
            Finding(
                reply_id=reply.id,
                rule=setting.id,
                severity=objection.severity or setting.severity,
                message=objection.message,
                quote=printed[start : start + len(objection.quote)] if start >= 0 else "",
                start=start,
                end=start + len(objection.quote) if start >= 0 else -1,
                remedy=setting.remedy,
            )
        )
