"""The weights of `pipeline.recur.judge`, fitted anew: `python -m tests.recur.fit` prints them with their scores.

Fitted on the candidate pairs of the demonstration county and on 330 pairs of real letters and proposals that a person
judged (`tests/cases/recur_judged.csv`: their signs only). A theme is wholly inside or outside a fold.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.extract import extract, find_files
from pipeline.parse import parse
from pipeline.parse.merge import merge
from pipeline.profile import default_folder, load
from pipeline.records import Document, Submission
from pipeline.recur.alike import neighbours
from pipeline.recur.judge import SIGNS, signs
from pipeline.recur.match import CANDIDATE, SAME_MATTER
from pipeline.recur.matter import age, fingerprint, matter
from pipeline.recur.memory import Memory
from pipeline.recur.near import near_copies
from pipeline.route import Router

COUNTY = Path(__file__).parents[2] / "corpora" / "yunhe"
JUDGED = Path(__file__).parents[1] / "cases" / "recur_judged.csv"
FOLDS, LESS, RIDGE = 8, 0.5, 0.1
"""A judged pair counts half a pair of the county, whose texts were read whole."""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


def county() -> tuple[Numbers, Flags, Flags, NDArray[np.int64], int]:
    """Signs, whether one matter, whether copies, fold of each candidate pair; and how many true pairs there are."""
    profile = load(default_folder())
    gold = {f"files/{g['file']}": g for g in map(json.loads, (COUNTY / "gold.jsonl").read_text("utf-8").splitlines())}
    read = extract(find_files(COUNTY / "files"), profile)
    known = merge(r for r in parse([d for d in read if isinstance(d, Document)], profile) if isinstance(r, Submission))
    rows = {s.id: gold[x] for s in known for x in (s.source, *s.also) if gold.get(x, {}).get("record") == "submission"}
    submissions = sorted((s for s in known if s.id in rows), key=age)
    true = {frozenset((row["id"], p["id"])) for row in rows.values() for p in row["gold"]["same_as"]}
    leads = {route.submission_id: route.lead or "" for route in Router(profile).route(submissions)}
    matters = [matter(s) for s in submissions]
    texts = Memory.empty().of(matters).plain
    left, right, cosine = map(np.array, zip(*neighbours(texts.vectors(), CANDIDATE), strict=True))
    found = signs(matters, texts, [s.lead or leads[s.id] for s in submissions], (left, right), cosine)
    copies = {pair[:2] for pair in near_copies([fingerprint(m) for m in matters])}
    ids = [rows[s.id]["id"] for s in submissions]
    group = together(ids, true)
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    same = np.array([frozenset((ids[a], ids[b])) in true for a, b in pairs])
    fold = np.array([zlib.crc32(min(group[ids[a]], group[ids[b]]).encode()) % FOLDS for a, b in pairs])
    return found, same, np.array([pair in copies for pair in pairs]), fold, len(true)


def together(ids: Sequence[str], pairs: set[frozenset[str]]) -> dict[str, str]:
    """The first of those that each is tied to."""
    first = {key: key for key in ids}
    for _ in ids:
        for a, b in map(sorted, pairs):
            first[a] = first[b] = min(first[a], first[b])
    return first


def fitted(found: Numbers, same: Flags, weights: Numbers) -> tuple[Numbers, float]:
    """Logistic regression on standardised signs, told in the signs' own units."""
    mean, spread = found.mean(axis=0), found.std(axis=0) + 1e-9
    model = LogisticRegression(C=RIDGE, max_iter=5000).fit((found - mean) / spread, same, sample_weight=weights)
    slope = model.coef_[0] / spread
    return slope, float(model.intercept_[0] - (slope * mean).sum())


def main() -> None:
    """Print weights, intercept, and precision, recall and F1 over folds that the weights have not seen."""
    found, same, copies, fold, number = county()
    with JUDGED.open(encoding="utf-8") as file:
        rows = [[float(row[name]) for name in (*SIGNS, "same")] for row in csv.DictReader(file)]
    judged, right = np.array(rows)[:, :-1], np.array(rows)[:, -1] > 0

    def learn(part: Flags) -> tuple[Numbers, float]:
        weights = np.concatenate([np.ones(part.sum()), np.full(len(judged), LESS)])
        return fitted(np.vstack([found[part], judged]), np.concatenate([same[part], right]), weights)

    told = copies.copy()
    for k in range(FOLDS):
        slope, base = learn((fold != k) & ~copies)
        told[fold == k] |= 1 / (1 + np.exp(-(found[fold == k] @ slope + base))) >= SAME_MATTER
    hits = int((told & same).sum())
    slope, base = learn(~copies)
    print("WEIGHTS", slope.round(2).tolist(), "INTERCEPT", round(base, 2))
    print(f"P {hits / told.sum():.3f} R {hits / number:.3f} F1 {2 * hits / (told.sum() + number):.3f}, {number} pairs")


if __name__ == "__main__":
    main()
