from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.profile import Sieve, default_folder, load

FURNITURE = json.loads((Path(__file__).parents[1] / "cases" / "profile_furniture.json").read_text(encoding="utf-8"))
PATTERNS = [pattern for pattern, _ in load(default_folder()).furniture]
SIEVE = Sieve(PATTERNS, re.MULTILINE)


@pytest.mark.parametrize("line", [*FURNITURE["goes"], *FURNITURE["stays"]])
def test_no_pattern_that_matches_is_left_out(line: str) -> None:
    matching = [number for number, pattern in enumerate(PATTERNS) if re.search(pattern, line, re.MULTILINE)]
    assert set(matching) <= set(SIEVE.candidates(line))


def test_most_patterns_are_left_out_of_a_letter() -> None:
    assert len(SIEVE.candidates("各位代表：\n村里的路灯坏了三个月，请尽快派人修好。\n谢谢！")) <= 3


@pytest.mark.parametrize(
    "pattern, text",
    [
        ("(?i)isk", "ıſ\u212a"), ("(?i:Σ)路", "ς路"), ("路(?!灯)", "路口"), ("路?灯", "灯"), ("(?:路|)灯", "灯"),
        ("[^路]灯", "台灯"), ("(?>路+)灯", "路路灯"), ("(?<=路)灯", "路灯"), ("路{0}灯", "灯"),
        ("(路|桥)灯\\1", "桥灯桥"), ("(路)?(?(1)灯|桥)", "桥"), ("", ""), ("路.", "路\u3000"),
    ],
)  # fmt: skip
def test_a_pattern_of_any_shape_that_matches_is_a_candidate(pattern: str, text: str) -> None:
    assert re.search(pattern, text)
    assert Sieve(["不在此处", pattern]).candidates(text) == [1]


def test_without_patterns_there_is_no_candidate() -> None:
    assert Sieve([]).candidates("路灯") == []
