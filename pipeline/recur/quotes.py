"""What a pair is shown with: the sentences of both sides that agree, and what differs between them."""

from __future__ import annotations

from pipeline.figures import quantities
from pipeline.records import Evidence, Relation, Submission
from pipeline.recur.matter import core_title
from pipeline.recur.places import places
from pipeline.recur.sayings import Sayings
from pipeline.text import grams, normal, sentences, simplified

COPIED = "文字相同而地点不同（疑为套用同一文稿，不是同一事项）"
MOST_SENTENCES, MOST_QUOTES, ENOUGH = 12, 2, 0.2


def evidence(left: Submission, right: Submission, sayings: Sayings) -> tuple[Evidence, ...]:
    """The sentences of both sides that agree best as printed, the titles among them; at least one pair of quotes."""
    ours, theirs = (_quotable(side) for side in (left, right))
    mine, other = ([_pairs_of(quote, sayings) for quote in quotes] for quotes in (ours, theirs))
    pairs = [(_alike(mine[0], other[0]), 0, 0)]
    pairs += [(_alike(mine[i], other[j]), i, j) for i in range(1, len(ours)) for j in range(1, len(theirs))]
    best = sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))
    told = [pair for pair in best[:MOST_QUOTES] if pair[0] > ENOUGH] or best[:1]
    return tuple(Evidence(ours[i], theirs[j]) for _, i, j in told)


def _quotable(submission: Submission) -> list[str]:
    """The title and the first sentences of what is asked, else of what is said."""
    asks = "\n".join(ask.text for ask in submission.asks)
    body = asks or submission.text.replace(submission.title, "", 1)
    return [core_title(submission.title), *(s.text for s in sentences(body)[:MOST_SENTENCES])]


def _pairs_of(text: str, sayings: Sayings) -> set[str]:
    return set(grams(normal(sayings.plain(text)), 2, 2))


def _alike(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def differs(left: Submission, right: Submission, relation: Relation) -> tuple[str, ...]:
    """Places, amounts and years that one side names and the other does not; a copy for another place is called one."""
    told = []
    here, there = _only(left, right), _only(right, left)
    if here and there:
        word = "地点" if relation == "same_matter" else COPIED
        told.append(f"{word}：{'、'.join(here[:3])}／{'、'.join(there[:3])}")
    amounts = [{q.text for q in quantities(_asked(side))} for side in (left, right)]
    mine, theirs = sorted(amounts[0] - amounts[1]), sorted(amounts[1] - amounts[0])
    if mine and theirs:
        told.append(f"数字：{'、'.join(mine[:3])}／{'、'.join(theirs[:3])}")
    if left.year and right.year and left.year != right.year:
        told.append(f"年度：{left.year}／{right.year}")
    return tuple(told)


def _asked(submission: Submission) -> str:
    return "\n".join(ask.text for ask in submission.asks) or submission.text


def _only(one: Submission, other: Submission) -> list[str]:
    """The places that one names in title or asks and that stand nowhere in the other."""
    text = simplified(other.text)
    asked = "\n".join((core_title(one.title), *(ask.text for ask in one.asks)))
    return sorted(place for place in places(simplified(asked)) if place not in text)
