"""Character 4-grams of many texts at once, as hashes: distinct sets, one-permutation MinHash, samples.

One-permutation hashing after Li, Owen and Zhang (NIPS 2012), densified after Shrivastava and Li (UAI 2014).
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
SAMPLED = 16
"""One shingle in so many is kept by its hash, the same ones in every text: a text inside a longer one shares them."""
BATCH = 2000

Keys = NDArray[np.uint32]
_LOW = np.uint64(0xFFFFFFFF)
_ROW, _TOP, _HASH = np.uint64(48), np.uint64(16), np.uint64(0xFFFFFFFFFFFF)
"""A text's place in its batch (16 bits) and the upper 48 bits of a hash, packed into one number to sort."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """What is kept of texts: band keys (texts × 32), the sampled shingles with the text of each, and their number.

    Two texts agree in a band where four neighbouring bins have the same smallest hash.
    """

    bands: Keys
    samples: Hashes
    owners: NDArray[np.int32]
    sampled: NDArray[np.int32]


def sketch(texts: Sequence[str]) -> Sketches:
    """The sketches of normal forms, batch by batch; deterministic, independent of the batch a text falls into."""
    bands, samples, owners = [np.zeros((0, BANDS), np.uint32)], [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
    for start in range(0, len(texts), BATCH):
        rows, hashes = grams_of(texts[start : start + BATCH], SHINGLE)
        bands.append(_bands(_smallest(rows, hashes, len(texts[start : start + BATCH]))))
        kept = hashes % np.uint64(SAMPLED) == 0
        cells = distinct((rows[kept].astype(np.uint64) << _ROW) | (hashes[kept] >> _TOP))
        samples.append(cells & _HASH)
        owners.append((cells >> _ROW).astype(np.int32) + start)
    joined = np.concatenate(owners)
    number = np.bincount(joined, minlength=len(texts)).astype(np.int32)
    return Sketches(np.concatenate(bands), np.concatenate(samples), joined, number)


def shared(texts: Sequence[str], left: Places, right: Places) -> tuple[Places, Places, Places]:
    """For pairs of texts: distinct grams in common, of the left one, of the right one; exact but for hash accidents."""
    common, of_left, of_right = (np.zeros(len(left), dtype=np.int64) for _ in range(3))
    for part in _parts(len(left)):
        used, at = np.unique(np.concatenate([left[part], right[part]]), return_inverse=True)
        rows, hashes = grams_of([texts[i] for i in used.tolist()], SHINGLE)
        keys = distinct((rows.astype(np.uint64) << _ROW) | (hashes >> _TOP))
        owner, value = (keys >> _ROW).astype(np.int64), keys & _HASH
        firsts = np.searchsorted(owner, np.arange(len(used) + 1))
        sizes = np.diff(firsts)
        ours, theirs = at[: len(left[part])], at[len(left[part]) :]
        both = np.concatenate([_gathered(value, firsts, sizes, ours), _gathered(value, firsts, sizes, theirs)])
        both.sort()
        twice = both[1:][both[1:] == both[:-1]]
        common[part] = np.bincount((twice >> _ROW).astype(np.int64), minlength=len(ours))
        of_left[part], of_right[part] = sizes[ours], sizes[theirs]
    return common, of_left, of_right


def _parts(number: int) -> Iterator[slice]:
    return (slice(start, min(start + BATCH, number)) for start in range(0, number, BATCH))


def _gathered(value: Hashes, firsts: Places, sizes: Places, texts: Places) -> Hashes:
    """The grams of texts one after the other, each marked with its place in the list of texts."""
    lengths = sizes[texts]
    place = np.repeat(np.arange(len(texts)), lengths)
    offset = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.asarray((place.astype(np.uint64) << _ROW) | value[firsts[texts][place] + offset])


def _smallest(rows: Places, hashes: Hashes, number: int) -> Keys:
    """Texts × bins: the smallest hash of each bin; an empty bin borrows from the next filled one."""
    slots = rows.astype(np.uint64) * np.uint64(BINS) + (hashes >> np.uint64(57))
    cells = (slots << np.uint64(32)) | ((hashes >> np.uint64(20)) & _LOW)
    cells.sort()
    slot = cells >> np.uint64(32)
    first = np.concatenate([[True], slot[1:] != slot[:-1]])
    table, filled = np.zeros((number, BINS), dtype=np.uint32), np.zeros((number, BINS), dtype=bool)
    at = slot[first].astype(np.int64)
    table.flat[at], filled.flat[at] = (cells[first] & _LOW).astype(np.uint32), True
    ring = np.where(np.hstack([filled, filled]), np.arange(2 * BINS), 2 * BINS)
    nearest = np.minimum.accumulate(ring[:, ::-1], axis=1)[:, ::-1][:, :BINS]
    borrowed = np.take_along_axis(table, nearest % BINS, axis=1)
    return borrowed + (nearest - np.arange(BINS)).astype(np.uint32)


def _bands(rows: Keys) -> Keys:
    """Texts × bands: four bins mixed into one key."""
    key = np.zeros((len(rows), BANDS), dtype=np.uint64)
    for row in range(ROWS):
        key = (key ^ rows[:, row::ROWS]) * FACTORS[row]
        key ^= key >> np.uint64(31)
    return (key >> np.uint64(32)).astype(np.uint32)
