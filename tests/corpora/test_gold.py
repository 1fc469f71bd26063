"""Every row of the gold file leads to a place that holds its text, and quotes what is written."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.corpora.county_files import GOLD, ITEMS, bare, written


def test_every_text_has_one_gold_row():
    assert [row["id"] for row in GOLD] == list(ITEMS)
    assert len({row["file"] for row in GOLD}) == len(GOLD)


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_the_text_stands_at_its_place(row):
    item, found = ITEMS[row["id"]], bare(written(row["file"]))
    if item.get("format") != "pdf":  # page breaks interrupt paragraphs with header and number
        assert [line for line in item.paragraphs if bare(line) not in found] == []
    else:
        assert [line for line in item.paragraphs if bare(line)[:12] not in found] == []
    if row["record"] != "reply":
        assert bare(item.get("title")) in found


def test_gold_quotes_of_speeches_stand_in_their_texts():
    for row in (row for row in GOLD if row["record"] == "speech"):
        body = re.sub(r"\n\d、", "", ITEMS[row["id"]].body)
        assert [demand["text"] for demand in row["gold"]["demands"] if demand["text"] not in body] == []
        assert [h for h in row["gold"]["outline"] if h["number"] + h["text"] not in body] == []
        assert [f for f in row["gold"]["figures"] if f"{f['value']:g}{f['unit']}" not in body] == []


def test_gold_quotes_of_submissions_and_replies_stand_in_their_texts():
    for item in ITEMS.values():
        quotes = [*item.gold.get("asks", []), *(promise["text"] for promise in item.gold.get("commitments", []))]
        assert (item.id, [quote for quote in quotes if bare(quote) not in bare(item.body)]) == (item.id, [])


def test_gold_references_lead_to_items():
    for row in GOLD:
        named = [
            *([row["answers"]] if "answers" in row else []),
            *(other["id"] for other in row["gold"].get("same_as", [])),
        ]
        assert (row["id"], [id_ for id_ in named if id_ not in ITEMS]) == (row["id"], [])


def test_a_reply_has_a_state_for_every_ask():
    for row in (row for row in GOLD if row.get("kind") == "答复"):
        asks = ITEMS[row["answers"]].gold["asks"]
        assert (row["id"], len(row["gold"]["ask_states"])) == (row["id"], len(asks))


def test_the_corpus_is_as_large_as_promised():
    kinds = Counter(row["record"] for row in GOLD)
    assert kinds["submission"] >= 60
    assert kinds["reply"] >= 40
    assert kinds["speech"] == 4
    assert {ITEMS[row["id"]].year for row in GOLD if row["record"] == "submission"} == {2023, 2024, 2025}
