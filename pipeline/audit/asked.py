"""Which asks of a submission say what is to be done: only those make an unanswered ask an error (rule C03)."""

from __future__ import annotations

import re

from pipeline.audit.wording import pattern
from pipeline.profile import Profile
from pipeline.records import Ask, Submission

_ORDINAL = re.compile(
    r"^[\s（(]*(?:第?[一二三四五六七八九十\d]{1,3}[）)、.．，是条]|[其首再][一二三次先]|[①-⑩])[，、]?"
)
_HEARD = re.compile(r"[？?]\s*$|[吗呢么]\s*[。！]?$")
_FIRST = 40
_GAP = 8
_LISTED = re.compile(r"[；;\n\d一二三四五六七八九十①-⑩]")
_BIDS = re.compile(
    r"(?:^|[，；])(?:请|由|把|将|每[天日周月季年]|派|给|让|不得|不再|严禁|今后|以后|先|县里|镇里|乡里)|(?:给|得)(?:赔|补|发|换)"
)


def to_do(ask: Ask, submission: Submission, profile: Profile) -> bool:
    """Whether an ask names an act: not the title said again, a question, a bare plea or a piece of the story."""
    text = _ORDINAL.sub("", ask.text.strip())
    if is_title(ask, submission) or _HEARD.search(text) or pattern(profile, "非诉求词").search(text):
        return False
    pleads = pattern(profile, "恳求词")
    if _in_a_list(ask, submission) and not pleads.search(text):
        return True
    acts = pattern(profile, "诉求动词", "实做词", "建设诉求词", shortest=2)
    rest = pattern(profile, "恳求词", "诉求强词").sub("", text)
    return bool(acts.search(rest[:_FIRST]) or _BIDS.search(rest[:_FIRST]))


def _in_a_list(ask: Ask, submission: Submission) -> bool:
    """Whether an ask stands in a list of asks, told by ordinals, lines or semicolons between them: each is meant."""
    asks = sorted(submission.asks, key=lambda one: one.start)
    at = asks.index(ask)
    pairs = [pair for pair in ((at - 1, at), (at, at + 1)) if pair[0] >= 0 and pair[1] < len(asks)]
    between = (submission.text[asks[i].end : asks[j].start] for i, j in pairs)
    return any(len(gap) <= _GAP and _LISTED.search(gap) for gap in between)


def is_title(ask: Ask, submission: Submission) -> bool:
    """Whether an ask is the title said again: then nothing was asked in so many words."""
    bare = re.sub(r"^关于|的?(?:建议|提案|议案)$|\W", "", submission.title)
    return re.sub(r"\W", "", ask.text) in (bare, re.sub(r"\W", "", submission.title))
