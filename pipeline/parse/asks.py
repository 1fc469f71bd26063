"""The concrete requests of a submission, each with its span (R-RTE-01).

Found in this order: numbered lists where the paper asks, clause lists after 建议, lone request sentences anywhere;
where the paper has nothing of these its title is its one request.
"""

from __future__ import annotations

import re

from pipeline.parse.outline import Section, outline
from pipeline.parse.requests import SHORT, Cues, Stretch, asks_first, cues_of, goes_further, request_sentences, trimmed
from pipeline.parse.sections import Part
from pipeline.profile import Profile
from pipeline.records import Ask
from pipeline.text import clauses, sentences

_LONG = 200
_ITEM, _SENTENCE = 2, 5
_COLON = re.compile(r"(?:^|\n)[^\n，。；：]{1,12}[：:]\s*$")


def asks(text: str, found: list[Part], title: str, profile: Profile) -> tuple[Ask, ...]:
    """The requests of a text whose parts are `found`, in order; `title` stands in where the text has none."""
    cues = cues_of(profile)
    listed = outline(text)
    spans: list[Stretch] = []
    for zone in _zones(found, listed):
        spans += _of_zone(text, zone, listed, cues)
    if not spans:
        spans = _of_body(text, found, listed, cues)
    alone = [span for span in _lone(text, found, cues, strict=bool(spans)) if not any(_meet(span, o) for o in spans)]
    if not spans and not alone:
        spans = _of_body(text, found, listed, cues, bare=True)
    solid = [span for span in spans if _weight(text[slice(*span)], cues) >= _ITEM]
    solid += [span for span in alone if _weight(text[slice(*span)], cues) >= _SENTENCE]
    spans += alone
    kept = _once(text, sorted(set(solid))) or _fallback(text, title, sorted(set(spans)))
    return tuple(Ask(place, text[start:end], start, end) for place, (start, end) in enumerate(kept, start=1))


def _zones(found: list[Part], listed: list[Section]) -> list[Stretch]:
    """The stretches under headings that ask, neighbours joined; a numbered heading's ends with its section."""
    zones: list[Stretch] = []
    for before, part in zip([None, *found], found, strict=False):
        if part.role != "asks":
            continue
        own = next((one.end for one in listed if part.head <= one.start < part.start), part.end)
        if before is not None and before.role == "asks":
            zones[-1] = (zones[-1][0], min(part.end, own))
        else:
            zones.append((part.start, min(part.end, own)))
    return zones


def _of_zone(text: str, zone: Stretch, listed: list[Section], cues: Cues) -> list[Stretch]:
    start, end = zone
    inside = [section for section in listed if start <= section.start < end]
    top = min((section.level for section in inside), default=0)
    items = _items(text, [one for one in inside if one.level == top], end, inside)
    before = request_sentences(text, start, inside[0].start if inside else end, cues, trust=0 if items else 2)
    return [*before, *(_cut(text, piece, cues) for span in items for piece in _further(text, span, cues))]


def _items(text: str, group: list[Section], end: int, inside: list[Section]) -> list[Stretch]:
    """The items of a list; heads alone give way to their sub-items."""
    spans = [span for section in group for span in _opened(text, section, min(section.end, end), inside)]
    return _last_in_line(text, spans) if spans else []


def _last_in_line(text: str, spans: list[Stretch]) -> list[Stretch]:
    """The items, the last one ended at its line where all others are lines: what follows is a closing paragraph."""
    *others, (start, end) = spans
    if not others or any("\n" in text[slice(*item)].strip() for item in others):
        return spans
    stop = text.find("\n", start + 1, end)
    return [*others, (start, stop if stop > start + 1 and text[start:stop].strip() else end)]


def _opened(text: str, section: Section, end: int, inside: list[Section]) -> list[Stretch]:
    """An item's own span without the ordinal, or its sub-items where it is a head line only."""
    start = section.start + len(section.number)
    subs = [one for one in inside if one.level == section.level + 1 and section.start < one.start < end]
    single = len(subs) == 1 and "\n" not in text[start : subs[0].start].strip(" ")
    if not subs or single or not _is_head(text[start : subs[0].start]):
        return [(start, end)]
    return [span for sub in subs for span in _opened(text, sub, min(sub.end, end), inside)]


def _is_head(own: str) -> bool:
    """Whether what an item says before its sub-items is no more than a heading."""
    bare = own.strip()
    first = sentences(bare)[:1]
    return not first or (len(first[0].text) <= SHORT and len(bare[first[0].end :].strip()) <= 8)


def _of_body(text: str, found: list[Part], listed: list[Section], cues: Cues, *, bare: bool = False) -> list[Stretch]:
    """Lists outside any asking part whose items themselves ask, or which words such as 想法如下 lead in.

    `bare`, for a paper that asks nowhere else, takes a list that names deeds only.
    """
    spans: list[Stretch] = []
    for part in (one for one in found if one.role != "problems"):
        inside = [section for section in listed if part.start <= section.start < part.end]
        for series in dict.fromkeys(one.series for one in inside):
            group = [one for one in inside if one.series == series]
            items = _items(text, group, part.end, inside)
            if len(items) > 1 and not any(_meet(item, span) for item in items for span in spans):
                intro = text[max(part.start, group[0].start - 40) : group[0].start]
                if _is_list(text, items, intro, cues, bare=bare):
                    spans += [_cut(text, piece, cues) for item in items for piece in _further(text, item, cues)]
    return spans


def _is_list(text: str, items: list[Stretch], intro: str, cues: Cues, *, bare: bool) -> bool:
    """Whether the items of a list are requests: most ask, words before them say so, or one asks and all name deeds."""
    asking = sum(_is_asking(text, item, cues) for item in items)
    if asking * 3 >= len(items) * 2 or cues.lead.search(intro):
        return True
    bare = bare or _COLON.search(intro) is not None
    named = [_deed(text, item, cues, bare=bare) for item in items]
    return (bare or asking > 0) and None not in named and sum(map(bool, named)) * 3 >= len(items) * 2


def _is_asking(text: str, item: Stretch, cues: Cues) -> bool:
    said = text[slice(*item)]
    if cues.never.search(said):
        return False
    return text[item[0] - 1] == "要" or asks_first(said, cues) or bool(cues.polite.search(said))


def _deed(text: str, item: Stretch, cues: Cues, *, bare: bool) -> bool | None:
    """Whether an item names a deed, `bare` anywhere, else at the start of a clause; None where it tells a state."""
    said = text[slice(*item)]
    names = cues.deed.search if bare else cues.opens.match
    return None if cues.plain.search(said) else any(names(clause.text) for clause in clauses(said))


def _lone(text: str, found: list[Part], cues: Cues, *, strict: bool) -> list[Stretch]:
    """Request sentences anywhere; with a list found already (`strict`) only those with a plain word of asking."""
    spans: list[Stretch] = []
    for part in found:
        polite = not strict and part.role != "problems"
        for paragraph in clauses(text[part.start : part.end], "\n"):
            asking = polite and cues.opening.match(paragraph.text) is not None
            start, end = part.start + paragraph.start, part.start + paragraph.end
            spans += request_sentences(text, start, end, cues, trust=2 if asking else 1 if polite else 0)
    return spans


def _further(text: str, span: Stretch, cues: Cues) -> list[Stretch]:
    """An item cut where a later sentence of it puts another request (同时，…)."""
    start, end = span
    cuts = [start + one.start for one in sentences(text[start:end])[1:] if goes_further(one.text, cues)]
    pieces = clauses(text[start:end], "；;") if end - start <= _LONG else []
    if all(cues.again.match(piece.text) for piece in pieces[1:]):
        cuts = sorted({*cuts, *(start + piece.start for piece in pieces[1:])})
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _cut(text: str, span: Stretch, cues: Cues) -> Stretch:
    """An item up to what carries its request: closing words go, a long one ends within 200 characters."""
    start, end = trimmed(text, *span)
    start = _ground_end(text, start, end, cues)
    closing = cues.closing.search(text, start + 1, end)
    if closing:
        start, end = trimmed(text, start, closing.start())
    if end - start <= _LONG:
        return start, end
    whole = [one.end for one in sentences(text[start:end]) if one.end <= _LONG]
    return trimmed(text, start, start + whole[-1]) if whole else _at_comma(text, start)


def _ground_end(text: str, start: int, end: int, cues: Cues) -> int:
    """Where an item's request begins: an item may first give its ground, and ask in a later sentence or clause."""
    found = sentences(text[start:end])
    if not found or cues.verb.match(found[0].text):
        return start
    strong = cues.strong.search(found[0].text)
    if strong:
        return start + strong.start()
    for sentence in found[1:]:
        if cues.strong.search(sentence.text) or cues.polite.match(sentence.text):
            return start + sentence.start
    return start


def _at_comma(text: str, start: int) -> Stretch:
    stretch = text[start : start + _LONG]
    place = max(stretch.rfind(mark) for mark in "；，,;、")
    return trimmed(text, start, start + (place if place > 40 else _LONG))


def _weight(ask: str, cues: Cues) -> int:
    """How many characters a request keeps once wording of respect and attention is taken away."""
    return len(re.sub(r"[\W_]", "", cues.empty.sub("", ask)))


def _fallback(text: str, title: str, spans: list[Stretch]) -> list[Stretch]:
    """The title where it stands in the text, else the first vague request."""
    place = text.find(title) if title else -1
    if place >= 0:
        return [(place, place + len(title))]
    return spans[:1]


def _once(text: str, spans: list[Stretch]) -> list[Stretch]:
    """The requests without those that repeat one in the same words."""
    first: dict[str, Stretch] = {}
    for start, end in spans:
        first.setdefault(re.sub(r"[\W_]", "", text[start:end]), (start, end))
    return list(first.values())


def _meet(left: Stretch, right: Stretch) -> bool:
    return left[0] < right[1] and right[0] < left[1]
