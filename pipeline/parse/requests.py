"""Request sentences: which sentences ask, where in them the request begins, and how many requests they hold."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.figures import number
from pipeline.parse.request_cues import Cues
from pipeline.text import Span, clauses, sentences, sort_of, words

Stretch = tuple[int, int]
SHORT = 40
_PIECE, _GROUND = 6, 30
_LIST, _BRIEF = 3, 4
_POINTS = re.compile(r"([二两三四五六七八九])(?:条|点|件事|句话)[：:]\s*$")
_WHOLE, _STRUNG = 13, 120
_MOVED = re.compile("把|将")
_SHORT_PASSAGE, _PASSAGE = 260, 500
_CLAUSE, _NEAR = 12, 2
_JOINED = re.compile(r"^(?:并|同时|再|还|也|且|尽快|及时|定期|逐步|全面|切实|进一步|适当|统一|依法)+")
_JOINS = re.compile(r"并(?!且)|同时|还要")
_LED = re.compile(r"由(?!于|此)|把|将|在|对|为(?!了|此|主)|给(?!予)")
_PURPOSE = re.compile(
    r"真正|有效|从而|进而|不断|着力|确保|保证|做到|达到|实现|方便|满足|避免|防止|减少|缓解|提升|提高|推动|促进|保障|解决|消除|助力|打造|形成|"
    r"带动|增强|改善|发挥|营造|使得?|让|以便?|尤其|特别|包括|其中|明确责任|压实|需要|要求|希望|引起|成为|具有|早日|采取|结合|借鉴|按照|根据|围绕|通过|参照|加快[^，。；]{0,4}(?:步伐|速度|进度)"
)
_MARKS = re.compile(r"[\W_]")
_COUNTED = re.compile(
    r"(?:\d+|[一两二三四五六七八九十百千万几]+)余?"
    r"(?:个|座|套|处|条|名|台|盏|组|块|间|所|辆|对|公里|排|把|张|部|道|口|眼|棵|亩|平方米|万元|家|项)(?![月年])"
)
_LEAD = re.compile(r"[^。；\n]{0,24}[：:](?=.{6})")


def request_sentences(text: str, start: int, end: int, cues: Cues, *, trust: int) -> list[Stretch]:
    """The sentences of a stretch that ask, taken apart at semicolons.

    `trust` 0 wants a plain word of asking, 1 takes polite forms, 2 takes bare verbs as well, and all of a stretch
    that is a list by its semicolons or whose first sentence asks.
    """
    stretch = text[start:end]
    every = trust == 2 and _all_asks(stretch, cues)
    list_first = next((one.text.count("；") for one in sentences(stretch)), 0) > 1
    spans: list[Stretch] = []
    last = -1
    for place, sentence in enumerate(sentences(stretch)):
        strong = cues.strong.search(sentence.text)
        weak = cues.polite.search(sentence.text) if trust else None
        more = bool(spans) and trust == 1 and place - last <= _NEAR and cues.modal.search(sentence.text)
        after = bool(more) or (last == place - 1 >= 0 and goes_further(sentence.text, cues))
        plain = every and cues.plain.search(sentence.text) is None and (not list_first or _does(sentence.text, cues))
        first = place == 0 and not _is_ground(sentence.text, stretch[sentence.end :], cues)
        bare = trust == 2 and (_goes_on(sentence.text, cues) or first or plain)
        if (strong or weak or bare or after) and not _is_other(sentence.text, cues):
            begin = start + sentence.start + _cue_start(sentence.text, strong, weak, cues, listed=trust == 2)
            end = start + sentence.start + _tail_start(sentence.text, cues)
            run = weak is not None and weak.start() == 0 and sentence.text.count("；") > 1
            spans += _clauses(text, begin, end, cues, every=trust == 2 or bool(strong) or run)
            last = place
    return spans


def _does(sentence: str, cues: Cues) -> bool:
    """Whether a clause of a sentence begins with a deed, as one that follows a list by semicolons must to ask too."""
    return any(cues.opens.match(clause.text) for clause in clauses(sentence))


def _is_ground(sentence: str, rest: str, cues: Cues) -> bool:
    """Whether the first sentence of an asking stretch only tells a state, and a plain word of asking follows."""
    return cues.plain.search(sentence) is not None and cues.strong.search(rest) is not None


def _is_other(sentence: str, cues: Cues) -> bool:
    """Whether a sentence with a word of asking asks for nothing itself: it leads in, or tells what others want."""
    return sentence.endswith(("：", ":")) or cues.never.search(sentence) is not None


def _tail_start(sentence: str, cues: Cues) -> int:
    """Where the thanks and assurances at the end of a request begin."""
    match = cues.tail.search(sentence)
    return match.start() if match else len(sentence)


def goes_further(sentence: str, cues: Cues) -> bool:
    """Whether a sentence after a request puts another one (同时，在… ; 完工前，将…), and tells no state of things."""
    match = cues.further.match(sentence)
    if match is None or cues.plain.search(sentence):
        return False
    return len(sentence) >= _WHOLE and cues.opens.match(sentence, match.end()) is not None


def _all_asks(stretch: str, cues: Cues) -> bool:
    """Whether all sentences of an asking stretch may count: it is short, a list by semicolons, or opens with 建议."""
    if len(stretch) <= _SHORT_PASSAGE:
        return True
    return len(stretch) <= _PASSAGE and (stretch.count("；") > 1 or cues.opening.match(stretch.strip()) is not None)


def _cue_start(
    sentence: str, strong: re.Match[str] | None, weak: re.Match[str] | None, cues: Cues, *, listed: bool
) -> int:
    """Where the request of a sentence begins: what stands before a plain word of asking is its ground.

    In an asking stretch (`listed`) what stands before a polite form, or before the semicolon, may be a request too.
    """
    first = sentence.find("；")
    told = cues.plain.search(sentence[: max(first, 0)]) is not None
    if listed and not told and 0 <= first < min((cue.start() for cue in (strong, weak) if cue), default=0):
        return 0
    if strong and not (weak and weak.start() < first < strong.start()):
        return strong.start()
    return weak.start() if weak and (len(sentence) > SHORT * 2 or (not listed and weak.start() >= _GROUND)) else 0


def _clauses(text: str, start: int, end: int, cues: Cues, *, every: bool) -> list[Stretch]:
    """A request sentence as one span, or as several: at every semicolon, or where all later clauses ask."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    pieces = [(start + span.start, start + span.end) for span in clauses(text[start:end], "；;")]
    if len(pieces) == 1:
        pieces = _coordinate(text, start, end, cues, every=every)
        later = pieces[1:]
    else:
        later = [piece for piece in pieces[1:] if every or _asks_on(text[slice(*piece)], cues)]
    if (
        len(pieces) > 1
        and len(later) == len(pieces) - 1
        and min(b - a for a, b in pieces) >= (_PIECE if len(pieces) < _LIST else _BRIEF)
    ):
        return [trimmed(text, *piece) for piece in pieces]
    return [trimmed(text, start, end)] if text[start:end].strip() else []


def _coordinate(text: str, start: int, end: int, cues: Cues, *, every: bool) -> list[Stretch]:
    """A sentence that strings requests together with commas, cut where a clause opens a new one."""
    cuts = [start]
    found = clauses(text[start:end], "，,")
    counted = _POINTS.search(text, max(0, start - _CLAUSE), start)
    if counted and number(counted[1]) == len(found):
        return [(start + one.start, start + one.end) for one in found]
    pattern = cues.fresh if len(found) > 2 else cues.apart
    strung = _strung(found, cues) if every and end - start <= _STRUNG else frozenset()
    for before, clause in pairwise(found):
        begin = start + clause.start
        if clause.start in strung:
            cuts.append(begin)
            continue
        fresh = every and len(clause.text) >= _CLAUSE // 2 and pattern.match(clause.text)
        opened = end - start <= _STRUNG and _opens(text[cuts[-1] : begin], before.text, clause.text, cues)
        least = _PIECE + 2 if cues.again.match(clause.text) else _CLAUSE
        if begin - cuts[-1] >= least and (fresh or opened):
            cuts.append(begin)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _strung(found: list[Span], cues: Cues) -> frozenset[int]:
    """Where the clauses of a sentence begin that string deeds together: two or more after the first, each with its
    own object (修宿舍，补齐功能室，由财政承担工资); what a deed is for (确保、方便) is none of its own."""
    later = [
        one.start
        for before, one in pairwise(found)
        if _is_deed(one.text, cues) and not before.text.endswith((*cues.unfinished, "外"))
    ]
    if len(found) == 2 and later and _JOINS.match(found[1].text) and len(found[1].text) >= _PIECE + 2:
        return frozenset(later)
    return frozenset(later) if len(later) > 1 and len(later) * 3 >= (len(found) - 1) * 2 else frozenset()


def _is_deed(clause: str, cues: Cues) -> bool:
    """Whether a clause begins with a verb and has an object, or has a verb behind 由…, 将…, 在…."""
    bare = _JOINED.sub("", clause)
    if _PURPOSE.match(bare):
        return False
    cut = words(bare)
    if _LED.match(bare):
        return any(len(word) > 1 and (sort_of(word) == "v" or cues.deed.fullmatch(word)) for word in cut[2:])
    return cues.names.match(bare) is not None or (len(cut) > 1 and len(cut[0]) > 1 and sort_of(cut[0]) == "v")


def _opens(said: str, before: str, clause: str, cues: Cues) -> bool:
    """Whether a clause opens a request of its own: what is `said` so far is one already, and this one names a deed."""
    if before.endswith(cues.unfinished):
        return False
    if cues.again.match(clause) and len(clause) >= _PIECE + 2:
        return True
    if _COUNTED.search(before) and _counts_on(clause, cues):
        return True
    if not cues.whole.search(said):
        return False
    match = cues.further.match(clause)
    if match:
        named = cues.opens if len(clause) < _WHOLE else cues.names
        return len(clause) >= _PIECE + 2 and named.match(clause, match.end()) is not None
    if _MOVED.match(clause):
        return _MOVED.search(said) is not None and len(clause) >= _WHOLE
    return len(_MARKS.sub("", clause)) >= _WHOLE and bool(cues.opens.match(clause) and cues.deed.search(clause))


def _counts_on(clause: str, cues: Cues) -> bool:
    """Whether a clause after a counted thing (两盏路灯) names another one, or moves one (把…), and so asks anew."""
    opened = cues.opens.match(clause)
    return opened is not None and bool(_COUNTED.search(clause) or (_MOVED.match(clause) and len(clause) >= _PIECE + 2))


def _asks_on(piece: str, cues: Cues) -> bool:
    match = cues.further.match(piece)
    opened = cues.opens.match(piece, match.end() if match else 0)
    anew = _goes_on(piece, cues) or cues.again.match(piece) is not None
    return anew or (opened is not None and cues.plain.search(piece) is None)


def _goes_on(clause: str, cues: Cues) -> bool:
    return asks_first(clause, cues) or cues.modal.search(clause) is not None


def asks_first(clause: str, cues: Cues) -> bool:
    """Whether one of the first clauses of a text asks: begins with a verb of asking, or holds a strong cue."""
    opening = clauses(clause[:80])[:3]
    return any(cues.verb.match(part.text) for part in opening) or bool(cues.strong.search(clause[:120]))


def trimmed(text: str, start: int, end: int) -> Stretch:
    """A stretch without the blanks and marks at its ends."""
    while start < end and (text[start].isspace() or text[start] in "，。；：、,;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,、"):
        end -= 1
    return start, end
