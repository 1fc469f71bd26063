"""Rules P06–P11: who acts, by when it was due, what proves it, why not (domain §5-C, R-REP-04)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Outcome
from pipeline.audit.passages import Line, Passage
from pipeline.audit.reading import Context, Reading, about, promising
from pipeline.audit.wording import finished, pattern, refusal
from pipeline.figures import moments

_SOLVED = frozenset({"已解决"})
_CLAUSE_START = re.compile(r"(?:^|[，。；：、]|由|，各|等)$")
_BRIEF = 80
_SHORT_ITEM, _FACT = 24, 6
_RESTATES = re.compile(
    r"^\W*(?:关于|对于|针对|对|就|您|你|贵|该建议|此事|经研究|建议|提出)|(?:一事|问题|建议|方面|诉求)$"
)
_STATES = re.compile(r"\d|没有|已[另被经由]|由|仅|只[有剩够]|属于|位于|受|谈到|尚未|还要")
_ORDINAL = re.compile(r"^[\s（(]*(?:第?[一二三四五六七八九十\d]{1,3}[）)、.．，是条])")
_REASON = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:不[清全详明足]|不具体|不完整|不属于|缺[乏少]|不足|过[高大窄短远])[，；、]|(?:^|[，。；：、\s（(])(?:但)?(?:因|由于|鉴于|受|考虑到|之所以)|原因是|因此|所以|因为|(?:按|依|"
    r"据)照?[^，。；]{2,30}(?:规定|要求|标准|条例|法)|[^，。；]{2,12}法[^，。；]{0,8}(?:规定|要求)"
)
_EVIDENCE = re.compile(r"[\d〇]|[一二三四五六七八九十百千]+(?:个|处|盏|台|套|米|公里|户|人|次|座|条|名|块|家|万元)|《")
_PLACED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:村|路|街|桥|社区|小区|学校|小学|中学|医院|广场|市场)")


def no_actor(reading: Reading, context: Context) -> Outcome:
    """缺责任主体：办事的只写“有关部门”“上级”，没有点名的单位。"""
    nobody = pattern(context.profile, "空指主体词")
    for _, slots in promising(reading):
        for line in slots.ahead:
            match = nobody.search(line.sentence.text)
            after = line.sentence.text[match.end() :] if match else ""
            before = line.sentence.text[: match.start()] if match else ""
            acts = re.match(r"(?:将|拟|会|负责|应|尽快|加快)", after) or (before.endswith("由") and after)
            if (
                match
                and _CLAUSE_START.search(before)
                and acts
                and not re.search(r"我[局委办镇乡县中]", line.sentence.text)
            ):
                return about(line, f"责任主体只写“{match.group()}”")
    return None


def overdue(reading: Reading, _: Context) -> Outcome:
    """时限已过或矛盾：承诺的时间早于答复日期。"""
    for slots in reading.slots:
        if slots.past is not None:
            line = next(x for x in slots.ahead if slots.past.text in x.sentence.text)
            return about(line, f"承诺时间“{slots.past.text}”早于答复日期 {reading.reply.day}")
    return None


def no_evidence(reading: Reading, _: Context) -> Outcome:
    """完成无证据：说“已解决”“已办结”，没有日期、地点或结果。"""
    item = next((x for p in reading.passages if p.numbered for x in _bare_items(p, reading)), None)
    if item is not None:
        return about(item, "说已办成，但没有日期、地点或结果", "error" if reading.meanings == _SOLVED else None)
    lines = [x for p in reading.passages for x in p.lines if x.stance == "done"]
    whole = "".join(x.sentence.text for p in reading.passages for x in p.lines)
    if (
        not lines
        or len(whole) > _BRIEF
        or _EVIDENCE.search(whole)
        or any(_PLACED.search(x.sentence.text) for x in lines)
    ):
        return None
    return about(lines[0], "说已办成，但没有日期、地点或结果", "error" if reading.meanings == _SOLVED else None)


def _bare_items(passage: Passage, reading: Reading) -> list[Line]:
    """The line of a numbered answer that only says “done”; a place that the asker named proves nothing."""
    text = _ORDINAL.sub("", passage.heading + passage.text)
    asked = reading.submission.title + reading.submission.text if reading.submission else ""
    places = [m.group()[-3:] for m in _PLACED.finditer(text) if m.group()[-3:] not in asked]
    if len(text) > _SHORT_ITEM or places or _EVIDENCE.search(text):
        return []
    return [line for line in passage.lines if line.stance == "done"]


def no_reason(reading: Reading, context: Context) -> Outcome:
    """拒绝无理由：说“不能”“无法”“暂不具备”，没有法律、政策、财力或技术上的原因。"""
    reasons = pattern(context.profile, "理由词·法律", "理由词·政策", "理由词·财力", "理由词·技术")
    for passage in reading.passages:
        for line in passage.lines:
            if line.stance != "refused":
                continue
            said = refusal(line.sentence.text, context.profile)
            if said and (said.group().startswith(("不属", "不在", "非我")) or _no_refusal(line, said)):
                continue
            if said and not _explained(passage, line, said, reasons):
                return about(line, f"说“{said.group()}”，没有写明原因")
            if said and _only_short_of_money(reading, context):
                return about(line, f"说“{said.group()}”，原因只有一句缺钱，没有数额，也没有替代办法", "warn")
    return None


def _only_short_of_money(reading: Reading, context: Context) -> bool:
    """Whether a refusing letter gives no reason but money, no figure, no rule, and nothing done or promised instead."""
    answer = reading.answer
    other = pattern(context.profile, "理由词·法律", "理由词·技术")
    stances = {line.stance for passage in reading.passages for line in passage.lines}
    bare = not re.search(r"[\d.]\s*(?:[千百十]*[万亿])?元|[%％]", answer) and not stances & {
        "done",
        "begun",
        "planned",
        "promised",
    }
    money = re.search(r"资金|经费|财力|财政", answer)
    return bare and bool(money) and len(answer) < _BRIEF and not other.search(answer)


def _no_refusal(line: Line, said: re.Match[str]) -> bool:
    """Whether the words report a measure against others (一律不予受理) or a wish that was granted (缓建已经采纳)."""
    text = line.sentence.text
    clause = re.split(r"[，；。]", text[: said.start()])[-1]
    return bool(re.search(r"一律|一概", clause) or re.match(r"[^，；。]{0,4}已经?(?:采纳|落实|办)", text[said.end() :]))


def _tells_why(before: str) -> bool:
    """Whether a clause before the refusal, in its own sentence, states a fact: an amount, or how things stand."""
    clauses = [c for c in re.split(r"[，；。：]", before)[:-1] if len(c) >= _FACT and not _RESTATES.search(c)]
    return any(_STATES.search(clause) for clause in clauses)


def _explained(passage: Passage, line: Line, said: re.Match[str], reasons: re.Pattern[str]) -> bool:
    """Whether a passage gives a reason outside the refusing words themselves."""
    text = line.sentence.text
    follows = re.match(r"[^，；。]{0,8}(?:：|，原因|，[主这]要?[是因])", text[said.end() :])
    if follows or _REASON.search(passage.text) or _tells_why(text[: said.start()]):
        return True
    refusing = re.split(r"[，；。]", text[said.start() :])[0]
    return bool(reasons.search(passage.heading + passage.text.replace(refusing, "")))


def reported_up(reading: Reading, context: Context) -> Outcome:
    """上报无下文：说“已上报”“向上争取”，没有写明向谁、何时、报了什么。"""
    reports = pattern(context.profile, "上报词", "上报补词")
    for passage, slots in zip(reading.passages, reading.slots, strict=True):
        if slots.timed or slots.money or slots.plan or finished(passage.text, context.profile):
            continue
        for line in passage.lines:
            match = reports.search(line.sentence.text)
            if match and not re.search(r"向|上级|争取|汇报", match.group()):
                continue
            told = _already(line.sentence.text, match) if match else False
            if match and told and not moments(line.sentence.text, reading.reply.day):
                return about(line, f"说“{match.group()}”，没有写明何时、以什么文号上报了什么")
    return None


def _already(sentence: str, match: re.Match[str]) -> bool:
    """Whether the reporting is said to have happened: 已、了、多次 beside it in the same clause."""
    before = re.split(r"[，。；]", sentence[: match.start()])[-1]
    after = re.split(r"[，。；]", sentence[match.end() :])[0]
    said = before[-10:] + match.group() + after[:4]
    return bool(re.search(r"已|曾|了|正在|多次", said)) and not re.search(r"将|拟|计划|准备", before)


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "P06": no_actor,
    "P07": overdue,
    "P09": no_evidence,
    "P10": no_reason,
    "P11": reported_up,
}
