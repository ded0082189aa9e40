"""Writing into the library for programs, where `citetool serve --save` lets them: each time one change, logged.

Each change is in the journal of the library, so that `citetool undo` takes it back.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from citetool.csl.style.parse import parse_style
from citetool.library import files
from citetool.library.changes.assignments import Assignment
from citetool.library.changes.attachments import plan_attach
from citetool.library.changes.journal import Edit
from citetool.library.changes.plans import Plan, change, plan_assign
from citetool.problems import InputError, Problem
from citetool.record.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from citetool.library.library import Library
    from citetool.record.model import Record

SUFFIXES = {
    "application/pdf": ".pdf", "text/html": ".html", "application/xhtml+xml": ".html", "image/png": ".png",
    "image/jpeg": ".jpg", "image/tiff": ".tif", "image/gif": ".gif", "image/webp": ".webp", "text/plain": ".txt",
    "application/epub+zip": ".epub", "application/xml": ".xml", "text/xml": ".xml", "audio/mpeg": ".mp3",
}  # fmt: skip
"""The suffix that a file gets by its media type; a type that is not here is not saved."""


class Saver:
    """Writes for programs. `allowed` says whether it may; `say` is told each change in one line."""

    def __init__(self, library: Library, *, allowed: bool, say: Callable[[str], None]) -> None:
        self.library = library
        self.allowed = allowed
        self._say = say

    def add(self, records: Iterable[Record], who: str) -> list[str]:
        """Put records into the library; return their keys. Raises LibraryError, or InputError where there are none."""
        keys, found = Keys(), []
        for record in records:
            if not record.id:
                record.id = keys.give(record)
            found.append(record)
        if not found:
            raise InputError(Problem("there is no source in what was sent"))
        plan = self.library.add(found, on_conflict="rename", command=f"serve: {who}")
        saved = [key for outcome in plan.keys.values() for key in outcome]
        self._tell(who, f"{', '.join(saved)} saved", plan.number)
        return saved

    def attach(self, key: str, data: bytes, kind: str, media_type: str, note: str, who: str) -> None:
        """Put a file beside a record. Raises InputError for a type of file that is not saved, LibraryError."""
        suffix = SUFFIXES.get(media_type.partition(";")[0].strip().casefold())
        if suffix is None:
            raise InputError(Problem(f"files of the type {media_type[:60]!r} are not saved"))
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"file{suffix}"
            source.write_bytes(data)
            about = {"kind": kind, "note": note[:500]}
            plan = change(self.library, f"serve: {who}", lambda: plan_attach(self.library, key, [source], about))
        self._tell(who, f"{', '.join(plan.keys.get('attached', []))} put to {key}", plan.number)

    def assign(self, keys: Sequence[str], assignments: Sequence[tuple[str, str, list[str]]], who: str) -> None:
        """Change lists of records: `(field, "+=" or "-=", values)`. Raises LibraryError."""
        wanted = [Assignment((field,), act, values) for field, act, values in assignments if values]
        paths = [path for path in map(self.library.path_of, keys) if path is not None]
        if wanted and paths:
            plan = change(self.library, f"serve: {who}", lambda: plan_assign(self.library, paths, wanted))
            self._tell(who, f"{', '.join(keys)} changed", plan.number)

    def put_style(self, data: bytes, who: str) -> str:
        """Put a style into the library's folder of styles; return its title. Raises InputError where it is none."""
        style = parse_style(data)  # of bytes: a text that is no XML would be taken for the name of a file
        name = style.id.rstrip("/").rpartition("/")[2] or style.title
        path = f"styles/{files.file_name(name.removesuffix('.csl'))}.csl"
        try:
            before = files.read_bytes(self.library.root, path)
        except FileNotFoundError:
            before = None
        plan = change(self.library, f"serve: {who}", lambda: Plan([Edit(path, before, data)] if data != before else []))
        self._tell(who, f"{path} saved", plan.number)
        return style.title

    def _tell(self, who: str, what: str, number: int | None) -> None:
        if number is not None:
            self._say(f"{who}: {what} (citetool undo {number} takes it back)")
