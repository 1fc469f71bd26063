"""Names of a letter that stand between the same words as another name of the submission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.beside import alike, fit
from pipeline.audit.places import kind_behind, kind_of, kind_word, own_name
from pipeline.text import is_proper, rarity, simplified, sort_of
from pipeline.text import words as cut

_LEAST, _MOST, _REACH = 2, 7, 14
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_MARK = re.compile(r"[^\u4e00-\u9fff]")
_SMALL = frozenset("的了和与及在是有为将已对把我您不由从向到至也又却更或其则被所以这那各每某时该个后多")
_NO_NAME = frozenset("vdprc")
_NAME = 2
_FAINT, _RARE, _TELLS, _LEADING = 0.35, 0.4, 0.55, 0.7
_BESIDE, _ONE_SIDE, _PLACED, _KIND, _SURE = 6, 8, 4, 3, 8
_SEATS = frozenset(("村", "社区", "乡镇"))
"""The kinds whose names may be common words (和平村); a 产业路 beside a 茶园路 is none."""
_COMPOSED = re.compile(
    r"(?:[县市省]|(?<!社)区)(?!镇|$)|(?:镇|乡|村|街道|社区|组|路|办)(?=.)|"
    r"^[第一二三四五六七八九十两几]+[组栋期孩胎楼层号年条户村个名家所座]"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What the letter has at `start` where the submission has `asked`; `left`, `right`: characters alike beside."""

    said: str
    start: int
    asked: str
    left: int
    right: int

    @property
    def fit(self) -> int:
        """How many characters stand alike beside both."""
        return self.left + self.right


def gaps(letter: str, submission: str) -> Iterator[Gap]:
    """The names that the submission has nowhere, each with the name that stands there between the same words."""
    known: dict[str, list[int]] = {}
    for at in range(len(submission) - 1):
        known.setdefault(submission[at : at + 2], []).append(at)
    for span in _new(letter, known):
        for gap in _candidates((letter, span), (submission, known)):
            after_number = letter[max(0, gap.start - 1) : gap.start].isdigit()
            behind = letter[gap.start + len(gap.said) :][:_REACH]
            if not after_number and gap.said not in submission and _are_names(gap, behind):
                yield _whole(gap, behind)


def _whole(gap: Gap, behind: str) -> Gap:
    """The gap with the word for the kind of place that follows both names."""
    kind = kind_word(behind) if gap.right else ""
    return Gap(gap.said + kind, gap.start, gap.asked + kind, gap.left, gap.right - len(kind))


def _new(letter: str, known: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """The stretches of Chinese characters of which no pair stands in the submission."""
    for run in _HAN.finditer(letter):
        pairs = [letter[i : i + 2] in known for i in range(run.start(), run.end() - 1)]
        there = "".join(".#"[a or b] for a, b in zip([False, *pairs], [*pairs, False], strict=True))
        for match in re.finditer(r"\.+", there):
            yield run.start() + match.start(), run.start() + match.end()


def _candidates(new: tuple[str, tuple[int, int]], old: tuple[str, dict[str, list[int]]]) -> Iterator[Gap]:
    """The stretches of the submission that have the same two characters before and behind; else on one side."""
    (letter, (start, end)), (submission, known) = new, old
    before = [at + 2 for at in known.get(letter[start - 2 : start], ())] if _HAN.match(letter, start - 1) else []
    behind = known.get(letter[end : end + 2], [])
    between = [(max(near), p) for p in behind if (near := [q for q in before if 0 < p - q <= _MOST])]
    for asked in between:
        yield _gap(letter, (start, end), submission, asked)
    if between:
        return
    known_behind = [p for p in behind if alike(letter[end : end + _KIND], submission[p : p + _KIND]) == _KIND]
    for p in known_behind:
        yield _gap(letter, (_begin(letter, start, end), end), submission, (_begin(submission, p - _MOST, p), p))
    known_before = [q for q in before if letter[max(0, start - _KIND) : start] == submission[max(0, q - _KIND) : q]]
    for q in known_before:
        yield _gap(letter, (start, _stop(letter, start, end)), submission, (q, _stop(submission, q, q + _MOST)))


def _gap(letter: str, said: tuple[int, int], submission: str, asked: tuple[int, int]) -> Gap:
    """The stretches with what is alike around them; one of a single character takes the next, alike in both."""
    (a, b), (c, d) = said, asked
    short = min(b - a, d - c) < _LEAST <= max(b - a, d - c)
    if short and letter[b : b + 1] == submission[d : d + 1] and len(kind_word(letter[b:])) == 1:
        b, d = b + 1, d + 1
    beside = (
        (letter[max(0, a - _REACH) : a], letter[b : b + _REACH]),
        (
            submission[max(0, c - _REACH) : c],
            submission[d : d + _REACH],
        ),
    )
    return Gap(letter[a:b], a, submission[c:d], *fit(*beside))


def _begin(text: str, least: int, end: int) -> int:
    """Where a name that ends at `end` begins: behind the last mark or small word, verbs before it left out."""
    start = max(0, least, end - _MOST)
    start = max((m.end() for m in _MARK.finditer(text, start, end)), default=start)
    parts = cut(text[start:end])
    first = max((i + 1 for i, word in enumerate(parts) if word in _SMALL), default=0)
    while first < len(parts) - 1 and _leads_in(parts[first], "".join(parts[first + 1 :])):
        first += 1
    return end - sum(map(len, parts[first:]))


def _leads_in(word: str, rest: str) -> bool:
    """Whether a word before a name is none of it: a verb or a common noun, with a name behind it."""
    named = len(rest) >= _LEAST and kind_word(rest) != rest
    return len(word) > 1 and (_is_word(word) or (named and not is_proper(word) and rarity(word) < _LEADING))


def _stop(text: str, start: int, most: int) -> int:
    """Where a name that begins at `start` ends: before the next mark, small word or verb."""
    mark = _MARK.search(text, start, most)
    parts = cut(text[start : mark.start() if mark else most])
    last = next((i for i, word in enumerate(parts) if word in _SMALL or _is_word(word)), len(parts))
    return start + sum(map(len, parts[:last]))


def _is_word(word: str) -> bool:
    """Whether a word of two characters or more is no part of a name: a verb and its like, or a very common noun."""
    return len(word) > 1 and not is_proper(word) and (sort_of(word)[:1] in _NO_NAME or rarity(word) < _FAINT)


def _are_names(gap: Gap, behind: str) -> bool:
    """Whether both stretches are names; the less they fit, the rarer they must be."""
    both = (gap.said, gap.asked)
    if any(not _LEAST <= len(name) <= _MOST or not _HAN.fullmatch(name) for name in both) or spelt_alike(*both):
        return False
    ends = {kind_of(name) for name in both}
    behind = kind_behind(behind) if gap.right else ""
    kind = behind or (ends.pop() if len(ends) == 1 else "")
    weakest, other = sorted(strength(name) for name in both)
    if kind:
        least = _PLACED if behind and kind != kind_of("镇") else _KIND
        return gap.fit >= (least if weakest > 0 else _SURE) and weakest >= (
            0 if kind in _SEATS or other == _NAME else 1
        )
    between = min(gap.left, gap.right) > 1
    if weakest == _NAME:
        return gap.fit >= (_BESIDE if between else _ONE_SIDE)
    return between and gap.fit >= _SURE and (weakest, other) == (1, _NAME)


def spelt_alike(one: str, other: str) -> bool:
    """Whether two names begin alike, share two characters, or differ in one only: the same in another spelling."""
    one, other = simplified(own_name(one)), simplified(own_name(other))
    once = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) < _LEAST
    return one[0] == other[0] or len(set(one) & set(other)) >= _LEAST or once


def strength(name: str) -> int:
    """2 for a name that no dictionary has but as a name, 1 for a rare noun, 0 for another, -1 for what is no name."""
    own = own_name(name)
    parts = cut(own)
    long = [word for word in parts if len(word) > 1]
    acts = any(sort_of(word)[:1] in _NO_NAME and not is_proper(word) for word in long)
    if acts or _COMPOSED.search(name) or any(word in _SMALL for word in parts):
        return -1
    if is_proper(own) or (rarity(own) == 1.0 and len(long) < 2 and all(rarity(word) >= _TELLS for word in long)):
        return 2
    return int(all(rarity(word) >= _RARE for word in long))
