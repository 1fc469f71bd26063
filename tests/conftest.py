"""What many tests share: the default profile and small records."""

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.profile import Profile, default_folder, load
from pipeline.records import Ask, Submission


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: of two processes none is left with one at the end."""
    slow = {item.path for item in items for mark in ("slow", "quality") if item.get_closest_marker(mark)}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load(default_folder())


@pytest.fixture
def submission() -> Callable[..., Submission]:
    """A maker of submissions: `submission("关于…的建议", "正文", year=2024)`; the text is title and body."""

    def make(title: str, body: str = "", **fields: Any) -> Submission:
        text = f"{title}\n{body}"
        key = fields.pop("id", title[:8] + str(fields.get("year", "")))
        asks = fields.pop("asks", (Ask(1, body, len(title) + 1, len(text)),) if body else ())
        settings = {"document_id": key, "source": f"收件/{key}.txt", "kind": "建议"} | fields
        return Submission(id=key, title=title, text=text, asks=asks, **settings)

    return make
