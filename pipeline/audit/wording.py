"""Wording lists of the profile as patterns, and how a sentence of a letter stands to the matter."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Literal

from pipeline.figures import Moment, moments
from pipeline.profile import Profile

Stance = Literal["done", "begun", "planned", "promised", "refused", "passed_on", "attitude", "facts"]

_TO_DO = re.compile(
    r"^.{0,16}?(?:解决|落实|满足您|实现|实施|恢复|考虑|办理|批准|审批|同意|立项|拓宽|硬化|执行|受理|处理|推进|责令|决定|干预|强制|取消|恢复|降低|提高|下调|上调|放开|安排|采纳|增设|开展|支持|提供|给予|报销|列入|纳入|调整|延长|开通|受理|实行|设置|规划|安装|改造|划定|施划|配备|补助|承担|组织|划拨|放宽|发放|修|建|设|[办做](?=[，。；]|$))"
)
_NOT_OURS = re.compile(
    r"(?:导致|造成|致使|使得|如果|如|若|对于|凡|之前|此前|过去|以往|长期|避免|防止|就|仍|确保|坚决|决|绝)[^，。；]{0,14}$"
)
_OF_THE_PROBLEM = re.compile(
    r"^[^，。；]{0,16}(?:的问题|的情况|的现象|的难题|的困难|的(?:群众|居民|学生|单位|企业|人员|，)|问题)|"
    r"^(?:满足(?!您)|适应|达到|承载)"
)
_UNDERWAY = re.compile(
    r"(?:正在|正(?![常式规确面当义中负])(?=[按抓]|[\u4e00-\u9fff]{0,6}(?:施工|建设|推进|组织|开展|办理|编制|进行))|(?:已|现已|"
    r"已经)[^，。；]{0,8}(?:开工|启动|动工|着手|立项|开始|进场)|在建|施工中|建设中)"
)
_NEGATED = re.compile(
    r"(?:未|尚未|没有|还没|不|待|预计|将|计划|力争|争取|确保|(?<![目此])前|(?<!先)后|拟|可|达到|直至)[^，。；]{0,6}$"
)
_UNDONE = re.compile(r"(?:未|尚未|没有|还没|不|预计|将|计划|力争|争取|确保|拟|达到)[^，。；]{0,6}$")
_SEEKING = re.compile(
    r"正在?(?:积极|努力|抓紧|全力|主动|多方)*(?:等待|等候|争取|对接|申报|申请|协调|汇报|沟通|谋划|筹措|筹集|衔接)"
)
_NO_FUTURE = re.compile(
    r"继续教育|计划(?:生育|经济|单列)|准备金|近期(?=已|来|无|没|内?[^，。；将拟会]{0,6}已)|[将已]就|将(?=(?:有关|相关)?情况[^，。；]{0,12}(?:报|汇报|反映|告知|通报))"
)
_LONG_ALREADY = re.compile(r"已经")
_SEQUENCE = re.compile(
    r"(?<![首优预事率领原])先(?![进后前例生天期导])[^，。；]{2,24}，?(?:然后)?(?:再(?![次生三])|其余|其他|剩下|剩余)[^，。；]{2,}"
)
_ASSIGNED = re.compile(
    r"(?:^|[，：])由[^，。；由的]{2,14}?(?:政府|局|委会?|办事?处?|街道|中心|公司|社区|专班)(?P<act>[^，。；]{2,})"
)
_LEFT = re.compile(r"^[\s（(]*(?:其余|剩余|剩下|余下)[^，。；]{0,4}[\d一二三四五六七八九十两]+(?P<act>[^。；]{2,})")
_FUNDED = re.compile(
    r"(?:经费|资金)\d+(?:\.\d+)?万?元(?:全部)?(?:由|从|在)[^，。；]{2,20}?(?:承担|列支|负担|解决|安排|支出)"
)
_TOLD = re.compile(r"[已了过曾]|应当?|必须|须|需要?|可以?|规定|流程|程序|原则|[如若凡]|申请人|[您你]")
_SORRY = re.compile(
    r"(?:不能|无法|不予|暂不|难以|不便)[^，。；]{1,16}，(?:还|也)?(?:敬请|恳请|恳望|希望|望|请)[^，。；]{0,8}(?:谅解|理解|见谅|包涵)"
)
_UP_TO_SIX = re.compile(r"^[\u4e00-\u9fff]{0,6}$")
_CLOSE = 2
_DRAWN = re.compile(r"的?(?:范围|编制|区|用地|红线|体系|修编)")
_CLAUSE_MARK = re.compile(r"[，。；]")
_HANDLING = timedelta(days=300)
_COMMON_LENGTH = 2
_LEAD_IN = 24


@lru_cache(maxsize=512)
def pattern(profile: Profile, *lists: str, shortest: int = 1) -> re.Pattern[str]:
    """The words of the named lists as one pattern, longest first; “…” inside a word stands for up to 16 characters."""
    words = {word for name in lists for word in profile.words(name) if len(word) >= shortest}
    parts = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(part).replace("…", "[^，。；]{0,16}?") for part in parts) or r"(?!)")


@lru_cache(maxsize=2048)
def refusal(sentence: str, profile: Profile) -> re.Match[str] | None:
    """The words that decline to act. Told apart from words that describe the trouble itself (“导致无法通行”)."""
    for match in pattern(profile, "拒绝词", "拒绝补词").finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if _NOT_OURS.search(before) or _OF_THE_PROBLEM.match(after):
            continue
        if _TO_DO.match(after) or pattern(profile, "拒绝定语", "拒绝补词").search(match.group()):
            return match
        rest = _CLAUSE_MARK.split(after)[0]  # an act of ours ends its clause (暂时不能安装); else people cannot do it
        if _UP_TO_SIX.match(rest) and pattern(profile, "实做词").search(rest):
            return match
    cannot = chain(_cannot(profile.words("眼下词")).finditer(sentence), _SORRY.finditer(sentence))
    return next((match for match in cannot if not _NOT_OURS.search(sentence[: match.start()])), None)


@lru_cache(maxsize=8)
def _cannot(now: tuple[str, ...]) -> re.Pattern[str]:
    """What cannot be done for now: 目前还办不了、今年修不成."""
    times = "|".join(map(re.escape, now))
    return re.compile(
        rf"(?:{times})[^，。；]{{0,8}}?[\u4e00-\u9fff]{{1,2}}(?:不(?:了(?!解)|成(?!熟|立|功|本))|(?<=[办做现实决])不到(?!位|\d))"
    )


@lru_cache(maxsize=2048)
def listed(sentence: str, profile: Profile) -> re.Match[str] | None:
    """The words that put a matter on a list of things to do (纳入亮化项目库); an area drawn into a plan is not."""
    found = pattern(profile, "列入计划词", "列入计划式").finditer(sentence)
    return next((match for match in found if not _DRAWN.match(sentence, match.end())), None)


@lru_cache(maxsize=2048)
def finished(sentence: str, profile: Profile) -> re.Match[str] | None:
    """The words that report the matter as done; preparatory work (设计、招标、立项…) and wishes do not count."""
    early = pattern(profile, "前期词")
    text = _LONG_ALREADY.sub("已", sentence)
    if pattern(profile, "列入计划词").search(text):
        return None
    for match in chain(pattern(profile, "完成词").finditer(text), _acts(profile.words("实做词")).finditer(text)):
        before = _CLAUSE_MARK.split(text[: match.start()])[-1]
        after = _CLAUSE_MARK.split(text[match.end() : match.end() + 14])[0]
        undone = _UNDONE if match.group().startswith(("已", "现已")) else _NEGATED
        prepared = early.search(after) or _ends_with(early, before) or _ends_with(early, match.group())
        if not (undone.search(before) or prepared):
            return match
    return None


def _ends_with(words: re.Pattern[str], text: str) -> bool:
    """Whether a text ends with one of the words, or with one that is said to be all done (施工图设计已全部…)."""
    return any(len(text) - found.end() <= _CLOSE for found in words.finditer(text))


@lru_cache(maxsize=8)
def _acts(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finished acts: a verb with 了 or 已, or any verb with a complement of result (已修好、已理顺)."""
    verbs = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        rf"(?:{verbs}|完成|解决)了|(?:已经?|均已|都已)(?:全部|基本|妥善|圆满|得到|全面)?(?:解决|办结|完成|落实到位|办理完毕)|已(?:经)?(?:[^，。；未报列纳]{{0,8}}?)(?:{verbs})|(?<=[日月])(?:完成|建成|开通|竣工|通车|(?:全部|全面)(?:完成|建成))|"
        rf"(?:已经?|都|均|全部)[^，。；]{{0,8}}[\u4e00-\u9fff](?:好|完|通|净|毕|齐|妥|成|亮|清)(?=了?[，。；]|$)|"
        rf"(?:已经?|均已)(?:全部|全面|悉数|如数|足额|按时)[\u4e00-\u9fff]{{1,6}}(?:到|至|给|给了|成|为|上)[\u4e00-\u9fff]"
    )


@lru_cache(maxsize=2048)
def stance(sentence: str, profile: Profile, day: date | None = None) -> Stance:
    """What a sentence says of the matter, the most committing reading first; `day` is the letter's own."""
    readings: tuple[tuple[Stance, object], ...] = (
        ("refused", refusal(sentence, profile)),
        ("passed_on", pattern(profile, "转办词").search(sentence) or _sends_away(sentence, profile)),
        ("done", finished(sentence, profile)),
        ("passed_on", _seeks_only(sentence, profile)),
        ("begun", _UNDERWAY.search(_SEEKING.sub("", sentence))),
        ("planned", listed(sentence, profile)),
        ("promised", promises(sentence, profile)),
    )
    said = next((name for name, found in readings if found), None) or _dated(sentence, profile, day)
    said = said or ("promised" if _ordered(sentence, profile) else None)
    return said or ("attitude" if pattern(profile, "态度词").search(sentence) else "facts")


def in_turn(sentence: str) -> bool:
    """Whether a sentence puts acts one after another (先…，再…), and reports or prescribes none of them."""
    found = _SEQUENCE.search(sentence)
    begin = max(sentence.rfind(mark, 0, found.start()) for mark in "，。；：") + 1 if found else 0
    return found is not None and not _TOLD.search(sentence, begin, found.end())


def _ordered(sentence: str, profile: Profile) -> bool:
    """Whether a sentence says in the plain tense who will do what (先平整，再铺碎石；由镇政府造册)."""
    if in_turn(sentence):
        return True
    given, left = _ASSIGNED.search(sentence), _LEFT.search(sentence)
    acts = pattern(profile, "实做词").match(given["act"]) if given else None
    acts = acts or (pattern(profile, "实做词", "措施动词").search(left["act"]) if left else None)
    return bool(acts or _FUNDED.search(sentence)) and not _TOLD.search(sentence)


def _sends_away(sentence: str, profile: Profile) -> bool:
    """Whether a sentence sends the asker to another body and says nothing else: no time, no amount."""
    away = elsewhere(sentence, profile)
    return away is not None and not re.search(r"\d", sentence[: away.start()])


def elsewhere(sentence: str, profile: Profile) -> re.Match[str] | None:
    """The words that send the asker to another body; “请与我局联系” and “如有疑问，请咨询…” send nobody away."""
    leads = pattern(profile, "咨询引导词")
    return next(
        (
            away
            for away in pattern(profile, "推开词").finditer(sentence)
            if not re.search(r"我[局们单]|我$|承办人|经办人|联系人", away.group())
            and not leads.search(sentence[max(0, away.start() - _LEAD_IN) : away.end()])
        ),
        None,
    )


def _seeks_only(sentence: str, profile: Profile) -> bool:
    """Whether a sentence only says that others were asked (已上报、正在争取): nothing begun, listed or due."""
    report = pattern(profile, "上报词", "上报补词").search(sentence)
    before = _CLAUSE_MARK.split(sentence[: report.start()])[-1] if report else ""
    said = before[-10:] + (report.group() if report else "")
    if report is None or not re.search(r"已|曾|正在|多次", said) or re.search(r"[将拟]|计划|准备", before):
        return False
    rest = _SEEKING.sub("", sentence[report.start() - len(before) :])
    acts = pattern(profile, "列入计划词", "实做词").search(rest) or _UNDERWAY.search(rest)
    return not acts and not any(m.strength in ("T3", "T4", "T5") for m in moments(rest))


def _dated(sentence: str, profile: Profile, day: date | None) -> Stance | None:
    """What the times of a sentence say: a coming one promises, one of the handling period reports an act as done."""
    if day is None:
        return None
    times = moments(sentence, day)
    if any(_is_coming(m, day) for m in times):
        return "promised"
    recent = any(
        day - _HANDLING <= (m.first or m.last or day) <= day and m.strength in ("T4", "T5") and _is_past(m, sentence)
        for m in times
    )
    return "done" if recent and not pattern(profile, "沟通词", "前期词").search(sentence) else None


def _is_past(moment: Moment, sentence: str) -> bool:
    """Whether a time reports: it has a beginning, or what follows “…前” is said to be over (6月10日前已打捞)."""
    return moment.first is not None or sentence[moment.end :].lstrip("，").startswith(
        ("已", "就已", "都", "均", "全部")
    )


def _is_coming(moment: Moment, day: date) -> bool:
    """Whether a time lies ahead of the letter; the month or year of the letter itself only as a limit (8月底前)."""
    if moment.last is None or moment.last <= day or moment.strength not in ("T3", "T4", "T5"):
        return False
    return (
        moment.relation == "before" or moment.first is None or moment.first > day or moment.text.endswith(("底", "末"))
    )


@lru_cache(maxsize=2048)
def promises(sentence: str, profile: Profile) -> bool:
    """Whether a sentence speaks of a coming act of the replying side."""
    text = _NO_FUTURE.sub("", sentence)
    return bool(
        pattern(profile, "将来词", shortest=_COMMON_LENGTH).search(text)
        or _will(profile.words("将后式"), profile.words("措施动词"), profile.words("措施软词")).search(text)
    )


@lru_cache(maxsize=8)
def _will(led: tuple[str, ...], *verbs: tuple[str, ...]) -> re.Pattern[str]:
    """“将” before a verb or adverb, or after who acts; before a noun it means “把” (将沙石运走)."""
    acts = "|".join(map(re.escape, sorted({word for words in verbs for word in words}, key=len, reverse=True)))
    return re.compile(
        rf"(?<![即必势已现就可应须需])将(?={'|'.join(led)}|{acts})|(?:[我本][\u4e00-\u9fff]{{1,3}}|我们)将|(?<![原模虚草比])拟(?!人|态|合)"
    )
