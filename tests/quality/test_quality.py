"""No score falls below its floor."""

from collections.abc import Callable, Iterable

import pytest

from tests.quality.__main__ import floors
from tests.quality.county import Score
from tests.quality.county import scores as county_scores
from tests.quality.route import titles
from tests.quality.shared import SHARED
from tests.quality.shared import scores as shared_scores
from tests.quality.twins import injected, twins

pytestmark = pytest.mark.quality


def below(measure: Callable[[], Iterable[Score]]) -> list[str]:
    pinned = floors()
    seen = list(measure())
    unpinned = [score.name for score in seen if score.name not in pinned]
    assert not unpinned, f"pin these: {unpinned}"
    return [f"{s.name} {s.value:.3f} < {pinned[s.name]}" for s in seen if s.value < pinned[s.name]]


def test_the_demonstration_county() -> None:
    assert below(county_scores) == []


def test_three_hundred_titles() -> None:
    assert below(titles) == []


def test_letters_changed_in_one_thing() -> None:
    assert below(lambda: [*twins(), *injected()]) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the measuring data are not here")
def test_the_measuring_data() -> None:
    assert below(shared_scores) == []
