"""The files beside a record, as programs find them: by their whole paths."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.formats.base import WriteOptions
    from citetool.record.model import Record


class Attached(NamedTuple):
    """A file with its whole path, a title for people, and its media type."""

    path: str
    title: str
    media_type: str


def attached_files(record: Record, options: WriteOptions) -> Iterator[Attached]:
    """Yield the files of a record, where the options ask for them."""
    folder = options.files.get(record.id)
    for file in record.files if folder is not None else ():
        path = Path(folder or "", file.path)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        yield Attached(str(path), file.kind or path.name, kind)
