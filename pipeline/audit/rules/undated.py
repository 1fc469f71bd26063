"""P02 where no submission says which promise answers it: what a letter promises without a day anywhere."""

from __future__ import annotations

import re

from pipeline.audit.deadlines import names_a_plan, working_times
from pipeline.audit.passages import Line
from pipeline.audit.reading import Context, Reading, promising
from pipeline.audit.slots import Slots, deeds
from pipeline.audit.wording import pattern
from pipeline.figures import Moment
from pipeline.profile import Profile

_FIRM = frozenset({"T2", "T3", "T4", "T5"})
_FORECAST = re.compile(r"(?:预计|计划|拟|力争|争取|确保|将|定)[^，。；]{0,6}$")
_KEEPS = re.compile(r"继续|持续|一如既往|[您你]|(?:^|[，；])(?:今后|以后|将来)?(?:如|若|一旦)(?!实|约|期|下|何|数|同)")
_TO_ASKER = re.compile(r"(?:针对|根据|按照|结合|对于?|就|关于)[^，。；：]*[您你][^，。；：]*[，：]")
_BUILDS = re.compile(r"正在[^，。；]{0,30}(?:建设|施工|改造|修建|安装|铺设)(?=[，。；、中]|工程|$)")
_WILL = re.compile(r"^(?:，|度|内|我[局们县市委办镇乡]|[一-龥]{2,8}?){0,2}(?:将|拟|计划)")
_WAITS = re.compile(r"等待|等候")
_SETTLED = frozenset({"done", "refused"})


def undated(reading: Reading, context: Context) -> tuple[Line, Slots] | None:
    """The first promise of a letter that sets no time at all for any of them; what only goes on owes none."""
    if reading.submission is not None:
        return None
    pairs = list(promising(reading))
    spoken_for = any(slots.condition or slots.regular or slots.past for _, slots in pairs)
    if spoken_for or _says_when(reading, context.profile):
        return None
    settled = any(passage.stances & _SETTLED for passage in reading.passages)
    for _, slots in pairs:
        for line in slots.ahead:
            said = _TO_ASKER.sub("", line.sentence.text)
            idle = _KEEPS.search(said) or _WAITS.search(said)
            if not idle and (not settled or _works(line, context.profile)):
                return line, slots
    return None


def unplanned(reading: Reading, context: Context) -> Line | None:
    """The line of an undated or hanging promise behind which the letter names neither plan nor stage (P03)."""
    if reading.submission is not None:
        return None
    found = undated(reading, context)
    hangs = ((slots.ahead[0], slots) for _, slots in promising(reading) if slots.condition and not slots.timed)
    line, slots = found or next(hangs, (None, None))
    return line if slots is not None and not (slots.plan or slots.named or slots.money or slots.steps) else None


def _works(line: Line, profile: Profile) -> bool:
    """Whether a line promises a piece of work, beside what the letter reports or declines."""
    if line.stance == "begun":
        return bool(_BUILDS.search(line.sentence.text))
    return line.stance == "planned" or bool(pattern(profile, "实做词", "步骤词").search(deeds(line.sentence.text)))


def _says_when(reading: Reading, profile: Profile) -> bool:
    """Whether any line of the letter bounds what is to come."""
    lines = (line for passage in reading.passages for line in passage.lines)
    return any(
        _bounds(moment, line, reading)
        for line in lines
        for moment in working_times(line.sentence.text, reading.reply.day, profile)
    )


def _bounds(moment: Moment, line: Line, reading: Reading) -> bool:
    text, day = line.sentence.text, reading.reply.day
    if moment.strength not in _FIRM or names_a_plan(moment, line):
        return False
    meant = _FORECAST.search(text[: moment.start]) or _WILL.match(text[moment.end :])
    if moment.relation == "before" or moment.strength == "T2" or meant:
        return day is None or moment.last is None or moment.last >= day
    if moment.text.endswith(("内", "底", "末")):
        return day is None or (moment.last or day) >= day
    return day is not None and (moment.first or moment.last or day) > day
