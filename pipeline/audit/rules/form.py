"""Rules F: the elements of a letter (domain §5-A, §3-G); they judge whole letters, never a cell or web copy."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.pairing import title_likeness
from pipeline.audit.reading import Context, Reading
from pipeline.audit.wording import pattern
from pipeline.records import Reply

_WEB = re.compile(r"网友|留言(?:已)?收悉|来信人|UU\d|发布日期|发布时间|来源[：:]|浏览次数")
_TITLE_END = re.compile(r"答复|复函|会办意见|回复|函复")
_SESSION = re.compile(r"届[^。\n]{0,20}次会议|届[^。\n]{0,8}次|20\d\d\s*年")
_NUMBER = re.compile(r"第?\s*[\d〇零一二三四五六七八九十百]+\s*号")
_REFERENCE = re.compile(r"[〔\[［【(（]\s?(20\d\d)\s?[〕\]］】)）]\s?(?:第)?\s?\d+\s?号")
_HEAD_LINES = 6
_MARKS = 2


def whole(reply: Reply) -> bool:
    """Whether the text is a letter with its form, so that a missing element is a fault and not a matter of copying."""
    if reply.from_register or _WEB.search(reply.text[:400]):
        return False
    marks = (
        reply.reference,
        reply.addressee,
        reply.label,
        reply.signer,
        reply.contact,
        reply.copied_to,
        reply.day_text,
    )
    return sum(bool(mark) for mark in marks) + bool(_TITLE_END.search(_head(reply))) > _MARKS


def _head(reply: Reply) -> str:
    lines = [line.strip() for line in reply.text.splitlines() if line.strip()]
    ends = next((i for i, line in enumerate(lines) if line.endswith(("：", ":"))), len(lines))
    return "".join(lines[: min(_HEAD_LINES, ends)])


def title(reading: Reading, _: Context) -> Outcome:
    """标题要素：标题写明届次、件号、“建议”或“提案”，以“答复”“复函”或“会办意见”结尾。"""
    head = re.split(r"收悉", _head(reading.reply))[0]
    named = re.search(r"建议|提案|议案", head)
    lacks = [
        name
        for name, there in (
            ("届次", _SESSION.search(head)),
            ("件号", _NUMBER.search(_REFERENCE.sub("", head))),
            ("“建议”或“提案”字样", named),
            ("“答复”字样", _TITLE_END.search(head)),
        )
        if not there
    ]
    return Objection(f"标题缺少{'、'.join(lacks)}") if lacks else None


def reference(reading: Reading, _: Context) -> Outcome:
    """发文字号：有文号，年份与答复年份一致。"""
    reply = reading.reply
    match = _REFERENCE.search(reply.reference or reply.text[:200])
    if match is None:
        return Objection("没有发文字号")
    if reply.day is not None and int(match.group(1)) != reply.day.year:
        return Objection(f"文号年份 {match.group(1)} 与答复日期 {reply.day.year} 年不一致", match.group())
    return None


def signer(reading: Reading, _: Context) -> Outcome:
    """签发人：首页写明签发人。"""
    return None if reading.reply.signer or "签发" in reading.reply.text else Objection("没有写明签发人")


def label(reading: Reading, context: Context) -> Outcome:
    """办理结果类别：写明一个类别，并且是本地使用的。"""
    if not reading.reply.label:
        return Objection("没有标明办理结果类别")
    known = {entry.label for entry in context.profile.labels}
    if reading.reply.label not in known:
        return Objection(f"“{reading.reply.label}”不是本地使用的办理结果类别")
    return None


def publicity(reading: Reading, context: Context) -> Outcome:
    """公开意见：写明是否公开。"""
    said = reading.reply.publicity or pattern(context.profile, "公开词").search(reading.reply.text)
    if said or "公开" in _head(reading.reply):
        return None
    return Objection("没有写明是否公开")


def addressee(reading: Reading, _: Context) -> Outcome:
    """称谓与提出人：称谓写提出人姓名，联名的写“等几名”，人数与名单一致。"""
    reply, submission = reading.reply, reading.submission
    if reply.kind == "会办意见":
        return None
    if not reply.addressee:
        return Objection("没有写称谓（提出人姓名）")
    if submission is None or not submission.proposers:
        return None
    people = (*submission.proposers, *submission.cosigners)
    called = re.sub(r"\s", "", reply.addressee)
    if not any(re.sub(r"\s", "", name) in called or called in name for name in people if len(name) > 1):
        return Objection(f"称谓“{reply.addressee}”与提出人“{people[0]}”不符", reply.addressee)
    if len(people) > 1 and "等" not in called and not all(name in called for name in people):
        return Objection(f"联名 {len(people)} 人，称谓只写“{reply.addressee}”", reply.addressee)
    return None


def title_of_address(reading: Reading, _: Context) -> Outcome:
    """代表委员称谓：人大建议称“代表”，政协提案称“委员”。"""
    called = reading.reply.addressee
    kind = reading.submission.kind if reading.submission else _cited_kind(reading.reply)
    if kind == "建议" and re.search(r"委员(?!会)", called) and "代表" not in called:
        return Objection("人大建议的提出人应称“代表”，写成了“委员”", called)
    if kind == "提案" and "代表" in called and not re.search(r"委员(?!会)", called):
        return Objection("政协提案的提出人应称“委员”，写成了“代表”", called)
    return None


def _cited_kind(reply: Reply) -> str:
    kinds = {"提案" if "提案" in cite.kind else "建议" for cite in reply.cites if cite.kind}
    return kinds.pop() if len(kinds) == 1 else ""


def opening(reading: Reading, context: Context) -> Outcome:
    """开头引述：写明所答复的件号和案由，与原件一致。"""
    reply, submission = reading.reply, reading.submission
    if not reply.cites and not reply.number:
        return Objection("没有写明所答复的件号和案由")
    if submission is None:
        return None
    numbers = {_digits(cite.number) for cite in reply.cites if cite.number} or {_digits(reply.number)}
    if submission.number and numbers - {""} and _digits(submission.number) not in numbers:
        return Objection(f"引述件号与原件第{submission.number}号不一致")
    titles = [cite.title for cite in reply.cites if cite.title]
    least = context.threshold("F07", 0.8)
    if titles and submission.title and max(title_likeness(t, submission.title) for t in titles) < least:
        return Objection(f"引述案由与原件《{submission.title}》不一致", titles[0])
    return None


def _digits(number: str) -> str:
    return "".join(re.findall(r"\d", number)).lstrip("0")


def thanks(reading: Reading, context: Context) -> Outcome:
    """结束语：感谢并请代表委员反馈意见。"""
    words = pattern(context.profile, "结束语", "征询意见表")
    return None if words.search(reading.reply.text) else Objection("没有结束语")


def signature(reading: Reading, context: Context) -> Outcome:
    """落款单位：落款为主办单位全称，不用内设科室名义。"""
    reply, submission = reading.reply, reading.submission
    if not reply.unit_text and not reply.unit:
        return Objection("没有落款单位")
    if re.search(r"(?:[股科]|(?<!办公)室|中队)$", reply.unit_text):
        return Objection(f"落款“{reply.unit_text}”是内设机构，应以单位名义答复", reply.unit_text)
    if not reply.unit:
        return None
    government = pattern(context.profile, "政府落款词").search(reply.unit_text)
    known = {unit.name for unit in context.profile.units}
    if submission and submission.lead in known and submission.lead != reply.unit and not government:
        return Objection(f"落款单位与主办单位“{submission.lead}”不一致", reply.unit_text)
    return None


def day(reading: Reading, _: Context) -> Outcome:
    """落款日期：写明年月日，不早于交办日。"""
    reply, submission = reading.reply, reading.submission
    if reply.day is None:
        return Objection("没有落款日期")
    if submission and submission.handed_over and reply.day < submission.handed_over:
        return Objection(f"落款日期早于交办日期 {submission.handed_over}", reply.day_text)
    return None


def contact(reading: Reading, _: Context) -> Outcome:
    """联系人电话：写明联系人和电话，号码位数正确。"""
    reply = reading.reply
    lacks = [name for name, there in (("联系人", reply.contact), ("联系电话", reply.phone)) if not there]
    if lacks:
        return Objection(f"没有写明{'和'.join(lacks)}")
    digits = re.sub(r"[^\d*×xX]", "", reply.phone)
    return Objection(f"电话号码“{reply.phone}”位数不对", reply.phone) if digits and len(digits) < 7 else None


def copies(reading: Reading, _: Context) -> Outcome:
    """抄送：建议抄送人大，提案抄送政协。"""
    return None if reading.reply.copied_to or "抄送" in reading.reply.text else Objection("没有抄送单位")


def opinion_form(reading: Reading, context: Context) -> Outcome:
    """征询意见表：随文附送或在文中说明。"""
    words = pattern(context.profile, "征询意见表")
    if reading.reply.kind == "会办意见" or words.search(reading.reply.text):
        return None
    return Objection("没有附征询意见表，也没有提到")


def co_opinion(reading: Reading, _: Context) -> Outcome:
    """会办意见格式：会办意见送主办单位，不直接答复代表委员。"""
    called = reading.reply.addressee
    if reading.reply.kind != "会办意见" or not re.search(r"代表|委员(?!会)", called):
        return None
    return Objection("会办意见应送主办单位，不直接写给代表委员", called)


def _of_letters(rule: Callable[[Reading, Context], Outcome]) -> Callable[[Reading, Context], Outcome]:
    """The rule, silent on co-unit opinions and where the text is a copy without its form."""

    def guarded(reading: Reading, context: Context) -> Outcome:
        judged = reading.reply.kind == "答复" and whole(reading.reply)
        return rule(reading, context) if judged else None

    guarded.__doc__ = rule.__doc__
    return guarded


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "F01": _of_letters(title),
    "F02": _of_letters(reference),
    "F03": _of_letters(signer),
    "F04": _of_letters(label),
    "F05": _of_letters(publicity),
    "F06": _of_letters(addressee),
    "F06b": title_of_address,
    "F07": _of_letters(opening),
    "F09": _of_letters(thanks),
    "F10": _of_letters(signature),
    "F11": _of_letters(day),
    "F12": _of_letters(contact),
    "F13": _of_letters(copies),
    "F15": _of_letters(opinion_form),
    "F16": co_opinion,
}
