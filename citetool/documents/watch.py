"""Says when any file that a rendered manuscript is made of has changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from .sources import bibliography_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .model import Document
    from .sources import Sources


def files_of(document: Document, sources: Sources) -> set[Path]:
    """Return the files that the rendering of a document depends on: its parts, its sources, its style.

    The library, a folder, is among them where the files do not have all the keys.
    """
    own = {
        Path(document.source),
        *document.parts(),
        *bibliography_files(document),
        *map(Path, sources.file_of.values()),
    }
    style = document.settings.style
    if style.endswith(".csl"):
        own.add(Path(document.source).parent / style)
    listed = set(sources.listed)
    if sources.library is not None and any(item.id not in listed for place in document.places for item in place.items):
        own.add(sources.library.root)
    return own


def changes(watched: Collection[Path], every: float) -> Iterator[None]:
    """Yield now, and each time that one of the files has changed since; looks every so many seconds, 0: once.

    `watched` may be changed meanwhile, since a manuscript that changes names other files. A folder stands for the
    files in it.
    """
    before: dict[Path, tuple[int, int]] | None = None
    while True:
        now = _stamps(watched)
        if now != before:
            before = now
            yield
        if not every:
            return
        time.sleep(every)


def _stamps(paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    stamps: dict[Path, tuple[int, int]] = {}
    for path in sorted(paths):
        inside = path.rglob("*") if path.is_dir() else [path]
        for one in inside:
            try:
                status = one.stat()
            except OSError:  # not there yet, or not any more
                continue
            stamps[one] = (status.st_mtime_ns, status.st_size)
    return stamps
