"""Making a catalogue, and bringing it up to date: only what has changed is read, and nothing half done is ever seen.

    sources -> units -> (engine) Parquet files of each unit -> list of keys -> manifest

Units whose sources are as they were are taken over from the manifest; those of sources that are gone disappear.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import duckdb

from citetool.library.locks import Lock
from citetool.problems import InputError, NotFoundError, Problem, Where

from . import store
from .store import Manifest
from .units import DATA, Built, plan_units

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
            manifest = manifest._replace(keys=_write_keys(folder, manifest))
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


def _write_keys(folder: Path, manifest: Manifest) -> str | None:
    """Write the list of all keys with the file of each, and return its name; None where there are no records."""
    if not manifest.rows:
        return None
    made_of = hashlib.sha256("\n".join(manifest.rows).encode()).hexdigest()[:16]
    name = f"{DATA}/keys-{made_of}.parquet"
    if (folder / name).exists():
        return name
    part = folder / f"{name}.{os.getpid()}.part"
    with duckdb.connect() as connection:
        rows = connection.from_parquet([str(folder / file) for file in manifest.rows], filename=True)
        keys = rows.project("key, parse_filename(filename) AS file").order("key, file")
        keys.write_parquet(str(part), compression="zstd", row_group_size=20_000)
    part.replace(folder / name)
    return name
