"""What the wording lists of requests compile to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.profile import Profile

_LISTS = (
    "诉求强词式",
    "诉求客气式",
    "诉求情态",
    "诉求段首",
    "诉求并列",
    "诉求另起",
    "诉求引子",
    "情况句",
    "诉求空话",
    "诉求结束语",
    "诉求接续",
    "诉求分句首",
    "诉求再请",
    "非诉求句",
    "诉求尾话",
)
_ADVERBS = "尽快|及时|定期|集中|统一|分批|逐步|先行|提前|适时|适当|依法|全面|再|还|也|并|要|应|可|需"


@dataclass(frozen=True, slots=True)
class Cues:
    """What the wording lists of requests compile to: plain words of asking, polite forms, verbs, and so on."""

    strong: re.Pattern[str]
    polite: re.Pattern[str]
    verb: re.Pattern[str]
    modal: re.Pattern[str]
    opening: re.Pattern[str]
    fresh: re.Pattern[str]
    apart: re.Pattern[str]
    lead: re.Pattern[str]
    plain: re.Pattern[str]
    empty: re.Pattern[str]
    closing: re.Pattern[str]
    further: re.Pattern[str]
    opens: re.Pattern[str]
    names: re.Pattern[str]
    again: re.Pattern[str]
    never: re.Pattern[str]
    tail: re.Pattern[str]
    deed: re.Pattern[str]
    whole: re.Pattern[str]
    unfinished: tuple[str, ...]


def cues_of(profile: Profile) -> Cues:
    """The request wording of a profile, compiled once."""
    words = tuple(profile.wording[name] for name in ("诉求动词", "措施动词", "诉求未完尾"))
    return _compiled(tuple(profile.wording[name] for name in _LISTS), words)


@lru_cache(maxsize=8)
def _compiled(lists: tuple[tuple[str, ...], ...], words: tuple[tuple[str, ...], ...]) -> Cues:
    strong, polite, modal, opening, fresh, apart, lead, plain, empty, closing, *later = map("|".join, lists)
    further, opens, again, never, tail = later
    adverbial = f"{opens}|(?:{_ADVERBS})*"
    verbs, deeds, _ = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in words)
    return Cues(
        strong=re.compile(strong),
        polite=re.compile(polite),
        verb=re.compile(rf"(?:一是|二是|是|要|应|应该|应当)?(?:{verbs})"),
        modal=re.compile(modal),
        opening=re.compile(opening),
        fresh=re.compile(f"{fresh}|{apart}"),
        apart=re.compile(apart),
        lead=re.compile(lead),
        plain=re.compile(plain),
        empty=re.compile(empty),
        closing=re.compile(closing),
        further=re.compile(f"(?:{further})+(?=[^，。；]{{4}})"),
        opens=re.compile(f"{adverbial}(?:{deeds})(?=[^，。；]{{3}})"),
        names=re.compile(f"{adverbial}(?:{deeds}|{verbs})(?=[^，。；]{{3}})"),
        again=re.compile(again),
        never=re.compile(never),
        tail=re.compile(tail),
        deed=re.compile(f"{deeds}|把|将"),
        whole=re.compile(
            rf"(?:^|[，。；、]|{strong}|{polite})[^，。；]{{0,8}}?(?:{deeds})|(?:把|将|在|对|给|为|由)[^，。；]{{2,}}(?:{deeds})"
        ),
        unfinished=words[2],
    )
