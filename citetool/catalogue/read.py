"""A catalogue asked: records by key or query, counts, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

from citetool.library.query.search import Hit
from citetool.problems import NotFoundError, Problem, suggest
from citetool.record.schema import checked

from . import store
from .query import select
from .store import DATA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from citetool.record.model import Record

_BATCH = 500
COUNTED = {
    "repository": "coalesce(repository, '')",
    "collection": "coalesce(collection, '')",
    "kind": "coalesce(kind, '')",
    "author": "coalesce(author, '')",
    "year": "CASE WHEN earliest > -10000000000 THEN CAST(earliest // 10000 AS VARCHAR) ELSE '' END",
    "source": "source",
}
"""What `count` counts by: name, and its expression."""


_COLUMNS = ["source" if name == "path" else name for name in Hit._fields]
_SHOWN = ", ".join(f"coalesce({name}, '')" for name in _COLUMNS)


def record_of(hit: Hit) -> Record:
    """Return the record that was found, under the key that it has in the catalogue."""
    return checked({**hit.data(), "id": hit.key}, hit.path)


class Catalogue:
    """A catalogue opened for reading, as a context. Raises NotFoundError where there is none in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = store.load(folder)
        self._connection = duckdb.connect()

    def __enter__(self) -> Catalogue:
        """Return the catalogue."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._connection.close()

    def get(self, key: str) -> list[Hit]:
        """Return the records with this key, by source (the `path` of a hit). Raises NotFoundError with near keys."""
        files: list[str] = []
        if self.manifest.keys:
            rows = self._ask(
                f"SELECT DISTINCT file FROM {_files(1)} WHERE key = ?", [self._path(self.manifest.keys)], [key]
            )
            files = [f"{DATA}/{file}" for (file,) in rows]
        if not files:
            raise NotFoundError(Problem(f"there is no record {key!r} in the catalogue", hint=self._near(key)))
        sql = f"SELECT {_SHOWN} FROM {_files(len(files))} WHERE key = ? ORDER BY source, position"
        return [Hit(*row) for row in self._ask(sql, map(self._path, files), [key])]

    def search(self, text: str, limit: int | None = None) -> Iterator[Hit]:
        """Yield the records that a query finds, in its order, else by key. Raises QueryError."""
        chosen = select(text, self.manifest.fields)
        bound = "" if limit is None else f" LIMIT {limit:d}"
        rows = _files(len(self.manifest.rows))
        sql = f"SELECT {_SHOWN} FROM {rows} WHERE {chosen.where} ORDER BY {chosen.order}{bound}"
        yield from (Hit(*row) for row in self._ask(sql, map(self._path, self.manifest.rows), chosen.parameters))

    def count(self, column: str, text: str) -> list[tuple[str, int]]:
        """Count the records that a query finds by the values of a column of `COUNTED`, the most frequent first."""
        chosen = select(text, self.manifest.fields)
        sql = (
            f"SELECT {COUNTED[column]} AS value, count(*) AS number FROM {_files(len(self.manifest.rows))}"
            f" WHERE {chosen.where} GROUP BY value ORDER BY value = '', number DESC, value"
        )
        return list(self._ask(sql, map(self._path, self.manifest.rows), chosen.parameters))

    def rejects(self) -> Iterator[tuple[str, int | None, str, str]]:
        """Yield `(source, line, message, hint)` of each entry and file that could not be read."""
        sql = f"SELECT source, line, message, coalesce(hint, '') FROM {_files(len(self.manifest.rejects))} ORDER BY ALL"
        return self._ask(sql, map(self._path, self.manifest.rejects), [])

    def ask_list(self, name: str, sql: str, before: Sequence[Any], after: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query over a list of the manifest (`keys`, `words`), which its one file name stands for.

        Parameters are those before and after that name in the query. A catalogue without records has none.
        """
        file = getattr(self.manifest, name)
        if file is None:
            return
        found = self._connection.execute(sql, [*before, self._path(file), *after])
        while rows := found.fetchmany(_BATCH):
            yield from rows

    def ask_all(self, sql: str, parameters: Sequence[Any]) -> Iterator[Any]:
        """Yield the rows of a query in which `{rows}`, `{keys}` and `{words}` stand for the files of these.

        A catalogue without records has no rows.
        """
        if self.manifest.keys is None or self.manifest.words is None:
            return
        parts = {"{rows}": self.manifest.rows, "{keys}": [self.manifest.keys], "{words}": [self.manifest.words]}
        for name, files in parts.items():
            quoted = ", ".join("'" + self._path(file).replace("'", "''") + "'" for file in files)
            sql = sql.replace(name, f"read_parquet([{quoted}])")
        found = self._connection.cursor().execute(sql, parameters)  # others may ask before the last row
        while rows := found.fetchmany(_BATCH):
            yield from rows

    def numbered(self, numbers: Collection[int]) -> dict[int, Hit]:
        """Return the records by their numbers in the list of keys."""
        sql = (
            "SELECT number, key, source, position, file FROM read_parquet(?)"
            " SEMI JOIN (SELECT unnest(?::BIGINT[]) AS number) USING (number)"
        )
        places = list(self.ask_list("keys", sql, [], [sorted(numbers)]))
        wanted = {(source, position, key): number for number, key, source, position, _ in places}
        files = sorted({f"{DATA}/{file}" for *_, file in places})
        sql = (
            f"SELECT position, {_SHOWN} FROM {_files(len(files))}"
            " SEMI JOIN (SELECT unnest(?::VARCHAR[]) AS key) USING (key)"
        )
        keys = sorted({key for _, key, *_ in places})
        found = {}
        for position, *row in self._ask(sql, map(self._path, files), [keys]):
            hit = Hit(*row)
            number = wanted.get((hit.path, position, hit.key))
            if number is not None:
                found[number] = hit
        return found

    def _path(self, file: str) -> str:
        return str(self.folder / file)

    def _near(self, key: str) -> str | None:
        if not self.manifest.keys:
            return None
        sql = f"SELECT key FROM {_files(1)} ORDER BY jaro_winkler_similarity(key, ?) DESC, key LIMIT 50"
        return suggest(key, [near for (near,) in self._ask(sql, [self._path(self.manifest.keys)], [key])])

    def _ask(self, sql: str, files: Iterable[str], parameters: Iterable[Any]) -> Iterator[Any]:
        names = list(files)
        if not names:
            return
        found = self._connection.execute(sql, [*names, *parameters])
        while rows := found.fetchmany(_BATCH):
            yield from rows


def _files(number: int) -> str:
    return f"read_parquet([{', '.join('?' * number)}])"
