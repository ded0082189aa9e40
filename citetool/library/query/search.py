"""Asking the index: hits one by one, as many as the query finds, and numbers for an overview."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.library.files import Found
from citetool.library.index.fields import checksum
from citetool.library.index.index import COLUMNS, DAMAGE, Index
from citetool.library.index.sync import ready
from citetool.problems import Problem

from .parse import Query, parse_query
from .sql import select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from citetool.record.model import Record


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
        """Return the record as plain data."""
        data: dict[str, Any] = json.loads(self.plain)
        return data


_SHOWN = "key, path, date, kind, title, author, coalesce(repository, ''), coalesce(collection, ''), plain, checksum"


def search(
    root: Path,
    text: str,
    say: Callable[[str], None],
    limit: int | None = None,
    missed: Callable[[Problem], None] | None = None,
) -> Iterator[Hit]:
    """Yield the records that a query finds, in its order, read from the index as they are asked for.

    Raises QueryError. An index that turns out damaged on the way is built anew, and the search goes on with what has
    not been given yet. `missed` is told if there are files that cannot be read.
    """
    query = parse_query(text)
    given: set[str] = set()
    for last in (False, True):
        with closing(ready(root, say, words=_asks(query))) as index:  # also where who asked stops early
            try:
                if missed and not given and (faults := len(index.faulty())):
                    missed(Problem(f"files that cannot be read: {faults}", hint="citetool check says why"))
                selection = select(query, index.fields())
                sql = f"SELECT {_SHOWN} {selection.sql} LIMIT ?"
                most = -1 if limit is None else limit
                index.connection.execute("BEGIN")  # what is counted is what is read
                if query.root is None and limit is None:
                    ids = index.connection.execute(f"SELECT record.id {selection.sql}", selection.parameters)
                    if len({*ids}) != index.readable:
                        raise sqlite3.DatabaseError("records are missing")
                for row in index.connection.execute(sql, [*selection.parameters, most]):
                    hit = Hit(*row[:-1])
                    if checksum(hit) != row[-1]:
                        raise sqlite3.DatabaseError("a record in the index is damaged")
                    if hit.path not in given and len(given) != most:
                        given.add(hit.path)
                        yield hit
            except DAMAGE as error:
                if last:
                    raise
                say(f"the index is damaged ({error}) and is built anew")
            else:
                return
        ready(root, say, rebuild=True).close()


def search_rows(root: Path, text: str, say: Callable[[str], None]) -> list[int]:
    """Return the rows of the index that a query finds, in its order; the records themselves are left alone.

    Of rows that are out of use some may be among them. Raises QueryError.
    """
    query = parse_query(text)
    index = ready(root, say, words=_asks(query))
    try:
        selection = select(query, index.fields())
        rows = f"rowid {selection.words}" if selection.words else f"record.id {selection.sql}"
        return [row for (row,) in index.connection.execute(f"SELECT {rows}", selection.parameters)]
    finally:
        index.close()


def plain_of(root: Path, keys: Sequence[str], say: Callable[[str], None]) -> dict[str, dict[str, Any]]:
    """Return the records of these keys as plain data, as the index has them; one that is not there is left out."""
    index = ready(root, say, words=False)
    try:
        marks = ", ".join("?" * len(keys))
        sql = f"SELECT key, plain FROM record WHERE problems IS NULL AND key IN ({marks})"
        return {key: json.loads(plain) for key, plain in index.connection.execute(sql, list(keys))}
    finally:
        index.close()


def _asks(query: Query) -> bool:
    """Return whether a query asks for words or names a field."""
    return query.root is not None or bool(query.sort)


def search_records(records: Iterable[Record], text: str) -> list[Record]:
    """Those of some records, of a file for example, that a query finds, in its order. Raises QueryError."""
    from citetool.library.index.extract import KNOWN_FIELDS  # noqa: PLC0415
    from citetool.library.index.row import entry_of  # noqa: PLC0415 - what the library's index answers needs no YAML

    query = parse_query(text)
    by_path = {str(number): record for number, record in enumerate(records)}
    with closing(Index(None)) as index:
        index.add_fields(KNOWN_FIELDS)
        index.put(entry_of(record, Found(path, 0, 0, 0)) for path, record in by_path.items())
        selection = select(query, index.fields())
        found = index.connection.execute(f"SELECT path {selection.sql}", selection.parameters)
        return [by_path[path] for (path,) in found]


def hit_of(record: Record) -> Hit:
    """Return a record as a search gives it; of a file that is not in a library, so without a path."""
    from citetool.library.index.row import entry_of  # noqa: PLC0415 - as above

    row = dict(zip(COLUMNS, entry_of(record, Found("", 0, 0, 0)).row, strict=True))
    return Hit(*(str(row[name] or "") for name in Hit._fields))


def count_by(root: Path, column: str, text: str, say: Callable[[str], None]) -> list[tuple[str, int]]:
    """Count the records that a query finds by the values of a column, most frequent first, empty ones last.

    `column` is one of `COUNTED`. Raises QueryError.
    """
    value, query = COUNTED[column], parse_query(text)
    index = ready(root, say, words=_asks(query))
    try:
        selection = select(query, index.fields())
        source = selection.sql.partition(" ORDER BY ")[0].replace(" WHERE ", f" {_JOINED.get(column, '')} WHERE ", 1)
        rows = index.connection.execute(
            f"SELECT {value} AS counted, count(*) AS number {source} GROUP BY counted"
            " ORDER BY counted = '', number DESC, counted",
            selection.parameters[: source.count("?")],
        )
        return [(str(counted), number) for counted, number in rows]
    finally:
        index.close()


COUNTED = {
    "repository": "coalesce(repository, '')",
    "collection": "coalesce(collection, '')",
    "kind": "coalesce(kind, '')",
    "year": "CASE WHEN earliest > -10000000000 THEN CAST(earliest / 10000 AS TEXT) ELSE '' END",
    "author": "coalesce(author, '')",
    "tag": "coalesce(tagged.value, '')",
}
# A record counts once for each of its tags.
_JOINED = {"tag": "LEFT JOIN json_each(record.plain, '$.tags') AS tagged"}
