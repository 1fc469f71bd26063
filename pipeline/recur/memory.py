"""What was read of submissions once, kept in a folder beside the store: new ones are added, old ones not read again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.profile import Profile
from pipeline.records import Submission
from pipeline.recur.alike import PAIRS, WORDS, Levels, lengths, levels, wording
from pipeline.recur.matter import Matter, age, matter, plain
from pipeline.recur.sayings import Sayings, sayings

FORMS = ("plain", "masked")


@dataclass(frozen=True, slots=True)
class Memory:
    """The features of submissions by id: with names of places and without them; `made_by` is the code that read them.

    They were read in the one way of saying that `sayings` gives.

    The arrays of a memory that was opened are mapped from disk, so that a look costs no reading of the whole.
    """

    made_by: str
    ids: tuple[str, ...]
    plain: Levels
    masked: Levels
    sayings: Sayings

    @staticmethod
    def empty(made_by: str = "", profile: Profile | None = None) -> Memory:
        """A memory of nothing; ways of saying are the profile's, of the default one where none is given."""
        nothing = levels([])
        return Memory(made_by, (), nothing, nothing, sayings(profile))

    @staticmethod
    def open(folder: Path, made_by: str, profile: Profile | None = None) -> Memory:
        """What `save` left in the folder; empty where there is nothing, or other code or another profile made it."""
        note = folder / "made_by.txt"
        if not note.is_file() or note.read_text(encoding="utf-8") != made_by:
            return Memory.empty(made_by, profile)
        ids = tuple(np.load(folder / "ids.npy").tolist())
        plain, masked = (_opened(folder, form, len(ids)) for form in FORMS)
        return Memory(made_by, ids, plain, masked, sayings(profile))

    def matters(self, submissions: Sequence[Submission]) -> list[Matter]:
        """What the submissions are about, in their order."""
        return [matter(submission, self.sayings) for submission in submissions]

    def of(self, matters: Sequence[Matter]) -> Memory:
        """The memory of just these matters, in their order; what is not known yet is read."""
        plain, masked = (self.read(matters, form) for form in FORMS)
        return Memory(self.made_by, tuple(m.id for m in matters), plain, masked, self.sayings)

    def read(self, matters: Sequence[Matter], form: str) -> Levels:
        """The features of just these matters in one of FORMS; what is not known yet is read."""
        old: Levels = getattr(self, form)
        known = {key: place for place, key in enumerate(self.ids)}
        new = [m for m in matters if m.id not in known]
        more = levels([wording(m, masked=form == "masked") for m in new], old.told)
        known |= {m.id: len(self.ids) + n for n, m in enumerate(new)}
        order = np.array([known[m.id] for m in matters], dtype=np.int64)
        rows = old.rows if not new else sparse.vstack([old.rows, more.rows]).tocsr() if self.ids else more.rows
        return Levels(rows if np.array_equal(order, np.arange(rows.shape[0])) else rows[order], more.told)

    def of_submissions(self, submissions: Sequence[Submission]) -> Memory:
        """The memory of just these submissions, oldest first."""
        return self.of(self.matters(sorted(submissions, key=age)))

    def save(self, folder: Path, units: Mapping[str, str]) -> None:
        """Write the memory, with the unit in charge by submission id.

        A kill in between leaves the old one or none, never half a one.
        """
        new, old = folder.with_suffix(".new"), folder.with_suffix(".old")
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        new.mkdir(parents=True)
        np.save(new / "ids.npy", np.array(self.ids, dtype=np.str_))
        np.save(new / "units.npy", np.array([units.get(key, "") for key in self.ids], dtype=np.str_))
        for form, kept in (("plain", self.plain), ("masked", self.masked)):
            for name in ("indptr", "indices", "data"):
                np.save(new / f"{form}.{name}.npy", getattr(kept.rows, name))
            np.save(new / f"{form}.told.npy", kept.told)
        np.save(new / "weight.npy", self.plain.weight())
        postings = self.plain.rows.tocsc()
        for name in ("indptr", "indices", "data"):
            np.save(new / f"postings.{name}.npy", getattr(postings, name))
        np.save(new / "lengths.npy", lengths(self.plain.weighed()))
        (new / "sayings.json").write_text(json.dumps(self.sayings.said, ensure_ascii=False), encoding="utf-8")
        (new / "made_by.txt").write_text(self.made_by, encoding="utf-8")
        if folder.exists():
            folder.replace(old)
        new.replace(folder)
        shutil.rmtree(old, ignore_errors=True)


def nearest(folder: Path, submission: Submission, most: int) -> list[tuple[str, float, str]]:
    """The remembered submissions most like one: id, cosine of the texts, unit in charge; the index must be there."""
    names = ("ids", "units", "weight", "lengths")
    ids, units, weight, length = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in names)
    said = Sayings(tuple(map(tuple, json.loads((folder / "sayings.json").read_text(encoding="utf-8")))))
    asked = levels([plain(submission, said)], np.full(PAIRS + WORDS, 0.5, np.float32)).rows
    starts, texts, level = (np.load(folder / f"postings.{n}.npy", mmap_mode="r") for n in ("indptr", "indices", "data"))
    amount = asked.data * weight[asked.indices] ** 2
    score = np.zeros(len(ids))
    for column, times in zip(asked.indices.tolist(), amount.tolist(), strict=True):
        posted = slice(starts[column], starts[column + 1])
        score[texts[posted]] += level[posted] * times
    score /= length * max(float(np.linalg.norm(asked.data * weight[asked.indices])), 1e-9)
    best = np.argsort(-score, kind="stable")[:most]
    return [(str(ids[i]), round(float(score[i]), 4), str(units[i])) for i in best if score[i] > 0]


def _opened(folder: Path, form: str, number: int) -> Levels:
    data, indices, indptr = (np.load(folder / f"{form}.{n}.npy", mmap_mode="r") for n in ("data", "indices", "indptr"))
    told: NDArray[np.float32] = np.load(folder / f"{form}.told.npy")
    rows = sparse.csr_matrix((number, PAIRS + WORDS), dtype=np.float32)
    rows.data, rows.indices, rows.indptr = data, indices, indptr
    return Levels(rows, told)
