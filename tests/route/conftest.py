from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.profile import Profile, default_folder, load
from pipeline.records import Ask, Submission
from pipeline.route import Router


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load(default_folder())


@pytest.fixture(scope="session")
def router(profile: Profile) -> Router:
    return Router(profile)


@pytest.fixture(scope="session")
def paper():
    def make(title: str, body: str = "", asks: Sequence[str] = (), **fields: object) -> Submission:
        text = "\n".join([title, body, *asks])
        at = [(ask, text.index(ask)) for ask in asks]
        found = tuple(Ask(n, ask, start, start + len(ask)) for n, (ask, start) in enumerate(at, 1))
        name = str(fields.pop("id", title))
        return Submission(name, name, f"inbox/{name}.txt", "建议", title, text, asks=found, **fields)

    return make
