"""What a clerk should see before handing over: wrong genre, missing essentials, own unit, several matters in one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from pipeline import text as texts
from pipeline.records import AskRoute, Submission
from pipeline.route import cues
from pipeline.route.lexicon import Lexicon, plain

SHORT = 80
SOME, FEW = 8, 2
SEVERAL_ASKS = 2
COMPLAINT_WORDS = 2
SIGNS_A_WORD = 300
MOST_QUESTIONS = 3

_PROPER_TITLE = re.compile(r"(建议|提案|议案)(案|书)?[”》）)]*$")
_PLEADING = re.compile(r"请求|要求|反映|恳请")
_OWN = re.compile(r"我家|我的|本人|我们败诉")
_FIELD = re.compile(
    r"(?m)^[^\n：:。，]{0,8}(?:编号|号|届次|代表|代表团|日期|人|界别|委员|时间|单位|电话|类别)[ \u3000]*[：:\t].*$"
)
_PLACE = re.compile(
    r"[一-龥]{1,8}(?:乡|镇|街道|村|社区|路|街|大道|小区|学校|小学|中学|医院|水库|桥|河|组|片区|公园|广场)"
)
_OFFICE = re.compile(r"[局办委会队院所心司门关部府处校行协联]")
_FRAME = re.compile(r"^关于|的?(?:建议|提案|议案)(?:案|书)?$")
_ANYWHERE = re.compile(r"乡村|农村|城镇|乡镇|城乡")
_COUNTED = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:[户口个亩里米年月天次辆台人家座条元斤盏处栋所]|多)")
_PROVERB = re.compile(r"百年大计|千方百计|千家万户|万众一心|[十百千万]年树人")
_QUESTIONS = {
    "地点": "具体在什么地方（哪个乡镇、街道、村或路段）？",
    "事项": "希望办成什么（做什么、做多少、办到什么程度）？",
    "现状": "现在是什么情况、影响了哪些人？",
}


def formal(s: Submission, greetings: Sequence[str]) -> bool:
    """Whether a paper has the form of a 建议 or 提案: by its title, or by several asks without a letter's greetings."""
    if _PROPER_TITLE.search(s.title) or _PROPER_TITLE.search(plain(s.title)):
        return True
    return len(s.asks) >= SEVERAL_ASKS and not any(word in s.text for word in greetings)


def refusal(title: str, length: int, found: cues.Found, row: int) -> str:
    """Why the paper is a complaint, private matter or litigation rather than a 建议 or 提案 (domain §3-E); else empty.

    A title in the proper form may name them (关于畅通投诉渠道的建议), a long proposal on the courts must: there the
    complaining words have to be as dense as in a letter.
    """
    words = found.in_text(row, cues.COMPLAINT)
    titled = found.in_title(row, cues.COMPLAINT) > 0 and not _PROPER_TITLE.search(title)
    if not titled and (words < COMPLAINT_WORDS or words * SIGNS_A_WORD < length):
        return ""
    return "文种不符：像信访、投诉或诉讼事项，不属建议提案受理范围（§3-E），请退回或转信访渠道"


def pleading(title: str, text: str) -> bool:
    """Whether a paper asks for something for its writer rather than proposing it."""
    return bool(_PLEADING.search(title) or _OWN.search(text))


def brief(s: Submission) -> bool:
    """Whether there are but a few lines under the title."""
    return SOME < len(_said(s)) < SHORT


def _said(s: Submission) -> str:
    """What a paper says under its title, without the lines for number, session, names and dates."""
    return _FIELD.sub("", s.text.replace(s.title, "", 1)).strip()


def vague(s: Submission, new: Sequence[str], stopwords: Collection[str]) -> str:
    """Why a brief paper is too general to be handed to anybody (关于重视某项工作); empty where it is not.

    Its title is a word or two, and its lines say nothing of any unit's field (`new`) but what the title says.
    """
    body = _said(s)
    matter = [w for w in texts.words(_FRAME.sub("", plain(s.title))) if len(w) > 1 and w not in stopwords]
    told = [word for word in new if len(word) > 1 and word in plain(body) and not set(word) & set(plain(s.title))]
    somewhere = _COUNTED.search(_PROVERB.sub("", plain(body))) or _PLACE.search(_ANYWHERE.sub("", plain(body)))
    if len(told) > 1 or len(matter) > FEW or somewhere:
        return ""
    return f"事项笼统：只说“{'、'.join(matter) or s.title}”，没有说具体什么事、怎么办，请与提出人联系后再定承办单位"


def wrong_form(title: str, words: Sequence[str]) -> str:
    """The title is that of another kind of paper (请示, 报告); it can be routed all the same."""
    wrong = next((word for word in words if title.strip().endswith(word)), "")
    return f"标题不规范：用了“{wrong}”，应为“关于……的建议（提案）”" if wrong else ""


def questions(s: Submission, routes: Sequence[AskRoute], sure: bool) -> tuple[str, ...]:
    """Up to three questions that would make a vague submission fit to be handled (R-RTE-10)."""
    short, aimless = len(_said(s)) < SHORT, not s.asks or not any(route.lead for route in routes)
    if not short and (sure or not aimless):
        return ()
    missing = {"地点": not _PLACE.search(plain(s.text)), "事项": aimless, "现状": short}
    return tuple(question for name, question in _QUESTIONS.items() if missing[name])[:MOST_QUESTIONS]


def own_unit(s: Submission, names: Lexicon, of_name: Mapping[str, str], lead: str | None) -> str:
    """谁提谁办: the lead is the unit where the proposer works (domain §4.2 rule 22); empty where it is not."""
    signed = plain("\n".join([*s.proposers, *s.cosigners, s.delegation])) if lead else ""
    if not _OFFICE.search(signed) or not any(of_name[name] == lead for name, _, _ in names.places(signed)):
        return ""
    return f"谁提谁办：提出人在{lead}工作，由本单位办理本单位的建议，请核定是否另定主办"


def several(routes: Sequence[AskRoute]) -> str:
    """一事多议: which ask belongs to whom, where they have no common lead."""
    parts = "；".join(f"第{route.ordinal}项属{route.lead}" for route in routes if route.lead)
    return f"一事多议：{parts}"
