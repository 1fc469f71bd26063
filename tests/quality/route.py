"""Scores of routing on given data: topics by five-fold training, units from the catalogue alone. Not a test itself."""

from __future__ import annotations

import csv
import hashlib
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from pipeline import text as texts
from pipeline.mentions import unit_named
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Ask, Submission
from pipeline.route import Router, train

csv.field_size_limit(sys.maxsize)

TITLES, TEXTS = ("留言主题", "title", "案由"), ("留言详情", "content", "正文")
TOPICS = ("一级标签", "type", "类别")
UNITS = ("unit_in_reply", "主办")
FOLDS = 5


def topic_scores(path: Path) -> dict[str, float]:
    """Macro-F1 and accuracy of trained topics by five-fold cross-validation, and of words TF-IDF + LinearSVC."""
    labelled = [s for s in submissions(path) if s.topic]
    profile = _scheme_of(load(default_folder()), {s.topic for s in labelled})
    truth = [s.topic for s in labelled]
    found, baseline = list(truth), list(truth)
    for used, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(truth, truth):
        model = train([labelled[i] for i in used], profile)
        routes = Router(profile, model).route([replace(labelled[i], topic="") for i in held])
        plain = svc([labelled[i] for i in used], [truth[i] for i in used])([labelled[i] for i in held])
        for i, route, name in zip(held, routes, plain, strict=True):
            found[i] = route.topics[0].name if route.topics else ""
            baseline[i] = name
    return {
        "rows": float(len(truth)),
        "macro_f1": _macro(truth, found),
        "accuracy": _share(truth, found),
        "macro_f1_words_svc": _macro(truth, baseline),
        "accuracy_words_svc": _share(truth, baseline),
    }


def cold_start_scores(path: Path, half: int | None = None, *, title_only: bool = False) -> dict[str, float]:
    """Top-1 and top-3 of units without any training, on both halves or one, beside counted trigger words.

    The half of a row is the parity of its hash, so that wording can be judged on one half and reported on both.
    """
    profile = load(default_folder())
    labelled = [s for s in submissions(path) if s.lead and half in (None, half_of(s))]
    labelled = [replace(s, lead=unit_named(s.lead, profile) or "") for s in labelled]
    labelled = [s for s in labelled if s.lead]
    if title_only:
        labelled = [replace(s, text=s.title) for s in labelled]
    routes = Router(profile).route([replace(s, lead="") for s in labelled])
    ranked = [[c.name for c in route.candidates] for route in routes]
    truth = [s.lead for s in labelled]
    counted = [_counted(s, profile) for s in labelled]
    named = [(route.lead, lead) for route, lead in zip(routes, truth, strict=True) if route.lead]
    return {
        "rows": float(len(truth)),
        "top1": _top(truth, ranked, 1),
        "top3": _top(truth, ranked, 3),
        "top1_trigger_words": _top(truth, counted, 1),
        "top3_trigger_words": _top(truth, counted, 3),
        "coverage": round(len(named) / max(len(truth), 1), 4),
        "precision_when_named": round(float(np.mean([a == b for a, b in named])) if named else 0.0, 4),
    }


def county_scores(
    texts_folder: Path, half: int | None = None, *, trained_before: int | None = None
) -> dict[str, float]:
    """Lead, mode and co-units on the demonstration county's written texts, asks as marked by its author.

    `half` as in `cold_start_scores`. With `trained_before` the years before it train; it and later ones are tested.
    """
    profile = load(default_folder())
    papers = [_paper(path) for path in sorted(texts_folder.glob("*.md"))]
    used = [s for s, _ in papers if trained_before and (s.year or 0) < trained_before]
    tested = [(s, gold) for s, gold in papers if not trained_before or (s.year or 0) >= trained_before]
    tested = [(s, gold) for s, gold in tested if half in (None, half_of(s))]
    model = train(used, profile) if trained_before else None
    routes = Router(profile, model).route([replace(s, lead="", topic="", co=()) for s, _ in tested])
    rows = [(r, gold, {gold["lead"], *gold["lead_ok"]}) for r, (_, gold) in zip(routes, tested, strict=True)]
    named = [r.lead in leads for r, _, leads in rows if r.lead]
    found, wanted = (
        [set(names) for names in side] for side in zip(*((r.co, g["co"]) for r, g, _ in rows), strict=True)
    )
    common = sum(len(f & w) for f, w in zip(found, wanted, strict=True))
    return {
        "rows": float(len(rows)),
        "trained": float(model is not None),
        "top1": round(float(np.mean([r.candidates[0].name in leads for r, _, leads in rows])), 4),
        "top3": round(float(np.mean([bool({c.name for c in r.candidates[:3]} & leads) for r, _, leads in rows])), 4),
        "mode": round(float(np.mean([r.mode == gold["mode"] for r, gold, _ in rows])), 4),
        "coverage": round(len(named) / len(rows), 4),
        "precision_when_named": round(float(np.mean(named)) if named else 0.0, 4),
        "co_precision": round(common / max(sum(map(len, found)), 1), 4),
        "open_found": round(float(np.mean([r.needs_person for r, g, _ in rows if g["needs_person"]] or [0.0])), 4),
        "alone_kept": round(float(np.mean([r.mode == "独办" for r, g, _ in rows if g["mode"] == "独办"] or [0.0])), 4),
        "co_recall": round(common / max(sum(map(len, wanted)), 1), 4),
        "topic": round(float(np.mean([bool(r.topics) and r.topics[0].name == g["topic"] for r, g, _ in rows])), 4),
    }


def submissions(path: Path) -> list[Submission]:
    """The rows of a CSV file as submissions with the labels that the file carries."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [_submission(path, number, row) for number, row in enumerate(csv.DictReader(lines), 2)]


def half_of(s: Submission) -> int:
    """0 or 1 by the parity of a hash of the title."""
    return hashlib.sha256(s.title.encode()).digest()[0] % 2


def svc(used: Sequence[Submission], labels: Sequence[str]) -> Callable[[Sequence[Submission]], list[str]]:
    """The plain baseline: words TF-IDF + LinearSVC over title and text together."""
    plain = make_pipeline(TfidfVectorizer(analyzer=texts.words, sublinear_tf=True), LinearSVC(random_state=0))
    plain.fit([s.text for s in used], labels)
    return lambda held: [str(name) for name in plain.predict([s.text for s in held])]


def _submission(path: Path, number: int, row: dict[str, str]) -> Submission:
    title = _first(row, TITLES).strip()
    source = f"{path.name}#{number}"
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    text = f"{title}\n{_first(row, TEXTS).strip()}"
    lead, topic = _first(row, UNITS), _first(row, TOPICS)
    return Submission(digest, digest, source, "建议", title, text, lead=lead, topic=topic)


def _paper(path: Path) -> tuple[Submission, dict[str, Any]]:
    """A written text of the demonstration county and its gold."""
    _, front, body = path.read_text(encoding="utf-8").split("+++", 2)
    fields = tomllib.loads(front)
    gold, text = fields["gold"], f"{fields['title']}\n{body.strip()}"
    places = [(ask, text.find(ask)) for ask in gold["asks"]]
    asks = tuple(Ask(n, ask, at, at + len(ask) if at >= 0 else -1) for n, (ask, at) in enumerate(places, 1))
    return Submission(
        fields["id"],
        fields["id"],
        path.name,
        fields["kind"],
        fields["title"],
        text,
        year=fields["year"],
        proposers=tuple(fields["proposers"]),
        delegation=fields.get("delegation", ""),
        asks=asks,
        lead=gold["lead"],
        co=tuple(gold["co"]),
        topic=gold["topic"],
    ), gold


def _first(row: dict[str, str], columns: Sequence[str]) -> str:
    return next((row[column] or "" for column in columns if column in row), "")


def _scheme_of(profile: Profile, labels: set[str]) -> Profile:
    """The profile with the topic scheme that names most of the labels."""
    schemes = Counter(topic.scheme for topic in profile.topics if topic.name in labels)
    return replace(profile, topic_scheme=schemes.most_common(1)[0][0]) if schemes else profile


def _counted(s: Submission, profile: Profile) -> list[str]:
    """The baseline: units by how many of their trigger words occur."""
    counts = Counter({unit.name: sum(t.word in s.text for t in unit.triggers) for unit in profile.units})
    return [name for name, _ in counts.most_common(5)]


def _top(truth: Sequence[str], ranked: Sequence[Sequence[str]], k: int) -> float:
    hits = [label in names[:k] for label, names in zip(truth, ranked, strict=True)]
    return round(float(np.mean(hits)) if hits else 0.0, 4)


def _macro(truth: Sequence[str], found: Sequence[str]) -> float:
    labels = sorted(set(truth))
    return round(float(f1_score(truth, found, average="macro", labels=labels, zero_division=0)), 4)


def _share(truth: Sequence[str], found: Sequence[str]) -> float:
    return round(float(np.mean([a == b for a, b in zip(truth, found, strict=True)])), 4)
