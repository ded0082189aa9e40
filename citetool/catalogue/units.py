"""Units of work: some sources, read into Parquet files of their own.

A large source is a unit, small ones share one by a hash of their paths, so that a new file changes no more than its
unit. A unit's files are named by what they were made of; what is made again of the same sources is the same.
"""

from __future__ import annotations

import hashlib
import io
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from citetool import __version__
from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, Rejected
from citetool.problems import CitetoolError, Problem, Where
from citetool.record.model import Record
from citetool.record.yamltext import read_record

from .columns import REJECTS, ROWS
from .schema import VERSION, reject_of, row_of
from .sources import Source, members
from .store import DATA, Built

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LARGE = 8 * 1024 * 1024
"""Bytes from which a source is a unit of its own."""
_BUCKETS = 64
_ROWS = 10_000  # of one file, which bounds the memory of a worker: some 350 MB
_GROUP = 5_000  # rows that a look-up by key reads
_SHAPES = {"rows": ROWS, "rejects": REJECTS}


class Unit(NamedTuple):
    """Sources that are read together; `stamp` tells one state of them from another."""

    name: str
    stamp: str
    sources: tuple[Source, ...]
    format: str | None


def plan_units(sources: Iterable[Source], format: str | None) -> list[Unit]:
    """Return the units of some sources, sorted by name."""
    grouped: dict[str, list[Source]] = {}
    for source in sources:
        number = zlib.crc32(source.path.encode())
        name = f"file-{number:08x}-{source.size}" if source.size >= LARGE else f"bucket-{number % _BUCKETS:02d}"
        grouped.setdefault(name, []).append(source)
    return [Unit(name, _stamp(group, format), tuple(group), format) for name, group in sorted(grouped.items())]


def _stamp(sources: list[Source], format: str | None) -> str:
    said = repr((VERSION, __version__, format, sorted(sources)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def build_unit(unit: Unit, folder: str) -> Built:
    """Read the sources of a unit into files below the folder. Raises OSError where they cannot be written."""
    rows, rejects = _Part(unit, folder, "rows"), _Part(unit, folder, "rejects")
    fields: set[str] = set()
    for source in unit.sources:
        for place, position, found in _read(source, unit.format):
            if isinstance(found, Record):
                row, named = row_of(found, place, position)
                fields |= named
                rows.add(row)
            else:
                rejects.add(reject_of(found.problem, place, found.raw))
    return Built(unit.name, unit.stamp, rows.close(), rejects.close(), rows.number, rejects.number, sorted(fields))


def _read(source: Source, format: str | None) -> Iterator[tuple[str, int, Record | Rejected]]:
    """Yield `(name, position, record or reject)`; a file that cannot be read is one reject, and the others go on."""
    name = source.path
    try:
        for name, stream in members(source):
            try:
                yield from _entries(name, stream, format)
            except CitetoolError as error:
                yield from ((name, -1, Rejected(problem, "")) for problem in error.problems)
    except CitetoolError as error:
        yield from ((name, -1, Rejected(problem, "")) for problem in error.problems)
    except OSError as error:
        problem = Problem(f"the file cannot be read: {str(error.strerror or error).lower()}", Where(name))
        yield name, -1, Rejected(problem, "")


def _entries(name: str, stream: BinaryIO, format: str | None) -> Iterator[tuple[str, int, Record | Rejected]]:
    if format is None and name.endswith((".yaml", ".yml")):
        content = stream.read()
        with suppress(CitetoolError, UnicodeDecodeError):  # what is no record of ours may be a list of references
            yield name, 0, read_record(content.decode(), name)
            return
        stream = io.BytesIO(content)
    position = -1
    for found in read_file(stream, format, ReadOptions(source=name)):
        if isinstance(found, Record | Rejected):
            position += 1
            yield name, position, found


class _Part:
    """The rows of a unit, written a file at a time, each sorted by key."""

    def __init__(self, unit: Unit, folder: str, kind: str) -> None:
        self._folder = Path(folder)
        self._stem = f"{DATA}/{kind}-{unit.name}-{unit.stamp}"
        self._schema = _SHAPES[kind]
        self._rows: list[dict[str, Any]] = []
        self._files: list[str] = []
        self.number = 0

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        self.number += 1
        if len(self._rows) >= _ROWS:
            self._write()

    def close(self) -> list[str]:
        if self._rows:
            self._write()
        return self._files

    def _write(self) -> None:
        name = f"{self._stem}-{len(self._files):04d}.parquet"
        if "key" in self._schema.names:
            self._rows.sort(key=lambda row: (row["key"], row["source"], row["position"]))
        table = pa.Table.from_pylist(self._rows, self._schema)
        part = self._folder / f"{name}.{os.getpid()}.part"
        pq.write_table(table, part, compression="zstd", row_group_size=_GROUP)
        part.replace(self._folder / name)
        self._files.append(name)
        self._rows.clear()
