"""Pairs and classes measured against a table that says which items belong together, at their natural prevalence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pipeline import text as texts
from pipeline.evaluate.gold import Labelled
from pipeline.evaluate.metrics import DRAWS, SEED, Score
from pipeline.profile import Profile
from pipeline.recur import Memory, matches, themes
from pipeline.route import Router

Pairs = frozenset[tuple[str, str]]
Flags = NDArray[np.bool_]
MOST_PAIRS = 20
"""The baseline's threshold is sought among so many times the true pairs: its likeliest ones."""


@dataclass(frozen=True, slots=True)
class Recurred:
    """Scores of one method on one task; `missed` and `wrong` are pairs of titles, for a person to look at."""

    method: str
    task: str
    scores: tuple[Score, ...]
    missed: tuple[tuple[str, str], ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()


def recurrence(gold: Sequence[Labelled], profile: Profile) -> list[Recurred]:
    """Pairs of one matter and classes of problems, found and by the baselines; a task without labels is left out.

    Units are the table's, else those that the catalogue recommends.
    """
    submissions = [row.submission for row in gold]
    routes = Router(profile).route(submissions)
    units = {route.submission_id: route.lead for route in routes if route.lead}
    units |= {row.submission.id: row.leads[0] for row in gold if row.leads}
    memory = Memory.empty("", profile)
    found = matches(submissions, memory, units)
    told: list[Recurred] = []
    matter = {row.submission.id: row.matter for row in gold}
    if any(matter.values()):
        right = together(matter)
        pairs = frozenset(_pair(m.left, m.right) for m in found)
        plain, threshold = _plain_pairs(gold, right)
        title = {s.id: s.title for s in submissions}
        chances = {_pair(m.left, m.right): m.score for m in found if m.relation == "same_matter"}
        told.append(_pairs("本程序", pairs, right, title, chances))
        told.append(_pairs(f"基线：TF-IDF 余弦（取其最好的阈值 {threshold:.2f}）", plain, right, title))
    problem = {row.submission.id: row.problem for row in gold}
    if any(problem.values()):
        group = {member: theme.id for theme in themes(submissions, found, units, memory) for member in theme.members}
        told.append(_classes("本程序", group, problem))
        told.append(_classes("基线：各自成组", {}, problem))
    return told


def together(label: Mapping[str, str]) -> Pairs:
    """The pairs of ids with equal labels."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in label.items():
        if name:
            groups[name].append(key)
    return frozenset(_pair(a, b) for group in groups.values() for a, b in combinations(group, 2))


def b_cubed(right: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 of a clustering over the keys of `right` (Bagga and Baldwin, 1998)."""
    sizes, machine = Counter(right.values()), Counter(found[key] for key in right)
    shared = Counter((right[key], found[key]) for key in right)
    precision = sum(shared[right[k], found[k]] / machine[found[k]] for k in right) / len(right)
    recall = sum(shared[right[k], found[k]] / sizes[right[k]] for k in right) / len(right)
    return precision, recall, 2 * precision * recall / (precision + recall)


def calibration_error(chances: NDArray[np.float64], right: Flags, bins: int = 10) -> float:
    """Expected calibration error of the probabilities told, in bins of equal width; NaN where none was told."""
    if not len(chances):
        return float("nan")
    bin_of = np.minimum((chances * bins).astype(int), bins - 1)
    off = [abs(float((chances[bin_of == b] - right[bin_of == b]).sum())) for b in range(bins)]
    return sum(off) / len(chances)


def _pairs(
    method: str,
    found: Pairs,
    right: Pairs,
    title: Mapping[str, str],
    chances: Mapping[tuple[str, str], float] | None = None,
) -> Recurred:
    """One method's scores; `chances` are the probabilities it told, whose calibration error is then a score too."""
    every = sorted(found | right)
    flags = np.array([(pair in found, pair in right) for pair in every], dtype=bool).reshape(-1, 2)
    draws = [np.random.default_rng((SEED, n)).integers(0, len(every), len(every)) for n in range(DRAWS)]
    drawn = np.array([_prf(flags[rows]) for rows in draws])
    low, high = np.nanpercentile(drawn, (2.5, 97.5), axis=0)
    names = ("准确", "召回", "F1")
    scores = [Score(n, *map(float, ends)) for n, *ends in zip(names, _prf(flags), low, high, strict=True)]
    if chances:
        scores.append(_calibration(chances, right))
    missed = tuple((title[a], title[b]) for a, b in sorted(right - found))
    wrong = tuple((title[a], title[b]) for a, b in sorted(found - right))
    return Recurred(method, f"同一事项（{len(right)} 对）", tuple(scores), missed, wrong)


def _calibration(chances: Mapping[tuple[str, str], float], right: Pairs) -> Score:
    """How far the probabilities told of pairs in other words are off (ECE, ten bins), with its interval."""
    pairs = sorted(chances)
    told, true = np.array([chances[pair] for pair in pairs]), np.array([pair in right for pair in pairs])
    draws = [np.random.default_rng((SEED, n)).integers(0, len(pairs), len(pairs)) for n in range(DRAWS)]
    low, high = np.percentile([calibration_error(told[rows], true[rows]) for rows in draws], (2.5, 97.5))
    return Score("校准误差ECE", calibration_error(told, true), float(low), float(high))


def _prf(flags: Flags) -> tuple[float, float, float]:
    """Precision, recall and F1 of rows (found, right); not a number where one side is empty."""
    hits, found, right = int(flags.all(axis=1).sum()), int(flags[:, 0].sum()), int(flags[:, 1].sum())
    if not found or not right:
        return float("nan"), float("nan"), float("nan")
    return hits / found, hits / right, 2 * hits / (found + right)


def _classes(method: str, group: Mapping[str, str], problem: Mapping[str, str]) -> Recurred:
    right = {key: name or key for key, name in problem.items()}
    found = {key: group.get(key, key) for key in right}
    keys = sorted(right)
    drawn = []
    for n in range(DRAWS // 5):
        rows = np.random.default_rng((SEED, n)).integers(0, len(keys), len(keys))
        chosen = {keys[i] for i in rows.tolist()}
        drawn.append(b_cubed({k: right[k] for k in chosen}, found))
    low, high = np.percentile(np.array(drawn), (2.5, 97.5), axis=0)
    names = ("B³ 准确", "B³ 召回", "B³ F1")
    scores = [Score(n, *map(float, ends)) for n, *ends in zip(names, b_cubed(right, found), low, high, strict=True)]
    return Recurred(method, f"一类问题（{len(right)} 件）", tuple(scores))


def _plain_pairs(gold: Sequence[Labelled], right: Pairs) -> tuple[Pairs, float]:
    """Whole-text word TF-IDF at the threshold that suits the gold best: what a simple tool could reach at most."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    ids = [row.submission.id for row in gold]
    rows = TfidfVectorizer(analyzer=texts.words).fit_transform([row.submission.text for row in gold])
    alike = (rows @ rows.T).tocoo()
    above = alike.row < alike.col
    scores, left, right_of = alike.data[above], alike.row[above], alike.col[above]
    order = np.argsort(-scores, kind="stable")[: MOST_PAIRS * max(len(right), 1)]
    pairs = [_pair(ids[left[i]], ids[right_of[i]]) for i in order]
    hits = np.cumsum([pair in right for pair in pairs])
    f1 = 2 * hits / (np.arange(1, len(pairs) + 1) + len(right))
    best = int(np.argmax(f1))
    return frozenset(pairs[: best + 1]), float(scores[order[best]])


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
