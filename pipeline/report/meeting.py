"""What a letter says of having met the people who asked: how, when, in which words (R-STA-03, R-PRC-02)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.figures import moments
from pipeline.profile import Profile
from pipeline.text import clauses, sentences

FORMS = ("面商", "座谈", "现场")
"""The forms that count as having met; a telephone call (电话) does not."""
_TITLE = re.compile(r"《[^》]*》|“[^”]*”")
_PEOPLE, _COMING, _OTHERS = "会见对象词", "会见未然词", "会见误词"


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting as a letter tells it; `when` is empty where it names no time."""

    form: str
    quote: str
    when: str = ""


@lru_cache(maxsize=16_384)
def met(text: str, profile: Profile) -> Met | None:
    """The first meeting with the people who asked that a letter reports as held; None where it tells of none.

    Two clauses in a row must name the people and the form; what is offered or still to come (欢迎您来) is no meeting,
    nor is the title of the item or a meeting with others (群众代表).
    """
    forms = [profile.pattern(f"会见方式词·{form}") for form in FORMS]
    for sentence in sentences(_TITLE.sub(lambda title: "※" * len(title.group()), text)):
        if not any(form.search(sentence.text) for form in forms):
            continue
        for part in clauses(sentence.text, "：:\n"):
            if form := _told(part.text, profile):
                times = moments(sentence.text)
                return Met(form, text[sentence.start : sentence.end].strip(), times[0].text if times else "")
    return None


def _told(part: str, profile: Profile) -> str:
    """The form of the meeting that a part of a sentence reports in a clause or two, empty where it reports none."""
    cut = clauses(part)
    pairs = zip(cut[:1] + cut, cut, strict=False)
    return next(filter(None, (_held(part[a.start : b.end], part[: b.end], profile) for a, b in pairs)), "")


def _held(clause: str, until: str, profile: Profile) -> str:
    """The form of the meeting that a clause reports, empty where it reports none."""
    bare, sofar = (profile.pattern(_OTHERS).sub("※", text) for text in (clause, until))
    if not profile.pattern(_PEOPLE).search(bare) or profile.pattern(_COMING).search(sofar):
        return ""
    return next((form for form in FORMS if profile.pattern(f"会见方式词·{form}").search(bare)), "")
