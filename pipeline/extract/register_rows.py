"""Register rows to documents: a submission, its reply, or a failure that names the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pipeline.errors import UnreadableFile
from pipeline.extract import captions, forms, limits
from pipeline.extract.contest import Doubt
from pipeline.extract.draft import Draft, inked
from pipeline.extract.finish import finished, identity
from pipeline.extract.halves import sides
from pipeline.extract.header import known_names
from pipeline.extract.lines import Row, rows_of
from pipeline.extract.lint import linted
from pipeline.extract.pulse import beat
from pipeline.extract.register import Columns, looks_like_register, tables_of
from pipeline.extract.sheets import Sheet
from pipeline.extract.structure import shaped
from pipeline.figures import day_of
from pipeline.kinds import kind_of
from pipeline.profile import Profile
from pipeline.records import Block, Document, Entry, Failure, File, Kind, Removal

_BEAT = 5000
_SHOWN = 120
Found = list[Document | Failure]


def documents(file: File, sheets: Sequence[Sheet], profile: Profile) -> Found:
    """The rows of all sheets as documents; a sheet that is no register becomes one plain document."""
    found: Found = []
    named = sum(bool(sheet.rows) for sheet in sheets) > 1
    for sheet in sheets:
        if len(sheet.rows) > limits.BLOCKS:
            raise UnreadableFile(
                f"表格过长（{len(sheet.rows)} 行，超过 {limits.BLOCKS} 行）", "请按年度拆成几个文件后再试"
            )
        mark = f"!{sheet.name}" if named else ""
        if sheet.hidden:
            found += _hidden(file.source + mark, sheet, profile)
            continue
        for side, part in sides(sheet, known_names(profile)):
            found += _sheet(file, part, mark + (f"!{side}" if side else ""), profile)
    if not found:
        return [Failure(file.source, "extract", "表格里没有数据", "请核对是否选错了文件")]
    return found


def _sheet(file: File, sheet: Sheet, mark: str, profile: Profile) -> Found:
    """The items of all tables of a sheet; a form as one item; anything else as one plain document."""
    stem, source = PurePosixPath(file.source).stem, file.source + mark
    tables = tables_of(sheet, profile, stem)
    if any(table.doubts for table in tables):
        return [_doubtful(source, [doubt for table in tables for doubt in table.doubts])]
    if any(table.reads for table in tables):
        return [item for table in tables for item in _register(_Table(source, sheet, table, stem), profile)]
    form = forms.items(sheet, profile)
    if form:
        return [item for row in form for item in _row(f"{source}#{row.number}", row, sheet.name, profile)]
    return _other(file, sheet, mark, profile) if any(any(cells) for cells in sheet.rows) else []


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a sheet: where it comes from, and the stem of its file's name."""

    source: str
    sheet: Sheet
    columns: Columns
    stem: str

    def rows(self, profile: Profile) -> Iterator[Row]:
        told = self.columns.captions(self.sheet)
        keys = [self.columns.places[name] for name in ("number", "title", "proposers") if name in self.columns.places]
        context = captions.above(told, self.sheet.name, [self.columns.names[place] for place in keys], profile)
        return rows_of(self.sheet, self.columns, profile, context)


def _register(table: _Table, profile: Profile) -> Found:
    """The items of one table; its first document tells of guesses, its last of all lines that are no items."""
    if not table.columns.reads:
        return [_unnamed(table.source, table.sheet.rows[table.columns.head], table.columns)]
    found: Found = []
    apart: list[Row] = []
    for count, row in enumerate(table.rows(profile), 1):
        if row.apart:
            apart.append(row)
        else:
            found += _row(f"{table.source}#{row.number}", row, table.stem, profile)
        if count % _BEAT == 0:
            beat()
    documents = [index for index, item in enumerate(found) if isinstance(item, Document)]
    if documents:
        _tell(found, documents[-1], _closing(apart))
        _tell(found, documents[0], (*table.sheet.notes, *table.columns.notes))
        _set_apart(found, documents[-1], apart)
    elif not found and any(row.closing for row in apart):
        return [Failure(table.source, "extract", "表里只有表头和说明，没有来件", "请核对是否选错了文件")]
    return found


def _tell(found: Found, index: int, warnings: Sequence[str]) -> None:
    item = found[index]
    assert isinstance(item, Document)
    found[index] = replace(item, warnings=(*item.warnings, *warnings)) if warnings else item


def _set_apart(found: Found, index: int, apart: Sequence[Row]) -> None:
    item = found[index]
    assert isinstance(item, Document)
    removed = tuple(Removal(_says(row, _SHOWN), f"登记表第 {row.number} 行：{row.apart}") for row in apart)
    found[index] = replace(item, removed=(*item.removed, *removed))


def _closing(apart: Sequence[Row]) -> tuple[str, ...]:
    said = [_says(row) for row in apart if row.closing]
    if not said:
        return ()
    return (f"本表有 {len(said)} 行不是来件（合计、备注、分类名等），没有读取：{'；'.join(said)[:_SHOWN]}",)


def _hidden(source: str, sheet: Sheet, profile: Profile) -> Found:
    """What to tell of a hidden sheet: people leave old data and lists there."""
    filled = sum(any(row) for row in sheet.rows)
    if not looks_like_register(sheet) and not any(table.reads for table in tables_of(sheet, profile)):
        return []
    return [
        Failure(
            source, "extract", f"工作表“{sheet.name}”是隐藏的，其中 {filled} 行没有读取",
            "如需读取，请在 Excel 里取消隐藏这张表，保存后再试；不需要的可不理会",
        )
    ]  # fmt: skip


def _says(row: Row, limit: int = 40) -> str:
    return "、".join(dict.fromkeys(cell.strip() for cell in row.cells if cell.strip()))[:limit]


def _doubtful(source: str, doubts: Sequence[Doubt]) -> Failure:
    """A register with two columns for one field: which is meant is for a person to say."""
    said = "；".join(f"“{doubt.field}”可能是{'、'.join(f'“{name}”' for name in doubt.names)}" for doubt in doubts)
    calls = " ".join(f"--columns {doubt.field}={doubt.names[0]}" for doubt in doubts)
    return Failure(
        source, "extract", f"分不清该用哪一列：{said}", f"请在命令里写明用哪一列，例如 {calls}；或在表里只留一列"
    )


def _row(source: str, row: Row, stem: str, profile: Profile) -> Iterator[Document | Failure]:
    entry = row.entry
    if not (entry.title or entry.body or entry.reply or entry.receipt):
        yield Failure(source, "extract", f"这一行没有案由也没有内容（{_says(row)}）", "请补全后再试")
        return
    if entry.title or entry.body or entry.receipt:
        yield _submission(source, row, stem, profile)
    for number, said in row.replies:
        yield _reply(f"{source.rpartition('#')[0]}#{number}/答复", said, profile)


def _reply(source: str, entry: Entry, profile: Profile) -> Document:
    lines = [line.strip() for line in entry.reply.split("\n") if line.strip()]
    text = "\n".join(lines)
    blocks = tuple(shaped([Block(line) for line in lines]))
    return Document(
        identity(source, text), source, "答复", entry.title, text, day_of(entry.replied), blocks,
        warnings=tuple(linted(blocks, profile)), entry=entry,
    )  # fmt: skip


def _submission(source: str, row: Row, stem: str, profile: Profile) -> Document:
    entry = row.entry
    lines = [line.strip() for line in entry.body.split("\n") if line.strip()]
    title = " ".join(entry.title.split()) or (lines[0][:40] if lines else entry.number)
    blocks = (Block(title, "title"), *shaped([Block(line) for line in lines]))
    text = "\n".join(block.text for block in blocks)
    return Document(
        identity(source, text),
        source,
        _kind((entry.kind, entry.session, stem), title, text, profile),
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


def _kind(said: tuple[str, ...], title: str, text: str, profile: Profile) -> Kind:
    """The kind of a row: 提案 where its title ends so; what its column, table or file calls it; what it reads like."""
    if title.endswith("提案"):
        return "提案"
    for words in said:
        side = captions.side_of(words)
        if side:
            return "提案" if side == "提案" else "建议"
    return "提案" if kind_of(title, text, profile) == "提案" else "建议"


def _other(file: File, sheet: Sheet, mark: str, profile: Profile) -> Found:
    """A sheet that is no register as one plain document; one that ought to be a register as a failure."""
    tables = tables_of(sheet, profile)
    if tables or looks_like_register(sheet):
        first = next(row for row in sheet.rows if len(set(filter(None, row))) > 1)
        return [_unnamed(file.source + mark, first, tables[0] if tables else None)]
    blocks = tuple(Block("\t".join(filter(None, cells)), "row", cells=cells) for cells in sheet.rows if any(cells))
    draft = Draft(blocks, inked(block.text for block in blocks), title=sheet.name, tail=mark)
    return [
        replace(document, kind="其他", warnings=(*document.warnings, *sheet.notes))
        for document in finished(file, draft, profile)
    ]


def _unnamed(source: str, first: Sequence[str], columns: Columns | None) -> Failure:
    """A register whose title and text columns go by names that the profile does not know."""
    unknown = columns.unknown if columns else tuple(" ".join(cell.split()) for cell in first if cell)
    names, example = "、".join(unknown)[:200], unknown[0] if unknown else "第2列"
    return Failure(
        source,
        "extract",
        "认不出表里哪一列是案由、哪一列是内容",
        f"没有认出的列：{names or '无'}。请在命令里写明，例如 --columns 案由={example}（没有列名的写第几列，"
        "如 --columns 案由=第2列）；或把列名补进规则文件夹的 columns.csv",
    )
