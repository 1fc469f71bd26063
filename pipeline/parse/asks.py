"""The concrete requests of a submission, each with its span (R-RTE-01).

Found in this order: numbered lists where the paper asks, clause lists after 建议, lone request sentences anywhere;
where the paper has nothing of these its title is its one request.
"""

from __future__ import annotations

import re

from pipeline.parse.items import announces, cut, further, list_items, weight
from pipeline.parse.outline import Section, outline
from pipeline.parse.request_cues import Cues, cues_of
from pipeline.parse.requests import Stretch, asks_first, request_sentences
from pipeline.parse.sections import Part
from pipeline.profile import Profile
from pipeline.records import Ask
from pipeline.text import clauses, sentences

_ITEM, _SENTENCE = 2, 5
_SIGNED = 16
_PAST = re.compile(r"了(?=[，。；！]|[一两几三四五六七八九十\d])|过[，。；]|[吗呢？?]")
_SAID = re.compile(r"\n[ \u3000]*(?:以上|上述)(?:[几一两二三四五六七八九十]+[点条项个])?(?:建议|意见|请求|诉求|提案)")
_COLON = re.compile(r"(?:^|[\n。！？；])[^\n，。；：]{1,12}[：:]\s*$")


def asks(text: str, found: list[Part], title: str, profile: Profile) -> tuple[Ask, ...]:
    """The requests of a text whose parts are `found`, in order; `title` stands in where the text has none."""
    cues = cues_of(profile)
    listed = outline(text)
    spans: list[Stretch] = []
    for zone in _zones(found, listed):
        spans += _of_zone(text, zone, listed, cues)
    if not spans:
        spans = _of_body(text, found, listed, cues)
    open_to = _from_asking(found) if len(spans) > 1 else found
    alone = [span for span in _lone(text, open_to, cues, strict=bool(spans)) if not any(_meet(span, o) for o in spans)]
    told = [span for span in alone if weight(text[slice(*span)], cues) >= _SENTENCE]
    if not spans and not told:
        spans = _of_body(text, found, listed, cues, bare=True) or _silent(text, found, cues)
    solid = [span for span in spans if weight(text[slice(*span)], cues) >= _ITEM]
    solid += told
    solid += _beside(text, found, [*spans, *alone], listed, cues)
    spans += alone
    solid = [span for span in solid if len(solid) == 1 or not announces(text[slice(*span)], cues)]
    kept = _once(text, sorted(set(solid))) or _fallback(text, title, sorted(set(spans)))
    return tuple(Ask(place, text[start:end], start, end) for place, (start, end) in enumerate(kept, start=1))


def _from_asking(found: list[Part]) -> list[Part]:
    """The parts from the first that asks on: what stands before a list of requests wishes, but asks for nothing."""
    first = next((place for place, part in enumerate(found) if part.role == "asks"), 0)
    return found[first:]


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
    closing = cues.closing.search(text, start + 1, end)
    inside = [section for section in listed if start <= section.start < end]
    top = min((section.level for section in inside), default=0)
    items = list_items(text, [one for one in inside if one.level == top], end, inside, cues)
    stop = inside[0].start if inside else closing.start() + 1 if closing else end
    before = request_sentences(text, start, stop, cues, trust=0 if items else 2)
    return [*before, *(cut(text, piece, cues) for span in items for piece in further(text, span, cues))]


def _of_body(text: str, found: list[Part], listed: list[Section], cues: Cues, *, bare: bool = False) -> list[Stretch]:
    """Lists outside any asking part whose items themselves ask, or which words such as 想法如下 lead in.

    `bare`, for a paper that asks nowhere else, takes a list that names deeds only.
    """
    spans: list[Stretch] = []
    for part in (one for one in found if one.role != "problems"):
        inside = [section for section in listed if part.start <= section.start < part.end]
        for series in dict.fromkeys(one.series for one in inside):
            group = [one for one in inside if one.series == series]
            items = list_items(text, group, part.end, inside, cues)
            if len(items) > 1 and not any(_meet(item, span) for item in items for span in spans):
                intro = text[max(part.start, group[0].start - 40) : group[0].start]
                last = not text[items[-1][1] :].strip() and _opens_list(text, items, cues)
                if last or _is_list(text, items, intro, cues, bare=bare):
                    spans += [cut(text, piece, cues) for item in items for piece in further(text, item, cues)]
    return spans


def _silent(text: str, found: list[Part], cues: Cues) -> list[Stretch]:
    """The requests of a paper without a word of asking: what its closing words point to, or its last list."""
    return _above_closing(text, found, cues) or _last_run(text, found, cues)


def _last_run(text: str, found: list[Part], cues: Cues) -> list[Stretch]:
    """The pieces of the last sentence, where it is a list by semicolons that tells no state and names a deed."""
    start = found[0].start if found else 0
    last = next((one for one in reversed(sentences(text[start:])) if len(one.text) > _SIGNED), None)
    if last is None or "；" not in last.text or cues.plain.search(last.text) or _PAST.search(last.text):
        return []
    begin, end = start + last.start, start + last.end
    named = any(_deed(text, (begin, end), cues, bare=bare) for bare in (True, False))
    return request_sentences(text, begin, end, cues, trust=2) if named else []


def _above_closing(text: str, found: list[Part], cues: Cues) -> list[Stretch]:
    """The deeds of the paragraph right above closing words such as 以上建议: they say that it asked."""
    start = found[0].start if found else 0
    closing = _SAID.search(text, start)
    above = text[start : closing.start()].rstrip() if closing else ""
    begin = start + above.rfind("\n") + 1
    said = text[begin : start + len(above)]
    if not said or cues.plain.search(said) or not _deed(text, (begin, start + len(above)), cues, bare=False):
        return []
    return request_sentences(text, begin, start + len(above), cues, trust=2)


def _is_list(text: str, items: list[Stretch], intro: str, cues: Cues, *, bare: bool) -> bool:
    """Whether the items of a list are requests: most ask, words before them say so, or one asks and all name deeds."""
    led = _COLON.search(intro)
    if led and cues.plain.search(led.group()) and not cues.lead.search(intro):
        return False
    asking = [_is_asking(text, item, cues) for item in items]
    if sum(asking) * 3 >= len(items) * 2 or cues.lead.search(intro):
        return True
    bare = bare or _COLON.search(intro) is not None
    named = [_deed(text, item, cues, bare=bare) for item in items]
    telling = sum(asks or names is True for asks, names in zip(asking, named, strict=True))
    return (bare or any(asking)) and None not in named and telling * 3 >= len(items) * 2


def _opens_list(text: str, items: list[Stretch], cues: Cues) -> bool:
    """Whether the first item of a list asks and none tells a state: at the end of a paper all are requests then."""
    plain = any(cues.plain.search(text[slice(*item)]) for item in items)
    return _is_asking(text, items[0], cues) and not plain


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


def _beside(text: str, found: list[Part], spans: list[Stretch], listed: list[Section], cues: Cues) -> list[Stretch]:
    """The polite requests of topmost sections whose fellows mostly ask plainly: a paper of several matters."""
    top = [one for one in listed if one.level == 1]
    silent = [one for one in top if not any(one.start <= start < one.end for start, _ in spans)]
    if any(part.role == "asks" for part in found) or len(silent) * 2 >= len(top):
        return []
    return [span for one in silent for span in request_sentences(text, one.start, one.end, cues, trust=1)]


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
