"""Places that a letter names where the submission names others: told by the words around them in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.audit.amounts import telling_pairs
from pipeline.audit.places import KIND, leads, named
from pipeline.text import rarity

_NEAR, _PROPER, _UNKNOWN, _FITS = 10, 0.5, 1.0, 4
_OFFICE = re.compile(r"^(?:人民)?政府|^办事处|^党[委政]|^派出所|^代表团|^街道办|^执法|^中心校|^人大|^会同|^同志")
_KIND_START, _KIND_END = re.compile(KIND), re.compile(rf"(?:{KIND})$")
_HAN = re.compile(r"[\u4e00-\u9fff、]")


@dataclass(frozen=True, slots=True)
class Named:
    """A place with its kind and what stands before and behind it in its sentence."""

    name: str
    kind: str
    start: int
    before: str
    behind: str
    sure: bool

    @property
    def pairs(self) -> frozenset[str]:
        """The telling pairs of characters beside it."""
        return telling_pairs(self.before) | telling_pairs(self.behind)


def found(text: str) -> Iterator[Named]:
    """The places of a text, without those that are part of an office's name."""
    for kind, start, end in named(text):
        if _OFFICE.match(text[end : end + 4]):
            continue
        before = re.split(r"[。；\n]", text[max(0, start - _NEAR) : start])[-1]
        behind = re.split(r"[。；\n]", text[end : end + _NEAR])[0]
        yield Named(text[start:end], kind, start, before, behind, leads(text[:start]))


def fit(one: Named, other: Named) -> int:
    """How many characters stand alike, directly before and behind two places."""
    return _alike(one.before[::-1], other.before[::-1]) + _alike(one.behind, other.behind)


def _alike(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b or not _HAN.match(a):
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Displaced:
    """A place of a letter, and the place that the submission names where the letter names this one."""

    said: Named
    asked: Named


def displaced(letter: str, submission: str, title: str, asks: str) -> Displaced | None:
    """The first place that stands for another one: neither text names the other's, and the words around are alike."""
    said = [n for n in found(letter) if n.name[:2] not in submission and _is_name(n)]
    for text in (title, asks, submission) if said else ():
        known = [n for n in found(text) if _is_name(n)]
        lost = [n for n in known if n.name[:2] not in letter]
        for new in said:
            for old in (n for n in lost if n.kind == new.kind and not _spelt_alike(n, new)):
                kept = any(n.kind == old.kind and n.name[:2] in letter for n in known)
                alone = _alone(new, said) and _alone(old, known) and _related(new, old, text != submission)
                if _stands_for(new, old, kept) or alone:
                    return Displaced(new, old)
    return None


def _spelt_alike(one: Named, other: Named) -> bool:
    """Whether two names share a character: the same place in another spelling, or cut elsewhere."""
    near = (set(n.before[-1:] + n.name[:2]) for n in (one, other))
    return any(chars & set(n.name[:2]) for chars, n in zip(near, (other, one), strict=True))


def _stands_for(new: Named, old: Named, kept: bool) -> bool:
    """Whether the words around two places are the same, character by character or by what they tell."""
    alike, shared = fit(new, old), len(new.pairs & old.pairs)
    return (
        alike >= _FITS
        or (alike >= _FITS / 2 and shared > 0)
        or (shared > 1 and not kept and _starts(new) and _starts(old))
    )


def _related(new: Named, old: Named, asked: bool) -> bool:
    """Whether two places, alone of their kind, belong together: sure names, asked for or beside the same words."""
    return _starts(new) and _starts(old) and (asked or bool(new.pairs & old.pairs))


def _alone(place: Named, among: list[Named]) -> bool:
    return {n.name for n in among if n.kind == place.kind} == {place.name}


def _starts(place: Named) -> bool:
    """Whether a name surely begins where it was cut."""
    inside = rarity(place.before[-1:] + place.name[0]) < _UNKNOWN
    return place.sure or (rarity(place.name[:2]) >= _UNKNOWN and not inside)


def _is_name(place: Named) -> bool:
    """Whether the two characters before the kind are a name rather than a word of the language."""
    return rarity(place.name[:2]) >= _PROPER


def retitled(cited: str, title: str, letter: str, submission: str) -> tuple[str, str] | None:
    """What a title has, and what stands in its place where a letter cites it; both are nowhere in the other text.

    A title may be shortened or added to; it is another one where a place has been exchanged in it.
    """
    for step, a, b, c, d in SequenceMatcher(None, title, cited, autojunk=False).get_opcodes():
        was, now = _whole(title, a, b), _whole(cited, c, d)
        if step != "replace" or min(b - a, d - c) < 2 or was in letter or now in submission:
            continue
        if _KIND_END.search(was) and _KIND_END.search(now):
            return was, now
    return None


def _whole(text: str, start: int, end: int) -> str:
    """A stretch with the word for its kind that may follow it (茶亭 with 村)."""
    behind = _KIND_START.match(text[end:])
    return text[start:end] + (behind.group() if behind else "")
