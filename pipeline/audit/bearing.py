"""Which lines of a letter bear on which ask: the best walk through the letter, line by line, from ask to ask.

A letter mostly stays with an ask for some lines and goes on to the next one; a line may say little of the ask that
it answers. So the asks are found for all lines together (Viterbi 1967), not for each by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.audit.clauses import clauses, word
from pipeline.audit.outcome import Borne
from pipeline.audit.passages import Line, Passage
from pipeline.audit.terms import Terms, terms, unknown_names
from pipeline.audit.wording import pattern
from pipeline.figures import number
from pipeline.profile import Profile
from pipeline.records import Submission
from pipeline.text import simplified

_FAINT, _AROUND = 0.3, 0.4
_UNKNOWN = 0.9
_ENOUGH = 1.6
_HEADING = 0.8
_IN_ORDER = 0.25
_BY_PLACE_ALONE = _IN_ORDER + 0.02
_NAMED_BY_NUMBER = 1.0
_NOBODY = 0.1
_ON, _ELSEWHERE, _AGAIN = 0.12, 0.2, 0.05
_BEARS = 0.16
_ALSO = 0.34
_TITLE = 0.4
_FAINTLY = 0.1
_WHOLE = re.compile(r"(?:[您你]们?|代表|委员)(?:所?(?:提出?|反映)的?|的)[^，。；]{0,20}(?:建议|提案|问题|议案)")
_NUMBERED_ASK = re.compile(r"第([一二三四五六七八九十\d、和及]{1,9})(?:条|点|项|个|款)")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A line with the passage that holds it, and how much it says of every ask."""

    line: Line
    passage: int
    says: tuple[float, ...]
    new: bool


def bearing(submission: Submission, found: Sequence[Passage], profile: Profile, *, in_order: bool) -> list[list[Line]]:
    """For each ask of a submission the lines that bear on it, in the letter's order; an empty list: unanswered."""
    borne = weighed(submission, found, profile, in_order=in_order)
    return [[one.line for one in lines] for lines in borne]


def weighed(submission: Submission, found: Sequence[Passage], profile: Profile, *, in_order: bool) -> list[list[Borne]]:
    """The lines of `bearing`, each with how much of the ask it says.

    `in_order`: as many numbered passages as asks are taken to answer them one by one.
    """
    told = told_apart(submission, profile)
    spots = _spots(told, found, profile, in_order=in_order)
    if not spots:
        return [[] for _ in told]
    away = [spot for spot in spots if spot.line.stance == "passed_on"]
    if any(_WHOLE.search(spot.line.sentence.text) for spot in away) and not any(_firm(spot) for spot in spots):
        return [[Borne(spot.line, 1.0) for spot in away] for _ in told]
    walk = _walk(spots, len(told))
    own = [_own(spots, walk, ask, one, profile) for ask, one in enumerate(told)]
    _main(own, spots, submission, profile)
    _between(own, spots)
    return [[Borne(spots[i].line, spots[i].says[ask]) for i in places] for ask, places in enumerate(own)]


def _own(spots: Sequence[_Spot], walk: Sequence[int], ask: int, told: Terms, profile: Profile) -> list[int]:
    """The places of the lines on an ask: those of the walk, or one line that answers it beside another."""
    places = [i for i, at in enumerate(walk) if at == ask]
    most = max((spots[i].says[ask] for i in places), default=0.0)
    if most >= _BEARS and (most > _BY_PLACE_ALONE or any(_speaks(spots[i]) for i in places)):
        return places
    best = max(range(len(spots)), key=lambda i: spots[i].says[ask])
    return [best] if spots[best].says[ask] >= _ALSO and _settles(spots[best], told, profile) else []


def _main(own: list[list[int]], spots: Sequence[_Spot], submission: Submission, profile: Profile) -> None:
    """Give the ask that the title names the firm lines about no ask: they are about the matter itself."""
    title = terms(submission.title, profile)
    shares = [title.share_in(ask.text) for ask in submission.asks]
    ask = shares.index(max(shares))
    if own[ask] or shares[ask] < _TITLE:
        return
    taken = {place for places in own for place in places}
    own[ask] = [i for i in range(len(spots)) if i not in taken and _firm(spots[i])]


def _between(own: list[list[int]], spots: Sequence[_Spot]) -> None:
    """Give an unanswered ask between two answered ones the firm line between theirs that is about neither."""
    for ask in range(1, len(own) - 1):
        if own[ask] or not own[ask - 1] or not own[ask + 1] or own[ask - 1][0] > own[ask + 1][0]:
            continue
        inside = range(own[ask - 1][0] + 1, own[ask + 1][0] if own[ask + 1][0] > own[ask - 1][0] else 0)
        free = [i for i in inside if max(spots[i].says) < _FAINTLY and _firm(spots[i])]
        for i in free:
            own[ask - 1] = [place for place in own[ask - 1] if place != i]
        own[ask] = free


def _speaks(spot: _Spot) -> bool:
    """Whether a line takes any stance: what merely stands where an answer is due (三、感谢您的支持) does not."""
    return _firm(spot) or spot.line.stance == "passed_on"


def _settles(spot: _Spot, told: Terms, profile: Profile) -> bool:
    """Whether a line takes a stance, or a clause of it that says something of the ask says what becomes of it."""
    named = (clause for clause in clauses(spot.line.sentence.text) if told.share_in(clause))
    return _speaks(spot) or any(word("", clause, profile, None) not in ("facts", "told") for clause in named)


def _firm(spot: _Spot) -> bool:
    return spot.line.stance in ("done", "begun", "planned", "promised", "refused") and spot.line.acts


def told_apart(submission: Submission, profile: Profile) -> list[Terms]:
    """The words of each ask; those shared with the title or another ask hardly tell it from the next."""
    asked = [simplified(ask.text) for ask in submission.asks]
    each = [_with_names(text, terms(text, profile), profile) for text in asked]
    said = Counter(word for one in each for word in one.weights)
    common = {word for word, count in said.items() if count > 1} | set(
        terms(simplified(submission.title), profile).weights
    )
    return [one.without(frozenset(common), _FAINT) for one in each]


def _with_names(text: str, told: Terms, profile: Profile) -> Terms:
    """The words of an ask, with those that the segmenter does not know put together again (早渡, 尾款).

    Where and for whom something is to be done (在瀑布景点修建…) tells less of the ask than the thing itself.
    """
    whole = Terms({**dict.fromkeys(unknown_names(text, profile), _UNKNOWN), **told.weights})
    where = "".join(match["where"] for match in _where(profile).finditer(text))
    rest = _where(profile).sub("", text)
    return whole.without(frozenset(word for word in whole.weights if word in where and word not in rest), _AROUND)


@lru_cache(maxsize=8)
def _where(profile: Profile) -> re.Pattern[str]:
    """A phrase of place or of whom it is for, before a verb of doing."""
    verbs = pattern(profile, "实做词", "措施动词", "建设诉求词", shortest=2).pattern
    return re.compile(
        rf"(?:^|(?<=[，。；：、]))(?:请|由|并|建议)?[^，。；：在为给沿]{{0,8}}[在为给沿](?P<where>[^，。；：]{{2,24}}?)(?={verbs})"
    )


def _spots(told: Sequence[Terms], found: Sequence[Passage], profile: Profile, *, in_order: bool) -> list[_Spot]:
    numbered = [i for i, passage in enumerate(found) if passage.numbered and passage.lines]
    own = dict(zip(numbered, range(len(told)), strict=False)) if in_order and len(numbered) == len(told) else {}
    boasts = pattern(profile, "总结词")
    spots = []
    for i, passage in enumerate(found):
        heading = passage.heading if passage.numbered else ""
        over = [_HEADING * one.share_in(heading, _ENOUGH) for one in told]
        for place, line in enumerate(passage.lines):
            if len(set(boasts.findall(line.sentence.text))) > 1 and not passage.numbered:
                continue
            says = [over[k] + one.share_in(line.sentence.text, _ENOUGH) for k, one in enumerate(told)]
            if i in own:
                says[own[i]] += _IN_ORDER
            for k in _by_number(heading + line.sentence.text[:24] if not place else "", len(told)):
                says[k] += _NAMED_BY_NUMBER
            spots.append(_Spot(line, i, tuple(says), passage.numbered and not place))
    return spots


def _by_number(text: str, asks: int) -> list[int]:
    """The asks that a text names by their number (第二条建议、第四、五点)."""
    match = _NUMBERED_ASK.search(text)
    values = [number(part) for part in re.split(r"[、和及]", match[1])] if match else []
    return [int(value) - 1 for value in values if value and 1 <= value <= asks]


def _walk(spots: Sequence[_Spot], asks: int) -> list[int]:
    """The best ask for every line; `asks` stands for none."""
    best = [_emission(spots[0], k, asks) for k in range(asks + 1)]
    came: list[list[int]] = []
    for spot in spots[1:]:
        step = [
            max(range(asks + 1), key=lambda past, k=k: best[past] - _change(past, k, asks, new=spot.new))  # type: ignore[misc]
            for k in range(asks + 1)
        ]
        best = [
            best[step[k]] - _change(step[k], k, asks, new=spot.new) + _emission(spot, k, asks) for k in range(asks + 1)
        ]
        came.append(step)
    at = max(range(asks + 1), key=best.__getitem__)
    walk = [at]
    for step in reversed(came):
        at = step[at]
        walk.append(at)
    return walk[::-1]


def _emission(spot: _Spot, ask: int, asks: int) -> float:
    return _NOBODY if ask == asks else spot.says[ask]


def _change(past: int, now: int, asks: int, *, new: bool) -> float:
    """What it costs to go from one ask to another; a new number is free to."""
    if past == now:
        return _AGAIN if new else 0.0
    if new:
        return 0.0
    return _ON if now == past + 1 or asks in (past, now) else _ELSEWHERE
