"""Rule P03: does a promise say in which steps, by what plan or through whom it is kept (domain §5-C)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Outcome
from pipeline.audit.deadlines import working_times
from pipeline.audit.passages import Line, Passage
from pipeline.audit.reading import Context, Reading, about, promising
from pipeline.audit.rules.commitments import bare_plan
from pipeline.audit.rules.undated import unplanned
from pipeline.audit.slots import Slots, only_strives
from pipeline.audit.wording import pattern
from pipeline.mentions import mentions

_OWNER = re.compile(
    r"责任(?:单位|科室|股室|人)|负责|牵头|经办人|承办人|盯办|跟进|由(?!有关|相关|各)[^，。；]{2,20}(?:实施|承担|组织|落实)|[\u4e00-\u9fff]{1,6}股(?!份|权|东)"
)
_SECTION = re.compile(
    r"(?:由|[我本][局委办县社院会镇乡站]|请)[^，。；由\d把将在对]{1,14}(?:科|室|队|所|站|中心|专班|小组|老师|社区|村|镇|乡|公司|物业|业主)"
)
_BODY = r"(?:^|[，。；：、])(?![我本])[^，。；：、的在到从把]{2,14}(?:局|站|所|队|中心|公司|社区|镇|乡|街道|政府|学校)"
_MEANS = re.compile(
    r"先(?![^。]*再[定说议看])[^，。；]{2,}|首批|第一|招标|图纸|图样|设计|选址|规划|摸底|方案|申报|采购|自[办筹]|[列纳]入|"
    r"(?:从|用|利用|通过|采用|采取|改用|派|责令|督促|委托|承诺)[\u4e00-\u9fff\d]{2,}|每[周月季条户]|同步"
)
_OPEN = re.compile(r"已|正在|[一-龥]了|日起|月起|年起")
_EFFORT = re.compile(r"逐步|不断|进一步|持续|以内|之内")
_DAYS = frozenset({"T4", "T5"})


def no_steps(reading: Reading, context: Context) -> Outcome:
    """缺步骤方案：列入计划的事没有阶段、项目或方案名称，也没有责任科室。"""
    for passage, slots in promising(reading):
        if not ("done" in passage.stances or slots.bare or _supported(passage, slots)):
            line = next((line for line in slots.ahead if line.stance == "planned"), None)
            if line is not None:
                return about(line, "列入计划但没有写明方案、步骤或责任科室")
        line = _only_dated(passage, slots, reading, context)
        if line is not None:
            return about(line, "只写了完成时间，没有写明方案、步骤或责任科室")
    line = None if bare_plan(reading, context) else unplanned(reading, context)
    return about(line, "没有写明方案、步骤或责任科室") if line is not None else None


def _supported(passage: Passage, slots: Slots) -> bool:
    paid = slots.timed and slots.money
    return slots.plan or slots.steps or paid or bool(_OWNER.search(passage.text))


def _only_dated(passage: Passage, slots: Slots, reading: Reading, context: Context) -> Line | None:
    """The one promise of a stretch that has a day and nothing else: no stage, plan, means, section or other unit."""
    if len(slots.ahead) != 1 or slots.plan or slots.steps or slots.condition or "refused" in passage.stances:
        return None
    [line] = slots.ahead
    text = line.sentence.text
    firm = [m for m in working_times(text, reading.reply.day, context.profile) if m.strength in _DAYS]
    limited = len(firm) == 1 and firm[0].relation == "before" and slots.timed and slots.past is None
    if line.stance != "promised" or not limited or only_strives(text, context.profile):
        return None
    if _OPEN.search(text) or _MEANS.search(text) or _EFFORT.search(text):
        return None
    return None if _entrusted(passage, reading, context) else line


def _entrusted(passage: Passage, reading: Reading, context: Context) -> bool:
    """Whether a section, a person, another unit, or somebody who is nobody (P06) is said to do it."""
    text = passage.text
    nobody = pattern(context.profile, "空指主体词")
    agent = re.search(rf"{_BODY}(?=\d|今年|明年|年底|{pattern(context.profile, '措施动词', '实做词').pattern})", text)
    others = (found for found in mentions(text, context.profile) if found.unit != reading.reply.unit)
    return bool(_OWNER.search(text) or _SECTION.search(text) or nobody.search(text) or agent) or any(others)


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"P03": no_steps}
