"""What became of every ask in the letter (domain §5-B): its passage, and the state that the passage puts it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.audit.passages import Line, Passage
from pipeline.audit.wording import Stance, pattern
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
_OTHER_WORDS = 4
_NAME = 0.8
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

    def hints(self, text: str) -> bool:
        """Whether `text` says a telling word or a part of one (停车 of 停车场)."""
        return any(weight >= TELLING and _telling_part(word, text) for word, weight in self.weights.items())

    def telling(self) -> list[str]:
        """The words that by themselves tell a matter from another."""
        return [word for word, weight in self.weights.items() if weight >= TELLING]


def _said(word: str, text: str) -> float:
    if word in text:
        return 1.0
    return 0.5 if len(word) > 2 and (word[:2] in text or word[-2:] in text) else 0.0


def shares_a_name(asked: str, text: str, profile: Profile) -> bool:
    """Whether both say the same three characters with a telling word in them, however the words were cut."""
    found = {asked[i : i + 3] for i in range(len(asked) - 2) if asked[i : i + 3] in text}
    little = pattern(profile, "虚字")
    proper = (gram for gram in sorted(found) if re.fullmatch(r"[\u4e00-\u9fff]{3}", gram))
    return any(_is_name(words(gram)) for gram in proper if not little.search(gram))


def _is_name(cut: Sequence[str]) -> bool:
    """Whether three characters are a rare word with one more, or a name that the dictionary does not know at all."""
    return all(len(word) == 1 for word in cut) or any(len(word) > 1 and rarity(word) > _NAME for word in cut)


def _telling_part(word: str, text: str) -> bool:
    if word in text:
        return True
    return len(word) > 2 and any(part in text and rarity(part) >= TELLING for part in (word[:2], word[-2:]))


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
        return (
            _only(asks[0], terms(f"{submission.title}\n{asks[0].text}", profile), found, profile, relevant=relevant),
        )
    common = _common(submission, profile)
    numbered = [passage for passage in found if passage.numbered and passage.lines]
    in_order = relevant and len(numbered) == len(asks)
    own: Sequence[Passage | None] = numbered if in_order else [None] * len(asks)
    return tuple(
        _covered(ask, terms(ask.text, profile).without(common), passage, found, profile)
        for ask, passage in zip(asks, own, strict=True)
    )


def _only(ask: Ask, told: Terms, found: Sequence[Passage], profile: Profile, *, relevant: bool) -> Coverage:
    """The state of a submission's only ask: the whole letter bears on it once it is about the matter at all."""
    lines = [line for passage in found for line in passage.lines]
    whole = "".join(passage.heading + passage.text for passage in found)
    named = not told.weights or told.share_in(whole) >= _NAMED or told.names(whole)
    related = relevant and (told.hints(whole) or shares_a_name(ask.text, whole, profile))
    if not lines or not (named or related or _brief(lines, whole, profile)):
        return Coverage(ask.ordinal, "未回应")
    line = _telling(told, lines)
    return Coverage(ask.ordinal, _state(lines, profile), line.sentence.text, line.sentence.start, line.sentence.end)


def _brief(lines: Sequence[Line], whole: str, profile: Profile) -> bool:
    """Whether a letter says something firm and too little besides to be about anything else (已办结、不属我局职责)."""
    firm = any(line.stance in _FIRM and line.acts for line in lines)
    return firm and len(own_words(whole, profile)) < _OTHER_WORDS


def own_words(text: str, profile: Profile) -> list[str]:
    """The telling words of an answer but for those of any office's procedure (立项、争取、初步设计)."""
    usual = pattern(profile, "步骤词", "前期词", "实做词", "空泛词", "上报词", "拒绝词")
    return [word for word in terms(text, profile).telling() if not usual.search(word)]


def _common(submission: Submission, profile: Profile) -> frozenset[str]:
    """The words that the asks share with the title or with one another: they do not tell one ask from the next."""
    said = Counter(word for ask in submission.asks for word in terms(ask.text, profile).weights)
    return frozenset(terms(submission.title, profile).weights) | {word for word, count in said.items() if count > 1}


def _declines(line: Line) -> bool:
    return line.stance == "refused"


def _covered(ask: Ask, told: Terms, own: Passage | None, found: Sequence[Passage], profile: Profile) -> Coverage:
    answering = [passage for passage in found if passage.lines]
    if answering and not max(told.weights.values(), default=0.0) >= _FAINT * TELLING and own is None:
        lines = [line for passage in answering for line in passage.lines]
        line = _telling(told, lines)
        return Coverage(ask.ordinal, _state(lines, profile), line.sentence.text, line.sentence.start, line.sentence.end)
    scores = [
        told.share_in(passage.heading + passage.text) + (_ORDER_BONUS if passage is own else 0.0)
        for passage in answering
    ]
    if not scores or max(scores) < _BEARS:
        return Coverage(ask.ordinal, "未回应")
    passage = answering[scores.index(max(scores))]
    bearing = _bearing(told, passage)
    line = _telling(told, bearing)
    return Coverage(ask.ordinal, _state(bearing, profile), line.sentence.text, line.sentence.start, line.sentence.end)


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


def _state(lines: Sequence[Line], profile: Profile) -> State:
    """What the lines bearing on an ask make of it; what is done in place of a declined ask does not meet it."""
    instead = pattern(profile, "替代办法词")
    refused = any(line.stance == "refused" for line in lines)
    stances = {line.stance for line in lines if not (refused and instead.search(line.sentence.text)) or _declines(line)}
    firm = {line.stance for line in lines if line.stance == "planned" or (line.stance == "promised" and line.acts)}
    ahead, done = bool(firm), "done" in stances
    if "refused" in stances:
        return "部分采纳" if done or "begun" in stances else "解释不采纳"
    if done or "begun" in stances:
        return "部分采纳" if ahead or not done else "已采纳落实"
    if ahead:
        return "列入计划"
    return "转上级/其他单位" if "passed_on" in stances else "仅介绍情况"
