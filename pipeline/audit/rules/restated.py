"""Rule C07, first half: what a letter says was asked, set against what was asked (domain §5-B, R-REP-14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.case import Objection
from pipeline.audit.places import bare, places
from pipeline.audit.reading import Reading
from pipeline.figures import quantities
from pipeline.records import Submission
from pipeline.text import grams, normal

_SAYS = re.compile(
    r"(?:[您你]们?|贵[\u4e00-\u9fff]{1,4}|代表|委员)(?:所|在[^，。；]{0,12}中)?(?:提出?|建议|要求|反映|希望|请求)(?:的|了)?"
)
_ENDS = re.compile(r"收悉|收到|[。；\n]")
_ROW = re.compile(
    r"((?:[\u4e00-\u9fff]{2,4}、)+[\u4e00-\u9fff]{2,4}?)(?:等)?(?:[两二三四五六七八九十\d]+个?)(?=村|镇|乡|社区|小区|街道|学校|路口)"
)
_ALIKE, _AS_GOOD = 0.3, 0.25
_COUNTS = frozenset({"count", "length", "area", "weight", "money"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What a letter says was asked: `text[start:end]` of the letter."""

    text: str
    start: int


def misquoted(reading: Reading, submission: Submission) -> Objection | None:
    """A place or amount that the letter puts into the asker's mouth, or a row of places that it shortens."""
    asked = [submission.title, *(ask.text for ask in submission.asks)]
    for told in _restatements(reading.reply.text):
        alike = {one: _likeness(told.text, one) for one in asked}
        if max(alike.values()) < _ALIKE:
            continue
        ask = "；".join(one for one, share in alike.items() if share >= max(alike.values()) - _AS_GOOD)
        fault = _place(told.text, ask) or _amount(told.text, ask) or _fewer(told.text, ask, reading.reply.text)
        if fault:
            return Objection(
                f"所提的是“{fault[0]}”，答复复述成“{fault[1]}”", told.text, told.start, told.start + len(told.text)
            )
    return None


def _restatements(letter: str) -> Iterator[_Told]:
    for match in _SAYS.finditer(letter):
        end = _ENDS.search(letter, match.end())
        text = letter[match.end() : end.start() if end else len(letter)]
        if 4 < len(text) < 120:
            yield _Told(text, match.end())


def _likeness(told: str, asked: str) -> float:
    """How much of what is told the ask says, by pairs of characters."""
    pairs, known = set(grams(normal(told), 2, 2)), set(grams(normal(asked), 2, 2))
    return len(pairs & known) / len(pairs) if pairs else 0.0


def _place(told: str, asked: str) -> tuple[str, str] | None:
    """A place of the same kind, or in the same position, that stands in the one and not in the other."""
    for found in (places, bare):
        here, there = found(told), found(asked)
        for kind in here.keys() & there.keys():
            new = sorted(name for name in here[kind] if name[:2] not in asked)
            lost = sorted(name for name in there[kind] if name[:2] not in told)
            if new and lost:
                return lost[0], new[0]
    return None


def _amount(told: str, asked: str) -> tuple[str, str] | None:
    """Another amount in the one unit that both name once."""
    wanted = [q for q in quantities(asked) if q.kind in _COUNTS]
    for said in quantities(told):
        alike = [q for q in wanted if (q.unit, q.kind) == (said.unit, said.kind)]
        if len(alike) == 1 and abs(alike[0].value - said.value) > 0.01 * alike[0].value and said.value > 1:
            return alike[0].text.strip(), said.text.strip()
    return None


def _fewer(told: str, asked: str, letter: str) -> tuple[str, str] | None:
    """Some of a row of places, the others named nowhere in the letter."""
    row = _ROW.search(asked)
    names = row[1].split("、") if row else []
    names = [name[-2:] if place == 0 else name for place, name in enumerate(names)]
    kept = [name for name in names if name in told]
    lost = [name for name in names if name not in letter]
    return ("、".join(names), "、".join(kept)) if kept and lost else None
