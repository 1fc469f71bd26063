"""Papers about one matter in other words, planted among many others: a gold for the same-matter ladder, by script.

`python -m tests.bench.matters [papers …]` (default 2000 10000) makes so many papers of about 400 characters of the
demonstration county's sentences, each about its own place, plants second papers about the same place and wish for 1 %,
5 % and 20 % of the fewest and 5 % of the others, and prints recall and precision over the thresholds, CPU time and
memory of `matches`, and how they grow. The words are changed at random: this compares sizes and thresholds, while
`banli evaluate recur` measures real papers.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

import numpy as np

from pipeline import text as texts
from pipeline.records import Ask, Match, Submission
from pipeline.recur import matches
from pipeline.recur.places import called, places
from tests.bench.copies import SYNONYMS, TEXTS, exponent, peak, timed

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
SHARE, SENTENCES = 0.05, 8
CHANGED, REWRITTEN, KEPT = 0.5, 0.3, 0.6
"""The share of words that a paper changes in a sentence of the county, and a second paper about its matter in it; of
the facts that this second one keeps."""
_SYLLABLES = "石青柳云栗双鼓鹭岭塘溪桥河泉坪湾坡沟庙寺店铺垭坝渡关岩洞林杨李张王赵陈周吴徐孙胡朱高何郭罗"
_OPEN = "\0"
_LEADS, _WISHES = ("建议", "希望", "恳请", "请"), ("尽快", "及早", "抓紧", "优先")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """Title, sentences of the facts, and what is asked, in words; `names` fill in places, which start with `_OPEN`."""

    title: Words
    facts: tuple[Words, ...]
    asks: tuple[Words, ...]
    names: Mapping[str, str]

    def said(self, sentence: Words) -> str:
        """The sentence as it is printed."""
        return "".join(self.names[word] if word[0] == _OPEN else word for word in sentence)


@dataclass(frozen=True)
class Planted:
    """Submissions in random order, and the pairs that are about one matter."""

    submissions: list[Submission]
    gold: set[tuple[str, str]]


def planted(number: int, share: float = SHARE, seed: int = 0) -> Planted:
    """So many submissions, of which `share` are second papers about the matter of another one."""
    random = Random(seed)
    second = int(number * share)
    made = [_somewhere(random) for _ in range(number - second)]
    sources = random.sample(range(len(made)), second)
    made += [_in_other_words(made[source], random) for source in sources]
    names = [f"件{n:07}" for n in random.sample(range(number), number)]
    first = number - second
    pairs = {tuple(sorted((names[source], names[first + n]))) for n, source in enumerate(sources)}
    found = [_submission(name, paper, random.randint(2005, 2024)) for name, paper in zip(names, made, strict=True)]
    return Planted(found, pairs)  # type: ignore[arg-type]


@cache
def _papers() -> list[Paper]:
    """The county's papers; of a place only the ending of one character is kept."""
    found = []
    for path in sorted(TEXTS.glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("+++", 2)
        told = tomllib.loads(head)
        asks = told["gold"]["asks"]
        facts = [s.text for s in texts.sentences(body) if not any(ask in s.text for ask in asks)]
        found.append(Paper(_cut(told["title"]), tuple(map(_cut, facts)), tuple(map(_cut, asks)), {}))
    return found


def _cut(text: str) -> Words:
    for name in sorted((p for p in places(text) if called(p) == p[:-1]), key=len, reverse=True):
        text = text.replace(name, _OPEN + name[-1])
    pieces = re.split(rf"({_OPEN}.|[\W_]+|\d+)", text)
    return tuple(w for piece in pieces for w in (texts.words(piece) if piece.isalpha() else [piece]) if w)


@cache
def _facts() -> list[Words]:
    return [fact for paper in _papers() for fact in paper.facts]


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Words of two characters with their summed frequency in the language."""
    common = {word: share for word, share in texts._commonness().items() if len(word) == 2}
    return list(common), list(accumulate(common.values()))


def _changed(sentence: Words, share: float, random: Random) -> Words:
    """A share of the words of two characters replaced by any others, of the numbers by other numbers."""
    return tuple(_other(word, random) if random.random() < share else word for word in sentence)


def _other(word: str, random: Random) -> str:
    if word.isdecimal():
        return str(random.randint(1, 10 ** len(word)))
    if len(word) != 2 or word[0] == _OPEN or not word.isalpha():
        return word
    known, summed = _vocabulary()
    return random.choices(known, cum_weights=summed)[0]


def _somewhere(random: Random) -> Paper:
    """A paper about a problem of the county at a place of its own, with facts of any papers."""
    paper = random.choice(_papers())
    title = paper.title if any(w[0] == _OPEN for w in paper.title) else ("关于", _OPEN + "村", *paper.title)
    parts = (title, *paper.asks[:3], *random.choices(_facts(), k=SENTENCES))
    title, *said = (_changed(part, CHANGED, random) for part in parts)
    asks, facts = tuple(said[:-SENTENCES]), tuple(said[-SENTENCES:])
    open_places = sorted({word for part in (title, *said) for word in part if word[0] == _OPEN})
    names = {place: "".join(random.sample(_SYLLABLES, 2)) + place[1:] for place in open_places}
    return Paper(title, facts, asks, names)


def _in_other_words(paper: Paper, random: Random) -> Paper:
    """A second paper about the same place and wish: some facts in another order, words changed, asks begun anew."""
    kept = [fact for fact in random.sample(paper.facts, len(paper.facts)) if random.random() < KEPT]
    facts = tuple(_said_otherwise(fact, random) for fact in kept)
    asks = tuple((random.choice(_LEADS), random.choice(_WISHES), *_said_otherwise(a, random)) for a in paper.asks)
    return Paper(_said_otherwise(paper.title, random), facts, asks, paper.names)


def _said_otherwise(sentence: Words, random: Random) -> Words:
    return tuple(SYNONYMS.get(word, word) for word in _changed(sentence, REWRITTEN, random))


def _submission(name: str, paper: Paper, year: int) -> Submission:
    title, facts = paper.said(paper.title), "".join(map(paper.said, paper.facts))
    text, asks = f"{title}\n{facts}", []
    for number, ask in enumerate(map(paper.said, paper.asks), 1):
        asks.append(Ask(number, ask, len(text) + 1, len(text) + 1 + len(ask)))
        text += "\n" + ask
    told = {"title": title, "text": text, "background": facts, "asks": tuple(asks), "year": year}
    return Submission(name, name, name, "建议", **told)  # type: ignore[arg-type]


def shown(number: int, share: float) -> tuple[float, float]:
    """Print the curve of `matches` on so many papers; its CPU seconds, and the peak in MB."""
    case = planted(number, share)
    found: list[Match] = []
    seconds = timed(lambda: found.extend(matches(case.submissions)))
    right = np.array([tuple(sorted((match.left, match.right))) in case.gold for match in found])
    scores = np.array([match.score for match in found])
    print(f"\n{number} papers, {len(case.gold)} told twice ({share:.0%}): {seconds:.1f} CPU s, peak {peak():.0f} MB")
    curve = []
    for least in THRESHOLDS:
        told = int((scores >= least).sum())
        hits = int(right[scores >= least].sum())
        curve.append((2 * hits / (told + len(case.gold)), least, hits / len(case.gold), hits / max(told, 1)))
        print(f"  score ≥ {least:.2f}: recall {curve[-1][2]:.3f}, precision {curve[-1][3]:.3f}")
    print("  best: F1 {:.3f} at score ≥ {:.2f}, recall {:.3f}, precision {:.3f}".format(*max(curve)))
    return seconds, peak()


def main() -> int:
    """Run all sizes, the fewest first: the peak of a process only grows."""
    sizes = sorted(map(int, sys.argv[1:])) or [2000, 10_000]
    for share in (0.01, 0.2):
        shown(sizes[0], share)
    costs = [shown(number, SHARE) for number in sizes]
    if len(sizes) > 1:
        time_grows, memory_grows = (exponent(sizes, values) for values in zip(*costs, strict=True))
        print(f"\ntime grows with the papers to the power of {time_grows:.2f}, memory {memory_grows:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
