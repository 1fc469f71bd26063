"""Whether the largest classes stay the largest when items are left out: `python -m tests.recur.stability TABLE`.

Prints the ten largest classes of a table and, for several draws that leave out a tenth, Kendall's τ-b between the sizes
of these classes before and after. A class is found again as the one with most of its members.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scipy.stats import kendalltau

from pipeline.extract import extract, find_files
from pipeline.parse import parse
from pipeline.profile import default_folder, load
from pipeline.records import Document, Submission, Theme
from pipeline.recur import Memory, matches, themes
from pipeline.route import Router

TOP, LEFT_OUT, DRAWS = 10, 0.1, 5


def classes(submissions: Sequence[Submission], units: dict[str, str], memory: Memory | None = None) -> list[Theme]:
    """The classes of problems of the submissions, largest first."""
    memory = memory or Memory.empty()
    return themes(submissions, matches(submissions, memory, units), units, memory)


def tau(before: Sequence[Theme], after: Sequence[Theme], kept: set[str]) -> tuple[float, int]:
    """Kendall's τ-b of the sizes of the largest classes, and how many of them are still among the largest."""
    home = {member: theme.id for theme in after for member in theme.members}
    size = {theme.id: len(theme.members) for theme in after}
    found = [Counter(home[m] for m in theme.members if m in kept and m in home) for theme in before[:TOP]]
    again = [min(count, key=lambda key: (-count[key], key)) if count else "" for count in found]
    old = [len(theme.members) for theme in before[:TOP]]
    largest = {theme.id for theme in after[:TOP]}
    return float(kendalltau(old, [size.get(key, 0) for key in again])[0]), len(largest & set(again))


def by_chance(before: Sequence[Theme]) -> float:
    """The mean τ-b that classes which lose members by chance alone, and change in nothing else, would have."""
    old, found = [len(theme.members) for theme in before[:TOP]], []
    for seed in range(200):
        draw = random.Random(seed)
        found.append(kendalltau(old, [sum(draw.random() >= LEFT_OUT for _ in range(size)) for size in old])[0])
    return float(sum(found) / len(found))


def main(path: Path) -> None:
    """Print the largest classes and how they fare in every draw."""
    profile = load(default_folder())
    read = [d for d in extract(find_files(path), profile) if isinstance(d, Document)]
    submissions = [s for s in parse(read, profile) if isinstance(s, Submission)]
    units = {r.submission_id: r.lead for r in Router(profile).route(submissions) if r.lead}
    memory = Memory.empty("", profile).of_submissions(submissions)
    whole = classes(submissions, units, memory)
    for theme in whole[:TOP]:
        print(len(theme.members), theme.label, "、".join(theme.keywords))
    print(f"τ of classes that lose a tenth of their members by chance, and are found alike: {by_chance(whole):.3f}")
    for seed in range(DRAWS):
        kept = random.Random(seed).sample(submissions, round(len(submissions) * (1 - LEFT_OUT)))
        value, still = tau(whole, classes(kept, units, memory), {s.id for s in kept})
        print(f"draw {seed}: τ {value:.3f}, {still} of the {TOP} largest are still so")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
