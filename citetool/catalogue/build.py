"""Making a catalogue, and bringing it up to date: only what has changed is read, and nothing half done is ever seen.

    sources -> units -> (engine) Parquet files of each unit -> lists of keys and words -> manifest

Units whose sources are as they were are taken over from the manifest; those of sources that are gone disappear.
"""

from __future__ import annotations

import hashlib
import os
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from citetool.library.locks import Lock
from citetool.problems import InputError, NotFoundError, Problem, Where

from . import store
from .store import DATA, Built, Manifest
from .units import plan_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from .sources import Source
    from .units import Unit

    Engine = Callable[[Sequence[Unit], str], Iterator[Built]]


def build(
    sources: Iterable[Source],
    folder: Path,
    engine: Engine,
    *,
    format: str | None = None,
    say: Callable[[Built], None] = lambda _: None,
) -> Manifest:
    """Make the catalogue in a folder, or bring it up to date with its sources, and return its manifest.

    `engine` runs `units.build_unit` over units (see `engines`), `say` is called with each unit as it is done. The
    catalogue changes in one step, at the end. Raises InputError where the folder cannot be written or holds something
    else, LibraryError where another process builds the same catalogue.
    """
    units = plan_units(sources, format)
    _prepare(folder)
    with Lock(folder, "lock", wait=1.0):
        old = _known(folder)
        done = {u.name: old.units[u.name] for u in units if u.name in old.units and old.units[u.name].stamp == u.stamp}
        try:
            for built in engine([unit for unit in units if unit.name not in done], str(folder)):
                done[built.unit] = built
                say(built)
            manifest = Manifest(dict(sorted(done.items())))
            manifest = _with_lists(folder, manifest)
            store.save(folder, manifest)
        except (OSError, duckdb.IOException) as error:
            store.sweep(folder, old)
            hint = "the catalogue is as it was before; make room and run it again"
            message = f"the catalogue cannot be written: {str(getattr(error, 'strerror', None) or error).lower()}"
            raise InputError(Problem(message, Where(str(folder)), hint)) from None
        except BaseException:
            store.sweep(folder, old)
            raise
    return manifest


def _prepare(folder: Path) -> None:
    try:
        if folder.is_dir() and not (folder / store.MANIFEST).exists():
            strange = sorted({path.name for path in folder.iterdir()} - {DATA, "lock"})
            if strange:
                what = f"this folder holds something else: {', '.join(strange[:3])}"
                raise InputError(Problem(what, Where(str(folder)), "name a folder of its own with -o"))
        (folder / DATA).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder cannot be written: {str(error.strerror).lower()}"
        raise InputError(Problem(message, Where(str(folder)))) from None


def _known(folder: Path) -> Manifest:
    """Return the manifest that is there, an empty one where there is none or one that cannot be used."""
    try:
        return store.load(folder)
    except (InputError, NotFoundError):
        return Manifest({})


# `position` alone is not enough: a file in an archive may be read from two of them
_NUMBERED = """CREATE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY key, source, position) AS number, key, source, position, words,
       parse_filename(filename) AS file
FROM read_parquet(?, filename = true)"""
_LISTS = {
    "keys": "SELECT number, key, source, position, file FROM numbered ORDER BY number",
    "words": "SELECT unnest(words) AS word, number, len(words) AS size FROM numbered ORDER BY word, number",
}


def _with_lists(folder: Path, manifest: Manifest) -> Manifest:
    """Write the lists of all keys and words, and return the manifest with their names; as it is without records."""
    if not manifest.rows:
        return manifest
    made_of = hashlib.sha256("\n".join(manifest.rows).encode()).hexdigest()[:16]
    names = {kind: f"{DATA}/{kind}-{made_of}.parquet" for kind in _LISTS}
    if not all((folder / name).exists() for name in names.values()):
        with TemporaryDirectory(prefix="citetool-") as spill, duckdb.connect() as connection:
            connection.execute("SET memory_limit = '1GB'")
            connection.execute("SET temp_directory = ?", [spill])
            connection.execute(_NUMBERED, [[str(folder / file) for file in manifest.rows]])
            for kind, name in names.items():
                part = folder / f"{name}.{os.getpid()}.part"
                connection.sql(_LISTS[kind]).write_parquet(str(part), compression="zstd", row_group_size=20_000)
                part.replace(folder / name)
    return manifest._replace(keys=names["keys"], words=names["words"])
