"""Why a unit was recommended: the words and rules that spoke for it, with the wording of the text."""

from __future__ import annotations

import numpy as np

from pipeline.records import Reason, Submission
from pipeline.route.catalogue import Spoken
from pipeline.route.lexicon import plain
from pipeline.route.passages import Passage
from pipeline.route.scales import Scales, Weighed

MOST_WORDS = 3
_CLAUSE_MARKS = "，。；！？,;!?\n"
_ZONES = {"title": "案由", "ask": "建议事项", "body": "正文"}


def reasons(scales: Scales, weighed: Weighed, row: int, unit: int) -> tuple[Reason, ...]:
    """The boundary rules and the strongest words that speak for a unit, strongest first, at most five."""
    own = _by_rule(scales, weighed, row, scales.units[unit].name)
    passages = weighed.passages.all_of(row)
    seen: list[Reason] = []
    for spoken in weighed.spoken:
        for word in _strongest(spoken, row, unit):
            reason = _by_word(spoken, word, passages, weighed.passages.submissions[row])
            if reason is not None:
                seen.append(reason)
    return tuple([*own, *seen][:5])


def _by_rule(scales: Scales, weighed: Weighed, row: int, name: str) -> list[Reason]:
    found = []
    for r in np.flatnonzero(weighed.fired.whole[row]).tolist():
        rule = scales.boundaries.rules[r]
        if name in (rule.lead, *rule.co):
            passage = weighed.passages.all[weighed.fired.passages[row, r]]
            text = weighed.passages.submissions[row].text
            words = _first_word(scales, r, passage.text)
            role = "主办" if name == rule.lead else "会办"
            says = f"边界规则 {rule.id}：{rule.matter}，由{rule.lead}主办"
            found.append(_quoted(says if role == "主办" else f"{says}、{name}会办", text, passage, words))
    return found


def _first_word(scales: Scales, rule: int, passage: str) -> tuple[int, int]:
    """The place of the rule's first word in a passage; the whole passage where only the title holds it."""
    words = {word for group in scales.boundaries.rules[rule].needs for word in group}
    places = [(start, end) for word, start, end in scales.boundaries.lexicon.places(passage) if word in words]
    return places[0] if places else (0, len(passage))


def _strongest(spoken: Spoken, row: int, unit: int) -> list[int]:
    """The words of a field that speak most for a unit, strongest first."""
    start, end = spoken.whole.indptr[row : row + 2]
    words = spoken.whole.indices[start:end]
    said = spoken.whole.data[start:end] * spoken.field.of_units[words, unit]
    order = np.argsort(-said, kind="stable")[:MOST_WORDS]
    return [int(words[k]) for k in order if said[k] > 0]


def _by_word(spoken: Spoken, word: int, passages: list[Passage], s: Submission) -> Reason | None:
    needle = plain(spoken.field.lexicon.words[word])
    for passage in passages:
        at = passage.text.find(needle)
        if at >= 0:
            says = f"{_ZONES[passage.zone]}提到“{spoken.field.lexicon.words[word]}”（{spoken.field.says}）"
            return _quoted(says, s.text, passage, (at, at + len(needle)))
    return None


def _quoted(says: str, text: str, passage: Passage, place: tuple[int, int]) -> Reason:
    """A reason with the clause around a place of a passage, verbatim from the text."""
    if passage.start < 0:
        return Reason(says, passage.text)
    start, end = passage.start + place[0], passage.start + place[1]
    low, high = passage.start, passage.start + len(passage.text)
    while start > low and text[start - 1] not in _CLAUSE_MARKS:
        start -= 1
    while end < high and text[end] not in _CLAUSE_MARKS:
        end += 1
    return Reason(says, text[start:end], start, end)
