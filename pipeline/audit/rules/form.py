"""Rules F: the elements of a letter (domain §5-A, §3-G); they judge whole letters, and of a copy only what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.pairing import title_likeness
from pipeline.audit.reading import Context, Reading
from pipeline.audit.rules import foot
from pipeline.audit.rules.leftover import misnumbered
from pipeline.audit.rules.whole import head, headed, of_heads, of_letters
from pipeline.audit.wording import pattern
from pipeline.figures import number
from pipeline.records import Reply

_TITLE_END = re.compile(r"答复|复函|会办意见|回复|函复")
_SESSION = re.compile(r"届[^。\n]{0,20}次会议|届[^。\n]{0,8}次|20\d\d\s*年")
_NUMBER = re.compile(r"第?\s*[\d〇零一二三四五六七八九十百]+\s*号")
_REFERENCE = re.compile(r"[〔\[［【(（]\s?(20\d\d)\s?[〕\]］】)）]\s?(?:第)?\s?\d+\s?号")
_LABELS = re.compile(
    r"(?:办理结果|办理类别|结果类别|类\s*别|分类)\s*[:：]\s*[“（(]?(?P<said>[A-Da-d甲乙丙丁][^\n]{0,12})"
)
_TOP, _OPENING = 400, 200
_PARTY = re.compile(r"党代|党员代表大会")
_KINDS = (("建议", re.compile(r"人大(?!代表)|人民代表大会")), ("提案", re.compile(r"政协|提案")))


def title(reading: Reading, _: Context) -> Outcome:
    """标题要素：标题写明届次、件号、“建议”或“提案”，以“答复”“复函”或“会办意见”结尾。"""
    above = re.split(r"收悉", head(reading.reply))[0]
    named = re.search(r"建议|提案|议案", above)
    lacks = [
        name
        for name, there in (
            ("届次", _SESSION.search(above)),
            ("件号", _NUMBER.search(_REFERENCE.sub("", above))),
            ("“建议”或“提案”字样", named),
            ("“答复”字样", _TITLE_END.search(above)),
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
    said = _LABELS.search(reading.reply.text[:_TOP])
    letters = re.findall(r"(?<![A-Za-z])[A-D甲乙丙丁](?![A-Za-z])", said["said"].upper()) if said else []
    if len(set(letters)) > 1:
        return Objection("写了不止一个办理结果类别", said.group().strip() if said else "")
    known = {entry.label for entry in context.profile.labels}
    if said and re.match(r"[A-Da-d]\d", said["said"]) and said["said"][:2] not in known:
        return Objection(f"“{said['said'][:2]}”不是本地使用的办理结果类别", said.group().strip())
    if _of_a_co_unit(reading):
        return None
    if not reading.reply.label:
        return Objection("没有标明办理结果类别")
    if reading.reply.label not in known:
        return Objection(f"“{reading.reply.label}”不是本地使用的办理结果类别")
    return None


def publicity(reading: Reading, context: Context) -> Outcome:
    """公开意见：写明是否公开。"""
    said = reading.reply.publicity or pattern(context.profile, "公开词").search(reading.reply.text)
    if said or "公开" in head(reading.reply):
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
    told = re.search(r"等(?P<count>[\d一二两三四五六七八九十百]{1,4})[名位人个]", called)
    count = number(told["count"]) if told else None
    if submission.cosigners and count is not None and count != len(people):
        return Objection(f"联名 {len(people)} 人，称谓写“{reply.addressee}”", reply.addressee)
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
    """What a letter says it answers by its session; a title “关于……的建议” is one of either (§5-A)."""
    at = max(reply.text.find(reply.addressee), 0)
    said = f"{reply.title}{reply.session}{reply.text[at : at + _OPENING]}"
    kinds: set[str] = set() if _PARTY.search(said) else {kind for kind, words in _KINDS if words.search(said)}
    return kinds.pop() if len(kinds) == 1 else ""


def cited(reading: Reading, context: Context) -> Outcome:
    """开头引述：写明所答复的件号和案由，与原件一致。"""
    return misnumbered(reading) or of_letters(opening)(reading, context)


def opening(reading: Reading, context: Context) -> Outcome:
    """The number and the title of what is answered: both are there, and the title is that of the submission."""
    reply, submission = reading.reply, reading.submission
    if not reply.cites and not reply.number:
        return Objection("没有写明所答复的件号和案由", severity=None if headed(reply) else "hint")
    if submission is None:
        return None
    titles = [cite.title for cite in reply.cites if cite.title]
    least = context.threshold("F07", 0.8)
    if titles and submission.title and max(title_likeness(t, submission.title) for t in titles) < least:
        return Objection(f"引述案由与原件《{submission.title}》不一致", titles[0])
    return None


def thanks(reading: Reading, context: Context) -> Outcome:
    """结束语：感谢并请代表委员反馈意见。"""
    words = pattern(context.profile, "结束语", "征询意见表")
    return None if words.search(reading.reply.text) else Objection("没有结束语")


def co_opinion(reading: Reading, _: Context) -> Outcome:
    """会办意见格式：会办意见送主办单位，不直接答复代表委员。"""
    called = reading.reply.addressee
    if _of_a_co_unit(reading):
        return Objection("会办单位的意见应送主办单位，用“会办意见”作标题，不直接答复代表委员", called)
    if reading.reply.kind != "会办意见" or not re.search(r"代表|委员(?!会)", called):
        return None
    return Objection("会办意见应送主办单位，不直接写给代表委员", called)


def _of_a_co_unit(reading: Reading) -> bool:
    """Whether a letter to the asker is signed by a unit that only joins in the handling."""
    reply, submission = reading.reply, reading.submission
    if submission is None or reply.kind != "答复" or not reply.unit or not submission.lead:
        return False
    return reply.unit != submission.lead and reply.unit in submission.co and bool(reply.addressee)


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {
    "F01": of_heads(title),
    "F02": of_heads(reference),
    "F03": of_heads(signer),
    "F04": of_heads(label),
    "F05": of_heads(publicity),
    "F06": of_letters(addressee),
    "F06b": title_of_address,
    "F07": cited,
    "F09": of_letters(thanks),
    "F10": of_letters(foot.signature),
    "F11": of_letters(foot.day),
    "F12": of_letters(foot.contact),
    "F13": of_heads(foot.copies),
    "F14": of_letters(foot.seal),
    "F15": of_heads(foot.opinion_form),
    "F16": co_opinion,
}
