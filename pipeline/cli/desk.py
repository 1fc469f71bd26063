"""The dispatch desk: `banli handover` gives the items to the units, `banli receipts` takes in what they say,
`banli decide` notes a person's word."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.table import Table

from pipeline import run as stages
from pipeline.errors import CallError
from pipeline.figures import day_of
from pipeline.mentions import unit_named
from pipeline.profile import Profile
from pipeline.records import Decision, Document, Failure, Kind, Submission
from pipeline.store import Store


def handover(call: Namespace, job: stages.Job) -> int:
    """Write the papers; says what each unit gets, and how to make a draft final."""
    loads, paths = stages.handover(job, Path(call.out), day_given(call.day), final=call.final)
    table = Table(title="各单位承办量", title_justify="left")
    for name in ("单位", "主办", "分办", "会办", ""):
        table.add_column(name, justify="left" if name in ("单位", "") else "right")
    for load in loads:
        table.add_row(load.unit, *map(str, (load.lead, load.apart, load.co)), "办理大户" if load.heavy else "")
    Console().print(table)
    print(f"结果：{call.out}（{len(paths)} 个文件）")
    print("已记为交办。" if call.final else "这是预案；看过承办量和清单后，加 --final 正式交办。")
    return 0


def similar(call: Namespace, store: Store, profile: Profile) -> int:
    """Print what is most like a file or a text among all stored submissions."""
    table = Table(title="最相似的往年件", title_justify="left")
    for name in ("相似度", "件", "题目", "承办单位", "答复与结果", "来源"):
        table.add_column(name, overflow="fold")
    found = stages.similar(store, _asked(call, profile), call.most)
    for past in found:
        s = past.submission
        told = [f"{r.day or ''} {r.label or '未写类别'}".strip() for r in past.replies]
        named = f"{s.year or ''} {s.kind}{s.number}".strip()
        table.add_row(f"{past.score:.2f}", named, s.title, past.unit, "；".join(told) or "没有答复", s.source)
    Console().print(table if found else "没有相似的往年件。")
    return 0


def _asked(call: Namespace, profile: Profile) -> Submission:
    """The submission that a file holds, or a bare text makes."""
    if call.text:
        title = call.text.strip().split("\n")[0][:60]
        return Submission("", "", "", "建议", title, call.text)
    from pipeline.extract import extract, find_files
    from pipeline.parse import parse

    documents = extract(find_files(Path(call.file)), profile)
    found = [r for r in parse([d for d in documents if isinstance(d, Document)], profile) if isinstance(r, Submission)]
    if not found:
        why = next((f"：{d.reason}，{d.hint}" for d in documents if isinstance(d, Failure)), "")
        raise CallError(f"{call.file} 里没有读到建议或提案{why}", "也可以用 --text 直接写文字")
    return found[0]


def receipts(call: Namespace, job: stages.Job, model: Path) -> int:
    """Read receipts, recommend the next unit for what was returned."""
    slips, failures = stages.receipts(job, Path(call.file), datetime.now().replace(microsecond=0))
    stages.route(job, model)
    found = stages.results(job.store)
    said = Counter("接收" if slip.accepted else "逾期退回" if slip.late else "退回" for slip in slips)
    print("；".join(f"{name} {said[name]} 件" for name in ("接收", "退回", "逾期退回")))
    for slip in slips:
        item = found.submission[slip.subject_id]
        if not slip.accepted and not slip.late:
            route = found.route[item.id]
            print(f"退回：{item.title}（{slip.unit}：{slip.reason}）→ {found.lead(item) or '需人工研判：' + route.why}")
        elif slip.late:
            print(f"逾期退回，由人决定：{item.title}（{slip.unit}：{slip.reason}）")
    for failure in failures:
        print(f"未能处理：{failure.source}：{failure.reason}；{failure.hint}")
    return 0 if slips else 1


def day_given(text: str) -> date:
    """The day that a call names, today where it names none."""
    if not text:
        return date.today()
    day = day_of(text)
    if day is None:
        raise CallError(f"看不懂日期 {text}", "写作 2025-02-20")
    return day


def decide(call: Namespace, store: Store, profile: Profile) -> int:
    """A person's decision, as a row of its own."""
    name, value = ("kind", _kind(call.kind)) if call.kind else ("lead", _unit(call.lead, profile))
    known = [d.id for d in store.all(Document) if call.submission in (d.id, d.source)]
    if not known:
        raise CallError(f"找不到 {call.submission}", "用 banli export documents 查 id 和来源")
    at = datetime.now().replace(microsecond=0)
    store.add([Decision(known[0], name, value, call.by, at, call.note)], "person")
    if name == "kind":
        store.reopen(known[0])
    print(f"已记下：{call.submission} {'文种' if call.kind else '主办'}为{value}（{call.by}）。")
    return 0


def _kind(text: str) -> str:
    if text not in get_args(Kind):
        raise CallError(f"没有 {text} 这个文种", "可选：" + " ".join(get_args(Kind)))
    return text


def _unit(name: str, profile: Profile) -> str:
    unit = unit_named(name, profile)
    if unit is None:
        raise CallError(f"规则里没有 {name} 这个单位", "用 units.csv 里的名称或简称")
    return unit
