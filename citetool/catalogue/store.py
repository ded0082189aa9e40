"""A catalogue's folder: its manifest, which says what belongs to it, and the files that it names.

catalogue.json   written last and in one step: what it does not name is no part of the catalogue
data/            Parquet files: rows and rejects of each unit, one list of all keys, and one of all words
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.problems import InputError, NotFoundError, Problem, Where

from .schema import VERSION

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "catalogue.json"
DATA = "data"
"""The folder of the Parquet files, in that of the catalogue."""


class Built(NamedTuple):
    """A unit as it was built: its files, relative to the catalogue, the numbers, and the fields of its records."""

    unit: str
    stamp: str
    files: list[str]
    rejects: list[str]
    records: int
    rejected: int
    fields: list[str]


class Manifest(NamedTuple):
    """The units of a catalogue by name, and its files of keys and words, relative to the folder (None: no records).

    The list of keys has a row for each record: `number`, `key`, `source`, `position`, `file`, sorted by key. That of
    words has `word`, `number`, and `size`, the words of that record, sorted by word and number.
    """

    units: dict[str, Built]
    keys: str | None = None
    words: str | None = None

    @property
    def lists(self) -> list[str]:
        """The files of keys and words, relative to the folder."""
        return [file for file in (self.keys, self.words) if file]

    @property
    def rows(self) -> list[str]:
        """The files of rows, relative to the folder."""
        return [file for unit in self.units.values() for file in unit.files]

    @property
    def rejects(self) -> list[str]:
        """The files of rejects, relative to the folder."""
        return [file for unit in self.units.values() for file in unit.rejects]

    @property
    def fields(self) -> set[str]:
        """The fields that records have, events with `@` before them."""
        return {field for unit in self.units.values() for field in unit.fields}

    @property
    def records(self) -> int:
        """The number of records."""
        return sum(unit.records for unit in self.units.values())

    @property
    def rejected(self) -> int:
        """The number of entries and files that could not be read."""
        return sum(unit.rejected for unit in self.units.values())


def load(folder: Path) -> Manifest:
    """Return the manifest of a catalogue. Raises NotFoundError where there is none, InputError for a damaged one."""
    path = folder / MANIFEST
    try:
        data: Any = json.loads(path.read_bytes())
        version = data["version"]
        found = Manifest({name: Built(**unit) for name, unit in data["units"].items()}, data["keys"], data.get("words"))
    except FileNotFoundError:
        hint = f"make one: citetool catalogue build SOURCE... -o {folder}"
        raise NotFoundError(Problem(f"there is no catalogue in {str(folder)!r}", hint=hint)) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(Problem("this is no manifest of a catalogue", Where(str(path)), "build it anew")) from None
    if version != VERSION:
        raise InputError(Problem(f"the catalogue is of version {version}", Where(str(path)), "build it anew"))
    for file in (*found.rows, *found.rejects, *found.lists):
        # a manifest is input: nothing outside the folder is read or removed for it
        if not file.startswith(f"{DATA}/") or "/" in file.removeprefix(f"{DATA}/"):
            raise InputError(Problem(f"the manifest names a file elsewhere: {file}", Where(str(path))))
    return found


def save(folder: Path, manifest: Manifest) -> None:
    """Make this the manifest, in one step, and remove files of the catalogue that it does not name."""
    data = {
        "version": VERSION,
        "keys": manifest.keys,
        "words": manifest.words,
        "units": {name: unit._asdict() for name, unit in sorted(manifest.units.items())},
    }
    part = folder / f"{MANIFEST}.{os.getpid()}.part"
    with part.open("w", encoding="utf-8") as stream:
        json.dump(data, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(folder / MANIFEST)
    sweep(folder, manifest)


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove files that the manifest does not name: those of earlier builds, and of builds that were cut off."""
    kept = {*manifest.rows, *manifest.rejects, *manifest.lists}
    for path in (folder / DATA).iterdir():
        if f"{DATA}/{path.name}" not in kept and path.name.endswith((".parquet", ".part")):
            path.unlink(missing_ok=True)
    for path in folder.glob(f"{MANIFEST}.*.part"):
        path.unlink(missing_ok=True)
