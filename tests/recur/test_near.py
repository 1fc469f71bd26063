"""Near copies: what the fast way finds holds against every pair compared, and nothing planted is missed."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.recur.near import CROWD, candidates, near_copies, verified
from pipeline.recur.shingles import WINDOW, sketch
from tests.bench.copies import KINDS, measure, planted

ALPHABET = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然"
SHORT = st.text(alphabet="县乡路灯水校桥修", min_size=1, max_size=40)
LONG = st.text(alphabet=ALPHABET, min_size=WINDOW + 3, max_size=120)


def noise(generator: np.random.Generator, length: int) -> str:
    return "".join(generator.choice(list(ALPHABET), length))


def all_pairs(texts: list[str]) -> dict[tuple[int, int], float]:
    """The definition itself, over every pair."""
    padded = [text.ljust(4) for text in texts]
    grams = [{text[i : i + 4] for i in range(len(text) - 3)} for text in padded]
    found = {}
    for (i, a), (j, b) in combinations(enumerate(grams), 2):
        jaccard, contained = len(a & b) / len(a | b), len(a & b) / min(len(a), len(b))
        if jaccard >= 0.5 or contained >= 0.8:
            found[i, j] = max(jaccard, contained if contained >= 0.8 else 0.0)
    return found


@st.composite
def with_copies(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> list[str]:
    """Texts, and pieces of them that are edited a little and put together anew."""
    told = draw(st.lists(texts, min_size=1, max_size=6))
    for _ in range(draw(st.integers(0, 8))):
        one, other = draw(st.sampled_from(told)), draw(st.sampled_from(told))
        start, at = draw(st.integers(0, len(one) // 2)), draw(st.integers(0, len(other)))
        told.append((one[start:] + draw(st.sampled_from("改增")) + other[at:])[:200])
    return draw(st.permutations(told))


@settings(deadline=None)
@given(with_copies(SHORT | LONG))
def test_what_is_found_holds_against_all_pairs(texts: list[str]) -> None:
    truth = all_pairs(texts)
    found = near_copies(texts)
    assert len({(left, right) for left, right, _ in found}) == len(found)
    for left, right, score in found:
        assert score == pytest.approx(truth[left, right], abs=1e-4)


@settings(deadline=None)
@given(with_copies(SHORT | LONG), st.randoms())
def test_the_order_of_texts_changes_nothing(texts: list[str], random) -> None:
    order = random.sample(range(len(texts)), len(texts))
    mixed = {
        tuple(sorted((order[left], order[right]))): score
        for left, right, score in near_copies([texts[i] for i in order])
    }
    assert mixed == {(left, right): score for left, right, score in near_copies(texts)}


@settings(deadline=None)
@given(st.lists(LONG, min_size=1, max_size=8), st.lists(st.text(alphabet=ALPHABET, max_size=90), min_size=2))
def test_what_stands_word_for_word_in_another_is_always_found(texts: list[str], around: list[str]) -> None:
    """Winnowing's promise, whatever stands before and behind."""
    longer = [around[0] + text + around[1] for text in texts]
    found = {(left, right) for left, right, _ in near_copies(texts + longer)}
    assert {(i, i + len(texts)) for i in range(len(texts))} <= found


@settings(deadline=None)
@given(SHORT | LONG)
def test_a_text_is_its_own_copy(text: str) -> None:
    assert near_copies([text, text]) == [(0, 1, 1.0)]


@settings(max_examples=5, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(40, 1500), st.integers(0, 10**6))
def test_planted_pairs_that_all_pairs_finds_are_found(kind: str, length: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    texts = [noise(generator, length) for _ in range(25)]
    texts += [KINDS[kind](text, generator) for text in texts]
    assert {(left, right) for left, right, _ in near_copies(texts)} == set(all_pairs(texts))


def test_common_phrases_hide_no_copy() -> None:
    """Most shingles of a large collection stand in many texts: the rare ones of each decide."""
    generator = np.random.default_rng(2)
    phrases = [noise(generator, 12) for _ in range(40)]
    own = [noise(generator, 40) for _ in range(300)]
    texts = [text + "".join(generator.choice(phrases, 15)) for text in own]
    inside = [noise(generator, 900) + text + noise(generator, 900) for text in texts[:40]]
    found = {(left, right) for left, right, _ in near_copies(texts + inside)}
    assert {(i, i + 300) for i in range(40)} <= found


def test_copies_of_every_shape_are_found_and_nothing_else() -> None:
    generator = np.random.default_rng(5)
    texts = [noise(generator, 300) for _ in range(120)]
    edited = [text[:40] + "改" + text[42:200] + text[205:] for text in texts[:40]]
    cut = [text[30:210] for text in texts[40:80]]
    inside = [noise(generator, 700) + text + noise(generator, 700) for text in texts[80:]]
    found = {(left, right) for left, right, _ in near_copies(texts + edited + cut + inside)}
    assert found == {(i, i + 120) for i in range(120)} == set(all_pairs(texts + edited + cut + inside))


def test_sketches_do_not_depend_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(3)
    texts = ["", *(noise(generator, n) for n in range(1, 90)), ""]
    whole = sketch(texts)
    for characters in (1, 70):
        monkeypatch.setattr("pipeline.recur.shingles.CHARACTERS", characters)
        small = sketch(texts)
        for name in ("bands", "samples", "owners", "sampled"):
            assert (getattr(small, name) == getattr(whole, name)).all()


def test_verifying_does_not_depend_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(4)
    texts = [noise(generator, 60) for _ in range(9)]
    texts += [text[:50] for text in texts]
    left, right = np.array(list(combinations(range(18), 2))).T
    whole = verified(texts, left, right)
    monkeypatch.setattr("pipeline.recur.shingles.COMPARED", 7)
    assert verified(texts, left, right) == whole
    assert {pair[:2] for pair in whole} == set(all_pairs(texts))


def test_a_crowd_of_copies_is_tied_to_the_first() -> None:
    generator = np.random.default_rng(1)
    text = noise(generator, 200)
    texts = [text + noise(generator, 4) for _ in range(CROWD + 50)]
    assert {right for left, right, _ in near_copies(texts) if left == 0} == set(range(1, len(texts)))
    assert len(candidates(sketch([text] * 5000))) < 5000


def test_no_texts_no_copies() -> None:
    assert near_copies([]) == near_copies(["路灯"]) == []


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
def test_planted_copies_of_six_kinds_are_found(share: float) -> None:
    told = measure(planted(3000, share, seed=11))
    assert all(value >= 0.98 for value in told.values()), told
    assert len(told) == 8
