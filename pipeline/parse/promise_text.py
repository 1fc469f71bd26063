"""A letter cut into segments whose clauses are told apart: promises, finished work, rules, the other side's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parse.outline import Section, outline
from pipeline.parse.promise_cues import Cues, masked, names_self
from pipeline.parse.promise_moods import Mood, Setting, announces, mood_of
from pipeline.parse.promise_times import Letter, deadline_times
from pipeline.text import Span, clauses, sentences


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the letter with its mood."""

    text: str
    start: int
    end: int
    mood: Mood


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or its part between semicolons or ordinals; `head` announces a list, `number` is its ordinal."""

    start: int
    end: int
    clauses: tuple[Clause, ...]
    sentence: int
    number: str = ""
    head: bool = False
    planned: bool = False


_ROOM = 3
_BREAK = re.compile(r"[；;]")
_HEAD = re.compile(r"[：:]\s*$|(?:以下|如下|几个?方面|[一二三四五六七八九]个?方面)[^，。；：]{0,10}[：:。]?\s*$")
_DECIDED = re.compile(r"(?:研究|讨论|会议|商议)[^，。；]{0,6}(?:决定|议定|确定|明确|同意)[，：:]?$")
_QUOTED = re.compile(r"(?:具体|主要)?(?:建议|诉求|意见建议)(?:如下)?")
_RETOLD = re.compile(r"(?:提案|建议|议案|来信|留言)的?(?:主要)?(?:内容|背景|概况|概要|基本情况|案由)$")
_TITLE = 24
_POINT = re.compile(r"[一1]是|首先|其一")
_FOLLOWS = re.compile(r"(?:以下|下列|如下)[^，。；：]{0,8}(?:措施|工作|方面|办法|安排|打算|步骤)")
_BRACKET = re.compile(r"[（(][^（）()\n]{1,80}[）)]")


def segments(letter: Letter, cues: Cues) -> list[Segment]:
    """The segments of a letter in order, each clause with its mood."""
    sections = outline(letter.text)
    scope = _Scope(letter, sections, cues)
    found: list[Segment] = []
    for place, sentence in enumerate(sentences(letter.text)):
        covered = scope.covers(sentence)
        if _is_heading(sentence, letter, cues):
            continue
        hidden = masked(sentence.text)
        ours = _speaks_softly(hidden, cues)
        rule = pending = told = False
        quoted = scope.retold(sentence.start)
        for part, number in _parts(sentence, sections):
            read_parts, opened = [], covered and part.start >= scope.begin
            for span in clauses(_closed(part.text), "，。！？,!?\n：:；;"):
                begin, end = part.start + span.start, part.start + span.end
                moved = Span(letter.text[begin:end], begin, end)
                setting = Setting(opened, ours, rule, pending, bool(number), told)
                mood = "restated" if quoted else mood_of(moved, letter, cues, setting)
                quoted = quoted or bool(_QUOTED.fullmatch(moved.text) and letter.text.startswith(("：", ":"), end))
                rule, told = mood == "rule", told or bool(cues.past.search(moved.text))
                pending = mood == "plain" and (announces(moved.text, cues) or _only_time(moved, letter))
                read_parts.append(Clause(moved.text, moved.start, moved.end, mood))
            head = bool(_HEAD.search(part.text)) and _list_follows(part.end, sections)
            found.append(Segment(part.start, part.end, tuple(read_parts), place, number, head, opened))
    return found


def _only_time(clause: Span, letter: Letter) -> bool:
    """Whether a clause is nothing but a coming time that the next one begins with (“自5月6日起，”)."""
    times = deadline_times(letter, clause.start, clause.end)
    said = sum(moment.end - moment.start for moment in times)
    return bool(times) and len(clause.text) - said <= _ROOM


def _speaks_softly(text: str, cues: Cues) -> bool:
    """Whether the unit speaks of itself in the soft words of promises, and of nothing that is over."""
    vague = any(not cues.attitude.search(match.group()) for match in cues.vague.finditer(text))
    return vague and names_self(text) and not (cues.past.search(text) or cues.prompt.search(text))


def _closed(text: str) -> str:
    """The text with the inside of brackets blanked, so that no clause ends there."""
    return _BRACKET.sub(lambda match: "（" + "※" * (len(match.group()) - 2) + "）", text)


class _Scope:
    """Where the letter speaks of what is to come: from “下一步” to the end of its part, paragraph or list.

    A list that a last “以上工作均于年底前完成” bounds is one such place.
    """

    def __init__(self, letter: Letter, sections: Sequence[Section], cues: Cues) -> None:
        self.text, self.sections, self.cues = letter.text, sections, cues
        self.begin, self.end = 0, -1
        titles = ((s.start, s.end, letter.text[s.start : s.start + _TITLE]) for s in sections)
        self.asked = [(start, end) for start, end, title in titles if _RETOLD.search(title.split("\n")[0])]
        self.lists = [
            (self._list_start(match.start()), match.end())
            for match in cues.shared.finditer(letter.text)
            if deadline_times(letter, match.start(), match.end() + 24)
        ]

    def retold(self, place: int) -> bool:
        """Whether a place is in a part that only tells again what was asked (一、提案的主要内容)."""
        return any(start <= place < end for start, end in self.asked)

    def covers(self, sentence: Span) -> bool:
        """Whether the sentence is inside; it may itself open the scope, and a new matter or the closing ends it."""
        if any(start <= sentence.start < end or sentence.start <= start < sentence.end for start, end in self.lists):
            return True
        head = sentence.text[:16]
        ends = self.cues.restated.search(head) or self.cues.closing.search(head)
        self.end = -1 if ends else self.end
        self._announced(sentence)
        opening = None if ends else self.cues.opening.search(head)
        if opening and not self.cues.past.search(sentence.text[:30]):
            self.end = max(self.end, self._end(sentence))
        return sentence.start < self.end

    def _announced(self, sentence: Span) -> None:
        """A lead-in of what is to come (“将做以下工作：”) opens the scope for its list, in the sentence or after it."""
        first = next((s.start for s in self.sections if sentence.start < s.start <= sentence.end + 6), None)
        lead = self.text[sentence.start : first].rstrip() if first is not None else ""
        led = lead.endswith(("：", ":")) or bool(_HEAD.search(lead) or _FOLLOWS.search(lead))
        led = led or (first is not None and sentence.end <= first and bool(_POINT.match(self.text, first)))
        decided = bool(_DECIDED.search(lead))
        if (led and self.cues.future.search(masked(lead))) or decided:
            self.begin = first or 0 if decided else self.begin
            self.end = max(self.end, sentence.end, self._list_end(self._line_end(first or sentence.end)))

    def _list_start(self, place: int) -> int:
        """Where the list before a place begins: at the last first member of a series."""
        firsts = [s.start for s in self.sections if s.start < place and re.search(r"[一1首]", s.number)]
        return firsts[-1] if firsts else place

    def _end(self, sentence: Span) -> int:
        holding = [s for s in self.sections if s.start <= sentence.start <= s.start + len(s.number) + 2]
        if holding and len(sentence.text) < 40:
            return holding[-1].end
        if _titled(sentence, self.text):
            return len(self.text)
        end = self._line_end(sentence.start)
        return self._list_end(end) if _HEAD.search(sentence.text) else end

    def _list_end(self, end: int) -> int:
        """Where the list that goes on below the line ending at `end` is over."""
        while end < len(self.text) and _list_follows(end, self.sections):
            end = self._line_end(end + 1)
        return end

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end


def _titled(sentence: Span, text: str) -> bool:
    """Whether the sentence is a short line without a mark at its end, as headings are."""
    before = text[: sentence.start].rstrip(" 　")
    alone = text[sentence.end : sentence.end + 1] in {"\n", ""} and (not before or before.endswith("\n"))
    return alone and len(sentence.text) < 30 and sentence.text[-1] not in "。；;！!？"


def _is_heading(sentence: Span, letter: Letter, cues: Cues) -> bool:
    titled = _titled(sentence, letter.text) and sentence.end < len(letter.text)
    dated = titled and bool(deadline_times(letter, sentence.start, sentence.end))
    return titled and not dated and bool(cues.opening.search(sentence.text))


def _list_follows(end: int, sections: Sequence[Section]) -> bool:
    return any(end <= section.start <= end + 6 for section in sections)


def _parts(sentence: Span, sections: Sequence[Section]) -> list[tuple[Span, str]]:
    """The sentence cut at semicolons and before ordinals, each part with its ordinal."""
    starts = {s.start: s.number for s in sections if sentence.start <= s.start < sentence.end}
    marks = [sentence.start + m.end() for m in _BREAK.finditer(sentence.text)]
    cuts = sorted({sentence.start, *starts, *(m for m in marks if m < sentence.end)})
    parts = []
    for begin, end in zip(cuts, [*cuts[1:], sentence.end], strict=True):
        number = starts.get(begin, "")
        skip = begin + len(number)
        piece = sentence.text[skip - sentence.start : end - sentence.start]
        lead = len(piece) - len(piece.lstrip(" 　，、：:.．\n"))
        parts.append((Span(piece[lead:].rstrip(), skip + lead, skip + len(piece.rstrip())), number))
    return [(part, number) for part, number in parts if part.text]
