"""Request sentences: which sentences ask, where in them the request begins, and how many requests they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.profile import Profile
from pipeline.text import clauses, sentences

Stretch = tuple[int, int]
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
)
SHORT = 40
_PIECE = 6
_SHORT_PASSAGE, _PASSAGE = 260, 500
_CLAUSE = 12
_LEAD = re.compile(r"[^。；\n]{0,24}[：:](?=.{6})")


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


def request_sentences(text: str, start: int, end: int, cues: Cues, *, trust: int) -> list[Stretch]:
    """The sentences of a stretch that ask, taken apart at semicolons.

    `trust` 0 wants a plain word of asking, 1 takes polite forms, 2 takes bare verbs as well, and all of a stretch
    that is a list by its semicolons or whose first sentence asks.
    """
    stretch = text[start:end]
    every = trust == 2 and _all_asks(stretch, cues)
    spans: list[Stretch] = []
    for place, sentence in enumerate(sentences(stretch)):
        strong = cues.strong.search(sentence.text)
        weak = cues.polite.search(sentence.text) if trust else None
        after = trust == 1 and bool(spans) and cues.modal.search(sentence.text)
        plain = every and cues.plain.search(sentence.text) is None
        bare = trust == 2 and (_goes_on(sentence.text, cues) or place == 0 or plain)
        if (strong or weak or bare or after) and not sentence.text.endswith(("：", ":")):
            begin = start + sentence.start + _cue_start(sentence.text, strong, weak)
            spans += _clauses(text, begin, start + sentence.end, cues, every=trust == 2 or bool(strong))
    return spans


def _all_asks(stretch: str, cues: Cues) -> bool:
    """Whether all sentences of an asking stretch may count: it is short, a list by semicolons, or opens with 建议."""
    if len(stretch) <= _SHORT_PASSAGE:
        return True
    return len(stretch) <= _PASSAGE and (stretch.count("；") > 1 or cues.opening.match(stretch.strip()) is not None)


def _cue_start(sentence: str, strong: re.Match[str] | None, weak: re.Match[str] | None) -> int:
    """Where the request of a sentence begins: what stands before a plain word of asking is its ground."""
    if strong:
        return strong.start()
    return weak.start() if weak and len(sentence) > SHORT * 2 else 0


def _clauses(text: str, start: int, end: int, cues: Cues, *, every: bool) -> list[Stretch]:
    """A request sentence as one span, or as several: at every semicolon, or where all later clauses ask."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    pieces = [(start + span.start, start + span.end) for span in clauses(text[start:end], "；;")]
    if every and len(pieces) == 1:
        pieces = _coordinate(text, start, end, cues)
    later = [piece for piece in pieces[1:] if every or _goes_on(text[slice(*piece)], cues)]
    if len(pieces) > 1 and len(later) == len(pieces) - 1 and min(b - a for a, b in pieces) >= _PIECE:
        return [trimmed(text, *piece) for piece in pieces]
    return [trimmed(text, start, end)] if text[start:end].strip() else []


def _coordinate(text: str, start: int, end: int, cues: Cues) -> list[Stretch]:
    """A sentence that strings requests together with commas, cut where a clause opens a new one."""
    cuts = [start]
    found = clauses(text[start:end], "，,")
    pattern = cues.fresh if len(found) > 2 else cues.apart
    for clause in found[1:]:
        begin = start + clause.start
        if begin - cuts[-1] >= _CLAUSE and pattern.match(clause.text) and len(clause.text) >= _CLAUSE // 2:
            cuts.append(begin)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _goes_on(clause: str, cues: Cues) -> bool:
    return asks_first(clause, cues) or cues.modal.search(clause) is not None


def asks_first(clause: str, cues: Cues) -> bool:
    """Whether one of the first clauses of a text asks: begins with a verb of asking, or holds a strong cue."""
    opening = clauses(clause[:80])[:3]
    return any(cues.verb.match(part.text) for part in opening) or bool(cues.strong.search(clause[:120]))


def trimmed(text: str, start: int, end: int) -> Stretch:
    """A stretch without the blanks and marks at its ends."""
    while start < end and (text[start].isspace() or text[start] in "，。；：、,;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,、"):
        end -= 1
    return start, end


def cues_of(profile: Profile) -> Cues:
    """The request wording of a profile, compiled once."""
    return _compiled(tuple(profile.wording[name] for name in _LISTS), profile.wording["诉求动词"])


@lru_cache(maxsize=8)
def _compiled(lists: tuple[tuple[str, ...], ...], verbs: tuple[str, ...]) -> Cues:
    strong, polite, modal, opening, fresh, apart, lead, plain, empty, closing = map("|".join, lists)
    words = "|".join(sorted(map(re.escape, verbs), key=len, reverse=True))
    return Cues(
        strong=re.compile(strong),
        polite=re.compile(polite),
        verb=re.compile(rf"(?:一是|二是|是|要|应|应该|应当)?(?:{words})"),
        modal=re.compile(modal),
        opening=re.compile(opening),
        fresh=re.compile(f"{fresh}|{apart}"),
        apart=re.compile(apart),
        lead=re.compile(lead),
        plain=re.compile(plain),
        empty=re.compile(empty),
        closing=re.compile(closing),
    )
