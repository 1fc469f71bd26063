"""What stands on the page of a submission, a reply or a speech, before any file format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from build_texts import ORDINAL, Item, chinese_day

Role = Literal["title", "letterhead", "head", "body", "left", "right", "pair", "centre", "fields", "label"]
FORM_HEAD = re.compile(r"[【]?[\u4e00-\u9fff]{2,6}[】：]?")
FOOT = re.compile(r"[（(]?(联系|抄送|附件|附：|电话|承办|经办)")
BODY_END = re.compile(r"[。；：:！？…”）]$")


@dataclass(frozen=True)
class Part:
    """One paragraph with its role, or (role "fields") a table of label and value cells."""

    role: Role
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A page to be: running header, page number form, parts, and how a word processor would set it."""

    header: str
    parts: tuple[Part, ...]
    numbers: int = 0
    boxed: bool = False
    automatic: bool = True
    seed: int = 0


def apart(text: str) -> list[str]:
    """The pieces of a line that wide blanks hold apart: what stands at its left and at its right."""
    return [piece for piece in re.split("　{2,}|　(?=签发人)", text) if piece]


def submission_sheet(item: Item) -> Sheet:
    """A suggestion or proposal in the layout that its front matter names: letter, table or form."""
    layout = item.get("layout") or "letter"
    make = {"letter": _letter, "table": _table, "form": _form}[layout]
    return Sheet(
        header=item.get("session") + item.get("kind"),
        parts=tuple(make(item)),
        numbers=item.pick(3, "page"),
        boxed=layout == "table",
        automatic=item.pick(4, "auto") > 0,
        seed=item.pick(1 << 16),
    )


def field_pairs(item: Item) -> list[tuple[str, str]]:
    """The labelled fields of a submission in the words of its kind, empty ones left out."""
    deputy = item.get("kind") == "建议"
    pairs = [
        ("编号" if item.pick(2, "no") else f"{item.get('kind')}编号", item.get("number")),
        ("届次", item.get("session")),
        ("领衔代表" if deputy else "第一提案人", item.get("proposers")),
        ("附议代表" if deputy else "联名委员", item.get("cosigners")),
        ("代表团" if deputy else "界别", item.get("delegation")),
        ("交办日期", chinese_day(item.get("handed_over"))),
    ]
    if item.fields.get("between_sessions"):
        pairs.append(("提出时间", "闭会期间"))
    return [(label, value) for label, value in pairs if value]


def in_rows(pairs: list[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Two labelled fields a row, four cells; an odd last one takes the whole row (two cells)."""
    flat = [pairs[i : i + 2] for i in range(0, len(pairs), 2)]
    return tuple(tuple(cell for pair in row for cell in pair) for row in flat)


def _letter(item: Item) -> list[Part]:
    title = Part("title", item.get("title"))
    body = [Part(_role(line), line) for line in item.paragraphs]
    pairs = field_pairs(item)
    if item.pick(3, "fields"):
        return [title, Part("fields", rows=in_rows(pairs)), *body]
    lines = [Part("left", f"{label}：{value}") for label, value in pairs]
    return [title, *lines, *body]


def _table(item: Item) -> list[Part]:
    name = "云禾县人大代表建议、批评和意见表" if item.get("kind") == "建议" else "云禾县政协委员提案表"
    rows = ((("案由" if item.pick(2, "t") else "题目"), item.get("title")), *in_rows(field_pairs(item)))
    return [Part("centre", name), Part("fields", rows=rows), *(Part(_role(line), line) for line in item.paragraphs)]


def _form(item: Item) -> list[Part]:
    parts = [Part("centre", "云禾县代表委员履职平台"), Part("head", "【基本信息】")]
    parts += [Part("left", f"{label}：{value}") for label, value in [("标题", item.get("title")), *field_pairs(item)]]
    parts.append(Part("head", "【正文】"))
    return [*parts, *(Part(_role(line), line) for line in item.paragraphs)]


def _role(line: str) -> Role:
    return "head" if FORM_HEAD.fullmatch(line) and not ORDINAL.match(line) else "body"


def reply_sheet(item: Item) -> Sheet:
    """A letter set line by line: label to the right, title centred, signature and day to the right."""
    return Sheet(
        header="",
        parts=tuple(_letter_parts(item.paragraphs)),
        numbers=item.pick(3, "page"),
        automatic=item.pick(2, "auto") > 0,
        seed=item.pick(1 << 16),
    )


def _letter_parts(lines: list[str]) -> list[Part]:
    named = next((i for i, line in enumerate(lines) if line.endswith(("：", ":")) and i < 12), -1)
    ends = [i for i, line in enumerate(lines) if BODY_END.search(line) and not FOOT.match(line) and i > named]
    start = named + 1 if named >= 0 else min(ends, default=0)
    end = max(ends, default=start - 1) + 1
    top = [Part(_top_role(line, number), line) for number, line in enumerate(lines[: max(named, 0) or start])]
    addressee = [Part("left", line) for line in lines[named:start] if named >= 0]
    body = [Part("body", line) for line in lines[start:end]]
    return [*top, *addressee, *body, *(Part("left" if FOOT.match(line) else "right", line) for line in lines[end:])]


def _top_role(line: str, number: int) -> Role:
    if number == 0 and not re.match("[关对]|办理|类别", line) and re.search(r"[局府院室司会部队办社]$", line):
        return "letterhead"
    if re.search(r"类|办理结果|公开", line) and not re.search("关于|建议|提案", line):
        return "label"
    if re.search(r"〔\d{4}〕|[\[［]\d{4}", line):
        return "pair" if "　　" in line else "centre"
    return "title"


def speech_sheet(item: Item) -> Sheet:
    """A speech, report or notice: title, day, body."""
    body = _letter_parts(item.paragraphs)
    title = [Part("title", item.get("title"))]
    if item.get("kind") != "通知":
        title.append(Part("centre", f"（{chinese_day(item.get('day'))}）"))
    return Sheet(header="", parts=(*title, *body), numbers=item.pick(3, "page"), seed=item.pick(1 << 16))


def sheet(item: Item) -> Sheet:
    """The page of any item."""
    make = {"submissions": submission_sheet, "replies": reply_sheet, "speeches": speech_sheet}
    return make[item.folder](item)


def plain(page: Sheet) -> str:
    """The page as a text file: fields one a line, an empty line after the title."""
    lines: list[str] = []
    for part in page.parts:
        if part.role == "fields":
            lines += [
                f"{label}：{value}" for row in part.rows for label, value in zip(row[::2], row[1::2], strict=True)
            ]
        else:
            lines.append(("　　" if part.role == "body" else "") + part.text)
    return "\n".join(lines) + "\n"
