"""What became of every ask in the letter (domain §5-B): its passage, and the state that the passage puts it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.audit.passages import Line, Passage
from pipeline.audit.wording import Stance
from pipeline.profile import Profile
from pipeline.records import Ask, Coverage, State, Submission
from pipeline.text import rarity, words

_BEARS = 0.24
_CLEARLY = 0.4
_NAMED = 0.12
_FAINT = 0.4
_COUNTED = re.compile(r"[\d一二三四五六七八九十两几]")
TELLING = 0.5
_ORDER_BONUS = 0.25
_FIRM: frozenset[Stance] = frozenset({"done", "begun", "planned", "promised", "refused", "passed_on"})


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a text that tell of its matter, weighed by rarity."""

    weights: dict[str, float]

    def share_in(self, text: str) -> float:
        """How much of the weight is said in `text`, 0–1; a part of a longer word counts half (停车场, 停车位)."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        return sum(weight * _said(word, text) for word, weight in self.weights.items()) / total

    def without(self, common: frozenset[str]) -> Terms:
        """The same words, `common` ones weighing less."""
        return Terms({word: weight * (_FAINT if word in common else 1.0) for word, weight in self.weights.items()})

    def names(self, text: str) -> bool:
        """Whether `text` says one of the telling words."""
        return any(weight >= TELLING and word in text for word, weight in self.weights.items())

    def telling(self) -> list[str]:
        """The words that by themselves tell a matter from another."""
        return [word for word, weight in self.weights.items() if weight >= TELLING]


def _said(word: str, text: str) -> float:
    if word in text:
        return 1.0
    return 0.5 if len(word) > 2 and (word[:2] in text or word[-2:] in text) else 0.0


def terms(text: str, profile: Profile) -> Terms:
    """The telling words of a text, without the profile's 停用词."""
    stop = set(profile.words("停用词"))
    return Terms({word: _weight(word) for word in words(text) if len(word) > 1 and word not in stop})


def _weight(word: str) -> float:
    """The rarity of a word; counted things (三组, 40) tell half as much."""
    return rarity(word) * (0.5 if _COUNTED.match(word) else 1.0)


def coverage(
    submission: Submission | None, found: Sequence[Passage], profile: Profile, *, relevant: bool = True
) -> tuple[Coverage, ...]:
    """One `Coverage` per ask, in order; empty where there is no submission or it names no ask (§5-B abstains).

    As many answered items as asks answer them one by one, if the letter is `relevant` at all.
    """
    if submission is None or not submission.asks:
        return ()
    asks = submission.asks
    if len(asks) == 1:
        return (_only(asks[0], terms(f"{submission.title}\n{asks[0].text}", profile), found, relevant=relevant),)
    common = _common(submission, profile)
    numbered = [passage for passage in found if passage.numbered and passage.lines]
    in_order = relevant and len(numbered) == len(asks)
    own: Sequence[Passage | None] = numbered if in_order else [None] * len(asks)
    return tuple(
        _covered(ask, terms(ask.text, profile).without(common), passage, found)
        for ask, passage in zip(asks, own, strict=True)
    )


def _only(ask: Ask, told: Terms, found: Sequence[Passage], *, relevant: bool) -> Coverage:
    """The state of a submission's only ask: the whole letter bears on it once it is about the matter at all."""
    lines = [line for passage in found for line in passage.lines]
    whole = "".join(passage.heading + passage.text for passage in found)
    named = not told.weights or told.share_in(whole) >= _NAMED or told.names(whole)
    if not lines or not (relevant or named):
        return Coverage(ask.ordinal, "未回应")
    line = _telling(told, lines)
    return Coverage(ask.ordinal, _state(lines), line.sentence.text, line.sentence.start, line.sentence.end)


def _common(submission: Submission, profile: Profile) -> frozenset[str]:
    """The words that the asks share with the title or with one another: they do not tell one ask from the next."""
    said = Counter(word for ask in submission.asks for word in terms(ask.text, profile).weights)
    return frozenset(terms(submission.title, profile).weights) | {word for word, count in said.items() if count > 1}


def _covered(ask: Ask, told: Terms, own: Passage | None, found: Sequence[Passage]) -> Coverage:
    answering = [passage for passage in found if passage.lines]
    if answering and not max(told.weights.values(), default=0.0) >= _FAINT * TELLING and own is None:
        lines = [line for passage in answering for line in passage.lines]
        line = _telling(told, lines)
        return Coverage(ask.ordinal, _state(lines), line.sentence.text, line.sentence.start, line.sentence.end)
    scores = [
        told.share_in(passage.heading + passage.text) + (_ORDER_BONUS if passage is own else 0.0)
        for passage in answering
    ]
    if not scores or max(scores) < _BEARS:
        return Coverage(ask.ordinal, "未回应")
    passage = answering[scores.index(max(scores))]
    bearing = _bearing(told, passage)
    line = _telling(told, bearing)
    return Coverage(ask.ordinal, _state(bearing), line.sentence.text, line.sentence.start, line.sentence.end)


def _bearing(told: Terms, passage: Passage) -> list[Line]:
    """The lines of a passage that bear on an ask: all of a short passage, else those that name it and what follows."""
    if len(passage.lines) <= 4 or told.share_in(passage.heading) >= _CLEARLY:
        return list(passage.lines)
    near = [told.share_in(line.sentence.text) >= _BEARS for line in passage.lines]
    kept = [line for i, line in enumerate(passage.lines) if near[i] or (i and near[i - 1])]
    return kept or list(passage.lines)


def _telling(told: Terms, lines: Sequence[Line]) -> Line:
    """The line that says most: a firm stance first, then the most shared words."""
    return max(lines, key=lambda line: (line.stance in _FIRM, told.share_in(line.sentence.text)))


def _state(lines: Sequence[Line]) -> State:
    stances = {line.stance for line in lines}
    ahead, done = stances & {"planned", "promised"}, "done" in stances
    if "refused" in stances:
        return "部分采纳" if done or "begun" in stances else "解释不采纳"
    if done or "begun" in stances:
        return "部分采纳" if ahead or not done else "已采纳落实"
    if ahead:
        return "列入计划"
    return "转上级/其他单位" if "passed_on" in stances else "仅介绍情况"
