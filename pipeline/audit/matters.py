"""Which letters of a batch answer the same matter: telling words of the titles said on both sides, same places.

The same proposer, or a title that reminds (再次、切实解决), raises a matter again: then less likeness will do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.audit.pairing import title_core
from pipeline.audit.terms import TELLING, Terms, terms
from pipeline.audit.wording import pattern
from pipeline.profile import Profile
from pipeline.records import Submission

_LEAST, _HALF, _BETTER, _SAME = 0.4, 0.5, 0.55, 0.9
_CROWD = 40
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2}(?:村|社区|小区|小学|中学)(?!级|庄|民|委|屯|卫|医|干|规|集体)")
_ANY = re.compile(r"[各全本该每此农乡行自城老新镇县区个的在]")


@dataclass(frozen=True, slots=True)
class _Matter:
    title: Terms
    whole: str
    places: frozenset[str]
    people: frozenset[str]
    again: bool


def same_matters(submissions: Sequence[Submission | None], profile: Profile) -> dict[int, tuple[int, ...]]:
    """For each place in the batch the others whose submissions ask about the same matter; linear in the batch."""
    return _paired(submissions, profile, _alike)


def kindred(submissions: Sequence[Submission | None], profile: Profile) -> dict[int, tuple[int, ...]]:
    """The same, looser: the title of one is half said in the other, at no other place.

    For readers who look into the letters themselves before they believe it, as the promise ledger does.
    """
    return _paired(submissions, profile, _akin)


def akin(pairs: Iterable[tuple[Submission, Submission]], profile: Profile) -> set[frozenset[str]]:
    """Those of the pairs that are kindred, whatever words their titles share, as pairs of ids."""
    known: dict[str, _Matter] = {}
    found = set()
    for pair in pairs:
        left, right = (known.get(s.id) or known.setdefault(s.id, _matter(s, profile)) for s in pair)
        if _akin(left, right):
            found.add(frozenset(s.id for s in pair))
    return found


def _paired(
    submissions: Sequence[Submission | None], profile: Profile, alike: Callable[[_Matter, _Matter], bool]
) -> dict[int, tuple[int, ...]]:
    matters = {i: _matter(s, profile) for i, s in enumerate(submissions) if s is not None and s.title}
    holders: dict[str, list[int]] = defaultdict(list)
    for index, matter in matters.items():
        for word, weight in matter.title.weights.items():
            if weight >= TELLING:
                holders[word].append(index)
    found: dict[int, set[int]] = defaultdict(set)
    for left, right in _candidates(holders.values()):
        if alike(matters[left], matters[right]):
            found[left].add(right)
            found[right].add(left)
    return {index: tuple(sorted(others)) for index, others in found.items()}


def _candidates(groups: Iterable[list[int]]) -> set[tuple[int, int]]:
    """The pairs that share a word of their titles which few of the batch have."""
    few = [group for group in groups if 1 < len(group) <= _CROWD]
    return {(a, b) for group in few for i, a in enumerate(group) for b in group[i + 1 :]}


def _matter(submission: Submission, profile: Profile) -> _Matter:
    whole = submission.title + "".join(ask.text for ask in submission.asks)
    title = title_core(submission.title)
    again = bool(pattern(profile, "催办词").search(title))
    return _Matter(terms(title, profile), whole, places(title), frozenset(submission.proposers), again)


def _akin(left: _Matter, right: _Matter) -> bool:
    if left.places and right.places and not left.places & right.places:
        return False
    return max(left.title.share_in(right.whole), right.title.share_in(left.whole)) >= _HALF


def places(title: str) -> frozenset[str]:
    """The villages, estates and schools that a title names."""
    return frozenset(p for p in _VILLAGE.findall(title) if not _ANY.search(p[:2]))


def _alike(left: _Matter, right: _Matter) -> bool:
    if left.places and right.places and not left.places & right.places:
        return False
    shares = sorted((left.title.share_in(right.whole), right.title.share_in(left.whole)))
    raised_again = bool(left.people & right.people) or left.again or right.again
    if shares[0] < (_LEAST / 2 if raised_again else _LEAST) or shares[1] < _BETTER:
        return False
    alike = left.title.names(right.whole) and right.title.names(left.whole)
    return alike or shares[0] >= _SAME
