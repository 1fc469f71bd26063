"""Demands of a speech or notice on units: who must do what by when and up to which target (R-SPK-01, R-SPK-02)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.parse import demand_slots as slots
from pipeline.parse.outline import outline
from pipeline.parse.promise_cues import alternatives
from pipeline.profile import Profile
from pipeline.records import Demand, Document
from pipeline.text import Span, clauses, sentences

_MARKS = "，。！？：,!?:\n"
_BEGIN = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十]+）|\d+[.、．]|第"
    r"[一二三四五六七八九十]+[，、]|首先|其次|再次|最后|同时|此外|也|还|更|又|就"
    r"|都|均|一定)+[，,]?"
)
_TOLD = re.compile(r"(?:要求|强调|指出|明确|规定|表示|认为|提出)了?$|(?:多次|已经|曾|先后)[^，。；]*$")
_QUOTED = re.compile(r"(?:总书记|党中央|中央|国务院|省委|党的[^，。]{0,8})[^，。；]{0,12}(?:强调|指出|要求|提出|明确)$")
_BARE = re.compile(r"(?:同时|此外|还|也)?[，,]?(?:要|必须|务必|严禁|不得)")
_ASKED = re.compile(
    r"^(?:最后[，,]?)?(?:但|也|还|再|更)?我?(?:也|还)?(?:请|希望)(?!予|批评|审议|指正|鼓掌|发言|讲话|看|问|示)"
)
_CASE = re.compile(r"^(?:对|凡|如|若|逾期|确)")
_BY = re.compile(r"^(?:一律)?由(?=[一-龥])")
_SHARED = re.compile(r"^(?:同步|配合|协助|负责|牵头)")
_PROMPT = re.compile(r"^并?(?:及时|主动|积极|认真|按时|尽快|抓紧|严格|切实|逐一|逐件)(?=[一-龥]{3})")
_ONCE = re.compile(r"(?:接到|收到|发现)[^，。；,;]{0,20}?(?:之?后|之日起|时)|(?<=如)发现")
_OFFICES = frozenset("室局办位门委组府会院心队")
_COMING = re.compile(r"将|定于|届时|拟于|负责|牵头|由")
_RELATIVE = re.compile(r"^[^，。的]{1,5}的[一-龥\d]{0,4}(?:实事|问题|任务|事项|事情?|重点|难题)$")
_AHEAD = re.compile("下一?步|今后|打算|工作安排|工作措施|工作计划")
_STAGED = re.compile(r"^(?:会议|今天|下面|接下来|现在|刚才|首先请)")


@dataclass(frozen=True, slots=True)
class _Cues:
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    false: re.Pattern[str]
    past: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """What makes a clause a demand: where its head ends, where its duty begins, and on whom it is by itself."""

    head: str
    duty: str
    actor: str


@lru_cache(maxsize=8)
def _cues(profile: Profile) -> _Cues:
    return _Cues(
        re.compile(alternatives(profile.words("要求词"))),
        re.compile(alternatives(profile.words("要求弱词"))),
        re.compile(alternatives(profile.words("要求误词"))),
        re.compile(alternatives(profile.words("过去语气词"))),
    )


def _is_cue(clause: str, false: re.Match[str]) -> bool:
    """Whether what looks like a word around 要 or 应 is that word all the same: 务必要, 督查室应对…检查."""
    before = clause[false.start() - 1 : false.start()]
    return before == "务" or (false.group() == "应对" and before in _OFFICES)


def demands(document: Document, profile: Profile) -> tuple[Demand, ...]:
    """The demands of a text in order; spans index the text.

    One for each sentence, or part between semicolons, that tells units what to do, and one more from where it turns
    to another unit or another time limit.
    """
    cues = _cues(profile)
    coming = [(s.start, s.end) for s in outline(document.text) if s.level <= 2 and _AHEAD.search(s.text)]
    found: list[Demand] = []
    for sentence in sentences(document.text):
        ahead = any(start <= sentence.start < end for start, end in coming)
        last: Demand | None = None
        for part in _parts(sentence):
            for demand in _Part(part, document, profile, cues, ahead, last).demands():
                found.append(_inherited(demand, found, document.text))
                last = found[-1]
    return tuple(found)


def _inherited(demand: Demand, earlier: list[Demand], text: str) -> Demand:
    """A demand that begins with its verb is on whom the one before it in the paragraph is on."""
    last = earlier[-1] if earlier else None
    if demand.actor or last is None or "\n" in text[last.end : demand.start] or not _BARE.match(demand.text):
        return demand
    return replace(demand, actor=last.actor)


def _parts(sentence: Span) -> list[Span]:
    cut = clauses(sentence.text, "；;")
    return [Span(span.text, sentence.start + span.start, sentence.start + span.end) for span in cut]


@dataclass(frozen=True)
class _Part:
    """A sentence, or what stands between two of its semicolons."""

    span: Span
    document: Document
    profile: Profile
    cues: _Cues
    ahead: bool
    last: Demand | None
    """The demand before this part in the same sentence."""

    def demands(self) -> list[Demand]:
        text, cut = self.span.text, clauses(self.span.text, _MARKS)
        if not cut or _QUOTED.search(cut[0].text) or text.rstrip("”』」").endswith(("？", "?")):
            return []
        begun = [(place, found) for place, clause in enumerate(cut) if (found := self._told(clause, place, cut))]
        starts = self._turns(begun, cut)
        ends = [*(cut[place].start for place, _ in starts[1:]), len(text)][: len(starts)]
        lead = [0 if n == 0 else cut[place].start for n, (place, _) in enumerate(starts)]
        pieces = zip(starts, lead, ends, strict=True)
        return [self._demand(found, cut[place].start, start, end) for (place, found), start, end in pieces]

    def _turns(self, begun: list[tuple[int, _Found]], cut: list[Span]) -> list[tuple[int, _Found]]:
        """The clauses that begin a demand of their own: the first, and each with another actor or a further limit."""
        kept: list[tuple[int, _Found]] = []
        for place, found in begun:
            known = {one.actor for _, one in kept}
            since = self.span.text[cut[kept[-1][0]].start : cut[place].start] if kept else ""
            other = found.actor and found.actor not in known
            again = kept and self._limits(cut[place].text) and self._limits(since)
            if not kept or other or again:
                kept.append((place, found))
        return kept

    def _told(self, clause: Span, place: int, cut: list[Span]) -> _Found | None:
        """What makes a clause of this part a demand, if anything does."""
        reports = self.document.kind == "办理情况报告"
        before = self.span.text[: clause.start]
        if reports and (self._past(self.span.text[: clause.end]) or _TOLD.search(before)):
            return None
        cue = self._cue(clause.text, strong_only=reports or place > 0 or self._is_line())
        if cue is None:
            return self._assigned(clause, cut[0].text, reports=reports and not self.ahead)
        head, duty = clause.text[: cue.start()], clause.text[cue.end() :].lstrip("，,：: ")
        if _RELATIVE.match(duty) or not (duty or self.span.text[clause.end :].strip("，,：:。 ")):
            return None
        if cue.group() == "要" and len(duty) <= 2 and _BEGIN.sub("", head) and not slots.subject(head):
            return None
        return _Found(head, duty or self.span.text[clause.end :].lstrip("，,：:"), slots.subject(head))

    def _past(self, text: str) -> bool:
        """Whether a text tells what was done; “收到建议后” tells when something is to be done."""
        return self.cues.past.search(_ONCE.sub("", text)) is not None

    def _is_line(self) -> bool:
        """Whether the part is a line of its own without a full stop, such as a heading."""
        text, after = self.span.text, self.document.text[self.span.end : self.span.end + 1]
        return text[-1] not in "。！!；;" and after not in "；;"

    def _cue(self, clause: str, *, strong_only: bool) -> re.Match[str] | None:
        """The word that makes a clause a demand, words that only contain it (主要, 需求, 应用) blanked first."""
        blanked = self.cues.false.sub(lambda m: m.group() if _is_cue(clause, m) else "※" * len(m.group()), clause)
        strong = self.cues.strong.search(blanked)
        if strong and not _TOLD.search(blanked[: strong.start()]):
            return strong if blanked[strong.start() : strong.end() + 1] != "要求" else None
        lead = _BEGIN.match(blanked)
        weak = None if strong_only else self.cues.weak.match(blanked, lead.end() if lead else 0)
        return None if self._past(blanked) else weak

    def _assigned(self, clause: Span, first: str, *, reports: bool) -> _Found | None:
        """A duty without a word that demands it: a unit is asked (请县财政局…), named in a case (对…的，由…), or given
        a time.
        """
        bare, rest = _BEGIN.sub("", clause.text), self.span.text[clause.start :]
        named, asked = slots.leader(bare, self.profile), _ASKED.match(bare)
        staged = not asked and _STAGED.match(_BEGIN.sub("", first))
        if self._is_line() or staged or self._past(clause.text):
            return None
        by = _BY.match(bare) if _CASE.match(_BEGIN.sub("", first)) else None
        lead = asked or by
        if lead and named and not reports:
            return _Found(bare, bare[lead.end() :].removeprefix(named), named)
        if reports or self._past(self.span.text):
            return None
        if named and _SHARED.match(bare.removeprefix(named)):
            return _Found(bare, bare.removeprefix(named), named)
        who = slots.leader(first, self.profile) if self.document.kind == "通知" and _PROMPT.match(bare) else ""
        if who:
            return _Found(bare, bare, who)
        return self._timed(clause.text, bare, rest, named)

    def _timed(self, clause: str, bare: str, rest: str, named: str) -> _Found | None:
        """A duty by nothing but the time that it is given."""
        given = self._limits(clause)
        if not given or len(rest.replace(given[0], "")) < 4:
            return None
        firm = given[0].endswith(("前", "内", "起")) or given[0].startswith(("每", "不"))
        if self.last and self.last.deadline and bare.startswith(given[0]):
            return _Found(bare, bare, named or self.last.actor)
        coming = _COMING.search(self.span.text) and (named or "由" in self.span.text)
        planned = self.document.kind == "通知" or self.ahead
        return _Found(bare, bare.removeprefix(named), named) if firm or coming or planned else None

    def _limits(self, text: str) -> list[str]:
        return slots.limits(text, self.document.day)

    def _demand(self, found: _Found, clause: int, start: int, end: int) -> Demand:
        text = self.span.text[start:end].rstrip("，, \n")
        return Demand(
            text=text,
            actor=found.actor or slots.actor(found.head, self.span.text[start:clause], self.profile),
            duty=found.duty.strip("，,：: "),
            deadline="、".join(self._limits(text)),
            target=slots.target(text),
            start=self.span.start + start,
            end=self.span.start + start + len(text),
        )
