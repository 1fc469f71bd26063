"""Places that a letter names where the submission names others: told by the words around them, or by their kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from pipeline.audit.beside import telling_pairs
from pipeline.audit.gaps import Gap, gaps, strength
from pipeline.audit.places import leads, named, own_name
from pipeline.audit.wording import pattern
from pipeline.profile import Profile
from pipeline.text import rarity

_UNKNOWN = 1.0
_FITS, _SLIPS, _OFTEN, _LONGER = 6, 12, 2, 3
_NEAR, _ALIKE = 10, 2
_TEAM = re.compile(r"[\u4e00-\u9fff]{2,8}代表团")
_ROADS, _SIDES = frozenset("路乡"), frozenset("东西南北中环")
_BEFORE = re.compile(r"[^。；！？\n]*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A place with its kind and the telling pairs of characters beside it."""

    name: str
    kind: str
    start: int
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Letter:
    """The text of a letter; its answer begins at `body`."""

    text: str
    body: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The whole text of a submission, and that of its title and asks."""

    whole: str
    asks: str


@dataclass(frozen=True, slots=True)
class Displaced:
    """A name of a letter at `start`, and the name that the submission has for it."""

    said: str
    start: int
    asked: str


def displaced(letter: Letter, asked: Asked, profile: Profile) -> Displaced | None:
    """The first place that stands for another one; the answer begins at `body` of the letter.

    What says that the place was changed, or that another one is only an example, is no fault.
    """
    asked = Asked(_TEAM.sub("", asked.whole), asked.asks)
    found = chain(_between(letter, asked), _of_its_kind(letter, asked, profile))
    return next((one for one in found if not _told(letter.text, one.start, profile)), None)


def _told(letter: str, start: int, profile: Profile) -> bool:
    clause = _BEFORE.search(letter[:start])
    sentence = (clause.group() if clause else "") + re.split(r"[。；！？\n]", letter[start:])[0]
    return bool(pattern(profile, "改地说明词").search(sentence))


def _between(letter: Letter, asked: Asked) -> Iterator[Displaced]:
    """The names that stand between the same words as one that the letter, or its answer, has lost."""
    for gap in gaps(letter.text, asked.whole):
        if gap.fit >= _least(gap, letter):
            yield Displaced(gap.said, gap.start, gap.asked)


def _least(gap: Gap, letter: Letter) -> int:
    """How well a name must fit, by where the letter still names the place of the submission, and how often the new."""
    own = own_name(gap.asked)
    if own not in letter.text:
        return 0
    answer = letter.text[letter.body :]
    mixed = own in answer and answer.count(own_name(gap.said)) <= _OFTEN
    return _SLIPS if mixed and gap.start >= letter.body else _FITS


def _of_its_kind(letter: Letter, asked: Asked, profile: Profile) -> Iterator[Displaced]:
    """The new places that stand for a lost one of their kind: beside the same words, or the only ones of it."""
    said = [one for one in _found(letter.text, profile) if own_name(one.name)[-2:] not in asked.whole]
    known = list(_found(asked.whole, profile)) if said else []
    meant = [one for one in known if one.name in asked.asks]
    for new in (one for one in said if _only(one, said)):
        often = sum(one.start >= letter.body for one in said if one.name == new.name) >= _OFTEN
        for old in (one for one in known if one.kind == new.kind and not _share(one, new)):
            alike = len(new.pairs & old.pairs)
            single = _only(old, meant) or (alike > 0 and _only(old, known))
            gone = _lost(old, letter.text) and (alike >= _ALIKE or single)
            moved = _lost(old, letter.text[letter.body :]) and (alike >= _ALIKE or (often and single))
            if gone or (moved and new.start >= letter.body):
                yield Displaced(new.name, new.start, old.name)


def _share(one: Named, other: Named) -> bool:
    """Whether two names share a character: the same place in another spelling, or cut elsewhere."""
    return bool(set(own_name(one.name)) & set(own_name(other.name)))


def _lost(old: Named, text: str) -> bool:
    return own_name(old.name)[-2:] not in text


def _only(place: Named, among: list[Named]) -> bool:
    """Whether a place is the only one of its kind."""
    return {one.name for one in among if one.kind == place.kind} == {place.name}


def _found(text: str, profile: Profile) -> Iterator[Named]:
    """The places of a text that begin where a name can, without those that are part of an office's name."""
    office = pattern(profile, "地名后机构词")
    for kind, start, end in named(text):
        first = next((at for at in range(start, max(-1, start - _LONGER), -1) if _begins(text, at)), None)
        if first is not None and not office.match(text, end) and _is_name(text[first:end]):
            beside = text[max(0, first - _NEAR) : first] + "|" + text[end : end + _NEAR]
            yield Named(text[first:end], kind, first, telling_pairs(beside, profile))


def _is_name(name: str) -> bool:
    """Whether a place is a name: one that no dictionary has, or two characters of it are a rare noun."""
    own = own_name(name)
    if name[len(own) :] in _ROADS and own[-1] not in _SIDES and rarity(own[-1] + name[len(own) :]) < _UNKNOWN:
        return False
    return strength(name) > 1 or (strength(name) > 0 and len(own) == 2 and min(rarity(name), 2 * rarity(own)) >= 1)


def _begins(text: str, at: int) -> bool:
    """Whether a name can begin at `at`: behind a mark, a word like 在, or any word of the dictionary."""
    before = text[max(0, at - 2) : at]
    return leads(before) or (len(before) > 1 and rarity(before) < _UNKNOWN)


def retitled(cited: str, title: str) -> tuple[str, str] | None:
    """What a title has, and what stands in its place where a letter cites it.

    A title may be shortened or added to; it is another one where a name has been exchanged in it.
    """
    gap = next(gaps(cited, title), None)
    return (gap.asked, gap.said) if gap else None
