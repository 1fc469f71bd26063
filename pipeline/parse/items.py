"""The items of a list of requests: where each begins and ends, and which part of it carries the request."""

from __future__ import annotations

import re

from pipeline.parse.outline import Section
from pipeline.parse.request_cues import Cues
from pipeline.parse.requests import SHORT, Stretch, asks_first, goes_further, trimmed
from pipeline.text import clauses, sentences

_LONG, _HEAD = 200, 8
_LEAST = 5
_BELOW = re.compile("以下|如下|下列")


def list_items(text: str, group: list[Section], end: int, inside: list[Section], cues: Cues) -> list[Stretch]:
    """The items of a list; heads alone, and long items that lead on to a list, give way to their sub-items."""
    spans = [span for section in group for span in _opened(text, section, min(section.end, end), inside, cues)]
    return _last_in_line(text, spans) if spans else []


def further(text: str, span: Stretch, cues: Cues) -> list[Stretch]:
    """An item cut where a later sentence of it puts another request (同时，…)."""
    start, end = span
    cuts = [start + one.start for one in sentences(text[start:end])[1:] if goes_further(one.text, cues)]
    pieces = clauses(text[start:end], "；;") if end - start <= _LONG else []
    if all(cues.again.match(piece.text) for piece in pieces[1:]):
        cuts = sorted({*cuts, *(start + piece.start for piece in pieces[1:])})
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def cut(text: str, span: Stretch, cues: Cues) -> Stretch:
    """An item up to what carries its request: closing words go, a long one ends within 200 characters."""
    start, end = trimmed(text, *span)
    start = _ground_end(text, start, end, cues)
    closing = cues.closing.search(text, start + 1, end)
    if closing:
        start, end = trimmed(text, start, closing.start())
    if end - start <= _LONG:
        return start, end
    within = [one for one in sentences(text[start:end]) if one.end <= _LONG]
    if not within:
        return _at_comma(text, start)
    kept = trimmed(text, start, start + within[-1].end)
    asking = None if any(_asks(one.text, cues) for one in within[1:]) else _first_asking(text, kept[1], end, cues)
    if asking is None:
        return kept
    return trimmed(text, start, asking[1]) if asking[1] - start <= 2 * _LONG else cut(text, (asking[0], end), cues)


def announces(said: str, cues: Cues) -> bool:
    """Whether a sentence before a list only leads in to it (建议采取以下措施。)."""
    return _BELOW.search(said) is not None and cues.lead.search(said) is not None


def weight(ask: str, cues: Cues) -> int:
    """How many characters a request keeps once wording of respect and attention is taken away."""
    return len(re.sub(r"[\W_]", "", cues.empty.sub("", ask)))


def _last_in_line(text: str, spans: list[Stretch]) -> list[Stretch]:
    """The items, the last one ended at its line where all others are lines: what follows is a closing paragraph."""
    *others, (start, end) = spans
    if not others or any("\n" in text[slice(*item)].strip() for item in others):
        return spans
    stop = text.find("\n", start + 1, end)
    return [*others, (start, stop if stop > start + 1 and text[start:stop].strip() else end)]


def _opened(text: str, section: Section, end: int, inside: list[Section], cues: Cues) -> list[Stretch]:
    """An item's own span without the ordinal, or its sub-items where it is a head line or leads on to them."""
    start = section.start + len(section.number)
    start += text.startswith("是", start)
    subs = [one for one in inside if one.level == section.level + 1 and section.start < one.start < end]
    single = len(subs) == 1 and "\n" not in text[start : subs[0].start].strip(" ")
    if not subs or single:
        return [(start, end)]
    own = text[start : subs[0].start]
    leads = _is_head(own) or announces(sentences(own)[-1].text, cues)
    if not leads and (end - start <= _LONG or _tells(own, cues)):
        return [(start, end)]
    opened = [span for sub in subs for span in _opened(text, sub, min(sub.end, end), inside, cues)]
    return [(start, subs[0].start), *opened] if not _is_head(own) and _asks_itself(own, cues) else opened


def _tells(own: str, cues: Cues) -> bool:
    """Whether the words before a list within an item announce states (原因有二：), not requests."""
    last = clauses(own)[-1:]
    return not last or cues.plain.search(last[0].text) is not None


def _asks_itself(own: str, cues: Cues) -> bool:
    """Whether what an item says before its sub-items holds a request of its own, not only the words that lead in."""
    return any(cues.strong.search(one.text) and not cues.lead.search(one.text) for one in sentences(own))


def _is_head(own: str) -> bool:
    """Whether what an item says before its sub-items is no more than a heading."""
    bare = own.strip()
    first = sentences(bare)[:1]
    return not first or (len(first[0].text) <= SHORT and len(bare[first[0].end :].strip()) <= 8)


def _first_asking(text: str, start: int, end: int, cues: Cues) -> Stretch | None:
    """The first sentence with a word of asking in the rest of a long item."""
    rest = sentences(text[start:end])
    found = next((one for one in rest if cues.strong.search(one.text) or cues.polite.search(one.text)), None)
    return (start + found.start, start + found.end) if found else None


def _asks(sentence: str, cues: Cues) -> bool:
    return asks_first(sentence, cues) or cues.modal.search(sentence) is not None


def _ground_end(text: str, start: int, end: int, cues: Cues) -> int:
    """Where an item's request begins: an item may first give its ground, and ask in a later sentence or clause."""
    found = sentences(text[start:end])
    if not found or cues.verb.match(found[0].text) or cues.opens.match(found[0].text):
        return start
    strong = cues.strong.search(found[0].text)
    if strong:
        return start + strong.start()
    for sentence in found[1:]:
        asked = cues.strong.search(sentence.text) or cues.polite.match(sentence.text)
        if asked and weight(sentence.text[asked.start() :], cues) >= _LEAST:
            headed = sentence is found[1] and found[0].end <= _HEAD
            return start if headed else start + sentence.start
    return start


def _at_comma(text: str, start: int) -> Stretch:
    stretch = text[start : start + _LONG]
    place = max(stretch.rfind(mark) for mark in "；，,;、")
    return trimmed(text, start, start + (place if place > 40 else _LONG))
