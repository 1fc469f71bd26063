"""Character 4-grams of many texts at once, as hashes: distinct sets, one-permutation MinHash, samples.

One-permutation hashing after Li, Owen and Zhang (NIPS 2012), densified after Shrivastava and Li (UAI 2014); samples by
winnowing after Schleimer, Wilkerson and Aiken (SIGMOD 2003).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.grams import FACTORS, Hashes, Places, distinct, grams_of

SHINGLE = 4
BINS, ROWS = 128, 4
BANDS = BINS // ROWS
WINDOW = 16
"""Of every so many neighbouring shingles the one with the smallest hash is a sample, about one in eight in all. A text
of 19 characters or more that stands word for word in another one shares a sample with it, wherever it stands."""
CHARACTERS = 1 << 16
"""A batch of texts: 100,000 texts of 400 characters take 1.1 s in batches of 65,000 characters, which stay in the
processor's cache, and 2.0 s in batches of 800,000."""
COMPARED = 250
"""Pairs verified at a time, for the same reason."""

Keys = NDArray[np.uint32]
_EMPTY = np.uint32(0xFFFFFFFF)
_ROW, _TOP, _HASH = np.uint64(48), np.uint64(16), np.uint64(0xFFFFFFFFFFFF)
"""A text's place in its batch (16 bits) and the upper 48 bits of a hash, packed into one number to sort."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """What is kept of texts: band keys (texts × 32), the sampled shingles text by text, and how many each text has.

    Two texts agree in a band where four neighbouring bins have the same smallest hash.
    """

    bands: Keys
    samples: Keys
    sampled: Keys

    @property
    def owners(self) -> Keys:
        """The text of each sample."""
        return np.repeat(np.arange(len(self.sampled), dtype=np.uint32), self.sampled)


def sketch(texts: Sequence[str]) -> Sketches:
    """The sketches of normal forms, batch by batch; deterministic, independent of the batch a text falls into."""
    bands, samples, sampled = ([np.zeros(shape, np.uint32)] for shape in ((0, BANDS), 0, 0))
    for batch in _batches(texts):
        rows, hashes = grams_of(texts[batch], SHINGLE)
        number = batch.stop - batch.start
        bands.append(_bands(_smallest(rows, hashes, number)))
        cells = _winnowed(rows, hashes)
        samples.append((cells >> _TOP).astype(np.uint32))
        sampled.append(np.bincount((cells >> _ROW).astype(np.int64), minlength=number).astype(np.uint32))
    return Sketches(*(np.concatenate(parts) for parts in (bands, samples, sampled)))


def shared(texts: Sequence[str], left: Places, right: Places) -> tuple[Places, Places, Places]:
    """For pairs of texts: distinct grams in common, of the left one, of the right one; exact but for hash accidents."""
    common, of_left, of_right = (np.zeros(len(left), dtype=np.int64) for _ in range(3))
    for start in range(0, len(left), COMPARED):
        part = slice(start, start + COMPARED)
        used, at = np.unique(np.concatenate([left[part], right[part]]), return_inverse=True)
        cells = distinct(_packed(*grams_of([texts[i] for i in used.tolist()], SHINGLE)))
        owner, value = (cells >> _ROW).astype(np.int64), cells & _HASH
        firsts = np.searchsorted(owner, np.arange(len(used) + 1))
        sizes = np.diff(firsts)
        ours, theirs = at[: len(left[part])], at[len(left[part]) :]
        both = np.concatenate([_gathered(value, firsts, sizes, ours), _gathered(value, firsts, sizes, theirs)])
        both.sort()
        twice = both[1:][both[1:] == both[:-1]]
        common[part] = np.bincount((twice >> _ROW).astype(np.int64), minlength=len(ours))
        of_left[part], of_right[part] = sizes[ours], sizes[theirs]
    return common, of_left, of_right


def _batches(texts: Sequence[str]) -> Iterator[slice]:
    """Stretches of neighbouring texts, each of about CHARACTERS characters and fewer than 2¹⁶ texts."""
    filled = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1) // CHARACTERS
    ends = [*(np.flatnonzero(np.diff(filled)) + 1).tolist(), len(texts)]
    return (slice(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start)


def _packed(rows: Places, hashes: Hashes) -> Hashes:
    """The hashes with the text of each in front."""
    cells = rows.astype(np.uint64)
    cells <<= _ROW
    cells |= hashes >> _TOP
    return cells


def _winnowed(rows: Places, hashes: Hashes) -> Hashes:
    """The packed smallest hashes of all windows, distinct, text by text; a text shorter than a window has one."""
    least = np.append(_packed(rows, hashes), np.full(WINDOW - 1, ~np.uint64(0)))
    step = 1
    while step < WINDOW:  # a window that reaches into the next text finds its smallest in its own, which comes first
        least = np.minimum(least[:-step], least[step:])
        step *= 2
    whole = np.append(rows[WINDOW - 1 :], np.full(min(WINDOW - 1, len(rows)), -1)) == rows
    least = least[whole | np.append(True, rows[1:] != rows[:-1])]
    return distinct(least[np.append(True, least[1:] != least[:-1])])


def _gathered(value: Hashes, firsts: Places, sizes: Places, texts: Places) -> Hashes:
    """The grams of texts one after the other, each marked with its place in the list of texts."""
    lengths = sizes[texts]
    place = np.repeat(np.arange(len(texts)), lengths)
    offset = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.asarray((place.astype(np.uint64) << _ROW) | value[firsts[texts][place] + offset])


def _smallest(rows: Places, hashes: Hashes, number: int) -> Keys:
    """Texts × bins: the smallest hash of each bin; an empty bin borrows from the next filled one."""
    cells = np.full(number * BINS, _EMPTY)
    bins = rows * BINS + (hashes >> np.uint64(57)).astype(np.int64)
    np.minimum.at(cells, bins, (hashes >> np.uint64(20)).astype(np.uint32))
    table: Keys = cells.reshape(number, BINS)
    step = 1
    while step < BINS:  # after each round an empty bin has looked twice as far
        lent = np.roll(table, -step, axis=1)
        table = np.where((table == _EMPTY) & (lent != _EMPTY), lent + np.uint32(step), table)
        step *= 2
    return table


def _bands(rows: Keys) -> Keys:
    """Texts × bands: four bins mixed into one key."""
    key = np.zeros((len(rows), BANDS), dtype=np.uint64)
    for row in range(ROWS):
        key = (key ^ rows[:, row::ROWS]) * FACTORS[row]
        key ^= key >> np.uint64(31)
    return (key >> np.uint64(32)).astype(np.uint32)
