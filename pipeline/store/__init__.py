"""The embedded database; the only module that speaks SQL.

One table a kind of record: a few key columns, the fingerprint of what made the row (`made_by`), and the record
itself as JSON. Every write is one transaction, so a killed run leaves either the whole batch or nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from pipeline.errors import BanliError
from pipeline.records import Document, Failure, File, Reply, Speech, Submission
from pipeline.store import tables

SCHEMA_VERSION = 1
BATCH = 1000
"""Rows fetched at a time: one by one takes SQLAlchemy four times as long."""
R = TypeVar("R")


class Store:
    """Records in and out of one database; `url` is a file path or an SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        self.url = url if "://" in url else f"sqlite:///{url}"
        self._engine = _connected(self.url)
        try:
            self._migrate()
        except sa.exc.DBAPIError as error:
            remedy = "换一个 --store 路径，或删去损坏的数据库后重新运行"
            if self._engine.dialect.name != "sqlite":
                remedy = "核对地址、用户、密码和数据库名，确认数据库服务已启动，且该用户可以建表"
            raise BanliError(f"无法打开数据库 {_shown(self.url)}", remedy) from error

    def _migrate(self) -> None:
        with self._engine.begin() as connection:
            tables.metadata.create_all(connection)
            version = connection.scalar(sa.select(tables.meta.c.value).where(tables.meta.c.key == "schema_version"))
            if version is None:
                connection.execute(tables.meta.insert().values(key="schema_version", value=str(SCHEMA_VERSION)))
            elif int(version) > SCHEMA_VERSION:
                raise BanliError("数据库由更新版本的 banli 建立", "升级 banli，或用 --store 另建一个数据库")

    # Files and their part in the present run -------------------------------------------------------------------

    def set_roster(self, parts: Mapping[str, str]) -> None:
        """Say which files (by source) are the inbox, the replies and the history of the present run."""
        with self._using() as connection:
            connection.execute(tables.roster.delete())
            rows = [{"source": source, "part": part} for source, part in parts.items()]
            tables.insert(connection, tables.roster, rows)

    def unread(self, files: Sequence[File], made_by: str) -> list[File]:
        """The files that were not yet read as they are now by the present reader."""
        with self._using() as connection:
            c = tables.files.c
            rows = connection.execute(sa.select(c.source, c.path, c.digest, c.made_by))
            known = {tuple(row) for row in rows}
        return [f for f in files if (tables.key_of(f.source), f.path, f.digest, made_by) not in known]

    def add_files(self, files: Sequence[File], found: Sequence[Document | Failure], made_by: str) -> None:
        """Store what was read from the files; what an earlier reading gave goes, with all that hung on it."""
        owners = {file.source for file in files}
        with self._using() as connection:
            connection.execute(tables.stages.delete())
            tables.delete(connection, tables.files, tables.files.c.source, list(owners))
            tables.delete(connection, tables.failures, tables.failures.c.source, tables.failed(connection, owners))
            rows = [{"source": f.source, "path": f.path, "digest": f.digest, "made_by": made_by} for f in files]
            tables.insert(connection, tables.files, rows)
            owned = {id(record): tables.owner_of(record.source, owners) for record in found}
            kept = [r for r in found if isinstance(r, Document) and owned[id(r)]]
            rows = [tables.row_of(record, made_by) | {"file_source": owned[id(record)]} for record in kept]
            tables.insert(connection, tables.documents, rows)
            tables.put(connection, [r for r in found if not (isinstance(r, Document) and owned[id(r)])], made_by)

    def roster(self) -> set[str]:
        """The sources of the files of the present run."""
        with self._using() as connection:
            return set(connection.execute(sa.select(tables.roster.c.source)).scalars())

    def paths(self) -> dict[str, str]:
        """The path of every file that was read, by source."""
        with self._using() as connection:
            return {
                source: path
                for source, path in connection.execute(sa.select(tables.files.c.source, tables.files.c.path))
            }

    def parts(self) -> dict[str, str]:
        """The part (inbox, replies, history) of every document of the present run, by document id."""
        join = sa.select(tables.documents.c.id, tables.roster.c.part).join(
            tables.roster, tables.roster.c.source == tables.documents.c.file_source
        )
        with self._using() as connection:
            return {document: part for document, part in connection.execute(join)}

    # Records ---------------------------------------------------------------------------------------------------

    def unparsed(self, made_by: str) -> list[Document]:
        """The documents that the present parser has not seen."""
        seen = sa.select(tables.parsed.c.document_id).where(tables.parsed.c.made_by == made_by)
        return self._select(Document, tables.documents.c.id.not_in(seen))

    def add_parsed(self, documents: Sequence[Document], found: Sequence[object], made_by: str) -> None:
        """Store what the documents turned out to be, replacing what an earlier parser made of them."""
        ids = [document.id for document in documents]
        with self._using() as connection:
            connection.execute(tables.stages.delete())
            for kind in (Submission, Reply, Speech):
                tables.delete(connection, tables.TABLES[kind], tables.TABLES[kind].c.document_id, ids)
            tables.delete(connection, tables.parsed, tables.parsed.c.document_id, ids)
            tables.insert(connection, tables.parsed, [{"document_id": i, "made_by": made_by} for i in ids])
            tables.put(connection, found, made_by)

    def reopen(self, document_id: str) -> None:
        """Have the document parsed again."""
        with self._using() as connection:
            tables.delete(connection, tables.parsed, tables.parsed.c.document_id, [document_id])

    def add(self, records: Sequence[object], made_by: str) -> None:
        """Store records of any kind, replacing rows with the same key."""
        with self._using() as connection:
            tables.put(connection, records, made_by)

    def replace(self, stage: str, kinds: Collection[type], records: Sequence[object], made_by: str) -> None:
        """Exchange all rows of the kinds for the records, and remember that the stage is in state `made_by`."""
        with self._using() as connection:
            for kind in kinds:
                connection.execute(tables.TABLES[kind].delete())
            tables.put(connection, records, made_by)
            connection.execute(tables.stages.delete().where(tables.stages.c.stage == stage))
            connection.execute(tables.stages.insert().values(stage=stage, state=made_by))

    def state(self, stage: str) -> str | None:
        """The state in which `replace` left a stage that works on the whole set."""
        with self._using() as connection:
            found = connection.scalar(sa.select(tables.stages.c.state).where(tables.stages.c.stage == stage))
        return None if found is None else str(found)

    def all(self, kind: type[R]) -> list[R]:
        """Every record of the kind, in the order of the key."""
        return self._select(kind)

    def some(self, kind: type[R], keys: Collection[str]) -> list[R]:
        """The records of the kind with one of the keys (their first), in the order of the key."""
        column = next(iter(tables.TABLES[kind].primary_key))
        parts = (self._select(kind, column.in_(part)) for part in tables.chunks(sorted(keys), 500))
        return [record for part in parts for record in part]

    def naming(self, kind: type[R], words: Collection[str]) -> list[R]:
        """The records of the kind in which one of the words stands anywhere, in no order: one pass over the table."""
        payload = tables.TABLES[kind].c.payload
        where = sa.or_(sa.false(), *(payload.contains(word, autoescape=True) for word in words))
        with self._using() as connection:
            rows = connection.execute(sa.select(payload).where(where)).scalars().all()
        return [msgspec.json.decode(row, type=kind) for row in rows]

    def made_by(self, kind: type) -> dict[str, str]:
        """The fingerprint behind every row, by the row's first key."""
        table = tables.TABLES[kind]
        with self._using() as connection:
            rows = connection.execute(sa.select(next(iter(table.primary_key)), table.c.made_by))
            return {str(key): made_by for key, made_by in rows}

    def count(self, kind: type) -> int:
        """How many records of the kind there are."""
        with self._using() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(tables.TABLES[kind])) or 0

    def _select(self, kind: type[R], where: sa.ColumnElement[bool] | None = None) -> list[R]:
        table = tables.TABLES[kind]
        query = sa.select(table.c.payload).order_by(*table.primary_key)
        decoder = msgspec.json.Decoder(kind)
        with self._using() as connection:
            rows = connection.execute(query if where is None else query.where(where)).scalars()
            return [decoder.decode(payload) for part in rows.partitions(BATCH) for payload in part]

    @contextmanager
    def _using(self) -> Iterator[sa.Connection]:
        """A transaction; BanliError where the database goes away or its disk is full in the middle."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except (
            sa.exc.OperationalError,
            sa.exc.InterfaceError,
            OSError,
        ) as error:  # a driver may let a socket's through
            raise BanliError(
                f"数据库读写失败：{getattr(error, 'orig', error)}",
                "确认数据库可用、磁盘未满、没有别的程序占用；再运行一次，从中断处继续",
            ) from error

    def close(self) -> None:
        """Give the database file free."""
        self._engine.dispose()


def default_model_folder(url: str) -> Path:
    """Where the trained router of a store lies: beside an embedded database, else in the working folder."""
    path = sa.make_url(url if "://" in url else f"sqlite:///{url}").database or "banli"
    return Path(path).with_suffix(".model")


def default_index_folder(url: str) -> Path:
    """Where a store keeps what was read of its submissions for comparing them: beside it, as the model."""
    return default_model_folder(url).with_suffix(".index")


def own_paths(url: str) -> list[Path]:
    """All that a store writes on this machine: its file, unless a server has it, and what lies beside it."""
    found = sa.make_url(url if "://" in url else f"sqlite:///{url}")
    file = [Path(found.database)] if found.get_backend_name() == "sqlite" and found.database else []
    return [*file, default_model_folder(url), default_index_folder(url)]


def _shown(url: str) -> str:
    """The address of a database as a person may see it: the path of a file, and no password."""
    return url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else str(sa.make_url(url))


def _connected(url: str) -> sa.Engine:
    try:
        # A server may drop an idle connection, and not every driver tells: none is kept from one write to the next.
        engine = sa.create_engine(url, poolclass=None if url.startswith("sqlite") else sa.NullPool)
    except ImportError as error:
        raise BanliError(f"连接这种数据库还缺少程序 {error.name}", "先安装：pip install 'banli[postgres]'") from error
    except sa.exc.ArgumentError as error:
        raise BanliError(
            "看不懂 --store 的写法", "写文件路径，或 postgresql+pg8000://用户:密码@主机:5432/数据库"
        ) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
