"""The slots of a demand: on whom it is, by when, up to which target (R-SPK-01, R-SPK-02)."""

from __future__ import annotations

import re
from datetime import date

from pipeline.figures import Moment, moments, quantities
from pipeline.mentions import mentions
from pipeline.profile import Profile
from pipeline.text import clauses

_LEAD = (
    r"^(?:同时|此外|另外|今后|下一步|会后|因此|为此|对此|首先|其次|再次|最后|特别是|尤其是|其中)?"
    r"[，、]?(?:希望|要求|请|建议|责成|由)?"
)
_ADVERBS = r"(?:一定|都|也|更|还|又|就|均|首先|特别|同样|一律|继续|同步)*$"
_TIME = r"\d|[一二三四五六七八九十两]个?(?:工作)?[日月天]|每(?:周|月|年|季|半|旬|天|日)"
_OFFICE = (
    r"(?:局|委(?:员?会|(?!员))|(?<![分交承会主督领提重协转催补])办(?![公理法事结复不得的好完了到成])|室|部门|单位|中心|政府|街道|党委|公司|小组|评议组"
    r"|负责人|领导|人员|干部|职工|成员|班子|[镇乡](?!村)|政协(?:常委会|(?!委员|提案))|人大(?:常委会|(?!代表|建议)))"
)
_ACTOR = re.compile(
    _LEAD + rf"(?P<who>(?:(?:各|全|县|市|区|乡|镇|承办|主办|会办|协办|牵头|有关|相关|责任|被|所有|每|政府|其他)"
    rf"(?:(?!{_TIME})[^，。；：的在对于由]){{1,22}}?|大家|我们|同志们)"
    rf"|[一-龥、“”]{{1,20}}?(?:{_OFFICE}|同志|委员|代表|机关|企业|学校|医院))" + _ADVERBS
)
_AT_HEAD = re.compile(
    r"^(?:最后[，,]?)?但?我?(?:希望|请|由|建议|责成)?(?P<who>(?:大家|各位\w{2,4})|(?!对|把|将|从|在|与|向|给|以|通过|按|根据|围绕|结合|为|经|受)"
    rf"(?:[一-龥\d]{{0,12}}?{_OFFICE}(?:[一-龥]{{0,3}}?(?:室|科|股|大队|负责人|成员))*|各[镇乡村])"
    rf"(?:[、和及与][一-龥]{{1,12}}?(?:{_OFFICE}|村))*(?:的?负责同志|的同志)?)"
)
_OF_OFFICE = re.compile(
    "各|有关|相关|[县市区省镇乡全]|承办|主办|会办|协办|牵头|责任|被|受|政府|其他|人大|政协|评议|督查|纪委|大家|所有|广大|这[\\d一二三四五六七八九十]"
)
_BEGIN = re.compile(
    r"^(?:第[一二三四五六七八九十百]{1,4}条[ \u3000]*|"
    r"[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十]+）|[(（]\d+[)）]|\d+[.、．]|第"
    r"[一二三四五六七八九十]+[，、]|首先|其次|再次|最后|同时|此外|其中|也|还|更|又|就"
    r"|都|均|一定)+[，,]?"
)
_NO_ACTOR = re.compile(r"(?:分|交|承|会|主|督|领|提|重|办|经|开|举|续|协|转|催|补)办$|^(?:工作|问题|办理)")
_REACH = re.compile(
    r"^(?:.{0,8}?(?:确保|力争|做到|实现)(?=[一-龥]{2,6}率)|.{0,3}?(?:确保|达到|做到|实现|力争|使得?)(?=.{3})(?!\d))"
)
_RATE_NAME = re.compile(r"(?:[一-龥]{2,8}率、){0,4}[一-龥]{2,8}(?:率|比例)[^，。；\d百]{0,6}$")
_BEFORE_RATE = re.compile(r"^.{0,4}?(?:底前|日前|月前|年内|之前|以内|前|内|事项)(?=.{2,})")
_CYCLE = re.compile(
    r"每年\d{1,2}月(?:底|初|份)?(?:[和、及]\d{1,2}月(?:底|初|份)?)*前?|不(?:得|能)?超过\d+个?(?:工作)?[日天月周年]"
    r"|每(?:个)?(?:半个?月|半年|两周|[一二两三]个月|周|月|旬|季度?|年)(?:[一二三四五六日末初中底]|\d{1,2}[日号]|[一二两]次)?(?:前|内)?(?!个|位|名|件)"
)
_FEAST = re.compile(
    r"[“\"]?(?:元旦|春节|清明|五一|六一|七一|八一|十一|国庆|中秋|两会|汛期|年关|暑假|寒假|开学)[”\"]?(?:来临)?(?:之?前|以前)"
)
_CUE = re.compile(
    r"^.{0,6}?(?:应当?|须|务必|必须|要|可)(?=自|在|从|于|[\d一二两三四五六七八九十])|^.{1,12}?(?=自[^，]{1,12}(?:之日|后|时)起)"
)
_MISSED = re.compile(r"[^，。；,;]{0,4}(?:难以|不能|无法|未能?|没有|没能|办不|完不成|确有困难)[^，。；,;]{0,16}[，,]")
_BARRED = re.compile("防止|避免|严禁|杜绝|切忌|不得|不准")


def actor(head: str, before: str, profile: Profile) -> str:
    """Whom a demand is on: the subject before its cue, else of a clause before, else a unit named there."""
    for clause in (head, *(span.text for span in reversed(clauses(before, "，。！？：,!?:")))):
        who = subject(clause) if clause is head else leader(clause, profile) or subject(clause)
        if who:
            return who
    units = mentions(head, profile)
    return leader(head, profile) or (units[0].text if units else "")


def subject(head: str) -> str:
    """The actor that the words before a cue are, empty where they are something else."""
    match = _ACTOR.match(_BEGIN.sub("", head))
    return match["who"] if match and not _NO_ACTOR.search(match["who"]) else ""


def leader(clause: str, profile: Profile) -> str:
    """The unit or office that a clause without any cue begins with (县政府督查室每月通报一次)."""
    match = _AT_HEAD.match(_BEGIN.sub("", clause))
    if match is None or len(match["who"]) < 2 or _NO_ACTOR.search(match["who"]):
        return ""
    named = _OF_OFFICE.match(match["who"]) or any(unit.start <= 1 for unit in mentions(match["who"], profile))
    return match["who"] if named else ""


def limits(text: str, day: date | None) -> list[str]:
    """The times by which, or how often, a duty is to be done, as worded."""
    found = [(*m.span(), m.group()) for pattern in (_CYCLE, _FEAST) for m in pattern.finditer(text)]
    for moment in moments(text, day):
        apart = all(moment.end <= start or moment.start >= end for start, end, _ in found)
        apart = apart and not _MISSED.match(text, moment.end)
        if apart and _bounds(moment, day) and not (moment.relation == "in" and _BARRED.search(text)):
            found.append((moment.start, moment.end, _CUE.sub("", moment.text)))
    return [wording for _, _, wording in sorted(found)]


def _bounds(moment: Moment, day: date | None) -> bool:
    """Whether a time limits a duty: it says 前 or 内, or is a coming day or month; a year only names a period."""
    if moment.relation == "before" or moment.text.endswith("内"):
        return True
    coming = day is None or moment.last is None or moment.last > day
    dated = moment.relation == "in" or (moment.relation == "from" and moment.text.endswith("起"))
    return dated and moment.strength in {"T5", "T4"} and coming and not moment.text.startswith("今天")


def target(text: str) -> str:
    """The rate to be reached, with its name."""
    for quantity in quantities(text):
        name = _RATE_NAME.search(text[: quantity.start])
        if quantity.kind == "rate" and name:
            return _BEFORE_RATE.sub("", _REACH.sub("", text[name.start() : quantity.end]))
    return ""
