"""The stage itself: a batch of submissions in, a route for each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.profile import Profile
from pipeline.records import AskRoute, Candidate, Reason, Route, Submission
from pipeline.route import cues, guards, topics
from pipeline.route.boundary import IN_ZONE
from pipeline.route.decide import Outcome, Sheet, ask_route, decide
from pipeline.route.lexicon import plain
from pipeline.route.model import Cold, Model
from pipeline.route.places import Localities
from pipeline.route.reasons import reasons
from pipeline.route.scales import Scales, Scores, Weighed

MOST_CANDIDATES = 5
CHUNK = 2000
SPOKEN_FOR = 1.0


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was found in one batch."""

    weighed: Weighed
    cues: cues.Found
    topics: list[tuple[Candidate, ...]]
    asks: list[list[int]]


class Router:
    """Routes submissions by a profile's catalogue and, where given, a trained model."""

    def __init__(self, profile: Profile, model: Model | None = None) -> None:
        self.profile = profile
        self.model = model
        self._learned = model is not None and model.units is not None
        self._names = tuple(unit.name for unit in profile.units)
        self._scales = Scales(profile)
        self._topics = topics.Topics(profile, profile.topic_scheme)
        self._cues = cues.Cues(profile)
        self._localities = Localities(profile)

    def route(self, submissions: Sequence[Submission]) -> list[Route]:
        """One route for each submission, in order (R-RTE-01/02/04); many at once cost least.

        `candidates` always holds at least five units where the profile has them, also when a person must decide.
        """
        parts = [submissions[i : i + CHUNK] for i in range(0, len(submissions), CHUNK)]
        return [route for part in parts for route in self._part(part)]

    def _part(self, submissions: Sequence[Submission]) -> list[Route]:
        batch = self._batch(submissions)
        return [self._one(row, submission, batch) for row, submission in enumerate(submissions)]

    def _batch(self, submissions: Sequence[Submission]) -> _Batch:
        weighed = self._scales.weigh(submissions)
        judged = Cold(self._names, weighed.whole, self._topics.names, self._topics.scores(weighed.passages))
        if self.model is not None:
            judged = self.model.judge(submissions, judged)
            weighed = replace(weighed, whole=judged.units)
        asks: list[list[int]] = [[] for _ in submissions]
        for number, (row, _) in enumerate(weighed.passages.asks):
            asks[row].append(number)
        found = self._cues.found(weighed.passages)
        return _Batch(weighed, found, [topics.ranked(judged.topic_names, row) for row in judged.topics], asks)

    def _one(self, row: int, s: Submission, batch: _Batch) -> Route:
        units, numbers = self.profile.units, batch.asks[row]
        scores = batch.weighed.whole[row]
        routes = tuple(
            ask_route(ask.ordinal, batch.weighed.asks[n], units) for ask, n in zip(s.asks, numbers, strict=True)
        )
        refused = guards.refusal(batch.weighed.passages.all_of(row)[0].text, len(s.text), batch.cues, row)
        outcome = decide(self._sheet(row, s, batch, refused), units, routes)
        return Route(
            submission_id=s.id,
            source=s.source,
            mode=outcome.mode,
            lead=outcome.lead,
            co=outcome.co,
            candidates=self._candidates(scores),
            topics=batch.topics[row],
            needs_person=outcome.lead is None,
            why=outcome.why if outcome.lead is None else "",
            reasons=self._reasons(row, batch, outcome),
            asks=routes,
            flags=self._flags(s, routes, outcome, refused),
        )

    def _sheet(self, row: int, s: Submission, batch: _Batch, refused: str) -> Sheet:
        weighed, numbers = batch.weighed, batch.asks[row]
        above = sum(batch.cues.in_ask(n, cues.ABOVE) > 0 for n in numbers)
        return Sheet(
            ordinals=tuple(ask.ordinal for ask in s.asks),
            whole=weighed.whole[row],
            asks=weighed.asks[numbers],
            title=weighed.title[row],
            known=self._learned or bool(weighed.words[row].any() or weighed.fired.whole[row].any()),
            joining=self._joining(row, batch),
            above_county=bool(batch.cues.in_title(row, cues.ABOVE)) or 0 < len(numbers) == above,
            refused=refused,
        )

    def _joining(self, row: int, batch: _Batch) -> tuple[str, ...]:
        """Co-units by rule, then 财政 where money is asked for, then the town that is named.

        A rule's co-unit joins where the rule holds in the title or some word speaks for the unit itself.
        """
        weighed = batch.weighed
        lead = self._names[int(np.argmax(weighed.whole[row]))]
        own = {self._names[u] for u in np.flatnonzero(weighed.words[row] >= SPOKEN_FOR)}
        passages = weighed.passages.all_of(row)
        local = self._localities.units(passages)
        by_rule = [
            unit
            for r in np.flatnonzero(weighed.fired.whole[row])
            for unit in self.profile.boundaries[r].co
            if self.profile.boundaries[r].lead == lead
            and (unit in own or weighed.fired.whole[row, r] >= IN_ZONE["title"])
            and (unit in local or unit not in self._localities.all)
        ]
        asked = batch.cues.in_title(row, cues.MONEY) or any(batch.cues.in_ask(n, cues.MONEY) for n in batch.asks[row])
        named = [name for p in passages if p.zone == "ask" for name in self._scales.catalogue.named(p.text)]
        bureaus = dict.fromkeys([*by_rule, *named, *([cues.TREASURY] if asked else [])])
        return (*bureaus, *(local if any(unit not in (lead, *local) for unit in bureaus) else ()))

    def _reasons(self, row: int, batch: _Batch, outcome: Outcome) -> tuple[Reason, ...]:
        unit = int(np.argmax(batch.weighed.whole[row]))
        mode = (Reason(f"{outcome.mode}：{outcome.why}"),) if outcome.lead and outcome.why else ()
        return mode + reasons(self._scales, batch.weighed, row, unit)

    def _flags(self, s: Submission, routes: Sequence[AskRoute], outcome: Outcome, refused: str) -> tuple[str, ...]:
        asked = guards.questions(s, routes, outcome.lead is not None)
        own = guards.own_unit(s, self._scales.catalogue.names, self._scales.catalogue.unit_of_name, outcome.lead)
        missing = f"要素不全：{' '.join(asked)}" if asked else ""
        form = guards.wrong_form(plain(s.title), self.profile.wording.get("错误文种", ()))
        several = guards.several(routes) if outcome.apart else ""
        return tuple(flag for flag in (refused, form, own, several, missing) if flag)

    def _candidates(self, scores: Scores) -> tuple[Candidate, ...]:
        order = np.argsort(-scores, kind="stable")[:MOST_CANDIDATES]
        return tuple(Candidate(self.profile.units[u].name, round(float(scores[u]), 4)) for u in order)
