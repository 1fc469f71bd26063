"""The join of data frames finds the pairs that the stage finds by itself, however crowded their keys are."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines import copies
from pipeline.recur import near
from pipeline.recur.shingles import sketch

pytest.importorskip("distributed")

pytestmark = pytest.mark.slow


def texts(seed: int, number: int, kinds: int) -> list[str]:
    """Few kinds of texts, each cut, doubled, joined to another or spoilt at random: many copies and crowded keys."""
    chance = random.Random(seed)
    plain = [
        "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(chance.randrange(3, 260))) for _ in range(kinds)
    ]
    made = []
    for _ in range(number):
        text, other = chance.choice(plain), chance.choice(plain)
        at = chance.randrange(len(text))
        made.append(chance.choice([text, text[at:], text[:at] + other, text[:at] + "改" + text[at + 1 :], ""]))
    return made


def joined(found: list[str], part: int) -> list[int]:
    """The pairs of the data frames, computed in this process from parts of that many texts."""
    import dask

    starts = range(0, len(found), part)
    with dask.config.set({"dataframe.shuffle.method": "tasks", "scheduler": "synchronous"}):
        pairs: Any = copies.candidates(
            [dask.delayed(copies.keys)((found[at : at + part], at)) for at in starts]
        ).compute()
    return sorted((pairs["left"] * len(found) + pairs["right"]).tolist())


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), number=st.integers(1, 70), kinds=st.integers(1, 12), part=st.integers(9, 70))
def test_the_candidates_are_those_of_the_stage(seed: int, number: int, kinds: int, part: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (near, copies):
            patch.setattr(module, "CROWD", 9)
            patch.setattr(module, "RARE", 5)
        found = texts(seed, number, kinds)
        assert joined(found, part) == near.candidates(sketch(found)).tolist()


def test_crowded_keys_occur_here() -> None:
    assert len(near.candidates(sketch(texts(1, 70, 3)))) > 70
    bands = sketch(texts(1, 70, 3)).bands
    assert max(np.unique(bands[:, 0], return_counts=True)[1]) > 9
