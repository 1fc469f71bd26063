"""The embedded database; the only module that speaks SQL.

One table a kind of record: a few key columns, the fingerprint of what made the row (`made_by`), and the record
itself as JSON. Every write is one transaction, so a killed run leaves either the whole batch or nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from pipeline.errors import BanliError
from pipeline.records import Document, Failure, File, Reply, Speech, Submission
from pipeline.store import tables

SCHEMA_VERSION = 1
R = TypeVar("R")


class Store:
    """Records in and out of one database; `url` is a file path or an SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        self.url = url if "://" in url else f"sqlite:///{url}"
        self._engine = sa.create_engine(self.url)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
        try:
            self._migrate()
        except sa.exc.DatabaseError as error:
            raise BanliError(f"无法打开数据库 {url}", "换一个 --store 路径，或删去损坏的数据库后重新运行") from error

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
        with self._engine.begin() as connection:
            connection.execute(tables.roster.delete())
            rows = [{"source": source, "part": part} for source, part in parts.items()]
            tables.insert(connection, tables.roster, rows)

    def unread(self, files: Sequence[File], made_by: str) -> list[File]:
        """The files that were not yet read as they are now by the present reader."""
        with self._engine.connect() as connection:
            c = tables.files.c
            rows = connection.execute(sa.select(c.source, c.path, c.digest, c.made_by))
            known = {tuple(row) for row in rows}
        return [f for f in files if (f.source, f.path, f.digest, made_by) not in known]

    def add_files(self, files: Sequence[File], found: Sequence[Document | Failure], made_by: str) -> None:
        """Store what was read from the files; what an earlier reading gave goes, with all that hung on it."""
        owners = {file.source for file in files}
        with self._engine.begin() as connection:
            connection.execute(tables.stages.delete())
            tables.delete(connection, tables.files, tables.files.c.source, list(owners))
            old = connection.execute(sa.select(tables.failures.c.source)).scalars()
            tables.delete(
                connection, tables.failures, tables.failures.c.source, [s for s in old if tables.owner_of(s, owners)]
            )
            rows = [{"source": f.source, "path": f.path, "digest": f.digest, "made_by": made_by} for f in files]
            tables.insert(connection, tables.files, rows)
            for record in found:
                owner = tables.owner_of(record.source, owners)
                if isinstance(record, Document) and owner:
                    row = tables.row_of(record, made_by) | {"file_source": owner}
                    tables.insert(connection, tables.documents, [row])
                else:
                    tables.put(connection, [record], made_by)

    def roster(self) -> set[str]:
        """The sources of the files of the present run."""
        with self._engine.connect() as connection:
            return set(connection.execute(sa.select(tables.roster.c.source)).scalars())

    def paths(self) -> dict[str, str]:
        """The path of every file that was read, by source."""
        with self._engine.connect() as connection:
            return {
                source: path
                for source, path in connection.execute(sa.select(tables.files.c.source, tables.files.c.path))
            }

    def parts(self) -> dict[str, str]:
        """The part (inbox, replies, history) of every document of the present run, by document id."""
        join = sa.select(tables.documents.c.id, tables.roster.c.part).join(
            tables.roster, tables.roster.c.source == tables.documents.c.file_source
        )
        with self._engine.connect() as connection:
            return {document: part for document, part in connection.execute(join)}

    # Records ---------------------------------------------------------------------------------------------------

    def unparsed(self, made_by: str) -> list[Document]:
        """The documents that the present parser has not seen."""
        seen = sa.select(tables.parsed.c.document_id).where(tables.parsed.c.made_by == made_by)
        return self._select(Document, tables.documents.c.id.not_in(seen))

    def add_parsed(self, documents: Sequence[Document], found: Sequence[object], made_by: str) -> None:
        """Store what the documents turned out to be, replacing what an earlier parser made of them."""
        ids = [document.id for document in documents]
        with self._engine.begin() as connection:
            connection.execute(tables.stages.delete())
            for kind in (Submission, Reply, Speech):
                tables.delete(connection, tables.TABLES[kind], tables.TABLES[kind].c.document_id, ids)
            tables.delete(connection, tables.parsed, tables.parsed.c.document_id, ids)
            tables.insert(connection, tables.parsed, [{"document_id": i, "made_by": made_by} for i in ids])
            tables.put(connection, found, made_by)

    def reopen(self, document_id: str) -> None:
        """Have the document parsed again."""
        with self._engine.begin() as connection:
            tables.delete(connection, tables.parsed, tables.parsed.c.document_id, [document_id])

    def add(self, records: Sequence[object], made_by: str) -> None:
        """Store records of any kind, replacing rows with the same key."""
        with self._engine.begin() as connection:
            tables.put(connection, records, made_by)

    def replace(self, stage: str, kinds: Collection[type], records: Sequence[object], made_by: str) -> None:
        """Exchange all rows of the kinds for the records, and remember that the stage is in state `made_by`."""
        with self._engine.begin() as connection:
            for kind in kinds:
                connection.execute(tables.TABLES[kind].delete())
            tables.put(connection, records, made_by)
            connection.execute(tables.stages.delete().where(tables.stages.c.stage == stage))
            connection.execute(tables.stages.insert().values(stage=stage, state=made_by))

    def state(self, stage: str) -> str | None:
        """The state in which `replace` left a stage that works on the whole set."""
        with self._engine.connect() as connection:
            found = connection.scalar(sa.select(tables.stages.c.state).where(tables.stages.c.stage == stage))
        return None if found is None else str(found)

    def all(self, kind: type[R]) -> list[R]:
        """Every record of the kind, in the order of the key."""
        return self._select(kind)

    def made_by(self, kind: type) -> dict[str, str]:
        """The fingerprint behind every row, by the row's first key."""
        table = tables.TABLES[kind]
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(next(iter(table.primary_key)), table.c.made_by))
            return {str(key): made_by for key, made_by in rows}

    def count(self, kind: type) -> int:
        """How many records of the kind there are."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(tables.TABLES[kind])) or 0

    def _select(self, kind: type[R], where: sa.ColumnElement[bool] | None = None) -> list[R]:
        table = tables.TABLES[kind]
        query = sa.select(table.c.payload).order_by(*table.primary_key)
        decoder = msgspec.json.Decoder(kind)
        with self._engine.connect() as connection:
            rows = connection.execute(query if where is None else query.where(where)).scalars()
            return [decoder.decode(payload) for payload in rows]

    def close(self) -> None:
        """Give the database file free."""
        self._engine.dispose()


def default_model_folder(url: str) -> Path:
    """Where the trained router of a store lies: beside an embedded database, else in the working folder."""
    path = sa.make_url(url if "://" in url else f"sqlite:///{url}").database or "banli"
    return Path(path).with_suffix(".model")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
