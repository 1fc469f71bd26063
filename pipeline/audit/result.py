"""What a whole letter comes to, told from its text alone and in the words of result labels (domain §3-F, R-REP-12)."""

from __future__ import annotations

from pipeline.audit.passages import Passage
from pipeline.audit.reading import Reading
from pipeline.audit.slots import Slots
from pipeline.audit.wording import pattern
from pipeline.profile import Meaning, Profile


def result(reading: Reading, profile: Profile) -> Meaning | None:
    """The result that the letter reports, beside the label that it prints; None where it reports none or passes on."""
    if reading.forwarded:
        return None
    pairs = list(zip(reading.stretches, reading.slots, strict=True))
    told = {_of(passage, slots) for passage, slots in pairs} - {None}
    if _kept(reading, profile) and told <= {"列入计划", "不能解决"}:
        return "作参考"
    if "不能解决" in told and len(told) > 1:
        return "部分解决" if told & {"已解决", "正在解决"} or len(reading.stretches) > 1 else "不能解决"
    if "已解决" in told and told & {"正在解决", "列入计划"}:
        return "正在解决"
    order: tuple[Meaning, ...] = ("不能解决", "正在解决", "列入计划", "已解决")
    return next((meaning for meaning in order if meaning in told), None)


def _of(passage: Passage, slots: Slots) -> Meaning | None:
    """What one stretch comes to: declined first, then what is still to come, then what is done."""
    stances = passage.stances
    if "refused" in stances:
        return "不能解决"
    acting = [line for line in slots.ahead if line.acts and line.stance != "passed_on"]
    if "done" in stances:
        return "正在解决" if slots.timed and acting else "已解决"
    if "begun" in stances:
        return "正在解决"
    return "列入计划" if acting or (slots.ahead and "passed_on" not in stances) else None


def _kept(reading: Reading, profile: Profile) -> bool:
    """Whether the letter keeps the matter in mind for later and does no more."""
    return bool(pattern(profile, "作参考词").search(reading.answer))
