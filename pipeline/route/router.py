"""The stage itself: a batch of submissions in, a route for each out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from pipeline.profile import Profile
from pipeline.records import AskRoute, Candidate, Mode, Reason, Route, Submission
from pipeline.route import cues, guards, returned, topics
from pipeline.route.belief import believed
from pipeline.route.boundary import IN_ZONE
from pipeline.route.decide import MOST_CO, Outcome, Sheet, ask_route, decide
from pipeline.route.joining import Joined, Joining
from pipeline.route.lexicon import plain
from pipeline.route.model import Cold, Model
from pipeline.route.reasons import Told
from pipeline.route.returned import Returns
from pipeline.route.scales import Scales, Scores, Weighed

MOST_CANDIDATES = 5
CHUNK = 2000
SEVERAL = "多事词"


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was found in one batch."""

    weighed: Weighed
    chances: Scores
    cues: cues.Found
    topics: list[tuple[Candidate, ...]]
    asks: list[list[int]]
    returns: Returns
    words: sparse.csr_matrix | None = None


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
        self._several = profile.pattern(SEVERAL) if profile.wording.get(SEVERAL) else re.compile(r"(?!)")
        self._joining = Joining(profile, self._scales)
        self._partners = self._scales.boundaries.partners({u.name for u in profile.units if u.system == "政府"})

    def route(self, submissions: Sequence[Submission], returns: Returns | None = None) -> list[Route]:
        """One route for each submission, in order (R-RTE-01/02/04); many at once cost least.

        `candidates` always holds at least five units where the profile has them, also when a person must decide.
        `returns` holds, by submission id, the receipts of units that gave it back: they are not named for it again.
        """
        parts = [submissions[i : i + CHUNK] for i in range(0, len(submissions), CHUNK)]
        return [route for part in parts for route in self._part(part, returns or {})]

    def _part(self, submissions: Sequence[Submission], returns: Returns) -> list[Route]:
        batch = self._batch(submissions, returns)
        return [self._one(row, submission, batch) for row, submission in enumerate(submissions)]

    def _batch(self, submissions: Sequence[Submission], returns: Returns) -> _Batch:
        weighed = self._scales.weigh(submissions)
        words: sparse.csr_matrix | None = None
        judged = Cold(self._names, weighed.whole, self._topics.names, self._topics.scores(weighed.standing))
        greetings = self.profile.wording.get("来信用语", ())
        formal = np.array([guards.formal(s, greetings) for s in submissions], dtype=bool)
        chances = believed(weighed.whole, formal) if len(submissions) else weighed.whole
        if self.model is not None:
            opinions = self.model.features.rows(submissions, judged)
            judged, words = self.model.judge(opinions, judged), opinions[1]
        if self.model is not None and self._learned:
            asks = self.model.judge_asks(submissions, weighed.asks, judged)
            chances = _mixed(judged.units, chances, self.model.trust)
            weighed = replace(weighed, whole=chances, asks=asks)
        numbers: list[list[int]] = [[] for _ in submissions]
        for number, (row, _) in enumerate(weighed.passages.asks):
            numbers[row].append(number)
        if returns:
            weighed, chances = returned.without(submissions, returns, self._names, weighed, chances)
        found = self._cues.found(weighed.passages)
        return _Batch(weighed, chances, found, self._ranked_topics(judged), numbers, returns, words)

    def _ranked_topics(self, judged: Cold) -> list[tuple[Candidate, ...]]:
        """The topics of each row: the learned ones, else what words and units of the catalogue say."""
        scores = judged.topics
        if self.model is None or self.model.topics is None:
            scores = self._topics.handled(scores, judged.units)
        return [topics.ranked(judged.topic_names, row) for row in scores]

    def _one(self, row: int, s: Submission, batch: _Batch) -> Route:
        units, numbers = self.profile.units, batch.asks[row]
        routes = tuple(
            ask_route(ask.ordinal, batch.weighed.asks[n], units) for ask, n in zip(s.asks, numbers, strict=True)
        )
        refused = self._refused(row, s, batch)
        joined = self._joined(row, batch)
        outcome = decide(self._sheet(row, s, batch, refused, joined), units, routes)
        final, usual = self._with_usual(row, outcome, batch)
        kept = replace(outcome, co=tuple(unit for unit in outcome.co if unit in final.co))
        return Route(
            submission_id=s.id,
            source=s.source,
            mode=final.mode,
            lead=outcome.lead,
            co=final.co,
            candidates=self._candidates(batch.weighed.whole[row], batch.chances[row]),
            topics=batch.topics[row],
            needs_person=outcome.lead is None,
            why=outcome.why if outcome.lead is None else "",
            reasons=(*self._reasons(Told(self._scales, batch.weighed, row), kept, routes, joined), *usual),
            asks=routes,
            flags=(*returned.told(batch.returns.get(s.id, ())), *self._flags(s, routes, outcome, refused)),
        )

    def _with_usual(self, row: int, outcome: Outcome, batch: _Batch) -> tuple[Outcome, list[Reason]]:
        """The outcome with the co-units that the registers teach, and why each new one joins."""
        learned = self.model.joint if self.model else None
        if learned is None or batch.words is None or outcome.lead is None or outcome.apart:
            return outcome, []
        away = {slip.unit for slip in batch.returns.get(batch.weighed.passages.submissions[row].id, ())}
        chances = learned.chances(batch.words[row], [outcome.lead], [outcome.co])[0]
        co = tuple(unit for unit in learned.chosen(chances, outcome.lead, outcome.co) if unit not in away)[:MOST_CO]
        new = [unit for unit in co if unit not in outcome.co]
        why = [Reason(f"会办依据：往年由{outcome.lead}主办的同类事项，多请{unit}会办") for unit in new]
        alone: Mode = "主办+会办" if co else "独办"
        mode = alone if outcome.mode in ("独办", "主办+会办") else outcome.mode
        return replace(outcome, co=co, mode=mode), why

    def _refused(self, row: int, s: Submission, batch: _Batch) -> str:
        """Why the paper is not to be handed over as it is: wrong genre, or nothing said."""
        title = batch.weighed.passages.all_of(row)[0].text
        own = not guards.pleading(title, s.text) and self._names[
            int(np.argmax(batch.weighed.whole[row]))
        ] in self.profile.wording.get("信访职责单位", ())
        wrong = "" if own else guards.refusal(title, len(s.text), batch.cues, row)
        if wrong or not guards.brief(s):
            return wrong
        duties = batch.weighed.spoken[0]
        new = np.flatnonzero((duties.whole[[row]] - duties.title[[row]]).toarray()[0] > 0)
        words = [duties.field.lexicon.words[w] for w in new]
        return guards.vague(s, words, self.profile.wording.get("停用词", ()))

    def _sheet(self, row: int, s: Submission, batch: _Batch, refused: str, joined: Sequence[Joined]) -> Sheet:
        weighed, numbers = batch.weighed, batch.asks[row]
        first, second = (self._names[u] for u in np.argsort(-weighed.whole[row], kind="stable")[:2])
        return Sheet(
            ordinals=tuple(ask.ordinal for ask in s.asks),
            whole=weighed.whole[row],
            asks=weighed.asks[numbers],
            title=weighed.title[row],
            chance=float(batch.chances[row].max()),
            known=self._learned or bool(weighed.words[row].any() or weighed.fired.whole[row].any()),
            joining=tuple(join.unit for join in joined),
            spoken=self._joining.spoken(row, weighed, numbers),
            above_county=self._above(row, batch),
            several=bool(self._several.search(weighed.passages.all_of(row)[0].text)),
            refused=refused,
            between=self._scales.boundaries.between(first, second, weighed.fired.whole[row]),
            partners=self._partners,
        )

    def _above(self, row: int, batch: _Batch) -> bool:
        """Whether the title, or the first ask and half of all, want what the county cannot decide."""
        passages, found, rules = batch.weighed.passages, batch.cues, self._scales.boundaries.above
        number = passages.first_of(row)
        fired = batch.weighed.fired
        if found.in_title(row, cues.ABOVE) or number in found.upward or (fired.whole[row, rules] >= 1.0).any():
            return True
        asked = [
            found.in_ask(n, cues.ABOVE) > 0
            or number + k in found.upward
            or bool((fired.asks[n, rules] >= IN_ZONE["ask"]).any())
            for k, n in enumerate(batch.asks[row], 1)
        ]
        return bool(asked) and asked[0] and 2 * sum(asked) >= len(asked)

    def _reasons(
        self, told: Told, outcome: Outcome, routes: Sequence[AskRoute], joined: Sequence[Joined]
    ) -> tuple[Reason, ...]:
        """Why this lead, then why each co-unit; where a person decides, what speaks for the units in front."""
        if outcome.lead is None:
            return tuple(told.open())
        mode = [Reason(f"{outcome.mode}：{outcome.why}")] if outcome.why else []
        return (*mode, *told.lead(outcome.lead), *(told.co(name, joined, routes) for name in outcome.co))

    def _joined(self, row: int, batch: _Batch) -> list[Joined]:
        weighed = batch.weighed
        lead = int(np.argmax(weighed.whole[row]))
        away = {slip.unit for slip in batch.returns.get(weighed.passages.submissions[row].id, ())}
        joined = self._joining.units(row, lead, weighed, batch.cues, batch.asks[row])
        return [join for join in joined if join.unit not in away]

    def _flags(self, s: Submission, routes: Sequence[AskRoute], outcome: Outcome, refused: str) -> tuple[str, ...]:
        asked = guards.questions(s, routes, outcome.lead is not None)
        own = guards.own_unit(s, self._scales.catalogue.names, self._scales.catalogue.unit_of_name, outcome.lead)
        missing = f"要素不全：{' '.join(asked)}" if asked else ""
        form = guards.wrong_form(plain(s.title), self.profile.wording.get("错误文种", ()))
        several = guards.several(routes) if outcome.apart else ""
        return tuple(flag for flag in (refused, form, own, several, missing) if flag)

    def _candidates(self, scores: Scores, chances: Scores) -> tuple[Candidate, ...]:
        order = np.argsort(-scores, kind="stable")[:MOST_CANDIDATES]
        return tuple(Candidate(self.profile.units[u].name, round(float(chances[u]), 4)) for u in order)


def _mixed(learned: Scores, known: Scores, trust: float) -> Scores:
    """Learned chances and the catalogue's (rows × units) together; the catalogue counts as it is sure of a row."""
    sure = (1.0 - trust) * known.max(axis=1, keepdims=True, initial=0.0) ** 2
    return np.asarray((trust * learned + sure * known) / np.maximum(trust + sure, 1e-9), dtype=np.float64)
