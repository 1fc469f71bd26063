"""Letters (domain §3-G): every element, the frame around the body, register rows, and bare web copies."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.parse import parse
from pipeline.parse.letter import frame
from pipeline.profile import Profile
from pipeline.records import Document, Entry, Kind, Reply

CASES = json.loads((Path(__file__).parents[1] / "cases" / "parse_replies.json").read_text(encoding="utf-8"))


def _reply(text: str, profile: Profile, kind: Kind = "答复", entry: Entry | None = None) -> Reply:
    [found] = parse([Document("d", "d.docx", kind, text.split("\n", maxsplit=1)[0], text, entry=entry)], profile)
    assert isinstance(found, Reply)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_elements(case: dict[str, Any], profile: Profile) -> None:
    found = _reply(case["text"], profile, case["kind"])
    for name, wanted in case["want"].items():
        value = getattr(found, name)
        assert (list(value) if isinstance(value, tuple) else str(value)) == wanted, name


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_items_and_cites(case: dict[str, Any], profile: Profile) -> None:
    found = _reply(case["text"], profile, case["kind"])
    assert [item.number for item in found.items] == case["items"]
    assert [[cite.kind, cite.number, cite.title] for cite in found.cites] == case["cites"]
    assert all(case["text"][item.start : item.end].strip() == item.text for item in found.items)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_body_leaves_out_head_opening_closing_and_signature(case: dict[str, Any], profile: Profile) -> None:
    body = case["text"][slice(*frame(case["text"], profile).body)].strip()
    first, last = case["body"]
    assert body.startswith(first)
    assert body.endswith(last)


def test_a_register_row_wins_over_the_letter(profile: Profile) -> None:
    row = Entry(
        number="建议2024-017",
        session="县十八届人大三次会议",
        title="关于修桥的建议",
        lead="县交通局",
        co="县水利局、县财政局",
        label="B（列入计划）",
        replied="2024年6月3日",
        satisfaction="基本满意",
    )
    found = _reply("柳青代表：您的建议收悉。桥的设计6月底前完成。", profile, entry=row)
    assert (found.number, found.session, found.cites[0].title) == ("017", "县十八届人大三次会议", "关于修桥的建议")
    assert (found.unit, found.co, found.label) == ("交通运输局", ("水利局", "财政局"), "B")
    assert (str(found.day), found.satisfaction, found.from_register) == ("2024-06-03", "基本满意", True)


def test_commitments_lie_in_the_body_and_quote_the_letter(profile: Profile) -> None:
    text = CASES[0]["text"]
    found = _reply(text, profile)
    start, end = frame(text, profile).body
    assert found.commitments
    for one in found.commitments:
        assert start <= one.start < one.end <= end
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize("text", ["", "。", "已收悉", "2024年5月1日", "代表：", "一、\n二、\n", "联系人：\n抄送：\n"])
def test_scraps_break_nothing(text: str, profile: Profile) -> None:
    at = frame(text, profile)
    assert 0 <= at.body[0] <= at.body[1] <= len(text)
