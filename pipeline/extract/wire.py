"""What the reading stage and its worker process say to each other: length-prefixed MessagePack.

No pickle comes back from the worker: it has opened files from strangers.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

import msgspec

from pipeline.records import Document, Failure, File

M = TypeVar("M")
_LENGTH = struct.Struct("<Q")
OUT_OF_MEMORY = 86
"""The exit code of a worker whose file took all memory."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Read this file; `words` is its text as .docx where it had to be converted, `skip` the members already read."""

    file: File
    words: bytes | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Old:
    """A file, or a member of an archive, that has to be converted before it can be read."""

    file: File
    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """A step of a reading: what one file or member gave.

    In an archive a step before it names the member (`at`). `done` ends the reading; an empty step is a sign of life.
    """

    at: str = ""
    found: tuple[Document, ...] = ()
    failed: tuple[Failure, ...] = ()
    old: Old | None = None
    done: bool = False

    @property
    def items(self) -> list[Document | Failure | Old]:
        """All that the step gave."""
        return [*self.found, *self.failed, *([self.old] if self.old else [])]


def send(stream: BinaryIO, message: Ask | Told | bytes) -> None:
    """Write one message."""
    data = message if isinstance(message, bytes) else msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive_bytes(stream: BinaryIO) -> bytes | None:
    """The next message as bytes, None where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def receive(stream: BinaryIO, kind: type[M]) -> M | None:
    """The next message, None where the other side is gone."""
    data = receive_bytes(stream)
    return None if data is None else msgspec.msgpack.decode(data, type=kind)
