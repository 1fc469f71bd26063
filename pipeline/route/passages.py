"""A batch of submissions as passages: titles, asks, and the sentences of the rest, each with its place in its text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline import text as texts
from pipeline.records import Submission
from pipeline.route.lexicon import Hits, Lexicon, plain

Zone = Literal["title", "ask", "body"]

_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_TITLE_WITHIN = 400
_END = "\n"
SHORT, CROSSING, COMPOUND = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage in plain form; `start` is its place in the submission's text, -1 where the text lacks it.

    `row` is the submission's place in the batch, `ask` the ask's place in the submission, -1 elsewhere.
    """

    row: int
    zone: Zone
    text: str
    start: int
    ask: int = -1


class Passages:
    """The passages of a batch, in order; `joined` is all of them as one text, each ended by a line break.

    `asking` tells, by row, whether anything is asked beyond the title itself: where not, the rest of the text counts.
    A word inside a longer one of `masks` does not count; `known` are the words that a chance hit gives way to.
    """

    def __init__(
        self, submissions: Sequence[Submission], masks: Lexicon | None = None, known: Container[str] = ()
    ) -> None:
        self.submissions = submissions
        self._masks = masks
        self._places: dict[Lexicon, dict[int, list[tuple[str, int, int]]]] = {}
        self._known = known
        self.all: list[Passage] = []
        self._first = [0]
        for row, (submission, title, flat) in enumerate(zip(submissions, *_plain_texts(submissions), strict=True)):
            self.all.extend(_passages(row, submission, title, flat))
            self._first.append(len(self.all))
        self.asks = [(row, k) for row, s in enumerate(submissions) for k in range(len(s.asks))]
        self.asking = [any(ask.text.strip() not in s.title for ask in s.asks) for s in submissions]
        self.joined = "".join(p.text + _END for p in self.all)
        self.offsets = np.cumsum([0, *(len(p.text) + 1 for p in self.all)])

    def all_of(self, row: int) -> list[Passage]:
        """The passages of one submission: title, asks, the rest."""
        return self.all[self._first[row] : self._first[row + 1]]

    def first_of(self, row: int) -> int:
        """The number in the batch of a submission's first passage, its title."""
        return self._first[row]

    def of_places(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the passage in which each place of `joined` lies."""
        return np.asarray(np.searchsorted(self.offsets, starts, side="right") - 1)

    def hits(self, lexicon: Lexicon) -> Hits:
        """Where words stand in `joined`, but for those that only seem to: see `_begins` and `_seeming`."""
        hits = lexicon.hits(self.joined)
        after = np.searchsorted(self._begins, hits.start, side="right")
        last = len(self._begins) - 1
        ends = self._begins[np.minimum(after, last)]
        length = hits.end - hits.start
        begun = self._begins[after - 1] == hits.start
        inside = ~begun & (ends >= hits.end) & (length <= SHORT) & ~self._heading(hits, after, ends)
        cut = self._begins[np.minimum(np.searchsorted(self._begins, hits.end), last)] != hits.end
        crossing = (ends < hits.end) & (~begun | cut) & (length <= CROSSING)
        crossing[crossing] = self._seeming(hits.start[crossing], hits.end[crossing])
        dropped = inside | crossing | (self._covered[hits.start] >= hits.end + (self._covering[hits.start] == length))
        return Hits(hits.word[~dropped], hits.start[~dropped], hits.end[~dropped])

    def _heading(self, hits: Hits, after: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a hit is the head of a compound, which says what it is: 教育 in 基础教育, 学校 in 双语学校."""
        compound = ends - self._begins[after - 1] >= COMPOUND
        return np.asarray(compound & (hits.end == ends) & (hits.end - hits.start == SHORT))

    def _seeming(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether hits across word boundaries are chance (村路 in 村|路灯): a word they cut is the commoner one.

        Where the segmenter's word is the rarer one (路|灯不亮), the hit stands; a longer hit gives way only to a word
        that the profile knows (通村路 to 路灯, but not 停车难 to 难题).
        """
        found = []
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            low = int(np.searchsorted(self._begins, start, side="right")) - 1
            high = int(np.searchsorted(self._begins, end))
            edges = self._begins[low : high + 1].tolist()
            cut = [self.joined[a:b] for a, b in pairwise(edges) if a < start or b > end]
            cut = cut if end - start <= SHORT else [word for word in cut if word in self._known]
            found.append(min(map(texts.rarity, cut), default=1.0) < texts.rarity(self.joined[start:end]))
        return np.array(found, dtype=bool)

    def places(self, lexicon: Lexicon) -> dict[int, list[tuple[str, int, int]]]:
        """(word, start, end) within its passage of every hit, by the passage's number; read once for a lexicon."""
        if lexicon not in self._places:
            found = self._places[lexicon] = dict[int, list[tuple[str, int, int]]]()
            hits = lexicon.hits(self.joined)
            at = self.of_places(hits.start)
            offset = self.offsets[at]
            cells = (at, hits.word, hits.start - offset, hits.end - offset)
            for passage, word, start, end in zip(*(column.tolist() for column in cells), strict=True):
                found.setdefault(passage, []).append((lexicon.words[word], start, end))
        return self._places[lexicon]

    def counts(self, lexicon: Lexicon) -> sparse.csr_matrix:
        """Passages × words: how often each word stands in each passage."""
        hits = self.hits(lexicon)
        return self.table(hits, np.ones(len(hits.word)), len(lexicon.words))

    def table(self, hits: Hits, values: NDArray[np.float64], words: int) -> sparse.csr_matrix:
        """Passages × words: the sum of the values of each word's hits in each passage."""
        cells = (values, (self.of_places(hits.start), hits.word))
        return sparse.coo_matrix(cells, shape=(len(self.all), words)).tocsr()

    @cached_property
    def _covered(self) -> NDArray[np.int64]:
        """For each place of `joined` the end of the masking word over it, 0 where there is none."""
        return self._masked[0]

    @cached_property
    def _covering(self) -> NDArray[np.int64]:
        """For each place of `joined` the length of the masking word over it."""
        return self._masked[1]

    @cached_property
    def _masked(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        ends, lengths = (np.zeros(len(self.joined) + 1, dtype=np.int64) for _ in range(2))
        if self._masks is not None and self._masks.words:
            hits = self._masks.hits(self.joined)
            for start, end in zip(hits.start.tolist(), hits.end.tolist(), strict=True):
                ends[start:end], lengths[start:end] = end, end - start
        return ends, lengths

    @cached_property
    def _begins(self) -> NDArray[np.int64]:
        """Where in `joined` the segmenter begins a word, and the end."""
        return np.array(texts.word_starts(self.joined))

    @cached_property
    def title(self) -> sparse.csr_matrix:
        """Submissions × passages: 1 where the passage is the title."""
        return self._zone("title")

    @cached_property
    def asked(self) -> sparse.csr_matrix:
        """Submissions × passages: 1 where the passage is an ask."""
        return self._zone("ask")

    @cached_property
    def body(self) -> sparse.csr_matrix:
        """Submissions × passages: 1 where the passage is neither title nor ask."""
        return self._zone("body")

    @cached_property
    def rows(self) -> sparse.csr_matrix:
        """Passages × submissions: 1 where the passage is the submission's."""
        return _marks([(i, p.row) for i, p in enumerate(self.all)], (len(self.all), len(self.submissions)))

    @cached_property
    def own_ask(self) -> sparse.csr_matrix:
        """Asks × passages: 1 where the passage is the ask itself."""
        number = {ask: n for n, ask in enumerate(self.asks)}
        cells = [(number[p.row, p.ask], i) for i, p in enumerate(self.all) if p.zone == "ask"]
        return _marks(cells, (len(self.asks), len(self.all)))

    @cached_property
    def ask_rows(self) -> sparse.csr_matrix:
        """Asks × submissions: 1 where the ask is the submission's."""
        return _marks([(n, row) for n, (row, _) in enumerate(self.asks)], (len(self.asks), len(self.submissions)))

    def _zone(self, zone: Zone) -> sparse.csr_matrix:
        cells = [(p.row, i) for i, p in enumerate(self.all) if p.zone == zone]
        return _marks(cells, (len(self.submissions), len(self.all)))


def _marks(cells: list[tuple[int, int]], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows = [row for row, _ in cells]
    columns = [column for _, column in cells]
    return sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=shape)


def _plain_texts(submissions: Sequence[Submission]) -> tuple[list[str], list[str]]:
    """Titles and texts in plain form, converted together."""
    strings = [s.title for s in submissions] + [s.text for s in submissions]
    flat = plain("".join(strings))
    ends = np.cumsum([0, *map(len, strings)]).tolist()
    cut = [flat[start:end] for start, end in pairwise(ends)]
    return cut[: len(submissions)], cut[len(submissions) :]


def _passages(row: int, s: Submission, title: str, flat: str) -> Iterator[Passage]:
    at = flat.find(title, 0, _TITLE_WITHIN) if title else -1
    yield Passage(row, "title", title.replace("\n", " "), at)
    taken = [(at, at + len(title))] if at >= 0 else []
    for k, ask in enumerate(s.asks):
        inside = 0 <= ask.start < ask.end <= len(flat)
        wording = flat[ask.start : ask.end] if inside else plain(ask.text)
        yield Passage(row, "ask", wording.replace("\n", " "), ask.start if inside else -1, k)
        if inside:
            taken.append((ask.start, ask.end))
    yield from _body(row, flat, sorted(taken))


def _body(row: int, flat: str, taken: list[tuple[int, int]]) -> Iterator[Passage]:
    """The sentences of what title and asks leave over."""
    start = 0
    for first, last in [*taken, (len(flat), len(flat))]:
        for found in _SENTENCE.finditer(flat, start, max(start, first)):
            if not found.group().isspace():
                yield Passage(row, "body", found.group(), found.start())
        start = max(start, last)
