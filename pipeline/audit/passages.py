"""The passages of a letter's answer: what stands under one heading or ordinal, and its stance to the matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipeline.audit.aspect import finishes
from pipeline.audit.letter import Sentence
from pipeline.audit.wording import Stance, pattern, stance
from pipeline.figures import moments, quantities
from pipeline.profile import Profile

_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]{1,2}[条点项、，]|"
    r"[①-⑩]|[一二三四五六七八九十]是|[首其再][先次]|(?:关于|针对|对于)[^。]{2,50}(?:问题|建议|方面|诉求|提案|。|：))"
)
_LISTED = re.compile(r"^(?:[一二三四五六七八九十]是|[首其再][先次]|[①-⑩])")
_POINT = re.compile(r"^[首其再][先次]|(?:^|[：:])(?:[一二三四五六七八九十]是|[①-⑩])")
_THANKS = re.compile(
    r"^(?:首先|最后|再次|，|、)*(?:非常|衷心|十分|真诚)?(?:感谢|谢谢)(?![^。！]*(?:[将拟已\d]|计划|正在))[^。！]*[。！]"
)
_LEADS = re.compile(
    r"[：:]$|(?:以下|如下|下面|下列)[^。；]{0,14}[。：:]?$|"
    r"(?:[几一二两三四五六七八九\d])个?(?:方面|大?点|项|条|举措|措施)[^。；，]{0,12}[。：:]?$"
)
_OVER_TO = {
    "done": re.compile(r"^(?:下一?步|今后|接下来|但|对于|[一二三四五六七八九十]{1,3}、)"),
    "promised": re.compile(r"^(?:目前|当前|截至|近年来|对于|[一二三四五六七八九十]{1,3}、)"),
}
_TO_COME = re.compile(r"下一?步|今后|接下来|打算|将(?:从|重点|着力|继续|进一步|采取|做好|以)")
_DID = re.compile(r"[做抓办干]了")
_OWN_CLAUSE = re.compile(r"，[也还并]?(?:我[局委办镇乡院社站队中公单们县]|本[局单]|将|拟)")
_REPORTS = re.compile(r"\d日[^，。]{0,8}已|已[^，。]{1,8}。$|一律|不再")
_SHORT = 40
Lead = Literal["", "done", "promised"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the answer with its stance; `acts` unless it only strives (高度重视、加大力度).

    `under` says what the words that lead in to its list make of it: done (主要做了以下工作：) or promised (下一步将：).
    """

    sentence: Sentence
    stance: Stance
    acts: bool = True
    under: Lead = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that belong together; `heading` may quote the submission and answers nothing by itself."""

    lines: tuple[Line, ...]
    heading: str = ""
    numbered: bool = False

    @property
    def text(self) -> str:
        """The answering sentences in a row."""
        return "".join(line.sentence.text for line in self.lines)

    @property
    def stances(self) -> frozenset[Stance]:
        """Every stance taken in the passage."""
        return frozenset(line.stance for line in self.lines)

    def points(self) -> list[tuple[Line, ...]]:
        """The points listed inside the passage (一是…；二是…) with their lines; none where fewer than two are."""
        starts = [i for i, line in enumerate(self.lines) if _POINT.search(line.sentence.text)]
        ends = [*starts[1:], len(self.lines)]
        return [self.lines[a:b] for a, b in zip(starts, ends, strict=True)] if len(starts) > 1 else []

    def near(self, start: int) -> str:
        """The wording around an offset: its sentence with the one before and the one after."""
        places = [i for i, line in enumerate(self.lines) if line.sentence.start <= start < line.sentence.end]
        at = places[0] if places else 0
        return "".join(line.sentence.text for line in self.lines[max(0, at - 1) : at + 2])


def passages(sentences: tuple[Sentence, ...], profile: Profile, day: date | None = None) -> tuple[Passage, ...]:
    """The passages of the body in order. Points listed inside a passage (一是…二是…) do not split it."""
    found: list[tuple[str, list[Line], bool]] = []
    under: Lead = ""
    for sentence in sentences:
        if sentence.part not in ("body", "quote") or _THANKS.fullmatch(sentence.text):
            continue
        under = _lead(sentence.text, under, profile)
        opens = _ORDINAL.match(sentence.text) and not (_LISTED.match(sentence.text) and found)
        if opens or not found:
            found.append(("", [], bool(opens)))
        heading, lines, numbered = found[-1]
        if sentence.part == "quote" or (opens and len(sentence.text) <= _SHORT and _heads(sentence.text, profile)):
            found[-1] = (heading + sentence.text, lines, numbered)
        else:
            lines.extend(replace(_line(part, profile, day), under=under) for part in _split(sentence))
    return tuple(Passage(tuple(lines), heading, marked) for heading, lines, marked in found if lines or heading)


def _lead(text: str, before: Lead, profile: Profile) -> Lead:
    """What leads in to the lines from a sentence on: its own lead, or the one before where it goes on with that."""
    told = text.rstrip("。")
    leads = _LEADS.search(told)
    if leads or (_ORDINAL.match(text) and len(text) <= _SHORT):
        if _TO_COME.search(told):
            return "promised"
        if _DID.search(told) or finishes(told, profile):
            return "done"
    return "" if leads or not before or _OVER_TO[before].match(text) else before


def _line(part: Sentence, profile: Profile, day: date | None) -> Line:
    text = part.text
    strives = pattern(profile, "空泛词", "态度词").search(text) and not pattern(profile, "实做词", "步骤词").search(
        text
    )
    said = stance(text, profile, day)
    firm = not strives or said == "planned" or bool(moments(text, day)) or bool(quantities(text))
    return Line(part, said, firm)


def _split(sentence: Sentence) -> list[Sentence]:
    """The parts of a sentence between semicolons: each may take its own stance."""
    return [
        Sentence(m.group(), sentence.start + m.start(), sentence.start + m.end(), sentence.part)
        for m in re.finditer(r"[^；;]+[；;]?", sentence.text)
    ]


def _heads(text: str, profile: Profile) -> bool:
    """Whether a short numbered sentence only names its item: one that reports, declines or passes on answers it."""
    said = stance(_ORDINAL.sub("", text) or text, profile)
    answers = said == "promised" and bool(_OWN_CLAUSE.search(text))
    return _is_title(text) and not answers and said not in ("done", "refused", "passed_on", "planned")


def _is_title(text: str) -> bool:
    if _REPORTS.search(text) and "关于" not in text:
        return False
    if len(text) <= 18 and text.endswith(("。", "：", ":")) and "，" not in text:
        return True
    return bool(
        re.search(r"(?:问题|建议|方面|情况|诉求|工作|打算|措施)[。：:]?$", text)
        or re.match(r"^.{0,4}(?:关于|针对)", text)
    )
