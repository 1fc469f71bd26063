"""Register rows to documents: a submission, its reply, or a failure that names the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.errors import UnreadableFile
from pipeline.extract import limits
from pipeline.extract.draft import Draft, inked
from pipeline.extract.finish import finished, identity
from pipeline.extract.lines import Row, rows_of
from pipeline.extract.lint import linted
from pipeline.extract.pulse import beat
from pipeline.extract.register import Columns, columns_of, looks_like_register
from pipeline.extract.sheets import Sheet
from pipeline.extract.structure import shaped
from pipeline.figures import day_of
from pipeline.kinds import kind_of
from pipeline.profile import Profile
from pipeline.records import Block, Document, Failure, File, Kind

_BEAT = 5000
_SHOWN = 120


def documents(file: File, sheets: Sequence[Sheet], profile: Profile) -> list[Document | Failure]:
    """The rows of all sheets as documents; a sheet that is no register becomes one plain document."""
    found: list[Document | Failure] = []
    named = sum(bool(sheet.rows) for sheet in sheets) > 1
    for sheet in sheets:
        if len(sheet.rows) > limits.BLOCKS:
            raise UnreadableFile(
                f"表格过长（{len(sheet.rows)} 行，超过 {limits.BLOCKS} 行）", "请按年度拆成几个文件后再试"
            )
        mark = f"!{sheet.name}" if named else ""
        columns = columns_of(sheet, profile)
        if columns is not None and columns.doubts:
            found.append(_doubtful(file.source + mark, columns))
        elif columns is not None and {"title", "body", "reply"} & columns.places.keys():
            found += _register(file.source + mark, sheet, columns, profile)
        elif any(any(cells) for cells in sheet.rows):
            found += _other(file, sheet, mark, profile)
    if not found:
        return [Failure(file.source, "extract", "表格里没有数据", "请核对是否选错了文件")]
    return found


def _register(source: str, sheet: Sheet, columns: Columns, profile: Profile) -> list[Document | Failure]:
    """The items of one sheet; its closing lines are one warning on the last of them."""
    found: list[Document | Failure] = []
    closing: list[str] = []
    for count, row in enumerate(rows_of(sheet, columns, profile), 1):
        if row.closing:
            closing.append(_says(row))
        else:
            found += _row(f"{source}#{row.number}", row, sheet.name, profile)
        if count % _BEAT == 0:
            beat()
    documents = [index for index, item in enumerate(found) if isinstance(item, Document)]
    if closing and documents:
        last = found[documents[-1]]
        told = f"本表有 {len(closing)} 行不是来件（合计、备注、分类名等），没有读取：{'；'.join(closing)[:_SHOWN]}"
        assert isinstance(last, Document)
        found[documents[-1]] = replace(last, warnings=(*last.warnings, told))
    if closing and not found:
        return [Failure(source, "extract", "表里只有表头和说明，没有来件", "请核对是否选错了文件")]
    return found


def _says(row: Row) -> str:
    return "、".join(dict.fromkeys(cell.strip() for cell in row.cells if cell.strip()))[:40]


def _doubtful(source: str, columns: Columns) -> Failure:
    """A register with two columns for one field: which is meant is for a person to say."""
    said = "；".join(
        f"“{doubt.field}”可能是{'、'.join(f'“{name}”' for name in doubt.names)}" for doubt in columns.doubts
    )
    calls = " ".join(f"--columns {doubt.field}={doubt.names[0]}" for doubt in columns.doubts)
    return Failure(
        source, "extract", f"分不清该用哪一列：{said}", f"请在命令里写明用哪一列，例如 {calls}；或在表里只留一列"
    )


def _row(source: str, row: Row, sheet: str, profile: Profile) -> Iterator[Document | Failure]:
    entry = row.entry
    if not (entry.title or entry.body or entry.reply):
        yield Failure(source, "extract", f"这一行没有案由也没有内容（{_says(row)}）", "请补全后再试")
        return
    if entry.title or entry.body:
        yield _submission(source, row, sheet, profile)
    if entry.reply:
        lines = [line.strip() for line in entry.reply.split("\n") if line.strip()]
        text = "\n".join(lines)
        blocks = tuple(shaped([Block(line) for line in lines]))
        name = f"{source}/答复"
        yield Document(
            identity(name, text), name, "答复", entry.title, text, day_of(entry.replied), blocks,
            warnings=tuple(linted(blocks, profile)), entry=entry,
        )  # fmt: skip


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
        warnings=(*_joined(row), *linted(blocks, profile)),
        entry=entry,
    )


def _joined(row: Row) -> tuple[str, ...]:
    last = row.number + row.lines - 1
    return (f"第 {row.number} 至 {last} 行是同一件，已合为一件",) if row.lines > 1 else ()


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
    unknown = columns.unknown if columns else tuple(cell for cell in first if cell)
    names, example = "、".join(unknown), unknown[0] if unknown else "列名"
    return Failure(
        source,
        "extract",
        "认不出表里哪一列是案由、哪一列是内容",
        f"没有认出的列：{names}。请在命令里写明，例如 --columns 案由={example}；或把列名补进规则文件夹的 columns.csv",
    )
