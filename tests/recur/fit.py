"""The weights of `pipeline.recur.judge`, fitted anew: `python -m tests.recur.fit [FOLDER]` prints them with scores.

Fitted on the candidate pairs of the demonstration county, on matters told twice in quite other words
(`tests/cases/recur_paraphrases.csv`, our own sentences) among the county's, and on pairs of real letters and proposals
that a person judged (`tests/cases/recur_judged.csv`: rows and signs only; given the FOLDER of those tables, the signs
are read anew). A matter is wholly inside or outside a fold.
"""

from __future__ import annotations

import csv
import json
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.recurrence import calibration_error
from pipeline.extract import extract, find_files
from pipeline.parse import parse
from pipeline.parse.merge import merge
from pipeline.profile import default_folder, load
from pipeline.records import Document, Submission
from pipeline.recur.candidates import looked
from pipeline.recur.judge import SIGNS, signs
from pipeline.recur.match import SAME_MATTER
from pipeline.recur.matter import age
from pipeline.recur.memory import Memory
from pipeline.recur.near import near_copies
from pipeline.route import Router

COUNTY = Path(__file__).parents[2] / "corpora" / "yunhe"
CASES = Path(__file__).parents[1] / "cases"
JUDGED, PARAPHRASES = CASES / "recur_judged.csv", CASES / "recur_paraphrases.csv"
FOLDS, RIDGE = 8, 0.3
COUNTS = {"county": 2.0, "told twice": 0.42, "judged": 0.5}
"""What a pair of each set counts: the county's texts were read whole; the others are harder than most."""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Truth = Callable[[str, str], "bool | None"]


@dataclass(frozen=True)
class Told:
    """Candidate pairs: their signs, whether one matter, whether near copies, their folds; `total` true pairs exist."""

    signs: Numbers
    same: Flags
    copies: Flags
    fold: NDArray[np.int64]
    total: int


def submissions_of(path: Path) -> list[Submission]:
    """The submissions of a folder or register."""
    profile = load(default_folder())
    read = [d for d in extract(find_files(path), profile) if isinstance(d, Document)]
    return merge(r for r in parse(read, profile) if isinstance(r, Submission))


def candidates(submissions: Sequence[Submission], truth: Truth) -> tuple[list[tuple[str, str]], Told]:
    """The pairs of ids that the ladder looks at and whose truth is known; folds and total are left empty."""
    ordered = sorted(submissions, key=age)
    routed = {r.submission_id: r.lead or "" for r in Router(load(default_folder())).route(ordered)}
    memory = Memory.empty()
    matters = memory.matters(ordered)
    known = memory.read(matters, "plain")
    pairs = looked(matters, known)
    found = signs(matters, known, [s.lead or routed[s.id] for s in ordered], pairs)
    copied = {pair[:2] for pair in near_copies([m.print for m in matters])}
    places = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    said = [truth(ordered[a].id, ordered[b].id) for a, b in places]
    kept = [n for n, same in enumerate(said) if same is not None]
    told = Told(
        found[kept],
        np.array([bool(said[n]) for n in kept]),
        np.array([places[n] in copied for n in kept]),
        np.zeros(len(kept), np.int64),
        0,
    )
    return [(ordered[places[n][0]].id, ordered[places[n][1]].id) for n in kept], told


def folded(told: Told, keys: Sequence[str], total: int) -> Told:
    """The pairs with their folds: equal keys fall into one."""
    fold = np.array([zlib.crc32(key.encode()) % FOLDS for key in keys], dtype=np.int64)
    return Told(told.signs, told.same, told.copies, fold, total)


def county() -> tuple[list[Submission], Told]:
    """The county's submissions and its candidate pairs."""
    lines = (COUNTY / "gold.jsonl").read_text("utf-8").splitlines()
    gold = {f"files/{g['file']}": g for g in map(json.loads, lines) if g["record"] == "submission"}
    found = submissions_of(COUNTY / "files")
    rows = {s.id: gold[x] for s in found for x in (s.source, *s.also) if x in gold}
    pairs = {frozenset((row["id"], p["id"])) for row in rows.values() for p in row["gold"]["same_as"]}
    first = together([row["id"] for row in rows.values()], pairs)
    kept = [s for s in found if s.id in rows]
    ids, told = candidates(kept, lambda a, b: frozenset((rows[a]["id"], rows[b]["id"])) in pairs)
    keys = [min(first[rows[a]["id"]], first[rows[b]["id"]]) for a, b in ids]
    return kept, folded(told, keys, len(pairs))


def told_twice(others: Sequence[Submission]) -> Told:
    """The candidate pairs of the matters told in other words, found among other submissions."""
    read = submissions_of(PARAPHRASES)
    with PARAPHRASES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    group = {s.id: rows[int(s.source.split("#")[1]) - 2]["事项组"] for s in read}

    def truth(a: str, b: str) -> bool | None:
        one, other = group.get(a, "?"), group.get(b, "!")
        return one == other if one[0] == other[0] else None

    ids, told = candidates([*read, *others], truth)
    sizes = np.unique(list(group.values()), return_counts=True)[1]
    return folded(told, [min(group[a], group[b]) for a, b in ids], int((sizes * (sizes - 1) // 2).sum()))


def judged(folder: Path | None) -> Told:
    """The pairs that a person judged, with the signs in the table; read anew and written there from the FOLDER."""
    with JUDGED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if folder is not None:
        rows = reread(rows, folder)
    found = np.array([[float(row[name]) for name in SIGNS] for row in rows])
    same = np.array([row["same"] == "1" for row in rows])
    told = Told(found, same, np.zeros(len(rows), bool), np.zeros(len(rows), np.int64), int(same.sum()))
    return folded(told, [row["left"] for row in rows], int(same.sum()))


def reread(rows: Sequence[dict[str, str]], folder: Path) -> list[dict[str, str]]:
    """The judged rows with their signs as the tables in a folder give them; pairs no longer looked at stay without."""
    signs_of: dict[tuple[str, str], Numbers] = {}
    for name in sorted({row["left"].split("#")[0] for row in rows}):
        read = submissions_of(folder / name)
        wanted = {frozenset((row["left"], row["right"])) for row in rows}
        source = {s.id: s.source for s in read}
        ids, told = candidates(read, lambda a, b: frozenset((source[a], source[b])) in wanted or None)  # noqa: B023
        signs_of |= {tuple(sorted((source[a], source[b]))): told.signs[n] for n, (a, b) in enumerate(ids)}
    kept = []
    for row in rows:
        found = signs_of.get(tuple(sorted((row["left"], row["right"]))))
        if found is not None:
            told_of = {name: f"{value:.4f}" for name, value in zip(SIGNS, found.tolist(), strict=True)}
            kept.append({name: row[name] for name in ("left", "right", "same")} | told_of)
    with JUDGED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["left", "right", "same", *SIGNS], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    return kept


def together(ids: Sequence[str], pairs: set[frozenset[str]]) -> dict[str, str]:
    """The first of those that each is tied to."""
    first = {key: key for key in ids}
    for _ in ids:
        for a, b in map(sorted, pairs):
            first[a] = first[b] = min(first[a], first[b])
    return first


def fitted(sets: dict[str, Told], left_out: int) -> tuple[Numbers, float]:
    """Logistic regression on standardised signs outside a fold, told in the signs' own units."""
    parts = {name: (told.fold != left_out) & ~told.copies for name, told in sets.items()}
    found = np.vstack([told.signs[parts[name]] for name, told in sets.items()])
    same = np.concatenate([told.same[parts[name]] for name, told in sets.items()])
    weights = np.concatenate([np.full(parts[name].sum(), COUNTS[name]) for name in sets])
    mean, spread = found.mean(axis=0), found.std(axis=0) + 1e-9
    model = LogisticRegression(C=RIDGE, max_iter=5000).fit((found - mean) / spread, same, sample_weight=weights)
    slope = model.coef_[0] / spread
    return slope, float(model.intercept_[0] - (slope * mean).sum())


def chances(sets: dict[str, Told]) -> dict[str, Numbers]:
    """The probability of each pair by weights that have not seen its fold; 1 for near copies."""
    found = {name: np.where(told.copies, 1.0, 0.0) for name, told in sets.items()}
    for fold in range(FOLDS):
        slope, base = fitted(sets, fold)
        for name, told in sets.items():
            part = (told.fold == fold) & ~told.copies
            found[name][part] = 1 / (1 + np.exp(-(told.signs[part] @ slope + base)))
    return found


def straightened(sets: dict[str, Told], chance: dict[str, Numbers]) -> tuple[float, float]:
    """Slope and shift of the log odds that make the unseen pairs' probabilities mean what they say (Platt, 1999).

    By the county's pairs and those that a person judged: they are as frequent as in life.
    """
    real = [name for name in sets if name != "told twice"]
    p = np.concatenate([chance[name][~sets[name].copies] for name in real]).clip(1e-6, 1 - 1e-6)
    same = np.concatenate([sets[name].same[~sets[name].copies] for name in real])
    weights = np.concatenate([np.full((~sets[name].copies).sum(), COUNTS[name]) for name in real])
    model = LogisticRegression(C=1e6).fit(np.log(p / (1 - p))[:, None], same, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def show(name: str, told: Told, chance: Numbers) -> None:
    """Print precision and recall at the threshold, the best F1, recall at some precisions, the calibration error."""
    order = np.argsort(-chance, kind="stable")
    hits, count = np.cumsum(told.same[order]), np.arange(1, len(order) + 1)
    f1 = 2 * hits / (count + told.total)
    at = chance >= SAME_MATTER
    found, right = int(at.sum()), int((told.same & at).sum())
    curve = {p: max((hits / told.total)[hits / count >= p], default=0.0) for p in (0.95, 0.9, 0.85, 0.8, 0.7)}
    print(f"{name}: {told.total} pairs, {int(told.same.sum())} of them among {len(chance)} looked at")
    print(f"  from {SAME_MATTER}: P {right / max(found, 1):.3f} R {right / told.total:.3f}", end=" ")
    print(f"F1 {2 * right / (found + told.total):.3f}; best F1 {f1.max():.3f} from {chance[order][f1.argmax()]:.2f}")
    print("  recall at precision " + ", ".join(f"{p}: {recall:.2f}" for p, recall in curve.items()))
    print(f"  calibration error {calibration_error(chance[~told.copies], told.same[~told.copies]):.3f}")


def main(folder: Path | None = None) -> None:
    """Print weights and intercept, and how every set fares in folds that the weights have not seen."""
    submissions, own = county()
    sets = {"county": own, "told twice": told_twice(submissions), "judged": judged(folder)}
    slope, base = fitted(sets, -1)
    chance = chances(sets)
    steep, shift = straightened(sets, chance)
    print("WEIGHTS", (steep * slope).round(2).tolist(), "INTERCEPT", round(steep * base + shift, 2))
    for name, p in chance.items():
        odds = steep * np.log(p.clip(1e-6, 1 - 1e-6) / (1 - p.clip(1e-6, 1 - 1e-6))) + shift
        show(name, sets[name], np.where(sets[name].copies, 1.0, 1 / (1 + np.exp(-odds))))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
