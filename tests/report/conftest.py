"""A small office: two submissions, a history item, two letters, a failure."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.records import (
    Audit,
    Candidate,
    Commitment,
    Document,
    Evidence,
    Failure,
    Finding,
    Match,
    Owed,
    Pair,
    Reason,
    Reply,
    Route,
    Submission,
    Theme,
    Verdict,
)
from pipeline.report import Results


def _submission(key: str, title: str, year: int, source: str) -> Submission:
    return Submission(key, key, source, "建议", title, f"{title}\n正文", number=key[1:], year=year, proposers=("陈平",))


@pytest.fixture
def results(tmp_path: Path) -> Results:
    source = tmp_path / "收件" / "第1号 #加急.docx"
    source.parent.mkdir()
    source.write_bytes(b"x")
    asked = [
        _submission("s1", "=HYPERLINK(1)关于河东村路灯的建议", 2025, "收件/第1号 #加急.docx"),
        _submission("s2", "关于停车难的建议", 2025, "收件/2.docx"),
        _submission("s3", "关于河西村路灯的建议", 2024, "往年/2024.xlsx#3"),
    ]
    candidates = tuple(Candidate(name, score) for name, score in (("城市管理局", 0.8), ("公安局", 0.1)))
    routes = [
        Route(
            "s1", asked[0].source, "独办", "城市管理局", (), candidates, reasons=(Reason("职责：路灯", "路灯", 4, 6),)
        ),
        Route("s2", asked[1].source, "需人工研判", None, ("公安局",), candidates, needs_person=True, why="职责交叉"),
    ]
    promise = Commitment(
        "6月底前装好路灯", "装好", 0, 8, deadline_text="6月底前", deadline_to=date(2025, 6, 30), strength="T4"
    )
    bare = Commitment("积极争取", "争取", 9, 13)
    letters = [
        Reply(
            "r1",
            "r1",
            "答复/1.docx",
            "答复",
            "关于第1号建议的答复",
            "6月底前装好路灯，积极争取",
            number="1",
            unit="城市管理局",
        )
    ]
    letters[0] = Reply(**{**_fields(letters[0]), "commitments": (promise, bare), "day": date(2025, 5, 1)})
    finding = Finding("r1", "P02", "error", "承诺没有时限", "积极争取", 9, 13, "写明完成日期")
    return Results(
        documents=[Document(s.id, s.source, "建议", s.title, s.text) for s in asked],
        submissions=asked,
        routes=routes,
        matches=[
            Match("s3", "s1", "same_matter", 0.61, (Evidence("河西村路灯", "河东村路灯"),), ("地点：河西村／河东村",))
        ],
        themes=[Theme("t1", "农村路灯", ("路灯",), ("s3", "s1"), (2024, 2025), ("城市管理局",))],
        replies=letters,
        pairs=[Pair("r1", "s1", "编号相同")],
        audits=[Audit("r1", "s1", Verdict("r1", "补充", 0.93, ("未知类别",)), (finding,))],
        promises=[
            Owed(
                "r1@0",
                "r1",
                "s1",
                "城市管理局",
                promise.text,
                0,
                8,
                date(2025, 5, 1),
                promise.deadline_to,
                "6月底前",
                "T4",
            ),
            Owed("r1@9", "r1", "s1", "城市管理局", bare.text, 9, 13, date(2025, 5, 1)),
        ],
        today=date(2025, 7, 15),
        failures=[Failure("收件/坏.pdf", "extract", "文件损坏", "请重新导出")],
        parts={"s1": "inbox", "s2": "inbox", "s3": "history", "r1": "replies"},
        paths={asked[0].source: str(source)},
        roster={"收件/坏.pdf", asked[0].source, "收件/2.docx", "往年/2024.xlsx", "答复/1.docx"},
    )


def _fields(record: Reply) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}
