"""Requests of submissions (R-RTE-01): which are found, that they quote the text, and what is none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.parse import parse
from pipeline.profile import Profile
from pipeline.records import Ask, Document, Submission

CASES = json.loads((Path(__file__).parents[1] / "cases" / "parse_asks.json").read_text(encoding="utf-8"))
Asked = Callable[[str, str], tuple[str, tuple[Ask, ...]]]


@pytest.fixture
def asked(profile: Profile) -> Asked:
    def read(title: str, body: str) -> tuple[str, tuple[Ask, ...]]:
        text = f"{title}\n{body}"
        [found] = parse([Document("d", "d.docx", "建议", title, text)], profile)
        assert isinstance(found, Submission)
        return text, found.asks

    return read


def _overlap(ask: Ask, text: str, wanted: str) -> float:
    start = text.find(wanted)
    shared = min(ask.end, start + len(wanted)) - max(ask.start, start)
    return max(0, shared) / max(ask.end - ask.start, len(wanted))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_requests_are_found_and_nothing_else(case: dict[str, Any], asked: Asked) -> None:
    text, found = asked(case["title"], case["text"])
    assert len(found) == len(case["asks"]), [ask.text for ask in found]
    for ask, wanted in zip(found, case["asks"], strict=True):
        assert _overlap(ask, text, wanted) >= 0.5, (ask.text, wanted)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_request_is_a_quote_with_its_place(case: dict[str, Any], asked: Asked) -> None:
    text, found = asked(case["title"], case["text"])
    assert [ask.ordinal for ask in found] == list(range(1, len(found) + 1))
    assert all(text[ask.start : ask.end] == ask.text for ask in found)


def test_a_long_item_is_cut_after_its_first_sentences(asked: Asked) -> None:
    body = "建议：\n1.修建村史馆。" + "馆内分三个展区，展示农具和老照片。" * 20 + "\n2.聘请讲解员一名。"
    _, (first, second) = asked("关于建村史馆的建议", body)
    assert first.text.startswith("修建村史馆。")
    assert len(first.text) <= 200
    assert first.text.endswith("。")
    assert second.text == "聘请讲解员一名。"


def test_requests_of_a_table_form_lie_in_the_document_text(profile: Profile) -> None:
    text = "建议表\n案由\t关于修路的建议\n提出人\t田野\n内容\t情况\n路坏了。\n建议\n一、铺沥青两公里。\n二、装护栏。"
    [found] = parse([Document("d", "d.docx", "建议", "建议表", text)], profile)
    assert isinstance(found, Submission)
    assert [text[a.start : a.end] for a in found.asks] == ["铺沥青两公里。", "装护栏。"]
