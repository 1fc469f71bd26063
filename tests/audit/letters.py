"""Letters for the audit tests: a well-formed letter around any answer, so that only the answer can be at fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.audit import Case
from pipeline.records import Ask, Cite, Reply, Submission

SESSION = "第十八届人民代表大会第四次会议"
HEAD = """松溪县交通运输局
松交函〔{year}〕14号　　签发人：方同
办理结果：{label}　　同意公开
关于松溪县{session}第{number}号建议的答复
{addressee}：
您提出的关于{matter}的建议（第{number}号）收悉。现答复如下：
"""
FOOT = """
感谢您对我们工作的关心，请填写征询意见表。
松溪县交通运输局
{day}
联系人：方同　联系电话：0560-6030001
抄送：县人大常委会代表工委，县政府办公室。"""
TITLE = "关于在青禾村修建便民桥的建议"
ASK = "在青禾村三组渡口修建一座便民桥"


def submission(title: str = TITLE, asks: Sequence[str] = (ASK,), **fields: Any) -> Submission:
    """A suggestion whose body is its asks."""
    text, found = f"{title}\n{title[2:-3]}，是多年的老问题，群众盼望已久。建议：\n", []
    for ordinal, ask in enumerate(asks, start=1):
        found.append(Ask(ordinal, ask, len(text), len(text) + len(ask)))
        text += ask + "。\n"
    settings: dict[str, Any] = {"number": "14", "session": SESSION, "year": 2025, "proposers": ("白水生",)} | fields
    key = settings.pop("id", "s14")
    return Submission(key, key, f"收件/{key}.docx", "建议", title, text, asks=tuple(found), **settings)


def reply(answer: str, label: str = "B", day: date = date(2025, 5, 12), **fields: Any) -> Reply:
    """A letter in perfect form that gives `answer`; its fields are those that a perfect parser reads."""
    values = {"year": day.year, "label": label, "session": SESSION, "number": "14", "addressee": "白水生代表"}
    values["day"] = f"{day.year}年{day.month}月{day.day}日"
    matter = fields.pop("matter", "在青禾村修建便民桥")
    text = HEAD.format(matter=matter, **values) + answer + FOOT.format(**values)
    found = Reply(
        "r14",
        "r14",
        "答复/r14.docx",
        "答复",
        f"关于松溪县{SESSION}第14号建议的答复",
        text,
        cites=(Cite("建议", SESSION, "14", f"关于{matter}的建议"),),
        number="14",
        session=SESSION,
        unit="交通运输局",
        unit_text="松溪县交通运输局",
        label=label,
        day=day,
        day_text=str(values["day"]),
        addressee="白水生代表",
        contact="方同",
        phone="0560-6030001",
        signer="方同",
        copied_to="县人大常委会代表工委，县政府办公室",
        publicity="同意公开",
        reference=f"松交函〔{day.year}〕14号",
    )
    return replace(found, **fields)


def case(answer: str, asks: Sequence[str] = (ASK,), title: str = TITLE, **fields: Any) -> Case:
    """A letter and the suggestion that it answers."""
    return Case(reply(answer, matter=title[2:-3], **fields), submission(title, asks))
