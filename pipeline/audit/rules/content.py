"""Rules C: does the letter answer what was asked (domain §5-B, R-REP-01)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.asked import to_do
from pipeline.audit.case import Abstention, Objection, Outcome
from pipeline.audit.pairing import title_likeness
from pipeline.audit.reading import Context, Reading
from pipeline.audit.terms import Terms, shares_a_name, terms
from pipeline.audit.wording import elsewhere, pattern
from pipeline.figures import quantities
from pipeline.records import Submission

_NAMES = 0.2
_COPIED = 60
_REPORT = 60
_BRIEF = 150
_ALIKE_WORDS = 0.4
_BOASTING = 0.35
_SAME_MATTER = 0.6
_TOTALS = re.compile(r"全[县市区州年省]|[我本][县市区州]|20\d\d年|今年以来|累计|同比|先后|强化|加强")


def asked_terms(submission: Submission, context: Context) -> Terms:
    """The telling words of a submission's title and asks."""
    return terms(submission.title + "".join(ask.text for ask in submission.asks), context.profile)


def left_out(reading: Reading, context: Context) -> Outcome:
    """漏答：有诉求在答复中没有回应。"""
    if reading.submission is not None and not reading.coverage:
        return Abstention("建议、提案没有列出具体诉求，无法逐条核对")
    if reading.submission is None or reading.forwarded or reading.reply.kind == "会办意见":
        return None
    asks = {ask.ordinal: ask for ask in reading.submission.asks}
    missing = [c.ordinal for c in reading.coverage if c.state == "未回应"]
    if not missing:
        return None
    named = "；".join(f"第{o}条“{asks[o].text[:30].rstrip('。；')}”" for o in missing[:4])
    acts = [o for o in missing if to_do(asks[o], reading.submission, context.profile)]
    if not acts:
        return Objection(f"没有回应：{named}", severity="hint")
    heavy = len(acts) >= context.threshold("C03", 0.5) * len(reading.coverage) and not _mostly_met(reading, missing)
    if heavy and len(missing) == len(reading.coverage) and _speaks_of_the_title(reading, context):
        heavy = False
    return Objection(f"没有回应：{named}", severity="error" if heavy else "warn")


def _mostly_met(reading: Reading, missing: list[int]) -> bool:
    """Whether a letter that says what becomes of the other asks leaves a single one open."""
    met = [one for one in reading.coverage if one.state not in ("未回应", "仅介绍情况")]
    return len(missing) == 1 and bool(met)


def _speaks_of_the_title(reading: Reading, context: Context) -> bool:
    """Whether a letter acts on the matter of the title though no ask is met: then the asks may be misread."""
    firm = any(passage.stances & {"done", "begun", "refused"} for passage in reading.passages)
    title = reading.submission.title if reading.submission else ""
    named = terms(title, context.profile).names(reading.answer) or shares_a_name(title, reading.answer, context.profile)
    return firm and named


def work_report(reading: Reading, context: Context) -> Outcome:
    """总结式答复：大部分篇幅讲面上工作，不讲所提的地点和对象。"""
    if reading.submission is None or reading.forwarded or len(reading.answer) < _REPORT:
        return None
    asked = asked_terms(reading.submission, context)
    general = [s for s in reading.body if asked.share_in(s.text) < _NAMES]
    unmet = bool(reading.coverage) and all(one.state == "未回应" for one in reading.coverage)
    reports = [s for s in general if _boasts(s.text, context) or (unmet and _totals(s.text))]
    size = sum(len(s.text) for s in general)
    if not reports or size < context.threshold("C05", 0.6) * len(reading.answer):
        return None
    if sum(len(s.text) for s in reports) < _BOASTING * len(reading.answer):
        return None
    first = max(reports, key=lambda s: len(s.text))
    return Objection("大部分是面上工作总结，没有落到所提的地点和对象", first.text, first.start, first.end)


def _boasts(text: str, context: Context) -> bool:
    """Whether a sentence has two words of any yearly report."""
    return len(set(pattern(context.profile, "总结词").findall(text))) > 1


def _totals(text: str) -> bool:
    """Whether a sentence gives totals of the whole place or year."""
    return bool(_TOTALS.search(text)) and len(quantities(text)) > 1


def stock_text(reading: Reading, context: Context) -> Outcome:
    """套话复用：同一份文字用来答复不同的事。"""
    for index in context.twins.get(reading.reply.id, ()):
        other = context.cases[index]
        if not reading.submission or not other.submission:
            continue
        if not _same_matter(reading.submission, other.submission, context):
            return Objection(f"与《{other.submission.title}》的答复几乎相同")
    return None


def _same_matter(left: Submission, right: Submission, context: Context) -> bool:
    """Whether two submissions ask about one thing: like titles, or the title of one said in the text of the other."""
    if title_likeness(left.title, right.title) >= _SAME_MATTER:
        return True
    shares = (terms(a.title, context.profile).share_in(b.text) for a, b in ((left, right), (right, left)))
    return max(shares) >= _ALIKE_WORDS


def passed_on(reading: Reading, context: Context) -> Outcome:
    """推转：把事情推给别的单位，没有自己协调办理的情况。"""
    said = [s for s in reading.sentences if s.part in ("body", "opening", "closing")]
    if not said:
        return None
    first = max(reading.body or said, key=lambda s: len(s.text))
    if reading.forwarded:
        return Objection("只写已转办或请找别处，没有办理意见", first.text, first.start, first.end)
    acts = any(p.stances & {"done", "begun", "planned", "promised"} for p in reading.passages)
    if acts or len(reading.answer) > _BRIEF:
        return None
    together = pattern(context.profile, "协调词")
    for sentence in reading.body:
        if elsewhere(sentence.text, context.profile) and not together.search(reading.reply.text):
            return Objection("把事情推给别的单位，没有协调办理", sentence.text, sentence.start, sentence.end)
    return None


def copied(reading: Reading, context: Context) -> Outcome:
    """照抄原文：以复述建议原文代替答复。"""
    quoted = [s for s in reading.sentences if s.part == "quote"]
    size, whole = (
        sum(len(s.text) for s in quoted),
        sum(len(s.text) for s in reading.sentences if s.part in ("quote", "body")),
    )
    if size < _COPIED or size < context.threshold("C10", 0.3) * whole:
        return None
    first = max(quoted, key=lambda s: len(s.text))
    return Objection(f"正文约 {size * 100 // whole}% 是建议原文", first.text, first.start, first.end)


def unseen(reading: Reading, context: Context) -> Outcome:
    """内容在附件里，附件没有提供：无法判断。"""
    match = pattern(context.profile, "附件词").search(reading.answer)
    return Abstention("答复内容在附件中，附件未提供") if match and len(reading.answer) < 200 else None


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "C03": left_out,
    "C05": work_report,
    "C06": stock_text,
    "C08": passed_on,
    "C10": copied,
}
