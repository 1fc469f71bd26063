"""What a later letter says of a promise: kept, made again, given up for a reason, or not a word (rules P12, X06)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.audit.case import Case
from pipeline.audit.letter import parts
from pipeline.audit.pairing import title_core
from pipeline.audit.passages import Line, Passage, passages
from pipeline.audit.terms import TELLING, Terms, terms
from pipeline.audit.wording import pattern
from pipeline.figures import moments, quantities
from pipeline.mentions import mentions
from pipeline.profile import Profile
from pipeline.records import Commitment, Said
from pipeline.text import sentences

_BEARS, _SURELY, _ENOUGH = 0.4, 0.6, 1.6
_SPECIFIC, _FAINT, _PLAIN = 0.8, 0.3, 0.25
_NEXT = 2
_SHORT_BY = 0.95
_ACTS = "同类动作·"
_PERCENT = re.compile(r"(?:完成|达|进度|过)[^，。；]{0,8}?(?<!\d)\d{1,2}(?:\.\d+)?\s?[%％]")
_USUAL = ("步骤词", "前期词", "空泛词", "上报词", "拒绝词", "会办提示词", "协调词", "承办动作词", "将来词")
"""The words of any office's procedure: they tell no promise from another."""
_STAGE = re.compile(r"(?:[一首]|第一)(?:期|批|阶段|标段)")
_FACT = re.compile(r"[\d〇]|[一二三四五六七八九十百千]+(?:个|处|盏|台|套|米|公里|户|人|次|座|条|名|块|家|万元)|验收")
_BECAUSE = re.compile(r"因|由于|鉴于|经[^，。；]{0,10}(?:核|查|评|论证|认定)|属于?|不符|依法|按照?|根据|涉及")
_ALREADY = re.compile(r"已(?:经)?[于在]?$")
_DAYS = frozenset({"T4", "T5"})
_AHEAD = frozenset({"planned", "promised", "begun"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter cut into its passages once, for all promises that look at it."""

    case: Case
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, case: Case, profile: Profile) -> Letter:
        """The letter of a case."""
        return cls(case, passages(parts(case.reply.text, case.asked), profile, case.reply.day))

    def coming(self, line: Line) -> Commitment | None:
        """The last promise of a line that falls due after the letter's own day."""
        day, span = self.case.reply.day, line.sentence
        inside = (c for c in self.case.reply.commitments if c.start < span.end and c.end > span.start)
        ahead = [c for c in inside if day and c.deadline_to and c.deadline_to > day and _is_ahead(c, span.text)]
        return max(ahead, key=lambda c: c.deadline_to or date.min, default=None)


def _is_ahead(promise: Commitment, text: str) -> bool:
    """Whether the day of a promise is said as one to come: not “已于9月处理完毕”, “11月26日已经完成”."""
    at = text.find(promise.deadline_text)
    over = _ALREADY.search(text[:at]) or text[at + len(promise.deadline_text) :].lstrip("，").startswith("已")
    return at >= 0 and not over


@dataclass(frozen=True, slots=True)
class Subject:
    """What a promise is about: its telling words, and the act where these only name the whole item."""

    promise: Commitment
    made: date | None
    told: Terms
    acts: re.Pattern[str] | None

    def named_in(self, text: str, least: float) -> float:
        """How much of it a text names, 0 where too little: of three words and more, two must be said."""
        share = self.told.share_in(text, _ENOUGH)
        words = self.told.weights
        alone = len(words) > 2 and sum(word in text or word[:2] in text for word in words) < 2
        return 0.0 if alone or share < max(least, _SURELY if self.acts else least) else share


@dataclass(frozen=True, slots=True)
class Heard:
    """What one letter says of a promise, in which line, and by when it now promises it."""

    said: Said
    line: Line | None = None
    due: date | None = None


def subject(promise: Commitment, case: Case, profile: Profile) -> Subject:
    """The telling words of a promise; what only repeats the item's title hardly tells one promise from the next.

    A promise that names nothing of its own (10月8日开工) is told by its sentence, its title and its act.
    """
    made, title = case.reply.day, case.submission.title if case.submission else case.reply.title
    own, topic = _telling(_bare(promise.text, profile), profile), title_core(title)
    weights = {word: weight * (_FAINT if word in topic else 1.0) for word, weight in own.items()}
    if sum(weights.values()) >= _SPECIFIC:
        return Subject(promise, made, Terms(weights), None)
    whole = next((s.text for s in sentences(case.reply.text) if s.start <= promise.start < s.end), promise.text)
    told = _telling(topic, profile, _PLAIN) | _telling(_bare(whole, profile), profile, _PLAIN)
    return Subject(promise, made, Terms(told), _acts(promise.text, profile))


def _bare(text: str, profile: Profile) -> str:
    """A text without its times and units, which many promises share."""
    bare = text
    spans = [(m.start, m.end) for m in moments(bare)] + [(m.start, m.end) for m in mentions(bare, profile)]
    for start, end in sorted(spans, reverse=True):
        bare = f"{bare[:start]}，{bare[end:]}"
    return bare


def _telling(text: str, profile: Profile, least: float = TELLING) -> dict[str, float]:
    usual = pattern(profile, *_USUAL)
    weights = terms(text, profile).weights.items()
    return {word: w for word, w in weights if w >= least and not (usual.search(word) or word[0].isdecimal())}


def _acts(text: str, profile: Profile) -> re.Pattern[str]:
    """The acts of a promise with their other wordings, and those that end every work (建成、解决)."""
    found = [words.pattern for words in _same_acts(profile) if words.search(text)]
    own = [re.escape(word) for word in pattern(profile, "实做词", "措施动词").findall(text)]
    return re.compile("|".join([*found, *own, pattern(profile, f"{_ACTS}建成").pattern, r"解决|完成|落实|办结"]))


@lru_cache(maxsize=4)
def _same_acts(profile: Profile) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern(profile, name) for name in sorted(profile.wording) if name.startswith(_ACTS))


def same_promise(left: Commitment, right: Commitment, cases: tuple[Case, Case], profile: Profile) -> bool:
    """Whether two promises of two letters are about one thing and one act: each says most of the other's words."""
    here, there = subject(left, cases[0], profile), subject(right, cases[1], profile)
    acts = [words for words in _same_acts(profile) if words.search(left.text)]
    alike = any(words.search(right.text) for words in acts)
    named = here.told.share_in(right.text) >= _SURELY and there.told.share_in(left.text) >= _SURELY
    return alike and named


def heard(about: Subject, letter: Letter, profile: Profile, *, sure: bool = True) -> Heard | None:
    """What a letter says of a promise; None where it does not speak of it.

    With `sure` unset (letters that only share the class of problem) a line must name nearly all of it.
    """
    bearing = _bearing(about, letter, _BEARS if sure else _SURELY)
    ranked = sorted(bearing, key=lambda found: -found[0])
    verdicts = (_verdict(about, line, letter, profile) for line in _near(ranked))
    told = [verdict for verdict in verdicts if verdict is not None]
    if told and told[0].said == "部分兑现":
        return next((verdict for verdict in told if verdict.said == "再承诺"), told[0])
    named = [passage.lines[at] for _, passage, at in ranked if at >= 0]
    mentioned = Heard("提及", named[0] if named else None) if ranked else None
    return told[0] if told else mentioned


def _near(ranked: Sequence[tuple[float, Passage, int]]) -> Iterator[Line]:
    """The naming lines themselves, best first, then what follows each of them or its heading."""
    for reach in (slice(0, 1), slice(1, 1 + _NEXT)):
        for _, passage, at in ranked:
            yield from passage.lines[at:][reach] if at >= 0 else passage.lines[: reach.stop]


def _bearing(about: Subject, letter: Letter, least: float) -> Iterator[tuple[float, Passage, int]]:
    """The lines that name what is told of, with how much of it; place -1 for the heading of a passage."""
    for passage in letter.passages:
        for at, text in enumerate([passage.heading, *(line.sentence.text for line in passage.lines)], start=-1):
            if share := about.named_in(text, least):
                yield share, passage, at


def _verdict(about: Subject, line: Line, letter: Letter, profile: Profile) -> Heard | None:
    """What one line says: given up with a reason, to come, done in part, done."""
    text = line.sentence.text
    coming = letter.coming(line)
    put_off = pattern(profile, "推迟词").search(text)
    instead = coming is None or pattern(profile, "替代办法词").search(text)
    if instead and not put_off and _given_up(line, profile):
        return Heard("说明", line) if _BECAUSE.search(text) else None
    if about.acts and not about.acts.search(text):
        return None
    if line.stance == "done" and not put_off:
        return _done(about, line, (coming, letter.case.reply.day), profile)
    if coming or put_off or line.stance == "begun" or (line.stance in _AHEAD and line.acts):
        return Heard("再承诺", line, coming.deadline_to if coming else None)
    return None


def _given_up(line: Line, profile: Profile) -> bool:
    return line.stance == "refused" or bool(pattern(profile, "作罢词").search(line.sentence.text))


def _done(about: Subject, line: Line, ahead: tuple[Commitment | None, date | None], profile: Profile) -> Heard | None:
    """A line that reports work done: all of it with a fact, without one, or with a rest that is still to come.

    What was over before the promise was made does not keep it.
    """
    text, (coming, day) = line.sentence.text, ahead
    rest = _unfinished(about.promise, text, profile)
    if coming is not None and (rest or not _done_before(about.told, text, coming)):
        return Heard("再承诺", line, coming.deadline_to)
    if rest:
        return Heard("部分兑现", line)
    reported = text[: text.find(coming.deadline_text)] if coming else text
    times = [m.last for m in moments(reported, day) if m.last and day and m.last <= day and m.strength in _DAYS]
    if about.made and times and max(times) < about.made:
        return None
    return Heard("兑现" if _FACT.search(reported) else "称兑现", line)


def _done_before(told: Terms, text: str, coming: Commitment) -> bool:
    """Whether what was promised is named before a coming time rather than behind it: that is for something else."""
    begin = max(text.rfind(mark, 0, text.find(coming.deadline_text)) for mark in "，。；") + 1
    return told.share_in(text[:begin]) > told.share_in(text[begin:])


def _unfinished(promise: Commitment, text: str, profile: Profile) -> bool:
    """Whether a part is left: the line says so, a percentage, or less of the promised thing than was promised."""
    if pattern(profile, "未完词").search(text) or _PERCENT.search(text):
        return True
    reached: dict[str, float] = {}
    for amount in quantities(text):
        reached[amount.unit] = reached.get(amount.unit, 0.0) + (amount.value or 0.0)
    least: dict[str, float] = {}
    for amount in quantities(promise.text):
        if amount.value:
            least[amount.unit] = min(amount.value, least.get(amount.unit, amount.value))
    met = [reached[unit] >= _SHORT_BY * value for unit, value in least.items() if reached.get(unit)]
    first_stage = _STAGE.search(text) and not _STAGE.search(promise.text)
    return not all(met) or (bool(first_stage) and not met)
