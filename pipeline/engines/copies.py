"""Near copies on a cluster: the workers sketch, verify, and join what has a key in common as Dask data frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.grams import Places
from pipeline.recur.near import CROWD, RARE, SHARE, verified
from pipeline.recur.shingles import BANDS, sketch

if TYPE_CHECKING:
    from pipeline.engines.cluster import Cluster

TEXTS_A_PART, PAIRS_A_PART = 10_000, 2_000
"""Texts a part of the data frame, about 20 MB of keys; pairs that one task verifies, about 5 MB of texts."""

_BAND = 2**32
_PAIR, _SIDE = ["left", "right"], ["key", "text", "rare"]

Scored = list[tuple[int, int, float]]
Portion = tuple[list[str], Places, Places]


def near_copies(cluster: Cluster, texts: Sequence[str]) -> Scored:
    """The same pairs with the same scores as `recur.near.near_copies`; what dies with a worker is made again."""
    if not texts:
        return []
    starts = range(0, len(texts), TEXTS_A_PART)
    found = cluster.frame(candidates, keys, ((list(texts[at : at + TEXTS_A_PART]), at) for at in starts))
    order = np.lexsort((found["right"], found["left"]))
    left, right = (found[side].to_numpy()[order] for side in _PAIR)
    return [pair for scored in cluster(_verified, _portions(texts, left, right)) for pair in scored]


def keys(part: tuple[Sequence[str], int]) -> Any:
    """The keys of texts as a data frame: key, text, and how many sampled grams the text has.

    The upper half of a key is its band; a sampled gram is a key of the band behind the last. With the texts comes the
    number of the first of them.
    """
    texts, first = part
    found, bands = sketch(texts), np.arange(BANDS, dtype=np.int64) * _BAND
    owners = np.concatenate([np.repeat(np.arange(len(texts)), BANDS), found.owners])
    banded, sampled = (found.bands.astype(np.int64) + bands).ravel(), found.samples.astype(np.int64) + BANDS * _BAND
    columns = {"key": np.concatenate([banded, sampled]), "text": owners + first, "sampled": found.sampled[owners]}
    pandas: Any = import_module("pandas")
    return pandas.DataFrame(columns)


def candidates(parts: Sequence[Any]) -> Any:
    """The pairs (left < right) that `recur.near.candidates` finds, as a data frame; `parts` are to become `keys`.

    Rows with one key are merged; a crowded band is merged with its first text only, a crowded sample with none.
    """
    frames: Any = import_module("dask.dataframe")
    rows = frames.from_delayed(parts, meta=keys(([], 0)), verify_meta=False)
    rows = rows.shuffle("key").map_partitions(_shared, meta=_shared(keys(([], 0))))
    crowded = rows["texts"] > RARE + (CROWD - RARE) * (rows["key"] < BANDS * _BAND)
    common = rows[crowded & (rows["key"] >= BANDS * _BAND)].groupby("text", sort=False)
    common = common.agg({"key": "count"}, split_out=rows.npartitions).reset_index().rename(columns={"key": "common"})
    rows = rows.assign(crowded=crowded).merge(common, on="text", how="left")
    rows = rows.assign(rare=rows["sampled"] - rows["common"].fillna(0))
    heads = rows[~rows["crowded"] | ((rows["text"] == rows["first"]) & (rows["key"] < BANDS * _BAND))]
    pairs = heads[_SIDE].merge(rows[_SIDE], on="key", suffixes=("", "_right"))
    return _enough(pairs[pairs["text"] < pairs["text_right"]])


def _shared(rows: Any) -> Any:
    """The rows whose key several texts have, with the first of these and their number; a key has all its rows here."""
    rows = rows[rows.duplicated("key", keep=False)]
    texts = rows.groupby("key", sort=False)["text"]
    return rows.assign(first=texts.transform("min"), texts=texts.transform("count"))


def _enough(pairs: Any) -> Any:
    """The pairs that agree in a band, or in enough of the rare samples of the text with fewer, each once."""
    pairs = pairs.rename(columns={"text": "left", "text_right": "right"})
    pairs = pairs.assign(banded=pairs["key"] < BANDS * _BAND, fewer=pairs[["rare", "rare_right"]].min(axis=1))
    told = {"banded": "max", "key": "count", "fewer": "max"}
    pairs = pairs.groupby(_PAIR, sort=False).agg(told, split_out=pairs.npartitions).reset_index()
    return pairs[pairs["banded"] | (pairs["key"] >= SHARE * pairs["fewer"])][_PAIR]


def _portions(texts: Sequence[str], left: Places, right: Places) -> Iterator[Portion]:
    """The pairs in portions, each with the texts that it needs and their places among these."""
    for start in range(0, len(left), PAIRS_A_PART):
        part = slice(start, start + PAIRS_A_PART)
        yield [texts[i] for i in np.unique([left[part], right[part]]).tolist()], left[part], right[part]


def _verified(portion: Portion) -> Scored:
    """What a worker does for one portion."""
    texts, left, right = portion
    numbers = np.unique([left, right])
    found = verified(texts, np.searchsorted(numbers, left), np.searchsorted(numbers, right))
    return [(int(numbers[i]), int(numbers[j]), score) for i, j, score in found]
