"""Routing and topics measured on labelled tables: from the profile alone, trained, and by the baselines (R-RTE-11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.evaluate.baselines import counted, svc
from pipeline.evaluate.gold import Labelled
from pipeline.evaluate.judged import Judged, Row, of_ranks
from pipeline.profile import Profile
from pipeline.records import Route, Submission
from pipeline.route import Router, train

FOLDS = 5
Advance = Callable[[int], None]
COLD, TRAINED, COUNTED, SVC = "只用规则", "训练后", "基线：触发词计数", "基线：TF-IDF+SVC"


@dataclass(frozen=True, slots=True)
class Compared:
    """All methods on the same rows; `how` says in Chinese how the rows were divided, `skipped` counts rows unused."""

    methods: tuple[Judged, ...]
    how: str
    skipped: int


@dataclass(frozen=True, slots=True)
class _Task:
    """One kind of label: which rows have it, the right ones, and how a route reads as a row."""

    right: Callable[[Labelled], tuple[str, ...]]
    row: Callable[[Labelled, Route], Row]
    words: dict[str, list[str]]


def _nobody(_count: int) -> None:
    """Progress that nobody watches."""


def units(
    gold: Sequence[Labelled], teaching: Sequence[Labelled], profile: Profile, advance: Advance = _nobody
) -> Compared:
    """Lead and co-units of labelled rows; trained on `teaching`, by five folds where that is empty."""
    words = {unit.name: [t.word for t in unit.triggers] for unit in profile.units}
    return _compared(gold, teaching, profile, _Task(lambda g: g.leads, _unit_row, words), advance)


def topics(
    gold: Sequence[Labelled], teaching: Sequence[Labelled], profile: Profile, advance: Advance = _nobody
) -> Compared:
    """Topics of labelled rows, in the scheme of the profile that names most of them."""
    own = scheme_of(profile, {g.topic for g in gold if g.topic})
    words = {t.name: [w.word for w in t.triggers] for t in own.topics if t.scheme == own.topic_scheme}
    return _compared(gold, teaching, own, _Task(lambda g: (g.topic,) * bool(g.topic), _topic_row, words), advance)


def scheme_of(profile: Profile, labels: Iterable[str]) -> Profile:
    """The profile with the topic scheme that names most of the labels; as it is where none names any."""
    schemes = Counter(topic.scheme for topic in profile.topics if topic.name in set(labels))
    return replace(profile, topic_scheme=schemes.most_common(1)[0][0]) if schemes else profile


def _compared(
    gold: Sequence[Labelled], teaching: Sequence[Labelled], profile: Profile, task: _Task, advance: Advance
) -> Compared:
    tested = [g for g in gold if task.right(g) and not g.training]
    taught = [g for g in (*teaching, *(g for g in gold if g.training)) if task.right(g)]
    bare = [g.submission for g in tested]
    cold = Router(profile).route(bare)
    advance(len(tested))
    methods = [_judged(COLD, tested, cold, task)]
    rows = methods[0].rows
    learned: list[Route | None] = [None] * len(tested)
    plain: list[list[str]] = [[] for _ in tested]
    for used, held in _splits(tested, taught, task):
        model = train([g.taught for g in used], profile)
        for at, route in zip(held, Router(profile, model).route([bare[i] for i in held]), strict=True):
            learned[at] = route
        said = svc([g.submission for g in used], [task.right(g)[0] for g in used], [bare[i] for i in held])
        for at, names in zip(held, said, strict=True):
            plain[at] = names
        advance(len(held))
    if all(learned) and learned:
        methods.append(_judged(TRAINED, tested, [route for route in learned if route], task))
        methods.append(of_ranks(SVC, rows, plain))
    methods.append(of_ranks(COUNTED, rows, counted(bare, task.words)))
    return Compared(tuple(methods), _how(tested, taught), len(gold) - len(tested) - sum(g.training for g in gold))


def _splits(
    tested: Sequence[Labelled], taught: Sequence[Labelled], task: _Task
) -> Iterator[tuple[list[Labelled], list[int]]]:
    """What trains and which rows are then tested: the rows given for training, or five folds of the tested ones."""
    if taught:
        yield list(taught), list(range(len(tested)))
        return
    if len(tested) < 2 * FOLDS:
        return
    labels = np.array([task.right(g)[0] for g in tested])
    order = np.lexsort((np.random.default_rng(0).permutation(len(tested)), labels))
    for start in range(FOLDS):
        held = sorted(order[start::FOLDS].tolist())
        yield [tested[i] for i in sorted(set(range(len(tested))) - set(held))], held


def _how(tested: Sequence[Labelled], taught: Sequence[Labelled]) -> str:
    if taught:
        return f"用 {len(taught)} 行训练，在另外 {len(tested)} 行上测"
    if len(tested) < 2 * FOLDS:
        return f"{len(tested)} 行，太少，不训练"
    return f"{len(tested)} 行，{FOLDS} 折交叉验证（每一折用其余各折训练）"


def _judged(method: str, tested: Sequence[Labelled], routes: Sequence[Route], task: _Task) -> Judged:
    return Judged(method, tuple(task.row(g, route) for g, route in zip(tested, routes, strict=True)))


def _unit_row(gold: Labelled, route: Route) -> Row:
    s = gold.submission
    ranked = tuple(c.name for c in route.candidates)
    chance = route.candidates[0].score if route.candidates else 0.0
    return Row(s.source, s.title, gold.leads, ranked, route.lead or "", chance, gold.co, frozenset(route.co), route.why)


def _topic_row(gold: Labelled, route: Route) -> Row:
    s: Submission = gold.submission
    ranked = tuple(c.name for c in route.topics)
    return Row(
        s.source,
        s.title,
        (gold.topic,),
        ranked,
        ranked[0] if ranked else "",
        route.topics[0].score if route.topics else 0.0,
    )
