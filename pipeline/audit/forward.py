"""Replies that only say "received", "passed on" or "ask elsewhere": next to nothing is left without that."""

from __future__ import annotations

import re

from pipeline.audit.letter import Sentence
from pipeline.audit.wording import finished, pattern
from pipeline.profile import Profile

_CLAUSE = re.compile(r"[^，。；！？,;!?：:\n]+")
_FORWARDS = re.compile(
    r"(?:转(?!变|型|弯|让|移支付|账|公|学|租|岗|诊|院|正|向|运|学|入|为|业|化|基因)|(?<![移提社成外上缴转])(?:批|"
    r"交)(?=[办由给至]|有关|相关|[^通警流付叉易往易界接易费款房管纳]{2,16}(?:阅|核|办|处|调查|研究|落实)))"
    r"[^，。；]{0,44}"
)
_ELSEWHERE = re.compile(
    r"(?:请|建议|可以?)(?:您|你)?(?:直接|再|详细|到|向|与|拨打|致电|联系|咨询|查询|前往|通过|访问|留下|自行)[^，。；]{0,40}|"
    r"(?:已|均已|已经)[^，。；]{0,24}(?:答复|回复|公示)|(?:因|由于)?[^，。；]{0,12}反映的?(?:情况|问题)?不(?:具体|"
    r"明确|清楚)|不能明确答复|信息不[清全]|要素不全|无法办理$|详细整理|有针对性地?开展|问题的解决$|链接|详见|"
    r"[（(]?[\d\-*－—]{7,}[）)]?|便于[^，。；]{0,20}(?:沟通|联系)|(?:可以?|也可)[^，。；]{0,16}(?:咨询|了解|查询|反映)$|不(?:属于?|在)[^，。；]{0,20}(?:职责|"
    r"管辖|职能|权限)|(?:汇报|反映|报告)给[^，。；]{2,16}$|以便[^，。；]{0,6}"
)
_COURTESY = re.compile(
    r"(?:情况|结果|进展|进度|消息|问题|此事|我们|我办)?[^，。；]{0,8}(?:将|会|尽快|第一时间|及时|随时|再|予以|"
    r"待[^，。；]{0,20}后)[^，。；]{0,12}(?:回复|答复|反馈|告知|公布|回应|办复|解答)|^为(?:了|更)[^，。；]{0,24}(?:解答|答复|回复|沟通)|"
    r"(?:请|敬请|望)[^，。；]{0,10}(?:关注|等待|留意|监督|知悉|理解|谅解|支持)|重视$|征[询求]意见|填写|寄回|收悉|收到|已阅|知悉|感谢|谢谢|祝(?:您|你|生活|工作)|(?:您|你|大家)好|"
    r"(?:答|回|函)复如下|特此|^[“\"]?(?:网友|UU)|尊敬的|^如有|(?:您|你)(?:所|在|通过|的)[^，。；]{0,30}(?:反映|"
    r"提出|留言|来信|咨询|诉求|问题|情况|贴文|帖)[^，。；]{0,14}$|"
    r"欢迎[^，。；]{0,20}(?:关注|监督|来信|留言|批评)|^待[^，。；]{0,12}(?:调查|核实|处理|结果|办结)[^，。；]{0,10}后$|高兴[^，。；]{0,6}帮助|"
    r"(?:不知道|不清楚|不了解|不掌握)[^，。；]{0,20}(?:政策|情况|规定|信息)$|^针对|^关于[^，。；]{0,60}(?:问题|来信|留言)|^[^，。；]{0,8}(?:[12]\d{3})[年.\-/][\d.\-/月日号\s]{0,9}(?:[\u4e00-\u9fff]{0,6}[你您]好)?$"
)
_LINK = re.compile(r"https?://\S+|www\.\S+")
_TO_ASKER = re.compile(r"[您你我]|调查|核实")
_WHOLE = re.compile(r"，.{6,}。$")
_LEFT_OVER = 8


def forward_only(sentences: tuple[Sentence, ...], profile: Profile) -> bool:
    """Whether a letter holds nothing but receipt, forwarding and courtesy (issue 6: forwarded or empty replies)."""
    said = [_LINK.sub("", s.text) for s in sentences if _speaks(s)]
    parts = [clause for text in said for clause in _CLAUSE.findall(text)]
    if any(finished(clause, profile) and _substance(clause, profile) for clause in parts):
        return False
    return sum(_substance(clause, profile) for clause in parts) <= _LEFT_OVER


def _speaks(sentence: Sentence) -> bool:
    """Whether a sentence says anything to the asker: letterhead and signature do not, a whole sentence before the
    opening does (another letter's answer pasted in front)."""
    if sentence.part == "head":
        return bool(_TO_ASKER.search(sentence.text) or _WHOLE.search(sentence.text))
    return sentence.part != "foot"


def _substance(clause: str, profile: Profile) -> int:
    """The characters of a clause that say something of the matter."""
    if pattern(profile, "转办词").search(clause) or _FORWARDS.search(clause):
        return 0
    return 0 if _COURTESY.search(clause) or _ELSEWHERE.search(clause) else len(clause.strip(" 　“”\"'"))
