"""The weights of `pipeline.audit.relevance` and `alone`, fitted anew: `python -m tests.audit.fit` prints them.

Fitted on the demonstration county's letters: each with its own submission, with another one drawn at random, and with
that most like the own one. No letter from elsewhere is used; `tests/quality/audit.py` measures on those.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from pipeline.audit import Case, alone, relevance
from pipeline.audit.letter import matter
from pipeline.evaluate.letters import read_letters
from pipeline.profile import default_folder, load
from tests.quality.audit import Letters, cases, hard_swap, random_swap
from tests.quality.county import COUNTY

FOREIGN = {"C01", "C02"}
Numbers = NDArray[np.float64]


def letters() -> Letters:
    """The county's letters that are about their submission, with it."""
    read = read_letters(COUNTY, load(default_folder()))
    pairs = [(m.case.submission, m.case.reply) for m in read if m.case.submission and not FOREIGN & (m.rules or set())]
    return Letters("yunhe", *(tuple(part) for part in zip(*((s.title, s.text, r.text) for s, r in pairs), strict=True)))


def of_batch(given: list[Case]) -> Numbers:
    """The signs of a batch (pairs × signs)."""
    bare = [relevance.plain(matter(case.reply.text)) for case in given]
    return relevance.signs(given, bare, np.arange(len(given))).table()


def of_each(given: list[Case]) -> Numbers:
    """The signs of every pair alone."""
    return np.array([alone.signs(c.submission, relevance.plain(matter(c.reply.text))) for c in given if c.submission])


def main() -> None:
    """Print both sets of weights, the constant last."""
    found = letters()
    orders = (list(range(len(found.replies))), random_swap(found), hard_swap(found))
    for name, told in (("relevance.WEIGHTS", of_batch), ("alone.WEIGHTS", of_each)):
        own, *swapped = (told(cases(found, order)) for order in orders)
        rows = np.vstack([own, own, *swapped])
        truth = np.r_[np.ones(2 * len(own)), np.zeros(2 * len(own))]
        scale = StandardScaler().fit(rows)
        model = LogisticRegression().fit(scale.transform(rows), truth)
        weights = model.coef_[0] / scale.scale_
        print(name, tuple(np.round([*weights, model.intercept_[0] - weights @ scale.mean_], 2).tolist()))


if __name__ == "__main__":
    main()
