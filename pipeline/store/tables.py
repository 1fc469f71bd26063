"""The tables of the store, and rows in and out of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

import msgspec
import sqlalchemy as sa

from pipeline.records import (
    Audit,
    Decision,
    Document,
    Failure,
    Handed,
    Match,
    Owed,
    Pair,
    Receipt,
    Reply,
    Route,
    Speech,
    Submission,
    Theme,
)

R = TypeVar("R")

metadata = sa.MetaData()


LONGEST = 2000
"""Bytes of a key: PostgreSQL puts no more than 2,704 into a row of an index, and a failure has its stage there too."""


def key_of(text: str, longest: int = LONGEST) -> str:
    """A text as a key of any database: without the NUL that PostgreSQL refuses, a long one cut and told by its digest.

    Nothing is lost: the record itself stands beside its key, as JSON.

    >>> key_of("收件/包.zip/1.docx")
    '收件/包.zip/1.docx'
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > longest:
        text = f"{_beginning(data, longest)}…{hashlib.sha256(data).hexdigest()[:32]}"
    return text.replace("\0", "\ufffd")


def _beginning(data: bytes, longest: int) -> str:
    """What a long text and the key made of it have in common."""
    return data[: longest - 40].decode("utf-8", "ignore")


class _Key(sa.TypeDecorator[str]):
    """A key column: every value that goes to it is made a key, in rows and in conditions alike.

    Keys are ordered by code point in every database, as Python orders them.
    """

    impl, cache_ok = sa.String, True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[str]:
        """Text, on PostgreSQL not in the order of a language."""
        return sa.String(collation="C" if dialect.name == "postgresql" else None)

    def process_bind_param(self, value: str | None, _dialect: sa.Dialect) -> str | None:
        """The key of a text."""
        return value and key_of(value)


KEY = _Key()
ROWS = 1000
"""Rows a statement: PostgreSQL takes 32,767 values at once, of which the widest table has four a row."""


def _key(name: str, refers_to: str | None = None, *, primary: bool = True, index: bool = False) -> sa.Column[str]:
    reference = [sa.ForeignKey(refers_to, ondelete="CASCADE")] if refers_to else []
    return sa.Column(name, KEY, *reference, primary_key=primary, index=index or not primary, nullable=False)


def _table(name: str, *keys: sa.Column[str]) -> sa.Table:
    made_by = sa.Column("made_by", sa.String, nullable=False)
    return sa.Table(name, metadata, *keys, made_by, sa.Column("payload", sa.Text, nullable=False))


meta = sa.Table("meta", metadata, sa.Column("key", KEY, primary_key=True), sa.Column("value", sa.String))
stages = sa.Table("stages", metadata, sa.Column("stage", KEY, primary_key=True), sa.Column("state", sa.String))
roster = sa.Table("roster", metadata, sa.Column("source", KEY, primary_key=True), sa.Column("part", sa.String))
files = sa.Table(
    "files",
    metadata,
    _key("source"),
    sa.Column("path", sa.String, nullable=False),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("made_by", sa.String, nullable=False),
)
documents = _table("documents", _key("id"), _key("file_source", "files.source", primary=False))
parsed = sa.Table(
    "parsed", metadata, _key("document_id", "documents.id"), sa.Column("made_by", sa.String, nullable=False)
)
failures = _table("failures", _key("source"), _key("stage"))
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _key("subject_id", primary=False),
    sa.Column("made_by", sa.String, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)
TABLES: dict[type, sa.Table] = {
    Document: documents,
    Submission: _table("submissions", _key("id"), _key("document_id", "documents.id", primary=False)),
    Reply: _table("replies", _key("id"), _key("document_id", "documents.id", primary=False)),
    Speech: _table("speeches", _key("id"), _key("document_id", "documents.id", primary=False)),
    Route: _table("routes", _key("submission_id", "submissions.id")),
    Match: _table("matches", _key("left", "submissions.id"), _key("right", "submissions.id", index=True)),
    Theme: _table("themes", _key("id")),
    Pair: _table("pairs", _key("reply_id", "replies.id")),
    Audit: _table("audits", _key("reply_id", "replies.id")),
    Owed: _table("promises", _key("id"), _key("reply_id", "replies.id", primary=False)),
    Failure: failures,
    Decision: decisions,
    Handed: _table("handed", _key("subject_id"), _key("unit")),
    Receipt: _table("receipts", _key("subject_id"), _key("unit")),
}


def owner_of(source: str, owners: Collection[str]) -> str | None:
    """The file that a source such as `a.zip/b.xlsx!Sheet#12` came from."""
    if source in owners:
        return source
    cuts = [i for i, mark in enumerate(source) if mark in "#!/@"]
    return next((source[:i] for i in reversed(cuts) if source[:i] in owners), None)


def failed(connection: sa.Connection, owners: Collection[str]) -> list[str]:
    """The keys of the failures that came from the files."""
    column = failures.c.source
    starts = [_beginning(key_of(owner).encode(), LONGEST) for owner in owners]
    below = sa.or_(*(sa.and_(column >= start, column <= f"{start}\U0010ffff") for start in starts))
    rows = connection.execute(sa.select(column, failures.c.payload).where(below))
    decoder = msgspec.json.Decoder(Failure)
    return [key for key, payload in rows if owner_of(decoder.decode(payload).source, owners)]


def row_of(record: object, made_by: str) -> dict[str, Any]:
    """The table row of a record: its keys, its fingerprint, itself as JSON."""
    table = TABLES[type(record)]
    keys = [c.name for c in table.columns if c.name not in ("made_by", "payload", "file_source")]
    row = {key: key_of(getattr(record, key)) for key in keys if hasattr(record, key)}
    return row | {"made_by": made_by, "payload": msgspec.json.encode(record).decode()}


def put(connection: sa.Connection, records: Iterable[object], made_by: str) -> None:
    """Write the records, each over the row with its key."""
    by_kind: dict[type, dict[tuple[Any, ...], dict[str, Any]]] = {}
    for record in records:
        row = row_of(record, made_by)
        keys = tuple(row.get(column.name, id(record)) for column in TABLES[type(record)].primary_key)
        by_kind.setdefault(type(record), {})[keys] = row
    for kind, rows in by_kind.items():
        table = TABLES[kind]
        named = [c for c in table.primary_key if c.name in next(iter(rows.values()))]
        if named:
            _delete_rows(connection, named, list(rows.values()))
        insert(connection, table, list(rows.values()))


def _delete_rows(connection: sa.Connection, keys: Sequence[sa.Column[Any]], rows: Sequence[Mapping[str, Any]]) -> None:
    """Delete the rows that have these keys: a server takes many at a call, the embedded database one after another."""
    table = keys[0].table
    if connection.dialect.name == "sqlite":
        clause = sa.and_(*(key == sa.bindparam(f"k_{key.name}") for key in keys))
        doomed = [{f"k_{key.name}": row[key.name] for key in keys} for row in rows]
        connection.execute(sa.delete(table).where(clause), doomed)
        return
    for chunk in chunks(rows, ROWS):
        values = [tuple(row[key.name] for key in keys) for row in chunk]
        connection.execute(sa.delete(table).where(sa.tuple_(*keys).in_(values)))


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, if any; see `_delete_rows`."""
    if connection.dialect.name == "sqlite" and rows:
        connection.execute(table.insert(), cast(list[Mapping[str, Any]], list(rows)))
        return
    for chunk in chunks(rows, ROWS):
        connection.execute(table.insert().values(chunk))


def delete(connection: sa.Connection, table: sa.Table, column: sa.Column[Any], values: Sequence[str]) -> None:
    """Delete the rows whose column holds one of the values."""
    for chunk in chunks(values, 500):
        connection.execute(table.delete().where(column.in_(chunk)))


def chunks(values: Iterable[R], size: int) -> Iterator[list[R]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk
