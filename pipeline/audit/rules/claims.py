"""Rules P06–P11: who acts, by when it was due, what proves it, why not (domain §5-C, R-REP-04)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.audit.case import Outcome
from pipeline.audit.passages import Line, Passage
from pipeline.audit.reading import Context, Reading, about, promising
from pipeline.audit.wording import finished, pattern, refusal
from pipeline.figures import moments

_SOLVED = frozenset({"已解决"})
_CLAUSE_START = re.compile(r"(?:^|[，。；：、]|由|，各|等)$")
_BRIEF = 80
_FACT = 6
_RESTATES = re.compile(
    r"^\W*(?:关于|对于|针对|对|就|您|你|贵|该建议|此事|经研究|建议|提出)|(?:一事|问题|建议|方面|诉求)$"
)
_STATES = re.compile(r"\d|没有|已[另被经由]|由|仅|只[有剩够]|属于|位于|受|谈到|尚未|还要|困难|不足|缺|紧张|有限|压力")
_IN_CHARGE = re.compile(r"由[^，。；]{2,14}(?:核定|审定|决定|批准|制定|管理|统一|负责)|无权|没有权|权限")
_ORDINAL = re.compile(r"^[\s（(]*(?:第?[一二三四五六七八九十\d]{1,3}[）)、.．，是条])")
_REASON = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:不[清全详明足]|不具体|不完整|不属于|缺[乏少]|不足|过[高大窄短远])[，；、]|(?:^|[，。；：、\s（(])(?:但)?(?:因|由于|鉴于|受|考虑到|之所以)|原因是|因此|所以|因为|(?:按|依|"
    r"据)照?[^，。；]{2,30}(?:规定|要求|标准|条例|法)|[^，。；]{2,12}法[^，。；]{0,8}(?:规定|要求)"
)
_EVIDENCE = re.compile(
    r"[\d〇]+(?:\.\d+)?[\u4e00-\u9fff]?|[一二三四五六七八九十百千]+(?:个|处|盏|台|套|米|公里|户|人|次|座|条|名|块|家|万元)|《"
)
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
    asked = reading.case.asked
    for passage in reading.stretches:
        line = next((line for line in passage.lines if line.stance == "done"), None)
        if line is None or _proved(passage, asked) or (not passage.numbered and _proves_more(reading, passage)):
            continue
        return about(line, "说已办成，但没有日期、地点或结果", "error" if reading.meanings == _SOLVED else None)
    return None


def _proves_more(reading: Reading, passage: Passage) -> bool:
    """Whether the stretch is too long, or only one of several, to be the whole of what is reported."""
    others = [other for other in reading.stretches if other is not passage and other.stances & {"done", "begun"}]
    return len(passage.text) > _BRIEF or any(_EVIDENCE.search(other.text) for other in others)


def _proved(passage: Passage, asked: str) -> bool:
    """Whether a report of work done names a day, an amount or a place that the asker did not name himself."""
    text = _ORDINAL.sub("", passage.heading + passage.text)
    if any(match.group() not in asked for match in _EVIDENCE.finditer(text)):
        return True
    return any(match.group()[-3:] not in asked for match in _PLACED.finditer(text))


def no_reason(reading: Reading, context: Context) -> Outcome:
    """拒绝无理由：说“不能”“无法”“暂不具备”，没有法律、政策、财力或技术上的原因。"""
    bare = unexplained(reading, context)
    if bare is not None:
        line, said = bare
        return about(line, f"说“{said}”，没有写明原因")
    declined = next((pair for pair in _refusals(reading, context) if _only_short_of_money(reading, context)), None)
    if declined is None:
        return None
    return about(declined[1], f"说“{declined[2].group()}”，原因只有一句缺钱，没有数额，也没有替代办法", "warn")


def unexplained(reading: Reading, context: Context) -> tuple[Line, str] | None:
    """The first refusal without a reason, with its words."""
    reasons = pattern(context.profile, "理由词·法律", "理由词·政策", "理由词·财力", "理由词·技术")
    asks = reading.submission.asks if reading.submission else ()
    asked = "".join(ask.text for ask in asks)
    found = (
        (line, said.group())
        for passage, line, said in _refusals(reading, context)
        if not _explained((passage, line, said), reasons, asked)
    )
    return next(found, None)


def _refusals(reading: Reading, context: Context) -> Iterator[tuple[Passage, Line, re.Match[str]]]:
    """The lines that decline to act, with their stretch and words; those that only say who is in charge left out."""
    for passage in reading.stretches:
        for line in passage.lines:
            said = refusal(line.sentence.text, context.profile) if line.stance == "refused" else None
            if said and not (said.group().startswith(("不属", "不在", "非我")) or _no_refusal(line, said)):
                yield passage, line, said


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


def _explained(held: tuple[Passage, Line, re.Match[str]], reasons: re.Pattern[str], asked: str) -> bool:
    """Whether a stretch gives a reason outside the refusing clause itself; a word of the ask alone is none."""
    passage, line, said = held
    text = line.sentence.text
    follows = re.match(r"[^，；。]{0,8}(?:：|，原因|，[主这]要?[是因])", text[said.end() :])
    if follows or _REASON.search(passage.text) or _tells_why(text[: said.start()]):
        return True
    begin = max(text.rfind(mark, 0, said.start()) for mark in "，；。：") + 1
    refusing = re.split(r"[，；。]", text[begin:])[0]
    rest = text[begin + len(refusing) :]
    if any(_IN_CHARGE.search(clause) for clause in re.split(r"[，；。]", rest)):
        return True
    clauses = re.split(r"[，；。]", passage.heading + passage.text.replace(refusing, ""))
    return any(_gives(clause, reasons, asked) for clause in clauses)


def _gives(clause: str, reasons: re.Pattern[str], asked: str) -> bool:
    return any(word.group() not in asked or _STATES.search(clause) for word in reasons.finditer(clause))


def reported_up(reading: Reading, context: Context) -> Outcome:
    """上报无下文：说“已上报”“向上争取”，没有写明向谁、何时、报了什么。"""
    reports = pattern(context.profile, "上报词", "上报补词")
    for passage, slots in zip(reading.stretches, reading.slots, strict=True):
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
    return bool(re.search(r"已|曾|了|正在|多次", said)) and not re.search(
        r"将(?!有关|相关|情况|此|该|其|您|这|问题)|拟|计划|准备", before
    )


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "P06": no_actor,
    "P07": overdue,
    "P09": no_evidence,
    "P10": no_reason,
    "P11": reported_up,
}
