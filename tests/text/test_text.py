"""Normal form, sentences and words."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import clauses, normal, punctuated, sentences, simplified, words

PARAGRAPH = (
    "云禾县交通运输局2024年在青石镇新修村组道路12.5公里，群众反映路灯不亮、公交班次少的问题基本解决。下一步将继续推进。"
)


@given(st.text(max_size=60))
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.text(max_size=60))
def test_sentences_and_clauses_quote_the_text(text: str) -> None:
    for span in (*sentences(text), *clauses(text)):
        assert text[span.start : span.end] == span.text
        assert span.text.strip() == span.text != ""


@given(st.text(max_size=60))
def test_punctuation_keeps_offsets(text: str) -> None:
    assert len(punctuated(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("第一句。第二句！第三句？", 3),
        ("他说：“修好了。”我们去看了。", 2),
        ("依据《办法（试行）。》第三条办理。", 1),
        ("投资3.5万元，占1.2%。", 1),
        ("等等……以后再说。", 2),
        ("没有句号的一行\n另一行", 2),
        ("", 0),
        ("  \n ", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_traditional_and_simplified_have_one_normal_form() -> None:
    assert simplified("關於增設路燈的建議") == "关于增设路灯的建议"
    assert normal("關於增設路燈") == normal("关于增设 路灯。")


def test_jieba_cuts_as_rjieba_does() -> None:
    program = "import sys; from pipeline.text import words; sys.stdout.write(' '.join(words(sys.argv[1])))"
    cut = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program, PARAGRAPH],
            env=os.environ | {"BANLI_SEGMENTER": name},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for name in ("jieba", "rjieba")
    ]
    assert cut[0] == cut[1] == " ".join(words(PARAGRAPH))
