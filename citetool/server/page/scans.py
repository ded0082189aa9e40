"""The files of a record as the page shows them: images, PDF files, texts; and what is sent of each.

Only files are sent that a record names and that are in the library. What a browser could run (HTML, SVG) is never
shown, only given to keep.
"""

from __future__ import annotations

import io
import os
from contextlib import suppress
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from citetool.library import door, files
from citetool.problems import CitetoolError, LibraryError, Problem, UsageError
from citetool.server.facets import is_text

from .tiff import count_pages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from citetool.record.model import File, Record

_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
_CONVERTED = frozenset({"image/tiff", "image/jp2", "image/bmp", "image/heic", "image/heif"})
_TYPES = {".jp2": "image/jp2", ".heic": "image/heic", ".avif": "image/avif", ".webp": "image/webp"}
MOST_BYTES = 256 * 1024 * 1024
_MOST_PIXELS = 200_000_000
_WIDEST = 3000  # pixels of a converted image


class Shown(NamedTuple):
    """A file of a record: its number, name, media type, and how it is shown: image, pdf, text or file."""

    number: int
    file: File
    name: str
    type: str
    way: str
    there: bool

    @property
    def title(self) -> str:
        """The words that name the file: its kind, else its name."""
        return self.file.kind or self.name


class Picture(NamedTuple):
    """One page of an image: a TIFF may have several."""

    image: Shown
    page: int
    pages: int

    @property
    def title(self) -> str:
        """The words that name the picture."""
        return f"{self.image.title}, page {self.page}" if self.pages > 1 else self.image.title


def pictures(shown: Iterable[Shown], root: Path, path: str) -> list[Picture]:
    """Return the pages of all images among the files of the record at `path`, those only that are there."""
    found = []
    for image in shown:
        if image.way == "image" and image.there:
            pages = _pages(root, path, image.file) if image.type == "image/tiff" else 1
            found += [Picture(image, page, pages) for page in range(1, pages + 1)]
    return found


def _pages(root: Path, path: str, file: File) -> int:
    with (
        suppress(LibraryError, OSError),
        os.fdopen(door.open_file(root, str(PurePosixPath(path).parent / file.path)), "rb") as stream,
    ):
        return count_pages(stream)
    return 1


def describe(number: int, file: File, *, there: bool = True) -> Shown:
    """Return how a file of a record is shown."""
    name = PurePosixPath(file.path).name
    kind = type_of(name)
    return Shown(number, file, name, kind, _way(file, kind), there)


def shown(record: Record, root: Path, path: str) -> list[Shown]:
    """Return the files of the record at `path`, in their order."""
    folder = PurePosixPath(path).parent
    return [
        describe(number, file, there=files.look(root, str(folder / file.path)) is not None)
        for number, file in enumerate(record.files)
    ]


def type_of(name: str) -> str:
    """Return the media type of a file's name."""
    suffix = PurePosixPath(name).suffix.casefold()
    return _TYPES.get(suffix) or guess_type(name)[0] or "application/octet-stream"


def _way(file: File, kind: str) -> str:
    if kind in _SHOWN or (kind in _CONVERTED and find_spec("PIL")):  # without Pillow they are given to keep
        return "image"
    if kind == "application/pdf":
        return "pdf"
    return "text" if is_text(file.kind, file.path) and not kind.startswith("image/") else "file"


def needs_conversion(kind: str) -> bool:
    """Return whether no browser shows an image of this type (TIFF, JPEG 2000, HEIC)."""
    return kind in _CONVERTED


def is_safe_to_show(kind: str) -> bool:
    """Return whether a browser only ever shows a file of this type, and runs nothing in it."""
    return kind in _SHOWN or kind in ("text/plain", "application/pdf", "audio/mpeg", "audio/ogg", "audio/wav")


def read(root: Path, path: str, file: File) -> bytes:
    """Return the bytes of a file of the record at `path`. Raises CitetoolError where it is not there."""
    try:
        return files.read_bytes(root, str(PurePosixPath(path).parent / file.path), MOST_BYTES)
    except FileNotFoundError:
        raise CitetoolError(Problem(f"the file {file.path!r} is not there")) from None


def as_png(data: bytes, page: int = 1) -> bytes:
    """Return one page of an image as PNG. Raises UsageError where that needs more than is installed."""
    try:
        from PIL import Image  # noqa: PLC0415 - not needed to run the server
    except ImportError:
        raise UsageError(Problem("no browser shows this image", hint="pip install pillow")) from None
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise UsageError(Problem("this image is too large to be shown"))
            image.seek(min(page, getattr(image, "n_frames", 1)) - 1)
            small = image.convert("RGB")
            small.thumbnail((_WIDEST, _WIDEST))
            out = io.BytesIO()
            small.save(out, "PNG")
            return out.getvalue()
    except (OSError, ValueError, EOFError, Image.DecompressionBombError):
        raise UsageError(Problem("this image cannot be read")) from None
