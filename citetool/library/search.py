"""Asking the index: hits one by one, as many as the query finds, and numbers for an overview."""

from __future__ import annotations

import json
import sqlite3
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from .follow import ready
from .query import parse_query
from .select import select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .index import Index


class Hit(NamedTuple):
    """One record that a query found: what a list shows, and the record as plain data in JSON (`plain`)."""

    key: str
    path: str
    date: str
    kind: str
    title: str
    author: str
    repository: str
    collection: str
    plain: str

    def data(self) -> dict[str, Any]:
        """The record as plain data."""
        data: dict[str, Any] = json.loads(self.plain)
        return data


_SHOWN = "key, path, date, kind, title, author, coalesce(repository, ''), coalesce(collection, ''), plain, checksum"


def search(root: Path, text: str, say: Callable[[str], None], limit: int | None = None) -> Iterator[Hit]:
    """The records that a query finds, in its order, read from the index as they are asked for.

    Raises QueryError. An index that turns out damaged on the way is built anew, and the search goes on behind the last
    hit that was given.
    """
    query = parse_query(text)
    given = 0
    for last in (False, True):
        index = ready(root, say)
        try:
            selection = select(query, index.fields())
            sql = f"SELECT {_SHOWN} {selection.sql} LIMIT ? OFFSET ?"
            bounds = [-1 if limit is None else limit - given, given]
            for row in index.connection.execute(sql, [*selection.parameters, *bounds]):
                hit = Hit(*row[:-1])
                if zlib.crc32(hit.plain.encode()) != row[-1]:
                    raise sqlite3.DatabaseError("a record in the index is damaged")
                yield hit
                given += 1
        except sqlite3.DatabaseError as error:
            index.close()
            if last:
                raise
            say(f"the index is damaged ({error}) and is built anew")
            ready(root, say, rebuild=True).close()
        else:
            index.close()
            return


def faulty(root: Path, say: Callable[[str], None]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The record files that cannot be read, with their problems as plain data, sorted by path."""
    index = ready(root, say)
    try:
        rows = index.connection.execute("SELECT path, problems FROM record WHERE problems IS NOT NULL ORDER BY path")
        return [(path, json.loads(problems)) for path, problems in rows]
    finally:
        index.close()


def count(root: Path, text: str, say: Callable[[str], None]) -> int:
    """How many records a query finds. Raises QueryError."""
    index = ready(root, say)
    try:
        selection = select(parse_query(text), index.fields())
        sql = selection.sql.partition(" ORDER BY ")[0]
        number = selection.parameters[: sql.count("?")]
        return int(index.connection.execute(f"SELECT count(*) {sql}", number).fetchone()[0])
    finally:
        index.close()


def open_index(root: Path, say: Callable[[str], None]) -> Index:
    """The index, up to date (see `follow.ready`)."""
    return ready(root, say)
