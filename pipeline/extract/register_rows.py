"""Register rows to documents: a submission, its reply, or a failure that names the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.draft import Draft, inked
from pipeline.extract.finish import finished, identity
from pipeline.extract.register import Columns, Row, columns_of, looks_like_register, rows_of
from pipeline.extract.sheets import Sheet
from pipeline.extract.structure import shaped
from pipeline.figures import day_of
from pipeline.kinds import kind_of
from pipeline.profile import Profile
from pipeline.records import Block, Document, Failure, File, Kind

_BLANK_HINT = "如是合计或说明行可不理会，否则请补全后再试"


def documents(file: File, sheets: Sequence[Sheet], profile: Profile) -> list[Document | Failure]:
    """The rows of all sheets as documents; a sheet that is no register becomes one plain document."""
    found: list[Document | Failure] = []
    named = sum(bool(sheet.rows) for sheet in sheets) > 1
    for sheet in sheets:
        mark = f"!{sheet.name}" if named else ""
        columns = columns_of(sheet, profile)
        if columns is not None and {"title", "body", "reply"} & columns.places.keys():
            for row in rows_of(sheet, columns):
                found += _row(f"{file.source}{mark}#{row.number}", row, sheet.name, profile)
        elif any(any(cells) for cells in sheet.rows):
            found += _other(file, sheet, mark, profile)
    if not found:
        return [Failure(file.source, "extract", "表格里没有数据", "请核对是否选错了文件")]
    return found


def _row(source: str, row: Row, sheet: str, profile: Profile) -> Iterator[Document | Failure]:
    entry = row.entry
    if not (entry.title or entry.body or entry.reply):
        says = "、".join(dict.fromkeys(cell for cell in row.cells if cell.strip()))[:40]
        yield Failure(
            source, "extract", f"这一行没有案由也没有内容（{says}）", "如是合计或说明行可不理会，否则请补全后再试"
        )
        return
    if entry.title or entry.body:
        yield _submission(source, row, sheet, profile)
    if entry.reply:
        lines = [line.strip() for line in entry.reply.split("\n") if line.strip()]
        text = "\n".join(lines)
        blocks = tuple(shaped([Block(line) for line in lines]))
        name = f"{source}/答复"
        yield Document(
            identity(name, text), name, "答复", entry.title, text, day_of(entry.replied), blocks, entry=entry
        )


def _submission(source: str, row: Row, sheet: str, profile: Profile) -> Document:
    entry = row.entry
    lines = [line.strip() for line in entry.body.split("\n") if line.strip()]
    title = " ".join(entry.title.split()) or lines[0][:40]
    blocks = (Block(title, "title"), *shaped([Block(line) for line in lines]))
    text = "\n".join(block.text for block in blocks)
    return Document(
        identity(source, text),
        source,
        _kind(entry.kind, sheet, title, text, profile),
        title,
        text,
        None,
        blocks,
        entry=entry,
    )


def _kind(said: str, sheet: str, title: str, text: str, profile: Profile) -> Kind:
    """The kind of a row: what its column or sheet calls it, then what it reads like; 建议 where unsure."""
    for words in (said, sheet):
        if "提案" in words and "建议" not in words:
            return "提案"
        if "建议" in words and "提案" not in words:
            return "建议"
    return "提案" if kind_of(title, text, profile) == "提案" else "建议"


def _other(file: File, sheet: Sheet, mark: str, profile: Profile) -> list[Document | Failure]:
    """A sheet that is no register as one plain document; one that ought to be a register as a failure."""
    columns = columns_of(sheet, profile)
    if columns is not None or looks_like_register(sheet):
        return [_unnamed(file.source + mark, sheet, columns)]
    blocks = tuple(Block("\t".join(filter(None, cells)), "row", cells=cells) for cells in sheet.rows if any(cells))
    draft = Draft(blocks, inked(block.text for block in blocks), title=sheet.name, tail=mark)
    return [replace(document, kind="其他") for document in finished(file, draft, profile)]


def _unnamed(source: str, sheet: Sheet, columns: Columns | None) -> Failure:
    """A register whose title and text columns go by names that the profile does not know."""
    first = next(row for row in sheet.rows if any(row))
    names = "、".join(columns.unknown if columns else (cell for cell in first if cell))
    return Failure(
        source,
        "extract",
        "认不出表里哪一列是案由、哪一列是内容",
        f"没有认出的列：{names}。请把列名补进配置目录的 columns.csv（如“案由”一行），或在表里改用“案由”“内容”等列名",
    )
