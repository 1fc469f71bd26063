"""Rules C01 and C02: whether the letter is about another matter than its submission (domain §5-B, R-REP-01)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.audit.case import Abstention, Objection, Outcome
from pipeline.audit.fields import fields
from pipeline.audit.pairing import title_likeness
from pipeline.audit.places import places
from pipeline.audit.reading import Context, Reading
from pipeline.audit.rules.content import asked_terms, work_report
from pipeline.audit.rules.misfiled import says_another
from pipeline.audit.terms import own_words, shares_a_name, terms, unknown_names
from pipeline.audit.wording import pattern
from pipeline.records import Submission

_ENOUGH = 25
_FOREIGN, _TITLE = 0.2, 0.12
_LIKE, _TIMES, _TIMES_NEAR = 0.06, 2, 4
_OWN_WORDS, _SHARED, _SEVERAL = 4, 0.1, 3
_SURELY, _BARELY = 0.1, 0.05
_SURE_WORDS = 6
_SAME_MATTER = 0.6


def off_topic(reading: Reading, context: Context) -> Outcome:
    """答非所问：答复正文与所提事项无关，地点、对象都对不上。"""
    relevance, submission = reading.likeness.relevance, reading.submission
    if submission is None or relevance is None:
        return Abstention("没有找到所答复的建议、提案，无法核对内容")
    if wrong_item(reading, context) is not None:
        return None
    if reading.forwarded or len(reading.answer) < _ENOUGH or relevance >= context.threshold("C01", 0.65):
        return None
    if _about_it(reading, submission, context, relevance):
        return None
    first = max(reading.body, key=lambda s: len(s.text))
    long = len(own_words(reading.answer, context.profile)) >= _SURE_WORDS
    if not long or not _foreign(reading, submission, context):
        said = "答复里找不到所提事项的字眼，是否答非所问请人工核对"
        return Objection(said, first.text, first.start, first.end, "warn")
    return Objection("答复正文与所提事项无关，疑似答非所问", first.text, first.start, first.end)


def _foreign(reading: Reading, submission: Submission, context: Context) -> bool:
    """Whether an answer without the words of the matter surely is about another: it is of another field."""
    profile = context.profile
    mine, theirs = fields(submission.title + submission.text, profile), fields(reading.answer, profile)
    named = any(name in reading.answer for name in unknown_names(submission.title, profile))
    return bool(mine and theirs) and not mine & theirs and not named


def _about_it(reading: Reading, submission: Submission, context: Context, relevance: float) -> bool:
    """Whether any sign tells that a letter of low relevance is about the matter: words, field, emptiness."""
    asked, title = asked_terms(submission, context), terms(submission.title, context.profile)
    hinted = asked.hints(reading.answer)
    known = terms(reading.answer, context.profile).names(submission.title + submission.text)
    return (
        asked.share_in(reading.answer) >= _FOREIGN
        or title.share_in(reading.answer) >= _TITLE
        or _names_the_matter(reading, context)
        or _says_nothing(reading, context)
        or (hinted and work_report(reading, context) is not None)
        or (relevance >= _SURELY and (hinted or known))
        or (relevance >= _BARELY and title.hints(reading.answer))
    )


def _names_the_matter(reading: Reading, context: Context) -> bool:
    """Whether the answer says a telling word of the title, or too little of its own to be about anything else."""
    submission = reading.submission
    if submission is None or asked_terms(submission, context).names(reading.answer):
        return True
    if shares_a_name(submission.title, reading.answer, context.profile):
        return True
    own = own_words(re.sub(r"https?[:：]\S+|[A-Za-z./]+", "", reading.answer), context.profile)
    asked = submission.title + submission.text
    both = sum(word in asked for word in own)
    return len(own) < _OWN_WORDS or both >= min(_SHARED * len(own), _SEVERAL) or _same_place(submission, reading)


def _same_place(submission: Submission, reading: Reading) -> bool:
    """Whether the answer names a place of the title (团结路、湾里村)."""
    return any(name in reading.answer for names in places(submission.title).values() for name in names)


def _says_nothing(reading: Reading, context: Context) -> bool:
    """Whether the letter only strives, declines or sends elsewhere (信息不全，请详细反映、见链接)."""
    if _asks_for_more(reading, context):
        return True
    lines = [line for passage in reading.passages for line in passage.lines]
    stances = {line.stance for line in lines if line.acts}
    if not stances - {"attitude"}:
        return True
    return bool(stances & {"refused", "passed_on"}) and not stances & {"done", "begun", "planned"}


def _asks_for_more(reading: Reading, context: Context) -> bool:
    """Whether the letter wants more to be told, or leaves all to a page on the web."""
    return "http" in reading.answer or bool(pattern(context.profile, "无从答复词").search(reading.answer))


def wrong_item(reading: Reading, context: Context) -> Outcome:
    """文不对题：这份答复更像是答另一件的，疑似编号或附件弄错。"""
    like = reading.likeness
    if (another := says_another(reading)) is not None:
        return another
    if like.own is None or like.other_index < 0 or reading.forwarded:
        return None
    if _names_the_matter(reading, context) or _asks_for_more(reading, context):
        return None
    margin = context.threshold("C02", 0.1)
    near = reading.submission and terms(reading.submission.title, context.profile).hints(reading.answer)
    foreign = like.other > max(_LIKE, (_TIMES_NEAR if near else _TIMES) * like.own)
    if like.other - like.own <= margin and not foreign:
        return None
    other = context.cases[like.other_index].submission
    if (
        other is None
        or title_likeness(other.title, reading.submission.title if reading.submission else "") > _SAME_MATTER
    ):
        return None
    number = f"第{other.number}号" if other.number else ""
    sure = reading.submission is not None and _foreign(reading, reading.submission, context)
    return Objection(f"答复内容更符合{number}《{other.title}》，疑似张冠李戴", severity=None if sure else "warn")


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"C01": off_topic, "C02": wrong_item}
