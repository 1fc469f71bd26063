"""Rules P01, P02, P04: is what the letter promises worth anything (domain §5-C, R-REP-02…03)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.audit.attitude import only_attitude
from pipeline.audit.case import Outcome
from pipeline.audit.deadlines import recurs, working_times
from pipeline.audit.passages import Line, Passage
from pipeline.audit.reading import Context, Reading, about, promising
from pipeline.audit.rules.content import work_report
from pipeline.audit.rules.undated import undated
from pipeline.audit.slots import Slots, deeds, only_strives
from pipeline.audit.slots import hanging as condition_of
from pipeline.audit.wording import in_turn, listed, pattern, promises
from pipeline.figures import quantities
from pipeline.profile import Profile
from pipeline.records import Severity

_PLANNED_LABELS = frozenset({"列入计划", "正在解决"})
_NO_ANSWER = frozenset({"未回应", "仅介绍情况"})
_BRIEF = 160
_REST = re.compile(r"[\s（(]*(?:剩下|剩余|其余|余下|另外?|其他)")
_TOLD = re.compile(r"已|[\u4e00-\u9fff]了|累计|据了解|据悉")
_UPKEEP = re.compile(r"继续|持续|[您你]|可以|按照?[^，。；]{2,}要求|位于")
_PROGRESS = re.compile(
    r"(?:将|再|及时|随时)[^，。；]{0,12}(?:通报|反馈|告知|报告|答复)[^，。；]{0,6}(?:进展|结果|情况)"
)
_PENDING = re.compile(
    r"正在?[^，。；已]{0,12}(?:测算|协商|商谈|商量|起草|研究|征求|论证|编制|修订|梳理|谋划|筹措|筹集|比选|酝酿)(?![^，。；]{0,6}的)"
)
"""What is still being talked over or written owes a time of its own, whatever is dated beside it."""
_NAMES = re.compile(r"(?:对于?|关于|针对|就)(?![此照该本]|以上|上述|后续)[^，。；]{2,24}，")
_STRIVING = re.compile(r"研究|争取|考虑|早日|尽快|尽早|适时|逐步|择机|纳入视野|谋划|力争|创造条件|统筹")


def bare_plan(reading: Reading, context: Context) -> Outcome:
    """空头支票：只说“列入计划”“积极争取”，没有方案、步骤、时限、资金中的任何一项。"""
    found = [
        about(line, f"只说“{words}”，没有方案、步骤、时限和资金")
        for passage, slots in promising(reading)
        for line, words in _bare_lines(reading, passage, slots, context)
    ]
    return found[:3] or None


def _bare_lines(reading: Reading, passage: Passage, slots: Slots, context: Context) -> Iterator[tuple[Line, str]]:
    if not slots.bare or slots.condition or "done" in passage.stances or "refused" in passage.stances:
        return
    vague = pattern(context.profile, "空泛词")
    for line in slots.ahead:
        text = line.sentence.text
        planned, empty = listed(text, context.profile), _striving(text, vague)
        strives = (
            empty
            and line.stance != "passed_on"
            and not slots.acts
            and len(reading.answer) <= _BRIEF
            and _nothing_else(reading)
        )
        said = planned or (empty if strives else None)
        if said:
            yield line, said.group()
            return


def _striving(text: str, vague: re.Pattern[str]) -> re.Match[str] | None:
    """The first vague words that put an act off (尽快、研究、争取), not those that only lead in (下一步)."""
    return next((match for match in vague.finditer(text) if _STRIVING.search(match.group())), None)


def _nothing_else(reading: Reading) -> bool:
    """Whether no passage of the letter reports work done, a firm time, or a refusal that could satisfy the asker."""
    return not any(
        (slots.timed and not slots.by_name) or slots.money or passage.stances & {"done", "begun", "refused"}
        for passage, slots in zip(reading.stretches, reading.slots, strict=True)
    )


def no_deadline(reading: Reading, context: Context) -> Outcome:
    """缺时限：承诺办的事没有写明何时办成。"""
    severity: Severity = "error" if reading.meanings & _PLANNED_LABELS else "warn"
    found = []
    for held in promising(reading):
        passage, slots = held
        if slots.by_name and slots.past is None and "refused" not in passage.stances:
            found.append(about(slots.ahead[0], f"只写列入哪一年的计划，没有写明何时办成{slots.besides}", "warn"))
            continue
        if slots.timed or slots.condition or passage.stances & {"done", "refused"}:
            found += [
                about(line, "承诺没有写明完成时限", severity)
                for line in (*_untimed_points(passage, reading, context), *_left_open(held, reading, context))
            ]
            continue
        bare = [line for line, _ in _bare_lines(reading, passage, slots, context)]
        owing = (line for line in slots.ahead if line in bare or _owes_a_time(reading, line, held, context))
        line = next(owing, None)
        if line is not None:
            found.append(about(line, f"承诺没有写明完成时限{slots.besides}", severity))
    nowhere = None if found else undated(reading, context)
    if nowhere is not None:
        found.append(about(nowhere[0], f"承诺没有写明完成时限{nowhere[1].besides}", severity))
    return found[:3] or None


def _untimed_points(passage: Passage, reading: Reading, context: Context) -> Iterator[Line]:
    """The planned lines of points (一是…；二是…) that have no time, reason or result of their own beside dated ones."""
    for point in passage.points():
        text = "".join(line.sentence.text for line in point)
        stances = {line.stance for line in point}
        times = working_times(text, reading.reply.day, context.profile)
        if "planned" not in stances or stances & {"done", "begun", "refused"} or times:
            continue
        if not condition_of(text, context.profile):
            yield next(line for line in point if line.stance == "planned")


def _left_open(held: tuple[Passage, Slots], reading: Reading, context: Context) -> Iterator[Line]:
    """The promises of a stretch that its times are not about: what is left over, or all where they date reports."""
    passage, slots = held
    day, profile = reading.reply.day, context.profile
    dated = {line.sentence.start for line in slots.ahead if working_times(line.sentence.text, day, profile)}
    reported = bool(passage.stances & {"done", "begun"}) and not dated
    for place, line in enumerate(slots.ahead):
        text = line.sentence.text
        if line.sentence.start in dated or condition_of(text, profile):
            continue
        news = line.stance in ("done", "begun") and _PROGRESS.search(text) and not dated
        work = line.stance == "promised" and (reported or _REST.match(text)) and _firm(text, profile)
        goes_on = any(other.sentence.start in dated for other in slots.ahead[place + 1 : place + 2])
        pending = line.stance == "begun" and _PENDING.search(text) and not goes_on
        if news or work or pending:
            yield line


def _firm(text: str, profile: Profile) -> bool:
    """Whether a promise is of a piece of our work: it has an act and an amount, is not told, and does not recur."""
    lists = ("实做词", "步骤词", "措施动词") if _REST.match(text) else ("实做词", "步骤词")
    acts = pattern(profile, *lists).search(deeds(text))
    return bool(acts and quantities(text)) and not (_TOLD.search(text) or recurs(text))


def _owes_a_time(reading: Reading, line: Line, held: tuple[Passage, Slots], context: Context) -> bool:
    """A listed plan, or an act that a stretch promises or has begun; upkeep beside real work does not owe one."""
    passage, slots = held
    if line.stance in ("planned", "passed_on"):
        return line.stance == "planned"
    concrete = slots.acts or slots.money or slots.plan
    if _answers_an_ask(reading, passage):
        return concrete or line.stance == "begun"
    text = line.sentence.text
    owned = _firm(text, context.profile) and not _UPKEEP.search(text)
    owned = owned or (slots.money and not _TOLD.search(text))
    if passage.numbered and slots.acts and (owned or in_turn(text)):
        return line.stance == "promised"
    if any(other.timed for other in reading.slots):
        return False
    return bool(concrete and promises(line.sentence.text, context.profile)) and not only_attitude(reading, context)


def _answers_an_ask(reading: Reading, passage: Passage) -> bool:
    """Whether the stretch is what answers one of the asks, and puts it off; without a submission every one may be."""
    if reading.submission is None:
        return True
    inside = {line.sentence.start for line in passage.lines}
    return any(met.state == "列入计划" and met.start in inside for met in reading.coverage)


def no_measures(reading: Reading, context: Context) -> Outcome:
    """缺措施：只有“高度重视”“加强管理”“积极争取”一类的表态，没有具体做法。"""
    for passage, slots in promising(reading):
        named = _strives_at(slots, context.profile)
        if named is not None:
            return about(named, "只有表态，没有具体措施")
        for line, _ in _bare_lines(reading, passage, slots, context):
            if not slots.acts and pattern(context.profile, "空泛词").search(line.sentence.text):
                return about(line, "只有表态，没有具体措施")
    if reading.forwarded:
        return None
    empty = _empty_answer(reading, context)
    if empty is not None:
        return about(empty, "只有表态，没有具体措施")
    if not (only_attitude(reading, context) or _only_boasts(reading, context)):
        return None
    vague = pattern(context.profile, "空泛词", "态度词")
    lines = [x for p in reading.passages for x in p.lines if vague.search(x.sentence.text)]
    return about(lines[0], "只有表态，没有具体措施") if lines else None


def _strives_at(slots: Slots, profile: Profile) -> Line | None:
    """The last word on a matter that its sentence names (对停车一事，我局将加强管理), if it only strives."""
    line = slots.ahead[-1]
    text = line.sentence.text
    empty = pattern(profile, "空泛词", "态度词").search(text) or _STRIVING.search(text) or "加强" in text
    named = empty and _NAMES.match(text) and not pattern(profile, "转述词").search(text.split("，")[0])
    return line if named and line.stance == "promised" and only_strives(text, profile) else None


def _empty_answer(reading: Reading, context: Context) -> Line | None:
    """A stretch that answers an ask, or a letter that answers none, with nothing ahead but striving."""
    unanswered = bool(reading.coverage) and all(met.state in _NO_ANSWER for met in reading.coverage)
    for passage, slots in promising(reading):
        if slots.condition or not all(only_strives(line.sentence.text, context.profile) for line in slots.ahead):
            continue
        settled = passage.stances & {"done", "begun", "refused", "planned", "passed_on"}
        if unanswered or (slots.bare and not settled and _answers_an_ask(reading, passage)):
            return slots.ahead[0]
    return None


def _only_boasts(reading: Reading, context: Context) -> bool:
    """Whether a report of general work goes on to nothing but good intentions."""
    ahead = [line for slots in reading.slots for line in slots.ahead]
    return work_report(reading, context) is not None and all(not line.acts for line in ahead)


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"P01": bare_plan, "P02": no_deadline, "P04": no_measures}
