"""Letters one by one: `banli audit SUBMISSION REPLY` shows what one lacks, `banli redact FILE` makes a public copy."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipeline.errors import CallError
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Audit, Document, Failure, Reply, Submission

_Kind = TypeVar("_Kind", Submission, Reply)
_LOOK = {"error": "bold white on red", "warn": "black on yellow", "hint": "black on cyan"}
_SAID = {"error": "错误", "warn": "警告", "hint": "提示"}


def audit(call: Namespace) -> int:
    """Audit one reply against its submission and print everything: asks, findings, promises, verdict."""
    from pipeline.audit import Case
    from pipeline.audit import audit as judged

    if not call.reply:
        raise CallError("还要写明答复的文件", "例如 banli audit 建议.docx 答复.docx")
    profile = _profile(call)
    asked = _read(call.submission, Submission, "建议或提案", profile)
    reply = _read(call.reply, Reply, "答复", profile)
    [result] = judged([Case(reply, asked)], profile)
    console = Console()
    console.print(_marked(reply, result))
    console.print(*(_asks(asked, result), _findings(result, profile), _promises(reply)), sep="\n")
    counts = Counter(finding.severity for finding in result.findings)
    told = "、".join(f"{_SAID[kind]} {counts[kind]}" for kind in ("error", "warn", "hint"))
    console.print(Text(f"结论：{result.verdict.gate}（{told}）", style="bold"))
    if result.verdict.outcome:
        console.print(Text(f"正文实际结果：{result.verdict.outcome}"))
    for reason in result.verdict.abstained:
        console.print(Text(f"无法判断：{reason}"))
    return 0


def _profile(call: Namespace) -> Profile:
    return load(Path(call.profile) if call.profile else default_folder())


def _read(path: str, kind: type[_Kind], name: str, profile: Profile) -> _Kind:
    """The one record of a kind in a file. Raises CallError where there is none or more than one."""
    from pipeline.extract import extract, find_files
    from pipeline.parse import parse

    documents = extract(find_files(Path(path)), profile)
    read = [document for document in documents if isinstance(document, Document)]
    found = [record for record in parse(read, profile) if isinstance(record, kind)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CallError(f"{path} 里有 {len(found)} 份{name}", "请一次给一份；成批审核用 banli run")
    why = next((f"：{d.reason}，{d.hint}" for d in documents if isinstance(d, Failure)), "")
    kinds = "、".join(sorted({d.kind for d in read})) or "没有内容"
    raise CallError(f"{path} 里没有读到{name}{why}", f"读到的是：{kinds}；先写建议、提案，再写答复")


def _marked(reply: Reply, result: Audit) -> Text:
    """The letter with every quote in the colour of its severity and the rule's number behind it."""
    text = Text(reply.text)
    marks = sorted((f for f in result.findings if f.start >= 0), key=lambda f: f.end)
    for finding in sorted(marks, key=lambda f: ("hint", "warn", "error").index(f.severity)):
        text.stylize(_LOOK[finding.severity], finding.start, finding.end)
    shown, at = Text(), 0
    for end in sorted({finding.end for finding in marks}):
        rules = dict.fromkeys(finding.rule for finding in marks if finding.end == end)
        shown.append_text(text[at:end])
        shown.append(f"〔{'、'.join(rules)}〕", style="dim")
        at = end
    return shown.append_text(text[at:]).append("\n")


def _asks(asked: Submission, result: Audit) -> Table:
    table = Table(title="逐条回应", title_justify="left", show_lines=True)
    for name in ("", "诉求", "状态", "答复原句"):
        table.add_column(name, overflow="fold")
    texts = {ask.ordinal: ask.text for ask in asked.asks}
    for covered in result.coverage:
        said = "[red]未回应[/]" if covered.state == "未回应" else covered.state
        table.add_row(str(covered.ordinal), escape(texts.get(covered.ordinal, "")), said, escape(covered.quote))
    return table


def _findings(result: Audit, profile: Profile) -> Table:
    table = Table(title="发现的问题", title_justify="left", show_lines=True)
    for name in ("规则", "级别", "问题", "原文", "怎样满足"):
        table.add_column(name, overflow="fold")
    for finding in result.findings:
        rule = profile.rules.get(finding.rule)
        named = f"{finding.rule} {rule.name if rule else ''}"
        level = f"[{_LOOK[finding.severity]}]{_SAID[finding.severity]}[/]"
        table.add_row(named, level, escape(finding.message), escape(finding.quote), finding.remedy)
    return table


def _promises(reply: Reply) -> Table:
    table = Table(title="承诺", title_justify="left", show_lines=True)
    for name in ("做什么", "数量", "时限", "到期", "资金", "谁办", "方案、步骤", "条件", "强度"):
        table.add_column(name, overflow="fold")
    for one in reply.commitments:
        plan = "；".join(part for part in (one.plan, one.steps) if part)
        due = str(one.deadline_to or "")
        act = f"{one.act}（已办）" if one.done else one.act
        cells = (act, one.quantity, one.deadline_text, due, one.money, one.actor, plan, one.condition, one.strength)
        table.add_row(*map(escape, cells))
    return table


def redact(call: Namespace) -> int:
    """Write the public copy of a letter beside it or to `--out`, and list what was hidden. The input stays."""
    from pipeline.audit.redact import pictures, redacted_docx, redacted_text

    source = Path(call.file)
    if not source.is_file():
        raise CallError(f"找不到文件：{source}", "请核对路径")
    word = source.suffix.lower() == ".docx"
    out = Path(call.out) if call.out else source.with_name(f"{source.stem}（公开稿）{'.docx' if word else '.txt'}")
    if out.resolve() == source.resolve():
        raise CallError("公开稿不能写在原件上", "换一个 --out 文件名")
    if out.suffix.lower() != (".docx" if word else ".txt"):
        raise CallError(f"公开稿只能写成 {'.docx' if word else '.txt'}", "改一下 --out 的扩展名")
    profile = _profile(call)
    text = _public(source, profile)
    if word:
        data = source.read_bytes()
        content, hidden = redacted_docx(data, profile)
    else:
        copy, hidden = redacted_text(text, profile)
        data, content = b"", copy.encode()
    out.write_bytes(content)
    table = Table(title=f"隐去 {len(hidden)} 处", title_justify="left")
    for name in ("种类", "前文", "公开稿中"):
        table.add_column(name, overflow="fold")
    for one in hidden:
        table.add_row(one.kind, escape(one.before), escape(one.shown))
    Console().print(table)
    if word and pictures(data):
        print(f"文中有 {pictures(data)} 幅图片，图里的内容没有检查，请人工核对。")
    print(f"公开稿：{out}")
    return 0


def _public(source: Path, profile: Profile) -> str:
    """The text of a letter, which must not be marked as closed to the public."""
    from pipeline.audit.wording import pattern
    from pipeline.extract import extract, find_files
    from pipeline.parse import parse

    documents = extract(find_files(source), profile)
    read = [document for document in documents if isinstance(document, Document)]
    if not read:
        why = next((f"{d.reason}，{d.hint}" for d in documents if isinstance(d, Failure)), "没有文字")
        raise CallError(f"{source} 读不出文字：{why}", "请换一份能打开的文件")
    for record in parse(read, profile):
        closed = isinstance(record, Reply) and pattern(profile, "公开词·不公开").search(record.publicity)
        if closed:
            raise CallError(f"该件标明“{closed.group()}”，不出公开稿", "需要公开的，先改公开意见")
    return "\n".join(document.text for document in read)
