"""The parts of a letter: what is form (head, opening, closing, foot), what quotes the submission, what answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.text import grams, normal, sentences

Part = Literal["head", "opening", "quote", "body", "closing", "foot"]

_INTRODUCES = re.compile(
    r"(?:现[将就]?[^。；\n]{0,60}?|[回答函]?复|处理情况|如实|汇报|说明)(?:答|回|函|反馈|说明|汇报|报告|告知)?[复馈]?[^。；，\n]{0,8}如下[：:，。；]?"
)
_RECEIVED = re.compile(
    r"(?:收悉|已?收到|敬悉|已阅|转来)[^。！，；\n]{0,40}[。！，；\n]?"
    r"(?:[^。！\n\d不未无暂将拟会]{0,16}(?:感谢|谢谢|赞同|赞成|认同|重视(?=[。！])|经[^。！，\n]{0,30}研究)[^。！，\n]{0,24}[。！，\n])?"
)
_GREETING = re.compile(
    r"^[“\"]?(?:尊敬的)?[^。！？：:\n]{0,40}?(?:您好|你好|大家好|网友|代表|委员|同志|先生|女士)[”\"]?[^。！？：:，,\n]{0,12}[！!。：:，,\n]"
)
_ADDRESSED = re.compile(
    r"^[“\"]?(?:尊敬的)?[^。！？：:，\n]{0,30}(?:代表|委员|同志|先生|女士|网友|网民|市民|业主|支部|支社|您好|你好)们?[：:]",
    re.MULTILINE,
)
_LABELLED = re.compile(r"[（(]?(?:联系|承办|经办|电话|抄送|抄报|附件|签发|领导签|领导署|主办|公开|此件|传真|地址)")
_CLOSES = re.compile(
    r"感谢|谢谢|敬请|欢迎|祝您|祝你|此复|特此|专此|征询|征求意见表|反馈意见|如有疑问|如您?有?[^。]{0,12}(?:疑问|异议)|"
    r"(?:恳?请|希望|望)(?:您|你)?们?(?:能|在|今后|以后|我们)?(?:继续|一如既往|予以|给予|支持|理解|谅解|监督|多提|提出)|"
    r"宝贵的?(?:意见|建议)|以(?:利|便)于?(?:我|改进)|虚心(?:接受|听取)|诚恳(?:接受|改正)|再上新台阶|携手|"
    r"(?:作出|做出|贡献)[^，。]{0,6}(?:贡献|力量)|出谋划策|关心[、和与][^，。]{0,8}支持|"
    r"(?:以上|上述|对我)[^，。]{0,6}(?:答复|意见|办理)[^，。]{0,16}(?:意见|建议|满意)|以便[^，。]{0,8}改进|"
    r"(?:答复|复函|意见)[^，。]{0,6}经[^，。]{2,16}(?:审签|审定|审阅|审核)|与我[局委办镇乡单们][^，。]{0,6}联系"
)
_DATE = (
    r"(?:[12]\d{3}|[〇○零Ｏ0Oo一二两三四五六七八九]{4})"
    r"[年.\-/／][^\s，。]{1,6}[月.\-/／][^\s，。底初末前上中下份]{1,4}日?"
)
_MONTH = r"(?:[12]\d{3}|[〇○零Ｏ一二两三四五六七八九]{4})\s?[年.\-/／]\s?[\d一二三四五六七八九十]{1,3}\s?月?"
_UNIT = r"[^，。；：！？]{2,30}(?:局|委|办|政府|公司|中心|院|会|部|队|街道办事处|办公室)"
_FOOT = re.compile(
    rf"^(?:[^。！]{{0,30}}?{_DATE}。?|(?:{_UNIT}[\s　]*)?{_MONTH}|"
    rf"[（(]?(?:此件|盖章|公章|单位盖章|主动公开|联系人|联系电话|联系方式|联系单位|承办人|电话|抄送|抄报|附件|附[：:]|经办人|领导签字|领导署名|"
    rf"签发人|领导签发|主办单位|分管领导|传真|邮编|地址|是否公开|公开方式|印发|单位负责人|负责人)[^\n]{{0,200}}|"
    rf"此致|敬礼[！。]?|{_UNIT}。?)$"
)
_TO_READER = re.compile(
    r"^(?:最后|同时|此外|在此|再次|衷心|非常|十分|，|、)*(?:感谢|谢谢|(?:恳?请|希望|望|欢迎)(?:您|你))"
)
_TELLS = re.compile(r"[将拟已]|计划|正在|\d")
_LEGEND = re.compile(
    r"[（(]?(?:注[：:])?.{0,8}[A-D甲乙丙丁]\d?类?[）)]?\s*(?:——|—|-|：|:|、|类|是指|为)[^\n]*(?:解决|采纳|参考)|注[：:]"
)
_DATED = re.compile(rf"(?:{_UNIT}[\s　]*)?(?:{_DATE}|20[0-4]\d{{4,5}})[\s。]*(?:[（(][^）)]{{1,14}}[)）])?[|\s]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{3}")
_FOOT_LINES, _STOPS = 16, ("。", "！", "；")
_QUOTES = re.compile(r"(?:反映|提出|提到|建议|要求|关于|诉求|咨询|询问|来信|所提|所述|[您你])")
_CITED = re.compile(
    r"《[^》\n]{2,100}》|“[^”\n]{4,100}”|(?:关于|反映|提出|咨询|询问|对|就)[^。；：\n]{4,100}?(?:建议|"
    r"提案|议案|问题|留言|来信|帖文|贴文|情况|诉求|一事|的?答复|复函)"
)
_LETTERHEAD = re.compile(r"[〔\[［]\s?20\d\d\s?[〕\]］]|(?:答复|复函|会办意见)(?:的函)?$")
_ASIDE = 12
_DECLINES = re.compile(r"不具备|不能(?!及|尽)|无法|不予|暂不|暂未|难以|不宜|不属|未能|不了(?!解)|不采纳")
_MIN_COPY = 10


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a letter with the part that it belongs to; `letter[start:end] == text`."""

    text: str
    start: int
    end: int
    part: Part


def parts(letter: str, submission: str = "") -> tuple[Sentence, ...]:
    """The sentences of a letter with their parts; with a submission, restated wording is told apart ("quote")."""
    body_from = _body_start(letter)
    found = [Sentence(s.text, s.start, s.end, "head") for s in sentences(letter[:body_from])]
    if found:
        found[-1] = Sentence(found[-1].text, found[-1].start, found[-1].end, "opening")
    rest = [(s.text, s.start + body_from, s.end + body_from) for s in sentences(letter[body_from:])]
    body_count = len(rest) - _closing_count([text for text, _, _ in rest])
    known = frozenset(grams(normal(submission), 4, 4))
    for index, (text, start, end) in enumerate(rest):
        found.append(Sentence(text, start, end, _part(text, index < body_count, known)))
    return tuple(found)


def _part(text: str, in_body: bool, known: frozenset[str]) -> Part:
    if in_body:
        return "quote" if restates(text, known) else "body"
    return "foot" if _FOOT.match(text) else "closing"


def restates(sentence: str, known: frozenset[str]) -> bool:
    """Whether a sentence says again what the submission says: most of its character 4-grams are `known`."""
    plain = normal(sentence)
    own = grams(plain, 4, 4)
    if len(plain) < _MIN_COPY or not known:
        return False
    if _known_share(own, known) >= 0.85:
        return True
    last = grams(normal(re.split(r"[，；：]", sentence.rstrip("。！？；"))[-1]), 4, 4)
    ends_known = not last or _known_share(last, known) >= 0.5
    return ends_known and _known_share(own, known) >= 0.55 and bool(_QUOTES.search(sentence))


def _known_share(own: list[str], known: frozenset[str]) -> float:
    return sum(gram in known for gram in own) / len(own)


def matter(letter: str) -> str:
    """A letter without what its head and opening repeat of the submission: titles, “您提出的……建议”."""
    start = _body_start(letter)
    lines = letter[:start].rstrip("\n").split("\n")
    formal = len(lines) > 1 and any(_LETTERHEAD.search(line.strip()) for line in lines[:-1])
    return _CITED.sub("", lines[-1] if formal else letter[:start]) + letter[start:]


def _body_start(letter: str) -> int:
    """The offset behind 收悉…答复如下, or behind the greeting where nothing introduces the answer."""
    reach = max(400, len(letter) // 3)
    for pattern in (_INTRODUCES, _RECEIVED):
        match = pattern.search(letter, 0, reach)
        if match:
            return match.end()
    match = _GREETING.match(letter) or _ADDRESSED.search(letter, 0, reach)
    return match.end() if match else 0


def _closing_count(texts: list[str]) -> int:
    """How many sentences at the end are thanks, signature, date, contact and the like."""
    count = _below(texts)
    for text in reversed(texts[: len(texts) - count]):
        if ("\t" in text and not _LABELLED.match(text)) or not (_FOOT.match(text) or _is_courtesy(text)):
            break
        count += 1
    return count


def _below(texts: list[str]) -> int:
    """How many sentences stand from the date of a letter on: marks, copies and a page's remains, but no prose."""
    found = 0
    for count, text in enumerate(reversed(texts[-_FOOT_LINES:]), start=1):
        prose = (text.endswith(_STOPS) and _CHINESE.search(text)) or _ADDRESSED.match(text)
        marks = (_LABELLED, _FOOT, _LEGEND)
        if prose and not (any(mark.match(text) for mark in marks) or _is_courtesy(text)):
            break
        if _DATED.fullmatch(text):
            found = count
    return found


def _is_courtesy(sentence: str) -> bool:
    """Whether a sentence says thanks and the like, and next to nothing besides; or asks the reader and tells no act."""
    if _DECLINES.search(sentence) or not _CLOSES.search(sentence):
        return False
    said = [clause for clause in re.split(r"[，；,;]", sentence) if not _CLOSES.search(clause)]
    if _TO_READER.match(sentence) and not any(_TELLS.search(clause) for clause in said):
        return True
    return sum(map(len, said)) <= _ASIDE
